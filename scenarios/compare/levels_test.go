package compare

import (
	"math"
	"testing"

	"pasar/scenarios/load"
	"pasar/scenarios/results/measure"
)

// Levels of single runs have the differences of a comparison.
func TestLevelsAreThoseOfAComparison(t *testing.T) {
	c := small(t, Options{Reps: 2, Seed: 1, Version: "test", Store: kept()}, "no-ban", "ban")
	var columns []measure.Column
	for _, o := range Outcomes() {
		columns = append(columns, o.Column)
	}
	sums := make([]float64, len(columns))
	for _, seed := range c.Seeds {
		var worlds []*load.Scenario
		for _, w := range c.Worlds {
			s, err := w.Load(seed)
			if err != nil {
				t.Fatal(err)
			}
			worlds = append(worlds, s)
		}
		h, err := HeadlineOf(worlds, Since)
		if err != nil || h.Window != c.Pairs[0].Periods[0].Window || h.AsOf != c.Pairs[0].AsOf || h.First != c.First {
			t.Fatalf("%+v; the comparison has %+v", h, c.Pairs[0].Periods[0])
		}
		for i, s := range worlds {
			for j, v := range h.Levels(measure.Of(kept().Get(s)), columns) {
				sums[j] += float64(2*i-1) * v / float64(len(c.Seeds))
			}
		}
	}
	found := 0
	for j, x := range columns {
		for _, e := range c.Pairs[0].Effects {
			if e.Period == 0 && e.Column == x && e.Diff.N == len(c.Seeds) {
				if math.Abs(sums[j]-e.Diff.Mean) > 1e-9*math.Abs(e.Diff.Mean) {
					t.Errorf("%s: %v, in the comparison %v", x.Metric, sums[j], e.Diff.Mean)
				}
				found++
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d outcomes are in both", found)
	}
}
