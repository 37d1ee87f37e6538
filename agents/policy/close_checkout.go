package policy

import "pasar/agents/market"

// CloseCheckout closes the checkout of a platform: nothing can be ordered there any more, from it or through it from another.
// Content stays.
type CloseCheckout struct {
	placebo
	Platform      market.Channel `yaml:"platform" doc:"whose checkout closes" required:"true"`
	OrderDeadline Date           `yaml:"order_deadline" doc:"orders not handed over by then are cancelled and paid back; left out: never"`
}

// Doc describes it.
func (*CloseCheckout) Doc() Doc {
	return Doc{Name: "close_checkout", What: "Closes the checkout of a platform; its content stays.", Section: "9.1"}
}

// Check wants the deadline after the closure.
func (c *CloseCheckout) Check(_ *Scene, w When) []Problem { return afterClosure(c.OrderDeadline, w) }

// Enact closes it.
func (c *CloseCheckout) Enact(p *Plan, w When) { c.on(p).close(w, c.Platform, c.OrderDeadline) }

func (p *Plan) close(w When, c market.Channel, deadline Date) {
	p.Rule(w, market.Checkout, c, 0)
	p.Rule(w, market.RedirectTo, c, 0)
	p.Rule(w, market.Deadline, c, int64(deadline))
}

func afterClosure(deadline Date, w When) []Problem {
	if deadline != 0 && deadline < Date(w.At) {
		return problem("order_deadline", "is before the checkout closes on %s", date(w.At))
	}
	return nil
}
