package compare

import (
	"math"
	"slices"
	"strings"

	"pasar/agents/market"
	"pasar/scenarios/results/measure"
	"pasar/scenarios/stats"
)

// theta is the part of what there would have been without the shock at which one has recovered (§10).
const theta = .9

// recover says when the market, SMEs, and those of each dependence on TikTok came back after a pair's shock.
func (e *engine) recover(pair int) (all []Recovery) {
	p := &e.c.Pairs[pair]
	col := func(metric, by, key, unit string) measure.Column {
		return measure.Column{Metric: metric, By: by, Key: key, Unit: unit}
	}
	add := func(key string, c measure.Column, shock, end int, per float64) {
		if x := e.recovery(pair, key, c, shock, end, per); x.N > 0 {
			all = append(all, x)
		}
	}
	struck := slices.IndexFunc(e.reader.weeks, func(w measure.Window) bool { return w.To > p.Shock.From })
	if struck < 0 {
		return nil
	}
	add("market", col("gmv", "platforms", "all", "IDR/day"), struck, len(e.reader.weeks), 7)

	// What SMEs told in a week they sold in the week before.
	counted := e.runs[0][0].counted
	first := slices.IndexFunc(counted, func(day int) bool { return day > p.Shock.From })
	last := len(counted)
	for last > 0 && counted[last-1] < 0 {
		last--
	}
	if first < 0 {
		return all
	}
	add("smes", col("cohort_sales", "cohort_", "smes", "IDR/week"), first, last, 1)
	if p.Shock.Shop == market.TikTok.String() { // dependence is on TikTok
		for _, key := range measure.DependenceKeys() {
			add(key, col("cohort_sales", "cohort_"+measure.ByDependence, key, "IDR/week"), first, last, 1)
		}
	}
	return all
}

// recovery is that of a column from week shock on, up to week end; a value is of one part in per of a week.
func (e *engine) recovery(pair int, key string, c measure.Column, shock, end int, per float64) Recovery {
	p := &e.c.Pairs[pair]
	own := e.reader.columnAsOf(c, p.AsOf)
	series := func(x *run) []float64 {
		all := make([]float64, end)
		for w := range all {
			all[w] = per * x.inWeek(w, own)
		}
		return all
	}
	x := Recovery{Key: key, Seen: end - 1 - shock}
	var weeks, naive, had, sold []float64
	with, without := e.runs[p.Shock.With], e.runs[p.Shock.Without]
	for i := range min(len(with), len(without)) {
		value, usual := series(with[i]), series(without[i])
		if shock >= end || math.IsNaN(usual[shock]) { // nobody is in the cohort
			continue
		}
		x.N++
		r := measure.Recover(value, usual, shock, theta)
		if r.Week < 0 {
			x.Never++
		} else {
			weeks = append(weeks, float64(r.Week))
		}
		if n := measure.RecoverNaive(value, shock, theta); n.Week >= 0 {
			naive = append(naive, float64(n.Week))
		}
		had, sold = append(had, r.Had), append(sold, r.Had-r.Lost)
	}
	// Who leaves out the runs that did not come back calls a market quick of which only a few did.
	x.Weeks, x.Naive = stats.Censored(weeks, x.N, e.c.Level), stats.Censored(naive, x.N, e.c.Level)
	x.Lost = stats.Pair(had, sold, e.c.Level, strings.Join([]string{e.c.Worlds[p.Shock.Without].Name, e.c.Worlds[p.Shock.With].Name, "lost", key}, "\n"))
	x.Count = e.agents(pair, c, 0)
	return x
}
