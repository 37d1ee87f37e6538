package sensitivity

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// A star is a centre of five factors with a low and a high point for each.
func star(k int) (points [][]float64) {
	centre := make([]float64, k)
	for i := range centre {
		centre[i] = .5
	}
	points = append(points, centre)
	for i := range k {
		for _, v := range []float64{0, 1} {
			x := slices.Clone(centre)
			x[i] = v
			points = append(points, x)
		}
	}
	return points
}

// The largest swing comes first, with differences to the centre that are exact but for noise.
func TestTornado(t *testing.T) {
	for _, common := range []bool{false, true} {
		luck := rand.New(rand.NewPCG(1, 1))
		table := filled(star(4), bent, 6, .1, luck)
		table.Common = common
		if common {
			for _, y := range table.Y {
				for r := range y {
					y[r] += 100 * float64(r)
				}
			}
		}
		got, err := Tornado(table, 0)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []struct {
			factor    string
			low, high float64
		}{{"x1", -1.5, 1.5}, {"x2", 1, -1}, {"x3", -1, 1}, {"x4", -1, 1}} {
			j := slices.IndexFunc(got.Factors, func(s Swing) bool { return s.Factor == want.factor })
			x := got.Factors[j]
			if i == 0 && j != 0 || x.NLow != 6 || x.LowAt != 0 || x.HighAt != 1 || !x.Low.Sure() || !x.High.Sure() || math.Abs(x.Low.Value-want.low) > .2 || math.Abs(x.High.Value-want.high) > .2 || x.Low.High-x.Low.Low > .5 {
				t.Errorf("common %v: %+v, not %+v", common, x, want)
			}
		}
		again, err := Tornado(turned(table), 0)
		if a, b := numbers(t, got), numbers(t, again); err != nil || a != b {
			t.Errorf("factors in another order: %s, not %s", b, a)
		}
		mixed, to := shuffled(table, luck)
		again, err = Tornado(mixed, to[0])
		if a, b := numbers(t, got), numbers(t, again); err != nil || a != b {
			t.Errorf("rows in another order: %s, not %s", b, a)
		}
	}
}

// Where the outermost point failed, the next one counts; where a side has none, that is said.
func TestTornadoWithFailures(t *testing.T) {
	luck := rand.New(rand.NewPCG(2, 2))
	points := append(star(3), []float64{.8, .5, .5})
	table := filled(points, func(x []float64) float64 { return x[0] + x[1] + x[2] }, 3, .01, luck)
	for _, p := range []int{2, 3} { // x1 high, x2 low
		table.Y[p] = []float64{nan, nan, nan}
	}
	table.Y[5] = []float64{1, nan, nan} // one run of x3 low
	got, err := Tornado(table, 0)
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]Swing{}
	for _, s := range got.Factors {
		by[s.Factor] = s
	}
	if x := by["x1"]; x.HighAt != .8 || !x.High.Sure() || x.Failed != 1 || x.Points != 3 {
		t.Errorf("%+v", x)
	}
	if x := by["x2"]; x.Low.NoValue != Nothing || !x.High.Sure() {
		t.Errorf("%+v", x)
	}
	if x := by["x3"]; !x.Low.Known() || x.Low.NoInterval != TooFew {
		t.Errorf("%+v", x)
	}
	if l := got.Lost; l.Parts != 7 || l.LostParts != 2 || l.FailedPoints != 2 || l.ThinPoints != 1 {
		t.Errorf("%+v", l)
	}
	numbers(t, got)
	table.X[4] = []float64{.1, .9, .5}
	if _, err := Tornado(table, 0); err == nil || err.Error() != "tornado: the points are not of the design that this needs" {
		t.Error(err)
	}
}

// The coefficients of a straight line are its slopes times the spread of factors over that of the outcome; R² is what noise leaves.
func TestRegression(t *testing.T) {
	luck := rand.New(rand.NewPCG(3, 3))
	points := random(600, 4)
	for _, x := range points {
		x[3] = math.Floor(3 * x[3]) // kinds, of which the second does 2
	}
	line := func(x []float64) float64 {
		y := 3*x[0] - 2*x[1]
		if x[3] == 1 {
			y += 2
		}
		return y
	}
	table := filled(points, line, 1, 1, luck)
	table.Factors[3] = Factor{Name: "x4", Categories: []string{"a", "b", "c"}}
	got, err := Regression(table)
	if err != nil {
		t.Fatal(err)
	}
	of, luckless := 9./12+4./12+4*2./9, 1.
	sd := math.Sqrt(of + luckless)
	for i, want := range []float64{3 / math.Sqrt(12) / sd, -2 / math.Sqrt(12) / sd, 0} {
		if x := got.Factors[i].Beta; !x.Sure() || math.Abs(x.Value-want) > .06 || x.High-x.Low > .2 {
			t.Errorf("%+v, not %v", x, want)
		}
	}
	if got.Factors[3].Beta.NoValue != Unordered || math.Abs(got.R2-of/(of+luckless)) > .05 {
		t.Errorf("%+v", got)
	}
	mixed, _ := shuffled(table, luck)
	again, err := Regression(mixed)
	if a, b := numbers(t, got), numbers(t, again); err != nil || a != b {
		t.Errorf("rows in another order: %s, not %s", b, a)
	}
	again, err = Regression(turned(table))
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(again.Factors)
	if a, b := numbers(t, got), numbers(t, again); a != b {
		t.Errorf("factors in another order: %s, not %s", b, a)
	}
	again, err = Regression(times(table, 16))
	if a, b := numbers(t, got), numbers(t, again); err != nil || a != b {
		t.Errorf("another unit: %s, not %s", b, a)
	}
	for _, x := range points {
		x[1] = 2 * x[0]
	}
	if _, err := Regression(table); err == nil || err.Error() != "regression: factors vary together" {
		t.Error(err)
	}
}

// Intervals of coefficients and of swings hold the truth in about 95 of 100 experiments.
func TestIntervalsOfLines(t *testing.T) {
	luck := rand.New(rand.NewPCG(6, 6))
	const experiments = 300
	line, swing, paired := 0, 0, 0
	for range experiments {
		table := filled(random(40, 2), func(x []float64) float64 { return 3 * x[0] }, 1, 1, luck)
		got, err := Regression(table)
		if err != nil {
			t.Fatal(err)
		}
		if got.Factors[1].Beta.holds(0) {
			line++
		}
		for _, n := range []*int{&swing, &paired} {
			table := filled(star(2), bent2, 4, 1, luck)
			table.Common = n == &paired
			got, err := Tornado(table, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range got.Factors {
				if x.Factor == "x1" && x.High.holds(1.5) {
					*n++
				}
			}
		}
	}
	for name, n := range map[string]int{"coefficients": line, "swings": swing, "paired swings": paired} {
		if n < 275 || n > 296 {
			t.Errorf("%s: %d of %d", name, n, experiments)
		}
	}
}

func bent2(x []float64) float64 { return 3*x[0] - 2*x[1] }

// Scores come near the first indices, of failed runs too, and a factor without effect stays below chance.
func TestScores(t *testing.T) {
	_, first, _ := ofIshigami()
	luck := rand.New(rand.NewPCG(4, 4))
	table := filled(random(2000, 4), ishigami, 2, 0, luck)
	for _, share := range []float64{0, .02} {
		fail(table, share, true, luck)
		got, err := Scores(table)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range append(first, 0) {
			if x := got.Factors[i]; math.Abs(x.Share-want) > .03 || x.Clear != (want > 0) || x.Bins != 30 {
				t.Errorf("%+v, not %v", x, want)
			}
		}
		if (got.Lost.FailedPoints > 0) != (share > 0) || got.Points+got.Lost.FailedPoints != 2000 {
			t.Errorf("%+v", got.Lost)
		}
		mixed, _ := shuffled(table, luck)
		again, err := Scores(mixed)
		if a, b := numbers(t, got), numbers(t, again); err != nil || a != b {
			t.Errorf("rows in another order: %s, not %s", b, a)
		}
		again, err = Scores(times(table, 2))
		if a, b := numbers(t, got), numbers(t, again); err != nil || a != b {
			t.Errorf("another unit: %s, not %s", b, a)
		}
	}
}

// Where nothing does anything, one of six factors is called clear about once in twenty times.
func TestChance(t *testing.T) {
	luck := rand.New(rand.NewPCG(5, 5))
	clear := 0
	const experiments = 300
	for range experiments {
		table := filled(random(150, 6), func([]float64) float64 { return 0 }, 1, 1, luck)
		got, err := Scores(table)
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(got.Factors, func(x Score) bool { return x.Clear }) {
			clear++
		}
	}
	if share := float64(clear) / experiments; share < .02 || share > .09 {
		t.Errorf("%d of %d", clear, experiments)
	}
}

// Equal values share a class, kinds and few values have one each.
func TestClasses(t *testing.T) {
	if class, bins := classes([]float64{3, 1, 2, 1, 3, 3, 3, 3, 3}, false); bins != 3 || !slices.Equal(class, []int{2, 0, 1, 0, 2, 2, 2, 2, 2}) {
		t.Errorf("%v %d", class, bins)
	}
	if class, bins := classes([]float64{5, 1, 2, 6, 3, 8, 7, 4}, false); bins != 2 || !slices.Equal(class, []int{1, 0, 0, 1, 0, 1, 1, 0}) {
		t.Errorf("%v %d", class, bins)
	}
	if _, bins := classes([]float64{0, 1, 2, 3, 4}, true); bins != 5 {
		t.Errorf("%d", bins)
	}
}
