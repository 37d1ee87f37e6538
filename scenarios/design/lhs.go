package design

import (
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distmv"
	"gonum.org/v1/gonum/stat/samplemv"

	"pasar/scenarios/stats"
)

// An LHS is a Latin hypercube sample (McKay, Beckman and Conover 1979): with N points, each N-th part of each factor's range holds
// exactly one of them.
type LHS struct {
	N    int `yaml:"points" doc:"number of points" required:"true" min:"1" max:"131072"`
	Seed int `yaml:"seed" doc:"luck of the design" default:"1" min:"0" max:"2147483647"`
}

// Check refuses sizes that are none.
func (d LHS) Check(int) error { return size("points", d.N) }

// Size is N.
func (d LHS) Size(int) int { return d.N }

// Points are drawn by gonum.
func (d LHS) Points(k int) [][]float64 {
	batch := mat.NewDense(d.N, k, nil)
	samplemv.LatinHypercube{Q: distmv.NewUnitUniform(k, nil), Src: stats.Luck(label("lhs", d.Seed, "points", d.N))}.Sample(batch)
	return rows(batch)
}

// Group is the point's own.
func (d LHS) Group(_, point int) int { return point }

// Grows is false: with more points the parts are others.
func (d LHS) Grows() bool { return false }

// rows reads what gonum drew.
func rows(m *mat.Dense) [][]float64 {
	n, k := m.Dims()
	out := matrix(n, k)
	for i := range out {
		for j := range out[i] {
			out[i][j] = within(m.At(i, j))
		}
	}
	return out
}
