package policy

import "pasar/agents/market"

// FormJv makes a joint venture the owner of a part of a platform. Its parties pay the capital, which goes to the platform. Sales
// count for the venture as an owner of its own.
type FormJv struct {
	placebo
	Platform market.Channel `yaml:"platform" doc:"the platform that goes into the venture" required:"true"`
	Parties  []JVParty      `yaml:"parties" doc:"whose venture it is" required:"true"`
	Share    float64        `yaml:"share" doc:"part of the platform that goes into the venture" unit:"share" min:"0" max:"1" default:"1"`
	Capital  float64        `yaml:"capital_usd" doc:"what the parties pay in" unit:"USD" min:"0" max:"1e12" default:"0"`
}

// A JVParty is a company with its part of a joint venture.
type JVParty struct {
	Owner market.OwnerID `yaml:"owner" doc:"the company" required:"true"`
	Share float64        `yaml:"share" doc:"its part" unit:"share" min:"0" max:"1" required:"true"`
}

// Doc describes it.
func (*FormJv) Doc() Doc {
	return Doc{Name: "form_jv", What: "Makes a joint venture the owner of a part of a platform.", Process: true, Section: "7.11"}
}

// Check wants parts that add up, and something to own.
func (f *FormJv) Check(s *Scene, w When) (list []Problem) {
	sum := 0.0
	for _, x := range f.Parties {
		sum += x.Share
		if x.Owner == market.Joint {
			list = append(list, problem("parties", "a venture cannot be its own party")...)
		}
	}
	if sum < .999 || sum > 1.001 {
		list = append(list, problem("parties", "their parts add up to %g, not 1", sum)...)
	}
	if f.Share == 0 {
		list = append(list, problem("share", "nothing goes into the venture")...)
	}
	if id, yes := s.find(func(id string, do Intervention) bool {
		a, ok := do.(*AcquireStake)
		return ok && a.Target == f.Platform
	}); yes {
		list = append(list, problem("platform", "%s gives %s a new owner; the model keeps one beside the first", id, f.Platform)...)
	}
	return list
}

// Enact writes the owner and leaves the payments with the Desk.
func (f *FormJv) Enact(p *Plan, w When) {
	p = f.on(p)
	p.Rule(w, market.Owner, f.Platform, int64(market.Joint))
	p.Rule(w, market.Stake, f.Platform, PPM(f.Share))
	joint := market.OwnerCash + market.Account(market.Joint)
	for _, x := range f.Parties {
		p.pay(w, market.OwnerCash+market.Account(x.Owner), joint, float64(f.Capital*x.Share))
		p.pay(w, joint, market.Till+market.Account(f.Platform), float64(f.Capital*x.Share))
	}
	p.remedies(w, f.Platform)
}
