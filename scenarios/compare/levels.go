package compare

import (
	"fmt"

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

// HeadlineOf is the headline of worlds that are played with one luck, the base first, over one of the named periods. Since is from the first
// day on which any of them may differ from the base to the end, or all days where none does; for two worlds it is that of their
// comparison. The others are those of the first pair that has one.
func HeadlineOf(worlds []*load.Scenario, period string) (Headline, error) {
	base := worlds[0]
	h := Headline{First: market.DayOf(base.Start + market.Day - 1)}
	from := base.End
	for _, other := range worlds[1:] {
		for _, d := range diff.Of(base, other) {
			from = min(from, max(d.At, base.Start))
		}
	}
	h.AsOf = asOf(base, from)
	for _, other := range append(worlds[1:len(worlds):len(worlds)], base) {
		for _, p := range periods(base, other, from) {
			if p.Name == period || period == Since && p.Name == Whole {
				h.Window = p.Window
				return h, nil
			}
		}
	}
	return h, fmt.Errorf("no world has a period %q: nothing in it is closed, or on trial, before its end", period)
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
