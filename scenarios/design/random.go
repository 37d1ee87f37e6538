package design

import (
	"math/rand/v2"

	"pasar/scenarios/stats"
)

// A Random design draws its points independently and evenly.
type Random struct {
	N    int `yaml:"points" doc:"number of points" required:"true" min:"1" max:"131072"`
	Seed int `yaml:"seed" doc:"luck of the design" default:"1" min:"0" max:"2147483647"`
}

// Check refuses sizes that are none.
func (d Random) Check(int) error { return size("points", d.N) }

// Size is N.
func (d Random) Size(int) int { return d.N }

// Points are drawn factor by factor, each from luck of its own.
func (d Random) Points(k int) [][]float64 {
	rows := matrix(d.N, k)
	for j := range k {
		luck := rand.New(stats.Luck(label("random", d.Seed, "factor", j)))
		for i := range rows {
			rows[i][j] = within(luck.Float64())
		}
	}
	return rows
}

// Group is the point's own.
func (d Random) Group(_, point int) int { return point }

// Grows is true: each factor's luck goes on.
func (d Random) Grows() bool { return true }
