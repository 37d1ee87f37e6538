package design

import (
	"math/bits"

	"pasar/scenarios/stats"
)

// A Sobol design is the first N points of a Sobol' sequence, in the order of Antonov and Saleev (1979), scrambled at random by nested
// uniform scrambling (Owen 1995), which keeps how evenly they lie and makes each point uniform. N is a power of two.
type Sobol struct {
	N     int  `yaml:"points" doc:"number of points, a power of two" required:"true" min:"1" max:"131072"`
	Seed  int  `yaml:"seed" doc:"luck of the scrambling" default:"1" min:"0" max:"2147483647"`
	Plain bool `yaml:"plain" doc:"without scrambling; the first point is then the lower end of all ranges" default:"false"`
}

// Check wants a power of two, and factors that there are direction numbers for.
func (d Sobol) Check(k int) error {
	if err := factors(k); err != nil {
		return err
	}
	if err := size("points", d.N); err != nil {
		return err
	}
	return power("points", d.N)
}

// Size is N.
func (d Sobol) Size(int) int { return d.N }

// Points are the sequence's.
func (d Sobol) Points(k int) [][]float64 {
	rows := matrix(d.N, k)
	for j := range k {
		column(rows, j, j, d.Seed, d.Plain)
	}
	return rows
}

// Group is the point's own.
func (d Sobol) Group(_, point int) int { return point }

// Grows is true: it is a sequence.
func (d Sobol) Grows() bool { return true }

// column fills column c with dimension j of the sequence.
func column(rows [][]float64, c, j, seed int, plain bool) {
	v := directions(j)
	luck := stats.Luck(label("sobol", seed, "factor", j))
	key := luck.Uint64()
	x := uint32(0)
	for i, row := range rows {
		if i > 0 {
			x ^= v[bits.TrailingZeros(uint(i))]
		}
		if plain {
			row[c] = float64(x) / (1 << 32)
		} else {
			row[c] = (float64(scramble(x, key)) + .5) / (1 << 32)
		}
	}
}

// directions are the direction numbers of a dimension, from 0, as fractions of 2^32: v_i = m_i / 2^i, where the m_i follow from the first
// few by a recurrence over a primitive polynomial (Bratley and Fox 1988, algorithm 659).
func directions(j int) (v [32]uint32) {
	if j == 0 { // van der Corput's sequence
		for i := range v {
			v[i] = 1 << (31 - i)
		}
		return v
	}
	d := joeKuo[j-1]
	for i := range v {
		if i < d.degree {
			v[i] = d.m[i] << (31 - i)
			continue
		}
		v[i] = v[i-d.degree] ^ v[i-d.degree]>>d.degree
		for b := 1; b < d.degree; b++ {
			if d.poly>>(d.degree-1-b)&1 == 1 {
				v[i] ^= v[i-b]
			}
		}
	}
	return v
}

// scramble is Owen's nested uniform scrambling: whether a binary digit is flipped is luck that belongs to the digits before it, so points
// that share the first digits still share them, and those that differ still differ.
func scramble(x uint32, key uint64) uint32 {
	flips := uint32(0)
	for b := range 32 {
		before := uint64(x) >> (32 - b) // the first b digits
		if mix(key+uint64(b)<<32+before)>>63 == 1 {
			flips |= 1 << (31 - b)
		}
	}
	return x ^ flips
}

// mix spreads the bits of a number over all others (SplitMix64: Steele, Lea and Flood 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
