package policy

import "pasar/agents/market"

// EnterPlatform lets a firm from elsewhere open a marketplace: newco, owned by entrant. See build_platform.
type EnterPlatform struct {
	placebo
	Spec Venture `yaml:",inline"`
}

// Doc describes it.
func (*EnterPlatform) Doc() Doc {
	return Doc{Name: "enter_platform", What: "Lets a firm from elsewhere open a marketplace.", Process: true, Section: "9.1"}
}

// Check wants one of its kind.
func (e *EnterPlatform) Check(s *Scene, w When) []Problem { return e.Spec.check(s, w) }

// Enact opens it.
func (e *EnterPlatform) Enact(p *Plan, w When) { e.Spec.open(e.on(p), w, market.Entrant) }
