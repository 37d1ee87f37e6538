package sensitivity

import (
	"math"
	"math/rand/v2"
	"testing"

	"pasar/scenarios/design"
)

// grouped is a function in n replications, in which a point has the luck of its group, a constant and a slope on the first factor.
func grouped(points [][]float64, group func(point int) int, f func([]float64) float64, n int, sd, slope float64, luck *rand.Rand) *Table {
	t := &Table{Factors: factors(len(points[0])), X: points, Nested: true}
	type draw struct{ level, slope float64 }
	drawn := map[int][]draw{}
	for p, x := range points {
		g := group(p)
		for len(drawn[g]) < n {
			drawn[g] = append(drawn[g], draw{sd * luck.NormFloat64(), slope * luck.NormFloat64()})
		}
		var y []float64
		for _, d := range drawn[g] {
			y = append(y, f(x)+d.level+d.slope*(x[0]-.5))
		}
		t.Y = append(t.Y, y)
	}
	return t
}

// Luck that all points of a trajectory share is in no effect, and so in no noise.
func TestMorrisNested(t *testing.T) {
	d := &design.Morris{Trajectories: 60, Levels: 4, Seed: 1}
	const slope, n = .6, 4
	table := grouped(d.Points(4), func(p int) int { return d.Group(4, p) }, bent, n, 100, slope, rand.New(rand.NewPCG(1, 2)))
	got, err := Morris(table, d.Steps(4), "nested")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{slope / math.Sqrt(n), 0, 0, 0} {
		if x := got.Factors[i].Noise; math.Abs(x.Value-want) > .2*want+1e-9 {
			t.Errorf("%s: a noise of %+v, not %v", got.Factors[i].Factor, x, want)
		}
	}
}

// Replications of a star share their luck, if seeds are nested too.
func TestTornadoNested(t *testing.T) {
	table := grouped(star(2), func(int) int { return 0 }, bent2, 6, 100, 0, rand.New(rand.NewPCG(2, 2)))
	got, err := Tornado(table, 0)
	if err != nil {
		t.Fatal(err)
	}
	if x := got.Factors[0]; math.Abs(x.High.Value-1.5) > 1e-9 || x.High.High-x.High.Low > 1e-9 {
		t.Errorf("%+v: not 1.5 without noise", x)
	}
}

// Where each sample has luck of its own, the share of noise is what was put in, and intervals of the net indices hold those of endless replications.
func TestSobolNested(t *testing.T) {
	luck := rand.New(rand.NewPCG(3, 3))
	first, total := ofG(0, 1)
	const experiments, n, base, sd, slope = 50, 3, 128, 1.5, .8
	variance := (4./3)*(13./12) - 1
	own := (sd*sd + slope*slope/12) / n
	var alone, all, share int
	for range experiments {
		points, samples := saltelli(base, 2)
		for _, s := range samples { // no sequence
			for d := range 2 {
				points[s.A][d], points[s.B][d] = luck.Float64(), luck.Float64()
			}
			for j, ab := range s.AB {
				copy(points[ab], points[s.A])
				points[ab][j] = points[s.B][j]
			}
		}
		table := grouped(points, func(p int) int { return (&design.Saltelli{Base: base}).Group(2, p) }, g(0, 1), n, sd, slope, luck)
		got, err := Sobol(table, samples, "nested")
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range []struct {
			e    Estimate
			want float64
			n    *int
		}{{got.Factors[0].NetFirst, first[0], &alone}, {got.Factors[0].NetTotal, total[0], &all}, {got.Noise, own / (variance + own), &share}} {
			if x.e.holds(x.want) {
				*x.n++
			}
		}
	}
	for name, n := range map[string]int{"net first": alone, "net total": all, "noise": share} {
		t.Logf("%s: %d of %d", name, n, experiments)
		if n < 43 {
			t.Errorf("%s: %d of %d", name, n, experiments)
		}
	}
}

// Intervals are as wide as the table asks.
func TestLevel(t *testing.T) {
	points, samples := saltelli(64, 2)
	paths, steps := trajectories(12, 2)
	width := func(e Estimate) float64 { return e.High - e.Low }
	for name, of := range map[string]func(level float64) float64{
		"Morris": func(level float64) float64 {
			table := filled(paths, g(0, 1), 3, .5, rand.New(rand.NewPCG(5, 5)))
			table.Level = level
			got, _ := Morris(table, steps, "level")
			return width(got.Factors[0].MuStar)
		},
		"Sobol": func(level float64) float64 {
			table := filled(points, g(0, 1), 3, .5, rand.New(rand.NewPCG(5, 5)))
			table.Level = level
			got, _ := Sobol(table, samples, "level")
			return width(got.Factors[0].Total)
		},
		"tornado": func(level float64) float64 {
			table := filled(star(2), bent2, 4, .5, rand.New(rand.NewPCG(5, 5)))
			table.Level = level
			got, _ := Tornado(table, 0)
			return width(got.Factors[0].High)
		},
		"regression": func(level float64) float64 {
			table := filled(points, bent2, 1, .5, rand.New(rand.NewPCG(5, 5)))
			table.Level = level
			got, _ := Regression(table.spread(samples))
			return width(got.Factors[0].Beta)
		},
	} {
		if usual, named, wide := of(0), of(.95), of(.99); usual != named || !(wide > 1.1*usual) {
			t.Errorf("%s: widths of %v, %v at .95, and %v at .99", name, usual, named, wide)
		}
	}
}
