package design

import (
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distmv"
	"gonum.org/v1/gonum/stat/samplemv"

	"pasar/scenarios/stats"
)

// A Halton design is the first N points of a Halton sequence, its digits permuted at random (Owen 2017, arXiv:1706.02808). It fills the
// cube evenly for any N; with many factors Sobol' points do so better.
type Halton struct {
	N    int `yaml:"points" doc:"number of points" required:"true" min:"1" max:"131072"`
	Seed int `yaml:"seed" doc:"luck of the design" default:"1" min:"0" max:"2147483647"`
}

// Check refuses sizes that are none.
func (d Halton) Check(int) error { return size("points", d.N) }

// Size is N.
func (d Halton) Size(int) int { return d.N }

// Points are drawn by gonum.
func (d Halton) Points(k int) [][]float64 {
	batch := mat.NewDense(d.N, k, nil)
	samplemv.Halton{Kind: samplemv.Owen, Q: distmv.NewUnitUniform(k, nil), Src: stats.Luck(label("halton", d.Seed, "points", 0))}.Sample(batch)
	return rows(batch)
}

// Group is the point's own.
func (d Halton) Group(_, point int) int { return point }

// Grows is true: it is a sequence.
func (d Halton) Grows() bool { return true }
