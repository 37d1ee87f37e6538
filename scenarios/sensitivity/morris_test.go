package sensitivity

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pasar/scenarios/design"
)

// bent has effects of 3, of -2 on the way from 0 to 1 in all, of the other by 4, and of nothing.
func bent(x []float64) float64 { return 3*x[0] - 2*x[1] + 4*x[2]*x[3] }

// A straight line has one effect everywhere; a product has the other factor's; what does nothing has none.
func TestMorris(t *testing.T) {
	luck := rand.New(rand.NewPCG(1, 1))
	points, steps := trajectories(40, 5)
	table := filled(points, bent, 1, 0, luck)
	got, err := Morris(table, steps, "bent")
	if err != nil {
		t.Fatal(err)
	}
	near := func(a, b, by float64) bool { return math.Abs(a-b) <= by }
	for i, want := range []struct{ mu, star, sigma, by float64 }{{3, 3, 0, 1e-12}, {-2, 2, 0, 1e-12}, {2, 2, 4 * math.Sqrt(.18), .4}, {2, 2, 4 * math.Sqrt(.18), .4}, {0, 0, 0, 0}} {
		x := got.Factors[i]
		if x.N != 40 || !near(x.Mu.Value, want.mu, want.by) || !near(x.MuStar.Value, want.star, want.by) || !near(x.Sigma.Value, want.sigma, want.by+1e-12) || x.Noise.NoValue != OneRun {
			t.Errorf("%+v, not %+v", x, want)
		}
		if !x.MuStar.Sure() || want.by == .4 && !x.MuStar.holds(2) {
			t.Errorf("%+v does not hold %v", x.MuStar, want.star)
		}
	}
	numbers(t, got)
}

// Noise of one effect is that of two means over the step; with common luck, what a seed has at all points is none.
func TestMorrisNoise(t *testing.T) {
	for _, common := range []bool{false, true} {
		luck := rand.New(rand.NewPCG(2, 2))
		points, steps := trajectories(60, 4)
		table := filled(points, bent, 5, .3, luck)
		table.Common = common
		if common {
			for _, y := range table.Y {
				for r := range y {
					y[r] += 100 * float64(r)
				}
			}
		}
		got, err := Morris(table, steps, "noise")
		if err != nil {
			t.Fatal(err)
		}
		want := .3 * math.Sqrt(2./5) / (2. / 3)
		for _, x := range got.Factors {
			if math.Abs(x.Noise.Value-want) > .2*want {
				t.Errorf("common %v: noise %v, not %v", common, x.Noise.Value, want)
			}
		}
		if s := got.Factors[0].Sigma.Value; math.Abs(s-want) > .2*want {
			t.Errorf("common %v: the sigma of a straight line is %v, not its noise %v", common, s, want)
		}
	}
}

// A failed point costs the two effects that need it and no others.
func TestMorrisWithFailures(t *testing.T) {
	luck := rand.New(rand.NewPCG(3, 3))
	points, steps := trajectories(10, 4)
	table := filled(points, bent, 2, 0, luck)
	table.Common = true
	table.Y[2] = []float64{nan, nan} // within the first trajectory
	table.Y[5] = []float64{nan, 7}   // the first point of the second: one replication is left
	table.Y[6][1] = nan              // and the other here: nothing is left that both have
	got, err := Morris(table, steps, "failed")
	if err != nil {
		t.Fatal(err)
	}
	if l := got.Lost; l.Parts != 40 || l.LostParts != 3 || l.FailedPoints != 1 || l.ThinPoints != 2 || l.FailedRuns != 4 || l.Runs != 100 {
		t.Errorf("%+v", l)
	}
	n := 0
	for _, x := range got.Factors {
		n += x.N
	}
	if n != 37 {
		t.Errorf("%d effects", n)
	}
}

func TestMorrisOrder(t *testing.T) {
	luck := rand.New(rand.NewPCG(4, 4))
	points, steps := trajectories(12, 4)
	table := filled(points, bent, 3, .3, luck)
	want, err := Morris(table, steps, "order")
	if err != nil {
		t.Fatal(err)
	}
	mixed, to := shuffled(table, luck)
	var moved, opposite []design.Step
	for _, s := range steps {
		o, m := s, s
		o.Factor = 3 - s.Factor
		m.From, m.To = to[s.From], to[s.To]
		moved, opposite = append(moved, m), append(opposite, o)
	}
	slices.Reverse(moved)
	got, err := Morris(mixed, moved, "order")
	if a, b := numbers(t, want), numbers(t, got); err != nil || a != b {
		t.Errorf("rows in another order: %s, not %s", b, a)
	}
	got, err = Morris(turned(table), opposite, "order")
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(got.Factors)
	if a, b := numbers(t, want.Factors), numbers(t, got.Factors); a != b {
		t.Errorf("factors in another order: %s, not %s", b, a)
	}
	got, err = Morris(times(table, 4), steps, "order")
	for i, x := range want.Factors {
		if y := got.Factors[i]; err != nil || y.MuStar.Value != 4*x.MuStar.Value || y.Sigma.Value != 4*x.Sigma.Value || y.MuStar.Low != 4*x.MuStar.Low {
			t.Errorf("another unit: %+v, not %+v", y, x)
		}
	}
}
