package record

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"pasar/sim"
)

// ahead is how many windows may wait for the writer before the shards have to.
const ahead = 4

// A Recorder records a world. It implements sim.Recorder for all shards of one process, which must be all there are. What
// the shards bring is copied, and written by a goroutine of its own: if that falls behind, the shards wait, and nothing is lost.
//
// If it fails, the run goes on and is no longer recorded; Err, Seal and Cut say why. What was written can be read.
type Recorder[M any] struct {
	dir    string
	writer *writer[M]
	jobs   chan job[M]
	done   chan struct{} // the writer has ended
	spare  sync.Pool     // of *[]sim.Event[M]
	failed atomic.Pointer[error]

	stateSize int // about, in bytes

	mu     sync.Mutex
	ended  bool
	window int64            // of parts
	parts  [][]sim.Event[M] // what shards brought of it so far
}

// A job is a window whose events are all there, or a state.
type job[M any] struct {
	window int64
	parts  [][]sim.Event[M]
	state  []byte // of the world before window; nil: a window
}

// New begins a recording in a folder, which is made if need be. A recording that is there is replaced, unless it is in use.
func New[M any](dir string, o Options) (*Recorder[M], error) {
	if err := o.check(); err != nil {
		return nil, fmt.Errorf("recording: %w", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("recording: %w", err)
	}
	s, err := openStore(dir, o.Durable, func() error {
		return errors.Join(os.RemoveAll(filepath.Join(dir, "jetstream")), os.RemoveAll(filepath.Join(dir, sumsFile)), os.RemoveAll(filepath.Join(dir, indexFile)))
	})
	if err != nil {
		return nil, fmt.Errorf("recording in %s: %w", dir, err)
	}
	w, err := newWriter[M](s, dir, &o)
	if err != nil {
		s.close()
		return nil, fmt.Errorf("recording in %s: %w", dir, err)
	}
	r := &Recorder[M]{dir: dir, writer: w, jobs: make(chan job[M], ahead), done: make(chan struct{})}
	go r.work()
	return r, nil
}

// Continue gives the recording another run's for its beginning: all that is there up to the last state at or before t. It is called before
// anything is recorded.
func (r *Recorder[M]) Continue(ctx context.Context, from *Recording[M], t sim.Time) {
	if i := from.stateAt(t); i >= 0 {
		r.fail(r.writer.copy(ctx, from, &from.states[i]))
	}
}

// Record implements sim.Recorder. That a shard brings a window tells that all have brought the one before: they meet
// after each.
func (r *Recorder[M]) Record(_ int, window int64, events []sim.Event[M]) {
	if r.failed.Load() != nil {
		return
	}
	part, _ := r.spare.Get().(*[]sim.Event[M])
	if part == nil {
		part = new([]sim.Event[M])
	}
	*part = append((*part)[:0], events...)
	r.mu.Lock()
	defer r.mu.Unlock()
	if window != r.window {
		r.pass()
		r.window = window
	}
	r.parts = append(r.parts, *part)
}

// pass gives the window under way to the writer. It holds mu, so that all shards wait where the writer is behind.
func (r *Recorder[M]) pass() {
	if len(r.parts) > 0 {
		r.jobs <- job[M]{window: r.window, parts: r.parts}
		r.parts = nil
	}
}

// Snapshot records the state of the world, which stands between windows.
func (r *Recorder[M]) Snapshot(w *sim.World[M]) error {
	if r.failed.Load() != nil {
		return r.Err()
	}
	var state bytes.Buffer
	state.Grow(r.stateSize)
	if err := w.Snapshot(&state); err != nil {
		return fmt.Errorf("recording: %w", err)
	}
	r.stateSize = state.Len() + state.Len()/16 // the next one is not much larger
	r.mu.Lock()
	defer r.mu.Unlock()
	r.pass()
	r.jobs <- job[M]{window: int64(w.Now() / r.writer.window), state: state.Bytes()}
	return nil
}

// Err is why the recording stopped, or nil.
func (r *Recorder[M]) Err() error {
	if err := r.failed.Load(); err != nil {
		return *err
	}
	return nil
}

// Seal ends the recording of a world that was played to until: from here on it cannot be changed. It waits until all is written.
func (r *Recorder[M]) Seal(until sim.Time) error {
	r.mu.Lock()
	r.pass()
	r.mu.Unlock()
	return r.end(int64(until / r.writer.window))
}

// Cut ends and seals the recording of a world that stopped within a window: that window may not be whole and is left out.
func (r *Recorder[M]) Cut() error { return r.end(-1) }

func (r *Recorder[M]) end(until int64) error {
	r.mu.Lock()
	if r.ended {
		r.mu.Unlock()
		return r.Err()
	}
	r.ended, r.parts = true, nil
	close(r.jobs)
	r.mu.Unlock()
	<-r.done
	if r.Err() == nil {
		if until < 0 {
			until = r.writer.reached
		}
		r.fail(r.writer.finish(until))
	}
	r.writer.store.close()
	if r.Err() == nil {
		r.fail(errors.Join(writeFile(r.dir, indexFile, r.writer.heads), writeSums(r.dir)))
	}
	return r.Err()
}

// fail remembers the first error.
func (r *Recorder[M]) fail(err error) {
	if err != nil {
		err = fmt.Errorf("recording in %s stopped: %w", r.dir, err)
		r.failed.CompareAndSwap(nil, &err)
	}
}

// work writes what is passed to it. After an error it only makes room, so that nobody waits.
func (r *Recorder[M]) work() {
	defer close(r.done)
	for j := range r.jobs {
		if r.failed.Load() == nil {
			if j.state != nil {
				r.fail(r.writer.state(j.window, j.state))
			} else {
				r.fail(r.writer.events(j.window, j.parts))
			}
		}
		for _, p := range j.parts {
			r.spare.Put(&p)
		}
	}
}
