package policy

import (
	"pasar/agents/market"
	"pasar/sim"
)

// Warn gives a platform a written warning. Three within two weeks bring a block where inspect is in force.
type Warn struct {
	placebo
	Platform market.Channel `yaml:"platform" doc:"who is warned" required:"true"`
}

// Doc describes it.
func (*Warn) Doc() Doc {
	return Doc{Name: "warn", What: "Gives a platform a written warning.", Process: true, Section: "7.12"}
}

// Check has nothing to add to the tags.
func (*Warn) Check(*Scene, When) []Problem { return nil }

// Enact counts one more.
func (x *Warn) Enact(p *Plan, w When) { x.on(p).warn(w, x.Platform) }

// warn raises the number of warnings, from w.At on: also where one that is dated later is in the book already.
func (p *Plan) warn(w When, c market.Channel) {
	later := []market.Rule{}
	for _, r := range p.Book.Changes(market.Warnings, c) {
		if r.From > w.At && !p.null {
			later = append(later, r)
		}
	}
	p.Rule(w, market.Warnings, c, p.Book.Value(market.Warnings, c, w.At)+1)
	for _, r := range later {
		p.Rule(When{At: r.From, Entry: w.Entry, ID: w.ID}, market.Warnings, c, r.Value+1)
	}
}

// warned counts the warnings of a platform in a time up to a moment.
func warned(b *market.Book, c market.Channel, from, to sim.Time) int64 {
	return b.Value(market.Warnings, c, to) - b.Value(market.Warnings, c, from-1)
}
