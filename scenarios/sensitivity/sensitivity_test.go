package sensitivity

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"pasar/scenarios/design"
)

var nan = math.NaN()

// ishigami is the function of Ishigami and Homma (1990) with a = 7 and b = .1, of three numbers from 0 to 1 that are stretched to -π to π.
func ishigami(x []float64) float64 {
	a, b, c := math.Pi*(2*x[0]-1), math.Pi*(2*x[1]-1), math.Pi*(2*x[2]-1)
	return math.Sin(a) + 7*math.Sin(b)*math.Sin(b) + .1*math.Pow(c, 4)*math.Sin(a)
}

// ofIshigami are its indices in closed form.
func ofIshigami() (variance float64, first, total []float64) {
	const a, b = 7, .1
	p4, p8 := math.Pow(math.Pi, 4), math.Pow(math.Pi, 8)
	variance = a*a/8. + b*p4/5 + b*b*p8/18 + .5
	v1, v2, v13 := .5*(1+b*p4/5)*(1+b*p4/5), a*a/8., b*b*p8*8/225
	return variance, []float64{v1 / variance, v2 / variance, 0}, []float64{(v1 + v13) / variance, v2 / variance, v13 / variance}
}

// g is the function of Sobol' (Saltelli and Sobol' 1995).
func g(a ...float64) func([]float64) float64 {
	return func(x []float64) float64 {
		y := 1.
		for i := range a {
			y *= (math.Abs(4*x[i]-2) + a[i]) / (1 + a[i])
		}
		return y
	}
}

// ofG are its indices in closed form.
func ofG(a ...float64) (first, total []float64) {
	variance := 1.
	for _, a := range a {
		variance *= 1 + 1/(3*(1+a)*(1+a))
	}
	for _, a := range a {
		v := 1 / (3 * (1 + a) * (1 + a))
		first = append(first, v/(variance-1))
		total = append(total, v*variance/(1+v)/(variance-1))
	}
	return first, total
}

// factors are k numbers from 0 to 1.
func factors(k int) (f []Factor) {
	for i := range k {
		f = append(f, Factor{Name: "x" + strconv.Itoa(i+1)})
	}
	return f
}

// filled is a table of points at which a function is played in some replications with noise.
func filled(points [][]float64, f func([]float64) float64, replications int, noise float64, luck *rand.Rand) *Table {
	t := &Table{Factors: factors(len(points[0])), X: points}
	for _, x := range points {
		var y []float64
		for range replications {
			y = append(y, f(x)+noise*luck.NormFloat64())
		}
		t.Y = append(t.Y, y)
	}
	return t
}

// random are points of Halton's sequence.
func random(n, k int) [][]float64 { return design.Halton{N: n, Seed: 1}.Points(k) }

// saltelli is a design of n base samples, trajectories one of r trajectories.
func saltelli(n, k int) ([][]float64, []Sample) {
	d := &design.Saltelli{Base: n, Seed: 1}
	return d.Points(k), PlanOf(d, k).Samples
}

func trajectories(r, k int) ([][]float64, []design.Step) {
	d := design.Morris{Trajectories: r, Levels: 4, Seed: 1}
	return d.Points(k), d.Steps(k)
}

// fail takes away about a share of the runs; whole says that a point fails in all replications.
func fail(t *Table, share float64, whole bool, luck *rand.Rand) {
	for _, y := range t.Y {
		gone := luck.Float64() < share
		for r := range y {
			if whole && gone || !whole && luck.Float64() < share {
				y[r] = nan
			}
		}
	}
}

// numbers are what a result holds, as JSON, which refuses NaN and infinity.
func numbers(t *testing.T, result any) string {
	t.Helper()
	b, err := json.Marshal(result)
	if err != nil {
		t.Fatalf("%+v: %v", result, err)
	}
	return string(b)
}

// holds tells whether an interval holds a number.
func (e Estimate) holds(x float64) bool { return e.Sure() && e.Low <= x && x <= e.High }

// shuffled is a table with its rows in another order, and where each row went.
func shuffled(t *Table, luck *rand.Rand) (*Table, []int) {
	u := &Table{Factors: t.Factors, Common: t.Common, X: make([][]float64, len(t.X)), Y: make([][]float64, len(t.Y))}
	to := luck.Perm(len(t.X))
	for i, j := range to {
		u.X[j], u.Y[j] = t.X[i], t.Y[i]
	}
	return u, to
}

// turned is a table with its factors in the opposite order.
func turned(t *Table) *Table {
	u := &Table{Common: t.Common, Y: t.Y}
	back := func(n, i int) int { return n - 1 - i }
	for i := range t.Factors {
		u.Factors = append(u.Factors, t.Factors[back(len(t.Factors), i)])
	}
	for _, x := range t.X {
		var row []float64
		for i := range x {
			row = append(row, x[back(len(x), i)])
		}
		u.X = append(u.X, row)
	}
	return u
}

// times is a table with its outcome times a power of two, by which no bit is rounded.
func times(t *Table, by float64) *Table {
	u := &Table{Factors: t.Factors, X: t.X, Common: t.Common}
	for _, y := range t.Y {
		var row []float64
		for _, v := range y {
			row = append(row, v*by)
		}
		u.Y = append(u.Y, row)
	}
	return u
}
