package record

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pasar/sim"
	"pasar/sim/simtest"
)

// A shelf is a large state of which little changes.
type shelf struct{ Books [128]uint64 }

// readers take a book now and then.
type readers struct{}

// Born fills the shelf.
func (readers) Born(t *sim.Turn[simtest.Jump], s *shelf) {
	rng := rand.New(rand.NewPCG(9, uint64(t.Number)))
	for i := range s.Books {
		s.Books[i] = rng.Uint64()
	}
	t.Wake(1+sim.Time(t.Number)*13, 1, simtest.Jump{})
}

// React takes a book.
func (readers) React(t *sim.Turn[simtest.Jump], s *shelf, e *sim.Event[simtest.Jump]) {
	s.Books[e.At%128]++
	t.Wake(1+sim.Time(s.Books[0]%5000), 1, simtest.Jump{})
}

// library is a world whose states have several pieces.
func library(until sim.Time, rec sim.Recorder[simtest.Jump]) *sim.World[simtest.Jump] {
	w := sim.New(sim.Options[simtest.Jump]{Seed: 2, Window: model.Window, Until: until, Recorder: rec})
	sim.Add(w, 1, 1200, sim.Agent[shelf, simtest.Jump](readers{}))
	return w
}

// Of states in a row each fourth is whole and the others are what differs from it; each is had again as it was. A state that lacks what
// it differs from is refused.
func TestStates(t *testing.T) {
	const states = 10
	dir, end := t.TempDir(), (states+1)*model.Window
	rec := begin(t, dir, Options{})
	w := library(end, rec)
	var want [][]byte
	for i := range states {
		advance(t, w, sim.Time(i+1)*model.Window)
		var b bytes.Buffer
		if err := errors.Join(w.Snapshot(&b), rec.Snapshot(w)); err != nil {
			t.Fatal(err)
		}
		want = append(want, b.Bytes())
	}
	advance(t, w, end)
	if err := rec.Seal(end); err != nil {
		t.Fatal(err)
	}
	r := open(t, dir)
	for i, s := range r.states {
		if int(s.flags) != i%wholeEach || s.last < 2 {
			t.Errorf("state %d has %d pieces and differs from %d states back", i, s.last+1, s.flags)
		}
		if got, err := r.state(t.Context(), i); err != nil || !bytes.Equal(got, want[i]) {
			t.Errorf("state %d is another: %v", i, err)
		}
	}
	if whole, other := r.states[1].seq-r.states[0].seq, r.states[2].seq-r.states[1].seq; len(r.states) != states || whole != other {
		t.Errorf("%d states of %d and %d frames", len(r.states), whole, other)
	}
	again := library(end, nil)
	if err := r.Seek(t.Context(), again, 7*model.Window+1); err != nil || again.Now() != 7*model.Window {
		t.Errorf("at %d: %v", again.Now(), err)
	}
	first := r.states
	for what, list := range map[string][]entry{ // each last state lacks its base
		"there is no state 1 before it": {first[1]},
		"is not what it differs from":   {first[1], first[1]},
		"it is not piece 0 of a state":  {first[0], {first[1].head, first[1].seq + 1}},
	} {
		r.states = list
		if _, err := r.state(t.Context(), len(list)-1); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A recording that begins with another run's holds all that happened in both, and every moment of them.
func TestContinue(t *testing.T) {
	const end = 40 * 1000
	dir := t.TempDir()
	tape, live := record(t, dir, layouts[1], 40, 3)
	from := open(t, dir)
	for _, at := range []sim.Time{2000, 20_500, end} {
		dir := t.TempDir()
		rec := begin(t, dir, Options{})
		rec.Continue(t.Context(), from, at)
		w := world(layouts[2], end, rec)
		if err := from.Seek(t.Context(), w, at); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(rec.Snapshot(w), rec.Err()); err != nil {
			t.Fatal(err)
		}
		advance(t, w, end)
		if err := rec.Seal(end); err != nil {
			t.Fatal(err)
		}
		r := open(t, dir)
		if got, err := all(r, 0); err != nil || !slices.Equal(got, tape.events) {
			t.Errorf("from %d: %d events, %d happened: %v", at, len(got), len(tape.events), err)
		}
		for _, state := range r.States() {
			if err := r.Seek(t.Context(), world(layouts[0], end, nil), state+2000); err != nil && state < end-2000 {
				t.Errorf("from %d: to %d: %v", at, state+2000, err)
			}
		}
		if d, err := r.Digest(t.Context(), end); d != live.Digest() || err != nil || len(r.States()) != int(min(at/1000, 39)/3)+1 {
			t.Errorf("from %d: digest %v, states at %v: %v", at, d, r.States(), err)
		}
		r.Close()
	}
}

// What is opened by its index is what its frames say.
func TestIndex(t *testing.T) {
	dir := t.TempDir()
	record(t, dir, layouts[1], 40, 3)
	r := open(t, dir)
	frames, states, until := r.frames, r.states, r.until
	r.Close()
	for _, name := range []string{sumsFile, indexFile} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	r = open(t, dir)
	if !reflect.DeepEqual(r.frames, frames) || !reflect.DeepEqual(r.states, states) || r.until != until || len(states) != 13 {
		t.Errorf("%d frames and %d states until %d; by the index %d, %d, %d", len(r.frames), len(r.states), r.until, len(frames), len(states), until)
	}
}
