package policy

import (
	"pasar/agents/market"
	"pasar/sim"
)

// SetOrderCap limits how many orders each SME may take on a platform a day, as a share of what it took there before the
// closure. The cap may rise week by week until there is none.
type SetOrderCap struct {
	placebo
	Platform market.Channel `yaml:"platform" doc:"the storefront that is capped" required:"true"`
	Caps     Caps           `yaml:",inline"`
}

// Caps are limits on orders for each SME.
type Caps struct {
	Share float64 `yaml:"share_of_pre" doc:"daily orders allowed, as a share of those before the closure" unit:"share" min:"0" max:"10" required:"true"`
	Ramp  Date    `yaml:"ramp_to_none" doc:"the cap rises each week and is gone by then; left out: it stays"`
}

// Doc describes it.
func (*SetOrderCap) Doc() Doc {
	return Doc{Name: "set_order_cap", What: "Limits the daily orders of each SME on a platform.", Section: "7.12"}
}

// Check wants one end, after the beginning.
func (c *SetOrderCap) Check(_ *Scene, w When) []Problem {
	if c.Caps.Ramp != 0 && w.Until != 0 {
		return problem("until", "the cap ends on ramp_to_none; leave one of the two out")
	}
	return c.Caps.check("ramp_to_none", w)
}

// Enact sets the caps.
func (c *SetOrderCap) Enact(p *Plan, w When) { c.on(p).cap(w, c.Platform, c.Caps) }

func (c *Caps) check(field string, w When) []Problem {
	if c.Ramp != 0 && c.Ramp <= Date(w.At) {
		return problem(field, "is not after the cap begins on %s", date(w.At))
	}
	return nil
}

// cap writes the steps of a cap: each week it moves an equal part of the way to all orders of before, and at the end there is none.
func (p *Plan) cap(w When, shop market.Channel, c Caps) {
	if c.Ramp == 0 || p.null {
		p.Rule(w, market.OrderCap, shop, PPM(c.Share))
		return
	}
	weeks := int64((sim.Time(c.Ramp) - w.At + market.Week - 1) / market.Week)
	step := w
	for i := range weeks {
		step.At = w.At + sim.Time(i)*market.Week
		p.Rule(step, market.OrderCap, shop, PPM(c.Share+max(0, 1-c.Share)*float64(i)/float64(weeks)))
	}
	step.At = sim.Time(c.Ramp)
	p.Rule(step, market.OrderCap, shop, -1)
}
