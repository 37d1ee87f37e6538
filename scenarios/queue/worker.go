package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nats.go/micro"
)

const (
	service       = "pasar-worker" // under which NATS tools find workers: $SRV.INFO.pasar-worker
	workerHeader  = "Pasar-Worker"
	versionHeader = "Pasar-Version"
	lull          = time.Second // for which a slot asks one queue; also what a stop may take
)

// WorkerOptions say who a worker is.
type WorkerOptions struct {
	Name    string          // that stands with its results; default: host, process and some letters
	Version string          // of its program
	Slots   int             // jobs at a time; default 1
	Grace   time.Duration   // for which jobs may go on when ctx has ended; those that are not done then are handed back
	Refuse  func(err error) // told of each open sweep that it takes no jobs of; the error wraps ErrVersion. May be nil
}

// Work plays jobs of all open sweeps of its version, the oldest sweep first, until ctx ends, which is no error. If there are open sweeps
// when it begins, and all are of other versions, it ends with an error that wraps ErrVersion.
func (c *Conn) Work(ctx context.Context, o WorkerOptions, play Handler) error {
	w := &worker{c: c, o: o, play: play, changed: make(chan struct{}), refused: map[string]bool{}}
	w.o.Slots = max(w.o.Slots, 1)
	if w.o.Name == "" {
		host, err := os.Hostname()
		if err != nil {
			host = "worker"
		}
		w.o.Name = fmt.Sprintf("%s-%d-%.4s", host, os.Getpid(), uuid.NewString())
	}
	if err := w.work(ctx); err != nil {
		return fmt.Errorf("worker %s: %w", w.o.Name, err)
	}
	return nil
}

// A worker is one Work.
type worker struct {
	c    *Conn
	o    WorkerOptions
	play Handler
	res  jetstream.Stream
	jobs jetstream.Stream

	mu      sync.Mutex
	lines   []*line // open sweeps of our version, oldest first
	refused map[string]bool
	changed chan struct{} // closed when lines change, and made anew
}

// A line is where the jobs of one sweep come from.
type line struct {
	Sweep
	open  context.Context // ends when the sweep is closed: nothing can be on its way from there
	close context.CancelFunc
}

func (w *worker) work(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	book, err := w.open(ctx)
	var entries jetstream.KeyWatcher
	if err == nil {
		entries, err = book.WatchAll(ctx)
	}
	if err == nil {
		defer func() { _ = entries.Stop() }()
		err = w.look(ctx, entries.Updates())
	}
	if parent.Err() != nil {
		return nil
	} else if err != nil {
		return w.c.explain(err)
	}
	present, err := micro.AddService(w.c.nc, micro.Config{
		Name: service, Version: "1.0.0", Description: "plays jobs of sweeps",
		Metadata: map[string]string{"worker": w.o.Name, "version": w.o.Version, "slots": strconv.Itoa(w.o.Slots)},
	})
	if err != nil {
		return err
	}
	defer func() { _ = present.Stop() }()
	hard, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	failed := make(chan error, w.o.Slots)
	for range w.o.Slots {
		go func() {
			err := w.slot(ctx, hard)
			if err != nil {
				cancel() // the others finish what they have
			}
			failed <- err
		}()
	}
	w.attend(ctx, entries.Updates())
	grace := time.AfterFunc(w.o.Grace, cut)
	defer grace.Stop()
	for range w.o.Slots {
		if e := <-failed; err == nil {
			err = e
		}
	}
	return err
}

// open finds the streams. A coordinator makes them, perhaps only soon.
func (w *worker) open(ctx context.Context) (book jetstream.KeyValue, err error) {
	for {
		err = w.c.retry(ctx, func(ctx context.Context) (err error) {
			if book, err = w.c.js.KeyValue(ctx, sweeps); err != nil {
				return err
			}
			if w.jobs, err = w.c.js.Stream(ctx, jobs); err != nil {
				return err
			}
			w.res, err = w.c.js.Stream(ctx, records)
			return err
		})
		if !errors.Is(err, jetstream.ErrBucketNotFound) && !errors.Is(err, jetstream.ErrStreamNotFound) {
			return book, err
		}
		if pause(ctx, lull); ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
	}
}

// look reads the book as it is.
func (w *worker) look(ctx context.Context, updates <-chan jetstream.KeyValueEntry) error {
	for {
		select {
		case e := <-updates: // nil behind the last entry
			if e != nil {
				w.enter(e)
				continue
			}
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		if len(w.lines) == 0 && len(w.refused) > 0 {
			return fmt.Errorf("%w: this is version %s, and every sweep that is open was begun by another; use the program that began it", ErrVersion, w.o.Version)
		}
		return nil
	}
}

// attend follows the book until ctx ends.
func (w *worker) attend(ctx context.Context, updates <-chan jetstream.KeyValueEntry) {
	for {
		select {
		case e, ok := <-updates:
			if !ok {
				updates = nil
			} else if e != nil {
				w.enter(e)
			}
		case <-ctx.Done():
			return
		}
	}
}

// enter takes a change of the book over.
func (w *worker) enter(e jetstream.KeyValueEntry) {
	s := Sweep{ID: e.Key()}
	if e.Operation() == jetstream.KeyValuePut && json.Unmarshal(e.Value(), &s) != nil {
		return // not of our making
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	i := slices.IndexFunc(w.lines, func(l *line) bool { return l.ID == s.ID })
	lines := slices.Clone(w.lines)
	if !s.Open {
		delete(w.refused, s.ID)
	}
	switch {
	case !s.Open && i >= 0:
		lines[i].close()
		lines = slices.Delete(lines, i, i+1)
	case !s.Open:
	case s.Version != w.o.Version:
		if !w.refused[s.ID] && w.o.Refuse != nil {
			w.o.Refuse(fmt.Errorf("%w: sweep %s was begun by version %s, this is version %s: none of its jobs are taken", ErrVersion, s.ID, s.Version, w.o.Version))
		}
		w.refused[s.ID] = true
	case i >= 0:
		lines[i] = &line{s, lines[i].open, lines[i].close}
	default:
		l := &line{Sweep: s}
		l.open, l.close = context.WithCancel(context.Background())
		lines = append(lines, l)
	}
	w.lines = lines
	close(w.changed)
	w.changed = make(chan struct{})
}

// now are the sweeps there are jobs of, and what is closed when they change.
func (w *worker) now() ([]*line, <-chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lines, w.changed
}

// slot plays one job after the other until ctx ends. Its error is one that ends the worker.
func (w *worker) slot(ctx, hard context.Context) error {
	queues := map[string]jetstream.Consumer{}
	for ctx.Err() == nil {
		lines, changed := w.now()
		if len(lines) == 0 {
			select {
			case <-changed:
			case <-ctx.Done():
			}
			continue
		}
		for _, l := range lines {
			if ctx.Err() != nil {
				break
			}
			m, err := w.fetch(ctx, queues, l, lull/time.Duration(len(lines)))
			if err == nil && m != nil {
				err = w.do(hard, l, queues[l.ID], m)
			}
			if err != nil && !transient(err) { // a server that is away comes back, and the job with it
				return err
			}
			if m != nil {
				break // the oldest again
			}
		}
	}
	return nil
}

// fetch asks for one job, and no more: those that wait behind one that is played would be given up for dead. It is not cut short when ctx
// ends, or a job that is on its way would be lost for as long as a worker may be silent.
func (w *worker) fetch(ctx context.Context, queues map[string]jetstream.Consumer, l *line, wait time.Duration) (jetstream.Msg, error) {
	q := queues[l.ID]
	if q == nil {
		err := w.c.retry(ctx, func(ctx context.Context) (err error) {
			q, err = w.jobs.Consumer(ctx, consumer(l.ID))
			return err
		})
		if errors.Is(err, jetstream.ErrConsumerNotFound) || errors.Is(err, context.Canceled) { // it is being made anew, or forgotten
			pause(ctx, 50*time.Millisecond)
			return nil, nil
		} else if err != nil {
			return nil, err
		}
		queues[l.ID] = q
	}
	one, cancel := context.WithTimeout(l.open, wait)
	defer cancel()
	batch, err := q.Fetch(1, jetstream.FetchContext(one))
	if err == nil {
		for m := range batch.Messages() {
			return m, nil
		}
		err = batch.Error()
	}
	if err != nil && one.Err() == nil {
		delete(queues, l.ID) // it may have been made anew
		pause(ctx, 50*time.Millisecond)
	}
	return nil, nil
}
