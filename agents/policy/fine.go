package policy

import "pasar/agents/market"

// Fine has a platform pay the government.
type Fine struct {
	placebo
	Platform market.Channel `yaml:"platform" doc:"who pays" required:"true"`
	USD      float64        `yaml:"usd" doc:"amount; give this or rp" unit:"USD" min:"0" max:"1e12" default:"0"`
	Rp       float64        `yaml:"rp" doc:"amount in rupiah" unit:"IDR" min:"0" max:"1e16" default:"0"`
}

// Doc describes it.
func (*Fine) Doc() Doc {
	return Doc{Name: "fine", What: "Has a platform pay a fine.", Process: true, Section: "9.1"}
}

// Check wants one amount.
func (f *Fine) Check(*Scene, When) []Problem {
	if (f.USD > 0) == (f.Rp > 0) {
		return problem("", "give the fine once, as usd or as rp")
	}
	return nil
}

// Enact leaves the payment with the Desk.
func (f *Fine) Enact(p *Plan, w When) {
	p = f.on(p)
	p.pay(w, market.Till+market.Account(f.Platform), market.Government, f.USD+float64(f.Rp/p.P.Scale.USDIDR))
}
