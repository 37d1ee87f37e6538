package policy

import "pasar/agents/market"

// RevokeLicence forbids a platform to take payment: its checkout closes, and it serves no other storefront any more.
type RevokeLicence struct {
	placebo
	Platform      market.Channel `yaml:"platform" doc:"who loses the licence" required:"true"`
	OrderDeadline Date           `yaml:"order_deadline" doc:"orders not handed over by then are cancelled and paid back; left out: never"`
}

// Doc describes it.
func (*RevokeLicence) Doc() Doc {
	return Doc{Name: "revoke_licence", What: "Revokes a platform's licence to take payment.", Process: true, Section: "9.1"}
}

// Check wants the deadline after the closure.
func (x *RevokeLicence) Check(_ *Scene, w When) []Problem { return afterClosure(x.OrderDeadline, w) }

// Enact closes the checkout.
func (x *RevokeLicence) Enact(p *Plan, w When) {
	p = x.on(p)
	p.revoke(w, x.Platform)
	p.Rule(w, market.Deadline, x.Platform, int64(x.OrderDeadline))
}

// revoke takes the licence from a platform.
func (p *Plan) revoke(w When, c market.Channel) {
	p.hold(w, 0, market.Licence, c, -1)
	p.hold(w, 0, market.Checkout, c, 0)
	for shop := range market.Platforms {
		if shop == c || p.Book.Value(market.RedirectTo, shop, w.At) == int64(c)+1 {
			p.hold(w, 0, market.RedirectTo, shop, 0)
		}
	}
}
