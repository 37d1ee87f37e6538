// Package design lays out experiments: it turns a number of factors and a few settings into points of the unit cube, always the same
// ones. It knows nothing of what the factors are; package study maps coordinates to values.
//
// A coordinate lies in [0, 1]: 0 and 1 are the ends of a factor's range where a design has levels, and designs that sample stay
// strictly within. Luck comes from the seed of the design and belongs to one column, point or trajectory, so that a design that grows
// keeps what it had.
package design

import (
	"fmt"
	"math"
	"strconv"
)

// A Design is a plan of points for k factors. Its settings are plain fields; tags say what files may hold.
type Design interface {
	// Check says why the design cannot be laid out for k factors, as a remark on one of its settings.
	Check(k int) error
	// Size is the number of points.
	Size(k int) int
	// Points has a row for each point and a column for each factor. Coordinates are in [0, 1], or NaN for the centre of a factor,
	// wherever that is. The design must pass Check.
	Points(k int) [][]float64
	// Group is the number, from 0, of the group that a point belongs to: points whose differences the design is about, such as those of
	// a trajectory.
	Group(k, point int) int
	// Grows tells whether a larger design with the same other settings begins with the points of this one.
	Grows() bool
}

// Limits of a design. There are direction numbers for twice as many factors.
const (
	MostPoints  = 1 << 17
	MostFactors = 64
)

// A SettingError is a remark on a setting.
type SettingError struct {
	Setting string // as in files: points
	What    string
	Allowed string // "": nothing to say
}

func (e *SettingError) Error() string {
	if e.Allowed == "" {
		return e.Setting + ": " + e.What
	}
	return e.Setting + ": " + e.What + "; allowed: " + e.Allowed
}

// size refuses designs that are empty or too large.
func size(setting string, points int) error {
	if points < 1 || points > MostPoints {
		return &SettingError{setting, fmt.Sprintf("these are %d points", points), fmt.Sprintf("1 to %d", MostPoints)}
	}
	return nil
}

// factors refuses more than there are direction numbers for.
func factors(k int) error {
	if k > MostFactors {
		return &SettingError{"kind", fmt.Sprintf("%d factors are too many", k), fmt.Sprintf("up to %d", MostFactors)}
	}
	return nil
}

// power refuses what is not a power of two: the balance of a Sobol' sequence holds for those alone.
func power(setting string, n int) error {
	if n > 0 && n&(n-1) == 0 {
		return nil
	}
	below := 1
	for below*2 < n {
		below *= 2
	}
	return &SettingError{setting, fmt.Sprintf("%d is not a power of two; Sobol' points are even only in such numbers", n), fmt.Sprintf("%d or %d", below, 2*below)}
}

// matrix is room for n rows of k.
func matrix(n, k int) [][]float64 {
	cells := make([]float64, n*k)
	rows := make([][]float64, n)
	for i := range rows {
		rows[i] = cells[i*k : (i+1)*k : (i+1)*k]
	}
	return rows
}

// level is the coordinate of level i of n, from 0: evenly spaced with both ends, or the middle if there is only one.
func level(i, n int) float64 {
	if n == 1 {
		return .5
	}
	return float64(i) / float64(n-1)
}

// label names the luck of a part of a design.
func label(kind string, seed int, part string, i int) string {
	return "design " + kind + " " + strconv.Itoa(seed) + " " + part + " " + strconv.Itoa(i)
}

// within keeps a coordinate that was sampled strictly inside, whatever rounding did.
func within(u float64) float64 { return min(max(u, 0x1p-53), 1-0x1p-53) }

// centre stands for the centre of a factor.
func centre() float64 { return math.NaN() }
