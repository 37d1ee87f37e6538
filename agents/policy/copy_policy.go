package policy

import (
	"pasar/agents/market"
	"pasar/sim"
)

// CopyPolicy lets this market's government do, some time later, what another's did: an action of another scenario of the library
// takes effect here as long after its own date as delay says. At its own date here the government decides, by a keyed draw, and
// announces it. Nothing comes back: the market that is copied from is played on its own (docs/adr/0025).
type CopyPolicy struct {
	From        string  `yaml:"from" doc:"the scenario of the library whose action is copied" required:"true"`
	Entry       string  `yaml:"entry" doc:"the id of the action there" required:"true"`
	Delay       Span    `yaml:"delay" doc:"how much later it takes effect here" required:"true"`
	Probability float64 `yaml:"probability" doc:"that it is copied at all" unit:"probability" min:"0" max:"1" default:"1"`
	Credibility float64 `yaml:"credibility" doc:"share of those addressed who believe the announcement of a closure" unit:"share" min:"0" max:"1" default:"0.9"`

	copied Intervention
	dated  sim.Time
}

// Doc describes it.
func (*CopyPolicy) Doc() Doc {
	return Doc{Name: "copy_policy", What: "Copies an action of another scenario with a delay, perhaps.", Process: true, Section: "7.15"}
}

// Copies is told what the entry is and when it takes place there; dates within it are already those here.
func (c *CopyPolicy) Copies(do Intervention, at sim.Time) { c.copied, c.dated = do, at }

// effective is when it happens here.
func (c *CopyPolicy) effective() sim.Time { return c.dated + sim.Time(c.Delay) }

// Check wants the decision before its effect, and an action that can stand alone.
func (c *CopyPolicy) Check(s *Scene, w When) []Problem {
	switch _, closes := c.copied.(*RequireSeparation); {
	case c.copied == nil:
		return nil // the loader has said why
	case c.copied.Doc().Process && !closes:
		return problem("entry", "%s belongs to its own timeline and cannot be copied; settings and require_separation can", c.copied.Doc().Name)
	case c.effective() < w.At+market.Day:
		return problem("delay", "takes effect here on %s, before or with its decision on %s", date(c.effective()), date(w.At))
	}
	var all []Problem
	for _, p := range c.copied.Check(s, When{At: c.effective(), Entry: w.Entry, ID: w.ID}) {
		all = append(all, Problem{"entry", "its " + p.Field + " " + p.What})
	}
	return all
}

// Enact dates the copy where it is certain, and leaves the draw to the run otherwise.
func (c *CopyPolicy) Enact(p *Plan, w When) {
	if c.copied == nil || c.Probability == 0 {
		return
	}
	if c.Probability == 1 {
		c.copy(p, w.At, w)
		return
	}
	p.Book.Promise(market.Pledge{
		Entry: w.Entry, Name: w.Name(),
		Ask: func(v *market.View) (uint32, sim.Time, bool) {
			day := v.Now >= w.At && v.Now < w.At+market.Day
			return 0, v.Soonest, day && v.Luck.U(0) < c.Probability
		},
		Enact: func(b *market.Book, at sim.Time, _ uint32) {
			in := *p
			in.Book = b
			c.copy(&in, at, w)
		},
	})
}

// copy writes the copied action, and announces the closures that come of it.
func (c *CopyPolicy) copy(p *Plan, decided sim.Time, w When) {
	at := When{At: c.effective(), Entry: w.Entry, ID: w.ID}
	c.copied.Enact(p, at)
	for shop := range market.Platforms {
		if p.Book.Open(shop, at.At-1) && !p.Book.Open(shop, at.At) {
			p.Deed(w, market.Entry{At: decided, Deed: market.Announce, Shop: shop, Effective: at.At, Closing: true, Trust: PPM(c.Credibility)})
		}
	}
}

// Null copies nothing.
func (c *CopyPolicy) Null() { c.Probability = 0 }
