// Package measure reads what came of a run in the amounts of the real market: by day, by week, by window of days, and beside
// the targets of the calibration. Everything that is written or shown about a run comes from here, so that all agree.
//
// Sums of money, orders and agents are multiplied by W. What does not exist is NaN here and absent in outputs: a share of
// nothing, the median of a group without members. Groups of fewer than Few simulated agents are kept, but their values say
// more about single agents than about the group.
package measure

import (
	"time"

	"pasar/agents/market"
	"pasar/scenarios/play"
	"pasar/sim"
)

// Few is the number of simulated agents below which the value of a group is marked in reports.
const Few = 30

// A Run is what a run measured, burn-in left out.
type Run struct {
	*play.Result
	W     float64   // real agents for each simulated one
	First int64     // day of the clock on which outputs begin
	Rows  [][]int64 // totals of each day from First that has closed
	Count []market.WeekRow

	SMEs   [market.Types]int // simulated at the start
	Makers [market.Tiers]int
	Weight [market.Tiers]float64 // real creators for each simulated one, divided by W

	daily  []Series
	weekly []Series
}

// Of reads a result.
func Of(r *play.Result) *Run {
	s := r.Scenario
	x := &Run{Result: r, W: r.Market.W, First: int64((s.Start + market.Day - 1) / market.Day)}
	for d := x.First; d < int64(len(r.Days)) && r.Days[d] != nil; d++ {
		x.Rows = append(x.Rows, r.Days[d])
	}
	for _, w := range r.Weeks {
		if w.Day >= x.First && w.Day < x.First+int64(len(x.Rows)) {
			x.Count = append(x.Count, w)
		}
	}
	_, smes, w := play.Sizes(s)
	for i, t := range market.NewTraits(s.Params, s.Seed, smes) {
		if i < smes {
			x.SMEs[t.Type]++
		}
	}
	for _, t := range market.NewMakers(s.Params, s.Seed, w) {
		x.Makers[t.Tier]++
		x.Weight[t.Tier] = t.Weight
	}
	x.daily = x.days()
	x.weekly = x.weeks()
	return x
}

// Days is how many days there are.
func (r *Run) Days() int { return len(r.Rows) }

// Date is the date of a day, counted from 0.
func (r *Run) Date(day int) time.Time { return DateOf(r.First + int64(day)) }

// DateOf is the date of a day of the clock.
func DateOf(day int64) time.Time { return market.Clock.Date(sim.Time(day) * market.Day) }

// day is the number of a date, which may lie outside the run.
func (r *Run) day(year int, month time.Month, day int) int {
	at := market.Clock.At(time.Date(year, month, day, 0, 0, 0, 0, market.WIB))
	return int(int64(at/market.Day) - r.First)
}

// A Series is one indicator over days or weeks.
type Series struct {
	Name, By, Unit string
	Keys           []string
	Values         [][]float64 // by key; NaN where there is nothing
}

// Daily lists the daily indicators in the order of the outputs.
func (r *Run) Daily() []Series { return r.daily }

// Weekly lists the weekly ones: SMEs and creators as they were at the count of each week (see Count).
func (r *Run) Weekly() []Series { return r.weekly }

// Get finds an indicator.
func Get(all []Series, name, by string) *Series {
	for i := range all {
		if all[i].Name == name && all[i].By == by {
			return &all[i]
		}
	}
	return &Series{Name: name, By: by}
}

// Of is the values of a key; nil if there is none.
func (s *Series) Of(key string) []float64 {
	for i, k := range s.Keys {
		if k == key {
			return s.Values[i]
		}
	}
	return nil
}

// Ratio tells whether values of a unit are shares, points or scores, which are averaged and not added up.
func Ratio(unit string) bool { return unit == "share" || unit == "points" || unit == "score" }
