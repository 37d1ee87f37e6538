package compare

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"pasar/scenarios/load"
	"pasar/scenarios/stats"
	"pasar/scenarios/store"
)

// small is a comparison of some worlds at a small scale.
func small(t *testing.T, o Options, names ...string) *Comparison {
	t.Helper()
	c, err := Run(t.Context(), worlds(names...), o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func worlds(names ...string) (list []World) {
	for _, n := range names {
		list = append(list, Parse(n, load.Overrides{Buyers: 200, Until: "2024-02-29"}))
	}
	return list
}

// kept is a store that the tests of this package share.
var kept = sync.OnceValue(func() *store.Store {
	o, err := store.Open(filepath.Join(folder, "store"), "test")
	if err != nil {
		panic(err)
	}
	return o
})

var folder string

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "pasar-compare-*"); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

func text[R any](rows []R) []string {
	out := make([]string, len(rows))
	for i := range rows {
		out[i] = fmt.Sprintf("%+v", rows[i])
	}
	return out
}

// "Metamorphic: adding a scenario, reordering arguments, extending replications ... changes none of the per-run rows" (issue: Shows 4).
// The same holds for an unused parameter, the number of runs at a time, and what the store already has.
func TestRowsOfARunAreItsOwn(t *testing.T) {
	keep := kept()
	rows := text(small(t, Options{Reps: 2, Seed: 1, Parallel: 1, Version: "test"}, "no-ban", "ban").RunRows())
	has := func(what string, c *Comparison) {
		t.Helper()
		all := map[string]bool{}
		for _, r := range text(c.RunRows()) {
			all[r] = true
		}
		for _, r := range rows {
			if !all[r] {
				t.Fatalf("%s: the row is gone: %s", what, r)
			}
		}
	}
	const unused = "ban+params.deal.talks=5" // nobody talks in ban
	more := small(t, Options{Reps: 3, Seed: 1, Parallel: 2, Store: keep, Version: "test"}, "no-ban", "ban", "pilot", unused)
	has("scenarios and replications more", more)
	by := map[string][]string{}
	for _, r := range more.RunRows() {
		name := r.World
		r.World = ""
		by[name] = append(by[name], fmt.Sprintf("%+v", r))
	}
	if same := by["ban"]; len(same) == 0 || !slices.Equal(same, by[unused]) {
		t.Errorf("an unused parameter changes rows: %d and %d", len(same), len(by[unused]))
	}
	var done Progress
	has("from the store, in another order", small(t, Options{Reps: 3, Seed: 1, Parallel: 2, Store: keep, Version: "test", Progress: func(p Progress) {
		if p.Stage == Playing {
			done = p
		}
	}}, "no-ban", "pilot", "ban"))
	if done.Stored != 9 || done.Done != 9 {
		t.Errorf("of 9 runs %d are done and %d were kept", done.Done, done.Stored)
	}
}

// "A/A: all differences exactly 0 and the digests equal; the placebo too; a test that breaks pairing on purpose makes the report refuse."
func TestChecks(t *testing.T) {
	c := small(t, Options{Reps: 2, Seed: 1, Checked: 1, Store: kept(), Version: "test"}, "no-ban", "pilot", "no-ban+params.disc.rho=.65")
	if err := c.Refused(); err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, x := range c.Checks {
		kinds[x.Kind] += x.Cells
	}
	if kinds[CheckAA] < 1000 || kinds[CheckPlacebo] < 1000 || kinds[CheckHistory] < 300 {
		t.Errorf("numbers compared: %v", kinds)
	}
	for _, x := range c.Pairs[1].Effects { // the same world under another name
		if !x.Diff.Zero {
			t.Errorf("%s %s differs between a world and itself by %g", x.Metric, x.Key, x.Diff.Mean)
		}
	}
	if v := c.Pairs[1].Main[0].Verdict; v != Same {
		t.Errorf("a world and itself: %v", v)
	}
	broken := small(t, Options{Reps: 2, Seed: 1, Store: kept(), Version: "test", spoil: func(s *load.Scenario) { s.Seed++ }}, "no-ban", "ban")
	if err := broken.Refused(); err == nil || !strings.Contains(err.Error(), "a/a") {
		t.Errorf("other luck is not found: %v", err)
	}
}

// What is said of a pair is what its runs say.
func TestEffects(t *testing.T) {
	c := small(t, Options{Reps: 3, Seed: 1, Store: kept(), Version: "test"}, "no-ban", "ban")
	p := &c.Pairs[0]
	if got := c.Date(p.Periods[0].From).Format("2006-01-02"); got != "2023-09-25" || p.Periods[0].Name != Since {
		t.Errorf("the worlds part on %s (%+v)", got, p.Periods)
	}
	values := map[string][]float64{}
	for _, r := range c.RunRows() {
		if r.Metric == "gmv" && r.By == "storefront" && r.Key == "tiktok" && r.From == "2023-09-25" {
			values[r.World] = append(values[r.World], r.Value)
		}
	}
	i := slices.IndexFunc(p.Effects, func(x Effect) bool {
		return x.Metric == "gmv" && x.By == "storefront" && x.Key == "tiktok" && x.Period == 0
	})
	want := stats.PairT(values["no-ban"], values["ban"], .95)
	if got := p.Effects[i].Diff; want.N != 3 || got.Mean != want.Mean || got.T != want.T || got.Mean >= 0 {
		t.Errorf("TikTok's sales differ by %+v, want %+v", got, want)
	}
	for _, x := range p.Weekly {
		if c.Weeks[x.Week]+7 <= p.Periods[0].From && !x.Diff.Zero {
			t.Fatalf("%s differs before anything was announced, in week %d", x.Metric, x.Week)
		}
	}
	var sum float64
	for _, b := range p.Main[0].Share {
		sum += b.Diff.Mean
	}
	if whole := p.Main[0].Effect.Diff.Mean; math.Abs(sum-whole) > 1e-6*math.Abs(whole) {
		t.Errorf("parts of the effect sum to %g, the whole is %g", sum, whole)
	}
	if p.Main[0].Worst.Diff.Mean > p.Main[0].Effect.Diff.Mean {
		t.Errorf("the worst four weeks, %+v, are better than the whole %+v", p.Main[0].Worst, p.Main[0].Effect.Diff)
	}
}

// What cannot be compared is refused before anything is played.
func TestRefusedBefore(t *testing.T) {
	for want, list := range map[string][]World{
		"1 to 4":      worlds("no-ban"),
		"markets":     worlds("no-ban", "malaysia-copies"),
		"buyers":      append(worlds("no-ban"), Parse("ban", load.Overrides{Buyers: 300})),
		"populations": append(worlds("no-ban"), Parse("ban+params.scale.smes=4e6", load.Overrides{Buyers: 200, Until: "2024-02-29"})),
	} {
		if _, err := Run(t.Context(), list, Options{Reps: 2, Seed: 1}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

// What a file may declare is what a comparison knows, and each names a number that runs have.
func TestOutcomes(t *testing.T) {
	c := small(t, Options{Reps: 2, Seed: 1, Store: kept(), Version: "test"}, "no-ban", "ban")
	var names []string
	for _, o := range Outcomes() {
		names = append(names, o.Name)
		if c.engine.runs[0][0].find(o.Column) < 0 {
			t.Errorf("%s: no run has %+v", o.Name, o.Column)
		}
		for _, p := range o.Parts {
			if c.engine.runs[0][0].find(p) < 0 {
				t.Errorf("%s: no run has its part %+v", o.Name, p)
			}
		}
	}
	if !slices.Equal(names, load.Outcomes) {
		t.Errorf("outcomes %v, files may declare %v", names, load.Outcomes)
	}
}
