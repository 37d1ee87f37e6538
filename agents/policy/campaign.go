package policy

import "pasar/agents/market"

// Campaign is a sale of a platform outside the calendar: a banner that draws buyers, and vouchers as on the calendar's own
// campaigns.
type Campaign struct {
	placebo
	Platform market.Channel `yaml:"platform" doc:"whose sale" required:"true"`
}

// Doc describes it.
func (*Campaign) Doc() Doc {
	return Doc{Name: "campaign", What: "Holds a sale on a platform, with a banner and larger vouchers.", Section: "7.10"}
}

// Check has nothing to add to the tags.
func (*Campaign) Check(*Scene, When) []Problem { return nil }

// Enact puts the banner up.
func (c *Campaign) Enact(p *Plan, w When) { c.on(p).Rule(w, market.Banner, c.Platform, 1) }
