package queue

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// A job whose worker is silent goes to another. When the first worker answers after all, its results are compared, its late
// acknowledgement changes nothing, and every result is there once.
func TestLateWorker(t *testing.T) {
	t.Parallel()
	s := serve(t, ServerOptions{Dir: t.TempDir()})
	c := link(t, s)
	k := begin(t, c, 20, short)
	late, err := k.queue.Fetch(1, jetstream.FetchMaxWait(time.Minute)) // a worker that takes a job and is silent
	if err != nil {
		t.Fatal(err)
	}
	job := <-late.Messages()
	work(t, c, WorkerOptions{Name: "quick"}, hashes)
	l, err := watch(t, k)
	if err != nil {
		t.Fatal(err)
	}
	l.whole(t, 20)
	cell := job.Subject()[len("job.s."):]
	if d := l.done[cell]; d.Attempt < 2 || d.Worker != "quick" {
		t.Errorf("cell %s was done by %s at attempt %d", cell, d.Worker, d.Attempt)
	}
	a := &attempt{worker: &worker{c: c, o: WorkerOptions{Name: "late", Version: "v1"}, res: k.res}, job: Job{Sweep{ID: "s"}, Cell{cell, job.Data()}, 1}}
	results, _ := hashes(t.Context(), a.job)
	if err := a.write(t.Context(), results, 0); err != nil {
		t.Error(err)
	}
	if err := job.DoubleAck(t.Context()); err != nil {
		t.Logf("the late acknowledgement: %v", err)
	}
	l, err = watch(t, k)
	if err != nil || len(l.conflicts) > 0 {
		t.Error(err, l.conflicts)
	}
	l.whole(t, 20)
}

// Two workers play one job at the same time, and their results differ: the first is kept, both workers are named, and the sweep fails. So it is
// whether results stand in one record or each in its own, and where one worker has large results and the other small ones.
func TestWorkersDisagree(t *testing.T) {
	t.Parallel()
	const small, large = 100, together
	for _, x := range []struct {
		first, second int  // bytes of a result
		ends          bool // the first worker before it says that its cell is done
	}{{small, small, false}, {large, large, false}, {large, large, true}, {small, large, false}, {large, small, false}} {
		t.Run(fmt.Sprintf("%+v", x), func(t *testing.T) {
			t.Parallel()
			disagree(t, bytes.Repeat([]byte("1"), x.first), bytes.Repeat([]byte("2"), x.second), x.ends)
		})
	}
}

func disagree(t *testing.T, one, two []byte, ends bool) {
	c := link(t, serve(t, ServerOptions{Dir: t.TempDir()}))
	k := begin(t, c, 3, short)
	silent, err := k.queue.Fetch(1, jetstream.FetchMaxWait(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	job := <-silent.Messages()
	cell := job.Subject()[len("job.s."):]
	attempts := func(name string, data []byte) (*attempt, []Result) {
		a := &attempt{&worker{c: c, o: WorkerOptions{Name: name, Version: "v1"}, res: k.res}, Job{Sweep{ID: "s"}, Cell{cell, job.Data()}, 1}}
		results, _ := hashes(t.Context(), a.job)
		results[1].Data = data
		return a, results
	}
	a, results := attempts("broken", one)
	key := results[1].Key
	if ends {
		for i := range results {
			err = errors.Join(err, a.write1(t.Context(), &results[i]))
		}
	} else {
		err = a.write(t.Context(), results, 0)
	}
	a, results = attempts("right", two)
	if err = errors.Join(err, a.write(t.Context(), results, 0)); err != nil {
		t.Fatal(err)
	}
	work(t, c, WorkerOptions{}, hashes) // the other cells
	first := map[string]string{}        // by cell and key
	err = k.Watch(t.Context(), func(e Event) error {
		if r, ok := e.(*Result); ok && first[r.Cell+" "+r.Key] == "" {
			first[r.Cell+" "+r.Key] = string(r.Data)
		}
		return nil
	})
	var conflict *Conflict
	if !errors.As(err, &conflict) {
		t.Fatalf("the sweep ends with %v", err)
	}
	want := Conflict{Cell: cell, Key: key, First: "broken", Second: "right", Versions: [2]string{"v1", "v1"}, FirstHash: hash(one), Hash: hash(two)}
	if *conflict != want {
		t.Errorf("%+v\nwant %+v", *conflict, want)
	}
	if text := err.Error(); !strings.Contains(text, "broken") || !strings.Contains(text, "right") || strings.Count(text, "\n") > 4 {
		t.Error(text)
	}
	if got := first[cell+" "+key]; got != string(one) {
		t.Errorf("the first result was %.10q, now it is %.10q", one, got)
	}
	if s, err := k.Status(t.Context(), nil); s.Conflicts != 1 || err != nil {
		t.Errorf("%+v, %v", s, err)
	}
}

// A handler that fails or panics is tried again; what it says is permanent is not; what always fails is given up, is on record with its
// error, and can be tried again later.
func TestFailures(t *testing.T) {
	t.Parallel()
	c := link(t, serve(t, ServerOptions{Dir: t.TempDir()}))
	var mended atomic.Bool
	tries := sync.Map{}
	work(t, c, WorkerOptions{Name: "w", Slots: 2}, func(ctx context.Context, j Job) ([]Result, error) {
		n, _ := tries.LoadOrStore(j.Cell.ID, new(atomic.Int32))
		nth := n.(*atomic.Int32).Add(1)
		switch {
		case mended.Load():
		case j.Cell.ID == "c00001" && nth == 1:
			panic("once")
		case j.Cell.ID == "c00002":
			return nil, Permanent(errors.New("there is no such rule"))
		case j.Cell.ID == "c00003":
			return nil, errors.New("again and again")
		case j.Cell.ID == "c00004":
			return []Result{{Key: "a.b"}}, nil
		case j.Cell.ID == "c00005":
			return []Result{{Key: "a"}, {Key: "a"}}, nil
		case j.Cell.ID == "c00006":
			return []Result{{Key: "a", Data: make([]byte, 9<<20)}}, nil
		}
		return hashes(ctx, j)
	})
	k := begin(t, c, 10, calm)
	l, err := watch(t, k)
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]struct {
		attempts int
		text     string
	}{
		"c00002": {1, "there is no such rule"}, "c00003": {3, "again and again"}, "c00004": {1, `key of a result "a.b"`},
		"c00005": {1, "two results have the key a"}, "c00006": {1, "9437184 bytes"},
	} {
		f := l.failed[cell]
		if f == nil || f.Attempt != want.attempts || f.Worker != "w" || !strings.Contains(f.Error, want.text) {
			t.Errorf("cell %s: %+v", cell, f)
		}
	}
	if d := l.done["c00001"]; len(l.done) != 5 || d == nil || d.Attempt != 2 {
		t.Errorf("%d cells are done; c00001: %+v", len(l.done), d)
	}
	if n, err := k.Enqueue(t.Context(), 10, cells(10)); n != 0 || err != nil {
		t.Errorf("%d cells that failed are queued unasked, %v", n, err)
	}
	mended.Store(true)
	if n, err := k.RetryFailed(t.Context()); n != 5 || err != nil {
		t.Errorf("%d cells are tried again, %v", n, err)
	}
	if l, err = watch(t, k); err != nil {
		t.Fatal(err)
	}
	l.whole(t, 10)
}

// A job whose workers all die is given up, also if nobody listened when JetStream said so.
func TestDeadlyJob(t *testing.T) {
	t.Parallel()
	for name, listens := range map[string]bool{"while somebody watches": true, "before": false} {
		t.Run(name, func(t *testing.T) {
			c := link(t, serve(t, ServerOptions{Dir: t.TempDir()}))
			k := begin(t, c, 1, short)
			die := func() {
				for range short.Attempts {
					b, err := k.queue.Fetch(1, jetstream.FetchMaxWait(time.Minute)) // and no answer
					if err != nil {
						t.Error(err)
						return
					}
					for range b.Messages() {
					}
				}
				for t.Context().Err() == nil { // as a worker asks for the next job: only then does JetStream see that the last lease has ended
					b, err := k.queue.Fetch(1, jetstream.FetchMaxWait(100*time.Millisecond))
					if err != nil {
						t.Error(err)
						return
					}
					for range b.Messages() {
						t.Error("the job is delivered once too often")
					}
					if info, err := k.queue.Info(t.Context()); err == nil && info.NumAckPending == 0 {
						return
					}
				}
			}
			ended := make(chan bool)
			if listens {
				go func() { die(); close(ended) }()
			} else {
				die()
				close(ended)
			}
			l, err := watch(t, k)
			<-ended
			if f := l.failed["c00000"]; err != nil || f == nil || f.Attempt != short.Attempts || !strings.Contains(f.Error, "no worker") || string(f.Data) != "0" {
				t.Errorf("%+v, %v", f, err)
			}
			work(t, c, WorkerOptions{}, hashes)
			if n, err := k.RetryFailed(t.Context()); n != 1 || err != nil {
				t.Fatal(n, err)
			}
			if l, err = watch(t, k); err != nil {
				t.Fatal(err)
			}
			l.whole(t, 1)
		})
	}
}

// A worker that is asked to end finishes its jobs if it may, and hands them back if not; a handed-back job has not failed.
func TestWorkerEnds(t *testing.T) {
	t.Parallel()
	for name, grace := range map[string]time.Duration{"with grace": time.Minute, "at once": 0} {
		t.Run(name, func(t *testing.T) {
			c := link(t, serve(t, ServerOptions{Dir: t.TempDir()}))
			k := begin(t, c, 5, calm)
			has, may := make(chan bool), make(chan bool)
			stop := work(t, c, WorkerOptions{Name: "first", Grace: grace}, func(ctx context.Context, j Job) ([]Result, error) {
				has <- true
				select {
				case <-may:
					return hashes(ctx, j)
				case <-ctx.Done():
					return nil, ctx.Err()
				}
			})
			<-has
			if grace > 0 {
				time.AfterFunc(50*time.Millisecond, func() { close(may) }) // after stop was called, or shortly before: either is right
			}
			stop()
			first := 0
			if grace > 0 {
				first = 1
			}
			if s, err := k.Status(t.Context(), nil); s.Done != first || s.Failed != 0 || s.Running > 1 || err != nil {
				t.Errorf("%+v, %v", s, err)
			}
			work(t, c, WorkerOptions{Name: "second"}, hashes)
			l, err := watch(t, k)
			if err != nil {
				t.Fatal(err)
			}
			l.whole(t, 5)
		})
	}
}

// A long job is left to its worker as long as that is alive.
func TestLongJob(t *testing.T) {
	t.Parallel()
	c := link(t, serve(t, ServerOptions{Dir: t.TempDir()}))
	var played atomic.Int32
	slow := func(ctx context.Context, j Job) ([]Result, error) {
		played.Add(1)
		time.Sleep(5 * time.Second)
		return hashes(ctx, j)
	}
	k := begin(t, c, 2, Options{AckWait: 2 * time.Second})
	work(t, c, WorkerOptions{Slots: 2}, slow)
	work(t, link(t, serve(t, ServerOptions{Dir: t.TempDir()})), WorkerOptions{}, hashes) // of another server, which knows no sweep: it waits
	l, err := watch(t, k)
	if err != nil {
		t.Fatal(err)
	}
	if l.whole(t, 2); played.Load() != 2 {
		t.Errorf("2 jobs were played %d times", played.Load())
	}
}

// A sweep that is stopped says so, keeps what is done, and goes on when it is begun again; one that is forgotten is gone.
func TestStop(t *testing.T) {
	t.Parallel()
	c := link(t, serve(t, ServerOptions{Dir: t.TempDir()}))
	k := begin(t, c, 30, calm)
	ten := make(chan bool, 30)
	for range 10 {
		ten <- true
	}
	stop := work(t, c, WorkerOptions{}, func(ctx context.Context, j Job) ([]Result, error) {
		select {
		case <-ten:
			return hashes(ctx, j)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	})
	err := k.Watch(t.Context(), func(e Event) error {
		if d, ok := e.(*Done); ok && d.Cell == "c00009" {
			return k.Stop(t.Context())
		}
		return nil
	})
	stop()
	if !errors.Is(err, ErrStopped) {
		t.Fatalf("%v", err)
	}
	if s, err := k.Status(t.Context(), nil); s.Done != 10 || s.Queued != 0 || !s.Stopped || s.Open || err != nil {
		t.Errorf("%+v, %v", s, err)
	}
	work(t, c, WorkerOptions{}, hashes)
	l, err := watch(t, begin(t, c, 30, calm))
	if err != nil {
		t.Fatal(err)
	}
	l.whole(t, 30)
	if list, err := c.Sweeps(t.Context()); err != nil || len(list) != 1 || list[0].Cells != 30 {
		t.Errorf("%+v, %v", list, err)
	}
	if err := k.Forget(t.Context()); err != nil {
		t.Fatal(err)
	}
	if list, err := c.Sweeps(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
	if _, err := c.Open(t.Context(), "s"); err == nil || !strings.Contains(err.Error(), "knows none") {
		t.Error(err)
	}
	if info, err := k.res.Info(t.Context()); err != nil || info.State.Msgs != 0 {
		t.Errorf("%+v, %v", info.State, err)
	}
}

// Workers of another program take no job of a sweep, and say why; a sweep is not gone on with by another program, or with another study.
func TestVersions(t *testing.T) {
	t.Parallel()
	c := link(t, serve(t, ServerOptions{Dir: t.TempDir()}))
	k := begin(t, c, 2, calm)
	played := func(context.Context, Job) ([]Result, error) { t.Error("a job was taken"); return nil, nil }
	err := c.Work(t.Context(), WorkerOptions{Version: "v2"}, played)
	if !errors.Is(err, ErrVersion) || !strings.Contains(err.Error(), "v2") {
		t.Errorf("a worker of another version: %v", err)
	}
	if s, err := k.Status(t.Context(), nil); s.Queued != 2 || s.Running != 0 || err != nil {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := c.Begin(t.Context(), "s", "v2", study, calm); !errors.Is(err, ErrVersion) {
		t.Errorf("a coordinator of another version: %v", err)
	}
	if _, err := c.Begin(t.Context(), "s", "v1", []byte("another"), calm); err == nil || !strings.Contains(err.Error(), "another study") {
		t.Errorf("a coordinator with another study: %v", err)
	}
	if _, err := c.Begin(t.Context(), "s.x", "v1", study, calm); err == nil || !strings.Contains(err.Error(), "letters, digits") {
		t.Errorf("a name that cannot be: %v", err)
	}
	// With a sweep of its own beside the other's, a worker plays that and tells of the other.
	other, err := c.Begin(t.Context(), "other", "v2", study, calm)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Enqueue(t.Context(), 3, cells(3)); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	refused := make(chan error, 10)
	ended := make(chan error)
	go func() {
		ended <- c.Work(ctx, WorkerOptions{Version: "v2", Refuse: func(err error) { refused <- err }}, hashes)
	}()
	l, err := watch(t, other)
	if err != nil {
		t.Fatal(err)
	}
	l.whole(t, 3)
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if err := <-refused; !errors.Is(err, ErrVersion) || !strings.Contains(err.Error(), "sweep s was begun by version v1") || len(refused) > 0 {
		t.Errorf("%v, and %d more", err, len(refused))
	}
}
