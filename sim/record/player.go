package record

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sort"

	"pasar/sim"
)

// ErrParted is wrapped by the error of Seek where the world that was played is not the one that was recorded.
var ErrParted = errors.New("the world parts from its recording")

// Windows are the windows from the one that holds from, in order, up to Until. Their events are in the order of the kernel; see
// ByTime. An error is the last thing that is given.
func (r *Recording[M]) Windows(ctx context.Context, from sim.Time) iter.Seq2[Window[M], error] {
	return func(yield func(Window[M], error) bool) {
		start := int64(max(from, 0) / r.codec.window)
		at := sort.Search(len(r.frames), func(i int) bool { return r.frames[i].last >= start })
		var w Window[M]
		for i := at; i < len(r.frames) && r.frames[i].first < r.until; i++ {
			runs, events, err := r.read(ctx, i)
			if err != nil {
				yield(w, err)
				return
			}
			for k, run := range runs {
				mine := events[:run.n:run.n]
				events = events[run.n:]
				if run.window < start || run.window >= r.until {
					continue
				}
				w.N, w.Events = run.window, append(w.Events, mine...)
				if k == len(runs)-1 && r.frames[i].flags&whole == 0 {
					continue // the rest is in the next frame
				}
				if !yield(w, nil) {
					return
				}
				w.Events = nil
			}
		}
	}
}

// read decodes a frame of events and checks that they are those whose digest it gives.
func (r *Recording[M]) read(ctx context.Context, i int) ([]run, []sim.Event[M], error) {
	e := &r.frames[i]
	h, payload, err := r.fetch(ctx, e.seq)
	if err != nil {
		return nil, nil, err
	}
	runs, events, err := r.codec.decode(&h, payload)
	if err != nil {
		return nil, nil, fmt.Errorf("frame %d: %w", e.seq, err)
	}
	var sum sim.Digest
	if i > 0 {
		sum = r.frames[i-1].digest
	}
	for k := range events {
		sum.Add(events[k].Digest())
	}
	if h != e.head || sum != e.digest {
		return nil, nil, fmt.Errorf("frame %d: %w: digest %v, not %v", e.seq, ErrDamaged, sum, e.digest)
	}
	return runs, events, nil
}

// Digest is the digest of all that happened before the window that holds t.
func (r *Recording[M]) Digest(ctx context.Context, t sim.Time) (sum sim.Digest, err error) {
	end := int64(t / r.codec.window)
	at := sort.Search(len(r.frames), func(i int) bool { return r.frames[i].last >= end })
	if at > 0 {
		sum = r.frames[at-1].digest
	}
	for i := at; i < len(r.frames) && r.frames[i].first < end; i++ {
		runs, events, err := r.read(ctx, i)
		if err != nil {
			return sum, err
		}
		for _, run := range runs {
			for k := range events[:run.n] {
				if run.window < end {
					sum.Add(events[k].Digest())
				}
			}
			events = events[run.n:]
		}
	}
	return sum, nil
}

// Seek makes w, a world of the recorded model that has not begun, into the one that was recorded, as it stood before the window that
// holds t: it restores the last state recorded until then and plays the world from there. It fails where what it plays is not what
// was recorded; see ErrParted. Options.Until of w must not be earlier than t.
func (r *Recording[M]) Seek(ctx context.Context, w *sim.World[M], t sim.Time) error {
	if t < 0 || t > r.Until() {
		return fmt.Errorf("recording in %s: time %d: it reaches from 0 to %d", r.dir, t, r.Until())
	}
	from := "the beginning"
	if i := r.stateAt(t); i >= 0 {
		state, err := r.state(ctx, i)
		if err != nil {
			return fmt.Errorf("recording in %s: %w", r.dir, err)
		}
		if err := w.Restore(state); err != nil {
			return fmt.Errorf("recording in %s: frame %d: %w", r.dir, r.states[i].seq, err)
		}
		from = fmt.Sprintf("time %d", w.Now())
	}
	got, err := w.RunTo(ctx, t)
	if err != nil {
		return err
	}
	want, err := r.Digest(ctx, t)
	if err != nil {
		return fmt.Errorf("recording in %s: %w", r.dir, err)
	}
	if got != want {
		return fmt.Errorf("recording in %s: %w between %s and time %d: digest %v, not %v", r.dir, ErrParted, from, t, got, want)
	}
	return nil
}
