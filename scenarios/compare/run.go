package compare

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"pasar/agents/market"
	"pasar/scenarios/diff"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/results/measure"
	"pasar/scenarios/stats"
	"pasar/scenarios/store"
	"pasar/sim"
)

// MostReps is the most replications that may be asked for: all are kept in memory.
const MostReps = 2000

// Options say how a comparison is run. Only Reps, Seed, Precise, Checked, Range and Why can change what it finds, and how far.
type Options struct {
	Reps    int    // replications; with Precise the most
	Seed    uint64 // of the first; the others follow
	Precise float64
	Checked int // replications in which the base is played anew; at least 1
	Range   int // replications at each end of the range of the key parameter; 0: none
	Why     int // replications with each mechanism switched off; 0: none

	Parallel int // runs at a time; 0: one for each core
	Store    *store.Store
	Version  string
	Human    string
	Progress func(Progress)

	spoil      func(s *load.Scenario) // tests: what a broken program would do to a world that is played anew
	mechanisms []Mechanism            // tests: others than those of the model
}

// Run compares a base with other worlds.
func Run(ctx context.Context, worlds []World, o Options) (*Comparison, error) {
	if len(worlds) < 2 || len(worlds) > 1+MostOthers {
		return nil, fmt.Errorf("a comparison has a base and 1 to %d other worlds, not %d", MostOthers, len(worlds)-1)
	}
	first, err := loaded(worlds, o.Seed)
	if err != nil {
		return nil, err
	}
	if err := Alike(first); err != nil {
		return nil, err
	}
	if o.Parallel == 0 {
		o.Parallel = runtime.GOMAXPROCS(0)
	}
	o.Checked = max(o.Checked, 1)
	c := &Comparison{Worlds: worlds, Scenarios: first, Version: o.Version, Human: o.Human}
	e := newEngine(c, o)
	e.work = e.estimate()
	if err := e.replicate(ctx); err != nil {
		return nil, err
	}
	if err := e.checks(ctx); err != nil {
		return nil, err
	}
	if err := e.ends(ctx); err != nil {
		return nil, err
	}
	if err := e.why(ctx); err != nil {
		return nil, err
	}
	e.conclude()
	c.engine = e
	return c, nil
}

// An engine plays the worlds of a comparison and keeps what was read of them.
type engine struct {
	o       Options
	c       *Comparison
	reader  *reader
	of      []pairing // windows of the reader by pair
	begin   time.Time
	mu      sync.Mutex
	runs    [][]*run // by world, then seed
	played  sim.Time // of the work
	work    sim.Time
	now     Progress
	told    time.Time
	atEnds  []end
	natural *natural
	off     []without
	plain   bool // effects have no interval by the bootstrap
}

// A pairing says where a pair's periods and the weeks before its shock are among the reader's windows, and as of which day its cohorts are.
type pairing struct {
	windows []int
	asOf    int64
	before  int // among the reader's; -1: none
}

func newEngine(c *Comparison, o Options) *engine {
	e := &engine{o: o, c: c, begin: time.Now(), reader: &reader{cohorts: []int64{history()}}, runs: make([][]*run, len(c.Worlds))}
	base := c.Scenarios[0]
	c.First = market.DayOf(base.Start + market.Day - 1)
	c.Days = int(market.DayOf(base.End) - c.First)
	for i, other := range c.Scenarios[1:] {
		p := Pair{World: i + 1, Differs: diff.Of(base, other), From: base.End}
		for _, d := range p.Differs {
			p.From = min(p.From, max(d.At, base.Start))
		}
		p.Periods, p.AsOf = periods(base, other, p.From), asOf(base, p.From)
		at := pairing{asOf: p.AsOf}
		for _, w := range p.Periods {
			w.Name = ""
			j := slices.Index(e.reader.windows, w.Window)
			if j < 0 {
				j = len(e.reader.windows)
				e.reader.windows = append(e.reader.windows, w.Window)
			}
			at.windows = append(at.windows, j)
		}
		if !slices.Contains(e.reader.cohorts, p.AsOf) {
			e.reader.cohorts = append(e.reader.cohorts, p.AsOf)
		}
		p.Shock, at.before = shock(&p, base, other), -1
		if w := eightWeeks(p.Periods[0].From); p.Shock != nil && w.To-w.From >= 28 {
			shop, _ := market.ParseChannel(p.Shock.Shop)
			at.before = len(e.reader.before)
			e.reader.before = append(e.reader.before, before{shop, w})
		}
		c.Pairs = append(c.Pairs, p)
		e.of = append(e.of, at)
	}
	e.natural = e.newNatural()
	for d := range c.Days {
		if at := measure.DateOf(c.First + int64(d)); at.Weekday() == time.Monday && d+7 <= c.Days {
			c.Weeks = append(c.Weeks, d)
			e.reader.weeks = append(e.reader.weeks, measure.Window{From: d, To: d + 7})
		}
	}
	return e
}

// replicate plays as many replications as were asked for, or as it takes.
func (e *engine) replicate(ctx context.Context) error {
	rule := stats.Rule{Level: level, Looks: []int{e.o.Reps}}
	if e.o.Precise > 0 {
		var err error
		if rule, err = stats.NewRule(e.o.Precise, level, e.o.Reps); err != nil {
			return err
		}
		e.c.Stop = &Stopping{Outcome: e.headline().Name, Share: e.o.Precise, Looks: rule.Looks}
	}
	e.c.Level = rule.Each()
	for _, n := range rule.Looks {
		var seeds []uint64
		for len(e.c.Seeds) < n {
			seeds = append(seeds, e.o.Seed+uint64(len(e.c.Seeds)))
			e.c.Seeds = append(e.c.Seeds, seeds[len(seeds)-1])
		}
		for w := range e.runs {
			e.runs[w] = append(e.runs[w], make([]*run, len(seeds))...)
		}
		e.stage(Playing, len(e.c.Seeds)*len(e.c.Worlds))
		if err := e.play(ctx, e.c.Worlds, seeds, e.runs); err != nil {
			return err
		}
		if e.c.Stop != nil && e.precise(rule) {
			e.c.Stop.Reached = true
			break
		}
	}
	return nil
}

// level is that of the intervals.
const level = .95

// precise tells whether all pairs' effects on the headline are known well enough.
func (e *engine) precise(rule stats.Rule) bool {
	for i := range e.c.Pairs {
		base, other := e.pairs(i, e.headline().Column, 0)
		if !rule.Precise(stats.PairT(base, other, rule.Each())) {
			return false
		}
	}
	return true
}

// newRuns is room for runs by world, then replication.
func newRuns(worlds, reps int) [][]*run {
	all := make([][]*run, worlds)
	for i := range all {
		all[i] = make([]*run, reps)
	}
	return all
}

// play plays worlds with seeds, as many families at a time as is asked for, and reads each run into its place; those that the store has
// are not played.
func (e *engine) play(ctx context.Context, worlds []World, seeds []uint64, into [][]*run) error {
	return e.each(ctx, len(seeds), func(ctx context.Context, i int) error { return e.family(ctx, worlds, seeds[i], into) })
}

// each does n things, as many at a time as is asked for, and stops at the first error.
func (e *engine) each(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	slots := make(chan struct{}, e.o.Parallel)
	var all sync.WaitGroup
	for i := range n {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			break
		}
		all.Go(func() {
			defer func() { <-slots }()
			if err := do(ctx, i); err != nil {
				cancel(err)
			}
		})
	}
	all.Wait()
	return context.Cause(ctx)
}

// family plays the worlds of a seed.
func (e *engine) family(ctx context.Context, worlds []World, seed uint64, into [][]*run) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("seed %d: %v", seed, p)
		}
	}()
	all, err := loaded(worlds, seed)
	if err != nil {
		return err
	}
	keep := func(world int, r *play.Result) {
		x := e.reader.read(r)
		x.receipt.World = world
		e.mu.Lock()
		defer e.mu.Unlock()
		into[world][seed-e.o.Seed] = x
	}
	var missing []*load.Scenario
	var place []int
	for i, s := range all {
		if r := e.o.Store.Get(s); r != nil {
			keep(i, r)
			e.tell(func(p *Progress) { p.Done++; p.Stored++ })
			continue
		}
		missing, place = append(missing, s), append(place, i)
	}
	f := play.Family{First: diff.First, Tick: e.tick, Done: func(i int, r *play.Result) error {
		if err := e.o.Store.Put(r); err != nil {
			return err
		}
		keep(place[i], r)
		e.tell(func(p *Progress) { p.Done++; p.Running-- })
		return nil
	}}
	spared := f.Work(all)
	if len(missing) > 0 {
		spared -= f.Work(missing)
	}
	e.tick(spared)
	if len(missing) == 0 {
		return nil
	}
	e.tell(func(p *Progress) { p.Running += len(missing) })
	if err := f.Play(ctx, missing); err != nil {
		e.tell(func(p *Progress) { p.Running--; p.Failed++ })
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return fmt.Errorf("seed %d: %w", seed, err)
	}
	return nil
}
