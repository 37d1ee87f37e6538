package policy

import (
	"pasar/agents/market"
	"pasar/sim"
)

// RedirectCheckout lets buyers order where they are while another platform takes the order: it holds the money and charges its fees
// (or the storefront's), and its delivery is what buyers get. They choose as before, by the storefront's constants, trust and days,
// less what disturbs them. This is how TikTok Shop served by Tokopedia is represented (§2.4).
type RedirectCheckout struct {
	placebo
	Storefront market.Channel `yaml:"storefront" doc:"where buyers decide" required:"true"`
	Processor  market.Channel `yaml:"processor" doc:"who takes the order" required:"true"`
	Seamless   float64        `yaml:"seamless" doc:"how little it disturbs buyers: 1 is as if nothing changed" unit:"share" min:"0" max:"1" default:"0.95"`
	Fee        string         `yaml:"fee" doc:"whose fees the orders pay" enum:"processor,storefront" default:"processor"`
}

// Doc describes it.
func (*RedirectCheckout) Doc() Doc {
	return Doc{Name: "redirect_checkout", What: "Lets one platform take the orders of another's storefront.", Section: "7.11"}
}

// Check refuses circles and chains.
func (r *RedirectCheckout) Check(s *Scene, w When) []Problem {
	if r.Storefront == r.Processor {
		return problem("processor", "redirects %s to itself", r.Storefront)
	}
	if id, yes := s.redirect(r.Processor, w); yes {
		return problem("processor", "%s is itself redirected by %s", r.Processor, id)
	}
	if id, yes := separated(s, r.Processor, w.At); yes {
		return problem("processor", "%s forbids %s to take payment", id, r.Processor)
	}
	return nil
}

// Enact redirects.
func (r *RedirectCheckout) Enact(p *Plan, w When) {
	p = r.on(p)
	p.Rule(w, market.RedirectTo, r.Storefront, int64(r.Processor)+1)
	p.Rule(w, market.Seamless, r.Storefront, PPM(r.Seamless))
	p.storeFee(w, r.Storefront, r.Fee)
	p.Rule(w, market.Deadline, r.Storefront, 0)
}

// redirect finds the entry that redirects a storefront when w begins.
func (s *Scene) redirect(c market.Channel, w When) (string, bool) {
	return s.find(func(id string, do Intervention) bool {
		e := s.Entries[id]
		if d, ok := do.(*PartnershipTalks); ok && d.Initiator == c { // what a run draws may open by then
			return d.Mode == "endogenous" || d.Dates != nil && (d.Dates.Opens != 0 && sim.Time(d.Dates.Opens) <= w.At || d.Dates.Operating != 0 && sim.Time(d.Dates.Operating) <= w.At)
		}
		r, ok := do.(*RedirectCheckout)
		return ok && r.Storefront == c && e.Entry != w.Entry && e.At <= w.At && (e.Until == 0 || e.Until > w.At)
	})
}
