package policy

import "pasar/agents/market"

// Inform tells SMEs of the channels there are, so that they look at all of them every week for a while and not only now and then.
type Inform struct {
	placebo
	Target   *Target `yaml:"target" doc:"who is told; left out: all SMEs"`
	Duration Span    `yaml:"duration" doc:"how long they keep it in mind" default:"8w"`
}

// Doc describes it.
func (*Inform) Doc() Doc {
	return Doc{Name: "inform", What: "Tells SMEs of the channels there are.", Process: true, Section: "9.1"}
}

// Check wants it to be kept in mind.
func (x *Inform) Check(_ *Scene, _ When) []Problem {
	return append(x.Target.check(), longer("duration", x.Duration)...)
}

// Enact leaves the news with the Desk.
func (x *Inform) Enact(p *Plan, w When) {
	o := x.Target.programme(w, market.Information)
	o.Weeks = weeks(x.Duration)
	x.on(p).Deed(w, market.Entry{Deed: market.Assist, Programme: o})
}
