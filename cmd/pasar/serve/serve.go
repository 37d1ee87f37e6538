// Package serve is the browser lab's server: the API of openapi.yaml, live events, reports, and pages that work without the front end.
//
// This file holds the nouns. A lab plays what browsers ask for on a few workers (pool), whose progress goes over NATS inside the process
// to whoever watches (wire), and keeps each replication in the store of runs, where it is found by the next one who asks. What a request
// may do is decided in one place (guard). Nothing in a request is a path of the file system.
package serve

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/gzip"

	"pasar/scenarios/lab"
	"pasar/scenarios/load"
	"pasar/scenarios/store"
)

// Options say how a lab is run.
type Options struct {
	Version string // of the program: SHA-256 of the executable
	Human   string
	Dir     string   // where runs and what was asked for are kept
	Workers int      // replications at a time; 0: one for each core
	Lang    string   // of pages where the browser does not say: en or id
	Hosts   []string // names by which the lab may be called, without ports
	Code    string   // of a class: who has it may look and play quick runs; "": only this machine can reach the lab
	UI      fs.FS    // the front end; nil: it is not built
	Notes   string   // HTML shown in its place
	History bool     // play the scenarios of history that have no result yet, for their cards
}

// A Lab is the server.
type Lab struct {
	o       Options
	store   *store.Store
	pool    *pool
	wire    *wire
	guard   *guard
	limits  lab.Limits
	gallery []byte // the library as JSON
	names   []string
	looks   *cache[*look]
	sides   *cache[*side] // bases of these
	answers *cache[*answer]
	pages   *cache[*made] // reports
	tapes   *cache[*tape] // runs of which stories are told
	shelf   *shelf        // of sweeps
	sweeper *sweeper
	asker   *asker
	thumbs  *thumbs       // of the gallery
	slow    chan struct{} // one at a time: reports and stories
	handler http.Handler
	ctx     context.Context
	stop    context.CancelFunc
}

// Open makes a lab ready, and goes on with what was asked for when the last one on the same folder ended.
func Open(o Options) (*Lab, error) {
	o.Lang = cmp.Or(o.Lang, "en")
	o.Dir = near(o.Dir)
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	kept, err := store.Open(filepath.Join(o.Dir, "store"), o.Version)
	if err != nil {
		return nil, err
	}
	w, err := openWire()
	if err != nil {
		return nil, err
	}
	l := &Lab{
		o: o, store: kept, wire: w, guard: newGuard(&o), names: load.Names(), slow: make(chan struct{}, 1),
		limits: lab.Limits{Buyers: lab.GroupsFrom, N: mostReps, Text: mostText, Set: mostSet},
		looks:  newCache[*look](96), sides: newCache[*side](96), answers: newCache[*answer](keptAnswers), pages: newCache[*made](16), tapes: newCache[*tape](4),
		shelf: newShelf(o.Dir), sweeper: newSweeper(o.Dir), asker: newAsker(), thumbs: newThumbs(o.Dir),
	}
	l.ctx, l.stop = context.WithCancel(context.Background())
	cards, err := lab.Gallery()
	if err == nil {
		l.gallery, err = l.cards(cards)
	}
	if err == nil {
		l.pool, err = openPool(l.ctx, filepath.Join(o.Dir, "lab"), l.limits, o.Version, kept, w)
	}
	if err != nil {
		l.stop()
		w.close()
		return nil, err
	}
	// packed as fast as can be: better compression saves a local network little, and costs more than working an answer out
	pack, err := gzhttp.NewWrapper(gzhttp.MinSize(1<<10), gzhttp.CompressionLevel(gzip.BestSpeed), gzhttp.ContentTypes([]string{"application/json", "text/html", "text/css", "text/csv", "text/javascript", "image/svg+xml", "application/yaml"}))
	if err != nil {
		l.Close()
		return nil, fmt.Errorf("compression: %w", err)
	}
	l.guard.door = pack(http.HandlerFunc(l.door)).ServeHTTP
	l.handler = l.guard.around(pack(l.mux()))
	if o.History {
		if err := l.playHistory(); err != nil {
			l.Close()
			return nil, err
		}
	}
	l.pool.start(o.Workers)
	l.goOn()
	return l, nil
}

// near is a folder as it is called in the working folder, where it lies in there: commands with it can be typed where the lab was begun.
func near(dir string) string {
	here, err := os.Getwd()
	if err != nil {
		return dir
	}
	if x, err := filepath.Rel(here, dir); err == nil && filepath.IsLocal(x) {
		return x
	}
	return dir
}

// Bounds of what may be asked for.
const (
	mostReps   = 64
	mostText   = 256 << 10
	mostSet    = 64
	mostBody   = 1 << 20 // bytes
	mostOrders = 8       // that one browser has open
)

// Close stops all runs, which go on when a lab is opened on the same folder again.
func (l *Lab) Close() {
	l.stop()
	l.pool.wait()
	l.sweeper.all.Wait()
	l.asker.jobs.Wait()
	l.tapes.clear()
	l.wire.close()
}

// ServeHTTP answers a browser.
func (l *Lab) ServeHTTP(w http.ResponseWriter, r *http.Request) { l.handler.ServeHTTP(w, r) }

// A route is a call of the API, as openapi.yaml has it.
type route struct {
	pattern string
	answer  func(w http.ResponseWriter, r *http.Request) error
}

// routes lists the calls.
func (l *Lab) routes() []route {
	return []route{
		{"GET /api/meta", l.meta},
		{"GET /api/openapi.yaml", l.openapi},
		{"GET /api/scenarios", l.library},
		{"GET /api/scenarios/{name}", l.scenario},
		{"GET /api/scenarios/{name}/strip.svg", l.strip},
		{"GET /api/scenarios/{name}/result", l.resultCard},
		{"GET /api/scenarios/{name}/result.svg", l.thumb},
		{"POST /api/validate", l.validate},
		{"GET /api/runs", l.recent},
		{"POST /api/runs", l.ask},
		{"GET /api/runs/{key}", l.status},
		{"DELETE /api/runs/{key}", l.cancel},
		{"GET /api/runs/{key}/events", l.events},
		{"GET /api/runs/{key}/series", l.series},
		{"GET /api/runs/{key}/series.csv", l.seriesCSV},
		{"GET /api/runs/{key}/raw/{seed}", l.raw},
		{"GET /api/runs/{key}/flows", l.flows},
		{"GET /api/runs/{key}/log", l.log},
		{"GET /api/compare", l.compare},
		{"GET /api/compare.csv", l.compareCSV},
		{"GET /api/why", l.why},
		{"POST /api/why", l.askWhy},
		{"DELETE /api/why", l.endWhy},
		{"GET /api/agents", l.agents},
		{"GET /api/agents/story", l.story},
		{"GET /api/sweeps", l.listSweeps},
		{"GET /api/sweeps/{name}", l.showSweep},
		{"POST /api/sweeps/{name}", l.beginSweep},
		{"DELETE /api/sweeps/{name}", l.endSweep},
		{"GET /api/sweeps/{name}/{file}", l.sweepFile},
		{"POST /api/join", l.join},
		{"GET /report/{page}", l.report},
	}
}

func (l *Lab) mux() http.Handler {
	m := http.NewServeMux()
	for _, r := range append(l.routes(), l.plain()...) {
		m.HandleFunc(r.pattern, func(w http.ResponseWriter, q *http.Request) {
			if err := r.answer(w, q); err != nil {
				l.complain(w, q, err)
			}
		})
	}
	return m
}

// A cache keeps the latest of what takes long to make. It is safe for concurrent use.
type cache[T interface{ drop() }] struct {
	mu   sync.Mutex
	most int
	keys []string // the oldest first
	all  map[string]T
}

func newCache[T interface{ drop() }](most int) *cache[T] {
	return &cache[T]{most: most, all: map[string]T{}}
}

// get is what is kept under a key, made if need be.
func (c *cache[T]) get(key string, fresh func() T) T {
	c.mu.Lock()
	defer c.mu.Unlock()
	x, ok := c.all[key]
	if !ok {
		x = fresh()
		c.all[key] = x
	}
	for i, k := range c.keys {
		if k == key {
			c.keys = append(c.keys[:i:i], c.keys[i+1:]...)
			break
		}
	}
	c.keys = append(c.keys, key)
	if len(c.keys) > c.most {
		c.all[c.keys[0]].drop()
		delete(c.all, c.keys[0])
		c.keys = c.keys[1:]
	}
	return x
}

func (c *cache[T]) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, x := range c.all { // each on its own
		x.drop()
	}
	c.all, c.keys = map[string]T{}, nil
}
