package serve

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"pasar/scenarios/lab"
	"pasar/scenarios/play"
	"pasar/scenarios/store"
	"pasar/sim"
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
	frames  map[uint64][]json.RawMessage // of replications that are being played, as lab.Frame has them
	used    int64                        // when it was last asked for, by the pool's count
	fetched chan struct{}                // closed when what the store has of it is read; nil: it is not being read
	still   func() status                // see stillOf
	moments func() []sim.Time            // at which others may begin; see lab.Run
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
	idle       bool     // nobody does: it is prepared
	busy       int      // replications that are being played for it
	looks      int      // of these, those of a first look
	ctx        context.Context
	stop       context.CancelFunc
}

func (o *order) runs() []*run {
	if o.base == nil {
		return []*run{o.main}
	}
	return []*run{o.main, o.base}
}

// left counts the replications that are not there and have not failed. Somebody else may be playing them, or reading them from the store; if
// he gives up, they are open again.
func (o *order) left() (n int) {
	for i := range o.main.N {
		if slices.ContainsFunc(o.runs(), func(r *run) bool { return r.done[i] == nil && r.failed[i] == nil }) {
			n++
		}
	}
	return n
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
	rep   int
	runs  []*run
	rank  rank
	first bool   // it was begun as part of a first look
	seen  uint64 // changes of the pool at which nothing mattered more

	seated bool          // it has a place
	since  time.Time     // when it got that
	took   time.Duration // for which it had one before
	played sim.Time      // how much simulated time passed meanwhile
	again  chan struct{} // while it stands aside: closed when it has one again
}

// A pool plays orders on a few workers, in turns (turns.go). All workers but one at most play large worlds.
type pool struct {
	ctx     context.Context
	dir     string
	limits  lab.Limits
	version string
	store   *store.Store
	wire    *wire
	past    [2]*play.Past     // of quick runs, and of sketches
	fresh   *cache[*measured] // what was played or read last
	changes atomic.Uint64
	readers chan struct{}
	all     sync.WaitGroup

	mu      sync.Mutex
	aside   []*task // those that have given up their place for a while
	free    int     // places
	runs    map[string]*run
	orders  []*order                     // with something left to play
	moments map[string]func() []sim.Time // by scenario of the library
	turns   map[string]int64             // when a browser had its last turn, by the pool's count
	workers int
	heavy   int             // large worlds that are being played
	pace    map[int]float64 // of the quickest replication so far, by buyers: time taken for simulated time
	closed  bool
	clock   int64
}

func openPool(ctx context.Context, dir string, limits lab.Limits, version string, kept *store.Store, w *wire) (*pool, error) {
	past := [2]*play.Past{play.NewPast(keptPast), play.NewPast(keptPast)}
	p := &pool{ctx: ctx, dir: dir, limits: limits, version: version, store: kept, wire: w, past: past, readers: make(chan struct{}, readers), fresh: newCache[*measured](keptFresh), runs: map[string]*run{}, turns: map[string]int64{}, pace: map[int]float64{}, moments: map[string]func() []sim.Time{}}
	context.AfterFunc(ctx, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.closed = true
		p.changed()
	})
	return p, p.resume()
}

func (p *pool) start(workers int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.workers, p.free = workers, workers
	p.changed()
}

func (p *pool) wait() { p.all.Wait() }

// errBusy is told to who asks for too much at a time.
var errBusy = refuseIn(http.StatusTooManyRequests, "too many of your runs are waiting; stop one of them, or wait until one is done",
	"terlalu banyak simulasi Anda yang menunggu; hentikan salah satu, atau tunggu sampai ada yang selesai")

// nobody is the client for whom what is idle is played.
const nobody = ""

// ask orders a run, or joins those who wait for the same.
func (p *pool) ask(client string, main, base *lab.Run, most int) (*run, error) {
	o, open, err := p.join(client, main, base, most)
	if err != nil {
		return nil, err
	}
	return o.main, p.remember(o, client, open)
}

// join is ask before anything is written down, which pages need not wait for. It tells whether there is something left to play.
func (p *pool) join(client string, main, base *lab.Run, most int) (o *order, open bool, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	mine := 0
	for _, o := range p.orders {
		if o.main.Key != main.Key && slices.ContainsFunc(o.clients, func(c string) bool { return browserOf(c) == browserOf(client) }) {
			mine++
		}
	}
	if mine >= most {
		return nil, false, errBusy
	}
	o = &order{main: p.recall(main), clients: []string{client}, idle: client == nobody}
	if base != nil {
		o.base = p.recall(base)
	}
	p.order(o)
	return o, o.left() > 0, nil
}

// order queues an order, unless there is nothing left of it.
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
			switch {
			case o.idle:
			case other.idle:
				other.idle, other.clients = false, o.clients
			case !slices.Contains(other.clients, o.clients[0]):
				other.clients = append(other.clients, o.clients...)
			}
			return
		}
	}
	if o.left() == 0 {
		return
	}
	o.ctx, o.stop = context.WithCancel(p.ctx)
	p.orders = append(p.orders, o)
	p.changed()
}

// adopt is the run with a key, as it is known or new.
func (p *pool) adopt(x *lab.Run) *run {
	p.clock++
	r := p.runs[x.Key]
	if r == nil {
		r = &run{Run: x, done: make([]*lab.Reading, x.N), begun: make([]bool, x.N), failed: map[int]error{}, asked: time.Now(), frames: map[uint64][]json.RawMessage{},
			still: sync.OnceValue(func() status { return stillOf(x) }), moments: p.momentsOf(x)}
		r.used = p.clock
		p.runs[x.Key] = r
		p.forget()
	}
	r.used = p.clock
	return r
}

// momentsOf are those of a run, found out when they are needed. Those of a scenario of the library are found out once, whatever is set in it: a lever
// acts from the same day on wherever it stands, and they only say when copies are worth keeping.
func (p *pool) momentsOf(x *lab.Run) func() []sim.Time {
	if x.World.Text != nil {
		return sync.OnceValue(x.Moments)
	}
	if p.moments[x.World.Ref] == nil {
		p.moments[x.World.Ref] = sync.OnceValue(x.Moments)
	}
	return p.moments[x.World.Ref]
}
