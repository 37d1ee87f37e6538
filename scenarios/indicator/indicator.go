// Package indicator computes the published indicators (§10) from the daily totals of the tallies and the Desk's weekly counts. It
// is one mechanism for two readers: the outputs of a run that is over, and the conditions that a run under way looks at.
//
// Sums of money, orders and agents are multiplied by W. What does not exist is NaN: a share of nothing, the median of a group
// without members.
package indicator

import (
	"slices"

	"pasar/agents/market"
)

// Published is what is published of a run, by a day.
type Published struct {
	Rules *market.Book // the rules, with what the run added
	P     *market.Params
	W     float64   // real agents for each simulated one
	First int64     // day of the clock on which outputs begin
	Rows  [][]int64 // totals of each day from First that has closed
	Count []market.WeekRow

	SMEs   [market.Types]int // simulated at the start
	Makers [market.Tiers]int
	Weight [market.Tiers]float64 // real creators for each simulated one, divided by W
}

// A Series is one indicator over days or weeks.
type Series struct {
	Name, By, Unit string
	Keys           []string
	Values         [][]float64 // by key; NaN where there is nothing
}

// Blank is an indicator of n days or weeks, all 0.
func Blank(name, by, unit string, keys []string, n int) Series {
	return Series{Name: name, By: by, Unit: unit, Keys: keys, Values: grid(len(keys), n)}
}

// New reads the population of a market of so many SMEs, of which nothing is published yet. Outputs begin on a day.
func New(m *market.Market, smes int, first int64) *Published {
	x := &Published{Rules: m.Book, P: m.P, W: m.W, First: first}
	for i, t := range market.NewTraits(m.P, m.Seed, smes) {
		if i < smes {
			x.SMEs[t.Type]++
		}
	}
	for _, t := range market.NewMakers(m.P, m.Seed, m.W) {
		x.Makers[t.Tier]++
		x.Weight[t.Tier] = t.Weight
	}
	return x
}

// AddWeeks takes the Desk's counts of the days that are published.
func (r *Published) AddWeeks(all []market.WeekRow) {
	for _, w := range all {
		if w.Day >= r.First && w.Day < r.First+int64(len(r.Rows)) {
			r.Count = append(r.Count, w)
		}
	}
}

// Ratio tells whether values of a unit are shares, points or scores, which are averaged and not added up.
func Ratio(unit string) bool {
	return slices.Contains([]string{"share", "points", "score", "index", "IDR/order"}, unit)
}

// None is the sums of no days.
var None Sums

// Of is the values of a key; nil if there is none.
func (s *Series) Of(key string) []float64 {
	for i, k := range s.Keys {
		if k == key {
			return s.Values[i]
		}
	}
	return nil
}
