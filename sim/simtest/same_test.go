package simtest

import (
	"context"
	"testing"

	"go.uber.org/goleak"

	"pasar/sim"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// phold builds worlds of one PHOLD.
func phold(p PHOLD) func(sim.Options[Jump]) *sim.World[Jump] {
	return func(o sim.Options[Jump]) *sim.World[Jump] {
		w, _ := NewPHOLD(p, o)
		return w
	}
}

// few are layouts enough where a round costs more than its events.
var few = []Layout{{Shards: 1}, {Shards: 3}, {Shards: 5, Procs: 2}, {Actors: true}}

// to plays a run that must not fail.
func to[M any](t *testing.T, r Run[M], at sim.Time) sim.Digest {
	t.Helper()
	d, err := r.To(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// same plays a model in every layout with some seeds, and in several stops, and demands one history.
func same[M any](t *testing.T, ways []Layout, until sim.Time, o sim.Options[M], build func(sim.Options[M]) *sim.World[M]) {
	t.Helper()
	o.Until = until
	seen := map[sim.Digest]bool{}
	seeds := uint64(3)
	if testing.Short() {
		seeds = 2
	}
	for seed := range seeds {
		o.Seed = seed
		first := Spread(Layouts[0], seed, nil, o, build)
		want := to(t, first, until)
		if events := first.Worlds[0].Events(); seen[want] || events < 300 {
			t.Errorf("seed %d: %d events, digest %v", seed, events, want)
		}
		seen[want] = true
		for _, l := range ways {
			r := Spread(l, seed, nil, o, build)
			for _, at := range []sim.Time{0, until/3 + 1, until / 3, until / 2} {
				to(t, r, at)
			}
			if got := to(t, r, until); got != want {
				t.Errorf("seed %d: %v give %v, not %v", seed, l, got, want)
			}
			if a, b := r.Worlds[0], first.Worlds[0]; a.Events() != b.Events() || len(a.Digests()) != len(b.Digests()) {
				t.Errorf("seed %d: %v give %d events in %d periods, not %d in %d",
					seed, l, a.Events(), len(a.Digests()), b.Events(), len(b.Digests()))
			}
		}
	}
}

// Same seed, same history, however the agents are spread and however unkind the bus is.
func TestSameHistory(t *testing.T) {
	same(t, Layouts, 60_000, sim.Options[Jump]{}, phold(PHOLD{Agents: 130, Start: 4, Remote: .5, Window: 1000, Mean: 3000}))
}

// Few events, delays of up to many thousand windows: what waits far ahead is neither skipped nor forgotten in quiet times.
func TestSameHistoryFarAhead(t *testing.T) {
	same(t, few, 100_000_000, sim.Options[Jump]{}, phold(PHOLD{Agents: 20, Start: 1, Remote: .5, Window: 1000, Mean: 3_000_000}))
	same(t, few, 1_000_000_000, sim.Options[Jump]{Period: 50_000_000, Lag: 1000},
		phold(PHOLD{Agents: 4, Start: 1, Remote: .5, Window: 1000, Mean: 10_000_000}))
}

// A crowd of events for one agent in one window is in order as well.
func TestSameHistoryPopular(t *testing.T) {
	same(t, few, 400, sim.Options[Jump]{}, phold(PHOLD{Agents: 2, Start: 300, Remote: .5, Window: 50, Mean: 40}))
}

func BenchmarkPHOLD(b *testing.B) {
	p, events := DefaultPHOLD(), uint64(0)
	for b.Loop() {
		w, _ := NewPHOLD(p, sim.Options[Jump]{Seed: 1, Until: 100_000})
		if _, err := w.Run(context.Background()); err != nil {
			b.Fatal(err)
		}
		events += w.Events()
	}
	b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "events/s")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(events), "ns/event")
}
