package policy

import "pasar/agents/market"

// SetFee sets what a platform keeps of each order it checks out.
type SetFee struct {
	Platform   market.Channel `yaml:"platform" doc:"whose fee" required:"true"`
	Commission float64        `yaml:"commission" doc:"share of the price, before the category's factor" unit:"share" min:"0" max:"0.5" default:"-1"`
	Fixed      float64        `yaml:"fixed" doc:"fixed fee" unit:"IDR per order" min:"0" max:"100000" default:"-1"`
}

// Doc describes it.
func (*SetFee) Doc() Doc {
	return Doc{Name: "set_fee", What: "Sets the commission and the fixed fee of a platform.", Section: "9.1"}
}

// Check wants something to set.
func (s *SetFee) Check(*Scene, When) []Problem {
	if s.Commission < 0 && s.Fixed < 0 {
		return problem("", "sets neither commission nor fixed")
	}
	return nil
}

// Enact writes the fees.
func (s *SetFee) Enact(p *Plan, w When) {
	if s.Commission >= 0 {
		p.Rule(w, market.FeeShare, s.Platform, PPM(s.Commission))
	}
	if s.Fixed >= 0 {
		p.Rule(w, market.FeeFixed, s.Platform, int64(s.Fixed))
	}
}

// Null keeps the fees as they are.
func (s *SetFee) Null() { s.Commission, s.Fixed = -1, -1 }
