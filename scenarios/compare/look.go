package compare

import (
	"slices"

	"pasar/scenarios/load"
	"pasar/scenarios/results/measure"
)

// A Look is two worlds while their replications come in: the main outcomes and their parts, by the same rule as in a comparison, but
// without what takes long: nothing is played anew as a check, and no parameter is moved to the ends of its range.
type Look struct {
	e       *engine
	columns []measure.Column // what is kept of a run
}

// NewLook is a look at a base and another world, over n replications from a seed on.
func NewLook(base, other World, seed uint64, n int) (*Look, error) {
	worlds := []World{base, other}
	first, err := loaded(worlds, seed)
	if err != nil {
		return nil, err
	}
	if err := Alike(first); err != nil {
		return nil, err
	}
	c := &Comparison{Worlds: worlds, Scenarios: first, Level: level}
	for i := range n {
		c.Seeds = append(c.Seeds, seed+uint64(i))
	}
	l := &Look{e: newEngine(c, Options{Reps: n, Seed: seed, Parallel: 1})}
	l.e.runs = newRuns(len(worlds), n)
	for _, o := range l.e.mains() {
		for _, x := range append([]measure.Column{o.Column}, o.Parts...) {
			if !slices.Contains(l.columns, x) {
				l.columns = append(l.columns, x)
			}
		}
	}
	return l, nil
}

// Together are two worlds as a comparison plays them for a seed: one that ends early goes on as long as the other.
func Together(base, other World, seed uint64) (worlds [2]World, all [2]*load.Scenario, err error) {
	list, err := loaded([]World{base, other}, seed)
	if err != nil {
		return worlds, all, err
	}
	for i, w := range []World{base, other} {
		if own, err := w.Load(seed); err == nil && own.End < list[i].End {
			w.Overrides.Until = lastDay(list[i].End)
		}
		worlds[i], all[i] = w, list[i]
	}
	return worlds, all, Alike(list)
}

// Has tells whether a replication of a world is in: world 0 is the base, replications count from 0.
func (l *Look) Has(world, rep int) bool { return l.e.runs[world][rep] != nil }

// Add takes a replication of a world in.
func (l *Look) Add(world, rep int, m *measure.Run) {
	x := l.e.reader.measured(m)
	x.receipt.World = world
	l.e.runs[world][rep] = l.e.reader.keep(x, l.columns, l.e.c.Pairs[0].AsOf)
}

// Comparison is what the replications say that both worlds have.
func (l *Look) Comparison() *Comparison {
	c := *l.e.c
	c.Seeds, c.Pairs = nil, slices.Clone(c.Pairs)
	runs := make([][]*run, 2)
	for i, seed := range l.e.c.Seeds {
		if l.Has(0, i) && l.Has(1, i) {
			c.Seeds = append(c.Seeds, seed)
			for w := range runs {
				runs[w] = append(runs[w], l.e.runs[w][i])
				c.Runs = append(c.Runs, l.e.runs[w][i].receipt)
			}
		}
	}
	e := &engine{o: l.e.o, c: &c, reader: l.e.reader, of: l.e.of, runs: runs, off: l.e.off}
	c.engine = e
	if len(c.Seeds) == 0 {
		return &c
	}
	p := &c.Pairs[0]
	for period := range p.Periods {
		for _, x := range l.columns {
			if effect, ok := e.effect(0, x, period); ok {
				p.Effects = append(p.Effects, effect)
			}
		}
	}
	p.Weekly = e.weeklyOf(0, l.columns)
	for _, o := range e.mains() {
		p.Main = append(p.Main, e.finding(0, o))
	}
	c.Checks = []Check{e.history(0)}
	return &c
}

// keep is a run with some of its columns only; cohorts are those of a day.
func (d *reader) keep(x *run, columns []measure.Column, asOf int64) *run {
	out := &run{counted: x.counted, over: x.over, receipt: x.receipt, daily: x.daily}
	var names []measure.Column
	var places []int
	for _, c := range columns {
		c = d.columnAsOf(c, asOf)
		if i := x.find(c); i >= 0 {
			names, places = append(names, c), append(places, i)
		}
	}
	out.windows, out.agents, out.weeks = pick(x.windows, places), pick(x.agents, places), pick(x.weeks, places)
	out.table = d.share(names)
	return out
}

func pick[T any](rows [][]T, places []int) (all [][]T) {
	for _, row := range rows {
		var out []T
		for _, i := range places {
			out = append(out, row[i])
		}
		all = append(all, out)
	}
	return all
}
