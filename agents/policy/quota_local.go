package policy

import "pasar/agents/market"

// QuotaLocal reserves a share of what buyers are shown, in each category, for local SMEs, as far as there are any.
type QuotaLocal struct {
	placebo
	Platforms []market.Channel `yaml:"platforms" doc:"where; left out: on all platforms"`
	Share     float64          `yaml:"share" doc:"least share of exposure for local SMEs" unit:"share" min:"0" max:"0.99" required:"true"`
}

// Doc describes it.
func (*QuotaLocal) Doc() Doc {
	return Doc{Name: "quota_local", What: "Reserves a share of what buyers are shown for local SMEs.", Section: "9.1"}
}

// Check has nothing to add to the tags.
func (*QuotaLocal) Check(*Scene, When) []Problem { return nil }

// Enact sets the share.
func (q *QuotaLocal) Enact(p *Plan, w When) {
	p = q.on(p)
	for _, on := range whichPlatforms(q.Platforms) {
		p.Rule(w, market.QuotaLocal, on, PPM(q.Share))
	}
}
