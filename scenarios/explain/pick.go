package explain

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"pasar/agents/market"
	"pasar/scenarios/say"
	"pasar/sim"
)

// A Pick is an SME whose story may be worth hearing.
type Pick struct {
	SME      int
	Closed   sim.Time // 0: it did not
	Bankrupt bool
	From, To market.Channel // where most of its sales were in the first and in the last report
	Moved    float64        // share of sales that From lost
	OnTop    float64        // share that From had
}

// picks is how many of each kind are suggested.
const picks = 3

// Picks suggests SMEs: some that closed, some of whose sales most moved, in money, from one channel to another, and some that depended most on a
// channel that closed or was capped, each by what they reported to the Desk. Of equals the lowest number comes first.
func (r *Run) Picks(ctx context.Context) (groups [3][]Pick, err error) {
	all := make([]struct{ first, last, before *market.Census }, r.Market.SMEs.N)
	closed := map[int]Pick{}
	cut := r.closure()
	for events, err := range r.Windows(ctx, r.Scenario.Start) {
		if err != nil {
			return groups, err
		}
		for i := range events {
			e := &events[i]
			if e.Kind != market.Counted || !r.Market.SMEs.Has(e.From) {
				continue
			}
			n, x := r.Market.SMEs.Index(e.From), *market.Bodily[market.Census](&e.Msg)
			_, gone := closed[n]
			switch {
			case gone:
			case x.State > market.Active:
				closed[n] = Pick{SME: n, Closed: e.Said, Bankrupt: x.State == market.Bankrupt}
			default:
				if all[n].first == nil {
					all[n].first = &x
				}
				if all[n].last = &x; e.Said < cut {
					all[n].before = &x
				}
			}
		}
	}
	for n := range all {
		a := &all[n]
		if p, gone := closed[n]; gone && (p.Closed > cut || cut == r.Scenario.End) && a.first != nil {
			groups[0] = append(groups[0], p)
		}
		if _, gone := closed[n]; a.before == nil || a.last == nil || gone || a.before.Top >= market.Direct || a.last.Top >= market.Direct || a.before.Sales == 0 {
			continue
		}
		p := Pick{SME: n, From: a.before.Top, To: a.last.Top, OnTop: float64(a.before.OnTop) / 1e6}
		if p.From != p.To {
			p.Moved = min(p.OnTop, float64(a.last.OnTop)/1e6)
			groups[1] = append(groups[1], p)
		}
		if p.From == market.TikTok {
			groups[2] = append(groups[2], p)
		}
	}
	sales := func(n int) market.Money {
		if all[n].before == nil {
			return 0
		}
		return all[n].before.Sales
	}
	slices.SortStableFunc(groups[0], func(a, b Pick) int { return cmp.Compare(sales(b.SME), sales(a.SME)) })
	moved := func(p Pick) float64 { return p.Moved * float64(sales(p.SME)) }
	slices.SortStableFunc(groups[1], func(a, b Pick) int { return cmp.Compare(moved(b), moved(a)) })
	slices.SortStableFunc(groups[2], func(a, b Pick) int {
		return cmp.Or(cmp.Compare(b.OnTop, a.OnTop), cmp.Compare(sales(b.SME), sales(a.SME)))
	})
	for i := range groups {
		groups[i] = groups[i][:min(len(groups[i]), picks)]
	}
	return groups, nil
}

// closure is when the first checkout closes that was open when the run began; the end if none does.
func (r *Run) closure() sim.Time {
	first := r.Scenario.End
	for c := range market.Platforms {
		for _, x := range r.Market.Book.Changes(market.Checkout, c) {
			if x.From > r.Scenario.Start && x.Value == 0 {
				first = min(first, x.From)
			}
		}
	}
	return first
}

// WritePicks tells of suggestions.
func WritePicks(out io.Writer, groups [3][]Pick, lang string) error {
	w := in(lang)
	var b strings.Builder
	b.WriteString(w.ask + "\n")
	for i, list := range groups {
		if len(list) == 0 {
			continue
		}
		fmt.Fprintf(&b, "%s\n", w.groups[i])
		for _, p := range list {
			text := say.Text(w.closedOn, w.value(day(p.Closed)))
			switch {
			case i == 1:
				text = say.Text(w.movedMost, w.Channel(p.From), w.Channel(p.To), w.value(share(p.Moved)))
			case i == 2:
				text = say.Text(w.dependent, w.Channel(p.From), w.value(share(p.OnTop)))
			case p.Bankrupt:
				text = say.Text(w.bankruptOn, w.value(day(p.Closed)))
			}
			fmt.Fprintf(&b, "  sme:%-8d %s\n", p.SME, text)
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}
