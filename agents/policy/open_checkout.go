package policy

import "pasar/agents/market"

// OpenCheckout opens the checkout of a platform again, in its own name.
type OpenCheckout struct {
	placebo
	Platform market.Channel `yaml:"platform" doc:"whose checkout opens" required:"true"`
}

// Doc describes it.
func (*OpenCheckout) Doc() Doc {
	return Doc{Name: "open_checkout", What: "Opens the checkout of a platform again.", Section: "9.1"}
}

// Check holds it against the rule of separation.
func (o *OpenCheckout) Check(s *Scene, w When) []Problem {
	if id, yes := separated(s, o.Platform, w.At); yes {
		return problem("platform", "%s forbids %s to take payment; use redirect_checkout, or remove %s", id, o.Platform, id)
	}
	return nil
}

// Enact opens it.
func (o *OpenCheckout) Enact(p *Plan, w When) {
	p = o.on(p)
	p.Rule(w, market.Checkout, o.Platform, 1)
	p.Rule(w, market.Deadline, o.Platform, 0)
}
