package play

import (
	"time"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
)

// A Saved is what a result is made of beyond its scenario: enough to have the result again without playing.
type Saved struct {
	Days    [][]int64
	Weeks   []market.WeekRow
	Sample  []Week
	Enacted []market.Enacted
	Audits  []market.Audit
	Watch   []market.WatchRow
	Reviews []market.Review
	Digest  sim.Digest
	Daily   []sim.Digest
	Events  uint64
	Wall    time.Duration
}

// Saved is what can be kept of a result. It shares memory with it.
func (r *Result) Saved() Saved {
	return Saved{r.Days, r.Weeks, r.Sample, r.Enacted, r.Audits, r.Watch, r.Reviews, r.Digest, r.Daily, r.Events, r.Wall}
}

// Restore is the result of a scenario that was played before.
func Restore(s *load.Scenario, v *Saved) *Result {
	m := NewMarket(s)
	World(s, m, sim.Options[market.Msg]{}) // gives the market its groups
	return &Result{
		Scenario: s, Market: m, Book: m.Book.With(v.Enacted), Enacted: v.Enacted, Days: v.Days, Weeks: v.Weeks, Sample: v.Sample, Audits: v.Audits,
		Watch: v.Watch, Reviews: v.Reviews, Digest: v.Digest, Daily: v.Daily, Events: v.Events, Goroutines: 1, Wall: v.Wall,
	}
}
