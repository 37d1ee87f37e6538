package sim

import (
	"math"
	"testing"
)

// The known answers published with Random123 (kat_vectors, philox4x32 10).
func TestPhilox(t *testing.T) {
	for _, c := range []struct {
		counter [4]uint32
		key     [2]uint32
		block   [4]uint32
	}{
		{block: [4]uint32{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
		{
			[4]uint32{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, [2]uint32{0xffffffff, 0xffffffff},
			[4]uint32{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
		},
		{
			[4]uint32{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, [2]uint32{0xa4093822, 0x299f31d0},
			[4]uint32{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
		},
	} {
		a, b := philox(c.counter[0], c.counter[1], c.counter[2], c.counter[3], c.key[0], c.key[1])
		if got := [4]uint32{uint32(a), uint32(a >> 32), uint32(b), uint32(b >> 32)}; got != c.block {
			t.Errorf("philox(%x, %x) = %x, want %x", c.counter, c.key, got, c.block)
		}
	}
	// The same by way of a Luck: block 0x03707344 holds the draws 0x06e0e688 and 0x06e0e689.
	l := NewLuck(0x299f31d0a4093822, 0x243f, 0x6a88, 0x85a308d3, 0x13198a2e)
	if a, b := l.Bits(0x06e0e688), l.Bits(0x06e0e689); a != 0x94fdccebd16cfe09 || b != 0x24126ea15001e420 {
		t.Errorf("a Luck gives %x, %x", a, b)
	}
}

// A draw does not depend on what was drawn before it, and each part of its name matters.
func TestLuckIsPure(t *testing.T) {
	alts := []uint32{0, 1, 2, 3, 2, 7, 0, math.MaxUint32, math.MaxUint32 - 1, 1, 0, 0}
	l := NewLuck(1, 2, 3, 4, 5)
	for _, alt := range alts {
		fresh := NewLuck(1, 2, 3, 4, 5)
		if a, b := l.Bits(alt), fresh.Bits(alt); a != b {
			t.Errorf("draw %d is %x after others, %x alone", alt, a, b)
		}
	}
	seen := map[uint64]bool{}
	for _, l := range []Luck{
		NewLuck(1, 2, 3, 4, 5), NewLuck(2, 2, 3, 4, 5), NewLuck(1<<32|1, 2, 3, 4, 5), NewLuck(1, 3, 3, 4, 5),
		NewLuck(1, 2, 2, 4, 5), NewLuck(1, 2, 3, 5, 5), NewLuck(1, 2, 3, 4, 4), NewLuck(1, 3, 2, 4, 5), {},
	} {
		for alt := range uint32(10) {
			if b := l.Bits(alt); seen[b] {
				t.Errorf("%x comes twice", b)
			} else {
				seen[b] = true
			}
		}
	}
}

func TestLuckIsFair(t *testing.T) {
	const draws = 200_000
	var u, u2, e, e2, z, z2, z4, pairs float64
	var dice [6]int
	for i := range uint32(draws / 2) {
		l := NewLuck(42, 1, 1, 7, i)
		pairs += (l.U(0) - 0.5) * (l.U(1) - 0.5)
		for alt := range uint32(2) {
			x := l.U(alt)
			if !(x > 0 && x < 1) {
				t.Fatalf("U is %v", x)
			}
			u, u2 = u+x, u2+x*x
			x = l.Exp(alt)
			e, e2 = e+x, e2+x*x
			x = l.Normal(alt)
			z, z2, z4 = z+x, z2+x*x, z4+x*x*x*x
			dice[l.Below(alt, 6)]++
		}
	}
	for _, c := range []struct {
		name              string
		sum, mean, spread float64 // the mean of the draws, and the deviation of one of them
	}{
		{"U", u, 1. / 2, 0.289}, {"U^2", u2, 1. / 3, 0.298}, {"Exp", e, 1, 1}, {"Exp^2", e2, 2, 4.47},
		{"Normal", z, 0, 1}, {"Normal^2", z2, 1, 1.41}, {"Normal^4", z4, 3, 9.8}, {"neighbours", 2 * pairs, 0, 0.118},
	} {
		if d := (c.sum/draws - c.mean) / c.spread * math.Sqrt(draws); math.Abs(d) > 4 {
			t.Errorf("the mean of %s is %v, %.1f deviations from %v", c.name, c.sum/draws, d, c.mean)
		}
	}
	for i, n := range dice {
		if math.Abs(float64(n)-draws/6.) > 4*math.Sqrt(draws*5./36) {
			t.Errorf("face %d came up %d times of %d", i, n, draws)
		}
	}
}

// The ends of the scale: no draw is 0 or 1, and none is infinite.
func TestLuckEnds(t *testing.T) {
	for _, b := range []uint64{0, math.MaxUint64} {
		l := Luck{held: 1, first: b}
		if u := l.U(0); !(u > 0 && u < 1) {
			t.Errorf("U is %v", u)
		}
		if e := l.Exp(0); !(e > 0 && e < 37) {
			t.Errorf("Exp is %v", e)
		}
		if z := l.Normal(0); !(math.Abs(z) > 8 && math.Abs(z) < 8.3) {
			t.Errorf("Normal is %v", z)
		}
		if n := l.Below(0, math.MaxUint32); n != 0 && n != math.MaxUint32-1 || l.Below(0, 1) != 0 {
			t.Errorf("Below is %v", n)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("Below(0, 0) does not panic")
		}
	}()
	var l Luck
	l.Below(0, 0)
}

var luckSink uint64

func BenchmarkLuckBits(b *testing.B) { // one draw of each Luck
	for i := range b.N {
		l := NewLuck(1, 2, 3, 4, uint32(i))
		luckSink += l.Bits(0)
	}
}

func BenchmarkLuckNext(b *testing.B) { // draw after draw of one Luck
	l := NewLuck(1, 2, 3, 4, 5)
	for i := range b.N {
		luckSink += l.Bits(uint32(i))
	}
}

func benchmarkLuck(b *testing.B, f func(*Luck, uint32) float64) {
	l, s := NewLuck(1, 2, 3, 4, 5), 0.0
	for i := range b.N {
		s += f(&l, uint32(i))
	}
	luckSink += math.Float64bits(s)
}

func BenchmarkLuckU(b *testing.B)      { benchmarkLuck(b, (*Luck).U) }
func BenchmarkLuckExp(b *testing.B)    { benchmarkLuck(b, (*Luck).Exp) }
func BenchmarkLuckNormal(b *testing.B) { benchmarkLuck(b, (*Luck).Normal) }
func BenchmarkLuckBelow(b *testing.B) {
	l := NewLuck(1, 2, 3, 4, 5)
	for i := range b.N {
		luckSink += uint64(l.Below(uint32(i), 100))
	}
}
