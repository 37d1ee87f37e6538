package serve

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"pasar/scenarios/lab"
	"pasar/scenarios/store"
)

// A run is a run of the lab with what is known of it so far. All but its Run is the pool's to change.
type run struct {
	*lab.Run
	done    []*lab.Reading // by replication; nil: not yet
	begun   []bool         // it is being played, or done
	failed  map[int]error
	stored  int
	stopped bool
	asked   time.Time
	began   time.Time
	ended   time.Time
	frames  map[uint64][]lab.Frame // of replications that are being played
	used    int64                  // when it was last asked for, by the pool's count
}

// states a run can be in.
const (
	queued  = "queued"
	running = "running"
	over    = "done"
	broken  = "failed"
	stopped = "stopped"
)

func (r *run) count() (done, open, busy int) {
	for i := range r.done {
		switch {
		case r.done[i] != nil:
			done++
		case r.failed[i] != nil:
		case r.begun[i]:
			busy++
		default:
			open++
		}
	}
	return done, open, busy
}

func (r *run) state() string {
	done, open, busy := r.count()
	switch {
	case open+busy == 0 && len(r.failed) > 0:
		return broken
	case open+busy == 0:
		return over
	case r.stopped:
		return stopped
	case busy > 0 || done > 0:
		return running
	}
	return queued
}

// An order asks for the replications of a run, and of its base if it has one.
type order struct {
	main, base *run
	clients    []string // who waits for it; the first is the one whose turn it takes
	busy       int      // replications that are being played for it
	ctx        context.Context
	stop       context.CancelFunc
}

func (o *order) runs() []*run {
	if o.base == nil {
		return []*run{o.main}
	}
	return []*run{o.main, o.base}
}

// open counts the replications that nobody has begun.
func (o *order) open() (n int) {
	for i := range o.main.N {
		if slices.ContainsFunc(o.runs(), func(r *run) bool { return !r.begun[i] && r.failed[i] == nil }) {
			n++
		}
	}
	return n
}

// A task is a replication of an order: those of its runs that nobody has begun.
type task struct {
	*order
	rep  int
	runs []*run
}

// A pool plays orders on a few workers. Browsers take turns, replication by replication; of one browser's orders, the one of which least
// has begun comes first, so that each has first numbers soon. All workers but one at most play large worlds.
type pool struct {
	ctx     context.Context
	dir     string
	limits  lab.Limits
	version string
	store   *store.Store
	wire    *wire
	all     sync.WaitGroup

	mu      sync.Mutex
	wake    *sync.Cond
	runs    map[string]*run
	orders  []*order // with something left to play
	turns   []string // browsers, the next one first
	workers int
	heavy   int // large worlds that are being played
	closed  bool
	clock   int64
}

// keptRuns is how many runs keep their numbers in memory; others have them read from the store again.
const keptRuns = 24

func openPool(ctx context.Context, dir string, limits lab.Limits, version string, kept *store.Store, w *wire) (*pool, error) {
	p := &pool{ctx: ctx, dir: dir, limits: limits, version: version, store: kept, wire: w, runs: map[string]*run{}}
	p.wake = sync.NewCond(&p.mu)
	context.AfterFunc(ctx, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.closed = true
		p.wake.Broadcast()
	})
	return p, p.resume()
}

func (p *pool) start(workers int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.workers = workers
	for range workers {
		p.all.Go(p.work)
	}
}

func (p *pool) wait() { p.all.Wait() }

// errBusy is told to who asks for too much at a time.
var errBusy = errors.New("too many of your runs are waiting; stop one of them, or wait until one is done")

// ask orders a run, or joins those who wait for the same.
func (p *pool) ask(client string, main, base *lab.Run, most int) (*run, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	mine := 0
	for _, o := range p.orders {
		if slices.Contains(o.clients, client) && o.main.Key != main.Key {
			mine++
		}
	}
	if mine >= most {
		return nil, errBusy
	}
	o := &order{main: p.adopt(main), clients: []string{client}}
	if base != nil {
		o.base = p.adopt(base)
	}
	p.order(o)
	return o.main, p.remember(o)
}

// order queues an order, unless there is nothing left to begin.
func (p *pool) order(o *order) {
	for _, r := range o.runs() {
		r.stopped = false
		for i := range r.failed { // each is tried again
			r.begun[i] = false
		}
		clear(r.failed)
	}
	for _, other := range p.orders {
		if other.main == o.main && other.base == o.base && other.ctx.Err() == nil {
			if !slices.Contains(other.clients, o.clients[0]) {
				other.clients = append(other.clients, o.clients...)
			}
			return
		}
	}
	if o.open() == 0 {
		return
	}
	o.ctx, o.stop = context.WithCancel(p.ctx)
	p.orders = append(p.orders, o)
	if !slices.Contains(p.turns, o.clients[0]) {
		p.turns = append(p.turns, o.clients[0])
	}
	p.wake.Broadcast()
}

// adopt is the run with a key, as it is known or new.
func (p *pool) adopt(x *lab.Run) *run {
	p.clock++
	r := p.runs[x.Key]
	if r == nil {
		r = &run{Run: x, done: make([]*lab.Reading, x.N), begun: make([]bool, x.N), failed: map[int]error{}, asked: time.Now(), frames: map[uint64][]lab.Frame{}}
		p.runs[x.Key] = r
		p.forget()
	}
	r.used = p.clock
	return r
}

// forget drops the runs that were not asked for the longest, if there are too many.
func (p *pool) forget() {
	for len(p.runs) > keptRuns {
		var oldest *run
		for _, r := range p.runs { // the least is one, whatever the order
			if s := r.state(); (s == over || s == broken || s == stopped) && (oldest == nil || r.used < oldest.used) {
				oldest = r
			}
		}
		if oldest == nil {
			return
		}
		delete(p.runs, oldest.Key)
	}
}

// next waits for something to do; nil: the pool is closed.
func (p *pool) next() *task {
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		if p.closed {
			return nil
		}
		if t := p.pick(); t != nil {
			return t
		}
		p.wake.Wait()
	}
}

// large tells whether a world is one of those that must not fill all workers.
func (o *order) large() bool { return o.main.Buyers > lab.QuickBuyers }

// pick takes the next replication, of the browser whose turn it is.
func (p *pool) pick() *task {
	for turn, client := range p.turns {
		var best *order
		for _, o := range p.orders {
			if o.clients[0] != client || o.ctx.Err() != nil || o.large() && p.heavy >= max(p.workers-1, 1) || o.open() == 0 {
				continue
			}
			if best == nil || o.main.N-o.open() < best.main.N-best.open() {
				best = o
			}
		}
		if best == nil {
			continue
		}
		p.turns = append(append(p.turns[:turn:turn], p.turns[turn+1:]...), client)
		return p.begin(best)
	}
	return nil
}

func (p *pool) begin(o *order) *task {
	t := &task{order: o}
	for i := range o.main.N {
		for _, r := range o.runs() {
			if !r.begun[i] && r.failed[i] == nil {
				t.rep, t.runs = i, append(t.runs, r)
			}
		}
		if t.runs != nil {
			break
		}
	}
	for _, r := range t.runs {
		r.begun[t.rep] = true
		if r.began.IsZero() {
			r.began = time.Now()
		}
	}
	o.busy++
	if o.large() {
		p.heavy++
	}
	return t
}

// tidy drops orders of which all is played, and browsers that wait for nothing.
func (p *pool) tidy() {
	p.orders = slices.DeleteFunc(p.orders, func(o *order) bool {
		gone := o.busy == 0 && (o.open() == 0 || o.ctx.Err() != nil)
		if gone {
			o.stop()
		}
		return gone
	})
	p.turns = slices.DeleteFunc(p.turns, func(client string) bool {
		return !slices.ContainsFunc(p.orders, func(o *order) bool { return o.clients[0] == client })
	})
	for _, o := range p.orders {
		if !slices.Contains(p.turns, o.clients[0]) {
			p.turns = append(p.turns, o.clients[0])
		}
	}
}
