package policy

import "pasar/agents/market"

// SetLinkout sets how visible content with links to other channels is: 1 is like any content, 0 is a shadow ban.
type SetLinkout struct {
	placebo
	Platform market.Channel `yaml:"platform" doc:"whose content" required:"true"`
	Share    float64        `yaml:"share" doc:"visibility relative to other content" unit:"share" min:"0" max:"1" required:"true"`
}

// Doc describes it.
func (*SetLinkout) Doc() Doc {
	return Doc{Name: "set_linkout", What: "Sets how visible content that links to other channels is.", Section: "7.5"}
}

// Check has nothing to add to the tags.
func (*SetLinkout) Check(*Scene, When) []Problem { return nil }

// Enact sets it.
func (l *SetLinkout) Enact(p *Plan, w When) {
	l.on(p).Rule(w, market.Linkout, l.Platform, PPM(l.Share))
}
