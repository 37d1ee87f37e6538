package policy

import (
	"slices"

	"pasar/agents/market"
)

// EndPilot ends a pilot without an audit.
type EndPilot struct {
	placebo
	Pilot  string `yaml:"pilot" doc:"the id of the pilot" required:"true"`
	Result string `yaml:"result" doc:"approve: the storefront goes on; revoke: it closes" enum:"approve,revoke" required:"true"`
}

// Doc describes it.
func (*EndPilot) Doc() Doc {
	return Doc{Name: "end_pilot", What: "Ends a pilot without an audit.", Process: true, Section: "7.12"}
}

// Check wants a pilot under way.
func (e *EndPilot) Check(s *Scene, w When) []Problem {
	_, wrong := s.pilot(e.Pilot, w)
	return wrong
}

// Enact ends it.
func (e *EndPilot) Enact(p *Plan, w When) {
	if _, ok := p.Scene.Do[e.Pilot].(*StartPilot); ok {
		e.on(p).conclude(w, e.Pilot, slices.Index(market.Decisions[:], e.Result), 0, nil)
	}
}
