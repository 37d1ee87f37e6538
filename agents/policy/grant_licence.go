package policy

import "pasar/agents/market"

// GrantLicence lets a platform take payment: its checkout opens in its own name, also where a rule of separation closed it.
type GrantLicence struct {
	placebo
	Platform market.Channel `yaml:"platform" doc:"who gets the licence" required:"true"`
}

// Doc describes it.
func (*GrantLicence) Doc() Doc {
	return Doc{Name: "grant_licence", What: "Grants a platform the licence to take payment; its checkout opens.", Process: true, Section: "9.1"}
}

// Check has nothing to add to the tags.
func (*GrantLicence) Check(*Scene, When) []Problem { return nil }

// Enact opens the checkout.
func (x *GrantLicence) Enact(p *Plan, w When) {
	p = x.on(p)
	p.Rule(w, market.Licence, x.Platform, 1)
	p.Rule(w, market.Checkout, x.Platform, 1)
	p.Rule(w, market.RedirectTo, x.Platform, 0)
	p.Rule(w, market.Deadline, x.Platform, 0)
}
