package design

import (
	"math"
	"reflect"
	"slices"
	"testing"
)

// all are designs of some size for k factors, and larger ones of the same kind.
func all(k int) (small, large []Design) {
	levels := slices.Repeat([]int{2}, k)
	levels[0] = 3
	return []Design{Grid{levels}, Random{50, 1}, LHS{50, 1}, Halton{50, 1}, Sobol{32, 1, false}, Sobol{32, 1, true}, OAT{3}, Morris{5, 4, 1}, Saltelli{16, 1}},
		[]Design{Grid{slices.Repeat([]int{4}, k)}, Random{80, 1}, LHS{80, 1}, Halton{80, 1}, Sobol{64, 1, false}, Sobol{64, 1, true}, OAT{4}, Morris{9, 4, 1}, Saltelli{64, 1}}
}

// What every design promises: as many points as it says, in the cube, the same each time, others for another seed, groups in order;
// and one that grows begins as it was.
func TestDesigns(t *testing.T) {
	for _, k := range []int{1, 3, 8} {
		small, large := all(k)
		for i, d := range small {
			if err := d.Check(k); err != nil {
				t.Errorf("%#v: %v", d, err)
			}
			points := d.Points(k)
			if len(points) != d.Size(k) {
				t.Errorf("%#v: %d points, not %d", d, len(points), d.Size(k))
			}
			group := 0
			for p, x := range points {
				if len(x) != k {
					t.Fatalf("%#v: a point of %d", d, len(x))
				}
				for _, u := range x {
					if _, oat := d.(OAT); (u < 0 || u > 1) || math.IsNaN(u) && !oat {
						t.Errorf("%#v: point %v", d, x)
					}
				}
				if g := d.Group(k, p); g < group || g > group+1 {
					t.Errorf("%#v: group %d follows on %d", d, g, group)
				} else {
					group = g
				}
			}
			if !same(points, d.Points(k)) {
				t.Errorf("%#v: other points the second time", d)
			}
			if more := large[i].Points(k); d.Grows() != same(points, more[:len(points)]) {
				t.Errorf("%#v: grows: %v, but not so", d, d.Grows())
			}
		}
	}
}

func same(a, b [][]float64) bool {
	return slices.EqualFunc(a, b, func(x, y []float64) bool {
		return slices.EqualFunc(x, y, func(u, v float64) bool { return u == v || math.IsNaN(u) && math.IsNaN(v) })
	})
}

// Another seed gives other points.
func TestSeeds(t *testing.T) {
	for _, pair := range [][2]Design{
		{Random{50, 1}, Random{50, 2}}, {LHS{50, 1}, LHS{50, 2}}, {Halton{50, 1}, Halton{50, 2}},
		{Sobol{32, 1, false}, Sobol{32, 2, false}}, {Morris{5, 4, 1}, Morris{5, 4, 2}}, {Saltelli{16, 1}, Saltelli{16, 2}},
	} {
		if same(pair[0].Points(3), pair[1].Points(3)) {
			t.Errorf("%#v: the same points with another seed", pair[0])
		}
	}
}

func TestGrid(t *testing.T) {
	got := Grid{[]int{2, 1, 3}}.Points(3)
	want := [][]float64{{0, .5, 0}, {0, .5, .5}, {0, .5, 1}, {1, .5, 0}, {1, .5, .5}, {1, .5, 1}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
}

// A Latin hypercube has one point in each part of each factor; Halton points have so in the base of the factor.
func TestStrata(t *testing.T) {
	strata := func(points [][]float64, j, parts int) bool {
		seen := make([]int, parts)
		for _, x := range points {
			seen[int(x[j]*float64(parts))]++
		}
		return slices.Min(seen) == slices.Max(seen)
	}
	lhs := LHS{97, 3}.Points(5)
	for j := range 5 {
		if !strata(lhs, j, 97) {
			t.Errorf("factor %d is not stratified", j)
		}
	}
	halton := Halton{27 * 8, 3}.Points(2)
	if !strata(halton, 0, 8) || !strata(halton, 1, 27) {
		t.Error("Halton points are not even")
	}
}

func TestOAT(t *testing.T) {
	d := OAT{3}
	points := d.Points(2)
	for i, x := range points {
		moved := -1
		for j, u := range x {
			if !math.IsNaN(u) {
				moved = j
			}
		}
		if f, l := d.At(i); f != moved || f >= 0 && x[f] != []float64{0, .5, 1}[l] {
			t.Errorf("point %d: %v, said to be factor %d, level %d", i, x, f, l)
		}
	}
	if len(points) != 7 {
		t.Errorf("%d points", len(points))
	}
}

// A trajectory changes each factor once, by half the grid; over many, each factor goes up as often as down, from each level.
func TestMorris(t *testing.T) {
	const k, p = 4, 6
	d := Morris{400, p, 9}
	points, steps := d.Points(k), d.Steps(k)
	if len(steps) != 400*k {
		t.Fatalf("%d steps", len(steps))
	}
	seen := map[int]map[int]bool{}
	up, firsts := 0, map[int]int{}
	for _, s := range steps {
		for j := range k {
			change := points[s.To][j] - points[s.From][j]
			if j == s.Factor && (change != s.Delta || math.Abs(math.Abs(change)-p/2./(p-1)) > 1e-15) || j != s.Factor && change != 0 {
				t.Errorf("%+v: factor %d changes by %v", s, j, change)
			}
		}
		if d.Group(k, s.From) != s.Trajectory || d.Group(k, s.To) != s.Trajectory {
			t.Errorf("%+v leaves its trajectory", s)
		}
		if seen[s.Trajectory] == nil {
			seen[s.Trajectory] = map[int]bool{}
			firsts[s.Factor]++
		}
		if seen[s.Trajectory][s.Factor] {
			t.Errorf("%+v: a second time", s)
		}
		seen[s.Trajectory][s.Factor] = true
		if s.Delta > 0 {
			up++
		}
	}
	if up < 700 || up > 900 {
		t.Errorf("%d of 1600 steps go up", up)
	}
	levels := map[float64]int{}
	for _, x := range points {
		levels[x[0]]++
	}
	if len(levels) != p {
		t.Errorf("levels %v", levels)
	}
	for j := range k {
		if firsts[j] < 60 {
			t.Errorf("factor %d is first in %d of 400", j, firsts[j])
		}
	}
}

// The points of a block are those of A and B with single factors exchanged, and A and B are even in all dimensions together.
func TestSaltelli(t *testing.T) {
	const k = 5
	d := Saltelli{64, 2}
	points := d.Points(k)
	both := matrix(64, 2*k)
	for j := range 64 {
		a, b := points[d.A(k, j)], points[d.B(k, j)]
		copy(both[j], a)
		copy(both[j][k:], b)
		for i := range k {
			want := slices.Clone(a)
			want[i] = b[i]
			if !slices.Equal(points[d.AB(k, j, i)], want) {
				t.Errorf("block %d, factor %d", j, i)
			}
			if a[i] == b[i] {
				t.Errorf("block %d: A and B share factor %d", j, i)
			}
		}
	}
	for i := range 2 * k {
		one := matrix(64, 1)
		for j := range both {
			one[j][0] = both[j][i]
		}
		if quality(one, 6) != 0 {
			t.Errorf("dimension %d is not even", i)
		}
	}
}

// Settings that make no design are remarked on.
func TestRefused(t *testing.T) {
	for _, c := range []struct {
		d    Design
		want string
	}{
		{Sobol{100, 1, false}, "points: 100 is not a power of two; Sobol' points are even only in such numbers; allowed: 64 or 128"},
		{Saltelli{3, 1}, "base: 3 is not a power of two; Sobol' points are even only in such numbers; allowed: 2 or 4"},
		{Saltelli{1 << 16, 1}, "base: these are 327680 points; allowed: 1 to 131072"},
		{Morris{10, 5, 1}, "levels: 5 is not an even number; allowed: 2, 4, 6, ..."},
		{Grid{[]int{1000, 1000, 1000}}, "levels: all combinations are too many points; allowed: up to 131072"},
		{Random{0, 1}, "points: these are 0 points; allowed: 1 to 131072"},
	} {
		if err := c.d.Check(3); err == nil || err.Error() != c.want {
			t.Errorf("%#v: %v", c.d, err)
		}
	}
	if (Sobol{64, 1, false}).Check(65) == nil || (Saltelli{64, 1}).Check(65) == nil {
		t.Error("65 factors are accepted")
	}
}
