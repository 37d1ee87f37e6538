package design

import (
	"fmt"
	"math/rand/v2"

	"pasar/scenarios/stats"
)

// A Morris design is a screening by elementary effects (Morris 1991, Technometrics 33, 161-174): trajectories from a random point of a
// grid of Levels, which change each factor once, in random order, by half the grid up or down.
type Morris struct {
	Trajectories int `yaml:"trajectories" doc:"number of trajectories, each of one point more than there are factors; 10 to 50 are usual" required:"true" min:"2" max:"10000"`
	Levels       int `yaml:"levels" doc:"levels of each factor, an even number" default:"4" min:"2" max:"100"`
	Seed         int `yaml:"seed" doc:"luck of the design" default:"1" min:"0" max:"2147483647"`
}

// A Step is the change of one factor between two points that are else equal: an elementary effect is the change of an outcome over Delta.
type Step struct {
	Trajectory, Factor int
	From, To           int     // points
	Delta              float64 // of the coordinate
}

// Check wants an even number of levels.
func (d Morris) Check(k int) error {
	if d.Levels < 2 || d.Levels%2 != 0 {
		return &SettingError{"levels", fmt.Sprintf("%d is not an even number", d.Levels), "2, 4, 6, ..."}
	}
	return size("trajectories", d.Size(k))
}

// Size is k + 1 points for each trajectory.
func (d Morris) Size(k int) int { return d.Trajectories * (k + 1) }

// Points has trajectory after trajectory.
func (d Morris) Points(k int) [][]float64 {
	rows := matrix(d.Size(k), k)
	for t := range d.Trajectories {
		now, order, to := d.trajectory(k, t)
		for s := range k + 1 {
			if s > 0 {
				now[order[s-1]] = to[order[s-1]]
			}
			for j, l := range now {
				rows[t*(k+1)+s][j] = level(l, d.Levels)
			}
		}
	}
	return rows
}

// trajectory draws the levels at which a trajectory begins, the order of its factors, and the levels they change to.
func (d Morris) trajectory(k, t int) (from, order, to []int) {
	luck := rand.New(stats.Luck(label("morris", d.Seed, "trajectory", t)))
	from, to = make([]int, k), make([]int, k)
	half := d.Levels / 2
	for j := range k {
		from[j] = luck.IntN(half)
		to[j] = from[j] + half
		if luck.IntN(2) == 1 {
			from[j], to[j] = to[j], from[j]
		}
	}
	return from, luck.Perm(k), to
}

// Steps lists all changes of a factor, trajectory after trajectory.
func (d Morris) Steps(k int) []Step {
	steps := make([]Step, 0, d.Trajectories*k)
	for t := range d.Trajectories {
		from, order, to := d.trajectory(k, t)
		for s, j := range order {
			first := t*(k+1) + s
			steps = append(steps, Step{t, j, first, first + 1, level(to[j], d.Levels) - level(from[j], d.Levels)})
		}
	}
	return steps
}

// Group is the trajectory.
func (d Morris) Group(k, point int) int { return point / (k + 1) }

// Grows is true: each trajectory has luck of its own.
func (d Morris) Grows() bool { return true }
