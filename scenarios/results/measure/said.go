package measure

import (
	"math"

	"pasar/agents/market"
	"pasar/scenarios/cond"
	"pasar/scenarios/load"
	"pasar/sim"
)

// A Finding is what came of a measure or an assertion of the scenario.
type Finding struct {
	load.Said
	Reached bool    // the run came to the day at whose end it is read
	Day     int64   // that day, of the clock
	Value   float64 // of a measure; NaN: it has none
	Holds   bool    // an assertion
	Found   string  // of an assertion that does not hold: what was found instead
}

// Measures are what the scenario measures of itself.
func (r *Run) Measures() []Finding { return r.findings(r.Scenario.Measures) }

// Asserts are what the scenario asserts of itself.
func (r *Run) Asserts() []Finding { return r.findings(r.Scenario.Asserts) }

// Failed are the assertions that do not hold. What the run has not reached has not failed.
func (r *Run) Failed() (failed []Finding) {
	for _, f := range r.Asserts() {
		if f.Reached && !f.Holds {
			failed = append(failed, f)
		}
	}
	return failed
}

func (r *Run) findings(all []load.Said) (out []Finding) {
	if len(all) == 0 {
		return nil
	}
	w := r.Scenario.World(r.Published, r.Market, r.Result.Book, r.Audits)
	w.Source = true
	for _, s := range all {
		f := Finding{Said: s, Value: math.NaN()}
		days := r.Days()
		if s.At != 0 {
			days = r.floor(s.At)
		}
		f.Reached = days >= 1 && days <= r.Days() && (s.At != 0 || !r.Stopped)
		f.Day = r.First + int64(days) - 1
		if f.Reached {
			x := *w
			x.Days = days
			if s.Expr.Type == cond.Truth {
				f.Holds = s.Expr.True(&x)
			}
			if f.Value = s.Expr.Number(&x); !f.Holds {
				f.Found = s.Expr.Found(&x)
			}
		}
		out = append(out, f)
	}
	return out
}

// A Decision is an entry of the timeline whose date the run decided, or had to.
type Decision struct {
	*load.Entry
	At []sim.Time // when it happened, in order
}

// Decisions lists the entries whose date the run decides.
func (r *Run) Decisions() (out []Decision) {
	for i := range r.Scenario.Entries {
		e := &r.Scenario.Entries[i]
		if e.If == nil {
			continue
		}
		d := Decision{Entry: e}
		for _, w := range r.Scenario.Happened(e, r.Result.Book) {
			if w.At < sim.Time(r.First+int64(r.Days()))*market.Day {
				d.At = append(d.At, w.At)
			}
		}
		out = append(out, d)
	}
	return out
}
