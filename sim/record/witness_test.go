package record

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"pasar/sim"
	"pasar/sim/simtest"
)

// A forger shows another recorder what happened, but for one event.
type forger struct {
	to    sim.Recorder[simtest.Jump]
	event sim.Event[simtest.Jump]
	how   int // 0: it is not shown, 1: shown as another one, 2: shown with another luck beside it
}

// Record implements sim.Recorder.
func (f forger) Record(shard int, window int64, events []sim.Event[simtest.Jump]) {
	if i := slices.Index(events, f.event); i >= 0 {
		events = slices.Clone(events)
		switch f.how {
		case 0:
			events = slices.Delete(events, i, i+1)
		case 1:
			events[i].Kind++
		case 2:
			more := f.event
			more.Nth += 1000
			events = slices.Insert(events, i+1, more)
		}
	}
	if len(events) > 0 {
		f.to.Record(shard, window, events)
	}
}

// A world that is played again is the recorded one on any number of goroutines, and what is planted in it is found: the event, and where.
func TestWitness(t *testing.T) {
	const windows = 40
	end := windows * model.Window
	dir := t.TempDir()
	tape, _ := record(t, dir, layouts[1], windows, 0)
	r := open(t, dir)
	rng := rand.New(rand.NewPCG(3, 1))
	n := len(layouts) * 4 // each way to forge in each layout
	if os.Getenv("PASAR_NIGHTLY") != "" {
		n *= 3
	}
	for i := range n {
		l := layouts[i%len(layouts)]
		f := forger{event: tape.events[rng.IntN(len(tape.events))], how: i % 4}
		ctx, cancel := context.WithCancelCause(t.Context())
		w := r.Witness(t.Context(), cancel)
		f.to = w
		if f.how == 3 {
			f.event = sim.Event[simtest.Jump]{}
		}
		_, err := world(l, end, f).Run(ctx)
		first, same, failed := w.Done(err == nil)
		stopped := context.Cause(ctx)
		cancel(nil)
		if failed != nil {
			t.Fatal(failed)
		}
		if f.how == 3 {
			if first != nil || same != uint64(len(tape.events)) || err != nil {
				t.Errorf("%v: %d of %d events are the same, then %+v, %v", l, same, len(tape.events), first, err)
			}
			continue
		}
		if err != nil && !errors.Is(stopped, ErrParted) {
			t.Errorf("%v: stopped by %v", l, err)
		}
		want := Difference[simtest.Jump]{Window: int64(f.event.At / model.Window)}
		other := f.event
		switch f.how {
		case 0:
			want.Want = &f.event
		case 1:
			other.Kind++
			want.Want, want.Got = &f.event, &other
		case 2:
			other.Nth += 1000
			want.Got = &other
		}
		if first == nil || first.Window != want.Window || !alike(first.Want, want.Want) || !alike(first.Got, want.Got) {
			t.Errorf("%v, forged %d: the first difference is %+v, not %+v", l, f.how, first, want)
		}
	}
}

func alike(a, b *sim.Event[simtest.Jump]) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

// A world of another seed parts at once; one that ends early is the same as far as it goes, and lacks the rest if it should have it.
func TestWitnessOfAnother(t *testing.T) {
	const windows = 20
	dir := t.TempDir()
	tape, _ := record(t, dir, layouts[0], windows, 0)
	r := open(t, dir)
	for _, whole := range []bool{false, true} {
		w := r.Witness(t.Context(), func(error) {})
		advance(t, world(layouts[0], windows/2*model.Window, w), windows/2*model.Window)
		first, same, err := w.Done(whole)
		if err != nil || same == 0 || (first != nil) != whole {
			t.Errorf("half a world: %d events, %+v, %v", same, first, err)
		}
		if whole && (first.Got != nil || first.Window != windows/2) {
			t.Errorf("half a world lacks %+v", first)
		}
	}
	w := r.Witness(t.Context(), func(error) {})
	other, _ := simtest.NewPHOLD(model, sim.Options[simtest.Jump]{Seed: 6, Until: windows * model.Window, Period: 24 * model.Window, Recorder: w})
	advance(t, other, windows*model.Window)
	if first, _, err := w.Done(true); first == nil || first.Window > 1 || err != nil || len(tape.events) == 0 {
		t.Errorf("another seed: %+v, %v", first, err)
	}
}
