package play

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
)

// In the recording of a pilot of 20,000 buyers (PASAR_BUYERS: another number) the world at 100 random moments has the state that the
// live one had, to the last bit. The log says what the recording takes on disk, and how long it is to open it, to the events from a
// moment on, and to the state.
func TestMoments(t *testing.T) {
	if !nightly() {
		t.Skip("plays 20,000 buyers twice")
	}
	const n = 100
	var o load.Overrides
	if buyers := os.Getenv("PASAR_BUYERS"); buyers != "" {
		var err error
		if o.Buyers, err = strconv.Atoi(buyers); err != nil {
			t.Fatal(err)
		}
	}
	s, err := load.Load("pilot", o)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	run, err := Run(t.Context(), s, Options{Goroutines: 2, Record: &Record{Dir: dir, Each: 7}})
	if err != nil || run.Lost != nil {
		t.Fatal(err, run.Lost)
	}
	begin := time.Now()
	r, err := OpenRecording(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	size := sizeOf(t, dir)
	t.Logf("%d events, %d bytes with %d states: %.1f an event; opened in %v", run.Events, size, len(r.States()), float64(size)/float64(run.Events), time.Since(begin))
	rng := rand.New(rand.NewPCG(1, 1))
	moments := make([]sim.Time, n)
	for i := range moments {
		moments[i] = sim.Time(rng.Int64N(int64(r.Until())))
	}
	live := World(s, NewMarket(s), sim.Options[market.Msg]{})
	want := map[sim.Time][32]byte{}
	for _, at := range slices.Sorted(slices.Values(moments)) {
		if _, err := live.RunTo(t.Context(), at); err != nil {
			t.Fatal(err)
		}
		if want[at], err = live.StateHash(); err != nil {
			t.Fatal(err)
		}
	}
	var events, states []time.Duration
	for _, at := range moments { // each is far from the one before
		begin = time.Now()
		for _, err := range r.Windows(t.Context(), at) {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
		events = append(events, time.Since(begin))
		begin = time.Now()
		w, _, err := r.At(t.Context(), at)
		if err != nil {
			t.Fatal(err)
		}
		states = append(states, time.Since(begin))
		if got, err := w.StateHash(); got != want[at] || err != nil {
			t.Errorf("at %v: another state, %v", market.Clock.Date(at), err)
		}
	}
	slices.Sort(events)
	slices.Sort(states)
	t.Logf("to the events of %d moments: median %v, worst %v; to the state: median %v, worst %v", n, events[n/2], events[n-1], states[n/2], states[n-1])
}

// sizeOf is how many bytes a folder holds.
func sizeOf(t *testing.T, dir string) (n int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := os.Stat(path)
		if err == nil {
			n += info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
