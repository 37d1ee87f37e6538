package policy

import "pasar/agents/market"

// Subsidise adds to what buyers get on a platform: a share of the price, paid by the platform or by the government, and a share of
// the freight, paid by the platform.
type Subsidise struct {
	placebo
	Platform market.Channel `yaml:"platform" doc:"where" required:"true"`
	Voucher  float64        `yaml:"voucher" doc:"share of the price, beyond the platform's own vouchers" unit:"share" min:"0" max:"0.5" default:"0"`
	Ship     float64        `yaml:"ship" doc:"share of the freight, beyond the platform's own" unit:"share" min:"0" max:"1" default:"0"`
	Payer    string         `yaml:"payer" doc:"who pays the vouchers" enum:"platform,government" default:"platform"`
	Budget   float64        `yaml:"budget_rp" doc:"what the government pays at most, in the real market; 0: no limit" unit:"IDR" min:"0" max:"1e15" default:"0"`
}

// Doc describes it.
func (*Subsidise) Doc() Doc {
	return Doc{Name: "subsidise", What: "Adds vouchers and free freight on a platform, paid by it or by the government.", Section: "9.1"}
}

// Check wants something to pay.
func (s *Subsidise) Check(*Scene, When) (list []Problem) {
	if s.Voucher == 0 && s.Ship == 0 {
		list = append(list, problem("", "gives neither a voucher nor freight")...)
	}
	if s.Budget > 0 && s.Payer != "government" {
		list = append(list, problem("budget_rp", "limits what the government pays, and payer is %s", s.Payer)...)
	}
	return list
}

// Enact sets the shares.
func (s *Subsidise) Enact(p *Plan, w When) {
	p = s.on(p)
	if s.Ship > 0 {
		p.Rule(w, market.ShipMore, s.Platform, PPM(s.Ship))
	}
	switch {
	case s.Voucher > 0 && s.Payer == "government":
		p.Rule(w, market.PublicVoucher, s.Platform, PPM(s.Voucher))
		p.Rule(w, market.PublicBudget, s.Platform, int64(s.Budget/p.W))
	case s.Voucher > 0:
		p.Rule(w, market.VoucherMore, s.Platform, PPM(s.Voucher))
	}
}
