package queue

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	switch {
	case os.Getenv("PASAR_QUEUE_HOST") != "":
		hostProcess(os.Getenv("PASAR_QUEUE_HOST"))
		return
	case os.Getenv("PASAR_QUEUE_NODE") != "":
		nodeProcess(os.Getenv("PASAR_QUEUE_NODE"))
		return
	case os.Getenv("PASAR_QUEUE_URL") != "":
		workerProcess(os.Getenv("PASAR_QUEUE_URL"), os.Getenv("PASAR_QUEUE_KEY"))
		return
	}
	// The object store of nats.go leaves this one behind, now and then, for each file: it takes the channel that it listens on away
	// before it has begun to.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/nats-io/nats.go/jetstream.(*jetStream).resetPendingAcksOnReconnect"))
}

// cells are those of a sweep.
func cells(n int) iter.Seq[Cell] {
	return func(yield func(Cell) bool) {
		for i := range n {
			if !yield(Cell{fmt.Sprintf("c%05d", i), []byte(strconv.Itoa(i))}) {
				return
			}
		}
	}
}

// hashes is a handler: two results, functions of the job alone.
func hashes(_ context.Context, j Job) ([]Result, error) {
	a := sha256.Sum256(append([]byte("a"), j.Cell.Data...))
	b := sha256.Sum256(append([]byte("b"), j.Cell.Data...))
	return []Result{{Key: hex.EncodeToString(a[:8]), Data: a[:]}, {Key: hex.EncodeToString(b[:8]), Data: b[:]}}, nil
}

var study = []byte("all that a worker needs")

// Options for tests: of jobs that are taken over, of jobs that should not be, however slow the machine, and of nodes that lose what they heard.
var (
	short = Options{AckWait: 500 * time.Millisecond, Attempts: 3}
	calm  = Options{AckWait: 30 * time.Second, Attempts: 3}
	lossy = Options{AckWait: 3 * time.Second, Attempts: 3}
)

func serve(t testing.TB, o ServerOptions) *Server {
	t.Helper()
	s, err := Serve(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func link(t testing.TB, s *Server) *Conn {
	t.Helper()
	c, err := s.Connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func begin(t testing.TB, c *Conn, n int, o Options) *Coordinator {
	t.Helper()
	k, err := c.Begin(t.Context(), "s", "v1", study, o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Enqueue(t.Context(), n, cells(n)); err != nil {
		t.Fatal(err)
	}
	return k
}

// work runs a worker until the test or stop ends it.
func work(t testing.TB, c *Conn, o WorkerOptions, h Handler) (stop func()) {
	t.Helper()
	o.Version = "v1"
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- c.Work(ctx, o, h) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return stop
}

// A log is what a Watch told.
type log struct {
	results   map[string]string // by cell and key
	order     []string
	done      map[string]*Done
	failed    map[string]*Failure
	conflicts []*Conflict
	last      *Progress
}

func watch(t testing.TB, k *Coordinator) (*log, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	l := &log{results: map[string]string{}, done: map[string]*Done{}, failed: map[string]*Failure{}}
	err := k.Watch(ctx, func(e Event) error {
		switch e := e.(type) {
		case *Result:
			name := e.Cell + " " + e.Key
			if _, twice := l.results[name]; twice {
				t.Errorf("result %s came twice", name)
			}
			l.results[name] = string(e.Data)
		case *Done:
			if l.done[e.Cell] != nil {
				t.Errorf("cell %s was done twice", e.Cell)
			}
			for _, key := range e.Keys {
				if _, ok := l.results[e.Cell+" "+key]; !ok {
					t.Errorf("cell %s is done without its result %s", e.Cell, key)
				}
			}
			l.done[e.Cell] = e
			delete(l.failed, e.Cell)
		case *Failure:
			l.failed[e.Cell] = e
		case *Conflict:
			l.conflicts = append(l.conflicts, e)
		case *Progress:
			l.last = e
		}
		return nil
	})
	if errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("the sweep does not end: %+v", *l.last)
	}
	return l, err
}

// whole checks that every cell has exactly the results of hashes.
func (l *log) whole(t testing.TB, n int) {
	t.Helper()
	if len(l.done) != n || len(l.results) != 2*n {
		t.Fatalf("%d cells done with %d results, want %d and %d; failed: %d", len(l.done), len(l.results), n, 2*n, len(l.failed))
	}
	for c := range cells(n) {
		want, _ := hashes(context.Background(), Job{Cell: c})
		for _, r := range want {
			if got := l.results[c.ID+" "+r.Key]; got != string(r.Data) {
				t.Fatalf("result %s of cell %s is %x, want %x", r.Key, c.ID, got, r.Data)
			}
		}
	}
}

// A sweep is played, by several slots, and played again: then there is nothing to do.
func TestSweep(t *testing.T) {
	t.Parallel()
	c := link(t, serve(t, ServerOptions{Dir: t.TempDir()}))
	work(t, c, WorkerOptions{Slots: 3}, hashes)
	k := begin(t, c, 200, calm)
	l, err := watch(t, k)
	if err != nil {
		t.Fatal(err)
	}
	l.whole(t, 200)
	if text, err := c.Get(t.Context(), hash(study)); string(text) != string(study) || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	if n, err := k.Enqueue(t.Context(), 200, cells(200)); n != 0 || err != nil {
		t.Errorf("%d jobs are queued again, %v", n, err)
	}
	if n, err := k.Enqueue(t.Context(), 250, cells(250)); n != 50 || err != nil { // expanded
		t.Errorf("%d more jobs are queued, %v", n, err)
	}
	if l, err = watch(t, k); err != nil {
		t.Fatal(err)
	}
	l.whole(t, 250)
	s, err := k.Status(t.Context(), nil)
	for s.Running > 0 && err == nil && t.Context().Err() == nil { // the last job is acknowledged after its results are there
		s, err = k.Status(t.Context(), nil)
	}
	if want := (Status{Sweep: Sweep{"s", "v1", hash(study), 250, false, false}, Done: 250}); s != want || err != nil {
		t.Errorf("%+v, %v", s, err)
	}
}

// Cells that are queued are not queued again, also by another server on the same folder, where nobody remembers who asked.
func TestQueuedOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for round, want := range []int{499, 0, 100} {
		s, err := Serve(ServerOptions{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		c, err := s.Connect()
		if err != nil {
			t.Fatal(err)
		}
		k, err := c.Begin(t.Context(), "s", "v1", study, calm)
		if err != nil {
			t.Fatal(err)
		}
		total := 500 + 100*(round/2)
		p := pipeline{c: c} // as if somebody had been as quick
		if err := p.publish(t.Context(), k.job(Cell{ID: "c00000"})); err != nil || p.settle(t.Context(), 0) != nil || p.fresh != max(0, 1-round) {
			t.Errorf("round %d: a job is queued %d times, %v", round, p.fresh, err)
		}
		for _, want := range []int{want, 0} {
			if n, err := k.Enqueue(t.Context(), total, cells(total)); n != want || err != nil {
				t.Errorf("round %d: %d of %d cells are queued, want %d, %v", round, n, total, want, err)
			}
		}
		soon, stop := context.WithTimeout(t.Context(), time.Minute)
		now, err := k.Status(soon, nil)
		for now.Queued < total && err == nil { // a consumer counts what comes a moment later
			now, err = k.Status(soon, nil)
		}
		if stop(); now.Queued != total || err != nil {
			t.Errorf("round %d: %+v, %v", round, now, err)
		}
		c.Close()
		s.Close()
	}
}
