package sensitivity

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// planted is -1 in a box, where an effect is negative, and 1 elsewhere.
func planted(x []float64) float64 {
	if x[0] > .6 && x[1] < .35 {
		return -1
	}
	return 1
}

// Of two boxes that are planted in different corners both are found, the larger one first; of one, no second is made up.
func TestTwoBoxes(t *testing.T) {
	two := func(x []float64) float64 {
		if x[0] > .6 && x[1] < .4 || x[0] < .25 && x[2] > .5 {
			return -1
		}
		return 1
	}
	for _, c := range []struct {
		name  string
		y     func(x []float64) float64
		noise float64
		want  bool
	}{{"two", two, 0, true}, {"two, noise", two, .8, true}, {"one", planted, 0, false}, {"one, noise", planted, .8, false}, {"none", func([]float64) float64 { return 0 }, 1, false}} {
		for seed := range uint64(5) {
			luck := rand.New(rand.NewPCG(seed, 7))
			got, err := PRIM(filled(random(1000, 6), c.y, 4, c.noise, luck), below, c.name)
			if err != nil {
				t.Fatal(err)
			}
			if (got.Second != nil) != c.want {
				t.Errorf("%s, %d: a second box: %t, not %t: %s", c.name, seed, got.Second != nil, c.want, numbers(t, got))
			}
			if got.Second == nil {
				continue
			}
			l := got.Second.Limits
			if len(l) != 2 || l[0].Factor != "x1" || l[0].Low != nil || math.Abs(*l[0].High-.25) > .05 || l[1].Factor != "x3" || l[1].High != nil || math.Abs(*l[1].Low-.5) > .05 {
				t.Errorf("%s, %d: %+v", c.name, seed, l)
			}
			if got.Second.Density < .85 || got.Coverage+got.Second.Coverage < .85 || got.Coverage+got.Second.Coverage > 1 || got.Second.Base >= got.Base {
				t.Errorf("%s, %d: %s", c.name, seed, numbers(t, got))
			}
		}
	}
}

var below = Case{Limit: 0}

// The planted box is found, with noise and failed runs too, and no other factor is in it.
func TestPlantedBox(t *testing.T) {
	for _, c := range []struct {
		name   string
		noise  float64
		failed float64
	}{{"plain", 0, 0}, {"noise", .8, 0}, {"failures", .3, .02}} {
		luck := rand.New(rand.NewPCG(1, 1))
		table := filled(random(1000, 6), planted, 4, c.noise, luck)
		fail(table, c.failed, true, luck)
		got, err := PRIM(table, below, c.name)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %s", c.name, numbers(t, got))
		if got.Coverage < .9 || got.Density < .9 || got.Restricted != 2 || len(got.Limits) != 2 {
			t.Errorf("%s: %+v", c.name, got)
			continue
		}
		a, b := got.Limits[0], got.Limits[1]
		if a.Factor != "x1" || a.Low == nil || a.High != nil || math.Abs(*a.Low-.6) > .03 || b.Factor != "x2" || b.Low != nil || b.High == nil || math.Abs(*b.High-.35) > .03 {
			t.Errorf("%s: %+v", c.name, got.Limits)
		}
		if a.P > 1e-6 || a.Reproduced < .95 || !got.Elsewhere.Sure() || got.Elsewhere.Value < .85 {
			t.Errorf("%s: %+v", c.name, got)
		}
		if c.failed == 0 && (got.Worst != got.Fit || got.Best != got.Fit) || c.failed > 0 && (got.Lost.FailedPoints < 10 || got.Worst.Coverage >= got.Coverage || got.Worst.Density > got.Density || got.Best.Density < got.Density) {
			t.Errorf("%s: %+v", c.name, got)
		}
		if got.Replicated+got.Lost.FailedPoints != 1000 || (got.Unclear > 0) != (c.noise > 0) {
			t.Errorf("%s: %d unclear of %d", c.name, got.Unclear, got.Replicated)
		}
	}
}

// Levels of a grid and kinds are limited as a whole.
func TestBoxOfLevelsAndKinds(t *testing.T) {
	luck := rand.New(rand.NewPCG(2, 2))
	table := &Table{Factors: []Factor{{Name: "weeks"}, {Name: "partner", Categories: []string{"none", "tokopedia", "blibli"}}, {Name: "share"}}}
	for week := range 10 {
		for partner := range 3 {
			for share := range 10 {
				y := 1.
				if week >= 4 && partner != 0 {
					y = -1
				}
				table.X = append(table.X, []float64{float64(week), float64(partner), float64(share) / 10})
				table.Y = append(table.Y, []float64{y + .2*luck.NormFloat64()})
			}
		}
	}
	got, err := PRIM(table, below, "grid")
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Limits) != 2 || got.Coverage != 1 || got.Density != 1 || *got.Limits[0].Low != 3.5 || got.Limits[0].High != nil || !slices.Equal(got.Limits[1].Categories, []string{"tokopedia", "blibli"}) {
		t.Errorf("%s", numbers(t, got))
	}
	if got.Replicated != 0 || got.Unclear != 0 {
		t.Errorf("%+v", got)
	}
}

// Where nothing drives the cases, boxes of one half of the points are no better than chance in the other half.
func TestNoBox(t *testing.T) {
	luck := rand.New(rand.NewPCG(3, 3))
	table := filled(random(400, 5), func([]float64) float64 { return 0 }, 2, 1, luck)
	got, err := PRIM(table, below, "chance")
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(got.Elsewhere.Value-got.Base) > .1 {
		t.Errorf("%s", numbers(t, got))
	}
}

func TestPRIMOrder(t *testing.T) {
	luck := rand.New(rand.NewPCG(4, 4))
	table := filled(random(300, 4), planted, 3, 1, luck)
	want, err := PRIM(table, below, "order")
	if err != nil {
		t.Fatal(err)
	}
	mixed, _ := shuffled(table, luck)
	got, err := PRIM(mixed, below, "order")
	if a, b := numbers(t, want), numbers(t, got); err != nil || a != b {
		t.Errorf("rows in another order: %s, not %s", b, a)
	}
	got, err = PRIM(turned(table), below, "order")
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(got.Limits)
	if a, b := numbers(t, want), numbers(t, got); a != b {
		t.Errorf("factors in another order: %s, not %s", b, a)
	}
	got, err = PRIM(times(table, -2), Case{Above: true}, "order") // upside down
	if err != nil || got.Fit != want.Fit {
		t.Errorf("upside down: %+v, not %+v", got.Fit, want.Fit)
	}
}

// Limits are written with as few digits as tell inside from outside.
func TestBetween(t *testing.T) {
	for _, c := range []struct{ low, high, want float64 }{{.5981, .6034, .6}, {.1, .2, .15}, {3, 4, 3.5}, {-2, -1, -1.5}, {0, 1, .5}, {.59, .61, .6}, {1.2e6, 1.9e6, 1.6e6}, {-.1, .2, .05}} {
		if got := between(c.low, c.high); got != c.want {
			t.Errorf("between %v and %v: %v, not %v", c.low, c.high, got, c.want)
		}
	}
}

// What cannot be said has a reason, whatever the analysis; no number of a result is NaN.
func TestReasons(t *testing.T) {
	luck := rand.New(rand.NewPCG(5, 5))
	points, samples := saltelli(20, 1)
	star, paths := trajectories(2, 1)
	analyses := map[string]func(*Table) (any, error){
		"Morris":     func(t *Table) (any, error) { return Morris(t, paths, "r") },
		"Sobol":      func(t *Table) (any, error) { return Sobol(t, samples, "r") },
		"tornado":    func(t *Table) (any, error) { return Tornado(t, 0) },
		"regression": func(t *Table) (any, error) { return Regression(t) },
		"scores":     func(t *Table) (any, error) { return Scores(t) },
		"PRIM":       func(t *Table) (any, error) { return PRIM(t, Case{Limit: .5}, "r") },
	}
	flat := func([]float64) float64 { return .1 }
	linear := func(x []float64) float64 { return x[0] }
	gone := func(points [][]float64) *Table {
		t := filled(points, linear, 1, 0, luck)
		fail(t, 2, true, luck)
		return t
	}
	of := func(name string) [][]float64 {
		if name == "Morris" {
			return star
		}
		return points
	}
	for name, f := range analyses {
		for want, table := range map[string]*Table{
			": no run finished": gone(of(name)), ": the outcome is the same everywhere": filled(of(name), flat, 2, 0, luck), "": filled(of(name), linear, 1, 0, luck),
			" point 1: NaN is no value of x1": filled([][]float64{{nan}}, linear, 1, 0, luck), "a table without factors": {},
		} {
			if name == "PRIM" && strings.HasPrefix(want, ": the outcome") {
				want = ": all points are as asked for"
			}
			if name == "tornado" && want == "" {
				table.X = table.X[:1]
				table.Y = table.Y[:1]
				want = ": the outcome is the same everywhere"
			}
			result, err := f(table)
			switch {
			case want == "" && err != nil:
				t.Errorf("%s: %v", name, err)
			case want != "" && (err == nil || !strings.HasSuffix(err.Error(), want)):
				t.Errorf("%s: %v, not %s", name, err, want)
			case err == nil:
				numbers(t, result)
			}
		}
	}
	few := filled(points[:4], linear, 1, 0, luck)
	few.Y[1], few.Y[2] = []float64{nan}, []float64{nan}
	for name, want := range map[string]string{
		"regression": "regression: too few runs finished: 2 points, at least 4 are needed", "scores": "scores: too few runs finished: 2 points, at least 20 are needed",
		"PRIM": "PRIM: too few runs finished: 2 points, at least 20 are needed",
	} {
		if _, err := analyses[name](few); err == nil || err.Error() != want {
			t.Errorf("%v, not %s", err, want)
		}
	}
	if _, err := Sobol(filled(points, linear, 1, 0, luck), samples[:5], ""); err == nil || err.Error() != "Sobol: too few runs finished: 5 samples, at least 16 are needed" {
		t.Error(err)
	}
	if _, err := Sobol(filled(points, linear, 1, 0, luck), []Sample{{A: 0, B: 1, AB: []int{0}}}, ""); err == nil || err.Error() != "Sobol: the points are not of the design that this needs" {
		t.Error(err)
	}
	if _, err := PRIM(filled(points, linear, 1, 0, luck), Case{Limit: -1}, ""); err == nil || err.Error() != "PRIM: no point is as asked for" {
		t.Error(err)
	}
}
