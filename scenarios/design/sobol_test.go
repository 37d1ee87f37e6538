package design

import (
	"math"
	"testing"
)

// columns are the given coordinates of the first points.
func columns(n, seed int, plain bool, which ...int) [][]float64 {
	rows := matrix(n, len(which))
	for c, j := range which {
		column(rows, c, j, seed, plain)
	}
	return rows
}

// The unscrambled sequence is that of Joe and Kuo's numbers. Pinned are, as multiples of 1/16 and 1/1024, values of scipy 1.17.1:
// scipy.stats.qmc.Sobol(128, scramble=False, bits=32).random(1024).
func TestSobolValues(t *testing.T) {
	first := map[int][16]float64{
		0:   {0, 8, 12, 4, 6, 14, 10, 2, 3, 11, 15, 7, 5, 13, 9, 1},
		1:   {0, 8, 4, 12, 6, 14, 2, 10, 5, 13, 1, 9, 3, 11, 7, 15},
		2:   {0, 8, 4, 12, 10, 2, 14, 6, 15, 7, 11, 3, 5, 13, 1, 9},
		3:   {0, 8, 4, 12, 14, 6, 10, 2, 7, 15, 3, 11, 9, 1, 13, 5},
		4:   {0, 8, 12, 4, 6, 14, 10, 2, 9, 1, 5, 13, 15, 7, 3, 11},
		5:   {0, 8, 12, 4, 2, 10, 14, 6, 5, 13, 9, 1, 7, 15, 11, 3},
		20:  {0, 8, 4, 12, 2, 10, 6, 14, 3, 11, 7, 15, 1, 9, 5, 13},
		63:  {0, 8, 12, 4, 2, 10, 14, 6, 11, 3, 7, 15, 9, 1, 5, 13},
		127: {0, 8, 4, 12, 10, 2, 14, 6, 1, 9, 5, 13, 11, 3, 15, 7},
	}
	for j, want := range first {
		got := columns(16, 1, true, j)
		for i := range want {
			if got[i][0]*16 != want[i] {
				t.Errorf("dimension %d, point %d: %v/16, want %v/16", j, i, got[i][0]*16, want[i])
			}
		}
	}
	late := [128]float64{
		225, 99, 531, 693, 287, 929, 47, 921, 513, 71, 87, 261, 165, 393, 147, 379, 737, 353, 1015, 743, 535, 563, 973, 553, 597, 929, 41, 1003,
		61, 349, 151, 149, 303, 607, 821, 789, 869, 851, 315, 491, 935, 261, 983, 719, 861, 95, 893, 941, 1023, 491, 361, 529, 771, 449, 129, 913,
		465, 81, 905, 585, 457, 617, 265, 457, 133, 509, 573, 61, 197, 877, 157, 261, 933, 245, 189, 917, 543, 547, 867, 123, 111, 755, 951, 767,
		351, 1007, 963, 491, 599, 723, 787, 547, 7, 615, 375, 887, 247, 783, 835, 191, 787, 555, 903, 567, 791, 65, 773, 693, 201, 105, 991, 815,
		963, 629, 97, 885, 135, 163, 37, 621, 261, 795, 509, 563, 465, 691, 173, 557,
	}
	for j, want := range late {
		if got := columns(1001, 1, true, j)[1000][0] * 1024; got != want {
			t.Errorf("dimension %d, point 1000: %v/1024, want %v/1024", j, got, want)
		}
	}
}

// quality is t of the (t, m, s)-net that 2^m points are in base 2: all boxes of volume 2^(t-m) with sides of powers of 1/2 hold 2^t points.
func quality(points [][]float64, m int) int {
	s := len(points[0])
	for t := range m {
		if balanced(points, make([]int, s), 0, m-t, 1<<t) {
			return t
		}
	}
	return m
}

func balanced(points [][]float64, digits []int, j, left, want int) bool {
	if j == len(digits)-1 {
		digits[j] = left
		count := map[uint64]int{}
		for _, x := range points {
			box := uint64(0)
			for i, d := range digits {
				box = box<<d | uint64(math.Ldexp(x[i], d))
			}
			count[box]++
		}
		if len(count)*want != len(points) {
			return false
		}
		for _, n := range count {
			if n != want {
				return false
			}
		}
		return true
	}
	for d := range left + 1 {
		digits[j] = d
		if !balanced(points, digits, j+1, left-d, want) {
			return false
		}
	}
	return true
}

// Sobol' points are nets, and scrambling keeps them so; the first two dimensions are perfect, and so is each alone.
func TestNets(t *testing.T) {
	for _, c := range []struct {
		dims []int
		t    int
	}{
		{[]int{0, 1}, 0}, {[]int{0, 1, 2}, 1}, {[]int{1, 2}, 1}, {[]int{4, 5}, 3}, {[]int{20, 21}, 4}, {[]int{62, 63}, 6}, {[]int{30, 100}, 6}, {[]int{126, 127}, 6},
	} {
		const m = 10
		plain := quality(columns(1<<m, 1, true, c.dims...), m)
		if plain > c.t {
			t.Errorf("dimensions %v: t = %d, want at most %d", c.dims, plain, c.t)
		}
		for seed := range 4 {
			if got := quality(columns(1<<m, seed, false, c.dims...), m); got != plain {
				t.Errorf("dimensions %v, scrambled with seed %d: t = %d instead of %d", c.dims, seed, got, plain)
			}
		}
	}
	for j := range 128 {
		for _, plain := range []bool{true, false} {
			if q := quality(columns(256, 7, plain, j), 8); q != 0 {
				t.Errorf("dimension %d: t = %d", j, q)
			}
		}
	}
}

// Each scrambled point is uniform: over seeds, the mean and the shares of eighths are those of the uniform law, for the first point too.
func TestScrambledUniform(t *testing.T) {
	const seeds = 4000
	for _, i := range []int{0, 5} {
		var sum float64
		var eighths [8]int
		low := 0 // digits far behind
		for seed := range seeds {
			x := columns(8, seed, false, 3)[i][0]
			sum += x
			eighths[int(x*8)]++
			low += int(math.Ldexp(x, 20)) & 1
		}
		if mean := sum / seeds; math.Abs(mean-.5) > 4*.2887/math.Sqrt(seeds) {
			t.Errorf("point %d: mean %v", i, mean)
		}
		chi := 0.
		for _, n := range eighths {
			d := float64(n) - seeds/8
			chi += d * d / (seeds / 8)
		}
		if chi > 24.3 { // .999 quantile of chi-square with 7 degrees
			t.Errorf("point %d: chi-square of eighths %v", i, chi)
		}
		if math.Abs(float64(low)-seeds/2) > 4*math.Sqrt(seeds)/2 {
			t.Errorf("point %d: digit 20 is 1 in %d of %d", i, low, seeds)
		}
	}
}

// Scrambled points integrate a smooth function with a smaller error than as many random ones.
func TestSobolIntegrates(t *testing.T) {
	f := func(x []float64) float64 {
		y := 1.
		for i, u := range x {
			y *= 1 + (u-.5)/float64(i+1)
		}
		return y // its integral is 1
	}
	spread := func(lay func(seed int) Design) float64 {
		sum := 0.
		for seed := range 30 {
			mean := 0.
			for _, x := range lay(seed).Points(6) {
				mean += f(x) / 256
			}
			sum += (mean - 1) * (mean - 1)
		}
		return math.Sqrt(sum / 30)
	}
	sobol := spread(func(seed int) Design { return Sobol{N: 256, Seed: seed} })
	random := spread(func(seed int) Design { return Random{N: 256, Seed: seed} })
	if sobol > random/20 {
		t.Errorf("error %v with Sobol' points, %v with random ones", sobol, random)
	}
}
