package runs

import (
	"fmt"

	"pasar/agents/market"
	"pasar/scenarios/diff"
	"pasar/scenarios/load"
	"pasar/scenarios/results"
	"pasar/sim"
)

// A TooEarly is the error of Branch where a change acts before the moment from which it was to be played.
type TooEarly struct{ At, First sim.Time }

// Error says from when on the change can be played.
func (e *TooEarly) Error() string {
	if e.First == 0 {
		return "what was changed acts from the very beginning: nothing of the run can be shared; play it as a whole"
	}
	return fmt.Sprintf("what was changed can be felt from %s on, which is before %s: go on from a moment until then, or play the whole run",
		stamp(e.First), stamp(e.At))
}

// stamp is a moment as it is typed.
func stamp(t sim.Time) string { return market.Clock.Date(t).Format("2006-01-02T15:04") }

// Scenario is the scenario of a receipt, with changes.
func Scenario(r *results.Receipt, o load.Overrides) (*load.Scenario, error) {
	if o.Seed == nil {
		o.Seed = &r.Seed
	}
	return load.Parse("receipt", []byte(r.Effective), o)
}

// Branch is the scenario of a run with changes, for a run that goes on from it at a moment. See TooEarly.
func Branch(r *results.Receipt, o load.Overrides, at sim.Time) (*load.Scenario, error) {
	was, err := Scenario(r, load.Overrides{})
	if err != nil {
		return nil, err
	}
	s, err := Scenario(r, o)
	if err != nil {
		return nil, err
	}
	if at < 0 || at > min(was.End, s.End) {
		return nil, fmt.Errorf("%s is not within the run, which is played from %s to %s", stamp(at), stamp(0), stamp(min(was.End, s.End)))
	}
	if first := diff.First(was, s); first < at {
		return nil, &TooEarly{at, first}
	}
	return s, nil
}
