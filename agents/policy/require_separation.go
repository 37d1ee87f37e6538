package policy

import (
	"pasar/agents/market"
	"pasar/sim"
)

// social lists the platforms that are social media.
var social = []market.Channel{market.TikTok}

// RequireSeparation is the rule of September 2023: social media may promote goods but not take payment. Checkout closes on all
// social media, links out to other channels are shown, and only another platform may take the orders from then on.
type RequireSeparation struct {
	placebo
	Kind          string  `yaml:"kind" doc:"which platforms" enum:"social" default:"social"`
	Linkout       float64 `yaml:"linkout" doc:"visibility of content that links out, from then on; -1: as params.disc.linkout_after" unit:"share" min:"-1" max:"1" default:"-1"`
	OrderDeadline Date    `yaml:"order_deadline" doc:"orders not handed over by then are cancelled and paid back; left out: never"`
	Data          bool    `yaml:"data" doc:"whether data on shoppers must be kept apart from content" default:"false"`
}

// Doc describes it.
func (*RequireSeparation) Doc() Doc {
	return Doc{Name: "require_separation", What: "Forbids social media to take payment: checkout closes, links out are shown.", Process: true, Section: "9.1"}
}

// Check wants the deadline after the closure.
func (r *RequireSeparation) Check(_ *Scene, w When) []Problem {
	if r.Linkout < 0 && r.Linkout != -1 {
		return problem("linkout", "is a share from 0 to 1, or -1 for the parameter")
	}
	return afterClosure(r.OrderDeadline, w)
}

// Enact closes checkout and shows links.
func (r *RequireSeparation) Enact(p *Plan, w When) {
	p = r.on(p)
	link := r.Linkout
	if link < 0 {
		link = p.P.Disc.Linkout
	}
	for _, c := range social {
		p.close(w, c, r.OrderDeadline)
		p.Rule(w, market.Linkout, c, PPM(link))
		if r.Data {
			p.Rule(w, market.DataApart, c, 1)
		}
	}
}

// separated tells since which entry a platform may not take payment, if one says so by t.
func separated(s *Scene, c market.Channel, t sim.Time) (string, bool) {
	if c != market.TikTok {
		return "", false
	}
	return s.find(func(id string, do Intervention) bool {
		_, ok := do.(*RequireSeparation)
		return ok && s.Entries[id].At <= t
	})
}
