package policy

import "pasar/agents/market"

// PromoOnly lets a platform show goods but not take payment: checkout closes, and how much shoppable content is seen and how
// visible links out are can be set with it.
type PromoOnly struct {
	placebo
	Platform market.Channel `yaml:"platform" doc:"which platform" required:"true"`
	Linkout  float64        `yaml:"linkout" doc:"visibility of content that links out; -1: as it is" unit:"share" min:"-1" max:"1" default:"-1"`
	Density  float64        `yaml:"density" doc:"engaged views of shoppable content, relative to what they would be" unit:"ratio" min:"0" max:"1.25" default:"1"`
}

// Doc describes it.
func (*PromoOnly) Doc() Doc {
	return Doc{Name: "promo_only", What: "Closes the checkout of a platform whose content may go on promoting goods.", Section: "9.1"}
}

// Check wants a share, or -1.
func (o *PromoOnly) Check(*Scene, When) []Problem {
	if o.Linkout < 0 && o.Linkout != -1 {
		return problem("linkout", "is a share from 0 to 1, or -1 to leave it")
	}
	return nil
}

// Enact closes the checkout.
func (o *PromoOnly) Enact(p *Plan, w When) {
	p = o.on(p)
	p.close(w, o.Platform, 0)
	if o.Linkout >= 0 {
		p.Rule(w, market.Linkout, o.Platform, PPM(o.Linkout))
	}
	p.scale(w, market.Density, o.Platform, o.Density)
}

// scale writes a rule that multiplies what is in force when it begins.
func (p *Plan) scale(w When, lever market.Lever, on market.Channel, factor float64) {
	p.Rule(w, lever, on, int64(float64(p.Book.Value(lever, on, w.At))*factor))
}
