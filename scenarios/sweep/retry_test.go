package sweep

import (
	"context"
	"slices"
	"sync"
	"testing"

	"pasar/scenarios/queue"
)

// A run that fails by itself is played again when it is asked for, its cell with it and no other.
func TestRetryAll(t *testing.T) {
	p := planned(t, keepOne)
	p.Reps = 4
	c := connected(t)
	bad := p.queued(p.Cell(5)).ID
	dir := t.TempDir()
	play := func(fails bool) (cells []string, failed int) {
		k, err := c.Begin(t.Context(), p.QueueID(), p.Version, p.Job, queue.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		var all sync.WaitGroup
		ctx, cancel := context.WithCancel(t.Context())
		defer all.Wait()
		defer cancel()
		all.Go(func() {
			_ = c.Work(ctx, queue.WorkerOptions{Version: p.Version, Slots: 2}, func(ctx context.Context, j queue.Job) ([]queue.Result, error) {
				mu.Lock()
				cells = append(cells, j.Cell.ID)
				mu.Unlock()
				out, err := p.madeUp(ctx, j)
				if fails && j.Cell.ID == bad {
					out[1].Data = (&Run{Error: "no room on the disk"}).Encode()
				}
				return out, err
			})
		})
		spool, err := p.collect(t.Context(), k, dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer spool.close()
		for r, err := range spool.rows() {
			if err != nil {
				t.Fatal(err)
			}
			if r.Failed() {
				failed++
			}
		}
		cancel()
		all.Wait()
		return cells, failed
	}
	retry := func(all bool, want int) {
		if n, err := p.Retry(t.Context(), c, all); n != want || err != nil {
			t.Errorf("all %t: %d cells to play again, not %d: %v", all, n, want, err)
		}
	}
	if cells, failed := play(true); len(cells) != p.Size() || failed != 1 {
		t.Errorf("%d of %d cells were played, %d runs failed", len(cells), p.Size(), failed)
	}
	retry(false, 0)
	if cells, failed := play(false); len(cells) != 0 || failed != 1 {
		t.Errorf("without being asked: %d cells were played again, %d runs failed", len(cells), failed)
	}
	retry(true, 1)
	if cells, failed := play(false); !slices.Equal(cells, []string{bad}) || failed != 0 {
		t.Errorf("%v were played again, not %s; %d runs failed", cells, bad, failed)
	}
	retry(true, 0)
}
