package policy

import "pasar/agents/market"

// ShockSupply takes a share of SMEs' goods away: a factory or a border that closes. They show nothing while it lasts.
type ShockSupply struct {
	placebo
	Type  string  `yaml:"type" doc:"which SMEs" enum:"all,local,import,brand" default:"all"`
	Share float64 `yaml:"share" doc:"share of them without goods" unit:"share" min:"0" max:"1" required:"true"`
}

// Doc describes it.
func (*ShockSupply) Doc() Doc {
	return Doc{Name: "shock_supply", What: "Leaves a share of SMEs without goods.", Section: "9.1"}
}

// Check has nothing to add to the tags.
func (*ShockSupply) Check(*Scene, When) []Problem { return nil }

// Enact sets the share.
func (s *ShockSupply) Enact(p *Plan, w When) {
	p = s.on(p)
	for y := range market.Types {
		if s.Type == y.String() || s.Type == "all" {
			p.Rule(w, market.Shortage+market.Lever(y), market.Everywhere, PPM(s.Share))
		}
	}
}
