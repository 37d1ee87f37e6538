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

// measured reads what was measured of a result.
func (d *reader) measured(x *measure.Run) *run {
	r := x.Result
	out := &run{daily: r.Daily, targets: x.Targets(), receipt: Receipt{Seed: r.Scenario.Seed, Hash: r.Scenario.Hash, Digest: r.Digest.String(), Events: r.Events}}
	var groups [][]measure.Series
	for i, day := range d.cohorts {
		all := x.Cohorts(day)
		for j := range all {
			all[j].By = d.dated(all[j].By, i)
		}
		groups = append(groups, all)
	}
	one := func(w measure.Window) (values []float64, agents []int, columns []measure.Column) {
		add := func(v measure.Value) {
			values, agents, columns = append(values, v.Value), append(agents, v.Agents), append(columns, v.Column)
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
		for _, all := range groups {
			for i := range all {
				size := measure.Get(all, "agents", all[i].By)
				for key, name := range all[i].Keys {
					add(measure.Value{
						Column: measure.Column{Metric: all[i].Name, By: all[i].By, Key: name, Unit: all[i].Unit},
						Value:  measure.Mean(all[i].Values[key], from, to), Agents: int(measure.Mean(size.Of(name), 0, len(x.Count))),
					})
				}
			}
		}
		return values, agents, columns
	}
	var columns []measure.Column
	for _, w := range d.windows {
		values, agents, names := one(w)
		out.windows, out.agents, columns = append(out.windows, values), append(out.agents, agents), names
	}
	for _, w := range d.weeks {
		values, _, _ := one(w)
		out.weeks = append(out.weeks, values)
		day := -1
		if from, to := x.WeeksIn(w); from < to {
			day = int(x.Count[to-1].Day - x.First)
		}
		out.counted = append(out.counted, day)
	}
	for _, b := range d.before {
		out.before = append(out.before, x.Diversion(b.shop, b.Window))
	}
	if d.sold.To > 0 {
		out.sellers = x.Sellers(d.soldAsOf, d.sold)
	}
	out.table = d.share(columns)
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
