package policy

import "pasar/agents/market"

// Portability lets SMEs take ratings, reviews and skill along to new listings, and creators their followers to other apps.
type Portability struct {
	placebo
	Ratings   float64 `yaml:"ratings" doc:"part of rating, reviews and skill that a new listing begins with" unit:"share" min:"0" max:"1" default:"0"`
	Followers float64 `yaml:"followers" doc:"part of followers that creators may take along" unit:"share" min:"0" max:"1" default:"0"`
}

// Doc describes it.
func (*Portability) Doc() Doc {
	return Doc{Name: "portability", What: "Lets SMEs take ratings along to other channels, and creators followers.", Section: "9.1"}
}

// Check wants something to be portable.
func (x *Portability) Check(*Scene, When) []Problem {
	if x.Ratings == 0 && x.Followers == 0 {
		return problem("", "nothing can be taken along: give ratings or followers")
	}
	return nil
}

// Enact sets both, in all channels.
func (x *Portability) Enact(p *Plan, w When) {
	p = x.on(p)
	for c := range market.Direct {
		p.Rule(w, market.PortRatings, c, PPM(x.Ratings))
		if c < market.Platforms {
			p.Rule(w, market.PortFans, c, PPM(x.Followers))
		}
	}
}
