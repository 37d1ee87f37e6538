package compare

import (
	"math"
	"testing"

	"pasar/scenarios/results/measure"
	"pasar/scenarios/stats"
)

// Which world is the base changes nothing of what the closure did, and a world without the closure has no such targets.
func TestTargetsOfThePair(t *testing.T) {
	find := func(c *Comparison) map[string]Target {
		all := map[string]Target{}
		for _, x := range c.Targets {
			if x.Pair >= 0 {
				all[x.ID] = x
			}
		}
		return all
	}
	o := Options{Reps: 2, Seed: 1, Version: "test", Store: kept()}
	c := small(t, o, "no-ban", "ban")
	here, there := find(c), find(small(t, o, "ban", "no-ban"))
	for _, id := range []string{"T4", "T5", "T6", "T8"} {
		a, b := here[id], there[id]
		if !a.Known() || a.Value != b.Value || a.T != b.T {
			t.Errorf("%s is %g (%v), and %g (%v) with the other base", id, a.Value, a.T, b.Value, b.T)
		}
	}
	var gmv Effect // T5 is in the columns that pairs.csv has, but for other days
	for _, e := range c.Pairs[0].Effects {
		if e.Metric == "gmv" && e.By == "platforms" && c.Pairs[0].Periods[e.Period].Name == Ban {
			gmv = e
		}
	}
	if five := here["T5"]; math.Signbit(five.Value) != math.Signbit(gmv.Diff.Mean) {
		t.Errorf("in a month sales change by %g, in the whole closure by %g a day", five.Value, gmv.Diff.Mean)
	}
	if all := find(small(t, o, "ban", "long-pilot")); len(all) > 0 {
		t.Errorf("both worlds close it, and there are %v", all)
	}
}

func TestMissedTargets(t *testing.T) {
	target := func(mean, lo, hi float64) *Target {
		return &Target{Target: measure.Target{Value: mean, Goal: 1, SD: .1}, T: stats.Interval{Lo: lo, Hi: hi}}
	}
	for _, x := range []struct {
		is             *Target
		missed, unsure bool
	}{
		{target(1.1, .9, 1.19), false, false},
		{target(1.1, .9, 1.3), false, true},
		{target(1.3, 1.25, 1.35), true, false},
		{target(1.3, 1.1, 1.5), false, true},
		{target(.7, .5, .81), false, true},
		{target(.7, .5, .79), true, false},
		{target(math.NaN(), math.NaN(), math.NaN()), false, false},
		{target(1.3, math.Inf(-1), math.Inf(1)), false, true}, // one replication
	} {
		if x.is.Missed() != x.missed || x.is.Unsure() != x.unsure {
			t.Errorf("mean %g, interval %v: missed %v, unsure %v", x.is.Value, x.is.T, x.is.Missed(), x.is.Unsure())
		}
	}
}
