package compare

import (
	"fmt"
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
	worlds = [2]World{base, other}
	list, err := together(worlds[:], seed)
	if err != nil {
		return worlds, all, err
	}
	return worlds, [2]*load.Scenario(list), Alike(list)
}

// Has tells whether a replication of a world is in: world 0 is the base, replications count from 0.
func (l *Look) Has(world, rep int) bool { return l.e.runs[world][rep] != nil }

// Pairs is how many replications are in of both worlds.
func (l *Look) Pairs() (n int) {
	for i := range l.e.c.Seeds {
		if l.Has(0, i) && l.Has(1, i) {
			n++
		}
	}
	return n
}

// A Kept is what a look keeps of a replication.
type Kept struct{ *run }

// Reads says what a look reads of a replication: looks that say the same keep the same of one.
func (l *Look) Reads() string {
	d := l.e.reader
	return fmt.Sprint(l.e.c.First, l.e.c.Days, d.windows, d.cohorts, l.e.c.Pairs[0].AsOf, l.columns)
}

// Read reads a replication of a world. weeks are the values of measure.Run.Values in each of its full weeks, where somebody has them already.
func (l *Look) Read(world int, m *measure.Run, weeks [][]float64) Kept {
	x := l.e.reader.some(m, l.columns, l.e.c.Pairs[0].AsOf, weeks)
	x.receipt.World = world
	return Kept{x}
}

// Take takes in what was read of a replication of a world, by this look or by another one that reads the same.
func (l *Look) Take(world, rep int, k Kept) { l.e.runs[world][rep] = k.run }

// Add reads a replication and takes it in.
func (l *Look) Add(world, rep int, m *measure.Run) { l.Take(world, rep, l.Read(world, m, nil)) }

// Comparison is what the replications say that both worlds have.
func (l *Look) Comparison() *Comparison { return l.said(false) }

// Glance is Comparison without the intervals by the bootstrap, which files have and no screen shows, and which take longer than all else.
func (l *Look) Glance() *Comparison { return l.said(true) }

func (l *Look) said(plain bool) *Comparison {
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
	e := &engine{o: l.e.o, c: &c, reader: l.e.reader, of: l.e.of, runs: runs, off: l.e.off, plain: plain}
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

// some reads some columns of a pair whose cohorts are as of a day, and nothing else of a run; weeks are as in Look.Read.
func (d *reader) some(x *measure.Run, columns []measure.Column, asOf int64, weeks [][]float64) *run {
	out := &run{daily: x.Result.Daily, receipt: receiptOf(x.Result)}
	groups := d.grouped(x, slices.Index(d.cohorts, asOf))
	var first []measure.Value
	if len(d.windows) > 0 {
		first = x.Values(d.windows[0])
	}
	var names []measure.Column
	var places []int // among Values
	var cohorts []cohort
	for _, c := range columns {
		c = d.columnAsOf(c, asOf)
		if at := slices.IndexFunc(first, func(v measure.Value) bool { return v.Column == c }); at >= 0 {
			names, places = append(names, c), append(places, at)
		}
	}
	for _, c := range columns {
		c = d.columnAsOf(c, asOf)
		if s := measure.Get(groups, c.Metric, c.By); s.Unit == c.Unit && slices.Contains(s.Keys, c.Key) {
			names, cohorts = append(names, c), append(cohorts, cohortOf(x, groups, s, c.Key))
		}
	}
	for i, w := range d.windows {
		all := first
		if i > 0 {
			all = x.Values(w)
		}
		values, agents := make([]float64, 0, len(names)), make([]int, 0, len(names))
		for _, at := range places {
			values, agents = append(values, all[at].Value), append(agents, all[at].Agents)
		}
		from, to := x.WeeksIn(w)
		for _, c := range cohorts {
			values, agents = append(values, measure.Mean(c.values, from, to)), append(agents, c.agents)
		}
		out.windows, out.agents = append(out.windows, values), append(out.agents, agents)
	}
	for i, w := range d.weeks {
		values := make([]float64, 0, len(names))
		if len(weeks) == len(d.weeks) {
			for _, at := range places {
				values = append(values, weeks[i][at])
			}
		} else {
			all := x.Values(w)
			for _, at := range places {
				values = append(values, all[at].Value)
			}
		}
		from, to := x.WeeksIn(w)
		for _, c := range cohorts {
			values = append(values, measure.Mean(c.values, from, to))
		}
		out.weeks, out.counted = append(out.weeks, values), append(out.counted, countedIn(x, from, to))
	}
	out.table = d.share(names)
	return out
}
