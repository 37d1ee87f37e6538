package sensitivity

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// Indices of two functions with closed forms lie near them, and within their intervals.
func TestSobolClosedForms(t *testing.T) {
	_, first, total := ofIshigami()
	a := []float64{0, 1, 4.5, 9, 99, 99}
	firstG, totalG := ofG(a...)
	for _, c := range []struct {
		name         string
		f            func([]float64) float64
		first, total []float64
	}{{"Ishigami", ishigami, first, total}, {"G", g(a...), firstG, totalG}} {
		luck := rand.New(rand.NewPCG(1, 1))
		points, samples := saltelli(2048, len(c.first))
		got, err := Sobol(filled(points, c.f, 1, 0, luck), samples, c.name)
		if err != nil {
			t.Fatal(err)
		}
		for i, x := range got.Factors {
			t.Logf("%s %s: first %.3f (%.3f to %.3f), exactly %.3f; total %.3f (%.3f to %.3f), exactly %.3f", c.name, x.Factor, x.First.Value, x.First.Low, x.First.High, c.first[i],
				x.Total.Value, x.Total.Low, x.Total.High, c.total[i])
			if !x.First.holds(c.first[i]) || !x.Total.holds(c.total[i]) || math.Abs(x.First.Value-c.first[i]) > .02 || math.Abs(x.Total.Value-c.total[i]) > .02 {
				t.Errorf("%s %s: %+v, not %v and %v", c.name, x.Factor, x, c.first[i], c.total[i])
			}
			if x.NetFirst.NoValue != OneRun || x.NetTotal.NoValue != OneRun || got.Noise.NoValue != OneRun {
				t.Errorf("%s: one replication tells noise: %+v", c.name, x)
			}
		}
		numbers(t, got)
	}
}

// With points of plain luck, intervals hold the indices in nearly all experiments, with noise in the outcome, too.
func TestIntervalsOfSobol(t *testing.T) {
	luck := rand.New(rand.NewPCG(6, 6))
	const experiments = 50
	first, total := ofG(0, 1)
	of := func(e Estimate, x float64, n *int) {
		if e.holds(x) {
			*n++
		}
	}
	var alone, all, net, share int
	for range experiments {
		points, samples := saltelli(128, 2)
		for i := range samples { // no sequence
			s := samples[i]
			for d := range 2 {
				points[s.A][d], points[s.B][d] = luck.Float64(), luck.Float64()
			}
			for j, ab := range s.AB {
				copy(points[ab], points[s.A])
				points[ab][j] = points[s.B][j]
			}
		}
		const sd = .5
		got, err := Sobol(filled(points, g(0, 1), 3, sd, luck), samples, "coverage")
		if err != nil {
			t.Fatal(err)
		}
		variance := (4./3)*(13./12) - 1
		noise := sd * sd / 3 / (variance + sd*sd/3)
		of(got.Factors[0].First, first[0]*(1-noise), &alone)
		of(got.Factors[0].Total, total[0]*(1-noise)+noise, &all)
		of(got.Factors[0].NetTotal, total[0], &net)
		of(got.Noise, noise, &share)
	}
	for name, n := range map[string]int{"first": alone, "total": all, "net total": net, "noise": share} {
		t.Logf("%s: %d of %d", name, n, experiments)
		if n < 44 {
			t.Errorf("%s: %d of %d", name, n, experiments)
		}
	}
}

// noisy is Ishigami's function in four replications with noise of a known variance: a seed has its own good or bad luck at all points where
// luck is common, which no difference shows.
func noisy(n int, common bool) (*Table, []Sample, float64) {
	luck := rand.New(rand.NewPCG(2, 2))
	points, samples := saltelli(n, 3)
	const sd = 4
	t := filled(points, ishigami, 4, sd, luck)
	if t.Common = common; common {
		for _, y := range t.Y {
			for r := range y {
				y[r] += 1000 * float64(r)
			}
		}
	}
	variance, _, _ := ofIshigami()
	own := sd * sd / 4.
	return t, samples, own / (variance + own)
}

// The share of noise is what was put in, and the net indices are those of the function without it, whichever way seeds are given.
func TestNoiseShare(t *testing.T) {
	_, first, total := ofIshigami()
	for _, common := range []bool{false, true} {
		table, samples, share := noisy(1024, common)
		got, err := Sobol(table, samples, "noise")
		if err != nil {
			t.Fatal(err)
		}
		if !got.Noise.holds(share) || math.Abs(got.Noise.Value-share) > .02 {
			t.Errorf("common %v: a share of noise of %+v, not %v", common, got.Noise, share)
		}
		for i, x := range got.Factors {
			if !x.NetFirst.holds(first[i]) || !x.NetTotal.holds(total[i]) || math.Abs(x.NetTotal.Value-total[i]) > .06 {
				t.Errorf("common %v: %+v, not %v and %v", common, x, first[i], total[i])
			}
			if inflated := total[i]*(1-share) + share; math.Abs(x.Total.Value-inflated) > .06 {
				t.Errorf("common %v: the total of %s is %v, not %v, as noise adds to it", common, x.Factor, x.Total.Value, inflated)
			}
		}
	}
}

// Nothing but noise is said to be that.
func TestNothingButNoise(t *testing.T) {
	luck := rand.New(rand.NewPCG(3, 3))
	points, samples := saltelli(128, 2)
	got, err := Sobol(filled(points, func([]float64) float64 { return 5 }, 3, 1, luck), samples, "flat")
	if err != nil {
		t.Fatal(err)
	}
	if got.Noise.Value < .8 || got.Factors[0].NetTotal.Sure() {
		t.Errorf("%+v", got)
	}
	numbers(t, got)
}

// Two of a hundred runs that fail cost little, and are told.
func TestSobolWithFailures(t *testing.T) {
	_, first, total := ofIshigami()
	for _, whole := range []bool{false, true} {
		table, samples, _ := noisy(1024, true)
		fail(table, .02, whole, rand.New(rand.NewPCG(4, 4)))
		got, err := Sobol(table, samples, "failed")
		if err != nil {
			t.Fatal(err)
		}
		l := got.Lost
		if l.Points != 5120 || l.Runs != 20480 || l.FailedRuns < 200 || l.FailedRuns > 700 || l.Parts != 3072 || whole != (l.LostParts > 100) || whole != (l.FailedPoints > 50) || whole != (l.ThinPoints == 0) {
			t.Errorf("whole points %v: %+v", whole, l)
		}
		for i, x := range got.Factors {
			if !x.NetFirst.holds(first[i]) || !x.NetTotal.holds(total[i]) {
				t.Errorf("whole points %v: %+v, not %v and %v", whole, x, first[i], total[i])
			}
		}
	}
}

// Neither the order of rows, of samples and of factors nor the unit of the outcome changes a bit.
func TestSobolOrder(t *testing.T) {
	luck := rand.New(rand.NewPCG(5, 5))
	table, samples, _ := noisy(64, true)
	want, err := Sobol(table, samples, "order")
	if err != nil {
		t.Fatal(err)
	}
	mixed, to := shuffled(table, luck)
	var moved, opposite []Sample
	for _, s := range samples {
		m := Sample{A: to[s.A], B: to[s.B]}
		o := Sample{A: s.A, B: s.B, AB: slices.Clone(s.AB)}
		slices.Reverse(o.AB)
		for _, ab := range s.AB {
			m.AB = append(m.AB, to[ab])
		}
		moved, opposite = append(moved, m), append(opposite, o)
	}
	luck.Shuffle(len(moved), func(i, j int) { moved[i], moved[j] = moved[j], moved[i] })
	got, err := Sobol(mixed, moved, "order")
	if a, b := numbers(t, want), numbers(t, got); err != nil || a != b {
		t.Errorf("rows in another order: %s, not %s", b, a)
	}
	got, err = Sobol(turned(table), opposite, "order")
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(got.Factors)
	if a, b := numbers(t, want.Factors), numbers(t, got.Factors); a != b {
		t.Errorf("factors in another order: %s, not %s", b, a)
	}
	got, err = Sobol(times(table, 8), samples, "order")
	if a, b := numbers(t, want.Factors), numbers(t, got.Factors); err != nil || a != b || got.Variance != 64*want.Variance {
		t.Errorf("another unit: %s, not %s", b, a)
	}
}
