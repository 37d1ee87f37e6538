package sweep

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"pasar/scenarios/queue"
)

// A queue that holds cells of a larger sweep of the same study tells of the plan at hand only its own: what waits, is done or was given up, while it is
// asked from elsewhere, while the plan is collected, and when it was stopped.
func TestStatusOfThePlanAtHand(t *testing.T) {
	large, small := planned(t, keepOne), planned(t, keepOne)
	large.Reps, small.Reps = 4, 2
	c := connected(t)
	k, err := c.Begin(t.Context(), large.QueueID(), large.Version, large.Job, queue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Enqueue(t.Context(), large.Size(), large.jobs); err != nil {
		t.Fatal(err)
	}
	is := func(p *Plan, cells, done, failed, queued int) {
		t.Helper()
		dir := t.TempDir()
		if err := p.Claim(dir); err != nil {
			t.Fatal(err)
		}
		f, err := OpenFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.Status(t.Context(), c, p)
		if err != nil || s.Cells != cells || s.Done != done || s.Failed != failed || s.Queued != queued || s.Running != 0 {
			t.Errorf("%d replications: %v, %+v", p.Reps, err, s)
		}
	}
	is(large, 12, 0, 0, 12)
	is(small, 6, 0, 0, 6)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	foreign, own, slow := large.queued(large.Cell(3)).ID, small.queued(small.Cell(0)).ID, small.queued(small.Cell(1)).ID
	later := make(chan struct{})
	let := sync.OnceFunc(func() { close(later) })
	go func() {
		ended <- c.Work(ctx, queue.WorkerOptions{Version: large.Version, Slots: 2}, func(ctx context.Context, j queue.Job) ([]queue.Result, error) {
			if j.Cell.ID == foreign || j.Cell.ID == own {
				return nil, queue.Permanent(errors.New("a planted mistake"))
			}
			if j.Cell.ID == slow { // until it was told how far the plan is with all others
				<-later
			}
			return large.madeUp(ctx, j)
		})
	}()
	collect := func(p *Plan) {
		dir := t.TempDir()
		told := 0
		s, err := p.collect(t.Context(), k, dir, Options{Progress: func(now Progress) {
			if told++; told == 3 {
				let()
			}
			if now.Cells != p.Size() || now.Done+now.Failed+now.Running+now.Queued > p.Size() {
				t.Errorf("of %d cells: %+v", p.Size(), now)
			}
		}})
		if err != nil {
			t.Fatal(err)
		}
		s.close()
		p.lastWord(t.Context(), k, dir)
		if now, ok := Standing(dir); !ok || now.Cells != p.Size() || now.Done+now.Failed != p.Size() || now.Queued != 0 {
			t.Errorf("the last word of %d cells: %v, %+v", p.Size(), ok, now)
		}
	}
	collect(small)
	collect(large)
	stop()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	is(large, 12, 10, 2, 0)
	is(small, 6, 5, 1, 0)
}

// Two processes collect two sizes of a study from one server at a time: each comes to its end with all of its runs.
func TestTwoSizesAtATime(t *testing.T) {
	large, small := planned(t, keepOne), planned(t, keepOne)
	large.Reps, small.Reps = 4, 2
	k, work := served(t, large)
	begun := make(chan struct{})
	work(func(ctx context.Context, j queue.Job) ([]queue.Result, error) {
		<-begun
		time.Sleep(50 * time.Millisecond) // so that the smaller one ends first
		return large.madeUp(ctx, j)
	})
	both := make(chan error, 2)
	first := sync.OnceFunc(func() { close(begun) })
	collect := func(p *Plan, told func()) {
		s, err := p.collect(t.Context(), k, t.TempDir(), Options{Progress: func(Progress) { told() }})
		if err == nil {
			s.close()
		}
		both <- err
	}
	go collect(large, sync.OnceFunc(func() { go collect(small, first) }))
	for range 2 {
		if err := <-both; err != nil {
			t.Error(err)
		}
	}
}
