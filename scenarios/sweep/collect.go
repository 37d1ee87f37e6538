package sweep

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"pasar/scenarios/files"
	"pasar/scenarios/queue"
	"pasar/scenarios/stats"
)

// Options say how a sweep is played. None of them changes its results.
type Options struct {
	Workers  int           // of this process; 0: others play
	Patience time.Duration // after which cells of a worker that is silent are given to others; 0: the queue's own
	Lang     string        // of the report
	Progress func(Progress)

	play queue.Handler // what plays cells; nil: Handler
}

// Progress is how far a sweep has come.
type Progress struct {
	queue.Progress              // in cells of the study; none of another size that the queue may hold, too
	Worlds         int          `json:"runs_a_cell"`
	FailedRuns     int          `json:"failed_runs"`
	Outcome        string       `json:"outcome"`
	Stopped        bool         `json:"stopped"`               // nobody plays it any more, and it is not whole
	Look           *Look        `json:"look,omitempty"`        // to which it is played, of a study that may end early
	Ended          *Ending      `json:"ended_early,omitempty"` // why it has fewer cells than the study
	Effect         stats.Paired `json:"-"`                     // of the first world beside the base on the first outcome, over all pairs that are finished; no pairs: N is 0
}

// stopFile asks whoever plays a sweep to stop.
const stopFile = "stop"

// ErrStopped is the error of a sweep that somebody stopped.
var ErrStopped = queue.ErrStopped

// grace is for how long cells may go on when a sweep is to stop.
const grace = 2 * time.Second

// Run plays what is missing of a sweep, by workers here or elsewhere, and writes its results into a folder. Until then parts/ there holds
// what is finished, in files that are closed. An error leaves all that is finished in the queue; the same call goes on from there.
func (p *Plan) Run(ctx context.Context, c *queue.Conn, dir string, o Options) (*Found, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	k, err := c.Begin(ctx, p.QueueID(), p.Version, p.Job, queue.Options{AckWait: o.Patience})
	if err != nil {
		return nil, err
	}
	_ = os.Remove(filepath.Join(dir, stopFile)) // of before
	if err := files.Clear(dir); err != nil {
		return nil, err
	}
	whole := false
	defer func() {
		if whole {
			_ = os.Remove(filepath.Join(dir, standFile))
			return
		}
		p.lastWord(context.WithoutCancel(ctx), k, dir)
	}()
	var workers sync.WaitGroup
	playing, rest := context.WithCancel(ctx)
	defer func() { rest(); workers.Wait() }()
	if o.play == nil {
		o.play = Handler(c, p.Version)
	}
	if o.Workers > 0 {
		workers.Go(func() {
			if err := c.Work(playing, queue.WorkerOptions{Version: p.Version, Slots: o.Workers, Grace: grace}, o.play); err != nil && playing.Err() == nil {
				cancel(err)
			}
		})
	}
	for _, n := range p.looks() {
		q := p.upTo(n)
		s, err := q.collect(ctx, k, dir, o)
		if err != nil {
			return nil, err
		}
		defer s.close()
		ended, err := q.enough(s.rows())
		if err != nil {
			return nil, err
		}
		if n < p.Reps && ended == nil {
			continue
		}
		rest()
		workers.Wait()
		f, err := q.Write(dir, s.rows(), o.Lang, ended)
		if err != nil {
			return nil, err
		}
		whole = true
		return f, os.RemoveAll(filepath.Join(dir, partsDir))
	}
	panic("sweep: no look is the last")
}

// lastWord says how far a sweep is that is not played any more. What was finished since the word before is in the queue, which counts.
func (p *Plan) lastWord(ctx context.Context, k *queue.Coordinator, dir string) {
	ctx, stop := context.WithTimeout(ctx, grace)
	defer stop()
	x := &Progress{Worlds: len(p.Worlds), Outcome: p.Outcomes[0].Name}
	if last, ok := Standing(dir); ok {
		x.FailedRuns = last.FailedRuns
		x.Done, x.Failed = last.Done, last.Failed
	}
	if now, err := k.Status(ctx, p.ours()); err == nil {
		x.Done, x.Failed = now.Done, now.Failed
	}
	x.Sweep, x.Cells, x.Stopped = p.QueueID(), p.Size(), true
	x.Queued = max(x.Cells-x.Done-x.Failed, 0)
	_ = x.stand(dir) // without it the word before is believed, which is a second old
}

// collect waits for all runs of the plan.
func (p *Plan) collect(ctx context.Context, k *queue.Coordinator, dir string, o Options) (*spool, error) {
	s, err := p.spool(dir)
	if err != nil {
		return nil, err
	}
	x := &collector{plan: p, spool: s, dir: dir, o: o, cells: make(map[string]int, p.Size()), first: make([]float64, 2*p.Size())}
	for i := range p.Size() {
		x.cells[p.queued(p.Cell(i)).ID] = i
	}
	for i := range x.first {
		x.first[i] = math.NaN()
	}
	err = x.collect(ctx, k)
	if e := x.closePart(); err == nil {
		err = e
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// A collector takes what comes out of the queue.
type collector struct {
	plan    *Plan
	spool   *spool
	dir     string
	o       Options
	cells   map[string]int  // by name in the queue
	foreign map[string]bool // cells of the sweep that the plan does not ask for: it asked for more once
	first   []float64       // by cell: the first outcome in the base and in the first other world
	done    int             // cells
	failed  int             // runs
	part    closed
}

// collect waits until the queue has no cell of the plan left. Records of cells that the plan does not ask for count in the queue too.
func (x *collector) collect(ctx context.Context, k *queue.Coordinator) error {
	x.foreign = map[string]bool{}
	if err := x.openParts(); err != nil {
		return err
	}
	for {
		foreign := len(x.foreign)
		total := x.plan.Size() + foreign
		if _, err := k.Enqueue(ctx, total, x.plan.jobs); err != nil {
			return err
		}
		if err := k.Watch(ctx, x.take); err != nil {
			return err
		}
		missing := 0
		for i := range x.plan.Size() {
			if _, gone := x.spool.errs[i]; !gone && !x.spool.has(i) {
				missing++
			}
		}
		if missing == 0 {
			return nil
		}
		if len(x.foreign) > foreign {
			continue
		}
		now, err := k.Status(ctx, nil)
		if err != nil {
			return err
		}
		if now.Cells == total { // else another process collects another size of the study, and ended our waiting with its own
			return fmt.Errorf("the queue says that all is done, and %d cells have no result", missing)
		}
	}
}

// take takes one event.
func (x *collector) take(e queue.Event) error {
	switch e := e.(type) {
	case *queue.Result:
		return x.result(e)
	case *queue.Done:
		if i, ok := x.cells[e.Cell]; ok {
			delete(x.spool.errs, i) // a slow worker finished it after all
		}
	case *queue.Failure:
		if i, ok := x.cells[e.Cell]; !ok {
			x.foreign[e.Cell] = true
		} else if !x.spool.has(i) {
			x.spool.errs[i] = fmt.Sprintf("given up at attempt %d: %s", e.Attempt, firstLine(e.Error))
		}
	case *queue.Progress:
		if _, err := os.Stat(filepath.Join(x.dir, stopFile)); err == nil {
			_ = os.Remove(filepath.Join(x.dir, stopFile))
			return ErrStopped
		}
		return x.progress(e)
	}
	return nil
}

func (x *collector) result(e *queue.Result) error {
	i, ok := x.cells[e.Cell]
	if !ok {
		x.foreign[e.Cell] = true
		return nil
	}
	w, err := strconv.Atoi(e.Key)
	r, damaged := Decode(e.Data)
	if err = errors.Join(err, damaged); err != nil || w < 0 || w >= len(x.plan.Worlds) {
		return errors.Join(fmt.Errorf("result %s of cell %s is not of this program", e.Key, e.Cell), err)
	}
	if x.spool.at[i*len(x.plan.Worlds)+w] > 0 {
		return nil
	}
	if err := x.spool.put(i, w, e.Data); err != nil {
		return err
	}
	if r.Failed() {
		x.failed++
	}
	if w < 2 {
		x.first[2*i+w] = r.value(0)
	}
	if x.spool.has(i) {
		x.done++
	}
	return x.keep(i, w)
}

// progress tells how far the sweep is.
func (x *collector) progress(e *queue.Progress) error {
	if err := x.closeOld(); err != nil {
		return err
	}
	p := Progress{Progress: *e, Worlds: len(x.plan.Worlds), FailedRuns: x.failed, Outcome: x.plan.Outcomes[0].Name}
	left := max(x.plan.Size()-x.done-len(x.spool.errs), 0) // of which at most so many are running, or wait
	p.Cells, p.Done, p.Failed = x.plan.all().Size(), x.done, len(x.spool.errs)
	p.Running = min(p.Running, left)
	p.Queued = min(p.Queued, left-p.Running)
	if look := x.plan.look(); look.Last > 1 {
		p.Look = &look
	}
	if len(x.plan.Worlds) > 1 {
		var base, other []float64
		for i := 0; i < len(x.first); i += 2 {
			if a, b := x.first[i], x.first[i+1]; !math.IsNaN(a) && !math.IsNaN(b) {
				base, other = append(base, a), append(other, b)
			}
		}
		p.Effect = stats.PairT(base, other, x.plan.Level)
	}
	if x.o.Progress != nil {
		x.o.Progress(p)
	}
	return p.stand(x.dir)
}
