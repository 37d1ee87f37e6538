package compare

import (
	"strings"
	"testing"

	"pasar/scenarios/load"
	"pasar/scenarios/results/measure"
	"pasar/scenarios/stats"
)

// A mechanism that does nothing has exactly 0 of every effect; one that is all in which two worlds differ has all of it, exactly, and nothing
// is left without it.
func TestThroughClosedForms(t *testing.T) {
	list := []Mechanism{{Name: "nothing", set: []string{"params.buyer.habit_beta=1.2"}}, {Name: "all", set: []string{"params.buyer.need_rate=6.2"}}}
	c := small(t, Options{Reps: 6, Seed: 1, Store: kept(), Why: 6, mechanisms: list}, "no-ban", "no-ban+params.buyer.need_rate=5")
	shares := 0
	for _, f := range c.Pairs[0].Main {
		if len(f.Through) != 2 {
			t.Fatalf("%s: %d mechanisms", f.Outcome.Name, len(f.Through))
		}
		nothing, all := f.Through[0], f.Through[1]
		if !nothing.Diff.Zero || nothing.Without.Mean != f.Effect.Diff.Mean {
			t.Errorf("%s: %v goes through nothing", f.Outcome.Name, nothing.Diff.Mean)
		}
		if !all.Without.Zero || all.Diff.Mean != f.Effect.Diff.Mean {
			t.Errorf("%s: %v of %v goes through all, %v is left", f.Outcome.Name, all.Diff.Mean, f.Effect.Diff.Mean, all.Without.Mean)
		}
		if !f.Effect.Diff.Clear() {
			if nothing.Known() || all.Known() {
				t.Errorf("%s: shares of an effect that is not clear", f.Outcome.Name)
			}
			continue
		}
		shares++
		if nothing.Share != 0 || nothing.Range != (stats.Interval{}) || all.Share != 1 || all.Range != (stats.Interval{Lo: 1, Hi: 1}) {
			t.Errorf("%s: shares %v in %v, %v in %v", f.Outcome.Name, nothing.Share, nothing.Range, all.Share, all.Range)
		}
	}
	if shares == 0 {
		t.Error("no effect is clear: the test says nothing of shares")
	}
}

// Asking why changes nothing else of a comparison.
func TestWhyChangesNothingElse(t *testing.T) {
	list := []Mechanism{{Name: "all", set: []string{"params.disc.rho=.65"}}}
	o := Options{Reps: 2, Seed: 1, Store: kept()}
	plain := small(t, o, "no-ban", "ban")
	o.Why, o.mechanisms = 2, list
	asked := small(t, o, "no-ban", "ban")
	for what, x := range map[string][2][]string{"runs": {text(plain.RunRows()), text(asked.RunRows())}, "pairs": {text(plain.PairRows()), text(asked.PairRows())}} {
		if strings.Join(x[0], "\n") != strings.Join(x[1], "\n") {
			t.Errorf("other %s", what)
		}
	}
	if r := asked.Request(); !strings.Contains(r.Command(), "--why=2") {
		t.Errorf("the command does not ask why: %s", r.Command())
	} else if _, again := r.Again(); again.Why != 2 {
		t.Errorf("asked again, why is %d", again.Why)
	}
}

// A look says what a comparison says.
func TestWhyOfALook(t *testing.T) {
	list := []Mechanism{{Name: "all", set: []string{"params.disc.rho=.65"}}}
	o := Options{Reps: 2, Seed: 1, Store: kept(), Why: 2, mechanisms: list}
	want := small(t, o, "no-ban", "ban")
	w := worlds("no-ban", "ban")
	l, err := NewLook(w[0], w[1], 1, 2)
	if err != nil {
		t.Fatal(err)
	}
	for rep := range 2 {
		for i := range w {
			s, err := w[i].Load(uint64(rep + 1))
			if err != nil {
				t.Fatal(err)
			}
			l.Add(i, rep, measure.Of(kept().Get(s)))
		}
	}
	told := 0
	err = l.Why(t.Context(), o, func(c *Comparison) {
		told++
		for i, f := range c.Pairs[0].Main {
			if got, want := text(f.Through), text(want.Pairs[0].Main[i].Through); strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("%s: %v instead of %v", f.Outcome.Name, got, want)
			}
		}
	})
	if err != nil || told != 1 {
		t.Errorf("told %d times, %v", told, err)
	}
}

// Every mechanism can be switched off in every scenario of the library, and is another world then.
func TestMechanisms(t *testing.T) {
	for _, name := range load.Names() {
		for _, m := range Mechanisms() {
			w := Parse(name, load.Overrides{Buyers: 200})
			was, err := w.Load(1)
			if err != nil {
				t.Fatal(err)
			}
			list, err := m.Without([]World{w}, []uint64{1, 2})
			if err != nil {
				t.Fatal(err)
			}
			s, err := list[0].Load(1)
			if err != nil {
				t.Errorf("%s without %s: %v", name, m.Name, err)
				continue
			}
			if s.Hash == was.Hash {
				t.Errorf("%s without %s is the same world", name, m.Name)
			}
		}
	}
}
