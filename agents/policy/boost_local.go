package policy

import "pasar/agents/market"

// BoostLocal ranks local SMEs above others: its weight is that of other terms of a ranking (§7.4).
type BoostLocal struct {
	placebo
	Platforms []market.Channel `yaml:"platforms" doc:"where; left out: on all platforms"`
	Weight    float64          `yaml:"weight" doc:"what being a local SME adds to the rank" unit:"utility" min:"-3" max:"3" required:"true"`
}

// Doc describes it.
func (*BoostLocal) Doc() Doc {
	return Doc{Name: "boost_local", What: "Ranks local SMEs above others.", Section: "7.4"}
}

// Check has nothing to add to the tags.
func (*BoostLocal) Check(*Scene, When) []Problem { return nil }

// Enact sets the weight.
func (b *BoostLocal) Enact(p *Plan, w When) {
	p = b.on(p)
	for _, on := range whichPlatforms(b.Platforms) {
		p.Rule(w, market.BoostLocal, on, PPM(b.Weight))
	}
}
