package policy

import "pasar/agents/market"

// BanBelowCost forbids that buyers pay less, after vouchers, than goods cost the SME. What is found is raised to cost.
type BanBelowCost struct {
	placebo
	Platforms []market.Channel `yaml:"platforms" doc:"where; left out: on all platforms"`
	Detection float64          `yaml:"detection" doc:"share of offers below cost that are found" unit:"share" min:"0" max:"1" default:"0.8"`
}

// Doc describes it.
func (*BanBelowCost) Doc() Doc {
	return Doc{Name: "ban_below_cost", What: "Forbids prices below cost, vouchers included; what is found is raised.", Section: "9.1"}
}

// Check has nothing to add to the tags.
func (*BanBelowCost) Check(*Scene, When) []Problem { return nil }

// Enact sets the share that is found.
func (b *BanBelowCost) Enact(p *Plan, w When) {
	p = b.on(p)
	for _, on := range whichPlatforms(b.Platforms) {
		p.Rule(w, market.BelowCost, on, PPM(b.Detection))
	}
}
