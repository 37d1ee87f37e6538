package policy

import "pasar/agents/market"

// SetVoucher sets the share of the price that a platform pays for its buyers.
type SetVoucher struct {
	placebo
	Platform market.Channel `yaml:"platform" doc:"who pays" required:"true"`
	Share    float64        `yaml:"share" doc:"share of the price" unit:"share" min:"0" max:"0.5" required:"true"`
}

// Doc describes it.
func (*SetVoucher) Doc() Doc {
	return Doc{Name: "set_voucher", What: "Sets the share of the price that a platform pays for its buyers.", Section: "7.10"}
}

// Check has nothing to add to the tags.
func (*SetVoucher) Check(*Scene, When) []Problem { return nil }

// Enact sets it.
func (v *SetVoucher) Enact(p *Plan, w When) {
	v.on(p).Rule(w, market.Vouchers, v.Platform, PPM(v.Share))
}
