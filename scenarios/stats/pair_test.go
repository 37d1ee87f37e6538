package stats

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
)

// orders are two worlds of whole rupiah, as most outcomes are: adding them up makes no error, so equal means equal.
func orders() (base, other []float64) {
	r := rand.New(rand.NewPCG(4, 0))
	for range 16 {
		common := 1e6 + float64(r.IntN(2e5))
		base = append(base, common+float64(r.IntN(3e4)))
		other = append(other, common-3e4+float64(r.IntN(5e4)))
	}
	return base, other
}

func each(x []float64, f func(float64) float64) (y []float64) {
	for _, v := range x {
		y = append(y, f(v))
	}
	return y
}

// Whichever world is called the base, the difference is the same but for its sign, to the last bit.
func TestSwap(t *testing.T) {
	base, other := orders()
	p, q := Pair(base, other, .95, "swap"), Pair(other, base, .95, "swap")
	minus := func(i Interval) Interval { return Interval{-i.Hi, -i.Lo} }
	want := q
	want.Base, want.Other, want.Mean, want.T, want.Boot = q.Other, q.Base, -q.Mean, minus(q.T), minus(q.Boot)
	want.Spread, want.Joint = p.Spread, p.Joint // of the base
	if p != want || p.Mean == 0 || p.Sign == 1 {
		t.Errorf("%+v, not %+v", p, want)
	}
}

// The order in which pairs come changes no bit.
func TestOrderOfPairs(t *testing.T) {
	base, other := orders()
	for i := range base { // and where sums round
		base[i], other[i] = base[i]/3, other[i]/7
	}
	want := Pair(base, other, .95, "order")
	r := rand.New(rand.NewPCG(5, 0))
	for range 20 {
		r.Shuffle(len(base), func(i, j int) {
			base[i], base[j] = base[j], base[i]
			other[i], other[j] = other[j], other[i]
		})
		if got := Pair(base, other, .95, "order"); got != want {
			t.Fatalf("%+v, not %+v", got, want)
		}
	}
	other[0], other[1] = other[1], other[0]
	if got := Pair(base, other, .95, "order"); got.SD == want.SD {
		t.Error("other pairs of the same values do not show")
	}
}

// What is added to both worlds changes their levels and nothing else; a unit 1,024 times smaller changes all amounts by that.
func TestShiftAndScale(t *testing.T) {
	base, other := orders()
	p := Pair(base, other, .95, "shift")
	more := func(x float64) float64 { return x + 1<<22 }
	want := p
	want.Base, want.Other = more(p.Base), more(p.Other)
	if got := Pair(each(base, more), each(other, more), .95, "shift"); got != want {
		t.Errorf("shifted: %+v, not %+v", got, want)
	}
	finer := func(x float64) float64 { return x * 1024 }
	of := func(i Interval) Interval { return Interval{finer(i.Lo), finer(i.Hi)} }
	want = Paired{p.N, finer(p.Base), finer(p.Other), finer(p.Mean), finer(p.SD), of(p.T), of(p.Boot), p.Sign, p.Gain, p.Zero, .95, finer(finer(p.Spread)), finer(finer(p.Joint))}
	if got := Pair(each(base, finer), each(other, finer), .95, "shift"); got != want {
		t.Errorf("scaled: %+v, not %+v", got, want)
	}
	was, wasT := p.Relative()
	is, isT := want.Relative()
	if was != is || wasT != isT {
		t.Errorf("scaled: relative %v %v, not %v %v", is, isT, was, wasT)
	}
}

// Counting each pair twice keeps what is the case and narrows the interval as if one knew more.
func TestTwice(t *testing.T) {
	base, other := orders()
	p := Pair(base, other, .95, "twice")
	q := Pair(append(base, base...), append(other, other...), .95, "twice")
	ratio := math.Sqrt(15./31) * tQuantile(31, .95) / tQuantile(15, .95)
	if q.N != 2*p.N || q.Mean != p.Mean || q.Base != p.Base || q.Sign != p.Sign || !near(q.Gain, p.Gain) ||
		math.Abs(q.T.half()/p.T.half()-ratio) > 1e-9 {
		t.Errorf("%+v, once %+v", q, p)
	}
}

// The bootstrap hangs on the label, and on nothing that was computed before.
func TestLabel(t *testing.T) {
	base, other := orders()
	p := Pair(base, other, .95, "gmv, pilot")
	if q := Pair(base, other, .95, "gmv, pilot"); q != p {
		t.Errorf("again: %+v, not %+v", q, p)
	}
	q := Pair(base, other, .95, "gmv, ban")
	if q.Boot == p.Boot {
		t.Error("another label has the same luck")
	}
	if q.Boot = p.Boot; q != p {
		t.Errorf("another label: %+v, not %+v", q, p)
	}
}

// What there is too little of says so, and stays a number that can be compared.
func TestFewPairs(t *testing.T) {
	for _, c := range []struct {
		name        string
		base, other []float64
		want        Paired
		clear       bool
	}{
		{"none", nil, nil, Paired{0, nan, nan, nan, nan, anything, anything, nan, nan, false, .95, nan, nan}, false},
		{"absent", []float64{nan, 1, inf}, []float64{2, nan, 3}, Paired{0, nan, nan, nan, nan, anything, anything, nan, nan, false, .95, nan, nan}, false},
		{"one", []float64{2, nan}, []float64{5, 1}, Paired{1, 2, 5, 3, nan, anything, anything, 1, nan, false, .95, nan, nan}, false},
		{"one of 0", []float64{2}, []float64{2}, Paired{1, 2, 2, 0, nan, anything, anything, 1, nan, true, .95, nan, nan}, false},
		{"same world", []float64{2, 4}, []float64{2, 4}, Paired{2, 3, 3, 0, 0, Interval{}, Interval{}, 1, inf, true, .95, 2, 0}, false},
		{"nothing varies", []float64{2, 2}, []float64{3, 3}, Paired{2, 2, 3, 1, 0, Interval{1, 1}, Interval{1, 1}, 1, 1, false, .95, 0, 0}, true},
		{"one more", []float64{.25, .5}, []float64{1.25, 1.5}, Paired{2, .375, 1.375, 1, 0, Interval{1, 1}, Interval{1, 1}, 1, inf, false, .95, .03125, 0}, true},
	} {
		got := Pair(c.base, c.other, .95, c.name)
		g, w := reflect.ValueOf(got), reflect.ValueOf(c.want)
		for i := range g.NumField() {
			if a, b := g.Field(i), w.Field(i); !(a.Equal(b) || a.CanFloat() && near(a.Float(), b.Float())) {
				t.Errorf("%s: %s is %v, not %v", c.name, g.Type().Field(i).Name, a, b)
			}
		}
		if got.Clear() != c.clear {
			t.Errorf("%s: clear %v", c.name, got.Clear())
		}
	}
	p := Pair([]float64{-1, 1}, []float64{3, 6}, .95, "base of 0")
	if mean, in := p.Relative(); !math.IsNaN(mean) || !math.IsNaN(in.Lo) || !math.IsNaN(in.Hi) || p.Boot != anything {
		t.Errorf("base of 0: %v %v, bootstrap %v", mean, in, p.Boot)
	}
	p = Pair([]float64{-8, -12}, []float64{-4, -7}, .95, "loss")
	if mean, in := p.Relative(); mean != .45 || in != anything { // of two pairs the base may be 0
		t.Errorf("a loss that shrinks by 4.5 of 10: %v", mean)
	}
}

// One pair of eight that differs: most resamples have little spread or none, and the bootstrap does not claim an upper end.
func TestRareDifference(t *testing.T) {
	p := Pair(make([]float64, 8), []float64{0, 0, 5, 0, 0, 0, 0, 0}, .95, "rare")
	if p.Clear() || p.Zero || p.Sign != 1./8 || p.Boot.Hi != inf || math.IsInf(p.Boot.Lo, 0) {
		t.Errorf("%+v", p)
	}
}

// Clear is where zero is outside, on either side.
func TestClear(t *testing.T) {
	for _, c := range []struct {
		t    Interval
		want bool
	}{{Interval{1, 2}, true}, {Interval{-2, -1}, true}, {Interval{-1, 2}, false}, {Interval{0, 1}, false}, {Interval{nan, nan}, false}} {
		if got := (Paired{N: 8, T: c.t}).Clear(); got != c.want {
			t.Errorf("%v: clear %v", c.t, got)
		}
	}
	if (Paired{N: 1, T: Interval{1, 2}}).Clear() {
		t.Error("one pair is clear")
	}
}

// With independent worlds pairing gains nothing; with a common part of 3/4 of the variance, 4 times; if they move against each
// other, it costs.
func TestGain(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 0))
	var common, a, b []float64
	for range 4000 {
		common, a, b = append(common, r.NormFloat64()), append(a, r.NormFloat64()), append(b, r.NormFloat64())
	}
	mix := func(share float64, own []float64) (x []float64) {
		for i := range own {
			x = append(x, math.Copysign(math.Sqrt(math.Abs(share)), share)*common[i]+math.Sqrt(1-math.Abs(share))*own[i])
		}
		return x
	}
	for _, c := range []struct{ one, two, want float64 }{{0, 0, 1}, {.75, .75, 4}, {.5, -.5, 1 / 1.5}} {
		if p, _, _ := pair(mix(c.one, a), mix(c.two, b), .95); math.Abs(p.Gain/c.want-1) > .05 {
			t.Errorf("common parts %v and %v: gain %v, not %v", c.one, c.two, p.Gain, c.want)
		}
	}
}

// What an interval costs: go test -bench Pair ./scenarios/stats
func BenchmarkPair(b *testing.B) {
	base, other := orders()
	for b.Loop() {
		Pair(base, other, .95, "cost")
	}
}

// A surer interval is wider, about the same mean; with the level of T it is T.
func TestWithin(t *testing.T) {
	base, other := orders()
	p := Pair(base, other, .95, "within")
	same, half := p.Within(.95), p.Within(.5)
	if math.Abs(same.Lo-p.T.Lo) > 1e-9*math.Abs(p.T.Lo) || math.Abs(same.Hi-p.T.Hi) > 1e-9*math.Abs(p.T.Hi) {
		t.Errorf("%v, not %v", same, p.T)
	}
	if !(same.Lo < half.Lo && half.Lo < p.Mean && p.Mean < half.Hi && half.Hi < same.Hi) {
		t.Errorf("%v does not lie within %v", half, same)
	}
	if one := Pair([]float64{1}, []float64{2}, .95, "one").Within(.5); one != anything {
		t.Errorf("one pair: %v", one)
	}
}
