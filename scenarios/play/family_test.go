package play

import (
	"fmt"
	"slices"
	"testing"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
)

// byPlan is some days before the first entry that only one of two scenarios has, or has otherwise: as long as agents look ahead.
func byPlan(a, b *load.Scenario) sim.Time {
	first := min(a.End, b.End)
	for _, x := range [2][2]*load.Scenario{{a, b}, {b, a}} {
		for _, e := range x[0].Entries {
			found := false
			for _, g := range x[1].Entries {
				found = found || fmt.Sprintf("%s %v %+v", e.ID, e.When.At, e.Do) == fmt.Sprintf("%s %v %+v", g.ID, g.When.At, g.Do)
			}
			if !found {
				first = min(first, e.When.At)
			}
		}
	}
	return max(first-9*market.Day, 0)
}

// What several worlds have in common is played once, and each comes out as if it had been played alone.
func TestFamilyIsAsAlone(t *testing.T) {
	var all []*load.Scenario
	for _, name := range []string{"no-ban", "ban", "deal", "pilot", "early-notice"} {
		all = append(all, scenario(t, name, 300, "2024-02-29"))
	}
	var ticks sim.Time
	seen := map[int]bool{}
	closed := make([][][]int64, len(all))
	shown := func(members []int, day int64, totals []int64) {
		for _, i := range members {
			if int64(len(closed[i])) != day {
				t.Fatalf("%s is shown day %d after day %d", all[i].Name, day, len(closed[i])-1)
			}
			closed[i] = append(closed[i], slices.Clone(totals))
		}
	}
	f := Family{First: byPlan, Tick: func(d sim.Time) { ticks += d }, Closed: shown, Done: func(i int, r *Result) error {
		seen[i] = true
		if n := len(closed[i]); n < len(r.Days)-2 || fmt.Sprint(closed[i]) != fmt.Sprint(r.Days[:n]) {
			t.Errorf("%s: the %d days that were shown are not the first of its %d", all[i].Name, n, len(r.Days))
		}
		want, _ := played(t, all[i], nil)
		if r.Digest != want.Digest || r.Events != want.Events || fmt.Sprint(r.Days, r.Weeks, r.Audits, r.Watch) != fmt.Sprint(want.Days, want.Weeks, want.Audits, want.Watch) {
			t.Errorf("%s in the family has digest %v, alone %v", all[i].Name, r.Digest, want.Digest)
		}
		return nil
	}}
	if err := f.Play(t.Context(), all); err != nil {
		t.Fatal(err)
	}
	var apart sim.Time
	for _, s := range all {
		apart += s.End
	}
	work := f.Work(all)
	if len(seen) != len(all) || work > apart*7/10 || ticks < work || ticks > work+10*market.Day {
		t.Errorf("%d of %d worlds; %d days of work, %d played, %d apart", len(seen), len(all), work/market.Day, ticks/market.Day, apart/market.Day)
	}
}
