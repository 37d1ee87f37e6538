// Package measure reads what came of a run in the amounts of the real market: by day, by week, by window of days, and beside
// the targets of the calibration. Everything that is written or shown about a run comes from here, so that all agree.
//
// Sums of money, orders and agents are multiplied by W. What does not exist is NaN here and absent in outputs: a share of
// nothing, the median of a group without members. Groups of fewer than Few simulated agents are kept, but their values say
// more about single agents than about the group.
package measure

import (
	"math"
	"time"

	"pasar/agents/market"
	"pasar/scenarios/indicator"
	"pasar/scenarios/play"
	"pasar/sim"
)

// Few is the number of simulated agents below which the value of a group is marked in reports.
const Few = 30

// A Run is what a run measured, burn-in left out.
type Run struct {
	*play.Result
	*indicator.Published
	Panel []Member // the tracked sample

	daily   []Series
	weekly  []Series
	columns []Column // of Values
}

// Of reads a result.
func Of(r *play.Result) *Run {
	s := r.Scenario
	_, smes, _ := play.Sizes(s)
	x := &Run{Result: r, Published: indicator.New(r.Market, smes, int64((s.Start+market.Day-1)/market.Day))}
	x.Rules = r.Book
	for d := x.First; d < int64(len(r.Days)) && r.Days[d] != nil; d++ {
		x.Rows = append(x.Rows, r.Days[d])
	}
	x.AddWeeks(r.Weeks)
	x.daily, x.weekly = x.Published.Daily(), x.Published.Weekly()
	x.Panel = x.panel()
	x.weekly = append(x.weekly, x.panelSeries()...)
	x.absent(x.daily)
	x.absent(x.weekly)
	x.columns = x.values()
	return x
}

// There tells whether a platform takes orders at any time of the run.
func (r *Run) There(c market.Channel) bool {
	if c >= market.Platforms || r.Scenario.Params.Intent[c].Share > 0 {
		return true
	}
	for _, rule := range r.Book.Changes(market.Checkout, c) {
		if rule.Value == 1 && rule.From < r.Scenario.End {
			return true
		}
	}
	return false
}

// absent leaves out what is said of a platform that is never there, and of the owner that only it would have.
func (r *Run) absent(all []Series) {
	gone := map[string]bool{market.Entrant.String(): !r.There(market.Newco)}
	for c := range market.Platforms {
		gone[c.String()] = !r.There(c)
	}
	for _, s := range all {
		for i, key := range s.Keys {
			if gone[key] {
				for j := range s.Values[i] {
					s.Values[i][j] = math.NaN()
				}
			}
		}
	}
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

// Series and Sums are those of package indicator.
type (
	Series = indicator.Series
	Sums   = indicator.Sums
)

// HHI is the concentration of parts: 10,000 is one alone.
func HHI(parts []float64) float64 { return indicator.HHI(parts) }

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

// Ratio tells whether values of a unit are shares, points or scores, which are averaged and not added up.
func Ratio(unit string) bool { return indicator.Ratio(unit) }
