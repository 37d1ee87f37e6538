package policy

import "pasar/agents/market"

// ShockDemand changes how often needs arise.
type ShockDemand struct {
	placebo
	Category string  `yaml:"category" doc:"of what" enum:"all,fashion,beauty,home,electronics,daily,other" default:"all"`
	Factor   float64 `yaml:"factor" doc:"needs, relative to without the shock" unit:"ratio" min:"0" max:"3" required:"true"`
}

// Doc describes it.
func (*ShockDemand) Doc() Doc {
	return Doc{Name: "shock_demand", What: "Changes how often needs arise.", Section: "9.1"}
}

// Check has nothing to add to the tags.
func (*ShockDemand) Check(*Scene, When) []Problem { return nil }

// Enact sets the change.
func (s *ShockDemand) Enact(p *Plan, w When) {
	p = s.on(p)
	for g, key := range market.CategoryKeys() {
		if s.Category == key || s.Category == "all" {
			p.Rule(w, market.NeedsMore+market.Lever(g), market.Everywhere, PPM(s.Factor-1))
		}
	}
}
