package compare

import (
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"pasar/scenarios/results/measure"
	"pasar/scenarios/stats"
)

// at is a number of a run; NaN where there is none.
func (x *run) at(window int, c measure.Column) float64 {
	i := x.find(c)
	if i < 0 {
		return math.NaN()
	}
	return x.windows[window][i]
}

// pairs are the values of a column in a period of a pair, of the replications that both worlds have.
func (e *engine) pairs(pair int, c measure.Column, period int) (base, other []float64) {
	return e.pairsOf(e.runs, pair, c, period)
}

func (e *engine) pairsOf(runs [][]*run, pair int, c measure.Column, period int) (base, other []float64) {
	p := &e.c.Pairs[pair]
	w := e.of[pair].windows[period]
	c = e.reader.columnAsOf(c, p.AsOf)
	x, y := runs[0], runs[p.World]
	for i := range min(len(x), len(y)) {
		if x[i] != nil && y[i] != nil {
			base, other = append(base, x[i].at(w, c)), append(other, y[i].at(w, c))
		}
	}
	return base, other
}

// headline is the first main outcome of the base.
func (e *engine) headline() Outcome { return e.mains()[0] }

// mains are the main outcomes that the base declares.
func (e *engine) mains() (list []Outcome) {
	for _, name := range e.c.Scenarios[0].Outcomes {
		if o, ok := outcome(name); ok {
			list = append(list, o)
		}
	}
	if len(list) == 0 {
		list = Outcomes()[:5]
	}
	return list
}

// conclude works out the differences.
func (e *engine) conclude() {
	for i := range e.c.Pairs {
		p := &e.c.Pairs[i]
		p.Effects = e.effects(i)
		p.Weekly = e.weekly(i)
		p.Welfare = e.welfare(i)
		if p.Shock != nil {
			e.predict(i)
			p.Recovery = e.recover(i)
		}
		for _, o := range e.mains() {
			p.Main = append(p.Main, e.finding(i, o))
		}
	}
	e.c.Targets = e.targets()
	for w := range e.c.Worlds {
		for _, x := range e.runs[w] {
			e.c.Runs = append(e.c.Runs, x.receipt)
		}
		e.c.Lines = append(e.c.Lines, e.lines(w)...)
	}
}

// columns are those of a pair: the base's, then those that only the other world has; cohorts under their plain names.
func (e *engine) columns(pair int) (all []measure.Column) {
	p := &e.c.Pairs[pair]
	for _, w := range []int{0, p.World} {
		for _, c := range e.runs[w][0].columns {
			if strings.HasPrefix(c.By, "cohort_") {
				plain, day, dated := strings.Cut(c.By, "@")
				if want := e.reader.columnAsOf(measure.Column{By: "cohort_"}, p.AsOf).By; dated != strings.Contains(want, "@") || dated && !strings.HasSuffix(want, "@"+day) {
					continue
				}
				c.By = plain
			}
			if w == 0 || !slices.Contains(all, c) {
				all = append(all, c)
			}
		}
	}
	return all
}

// effects are the differences of all columns in all periods.
func (e *engine) effects(pair int) []Effect {
	columns := e.columns(pair)
	return e.pieces(len(columns)*len(e.c.Pairs[pair].Periods), func(i int) []Effect {
		if x, ok := e.effect(pair, columns[i%len(columns)], i/len(columns)); ok {
			return []Effect{x}
		}
		return nil
	})
}

// pieces works out n pieces on as many cores as runs are played on, and puts what comes of them in the order of their numbers.
func (e *engine) pieces(n int, piece func(i int) []Effect) []Effect {
	var next atomic.Int64
	var all sync.WaitGroup
	parts := make([][]Effect, n)
	for range max(e.o.Parallel, 1) {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				parts[i] = piece(i)
			}
		})
	}
	all.Wait()
	return slices.Concat(parts...)
}

// effect is the difference of a column in a period, if it exists in at least one replication.
func (e *engine) effect(pair int, c measure.Column, period int) (Effect, bool) {
	p := &e.c.Pairs[pair]
	base, other := e.pairs(pair, c, period)
	label := strings.Join([]string{e.c.Worlds[0].Name, e.c.Worlds[p.World].Name, c.Metric, c.By, c.Key, p.Periods[period].Name}, "\n")
	x := Effect{Column: c, Period: period, Agents: e.agents(pair, c, period)}
	if e.plain {
		x.Diff = stats.PairT(base, other, e.c.Level)
	} else {
		x.Diff = stats.Pair(base, other, e.c.Level, label)
	}
	return x, x.Diff.N > 0
}

// agents is how many simulated agents stand behind a value, the least of both worlds and all replications; 0: it is not of a group.
func (e *engine) agents(pair int, c measure.Column, period int) int {
	p := &e.c.Pairs[pair]
	c = e.reader.columnAsOf(c, p.AsOf)
	least := -1
	for _, w := range []int{0, p.World} {
		for _, x := range e.runs[w] {
			if i := x.find(c); i >= 0 {
				if n := x.agents[e.of[pair].windows[period]][i]; n >= 0 && (least < 0 || n < least) {
					least = n
				}
			}
		}
	}
	return max(least, 0)
}

// weekly are the differences of all columns week by week.
func (e *engine) weekly(pair int) []Effect { return e.weeklyOf(pair, e.columns(pair)) }

func (e *engine) weeklyOf(pair int, columns []measure.Column) []Effect {
	p := &e.c.Pairs[pair]
	n := min(len(e.runs[0]), len(e.runs[p.World]))
	return e.pieces(len(columns), func(i int) (all []Effect) {
		base, other := make([]float64, n), make([]float64, n)
		own := e.reader.columnAsOf(columns[i], p.AsOf)
		places := make([][2]int, n)
		for rep := range n {
			places[rep] = [2]int{e.runs[0][rep].find(own), e.runs[p.World][rep].find(own)}
		}
		for week := range e.reader.weeks {
			for rep, at := range places {
				base[rep], other[rep] = e.runs[0][rep].weekly(week, at[0]), e.runs[p.World][rep].weekly(week, at[1])
			}
			if d := stats.PairT(base, other, e.c.Level); d.N > 0 {
				all = append(all, Effect{Column: columns[i], Week: week, Diff: d})
			}
		}
		return all
	})
}

func (x *run) inWeek(week int, c measure.Column) float64 { return x.weekly(week, x.find(c)) }

// weekly is a number of a week by the place of its column; NaN where there is none.
func (x *run) weekly(week, place int) float64 {
	if place < 0 {
		return math.NaN()
	}
	return x.weeks[week][place]
}

// finding is what may be said of a main outcome.
func (e *engine) finding(pair int, o Outcome) Finding {
	f := Finding{Outcome: o, Fitted: o.Target != ""}
	f.Effect, _ = e.effect(pair, o.Column, 0)
	f.Worst = e.worst(pair, o)
	for _, c := range o.Parts {
		if x, ok := e.effect(pair, c, 0); ok {
			f.Share = append(f.Share, Breakdown{c.Key, x.Diff})
		}
	}
	slices.SortStableFunc(f.Share, func(a, b Breakdown) int {
		x, y := math.Abs(a.Diff.Mean), math.Abs(b.Diff.Mean)
		switch {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	f.Turns = e.turns(pair, o, f.Effect.Diff)
	f.Through = e.through(pair, o)
	f.Verdict = verdict(f.Effect.Diff)
	for _, t := range f.Turns {
		if t.Turns {
			f.Verdict = Depends
		}
	}
	if f.Verdict != Same && f.Effect.Few() { // single agents are no group, however sure their difference is (decisions C15)
		f.Verdict = NotClear
	}
	return f
}

// verdict is the one rule of what is clear.
func verdict(d stats.Paired) Verdict {
	switch {
	case d.Zero:
		return Same
	case d.Clear():
		return Clear
	}
	return NotClear
}

// worst is the four weeks running since the two may differ in which the outcome was worst against the base. Somewhere luck is always at its
// worst, so the interval is one of as many as there were to choose from.
func (e *engine) worst(pair int, o Outcome) (worst Stretch) {
	p := &e.c.Pairs[pair]
	c := e.reader.columnAsOf(o.Column, p.AsOf)
	n := min(len(e.runs[0]), len(e.runs[p.World]))
	worst.Week = -1
	looked := 0
	for _, w := range e.reader.weeks {
		if w.From >= p.Periods[0].From {
			looked++
		}
	}
	one := stats.Shared(e.c.Level, looked-3)
	for week := range e.reader.weeks {
		if week+4 > len(e.reader.weeks) || e.reader.weeks[week].From < p.Periods[0].From {
			continue
		}
		base, other := make([]float64, n), make([]float64, n)
		for i := range n {
			for k := range 4 {
				base[i] += e.runs[0][i].inWeek(week+k, c) / 4
				other[i] += e.runs[p.World][i].inWeek(week+k, c) / 4
			}
		}
		if d := stats.PairT(base, other, one); d.N > 0 && (worst.Week < 0 || float64(o.Bad)*d.Mean > float64(o.Bad)*worst.Diff.Mean) {
			worst = Stretch{week, d}
		}
	}
	return worst
}

// lines are the series of a world that charts show.
func (e *engine) lines(world int) (all []Line) {
	var columns []measure.Column
	for _, o := range e.mains() {
		columns = append(columns, o.Column)
	}
	for _, c := range lines() {
		if !slices.Contains(columns, c) {
			columns = append(columns, c)
		}
	}
	for _, c := range columns {
		l := Line{Column: c, World: world}
		for week := range e.reader.weeks {
			var values []float64
			for _, x := range e.runs[world] {
				values = append(values, x.inWeek(week, c))
			}
			l.Weeks = append(l.Weeks, stats.LevelOf(values, e.c.Level))
		}
		all = append(all, l)
	}
	return all
}
