package compare

import (
	"slices"
	"sync"
	"time"

	"pasar/agents/market"
	"pasar/scenarios/play"
	"pasar/scenarios/results/measure"
	"pasar/sim"
)

// A run is what a comparison keeps of a world and seed: every indicator in every window, and in every week.
type run struct {
	*table                      // shared by runs that have the same columns
	windows [][]float64         // by window of the reader, then column
	agents  [][]int             // the same: simulated agents behind a value, -1 where it is not of a group
	weeks   [][]float64         // by full week, then column
	counted []int               // by full week: the day of the count of SMEs in it, -1 if there is none
	before  []measure.Diversion // by storefront and window of the reader's
	targets []measure.Target
	sellers []measure.Seller
	over    int64 // Rp of the simulation that the ledger does not sum to 0 by, over all windows and weeks
	receipt Receipt
	daily   []sim.Digest
}

// A table is the columns of runs.
type table struct {
	columns []measure.Column
	place   map[measure.Column]int
}

// find is the place of a column; -1 where there is none.
func (t *table) find(c measure.Column) int {
	if i, ok := t.place[c]; ok {
		return i
	}
	return -1
}

// A reader reads runs: all of them the same way, at the same time if need be.
type reader struct {
	windows []measure.Window
	weeks   []measure.Window
	cohorts []int64 // days before which cohorts are formed; the first has plain names
	before  []before

	sold     measure.Window // in which the sales of sellers are read, and the day as of which their dependence is; empty: nowhere
	soldAsOf int64

	mu    sync.Mutex
	known []*table
}

// A before is a storefront that one world of a pair closes, and the weeks up to then in which its orders are counted.
type before struct {
	shop market.Channel
	measure.Window
}

// dated is the name of a grouping of cohorts as of a day: with the date, but for the first.
func (d *reader) dated(by string, i int) string {
	if i == 0 {
		return by
	}
	return by + "@" + measure.DateOf(d.cohorts[i]).Format(time.DateOnly)
}

// columnAsOf is a column of a pair: those of cohorts have the pair's day in their name.
func (d *reader) columnAsOf(c measure.Column, day int64) measure.Column {
	if i := slices.Index(d.cohorts, day); i > 0 && len(c.By) >= len("cohort_") && c.By[:len("cohort_")] == "cohort_" {
		c.By = d.dated(c.By, i)
	}
	return c
}

// read reads a result.
func (d *reader) read(r *play.Result) *run { return d.measured(measure.Of(r)) }

// grouped are the cohorts of a run as of one of the days that they are formed on.
func (d *reader) grouped(x *measure.Run, day int) []measure.Series {
	all := x.Cohorts(d.cohorts[day])
	for i := range all {
		all[i].By = d.dated(all[i].By, day)
	}
	return all
}

// A cohort is a number of a group by count of the weeks, and how many simulated agents are in the group.
type cohort struct {
	values []float64
	agents int
}

func cohortOf(x *measure.Run, all []measure.Series, s *measure.Series, key string) cohort {
	size := measure.Get(all, "agents", s.By)
	return cohort{s.Of(key), int(measure.Mean(size.Of(key), 0, len(x.Count)))}
}

// countedIn is the day of the last of some counts, -1 if there is none.
func countedIn(x *measure.Run, from, to int) int {
	if from == to {
		return -1
	}
	return int(x.Count[to-1].Day - x.First)
}

func receiptOf(r *play.Result) Receipt {
	return Receipt{Seed: r.Scenario.Seed, Hash: r.Scenario.Hash, Digest: r.Digest.String(), Events: r.Events}
}

// measured reads what was measured of a result.
func (d *reader) measured(x *measure.Run) *run {
	out := &run{daily: x.Result.Daily, targets: x.Targets(), receipt: receiptOf(x.Result)}
	var columns []measure.Column // of cohorts
	var cohorts []cohort
	for i := range d.cohorts {
		all := d.grouped(x, i)
		for j := range all {
			s := &all[j]
			for _, key := range s.Keys {
				columns = append(columns, measure.Column{Metric: s.Name, By: s.By, Key: key, Unit: s.Unit})
				cohorts = append(cohorts, cohortOf(x, all, s, key))
			}
		}
	}
	one := func(w measure.Window) (values []float64, agents []int, names []measure.Column) {
		add := func(v measure.Value) {
			values, agents, names = append(values, v.Value), append(agents, v.Agents), append(names, v.Column)
		}
		for _, v := range x.Values(w) {
			add(v)
		}
		gains, over := x.WelfareValues(w)
		for _, v := range gains {
			add(v)
		}
		out.over += max(over, -over)
		from, to := x.WeeksIn(w)
		for i, c := range cohorts {
			add(measure.Value{Column: columns[i], Value: measure.Mean(c.values, from, to), Agents: c.agents})
		}
		return values, agents, names
	}
	var names []measure.Column
	for _, w := range d.windows {
		values, agents, all := one(w)
		out.windows, out.agents, names = append(out.windows, values), append(out.agents, agents), all
	}
	for _, w := range d.weeks {
		values, _, _ := one(w)
		from, to := x.WeeksIn(w)
		out.weeks, out.counted = append(out.weeks, values), append(out.counted, countedIn(x, from, to))
	}
	for _, b := range d.before {
		out.before = append(out.before, x.Diversion(b.shop, b.Window))
	}
	if d.sold.To > 0 {
		out.sellers = x.Sellers(d.soldAsOf, d.sold)
	}
	out.table = d.share(names)
	return out
}

// share keeps one copy of a table.
func (d *reader) share(columns []measure.Column) *table {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, k := range d.known {
		if slices.Equal(k.columns, columns) {
			return k
		}
	}
	t := &table{columns, make(map[measure.Column]int, len(columns))}
	for i, c := range columns {
		t.place[c] = i
	}
	d.known = append(d.known, t)
	return t
}
