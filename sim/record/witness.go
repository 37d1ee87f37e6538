package record

import (
	"context"
	"iter"
	"sync"

	"pasar/sim"
)

// A Difference is the first thing in which a world that is played again is not the recorded one.
type Difference[M any] struct {
	Window    int64         // in which it happened
	Want, Got *sim.Event[M] // what is recorded and what was played, in the order of the kernel; nil: nothing more in this window
}

// A Witness is shown a world that is played again and compares it, event by event, with what was recorded. It implements sim.Recorder
// for all shards of one process. At the first difference it calls stop, and looks no further.
type Witness[M any] struct {
	stop func(error)
	next func() (Window[M], error, bool)
	end  func()

	mu     sync.Mutex
	window int64
	parts  [][]sim.Event[M]
	all    []sim.Event[M]
	keys   []uint64
	want   Window[M] // the next one recorded
	more   bool
	until  int64
	first  *Difference[M]
	err    error
	events uint64 // compared, and found to be the same
}

// Witness compares with this recording until it ends. stop is called at most once, with ErrParted or with why the recording cannot be
// read; it may be called by any shard. Done must be called in the end.
func (r *Recording[M]) Witness(ctx context.Context, stop func(error)) *Witness[M] {
	w := &Witness[M]{stop: stop, window: -1, until: r.until}
	w.next, w.end = iter.Pull2(r.Windows(ctx, 0))
	w.advance()
	return w
}

// advance reads the next recorded window.
func (w *Witness[M]) advance() {
	var err error
	if w.want, err, w.more = w.next(); w.more && err != nil {
		w.fail(err)
	}
}

func (w *Witness[M]) fail(err error) {
	if w.err == nil {
		w.err = err
		w.stop(err)
	}
}

// Record implements sim.Recorder.
func (w *Witness[M]) Record(_ int, window int64, events []sim.Event[M]) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if window != w.window {
		w.compare()
		w.window = window
	}
	w.parts = append(w.parts, append([]sim.Event[M](nil), events...))
}

// compare looks at the window that all shards have brought.
func (w *Witness[M]) compare() {
	defer func() { w.parts = nil }()
	if w.err != nil || w.window < 0 {
		return
	}
	if w.more && w.want.N < w.window {
		w.differ(w.want.N, &w.want.Events[0], nil)
		return
	}
	if w.window >= w.until {
		return
	}
	w.all = merge(w.all[:0], w.parts, &w.keys)
	if !w.more || w.want.N > w.window {
		w.differ(w.window, nil, &w.all[0])
		return
	}
	for i := range max(len(w.all), len(w.want.Events)) {
		switch {
		case i == len(w.all):
			w.differ(w.window, &w.want.Events[i], nil)
		case i == len(w.want.Events):
			w.differ(w.window, nil, &w.all[i])
		case w.all[i].Kind != w.want.Events[i].Kind || w.all[i].Digest() != w.want.Events[i].Digest():
			w.differ(w.window, &w.want.Events[i], &w.all[i])
		default:
			w.events++
			continue
		}
		return
	}
	w.advance()
}

// differ remembers the first difference. Of two events that stand in the same place, the later one is not missing: the other is too much.
func (w *Witness[M]) differ(window int64, want, got *sim.Event[M]) {
	w.first = &Difference[M]{Window: window}
	if want != nil && got != nil {
		switch c := order(want, got); {
		case c < 0:
			got = nil
		case c > 0:
			want = nil
		}
	}
	if want != nil {
		e := *want
		w.first.Want = &e
	}
	if got != nil {
		e := *got
		w.first.Got = &e
	}
	w.fail(ErrParted)
}

// Done ends the comparison of a world that was played to its end, or stopped: the first difference, or nil; how many events are the
// same; and why no more could be compared, if that is so. whole tells whether the world was played as far as the recording reaches.
func (w *Witness[M]) Done(whole bool) (first *Difference[M], same uint64, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	defer w.end()
	if whole {
		w.compare()
		if w.err == nil && w.more {
			w.differ(w.want.N, &w.want.Events[0], nil)
		}
	}
	if w.first != nil {
		return w.first, w.events, nil
	}
	return nil, w.events, w.err
}
