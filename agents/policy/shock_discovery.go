package policy

import "pasar/agents/market"

// ShockDiscovery changes how much shoppable content of an app is seen, for a time or for good: a change of its algorithm, an
// outage, a boycott. It multiplies what is in force when it begins. There can be at most a quarter more views than the largest
// number on the app's path of growth, whatever the factor: views are thinned from that many candidates.
type ShockDiscovery struct {
	placebo
	Platform market.Channel `yaml:"platform" doc:"whose content" required:"true"`
	Factor   float64        `yaml:"factor" doc:"engaged views, relative to what they would be" unit:"ratio" min:"0" max:"4" required:"true"`
}

// Doc describes it.
func (*ShockDiscovery) Doc() Doc {
	return Doc{Name: "shock_discovery", What: "Changes how much shoppable content of an app is seen.", Section: "7.5"}
}

// Check has nothing to add to the tags.
func (*ShockDiscovery) Check(*Scene, When) []Problem { return nil }

// Enact scales it.
func (d *ShockDiscovery) Enact(p *Plan, w When) {
	d.on(p).scale(w, market.Density, d.Platform, d.Factor)
}
