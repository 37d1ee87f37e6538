package results

import (
	"context"
	"errors"
	"fmt"

	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/results/measure"
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
	Another    bool   `json:"another_program"` // the receipt is of one
}

// ErrContradiction is what is wrong with a receipt that does not agree with itself: somebody changed it.
var ErrContradiction = errors.New("the receipt contradicts itself")

// Verify plays a receipt's scenario again, on another number of goroutines, and holds the two histories against each other day by
// day. A receipt of a run that was stopped is verified up to there.
func Verify(ctx context.Context, r *Receipt, o play.Options) (*Verified, error) {
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
	again, err := play.Run(ctx, s, o)
	if err != nil {
		return nil, err
	}
	v := &Verified{Same: true, Events: again.Events, Goroutines: o.Goroutines, Another: o.Version != r.Version}
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
