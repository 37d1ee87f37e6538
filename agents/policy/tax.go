package policy

import "pasar/agents/market"

// Tax lets SMEs pay a share of the price of each order, or platforms a share of their fees, to the government.
type Tax struct {
	placebo
	Platforms []market.Channel `yaml:"platforms" doc:"where; left out: on all platforms"`
	Base      string           `yaml:"base" doc:"what is taxed: the price of orders, or the fees of platforms" enum:"orders,fees" required:"true"`
	Rate      float64          `yaml:"rate" doc:"the tax" unit:"share" min:"0" max:"0.5" required:"true"`
}

// Doc describes it.
func (*Tax) Doc() Doc {
	return Doc{Name: "tax", What: "Taxes orders, or the fees of platforms.", Section: "9.1"}
}

// Check has nothing to add to the tags.
func (*Tax) Check(*Scene, When) []Problem { return nil }

// Enact sets the rate.
func (x *Tax) Enact(p *Plan, w When) {
	p = x.on(p)
	lever := market.TaxOrders
	if x.Base == "fees" {
		lever = market.TaxFees
	}
	for _, on := range whichPlatforms(x.Platforms) {
		p.Rule(w, lever, on, PPM(x.Rate))
	}
}
