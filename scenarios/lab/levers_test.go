package lab

import (
	"os"
	"testing"

	"pasar/scenarios/compare"
	"pasar/scenarios/load"
)

// Each lever, moved from end to end in the scenario that has all of them, moves the outcome that it says it moves, clearly, in a quick run;
// or it says why it cannot, and does not. A lever of the world is moved in the base as well, and what it must move is the effect of policy.
//
//	PASAR_NIGHTLY=1 go test ./scenarios/lab -run LeversMove -v
func TestLeversMove(t *testing.T) {
	if os.Getenv("PASAR_NIGHTLY") == "" {
		t.Skip("two hundred runs; set PASAR_NIGHTLY=1")
	}
	s, err := load.Load(As, load.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	effect := func(worlds ...string) *compare.Finding {
		var list []compare.World
		for _, w := range worlds {
			list = append(list, compare.Parse(w, load.Overrides{Buyers: QuickBuyers}))
		}
		c, err := compare.Run(t.Context(), list, compare.Options{Reps: QuickReps, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		return &c.Pairs[0].Main[0]
	}
	for _, l := range Levers(s) {
		lo, hi := "+"+l.Path+"="+l.Min.String(), "+"+l.Path+"="+l.Max.String()
		clear := false
		if l.Scope == "policy" {
			f := effect(As+lo, As+hi)
			clear = f.Verdict == compare.Clear
			t.Logf("%s from %v to %v: gmv %+.3g (%.3g to %.3g)", l.Path, l.Min, l.Max, f.Effect.Diff.Mean, f.Effect.Diff.T.Lo, f.Effect.Diff.T.Hi)
		} else {
			a, b := effect(Usual+lo, As+lo), effect(Usual+hi, As+hi)
			_, x := a.Effect.Diff.Relative()
			_, y := b.Effect.Diff.Relative()
			clear = x.Hi < y.Lo || y.Hi < x.Lo
			t.Logf("%s: effect on gmv at %v %.4f to %.4f, at %v %.4f to %.4f", l.Path, l.Min, x.Lo, x.Hi, l.Max, y.Lo, y.Hi)
		}
		if moves := l.Moves != ""; moves != clear {
			t.Errorf("%s says that it moves %q; clear: %v", l.Path, l.Moves, clear)
		}
	}
}
