package compare

import (
	"fmt"
	"math"
	"testing"

	"pasar/scenarios/results/measure"
)

// A look says of its replications what the comparison of as many says, while others are still missing.
func TestLook(t *testing.T) {
	want := small(t, Options{Reps: 2, Seed: 1, Store: kept()}, "no-ban", "pilot")
	w := worlds("no-ban", "pilot")
	l, err := NewLook(w[0], w[1], 1, 4)
	if err != nil {
		t.Fatal(err)
	}
	if c := l.Comparison(); len(c.Seeds) != 0 || len(c.Pairs[0].Main) != 0 {
		t.Fatalf("%d seeds before there is a run", len(c.Seeds))
	}
	for rep := range 2 {
		for i := range w {
			s, err := w[i].Load(uint64(rep + 1))
			if err != nil {
				t.Fatal(err)
			}
			m := measure.Of(kept().Get(s))
			var weeks [][]float64
			if rep == 1 { // somebody has read them
				for _, w := range m.FullWeeks() {
					weeks = append(weeks, nil)
					for _, v := range m.Values(w) {
						weeks[len(weeks)-1] = append(weeks[len(weeks)-1], v.Value)
					}
				}
			}
			l.Take(i, rep, l.Read(i, m, weeks))
		}
	}
	got := l.Comparison()
	if len(got.Seeds) != 2 || got.Checks[0].Differ != "" || got.Checks[0].Cells == 0 {
		t.Fatalf("seeds %v, checks %+v", got.Seeds, got.Checks)
	}
	find := func(list []Effect, x Effect) *Effect {
		for i := range list {
			if list[i].Column == x.Column && list[i].Period == x.Period && list[i].Week == x.Week {
				return &list[i]
			}
		}
		return nil
	}
	for i, f := range got.Pairs[0].Main {
		if g := want.Pairs[0].Main[i]; fmt.Sprint(f.Effect.Diff, f.Worst) != fmt.Sprint(g.Effect.Diff, g.Worst) || f.Effect.Agents != g.Effect.Agents {
			t.Errorf("%s: %+v instead of %+v", f.Outcome.Name, f.Effect, g.Effect)
		}
	}
	n := 0
	for _, lists := range [][2][]Effect{{got.Pairs[0].Effects, want.Pairs[0].Effects}, {got.Pairs[0].Weekly, want.Pairs[0].Weekly}} {
		for _, x := range lists[0] {
			if y := find(lists[1], x); y == nil || fmt.Sprint(y.Diff) != fmt.Sprint(x.Diff) {
				t.Errorf("%v period %d week %d: %+v instead of %+v", x.Column, x.Period, x.Week, x.Diff, y)
			}
			n++
		}
	}
	if n < 1000 {
		t.Errorf("only %d effects", n)
	}
	again, err := NewLook(w[0], w[1], 1, 4)
	if err != nil || again.Reads() != l.Reads() {
		t.Fatal("the same two worlds are read in another way", err)
	}
	for rep := range 2 {
		for i := range w {
			again.Take(i, rep, Kept{l.e.runs[i][rep]})
		}
	}
	if x, y := &again.Glance().Pairs[0], &l.Glance().Pairs[0]; fmt.Sprint(x.Effects, x.Weekly) != fmt.Sprint(y.Effects, y.Weekly) {
		t.Error("something else comes from what another look has read")
	}
	early := worlds("no-ban", "early-notice")
	if x, err := NewLook(early[0], early[1], 1, 4); err != nil || x.Reads() == l.Reads() {
		t.Error("worlds that part on another day are read in the same way", err)
	}
	glance := l.Glance()
	same := func(g, x Effect) {
		if !math.IsInf(g.Diff.Boot.Lo, -1) {
			t.Fatalf("%v: a glance has the interval %v", x.Column, g.Diff.Boot)
		}
		if g.Diff.Boot = x.Diff.Boot; fmt.Sprint(g) != fmt.Sprint(x) {
			t.Fatalf("%v: %+v at a glance instead of %+v", x.Column, g, x)
		}
	}
	p, q := &got.Pairs[0], &glance.Pairs[0]
	for i := range p.Effects {
		same(q.Effects[i], p.Effects[i])
	}
	for i := range p.Weekly {
		same(q.Weekly[i], p.Weekly[i])
	}
	for i := range p.Main {
		same(q.Main[i].Effect, p.Main[i].Effect)
		if g, x := q.Main[i].Worst, p.Main[i].Worst; g.Week != x.Week || g.Diff.T != x.Diff.T || g.Diff.Mean != x.Diff.Mean {
			t.Errorf("%s: at its worst %+v at a glance instead of %+v", p.Main[i].Outcome.Name, g, x)
		}
		if q.Main[i].Verdict != p.Main[i].Verdict {
			t.Errorf("%s is %v at a glance instead of %v", p.Main[i].Outcome.Name, q.Main[i].Verdict, p.Main[i].Verdict)
		}
	}
}

// Together lets a world that ends early go on as long as the other, and says so in what it was asked for.
func TestTogether(t *testing.T) {
	a, b := World{Name: "no-ban", Ref: "no-ban"}, World{Name: "long-pilot", Ref: "long-pilot"}
	w, all, err := Together(a, b, 1)
	if err != nil || all[0].End != all[1].End {
		t.Fatal(err, all[0].End, all[1].End)
	}
	if again, err := w[0].Load(1); err != nil || again.Hash != all[0].Hash || w[0].Overrides.Until == "" || w[1].Overrides.Until != "" {
		t.Errorf("%v: %+v", err, w)
	}
	text, err := World{Name: "mine", Ref: "mine.yaml", Text: []byte("scenario: mine\nextends: ban\n")}.Load(3)
	if err != nil || text.Name != "mine" || text.Seed != 3 {
		t.Errorf("%v: %v", err, text)
	}
}
