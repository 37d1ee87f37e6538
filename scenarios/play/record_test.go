package play

import (
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"pasar/agents/market"
	"pasar/sim"
	"pasar/sim/record"
	"pasar/sim/simtest"
)

// A recorded run is the run. From its recording any moment can be had again: the world has the same state, to the last bit, and goes on
// alike, on other numbers of goroutines.
func TestRecordedRun(t *testing.T) {
	s := quick(t, 200, "2023-02-10")
	want, err := Run(t.Context(), s, Options{Goroutines: 1})
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "recording")
	got, err := Run(t.Context(), s, Options{Goroutines: 3, Record: &Record{Dir: dir, Each: 10}})
	if err != nil || got.Lost != nil {
		t.Fatal(err, got.Lost)
	}
	agree(t, "recorded", got, want)
	r, err := OpenRecording(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	end := s.End + 2*market.Hour
	if r.About.Scenario != s.Name || r.About.Run != got.ID || r.Until() != end || !r.Sealed() || r.Scenario.Hash != s.Hash {
		t.Errorf("about %+v, until %d, sealed %v", r.About.Scenario, r.Until(), r.Sealed())
	}
	if d, err := r.Digest(t.Context(), end); d != want.Digest || err != nil {
		t.Errorf("the recorded events have digest %v, not %v: %v", d, want.Digest, err)
	}
	live := simtest.Spread(simtest.Layout{Shards: 2}, 3, nil, sim.Options[market.Msg]{}, func(o sim.Options[market.Msg]) *market.World {
		return World(s, NewMarket(s), o)
	}).Worlds[0]
	rng := rand.New(rand.NewPCG(1, 1))
	for at := sim.Time(0); at < end; at += 1 + sim.Time(rng.Int64N(int64(end)/4)) {
		w, m, err := r.At(t.Context(), at)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := live.RunTo(t.Context(), at); err != nil {
			t.Fatal(err)
		}
		a, err := w.StateHash()
		if err != nil {
			t.Fatal(err)
		}
		if b, err := live.StateHash(); a != b || err != nil {
			t.Errorf("at %v: another state, %v", market.Clock.Date(at), err)
		}
		if at < end/2 {
			continue
		}
		again := &Result{Scenario: r.Scenario, Market: m}
		if again.Digest, err = w.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		again.collect(w)
		agree(t, "from "+market.Clock.Date(at).String(), again, want)
	}
}

// A run whose recording finds no more room has all its results, and says so.
func TestRecordingFull(t *testing.T) {
	s := quick(t, 200, "2023-01-20")
	want, err := Run(t.Context(), s, Options{Goroutines: 1})
	if err != nil {
		t.Fatal(err)
	}
	got, err := Run(t.Context(), s, Options{Goroutines: 2, Record: &Record{Dir: t.TempDir(), Each: 5, Limit: 1 << 20}})
	if err != nil {
		t.Fatal(err)
	}
	agree(t, "recorded in part", got, want)
	if got.Lost == nil || !strings.Contains(got.Lost.Error(), record.ErrFull.Error()) {
		t.Errorf("lost: %v", got.Lost)
	}
	if _, err := Run(t.Context(), s, Options{Goroutines: 2, Procs: 2, Record: &Record{Dir: t.TempDir()}}); err == nil || !strings.Contains(err.Error(), "2 processes") {
		t.Errorf("half a run is recorded: %v", err)
	}
}
