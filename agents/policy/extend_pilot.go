package policy

import "pasar/agents/market"

// ExtendPilot gives a pilot more time, with its last cap or another.
type ExtendPilot struct {
	placebo
	Pilot string `yaml:"pilot" doc:"the id of the pilot" required:"true"`
	By    Span   `yaml:"by" doc:"how much longer it lasts, from now" default:"60d"`
	Caps  *Caps  `yaml:"caps" doc:"limits on orders meanwhile; left out: the last cap"`
}

// Doc describes it.
func (*ExtendPilot) Doc() Doc {
	return Doc{Name: "extend_pilot", What: "Gives a pilot more time.", Process: true, Section: "7.12"}
}

// Check wants a pilot under way.
func (e *ExtendPilot) Check(s *Scene, w When) []Problem {
	_, wrong := s.pilot(e.Pilot, w)
	if wrong == nil && e.By <= 0 {
		return problem("by", "must be longer than nothing")
	}
	return wrong
}

// Enact extends it.
func (e *ExtendPilot) Enact(p *Plan, w When) {
	if _, ok := p.Scene.Do[e.Pilot].(*StartPilot); ok {
		e.on(p).conclude(w, e.Pilot, int(market.Extend), e.By, e.Caps)
	}
}
