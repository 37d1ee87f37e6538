package compare

import (
	"context"
	"fmt"
	"math"
	"slices"

	"pasar/agents/market"
	"pasar/scenarios/diff"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/results/measure"
)

// A PanelRow is a week of a tracked agent in all worlds of a replication: an event study of its own. Amounts are Rp of one real agent.
type PanelRow struct {
	Seed   uint64
	ID     string // sme:1234
	Kind   string // sme, creator, buyer
	Type   string // of SMEs: local, import, brand; of creators: tier
	Size   string // of SMEs: legal size before anything was announced
	Region string
	TikTok float64   // share of eight weeks' sales on TikTok before the announcement, of creators: of hours; NaN: not in business then
	Weight float64   // real agents
	Date   string    // the week ends here
	Sales  []float64 // by world, the base first; NaN where it did not exist
	Income []float64
}

// Panel hands over the panel seed by seed, agent by agent, week by week. It reads the runs from the store, and plays those again
// that are not there.
func (c *Comparison) Panel(ctx context.Context, row func(PanelRow) error) error {
	e := c.engine
	for _, seed := range c.Seeds {
		all, err := loaded(c.Worlds, seed)
		if err != nil {
			return err
		}
		runs := make([]*measure.Run, len(all))
		var missing []*load.Scenario
		var place []int
		for i, s := range all {
			if r := e.o.Store.Get(s); r != nil {
				runs[i] = measure.Of(r)
			} else {
				missing, place = append(missing, s), append(place, i)
			}
		}
		f := play.Family{First: diff.First, Done: func(i int, r *play.Result) error {
			runs[place[i]] = measure.Of(r)
			return nil
		}}
		if len(missing) > 0 {
			if err := f.Play(ctx, missing); err != nil {
				return fmt.Errorf("seed %d: %w", seed, err)
			}
		}
		if err := c.panelOf(seed, runs, row); err != nil {
			return err
		}
	}
	return nil
}

func (c *Comparison) panelOf(seed uint64, runs []*measure.Run, row func(PanelRow) error) error {
	base := runs[0]
	before := -1
	for i, w := range base.Count {
		if w.Day < history() {
			before = i
		}
	}
	for j := range base.Panel {
		m := &base.Panel[j]
		r := PanelRow{Seed: seed, ID: m.ID(), Kind: m.Kind(), Weight: m.Weight, TikTok: math.NaN()}
		switch {
		case m.SME != nil:
			r.Type, r.Region, r.Size = m.SME.Type.String(), market.RegionKeys()[m.SME.Region], m.Size()
		case m.Maker != nil:
			r.Type = m.Maker.Tier.String()
		}
		if before >= 0 && m.Weeks[before] != nil && m.Weeks[before].State == market.Active {
			r.TikTok = float64(m.Weeks[before].OnTik) / 1e4
		}
		for i, w := range base.Count {
			r.Date = measure.DateOf(w.Day).Format("2006-01-02")
			r.Sales, r.Income = make([]float64, len(runs)), make([]float64, len(runs))
			found := false
			for k, x := range runs {
				r.Sales[k], r.Income[k] = math.NaN(), math.NaN()
				at := slices.IndexFunc(x.Count, func(o market.WeekRow) bool { return o.Day == w.Day })
				if at != i || j >= len(x.Panel) || x.Panel[j].Weeks[i] == nil {
					continue
				}
				d := x.Panel[j].Weeks[i]
				r.Sales[k], r.Income[k], found = float64(d.Sales), float64(d.Income), true
				if r.Region == "" && m.Maker == nil {
					r.Region = market.RegionKeys()[d.Region]
				}
			}
			if found {
				if err := row(r); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
