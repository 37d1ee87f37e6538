package policy

import (
	"pasar/agents/market"
	"pasar/sim"
)

// ExitPlatform lets a platform leave the market some time after it says so: its checkout closes, its content ends, and what is not
// handed over a month later is paid back. Or only if it has lost money for four quarters and hardly anyone buys there.
type ExitPlatform struct {
	placebo
	Platform market.Channel `yaml:"platform" doc:"who leaves" required:"true"`
	Notice   Span           `yaml:"notice" doc:"between the announcement and the closure" default:"30d"`
	Losing   bool           `yaml:"if_losing" doc:"only if, from then on, it has lost money in each of four quarters and holds less than 3% of the market" default:"false"`
}

// Doc describes it.
func (*ExitPlatform) Doc() Doc {
	return Doc{Name: "exit_platform", What: "Lets a platform leave the market.", Process: true, Section: "7.10"}
}

// Check has nothing to add to the tags.
func (*ExitPlatform) Check(*Scene, When) []Problem { return nil }

// Enact leaves the announcement with the Desk and closes the platform, or pledges to.
func (x *ExitPlatform) Enact(p *Plan, w When) {
	p = x.on(p)
	if p.null {
		return
	}
	if x.Losing {
		p.Book.Promise(market.Pledge{
			Entry: w.Entry, Name: w.Name(),
			Ask:   func(v *market.View) (uint32, sim.Time, bool) { return x.ask(v, w) },
			Enact: func(b *market.Book, at sim.Time, _ uint32) { x.leave(b, at, w) },
		})
		return
	}
	x.leave(p.Book, w.At+sim.Time(x.Notice), w)
}

// leave writes the news and the closure into a book.
func (x *ExitPlatform) leave(b *market.Book, at sim.Time, w When) {
	b.Plan = append(b.Plan, market.Entry{At: at - sim.Time(x.Notice), Deed: market.Announce, Why: w.Entry, Name: w.Name(), Shop: x.Platform, Effective: at, Closing: true, Trust: market.One})
	for _, r := range []struct {
		lever market.Lever
		value int64
	}{{market.Checkout, 0}, {market.RedirectTo, 0}, {market.ContentMore, -market.One}, {market.Deadline, int64(at + 30*market.Day)}} {
		b.Add(market.Rule{From: at, Lever: r.lever, On: x.Platform, Value: r.value, Why: w.Entry})
	}
}

// leastShare is the share of the market below which a platform that loses money gives up (§7.10.8).
const leastShare = .03

func (x *ExitPlatform) ask(v *market.View, w When) (uint32, sim.Time, bool) {
	since := v.Day - market.DayOf(w.At)
	if since < 4*quarter || since%quarter != 0 || len(v.Kept()) > 0 {
		return 0, 0, false
	}
	for q := range int64(4) {
		var profit int64
		for d := v.Day - (q+1)*quarter + 1; d <= v.Day-q*quarter; d++ {
			if row := v.Closed(d); row != nil {
				profit += row[market.FeeCell(x.Platform)] + row[market.AdCell(x.Platform)] + row[market.PublicCell(x.Platform)] -
					row[market.SubsidyCell(x.Platform)] - row[market.CostCell(x.Platform)] - row[market.BackCell(x.Platform)]
			}
		}
		if profit >= 0 {
			return 0, 0, false
		}
	}
	return 0, v.Soonest + sim.Time(x.Notice), shares(v, v.Day-quarter+1, v.Day).share[x.Platform] < leastShare
}
