package study

import (
	"fmt"
	"iter"
)

// Seeds say which luck the replications of points have.
type Seeds struct {
	Scheme string `yaml:"scheme" doc:"common: replication r has the same luck at all points, so that points can be held against each other pair by pair; independent: each point has luck of its own; nested: points of one group of the design (a trajectory, a block) share it" default:"common" enum:"common,independent,nested"`
	First  int    `yaml:"first" doc:"seed of the first replication" default:"1" min:"0" max:"2147483647"`
}

// The schemes.
const (
	Common      = "common"
	Independent = "independent"
	Nested      = "nested"
)

// stride is how far the seeds of two points lie apart where each has its own: more replications never run into the next point's.
const stride = 1000

// mostSeed is the largest seed: what R and other tools take for a whole number.
const mostSeed = 1<<31 - 1

// check wants all seeds to be distinct and small enough.
func (s *Study) checkSeeds() error {
	last := s.Seed(len(s.points)-1, s.Replications-1)
	switch {
	case s.Seeds.Scheme != Common && s.Replications > stride:
		return fmt.Errorf("with %s seeds a point has at most %d replications, not %d", s.Seeds.Scheme, stride, s.Replications)
	case last > mostSeed:
		return fmt.Errorf("the last seed would be %d, above %d", last, mostSeed)
	}
	return nil
}

// Seed is that of a replication of a point, both from 0: first + r, and with independent or nested seeds first + 1000 g + r, g being the
// number of the point or of its group. It does not depend on how many points or replications there are.
func (s *Study) Seed(point, replication int) uint64 {
	g := 0
	switch s.Seeds.Scheme {
	case Independent:
		g = point
	case Nested:
		g = s.points[point].Group
	}
	return uint64(s.Seeds.First) + uint64(g)*stride + uint64(replication)
}

// Size is the number of cells.
func (s *Study) Size() int { return len(s.points) * s.Replications }

// Cell is the i-th cell: the first replication of all points, then the second, and so on. So whatever part of a study is played, it is
// spread over the design, and more replications come at the end.
func (s *Study) Cell(i int) Cell {
	point, replication := i%len(s.points), i/len(s.points)
	return Cell{point, replication, s.Seed(point, replication)}
}

// Cells are all cells, in order.
func (s *Study) Cells() iter.Seq[Cell] {
	return func(yield func(Cell) bool) {
		for i := range s.Size() {
			if !yield(s.Cell(i)) {
				return
			}
		}
	}
}
