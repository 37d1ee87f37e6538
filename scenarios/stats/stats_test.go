package stats

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

var nan, inf = math.NaN(), math.Inf(1)

// near tells whether two numbers agree to a relative 1e-12, or are the same NaN or infinity.
func near(a, b float64) bool {
	return a == b || math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-12*math.Max(math.Abs(a), math.Abs(b))
}

// Type 7 as NumPy and R give it: quantile(1:10, .9) is 9.1 (where types 1 and 4 have 9), np.quantile([10, 7, 4, 3, 2, 1], .5) is 3.5,
// quantile(1:4) is 1, 1.75, 2.5, 3.25, 4.
func TestQuantile(t *testing.T) {
	ten := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	four := ten[:4]
	for _, c := range []struct {
		sorted  []float64
		p, want float64
	}{
		{ten, .9, 9.1}, {[]float64{1, 2, 3, 4, 7, 10}, .5, 3.5},
		{four, 0, 1}, {four, .25, 1.75}, {four, .5, 2.5}, {four, .75, 3.25}, {four, 1, 4},
		{[]float64{7}, 0, 7}, {[]float64{7}, .3, 7}, {[]float64{7}, 1, 7},
		{nil, .5, nan}, {[]float64{nan}, .5, nan}, {[]float64{nan, 1, 2}, 1, nan},
		{four, -.1, nan}, {four, 1.1, nan}, {four, nan, nan},
		{[]float64{-inf, 1, 2, inf}, .5, 1.5}, {[]float64{-inf, 1, 2, inf}, .1, -inf}, {[]float64{-inf, 1, 2, inf}, .9, inf},
		{[]float64{inf, inf}, .5, inf}, {[]float64{-inf, inf}, .5, nan},
	} {
		if got := Quantile(c.sorted, c.p); !near(got, c.want) {
			t.Errorf("quantile %v of %v is %v, not %v", c.p, c.sorted, got, c.want)
		}
	}
	values := []float64{-8, -3, -2.5, 0, 1, 1, 70}
	for k, want := range values { // the definition: the k-th value of n is the quantile (k-1)/(n-1)
		if got := Quantile(values, float64(k)/6); !near(got, want) {
			t.Errorf("value %d is %v, not %v", k, got, want)
		}
	}
}

// Critical values of any table of Student's t, two-sided.
func TestStudent(t *testing.T) {
	for _, c := range []struct {
		degrees     int
		level, want float64
	}{
		{1, .95, 12.706}, {7, .95, 2.365}, {9, .95, 2.262}, {19, .95, 2.093}, {100, .95, 1.984}, {7, .99, 3.499}, {19, .9, 1.729}, {10, .999, 4.587},
	} {
		if got := tQuantile(c.degrees, c.level); math.Abs(got-c.want) > .0005 {
			t.Errorf("t of %d degrees at %v is %v, not %v", c.degrees, c.level, got, c.want)
		}
	}
}

// Hours of more sleep with two drugs, ten patients: the pairs of Student (1908). R's t.test(paired=TRUE) gives a mean difference of
// 1.58 from .7001142 to 2.4598858. Nine of ten slept longer with the second.
func TestSleep(t *testing.T) {
	first := []float64{.7, -1.6, -.2, -1.2, -.1, 3.4, 3.7, .8, 0, 2}
	second := []float64{1.9, .8, 1.1, .1, -.1, 4.4, 5.5, 1.6, 4.6, 3.4}
	p := Pair(first, second, .95, "sleep")
	if p.N != 10 || !near(p.Base, .75) || !near(p.Other, 2.33) || !near(p.Mean, 1.58) || math.Abs(p.SD-1.229995) > 1e-6 ||
		math.Abs(p.T.Lo-.7001142) > 1e-7 || math.Abs(p.T.Hi-2.4598858) > 1e-7 || p.Sign != .9 || !p.Clear() || p.Zero {
		t.Errorf("%+v", p)
	}
	if want := (1.78901*1.78901 + 2.002249*2.002249) / (1.229995 * 1.229995); math.Abs(p.Gain-want) > 1e-4 {
		t.Errorf("gain %v, not %v", p.Gain, want)
	}
	mean, relative := p.Relative()
	if !near(mean, 1.58/.75) || relative != anything { // nobody knows whether the first makes them sleep longer at all
		t.Errorf("relative %v %v", mean, relative)
	}
}

// Totals and quantiles have the other sign where all values have, to the last bit; equal values vary by exactly 0.
func TestMoments(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 0))
	for n := range 40 {
		up, down := make([]float64, n), make([]float64, n)
		plain := 0.
		for i := range up {
			up[i] = r.NormFloat64() / 3
			down[i] = -up[i]
			plain += up[i]
		}
		slices.Sort(up)
		slices.Sort(down)
		if sum := total(up); sum != -total(down) || math.Abs(sum-plain) > 1e-13 {
			t.Errorf("%d values: total %v, with the other sign %v, one by one %v", n, sum, total(down), plain)
		}
		for _, p := range []float64{.125, .25, .375} {
			if q := Quantile(up, p); n > 0 && q != -Quantile(down, 1-p) {
				t.Errorf("%d values: quantile %v is %v, with the other sign %v", n, p, q, Quantile(down, 1-p))
			}
		}
	}
	if mean, variance := moments([]float64{.1, .1, .1}); mean != .1 || variance != 0 {
		t.Errorf("equal values: %v %v", mean, variance)
	}
	if mean, variance := moments([]float64{1, 2, 3, 4}); mean != 2.5 || !near(variance, 5./3) {
		t.Errorf("one to four: %v %v", mean, variance)
	}
}

func TestLevel(t *testing.T) {
	l := LevelOf([]float64{5, nan, 1, 4, 2, inf, 3}, .95)
	half := 2.776445105 * math.Sqrt(.5)
	want := Level{N: 5, Mean: 3, T: Interval{3 - half, 3 + half}, P05: 1.2, P25: 2, P50: 3, P75: 4, P95: 4.8}
	for i, pair := range [][2]float64{{l.Mean, want.Mean}, {l.T.Lo, want.T.Lo}, {l.T.Hi, want.T.Hi}, {l.P05, want.P05}, {l.P25, want.P25},
		{l.P50, want.P50}, {l.P75, want.P75}, {l.P95, want.P95}} {
		if math.Abs(pair[0]-pair[1]) > 1e-8 || l.N != want.N {
			t.Errorf("number %d of %+v is not as in %+v", i, l, want)
		}
	}
	if l := LevelOf([]float64{7}, .95); l.N != 1 || l.Mean != 7 || l.T != anything || l.P05 != 7 || l.P95 != 7 {
		t.Errorf("one value: %+v", l)
	}
	if l := LevelOf(nil, .95); l.N != 0 || !math.IsNaN(l.Mean) || l.T != anything || !math.IsNaN(l.P50) {
		t.Errorf("no value: %+v", l)
	}
}

// What a caller gets wrong is said with the numbers.
func TestMisuse(t *testing.T) {
	for want, f := range map[string]func(){
		"stats: a level of 95; it lies between 0 and 1, such as .95":  func() { LevelOf(nil, 95) },
		"stats: a level of NaN; it lies between 0 and 1, such as .95": func() { Pair(nil, nil, nan, "") },
		"stats: 2 values of base and 1 of other make no pairs":        func() { Pair([]float64{1, 2}, []float64{1}, .95, "") },
	} {
		func() {
			defer func() {
				if got := recover(); got != want {
					t.Errorf("%v, not %v", got, want)
				}
			}()
			f()
		}()
	}
}

// The luck of the bootstrap is that of a label. If a new Go draws other numbers, intervals move, and this says why.
func TestLots(t *testing.T) {
	l := Luck("pasar")
	got := []uint64{l.Uint64(), l.Uint64(), l.Uint64()}
	if want := []uint64{15225743128749216755, 2069473989251102638, 13341549913816345545}; !slices.Equal(got, want) {
		t.Errorf("%d, not %d", got, want)
	}
}

// All 5^5 resamples of five values, computed as in the textbook, give nearly the interval that 2,000 drawn ones give.
func TestBootstrapOfAll(t *testing.T) {
	values := []float64{-2, 1, 3, 4, 11}
	mean, variance := moments(values)
	var all []float64
	for k := range 3125 {
		var drawn []float64
		for range 5 {
			drawn, k = append(drawn, values[k%5]), k/5
		}
		slices.Sort(drawn)
		m, v := moments(drawn)
		all = append(all, (m-mean)/math.Sqrt(v/5))
	}
	slices.Sort(all)
	err := math.Sqrt(variance / 5)
	want := Interval{mean - Quantile(all, .9)*err, mean - Quantile(all, .1)*err}
	got := bootstrap(values, mean, variance, .8, "all")
	if math.Abs(got.Lo-want.Lo) > .2*err || math.Abs(got.Hi-want.Hi) > .2*err {
		t.Errorf("%v, not %v", got, want)
	}
}

// A resample of one value has no spread, whatever rounding leaves of its sums; one of values close to each other has.
func TestStudentised(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 0))
	for range 1000 {
		x, sum, squares := r.NormFloat64(), 0., 0.
		n := 2 + r.IntN(30)
		for range n {
			sum, squares = sum+x, squares+float64(x*x)
		}
		if got := studentised(sum, squares, float64(n)); got != math.Copysign(inf, x) {
			t.Errorf("%d times %v: %v", n, x, got)
		}
	}
	for _, c := range []struct{ a, b, want float64 }{{999, 1001, 1000}, {-4, -2, -3}, {-1, 1, 0}, {0, 0, 0}} { // mean over half the distance
		if got := studentised(c.a+c.b, c.a*c.a+c.b*c.b, 2); math.Abs(got-c.want) > 1e-9*math.Abs(c.want) {
			t.Errorf("%v and %v: %v, not %v", c.a, c.b, got, c.want)
		}
	}
}
