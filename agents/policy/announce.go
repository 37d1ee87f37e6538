package policy

import (
	"pasar/agents/market"
	"pasar/sim"
)

// Announce tells SMEs, creators and platforms what will happen to a platform. They act on it as far as they believe it; buyers
// look at the rules in force instead.
type Announce struct {
	Platform    market.Channel `yaml:"platform" doc:"the platform concerned" required:"true"`
	Effective   Date           `yaml:"effective" doc:"when it takes effect" required:"true"`
	Credibility float64        `yaml:"credibility" doc:"share of those addressed who believe it" unit:"share" min:"0" max:"1" default:"1"`
	Closing     bool           `yaml:"closing" doc:"whether what is announced is that checkout closes" default:"false"`
}

// Doc describes it.
func (*Announce) Doc() Doc {
	return Doc{Name: "announce", What: "Tells SMEs, creators and platforms what will happen to a platform.", Process: true, Section: "9.1"}
}

// Check wants the news before the event.
func (a *Announce) Check(_ *Scene, w When) []Problem {
	if a.Effective < Date(w.At) {
		return problem("effective", "takes effect before it is announced on %s", date(w.At))
	}
	return nil
}

// Enact leaves the news with the Desk.
func (a *Announce) Enact(p *Plan, w When) {
	p.Deed(w, market.Entry{Deed: market.Announce, Shop: a.Platform, Effective: sim.Time(a.Effective), Closing: a.Closing, Trust: PPM(a.Credibility)})
}

// Null makes it incredible; the Desk does not send that.
func (a *Announce) Null() { a.Credibility = 0 }
