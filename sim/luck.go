package sim

import (
	"fmt"
	"math/bits"

	"pasar/sim/num"
)

// Luck is the luck of one decision: a pure function of the seed, the lot and stream, the number of the agent within its
// kind, n (of the need or view that caused the draw) and the number of the alternative. Whatever else happens in a world,
// and in which order draws are asked for, cannot change it. A Luck only remembers its last block; it is a value, free to make.
//
// It is Philox4x32-10 of J. Salmon et al., Parallel random numbers: as easy as 1, 2, 3 (SC 2011). The key is the seed, the
// counter is (lot and stream, number, n, alternative/2), and the 128 bits of a block serve two alternatives.
type Luck struct {
	seed          uint64
	who           uint64 // lot, stream and number of the agent
	n             uint32
	held          uint32 // 1 + number of the block remembered; 0: none
	first, second uint64 // the block remembered
}

// NewLuck is the luck of need or view n of one agent. Number is the agent's within its kind.
func NewLuck(seed uint64, lot Lot, stream Stream, number, n uint32) Luck {
	return Luck{seed: seed, who: uint64(lot)<<48 | uint64(stream)<<32 | uint64(number), n: n}
}

// Bits are the 64 random bits of an alternative.
func (l *Luck) Bits(alt uint32) uint64 {
	if block := alt / 2; l.held != block+1 {
		l.first, l.second = philox(uint32(l.who>>32), uint32(l.who), l.n, block, uint32(l.seed), uint32(l.seed>>32))
		l.held = block + 1
	}
	if alt%2 == 0 {
		return l.first
	}
	return l.second
}

// U is uniform in the open interval (0, 1): an odd multiple of 2^-53.
func (l *Luck) U(alt uint32) float64 { return (float64(l.Bits(alt)>>12) + 0.5) * 0x1p-52 }

// Quarter is uniform in (0, 1) from 32 bits, four to a block: for noise that is drawn by the hundred million. Quarter and
// the other draws of a Luck share its blocks; a decision keeps their alternatives at least a block apart.
func (l *Luck) Quarter(alt uint32) float64 {
	b := l.Bits(alt >> 1)
	return (float64(uint32(b>>(alt&1*32))) + 0.5) * 0x1p-32
}

// Exp is exponential with mean 1.
func (l *Luck) Exp(alt uint32) float64 { return -num.Log(l.U(alt)) }

// Normal is normal with mean 0 and variance 1. It rises with U.
func (l *Luck) Normal(alt uint32) float64 { return num.Normal(l.U(alt)) }

// Below is uniform in 0 ... n-1, off by less than 2^-32 in proportion. It panics if n is 0.
func (l *Luck) Below(alt, n uint32) uint32 {
	if n == 0 {
		panic(fmt.Sprintf("sim: alternative %d of luck %d of agent %d draws below 0", alt, l.n, uint32(l.who)))
	}
	hi, _ := bits.Mul64(l.Bits(alt), uint64(n))
	return uint32(hi)
}

// philox is one block of Philox4x32-10: the words of the counter and of the key in, the words of the block out, two in each
// number, the first in the low half.
func philox(c0, c1, c2, c3, k0, k1 uint32) (first, second uint64) {
	const w0, w1 = 0x9e3779b9, 0xbb67ae85 // the key's steps from round to round
	c0, c1, c2, c3 = mix(c0, c1, c2, c3, k0, k1)
	k0, k1 = k0+w0, k1+w1
	c0, c1, c2, c3 = mix(c0, c1, c2, c3, k0, k1)
	k0, k1 = k0+w0, k1+w1
	c0, c1, c2, c3 = mix(c0, c1, c2, c3, k0, k1)
	k0, k1 = k0+w0, k1+w1
	c0, c1, c2, c3 = mix(c0, c1, c2, c3, k0, k1)
	k0, k1 = k0+w0, k1+w1
	c0, c1, c2, c3 = mix(c0, c1, c2, c3, k0, k1)
	k0, k1 = k0+w0, k1+w1
	c0, c1, c2, c3 = mix(c0, c1, c2, c3, k0, k1)
	k0, k1 = k0+w0, k1+w1
	c0, c1, c2, c3 = mix(c0, c1, c2, c3, k0, k1)
	k0, k1 = k0+w0, k1+w1
	c0, c1, c2, c3 = mix(c0, c1, c2, c3, k0, k1)
	k0, k1 = k0+w0, k1+w1
	c0, c1, c2, c3 = mix(c0, c1, c2, c3, k0, k1)
	k0, k1 = k0+w0, k1+w1
	c0, c1, c2, c3 = mix(c0, c1, c2, c3, k0, k1)
	return uint64(c1)<<32 | uint64(c0), uint64(c3)<<32 | uint64(c2)
}

// mix is one round of Philox4x32.
func mix(c0, c1, c2, c3, k0, k1 uint32) (uint32, uint32, uint32, uint32) {
	p, q := uint64(c0)*0xd2511f53, uint64(c2)*0xcd9e8d57
	return uint32(q>>32) ^ (c1 ^ k0), uint32(q), uint32(p>>32) ^ (c3 ^ k1), uint32(p)
}
