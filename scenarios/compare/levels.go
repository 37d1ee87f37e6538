package compare

import (
	"pasar/agents/market"
	"pasar/scenarios/diff"
	"pasar/scenarios/load"
	"pasar/scenarios/results/measure"
)

// A Headline says over which days outcomes are counted, and as of which day of the clock SMEs and creators are put into cohorts.
type Headline struct {
	measure.Window
	First int64 // day of the clock that is day 0
	AsOf  int64
}

// HeadlineOf is the headline of worlds that are played with one luck, the base first: from the first day on which any of them may differ
// from the base to the end, or all days where none does. For two worlds it is that of their comparison.
func HeadlineOf(worlds []*load.Scenario) Headline {
	base := worlds[0]
	first := market.DayOf(base.Start + market.Day - 1)
	from := base.End
	for _, other := range worlds[1:] {
		for _, d := range diff.Of(base, other) {
			from = min(from, max(d.At, base.Start))
		}
	}
	h := Headline{measure.Window{Name: Since, From: max(int(market.DayOf(from)-first), 0), To: int(market.DayOf(base.End) - first)}, first, asOf(base, from)}
	if h.From >= h.To {
		h.Name, h.From = Whole, 0
	}
	return h
}

// Levels are the values of columns in one run, as a comparison counts them: NaN where there is nothing.
func (h Headline) Levels(x *measure.Run, columns []measure.Column) []float64 {
	d := &reader{windows: []measure.Window{h.Window}, cohorts: []int64{h.AsOf}}
	y := d.measured(x)
	values := make([]float64, len(columns))
	for i, c := range columns {
		values[i] = y.at(0, c)
	}
	return values
}

// Alike checks that worlds can be compared agent by agent.
func Alike(worlds []*load.Scenario) error { return alike(worlds) }
