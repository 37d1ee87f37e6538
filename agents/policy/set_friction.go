package policy

import "pasar/agents/market"

// SetFriction sets how much effort it takes to follow a link in content to a channel, in units of utility: with 0 it is as easy as
// buying on the spot, and each unit divides the odds by e. Buyers who have followed links before need less.
type SetFriction struct {
	placebo
	To  market.Channel `yaml:"to" doc:"where the links lead" required:"true"`
	Psi float64        `yaml:"psi" doc:"effort of the first link" unit:"utility" min:"0" max:"20" required:"true"`
}

// Doc describes it.
func (*SetFriction) Doc() Doc {
	return Doc{Name: "set_friction", What: "Sets how much effort it takes to follow a link from content to a channel.", Section: "7.5"}
}

// Check wants a channel that links can lead to.
func (f *SetFriction) Check(*Scene, When) []Problem {
	if f.To >= market.Direct {
		return problem("to", "no link leads to %s", f.To)
	}
	return nil
}

// Enact sets it.
func (f *SetFriction) Enact(p *Plan, w When) { f.on(p).Rule(w, market.Friction, f.To, PPM(f.Psi)) }
