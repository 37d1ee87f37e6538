package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// What is nothing of an effect has a share of 0, what is all of it one of 1, and the sign of both sides does not matter.
func TestShareClosedForms(t *testing.T) {
	whole := []float64{3.1, 2.7, 3.3, 2.2, 2.9, 3.7}
	part, zero, half, minus := make([]float64, 6), make([]float64, 6), make([]float64, 6), make([]float64, 6)
	for i, w := range whole {
		part[i], half[i], minus[i] = w, w/2, -w
	}
	for _, x := range []struct {
		what  string
		part  []float64
		whole []float64
		want  float64
	}{{"nothing", zero, whole, 0}, {"all", part, whole, 1}, {"half", half, whole, .5}, {"against", minus, whole, -1}, {"both fall", minus, minus, 1}} {
		share, i := Share(x.part, x.whole, .95)
		if share != x.want || i.Lo != x.want || i.Hi != x.want {
			t.Errorf("%s: %v in %v, not %v", x.what, share, i, x.want)
		}
	}
	if _, i := Share(whole, []float64{1, -1, 2, -2, .5, -.5}, .95); i != anything {
		t.Errorf("of an effect that is not clear: %v", i)
	}
	if share, i := Share(nil, nil, .95); !math.IsNaN(share) || i != anything {
		t.Errorf("of nothing: %v %v", share, i)
	}
	if _, i := Share([]float64{1}, []float64{2}, .95); i != anything {
		t.Errorf("of one pair: %v", i)
	}
}

// The order of pairs changes no bit, and there is an interval just where the whole is clear.
func TestShareOrder(t *testing.T) {
	luck := rand.New(Luck("order of shares"))
	for range 200 {
		n := 2 + luck.IntN(8)
		part, whole := make([]float64, n), make([]float64, n)
		for i := range part {
			whole[i] = 1 + 1.5*luck.NormFloat64()
			part[i] = .4*whole[i] + .2*luck.NormFloat64()
		}
		share, i := Share(part, whole, .95)
		if clear := PairT(make([]float64, n), whole, .95).Clear(); clear != (i != anything) {
			t.Fatalf("clear %v, share in %v", clear, i)
		}
		luck.Shuffle(n, func(a, b int) { part[a], part[b], whole[a], whole[b] = part[b], part[a], whole[b], whole[a] })
		if again, j := Share(part, whole, .95); again != share || i != j {
			t.Fatalf("%v in %v, in another order %v in %v", share, i, again, j)
		}
	}
}

// The interval holds the true share as often as it says.
func TestCoverageOfShare(t *testing.T) {
	luck := rand.New(Luck("coverage of shares"))
	const trials, n, truth = 4000, 8, .4
	in := 0
	for range trials {
		part, whole := make([]float64, n), make([]float64, n)
		for i := range part {
			common := luck.NormFloat64()
			whole[i], part[i] = 3+common, 3*truth+truth*common+.5*luck.NormFloat64()
		}
		if _, i := Share(part, whole, .95); i.Has(truth) {
			in++
		}
	}
	if got := float64(in) / trials; math.Abs(got-.95) > .015 {
		t.Errorf("the interval held the share in %.1f%% of trials", 100*got)
	}
}
