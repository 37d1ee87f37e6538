package policy

import "pasar/agents/market"

// CapSubsidy limits the share of the price that a platform may pay for its buyers.
type CapSubsidy struct {
	placebo
	Platforms []market.Channel `yaml:"platforms" doc:"whose vouchers; left out: all platforms"`
	Most      float64          `yaml:"max" doc:"share of the price that the platform may pay at most" unit:"share" min:"0" max:"0.5" required:"true"`
}

// Doc describes it.
func (*CapSubsidy) Doc() Doc {
	return Doc{Name: "cap_subsidy", What: "Limits the share of the price that platforms may pay for their buyers.", Section: "9.1"}
}

// Check has nothing to add to the tags.
func (*CapSubsidy) Check(*Scene, When) []Problem { return nil }

// Enact sets the limit.
func (c *CapSubsidy) Enact(p *Plan, w When) {
	p = c.on(p)
	for _, on := range whichPlatforms(c.Platforms) {
		p.Rule(w, market.VoucherMax, on, PPM(c.Most)+1)
	}
}

// whichPlatforms is the list, or all platforms if there is none.
func whichPlatforms(list []market.Channel) []market.Channel {
	if len(list) > 0 {
		return list
	}
	all := make([]market.Channel, market.Platforms)
	for c := range all {
		all[c] = market.Channel(c)
	}
	return all
}
