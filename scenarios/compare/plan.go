package compare

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/results/measure"
	"pasar/sim"
)

// MostOthers is how many worlds may stand beside the base.
const MostOthers = 4

// Parse reads a world as people write it: a scenario, and what is changed in it, pilot+params.disc.rho=.8+aud.decision=revoke.
func Parse(text string, o load.Overrides) World {
	parts := strings.Split(text, "+")
	w := World{Name: strings.TrimSuffix(text, ".yaml"), Ref: parts[0], Overrides: o}
	w.Overrides.Set = append(slices.Clone(o.Set), parts[1:]...)
	return w
}

// loaded reads all worlds for a seed, and lets those that end early go on as long as the last.
func loaded(worlds []World, seed uint64) ([]*load.Scenario, error) {
	return together(slices.Clone(worlds), seed)
}

// together is loaded, and writes into the worlds that go on until when they do.
func together(worlds []World, seed uint64) ([]*load.Scenario, error) {
	all := make([]*load.Scenario, len(worlds))
	end := sim.Time(0)
	for i, w := range worlds {
		s, err := w.Load(seed)
		if err != nil {
			return nil, err
		}
		all[i], end = s, max(end, s.End)
	}
	for i := range worlds {
		if w := &worlds[i]; all[i].End < end && w.Overrides.Until == "" {
			w.Overrides.Until = lastDay(end)
			s, err := w.Load(seed)
			if err != nil {
				return nil, err
			}
			all[i] = s
		}
	}
	return all, nil
}

// lastDay is the last day before an end.
func lastDay(end sim.Time) string { return market.Clock.Date(end - market.Day).Format(time.DateOnly) }

// Alike checks that worlds can be compared agent by agent.
func Alike(all []*load.Scenario) error {
	a := all[0]
	for _, b := range all[1:] {
		what := ""
		switch {
		case a.Market != b.Market:
			what = fmt.Sprintf("markets %q and %q", a.Market, b.Market)
		case a.Buyers != b.Buyers:
			what = fmt.Sprintf("%d and %d buyers; give one number by --buyers", a.Buyers, b.Buyers)
		case a.Start != b.Start || a.BurnIn != b.BurnIn || a.Window != b.Window || a.End != b.End:
			what = "other dates or windows in world:"
		case a.Params.Scale != b.Params.Scale:
			what = "other populations in params.scale"
		}
		if what != "" {
			return fmt.Errorf("%s and %s cannot be compared: %s", a.Name, b.Name, what)
		}
	}
	return nil
}

// Periods are the stretches of days that a pair is compared over, Since first, as the plans of its scenarios have them: those of the other
// scenario, or of the base where the other has none.
func periods(base, other *load.Scenario, from sim.Time) []Period {
	first := market.DayOf(base.Start + market.Day - 1)
	end := int(market.DayOf(base.End) - first)
	floor := func(t sim.Time) int { return min(max(int(market.DayOf(t)-first), 0), end) }
	var all []Period
	add := func(name, shop string, a, b int) {
		if a < b {
			all = append(all, Period{measure.Window{Name: name, From: a, To: b}, shop})
		}
	}
	add(Since, "", floor(from), end)
	for _, s := range []*load.Scenario{other, base} {
		_, _, w := play.Sizes(s)
		book := s.Plan(w)
		closed := measure.Closures(s, book)
		if len(closed) == 0 {
			continue
		}
		c := closed[0]
		shop := c.Shop.String()
		add(Ban, shop, floor(c.From+market.Day-1), floor(c.To))
		for _, p := range measure.Pilots(s, book) {
			if p.Shop == c.Shop {
				add(Pilot, shop, floor(p.From), floor(p.To+market.Day-1))
				break
			}
		}
		if c.Reopens {
			add(Reopened, shop, floor(c.To+market.Day-1), end)
		}
		break
	}
	add(Whole, "", 0, end)
	return all
}

// history is the day before which SMEs are put into cohorts where nothing is announced earlier: that of the announcement of 2023.
func history() int64 {
	return market.DayOf(market.Clock.At(time.Date(2023, time.September, 25, 0, 0, 0, 0, market.WIB)))
}

// asOf is the day before which a pair's cohorts are formed: of history, or of the first moment at which the two differ, if that is
// earlier and not the start.
func asOf(base *load.Scenario, from sim.Time) int64 {
	if from > base.Start+8*market.Week {
		return min(history(), market.DayOf(from))
	}
	return history()
}
