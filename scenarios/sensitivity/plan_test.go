package sensitivity

import (
	"math"
	"math/rand/v2"
	"testing"

	"pasar/scenarios/design"
)

// Each design has the analyses that it allows, and what these cannot say is told.
func TestAnalyse(t *testing.T) {
	luck := rand.New(rand.NewPCG(1, 1))
	first := func(x []float64) float64 { return x[0] + .1*x[1] }
	for _, c := range []struct {
		d    design.Design
		want string
		n    int // points of scores
	}{
		{&design.OAT{Levels: 3}, "tornado ", 0}, {&design.Morris{Trajectories: 5, Levels: 4, Seed: 1}, "morris ", 0},
		{&design.Saltelli{Base: 32, Seed: 1}, "sobol regression scores box ", 64}, {&design.Random{N: 60, Seed: 1}, "regression scores box ", 60},
		{&design.Random{N: 8, Seed: 1}, "regression scores: too few runs finished: 8 points, at least 20 are needed PRIM: too few runs finished: 8 points, at least 20 are needed ", 0},
	} {
		points := c.d.Points(2)
		for _, x := range points {
			for i := range x {
				if math.IsNaN(x[i]) {
					x[i] = .5
				}
			}
		}
		r, err := Analyse(filled(points, first, 2, .01, luck), PlanOf(c.d, 2), []Case{{Above: true, Limit: .6}}, "all")
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, x := range []struct {
			name string
			is   bool
		}{{"morris ", r.Morris != nil}, {"sobol ", r.Sobol != nil}, {"tornado ", r.Tornado != nil}, {"regression ", r.Regression != nil}, {"scores ", r.Scores != nil}, {"box ", len(r.Boxes) == 1}} {
			if x.is {
				got += x.name
			}
		}
		for _, e := range r.Unsaid {
			got += e.Error() + " "
		}
		if got != c.want || c.n > 0 && r.Scores.Points != c.n {
			t.Errorf("%T: %s, not %s", c.d, got, c.want)
		}
		numbers(t, r)
	}
	if _, err := Analyse(&Table{}, Plan{}, nil, ""); err == nil {
		t.Error("a table of nothing")
	}
}

// The line through a cloud goes through the means of its classes.
func TestCurve(t *testing.T) {
	luck := rand.New(rand.NewPCG(2, 2))
	table := filled(random(400, 2), func(x []float64) float64 { return 10 * x[0] }, 1, 1, luck)
	table.Y[7][0] = nan
	curve := Curve(table, 0)
	n := 0
	for _, b := range curve {
		n += b.Points
		if math.Abs(b.Mean.Value-10*b.At) > 1 || !b.Mean.Sure() {
			t.Errorf("%+v", b)
		}
	}
	if len(curve) != 19 || n != 399 || Curve(table, 2) != nil || Curve(&Table{Factors: factors(1)}, 0) != nil {
		t.Errorf("%d classes of %d points", len(curve), n)
	}
}
