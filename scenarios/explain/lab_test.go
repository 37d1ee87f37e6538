package explain

import (
	"context"
	"os"
	"sort"
	"testing"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
)

// nightly tells whether tests may take minutes.
func nightly() bool { return os.Getenv("PASAR_NIGHTLY") != "" }

// library loads a scenario of the library at a small scale.
func library(t *testing.T, ref string, buyers int, until string) *load.Scenario {
	t.Helper()
	s, err := load.Load(ref, load.Overrides{Buyers: buyers, Until: until})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A memory holds all windows of a run.
type memory [][]market.Event

func (m memory) windows(_ context.Context, from sim.Time, yield func([]market.Event, error) bool) {
	at := sort.Search(len(m), func(i int) bool { return m[i][0].At/market.Hour >= from/market.Hour })
	for _, w := range m[at:] {
		if !yield(w, nil) {
			return
		}
	}
}

// kept plays a scenario and keeps all that happened.
func kept(t *testing.T, s *load.Scenario) (*Run, []market.Event) {
	t.Helper()
	r := Of(s)
	var m memory
	var all []market.Event
	for events, err := range r.Windows(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		first := len(all)
		all = append(all, events...)
		m = append(m, all[first:len(all):len(all)])
	}
	r.source = m
	return r, all
}
