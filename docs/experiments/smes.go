package main

import (
	"math"
	"time"

	"pasar/agents/market"
	"pasar/scenarios/results/measure"
)

// A Group picks tracked SMEs, given how much of their sales were on TikTok before the ban (0 to 1).
type Group func(m *measure.Member, share float64) bool

func everyone(*measure.Member, float64) bool          { return true }
func dependent(_ *measure.Member, share float64) bool { return share >= .5 }
func local(m *measure.Member, _ float64) bool         { return m.SME.Type == market.Local }

func between(lo, hi float64) Group {
	return func(_ *measure.Member, share float64) bool { return share >= lo && share < hi }
}

// What an SME tells about a week, in Rp.
func income(d *market.Trace) float64 { return float64(d.Income) }
func sales(d *market.Trace) float64  { return float64(d.Sales) }

// day is the number of a date in a run.
func day(r *measure.Run, date string) int {
	t, err := time.ParseInLocation("2006-01-02", date, market.WIB)
	if err != nil {
		panic(err)
	}
	return int(int64(market.Clock.At(t)/market.Day) - r.First)
}

// week is the first count that a week from a date on has gone into; "" is the end.
func week(r *measure.Run, date string) int {
	if date == "" {
		return len(r.Count)
	}
	d := int64(day(r, date)) + r.First + 7
	for i, c := range r.Count {
		if c.Day >= d {
			return i
		}
	}
	return len(r.Count)
}

// known is the date as of which dependence is read, before anything is announced in any arm of most experiments.
const known = "2023-09-12"

// share is TikTok's part in an SME's sales of the eight weeks before a date; NaN if it sold nothing.
func share(r *measure.Run, m *measure.Member, asOf string) float64 {
	i := week(r, asOf)
	if i >= len(m.Weeks) || m.SME == nil || m.Weeks[i] == nil || m.Weeks[i].Top == market.Channels {
		return math.NaN()
	}
	return float64(m.Weeks[i].OnTik) / 1e4
}

// total adds up what a group's SMEs told from one date to another, in Rp of the real market.
func total(r *measure.Run, asOf string, g Group, value func(*market.Trace) float64, from, to string) (sum float64) {
	a, b := week(r, from), week(r, to)
	for j := range r.Panel {
		m := &r.Panel[j]
		if s := share(r, m, asOf); math.IsNaN(s) || !g(m, s) {
			continue
		}
		for _, w := range m.Weeks[a:b] {
			if w != nil {
				sum += m.Weight * value(w)
			}
		}
	}
	return sum
}

// count is how many SMEs of a group are simulated in all seeds together.
func (l *Lab) count(arm string, asOf string, g Group) (n int) {
	for _, r := range l.Runs[arm] {
		for j := range r.Panel {
			if s := share(r, &r.Panel[j], asOf); !math.IsNaN(s) && g(&r.Panel[j], s) {
				n++
			}
		}
	}
	return n
}

// Effect is by how much a sum over a group differs between two arms, relative to the second: of means over pairs.
func (l *Lab) Effect(arm, base string, g Group, value func(*market.Trace) float64, from, to string) Mean {
	return l.EffectAsOf(known, arm, base, g, value, from, to)
}

// EffectAsOf is Effect with dependence read at another date. Each pair's difference is divided by the mean of the base, so that pairs in
// which few SMEs are in the group do not count more than others.
func (l *Lab) EffectAsOf(asOf, arm, base string, g Group, value func(*market.Trace) float64, from, to string) Mean {
	level := l.Each(func(i int) float64 { return total(l.Runs[base][i], asOf, g, value, from, to) })
	usual := Over(level).Mean
	return Over(l.Each(func(i int) float64 {
		return (total(l.Runs[arm][i], asOf, g, value, from, to) - level[i]) / usual
	}))
}

// Recovery is when a group's sales were back at nine tenths of those in the base: weeks after a date, and the seeds in which never.
func (l *Lab) Recovery(arm, base string, g Group, from string) (weeks Mean, never int) {
	at := make([]float64, l.Seeds)
	for i := range at {
		x := measure.Recover(l.weekly(arm, i, g), l.weekly(base, i, g), week(l.Runs[arm][i], from), .9)
		if at[i] = float64(x.Week); x.Week < 0 {
			at[i] = math.NaN()
			never++
		}
	}
	return Over(at), never
}

// weekly is a group's sales by week.
func (l *Lab) weekly(arm string, seed int, g Group) []float64 {
	r := l.Runs[arm][seed]
	all := make([]float64, len(r.Count))
	for j := range r.Panel {
		m := &r.Panel[j]
		if s := share(r, m, known); math.IsNaN(s) || !g(m, s) {
			continue
		}
		for i, v := range m.Sales() {
			all[i] += v
		}
	}
	return all
}

// daily is the mean a day of a daily indicator from one date to another.
func daily(r *measure.Run, name, by, key, from, to string) float64 {
	b := r.Days()
	if to != "" {
		b = min(b, day(r, to))
	}
	return measure.Mean(measure.Get(r.Daily(), name, by).Of(key), min(day(r, from), b), b)
}

// Shift is by how much a daily indicator differs between two arms: relative to the second, or, of shares and points, as it is.
func (l *Lab) Shift(arm, base, name, by, key, from, to string) Mean {
	return Over(l.Each(func(i int) float64 {
		x, y := daily(l.Runs[arm][i], name, by, key, from, to), daily(l.Runs[base][i], name, by, key, from, to)
		if measure.Ratio(measure.Get(l.Runs[arm][i].Daily(), name, by).Unit) {
			return x - y
		}
		return x/y - 1
	}))
}
