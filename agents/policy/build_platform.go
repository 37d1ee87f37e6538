package policy

import "pasar/agents/market"

// BuildPlatform opens a marketplace that was not there: newco. It begins without members and without SMEs; those enter when it looks
// worth it, and buyers come when they find offers. How fast it delivers and how far it is trusted are parameters
// (params.platform.newco.*).
type BuildPlatform struct {
	placebo
	Spec Venture        `yaml:",inline"`
	By   market.OwnerID `yaml:"owner" doc:"whose it is" required:"true"`
}

// A Venture is a platform that opens.
type Venture struct {
	Like       market.Channel `yaml:"like" doc:"the platform that it resembles in buyers' eyes" default:"tokopedia"`
	Ahead      float64        `yaml:"ahead" doc:"how much better than that it is, once members, offers and days of delivery are alike" unit:"utility" min:"-5" max:"5" default:"0"`
	Commission float64        `yaml:"commission" doc:"share of the price, before the category's factor; -1: as its parameter" unit:"share" min:"-1" max:"0.5" default:"-1"`
	Voucher    float64        `yaml:"voucher" doc:"share of the price that it pays; -1: as its parameter" unit:"share" min:"-1" max:"0.5" default:"-1"`
}

// Doc describes it.
func (*BuildPlatform) Doc() Doc {
	return Doc{Name: "build_platform", What: "Opens a marketplace that was not there, without members or SMEs.", Process: true, Section: "7.11"}
}

// Check wants one of its kind.
func (b *BuildPlatform) Check(s *Scene, w When) []Problem { return b.Spec.check(s, w) }

// Enact opens it.
func (b *BuildPlatform) Enact(p *Plan, w When) { b.Spec.open(b.on(p), w, b.By) }

func (v *Venture) check(s *Scene, w When) (list []Problem) {
	if v.Like == market.Newco {
		list = append(list, problem("like", "resembles itself")...)
	}
	if id, yes := s.find(func(id string, do Intervention) bool {
		_, built := do.(*BuildPlatform)
		_, entered := do.(*EnterPlatform)
		return (built || entered) && s.Entries[id].Entry < w.Entry
	}); yes {
		list = append(list, problem("", "%s opens newco already; the model has room for one platform more", id)...)
	}
	return list
}

func (v *Venture) open(p *Plan, w When, owner market.OwnerID) {
	on := market.Newco
	p.Rule(w, market.Checkout, on, 1)
	p.Rule(w, market.Like, on, int64(v.Like)+1)
	p.Rule(w, market.Ahead, on, PPM(v.Ahead))
	p.Rule(w, market.Owner, on, int64(owner))
	p.Rule(w, market.Stake, on, market.One)
	if v.Commission >= 0 {
		p.Rule(w, market.FeeShare, on, PPM(v.Commission))
	}
	if v.Voucher >= 0 {
		p.Rule(w, market.Vouchers, on, PPM(v.Voucher))
	}
}
