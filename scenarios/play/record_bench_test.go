package play

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pasar/scenarios/load"
	"pasar/sim"
)

// BenchmarkRecording says what the recording of a pilot of 20,000 buyers takes on disk, and how long it is to any of 50 random moments:
// to the events from there on, and to the state of the world. It takes minutes.
func BenchmarkRecording(b *testing.B) {
	s, err := load.Load("pilot", load.Overrides{})
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	run, err := Run(b.Context(), s, Options{Goroutines: 2, Record: &Record{Dir: dir, Each: 14}})
	if err != nil || run.Lost != nil {
		b.Fatal(err, run.Lost)
	}
	begin := time.Now()
	r, err := OpenRecording(b.Context(), dir)
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	b.ReportMetric(time.Since(begin).Seconds()*1000, "ms/open")
	rng := rand.New(rand.NewPCG(1, 1))
	var events, states []time.Duration
	for range 50 {
		at := sim.Time(rng.Int64N(int64(r.Until())))
		begin = time.Now()
		for _, err := range r.Windows(b.Context(), at) {
			if err != nil {
				b.Fatal(err)
			}
			break
		}
		events = append(events, time.Since(begin))
		begin = time.Now()
		if _, _, err := r.At(b.Context(), at); err != nil {
			b.Fatal(err)
		}
		states = append(states, time.Since(begin))
	}
	slices.Sort(events)
	slices.Sort(states)
	b.ReportMetric(events[25].Seconds()*1000, "ms/events")
	b.ReportMetric(states[25].Seconds()*1000, "ms/state")
	b.ReportMetric(states[49].Seconds()*1000, "ms/state-worst")
	b.ReportMetric(float64(sizeOf(b, dir))/float64(run.Events), "B/event-and-states")
	b.ReportMetric(float64(len(r.States())), "states")
	b.ReportMetric(0, "ns/op")
}

// sizeOf is how many bytes a folder holds.
func sizeOf(b *testing.B, dir string) (n int64) {
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := os.Stat(path)
		n += info.Size()
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return n
}
