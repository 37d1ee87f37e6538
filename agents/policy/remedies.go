package policy

import (
	"pasar/agents/market"
	"pasar/sim"
)

// remedies follow a change of owner if the competition desk asks for them (§7.12): from the day it sets, those who sell on a storefront
// of the same hands may show links to other platforms as they like.
func (p *Plan) remedies(w When, platform market.Channel) {
	p.pledge(w, func(v *market.View) (uint32, sim.Time, bool) {
		for _, x := range v.Reviews {
			if x.Why == w.Entry && x.Remedies > 0 && once(v) {
				return 1, x.Remedies, due(v, x.Remedies)
			}
		}
		return 0, 0, false
	}, func(p *Plan, w When, _ uint32) {
		who := p.Book.Control(platform, w.At)
		for c := range market.Platforms {
			if p.Book.Control(c, w.At) == who {
				p.hold(w, 0, market.Linkout, c, market.One)
			}
		}
	})
}
