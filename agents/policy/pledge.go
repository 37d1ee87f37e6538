package policy

import (
	"pasar/agents/market"
	"pasar/sim"
)

// pledge leaves a decision of an entry to the run: ask is put to the Desk each day, and enact writes what follows, from w.At on, as
// a plan does. A placebo pledges nothing.
func (p *Plan) pledge(w When, ask func(v *market.View) (uint32, sim.Time, bool), enact func(p *Plan, w When, outcome uint32)) {
	if p.null {
		return
	}
	plan := *p
	p.Book.Promise(market.Pledge{Entry: w.Entry, Name: w.Name(), Ask: ask, Enact: func(b *market.Book, at sim.Time, outcome uint32) {
		later := plan
		later.Book = b
		enact(&later, When{At: at, Entry: w.Entry, ID: w.ID}, outcome)
	}})
}

// due tells whether a moment comes before the pledge is asked again.
func due(v *market.View, at sim.Time) bool { return at < v.Soonest+market.Day }

// once tells whether the pledge has not been kept yet.
func once(v *market.View) bool { return len(v.Kept()) == 0 }
