package design

import "fmt"

// A Grid has all combinations of the levels of its factors; the last factor changes first.
type Grid struct {
	Levels []int // of each factor
}

// Check wants a number of levels for each factor.
func (g Grid) Check(k int) error {
	n := 1
	for i, l := range g.Levels {
		if l < 1 {
			return &SettingError{"levels", fmt.Sprintf("factor %d has %d levels", i+1, l), "1 or more"}
		}
		if n *= l; n > MostPoints {
			return &SettingError{"levels", "all combinations are too many points", fmt.Sprintf("up to %d", MostPoints)}
		}
	}
	if len(g.Levels) != k {
		return &SettingError{"levels", fmt.Sprintf("are given for %d factors of %d", len(g.Levels), k), ""}
	}
	return size("levels", n)
}

// Size is the product of the levels.
func (g Grid) Size(int) int {
	n := 1
	for _, l := range g.Levels {
		n *= l
	}
	return n
}

// Points are the combinations.
func (g Grid) Points(k int) [][]float64 {
	rows := matrix(g.Size(k), k)
	for i, row := range rows {
		for j := k - 1; j >= 0; j-- {
			row[j] = level(i%g.Levels[j], g.Levels[j])
			i /= g.Levels[j]
		}
	}
	return rows
}

// Group is the point's own.
func (g Grid) Group(_, point int) int { return point }

// Grows is false: more levels are other levels.
func (g Grid) Grows() bool { return false }
