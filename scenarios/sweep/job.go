package sweep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"pasar/scenarios/load"
	"pasar/scenarios/queue"
)

// QueueID names the sweep in the queue: its study by name and hash, and the program.
func (p *Plan) QueueID() string {
	sum := sha256.Sum256([]byte(p.Identity + "\n" + p.Version))
	return fmt.Sprintf("%.40s-%x", p.Study, sum[:8])
}

// queued is the cell as the queue has it: what makes its worlds, under a hash of all that its runs follow from. So a study that grows knows what
// it has.
func (p *Plan) queued(c Cell) queue.Cell {
	b, err := json.Marshal(p.made(c))
	if err != nil {
		panic("sweep: a cell that cannot be written: " + err.Error())
	}
	sum := sha256.Sum256(slices.Concat([]byte(p.Identity+"\n"+p.Version+"\n"), b))
	return queue.Cell{ID: hex.EncodeToString(sum[:16]), Data: b}
}

// jobs are all cells in the order in which they are played: the first replication of all points, then the second, so that what is known
// early is of the whole design, and workers do not all begin the same point.
func (p *Plan) jobs(yield func(queue.Cell) bool) {
	for rep := range p.Reps {
		for point := range p.Points {
			if !yield(p.queued(p.Cell(point*p.Reps + rep))) {
				return
			}
		}
	}
}

// Handler plays jobs of all sweeps of a server, whose tasks it gets from there.
func Handler(c *queue.Conn, version string) queue.Handler {
	known := &tasks{c: c, version: version, known: map[string]*Task{}}
	return func(ctx context.Context, j queue.Job) ([]queue.Result, error) {
		t, err := known.get(ctx, j.Study)
		if err != nil {
			return nil, err
		}
		var made []load.Overrides
		if err := json.Unmarshal(j.Cell.Data, &made); err != nil || len(made) != len(t.Worlds) {
			return nil, queue.Permanent(fmt.Errorf("job %s is not of this program", j.Cell.ID))
		}
		runs, err := t.Play(ctx, made)
		if err != nil {
			if ctx.Err() == nil {
				err = queue.Permanent(err) // it would be the same each time
			}
			return nil, err
		}
		results := make([]queue.Result, len(runs))
		for w, r := range runs {
			results[w] = queue.Result{Key: strconv.Itoa(w), Data: r.Encode()}
		}
		return results, nil
	}
}

// Retry queues again what was given up because its workers died and, if it is to be all, takes back what failed by itself, which the next
// Run plays once more. It tells how many cells that are.
func (p *Plan) Retry(ctx context.Context, c *queue.Conn, all bool) (cells int, err error) {
	k, err := c.Open(ctx, p.QueueID())
	if err != nil {
		return 0, err
	}
	if all {
		cells, err = k.Redo(ctx, func(r *queue.Result) bool {
			run, err := Decode(r.Data)
			return err != nil || run.Failed()
		})
		if err != nil {
			return cells, err
		}
	}
	n, err := k.RetryFailed(ctx)
	return cells + n, err
}

// tasks are those that a worker has read.
type tasks struct {
	c       *queue.Conn
	version string
	mu      sync.Mutex
	known   map[string]*Task
}

// get reads a task, once.
func (k *tasks) get(ctx context.Context, hash string) (*Task, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if t := k.known[hash]; t != nil {
		return t, nil
	}
	text, err := k.c.Get(ctx, hash)
	if err != nil {
		return nil, err
	}
	t, err := ReadTask(text, k.version)
	if err != nil {
		return nil, queue.Permanent(fmt.Errorf("reading the study: %w", err))
	}
	k.known[hash] = t
	return t, nil
}
