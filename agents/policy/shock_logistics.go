package policy

import "pasar/agents/market"

// ShockLogistics makes delivery take longer, which buyers know.
type ShockLogistics struct {
	placebo
	Platforms []market.Channel `yaml:"platforms" doc:"whose parcels; left out: all platforms"`
	Factor    float64          `yaml:"factor" doc:"days of delivery, relative to without the shock" unit:"ratio" min:"0.2" max:"5" required:"true"`
}

// Doc describes it.
func (*ShockLogistics) Doc() Doc {
	return Doc{Name: "shock_logistics", What: "Makes delivery take longer.", Section: "9.1"}
}

// Check has nothing to add to the tags.
func (*ShockLogistics) Check(*Scene, When) []Problem { return nil }

// Enact sets the change.
func (s *ShockLogistics) Enact(p *Plan, w When) {
	p = s.on(p)
	for _, on := range whichPlatforms(s.Platforms) {
		p.Rule(w, market.DaysMore, on, PPM(s.Factor-1))
	}
}
