package policy

import "pasar/agents/market"

// DataSeparation forbids a platform to let data on shoppers steer content: fewer views fit what the viewer likes (χ).
type DataSeparation struct {
	placebo
	Platform market.Channel `yaml:"platform" doc:"whose data" required:"true"`
	To       float64        `yaml:"chi_to" doc:"share of views that still fit the viewer's interests" unit:"share" min:"0" max:"1" required:"true"`
}

// Doc describes it.
func (*DataSeparation) Doc() Doc {
	return Doc{Name: "data_separation", What: "Keeps data on shoppers apart from content: fewer views fit the viewer.", Section: "9.1"}
}

// Check has nothing to add to the tags.
func (*DataSeparation) Check(*Scene, When) []Problem { return nil }

// Enact sets the share.
func (d *DataSeparation) Enact(p *Plan, w When) {
	p = d.on(p)
	p.Rule(w, market.DataApart, d.Platform, 1)
	p.Rule(w, market.Personal, d.Platform, PPM(d.To))
}
