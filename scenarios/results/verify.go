package results

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/results/measure"
	"pasar/sim"
)

// A Verified is what came of playing a receipt again.
type Verified struct {
	Same       bool   `json:"same"`
	Days       int    `json:"days"`              // compared, burn-in included
	Differs    string `json:"differs,omitempty"` // first day on which the histories are not the same
	Want       string `json:"want,omitempty"`    // digest up to the end of that day
	Got        string `json:"got,omitempty"`
	Events     uint64 `json:"events"`
	Goroutines int    `json:"goroutines"`
	First      *First `json:"first,omitempty"` // where they part, if the run was recorded
	Another    bool   `json:"another_program"` // the receipt is of one
}

// A First is the first event in which a run that is played again is not the one that was recorded.
type First struct {
	Window string          `json:"window"`             // its beginning
	Same   uint64          `json:"same"`               // events before it
	Want   json.RawMessage `json:"recorded,omitempty"` // as the tap tells it; left out: nothing stood in its place
	Got    json.RawMessage `json:"played,omitempty"`
}

// ErrContradiction is what is wrong with a receipt that does not agree with itself: somebody changed it.
var ErrContradiction = errors.New("the receipt contradicts itself")

// Verify plays a receipt's scenario again, on another number of goroutines, and holds the two histories against each other day by
// day. A receipt of a run that was stopped is verified up to there. With a recording of the run, which may be nil, they are compared
// event by event, and the first difference ends it.
func Verify(ctx context.Context, r *Receipt, rec *play.Recording, o play.Options) (*Verified, error) {
	s, err := load.Parse("receipt", []byte(r.Effective), load.Overrides{})
	if err != nil {
		return nil, fmt.Errorf("the scenario of the receipt cannot be loaded by this program: %w", err)
	}
	if s.Hash != r.Hash || s.Seed != r.Seed {
		return nil, fmt.Errorf("%w: its scenario has hash %.12s and seed %d, it says %.12s and %d", ErrContradiction, s.Hash, s.Seed, r.Hash, r.Seed)
	}
	if o.Goroutines == 0 {
		if o.Goroutines = play.DefaultGoroutines() + 1; o.Goroutines == r.Goroutines {
			o.Goroutines++
		}
	}
	if rec != nil && (rec.About.Hash != r.Hash || rec.About.Seed != r.Seed) {
		return nil, fmt.Errorf("%w: its recording is of %s with hash %.12s and seed %d", ErrContradiction, rec.About.Scenario, rec.About.Hash, rec.About.Seed)
	}
	again, first, err := witnessed(ctx, s, rec, o)
	if err != nil {
		return nil, err
	}
	v := &Verified{Same: true, Events: again.Events, Goroutines: o.Goroutines, Another: o.Version != r.Version, First: first}
	if first != nil { // there it was stopped
		v.Same, v.Differs = false, first.Window[:len(day)]
		return v, nil
	}
	sums := cumulative(again.Daily)
	last := len(r.Days)
	if r.Stopped != "" {
		for i, d := range r.Days {
			if d.Date == r.Stopped {
				last = i + 1
			}
		}
	}
	for i, d := range r.Days[:last] {
		v.Days++
		got := ""
		if i < len(sums) {
			got = sums[i].String()
		}
		if got != d.Digest {
			v.Same, v.Differs, v.Want, v.Got = false, d.Date, d.Digest, got
			return v, nil
		}
	}
	if r.Stopped == "" && again.Digest.String() != r.Digest {
		v.Same, v.Differs, v.Want, v.Got = false, measure.DateOf(int64(last)).Format(day), r.Digest, again.Digest.String()
	}
	return v, nil
}

// witnessed plays a scenario again beside its recording, if there is one.
func witnessed(ctx context.Context, s *load.Scenario, rec *play.Recording, o play.Options) (*play.Result, *First, error) {
	if rec == nil {
		again, err := play.Run(ctx, s, o)
		return again, nil, err
	}
	beside, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	w := rec.Witness(ctx, stop)
	o.Watch = w
	again, err := play.Run(beside, s, o)
	d, same, lost := w.Done(err == nil)
	switch {
	case d == nil && lost != nil:
		return nil, nil, lost
	case err != nil && (d == nil || again == nil):
		return nil, nil, err
	case d == nil:
		return again, nil, nil
	}
	first := &First{Window: market.Clock.Date(sim.Time(d.Window) * s.Window).Format("2006-01-02T15:04"), Same: same}
	if d.Want != nil {
		first.Want = market.JSON(d.Want)
	}
	if d.Got != nil {
		first.Got = market.JSON(d.Got)
	}
	return again, first, nil
}
