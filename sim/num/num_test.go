package num

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// ulps is how many units in the last place of want lie between got and want.
func ulps(got, want float64) float64 {
	if got == want || got != got && want != want {
		return 0
	}
	return math.Abs(got-want) / (math.Nextafter(math.Abs(want), math.Inf(1)) - math.Abs(want))
}

func TestNearMath(t *testing.T) {
	g := rand.New(rand.NewPCG(1, 2))
	between := func(a, b float64) func() float64 { return func() float64 { return a + g.Float64()*(b-a) } }
	for _, c := range []struct {
		name       string
		mine, math func(float64) float64
		draw       func() float64
		bound      float64
	}{
		{"Exp", Exp, math.Exp, between(-700, 700), 2},
		{"Exp, small", Exp, math.Exp, between(-1, 1), 2},
		{"Exp, edges", Exp, math.Exp, between(700, 709.4), 2}, // on amd64 math.Exp is Inf from 709.44,
		{"Log", Log, math.Log, func() float64 { return math.Exp(between(-690, 690)()) }, 2},
		{"Log, near 1", Log, math.Log, between(0.9, 1.1), 2},
		{"Log, nearer 1", Log, math.Log, between(1-1e-9, 1+1e-9), 2},
		{ // on amd64 math.Log itself is wrong here
			"Log, subnormal", Log, func(x float64) float64 { return math.Log(x*0x1p52) - 52*math.Ln2 }, between(0, 0x1p-1022), 2,
		},
		{"Sin", Sin, math.Sin, between(-10, 10), 2},
		{"Sin, small", Sin, math.Sin, between(-1e-6, 1e-6), 2},
	} {
		worst, at := 0.0, 0.0
		for range 200_000 {
			x := c.draw()
			if u := ulps(c.mine(x), c.math(x)); u > worst || u != u {
				worst, at = u, x
			}
		}
		if worst != worst || worst > c.bound {
			t.Errorf("%s(%v) is %v ulp from math's", c.name, at, worst)
		}
	}
	for range 100_000 { // in absolute terms where the result is subnormal, or math's own reduction is rough
		if x := between(-745, -708)(); math.Abs(Exp(x)-math.Exp(x)) > 2*max(0x1p-1074, math.Exp(x)*0x1p-52) {
			t.Errorf("Exp(%v) = %v, want %v", x, Exp(x), math.Exp(x))
		}
		if x := between(-1e6, 1e6)(); math.Abs(Sin(x)-math.Sin(x)) > 0x1p-52 {
			t.Errorf("Sin(%v) = %v, want %v", x, Sin(x), math.Sin(x))
		}
		if x := between(-1e15, 1e15)(); math.Abs(Sin(x)-math.Sin(x)) > math.Abs(x)*0x1p-52 {
			t.Errorf("Sin(%v) = %v, want about %v", x, Sin(x), math.Sin(x))
		}
	}
}

// The powers x^(n/4) are computed exactly enough with math/big.
func TestPow(t *testing.T) {
	g := rand.New(rand.NewPCG(3, 4))
	worst := 0.0
	for range 20_000 {
		x := math.Exp(g.NormFloat64() * 2)
		if g.IntN(4) == 0 {
			x = 1 + (g.Float64()-0.5)/64
		}
		n := g.IntN(800)
		root := new(big.Float).SetPrec(300).SetFloat64(x)
		root.Sqrt(root.Sqrt(root))
		want := new(big.Float).SetPrec(300).SetInt64(1)
		for m := n; m > 0; m >>= 1 {
			if m&1 == 1 {
				want.Mul(want, root)
			}
			root.Mul(root, root)
		}
		up, _ := want.Float64()
		down, _ := want.Quo(big.NewFloat(1), want).Float64()
		if up < 1e300 && up > 1e-300 {
			worst = max(worst, ulps(Pow(x, float64(n)/4), up), ulps(Pow(x, -float64(n)/4), down))
		}
		if y := g.NormFloat64() * 5; math.Abs(Pow(x, y)/math.Pow(x, y)-1) > 1e-14 {
			t.Errorf("Pow(%v, %v) = %v, math's is %v", x, y, Pow(x, y), math.Pow(x, y))
		}
	}
	if worst > 1 {
		t.Errorf("Pow is %v ulp off", worst)
	}
}

func TestEdges(t *testing.T) {
	inf, nan, zero := math.Inf(1), math.NaN(), math.Copysign(0, -1)
	for i, c := range [][2]float64{
		{Exp(0), 1}, {Exp(zero), 1}, {Exp(1), math.E}, {Exp(inf), inf}, {Exp(-inf), 0}, {Exp(nan), nan}, {Exp(1e-300), 1},
		{Exp(709.782712893384), 0x1.fffffffffff2ap1023}, {Exp(709.7827128933841), inf}, {Exp(1e300), inf},
		{Exp(-745.1332191019411), 0x1p-1074}, {Exp(-745.2), 0}, {Exp(-1e300), 0},
		{Log(1), 0}, {Log(0), -inf}, {Log(zero), -inf}, {Log(-1), nan}, {Log(-inf), nan}, {Log(inf), inf}, {Log(nan), nan},
		{Log(2), math.Ln2}, {Log(0x1p-1074), -744.4400719213812}, {Log(math.MaxFloat64), 709.782712893384},
		{1 / Log(1), inf},
		{Sin(0), 0}, {1 / Sin(zero), -inf}, {Sin(inf), nan}, {Sin(-inf), nan}, {Sin(nan), nan}, {Sin(1e-300), 1e-300},
		{Sin(math.Pi / 2), 1}, {Sin(-math.Pi / 2), -1}, {Sin(math.Pi), 1.2246467991473532e-16},
		{Pow(2, 10), 1024}, {Pow(10, 22), 1e22}, {Pow(4, 0.5), 2}, {Pow(2, -1074), 0x1p-1074}, {Pow(2, 1024), inf},
		{Pow(2, -1080), 0}, {Pow(0x1p-1074, 0.5), 0x1p-537}, {Pow(3, 1), 3}, {Pow(0.1, 1), 0.1},
		{Pow(0, 2), 0}, {Pow(0, -2), inf}, {Pow(inf, 2), inf}, {Pow(inf, -2), 0}, {Pow(2, inf), inf}, {Pow(2, -inf), 0},
		{Pow(0.5, inf), 0}, {Pow(0.5, -inf), inf}, {Pow(0.5, 1e300), 0}, {Pow(1, nan), 1}, {Pow(nan, 0), 1}, {Pow(0, 0), 1},
		{Pow(nan, 1), nan}, {Pow(1, inf), 1}, {Pow(2, nan), nan}, {Pow(0, nan), nan}, {Pow(-1, 2), nan}, {Pow(-inf, 2), nan},
		{Normal(0.5), 0}, {Normal(0), -inf}, {Normal(1), inf}, {Normal(-0.1), nan}, {Normal(1.1), nan}, {Normal(nan), nan},
	} {
		if got, want := c[0], c[1]; got != want && (got == got || want == want) {
			t.Errorf("edge %d is %v, want %v", i, got, want)
		}
	}
}

func TestMonotonic(t *testing.T) {
	g := rand.New(rand.NewPCG(5, 6))
	for range 2_000 {
		x, y := g.Float64()*40-20, math.Exp(g.NormFloat64())
		u := g.Float64()
		for range 100 { // neighbours
			x2, y2, u2 := math.Nextafter(x, 1e9), math.Nextafter(y, 1e9), u+1e-13
			if Exp(x2) < Exp(x) {
				t.Fatalf("Exp falls at %v", x)
			}
			if Log(y2) < Log(y) {
				t.Fatalf("Log falls at %v", y)
			}
			if u2 < 1 && Normal(u2) < Normal(u) {
				t.Fatalf("Normal falls at %v", u)
			}
			x, y, u = x2, y2, u2
		}
	}
}

func TestNormal(t *testing.T) {
	for _, c := range [][2]float64{
		{0.975, 1.959963984540054}, {0.95, 1.6448536269514722}, {0.995, 2.575829303548901}, {0.9, 1.2815515655446004},
		{0.75, 0.6744897501960817}, {0.25, -0.6744897501960817}, {0.025, -1.959963984540054}, {0.001, -3.090232306167813},
		{1e-9, -5.997807015007686}, {1e-20, -9.262340089798408}, {1e-100, -21.273453560965322}, {0x1p-53, -8.209536151601386},
	} {
		if got := Normal(c[0]); math.Abs(got/c[1]-1) > 1e-15 {
			t.Errorf("Normal(%v) = %v, want %v", c[0], got, c[1])
		}
	}
	for u := 0.5; u < 1; u += 0x1p-10 {
		if Normal(u) != -Normal(1-u) {
			t.Errorf("Normal(%v) = %v, but Normal(%v) = %v", u, Normal(u), 1-u, Normal(1-u))
		}
	}
}

// These bits must be the same on every machine: also run with GODEBUG=cpu.fma=off, with GOAMD64=v3 and on arm64.
func TestBits(t *testing.T) {
	for i, c := range []struct {
		got  float64
		bits uint64
	}{
		{Exp(1), 0x4005bf0a8b145769},
		{Exp(-0.3), 0x3fe7b4c869c37c05},
		{Exp(-700.1), 0xcf52f93df4dfcf},
		{Exp(-744), 0x2},
		{Log(3), 0x3ff193ea7aad030b},
		{Log(1.004), 0x3f7059f00cc2f7fc},
		{Log(1e-9), 0xc034b927f32bffb8},
		{Sin(1), 0x3feaed548f090cee},
		{Sin(3), 0x3fc210386db6d55b},
		{Sin(-9.5), 0x3fb33d1a94a4277a},
		{Sin(1e5), 0x3fa24daa9c527e96},
		{Pow(1.5, 2.5), 0x40060b9fd68a4554},
		{Pow(1.01, -3000.7), 0x3d3e5c0300fd516d},
		{Normal(0.3), 0xbfe0c7e39582c5fb},
		{Normal(0.001), 0xc008b8cbb7204471},
		{Normal(1e-15), 0xc01fc3f007789668},
	} {
		if b := math.Float64bits(c.got); b != c.bits {
			t.Errorf("golden %d is %#x (%v), want %#x", i, b, c.got, c.bits)
		}
	}
	// And a sum over many more.
	g := rand.New(rand.NewPCG(9, 10))
	var sum uint64
	for range 100_000 {
		u, x := g.Float64(), g.Float64()*40-20
		for _, y := range [...]float64{Exp(x), Log(u), Sin(x), Pow(u, x), Normal(u)} {
			sum = sum*0x9e3779b97f4a7c15 + math.Float64bits(y)
		}
	}
	if want := uint64(0x2a6745502cb4606a); sum != want {
		t.Errorf("the sum of bits is %#x, want %#x", sum, want)
	}
}

// The tables, computed again.
func TestTables(t *testing.T) {
	float := func(x float64) *big.Float { return new(big.Float).SetPrec(300).SetFloat64(x) }
	near := func(x *big.Float, y, rel float64) bool {
		f, _ := new(big.Float).Sub(x, float(y)).Float64()
		return math.Abs(f) <= math.Abs(rel*y)
	}
	step := float(2)
	for range 7 {
		step.Sqrt(step)
	}
	power := float(1)
	for j, e := range exps {
		if f, _ := power.Float64(); math.Float64bits(f) != e.bits {
			t.Errorf("exps[%d].bits = %#x, want %#x", j, e.bits, math.Float64bits(f))
		}
		first := float(math.Float64frombits(e.bits))
		rest := float(0).Sub(power, first)
		if rest.Quo(rest, first); !near(rest, e.rest, 0x1p-12) {
			t.Errorf("exps[%d].rest = %x, want %x", j, e.rest, rest)
		}
		power.Mul(power, step)
	}
	for j, l := range logs {
		// ln x = 2 (a + a^3/3 + a^5/5 + ...), a = (x-1) / (x+1)
		a := float(0).Quo(float(l.inv-1), float(l.inv+1))
		sum, p := float(0), float(0).Set(a)
		for n := 1.0; n < 101; n += 2 {
			sum.Add(sum, float(0).Quo(p, float(n)))
			p.Mul(p, a).Mul(p, a)
		}
		rest := sum.Mul(sum, float(-2)).Sub(sum, float(l.hi))
		if !near(rest, l.lo, 0x1p-28) || math.Trunc(l.hi*0x1p42) != l.hi*0x1p42 || math.Trunc(l.inv*4096) != l.inv*4096 {
			t.Errorf("logs[%d] = %x, want rest %x", j, l, rest)
		}
	}
}

var sink float64

func benchmark(b *testing.B, f func(float64) float64, from, to float64) {
	g := rand.New(rand.NewPCG(1, 1))
	var xs [1024]float64
	for i := range xs {
		xs[i] = from + g.Float64()*(to-from)
	}
	b.ResetTimer()
	s := 0.0
	for i := range b.N {
		s += f(xs[i%1024])
	}
	sink = s
}

func BenchmarkExp(b *testing.B)     { benchmark(b, Exp, -20, 20) }
func BenchmarkMathExp(b *testing.B) { benchmark(b, math.Exp, -20, 20) }
func BenchmarkLog(b *testing.B)     { benchmark(b, Log, 0, 1) }
func BenchmarkMathLog(b *testing.B) { benchmark(b, math.Log, 0, 1) }
func BenchmarkSin(b *testing.B)     { benchmark(b, Sin, -10, 10) }
func BenchmarkMathSin(b *testing.B) { benchmark(b, math.Sin, -10, 10) }
func BenchmarkPow(b *testing.B) {
	benchmark(b, func(x float64) float64 { return Pow(x, 1.7) }, 0, 4)
}
func BenchmarkMathPow(b *testing.B) {
	benchmark(b, func(x float64) float64 { return math.Pow(x, 1.7) }, 0, 4)
}
func BenchmarkNormal(b *testing.B) { benchmark(b, Normal, 0, 1) }
