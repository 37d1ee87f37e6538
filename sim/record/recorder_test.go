package record

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"pasar/sim"
	"pasar/sim/simtest"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv("PASAR_RECORD_HERE"); dir != "" {
		endless(dir, os.Getenv("PASAR_RECORD_FILES"))
		return
	}
	goleak.VerifyTestMain(m)
}

// model is PHOLD with far and near events, in windows of 1000 ticks.
var model = simtest.PHOLD{Agents: 400, Start: 4, Remote: .5, Window: 1000, Mean: 3000}

// layouts that a world can be recorded in.
var layouts = []simtest.Layout{{Shards: 1}, {Shards: 2}, {Shards: 3}, {Shards: 8}, {Actors: true}}

func world(l simtest.Layout, until sim.Time, rec sim.Recorder[simtest.Jump]) *sim.World[simtest.Jump] {
	o := sim.Options[simtest.Jump]{Seed: 5, Until: until, Period: 24 * model.Window, Recorder: rec}
	return simtest.Spread(l, 1, nil, o, func(o sim.Options[simtest.Jump]) *sim.World[simtest.Jump] {
		w, _ := simtest.NewPHOLD(model, o)
		return w
	}).Worlds[0]
}

// A reel keeps all events in memory.
type reel struct {
	mu     sync.Mutex
	events []sim.Event[simtest.Jump]
}

func (r *reel) Record(_ int, _ int64, events []sim.Event[simtest.Jump]) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = append(r.events, events...)
}

// both shows events to two recorders.
type both [2]sim.Recorder[simtest.Jump]

func (b both) Record(shard int, window int64, events []sim.Event[simtest.Jump]) {
	b[0].Record(shard, window, events)
	b[1].Record(shard, window, events)
}

// tries is how many random trials a test makes of what needs no goroutines: under the race detector a few.
func tries(n int) int {
	if testing.Short() {
		return max(n/4, 1)
	}
	return n
}

func begin(t *testing.T, dir string, o Options) *Recorder[simtest.Jump] {
	t.Helper()
	o.Run, o.Window = cmp.Or(o.Run, "test"), model.Window
	r, err := New[simtest.Jump](dir, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func open(t *testing.T, dir string) *Recording[simtest.Jump] {
	t.Helper()
	r, err := Open[simtest.Jump](t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

// record plays the model to until with a state each so many windows (0: none), and seals the recording.
func record(t *testing.T, dir string, l simtest.Layout, until, each int) (*reel, *sim.World[simtest.Jump]) {
	t.Helper()
	rec, tape := begin(t, dir, Options{About: []byte("PHOLD")}), &reel{}
	end := sim.Time(until) * model.Window
	w := world(l, end, both{rec, tape})
	for at := each; each > 0 && at < until; at += each {
		advance(t, w, sim.Time(at)*model.Window)
		if err := rec.Snapshot(w); err != nil {
			t.Fatal(err)
		}
	}
	advance(t, w, end)
	if err := rec.Seal(end); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(tape.events, func(a, b sim.Event[simtest.Jump]) int {
		return cmp.Or(cmp.Compare(a.At/model.Window, b.At/model.Window), order(&a, &b))
	})
	return tape, w
}

func advance(t *testing.T, w *sim.World[simtest.Jump], until sim.Time) sim.Digest {
	t.Helper()
	d, err := w.RunTo(t.Context(), until)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// all reads a recording from a time on.
func all(r *Recording[simtest.Jump], from sim.Time) (events []sim.Event[simtest.Jump], err error) {
	for w, err := range r.Windows(context.Background(), from) {
		if err != nil {
			return events, err
		}
		events = append(events, w.Events...)
	}
	return events, nil
}

// What is recorded is what happened, in the one order, however the agents are spread; and recording changes nothing.
func TestRecording(t *testing.T) {
	const windows = 60
	end := windows * model.Window
	want := advance(t, world(layouts[0], end, nil), end)
	var first []sim.Event[simtest.Jump]
	for i, l := range layouts {
		dir := t.TempDir()
		tape, w := record(t, dir, l, windows, i*7) // the first without states
		if w.Digest() != want {
			t.Errorf("%v: recording changes the digest from %v to %v", l, want, w.Digest())
		}
		if first == nil {
			first = tape.events
		}
		r := open(t, dir)
		got, err := all(r, 0)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, tape.events) || !slices.Equal(got, first) {
			t.Errorf("%v: %d events recorded, %d happened", l, len(got), len(tape.events))
		}
		if !r.Sealed() || r.Until() != end || string(r.About()) != "PHOLD" || r.Run() != "test" {
			t.Errorf("%v: sealed %v, until %d, about %q, run %q", l, r.Sealed(), r.Until(), r.About(), r.Run())
		}
		if d, err := r.Digest(t.Context(), end); d != want || err != nil {
			t.Errorf("%v: recorded digest %v, %v", l, d, err)
		}
		states := 0
		if i > 0 {
			states = (windows - 1) / (i * 7)
		}
		if n := len(r.States()); n != states || states > 0 && r.States()[0] != sim.Time(i*7)*model.Window {
			t.Errorf("%v: states at %v", l, r.States())
		}
		rng := rand.New(rand.NewPCG(1, uint64(i)))
		for range tries(20) {
			from := sim.Time(rng.Int64N(int64(end) + 3000))
			at, _ := slices.BinarySearchFunc(first, from/model.Window, func(e sim.Event[simtest.Jump], w sim.Time) int { return cmp.Compare(e.At/model.Window, w) })
			if got, err := all(r, from); err != nil || !slices.Equal(got, first[at:]) {
				t.Errorf("%v: from %d: %d events, not %d: %v", l, from, len(got), len(first)-at, err)
			}
		}
		r.Close()
	}
}

// Windows that have more events than a frame are put together again, and a frame has many windows that have few.
func TestWindowsAndFrames(t *testing.T) {
	defer func(m simtest.PHOLD) { model = m }(model)
	for _, c := range []struct{ agents, windows int }{{12_000, 5}, {3, 3000}} {
		model.Agents = c.agents
		dir := t.TempDir()
		tape, _ := record(t, dir, layouts[1], c.windows, 0)
		r := open(t, dir)
		if got, err := all(r, 0); err != nil || !slices.Equal(got, tape.events) {
			t.Errorf("%d agents: %d events, not %d: %v", c.agents, len(got), len(tape.events), err)
		}
		if n, want := len(r.frames), (len(tape.events)+maxCount-1)/maxCount; n != want {
			t.Errorf("%d agents: %d frames, not %d", c.agents, n, want)
		}
		r.Close()
	}
}

// The world at any time is the one that was recorded: its state has the same hash, on any number of goroutines, and it goes on
// alike.
func TestSeek(t *testing.T) {
	const windows = 60
	end := windows * model.Window
	hash := func(w *sim.World[simtest.Jump]) [32]byte {
		sum, err := w.StateHash()
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	live := world(layouts[0], end, nil)
	hashes := make([][32]byte, windows+1)
	for i := range hashes {
		advance(t, live, sim.Time(i)*model.Window)
		hashes[i] = hash(live)
	}
	for i, each := range []int{0, 1, 13} {
		dir := t.TempDir()
		record(t, dir, layouts[1+i], windows, each)
		r := open(t, dir)
		rng := rand.New(rand.NewPCG(2, uint64(i)))
		for k := range max(tries(15), len(layouts)) {
			at, l := sim.Time(rng.Int64N(int64(end)+1)), layouts[k%len(layouts)]
			w := world(l, end, nil)
			if err := r.Seek(t.Context(), w, at); err != nil {
				t.Fatal(err)
			}
			if hash(w) != hashes[at/model.Window] {
				t.Errorf("a state each %d, %v: at %d another state", each, l, at)
			}
			if advance(t, w, end) != live.Digest() || hash(w) != hash(live) {
				t.Errorf("a state each %d, %v: goes on otherwise from %d", each, l, at)
			}
		}
		for _, at := range []sim.Time{-1, end + 1} {
			if err := r.Seek(t.Context(), world(layouts[0], end, nil), at); err == nil || !strings.Contains(err.Error(), "reaches from 0 to 60000") {
				t.Errorf("seek to %d: %v", at, err)
			}
		}
		other := model
		other.Mean++
		w, _ := simtest.NewPHOLD(other, sim.Options[simtest.Jump]{Seed: 5, Until: end, Period: 24 * model.Window})
		if err := r.Seek(t.Context(), w, 12*model.Window); !errors.Is(err, ErrParted) && each != 1 {
			t.Errorf("another model: %v", err)
		}
		r.Close()
	}
}

// Where there is no more room the recording stops and says so; the run goes on to its end, and what was recorded can be read.
func TestFull(t *testing.T) {
	const windows = 200
	end := windows * model.Window
	want := advance(t, world(layouts[0], end, nil), end)
	dir := t.TempDir()
	rec := begin(t, dir, Options{Limit: 300_000})
	tape := &reel{}
	w := world(layouts[1], end, both{rec, tape})
	if got := advance(t, w, end); got != want {
		t.Errorf("digest %v, not %v", got, want)
	}
	if err := rec.Seal(end); !errors.Is(err, ErrFull) || rec.Err() == nil {
		t.Errorf("sealed: %v, %v", err, rec.Err())
	}
	if err := rec.Snapshot(w); !errors.Is(err, ErrFull) {
		t.Errorf("snapshot: %v", err)
	}
	r := open(t, dir)
	got, err := all(r, 0)
	if err != nil || len(got) == 0 || len(got) == len(tape.events) || r.Sealed() || r.Until() == 0 {
		t.Errorf("%d of %d events until %d, sealed %v: %v", len(got), len(tape.events), r.Until(), r.Sealed(), err)
	}
	happened(t, r, got, tape.events)
}

// happened checks that a recording holds all of what happened up to its end and nothing else.
func happened(t *testing.T, r *Recording[simtest.Jump], got, events []sim.Event[simtest.Jump]) {
	t.Helper()
	slices.SortFunc(events, func(a, b sim.Event[simtest.Jump]) int {
		return cmp.Or(cmp.Compare(a.At/model.Window, b.At/model.Window), order(&a, &b))
	})
	n := 0
	for n < len(events) && events[n].At < r.Until() {
		n++
	}
	if !slices.Equal(got, events[:n]) {
		t.Errorf("%d events until %d, %d happened", len(got), r.Until(), n)
	}
}

// A world that stops within a window leaves a recording that is whole up to the window before.
func TestCut(t *testing.T) {
	const end = 50 * 1000
	for i, l := range layouts {
		dir := t.TempDir()
		rec, tape := begin(t, dir, Options{}), &reel{}
		bad := errors.New("enough")
		n := 0
		var mu sync.Mutex
		stop := recorderFunc(func() {
			mu.Lock()
			defer mu.Unlock()
			if n++; n == 37*(i+1) {
				panic(bad)
			}
		})
		w := world(l, end, both{both{rec, tape}, stop})
		if _, err := w.Run(t.Context()); !errors.Is(err, bad) {
			t.Fatal(err)
		}
		if err := rec.Cut(); err != nil {
			t.Fatal(err)
		}
		r := open(t, dir)
		got, err := all(r, 0)
		if err != nil || !r.Sealed() {
			t.Errorf("%v: %v, sealed %v", l, err, r.Sealed())
		}
		happened(t, r, got, tape.events)
		r.Close()
	}
}

type recorderFunc func()

func (f recorderFunc) Record(int, int64, []sim.Event[simtest.Jump]) { f() }

// A folder is for one process, one recorder or one reader; the others are told who has it. A recording is replaced by the next.
func TestOneAtATime(t *testing.T) {
	dir := t.TempDir()
	inUse := fmt.Sprintf("in use by process %d", os.Getpid())
	rec := begin(t, dir, Options{})
	if _, err := New[simtest.Jump](dir, Options{Run: "other", Window: 1}); err == nil || !strings.Contains(err.Error(), inUse) {
		t.Errorf("a second recorder: %v", err)
	}
	if _, err := Open[simtest.Jump](t.Context(), dir); err == nil || !strings.Contains(err.Error(), inUse) {
		t.Errorf("a reader beside the recorder: %v", err)
	}
	if err := rec.Seal(3000); err != nil {
		t.Fatal(err)
	}
	if err := rec.Seal(3000); err != nil {
		t.Errorf("sealed twice: %v", err)
	}
	r := open(t, dir)
	if _, err := New[simtest.Jump](dir, Options{Run: "other", Window: 1}); err == nil || !strings.Contains(err.Error(), inUse) {
		t.Errorf("a recorder beside a reader: %v", err)
	}
	if got, err := all(r, 0); len(got) > 0 || err != nil || r.Until() != 3000 {
		t.Errorf("an empty recording has %d events until %d: %v", len(got), r.Until(), err)
	}
	r.Close()
	record(t, dir, layouts[0], 4, 0)
	if r := open(t, dir); r.Until() != 4000 {
		t.Errorf("the second recording reaches %d", r.Until())
	}
	if _, err := Open[simtest.Jump](t.Context(), t.TempDir()); err == nil || !strings.Contains(err.Error(), "there is none") {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := New[simtest.Jump](t.TempDir(), Options{Run: "a", Window: 1, Spare: 1 << 61}); !errors.Is(err, ErrFull) {
		t.Errorf("recorded on a disk without room: %v", err)
	}
	for _, o := range []Options{{Window: 1}, {Run: "a.b", Window: 1}, {Run: "a"}, {Run: "a", Window: 1, Limit: -1}, {Run: "a", Window: 1, About: make([]byte, maxFrame)}} {
		if _, err := New[simtest.Jump](t.TempDir(), o); err == nil {
			t.Errorf("recorded with run %q, window %d, limit %d", o.Run, o.Window, o.Limit)
		}
	}
}
