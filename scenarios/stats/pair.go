package stats

import (
	"fmt"
	"math"
	"slices"
)

// Paired says by how much an outcome differs between two worlds, replication by replication (decisions E21). All but N, Sign, Gain and
// Zero are in the unit of the outcome.
type Paired struct {
	N           int      // pairs in which both sides are finite numbers; the others are left out
	Base, Other float64  // means of the two sides over these pairs
	Mean        float64  // of the differences, other - base; NaN without pairs
	SD          float64  // of the differences; NaN for fewer than two pairs
	T           Interval // of the mean difference, by Student's t; all numbers for fewer than two pairs
	Boot        Interval // the same by the bootstrap, see bootstrap
	Sign        float64  // share of pairs whose difference has the sign of the mean
	Gain        float64  // how many times fewer runs than unpaired worlds would need for the same interval, see gain
	Zero        bool     // there are pairs, and each difference is exactly 0
	Level       float64  // of T and Boot
	Spread      float64  // variance of the base, in its unit squared
	Joint       float64  // covariance of the base and the differences; NaN, as Spread is, for fewer than two pairs
}

// Pair compares two worlds of which replication i has the same seed and member of the ensemble. The intervals hold the true
// mean difference with probability level (.95). The label, say outcome and scenarios, seeds the luck of the bootstrap, which
// hangs on nothing else.
func Pair(base, other []float64, level float64, label string) Paired {
	p, differences, variance := pair(base, other, level)
	p.Boot = bootstrap(differences, p.Mean, variance, level, label)
	return p
}

// PairT is Pair without the bootstrap, whose interval then says nothing: for what is worked out by the thousand.
func PairT(base, other []float64, level float64) Paired {
	p, _, _ := pair(base, other, level)
	p.Boot = anything
	return p
}

// pair is Pair without the bootstrap; it returns the sorted differences and their variance too.
func pair(base, other []float64, level float64) (p Paired, differences []float64, variance float64) {
	checkLevel(level)
	if len(base) != len(other) {
		panic(fmt.Sprintf("stats: %d values of base and %d of other make no pairs", len(base), len(other)))
	}
	var b, o []float64
	for i := range base {
		if finite(base[i]) && finite(other[i]) {
			b, o, differences = append(b, base[i]), append(o, other[i]), append(differences, other[i]-base[i])
		}
	}
	slices.Sort(b)
	slices.Sort(o)
	slices.Sort(differences)
	p.N, p.Level = len(b), level
	var varBase, varOther float64
	p.Base, varBase = moments(b)
	p.Other, varOther = moments(o)
	p.Mean, variance = moments(differences)
	p.SD = math.Sqrt(variance)
	p.T = student(p.Mean, variance, p.N, level)
	p.Sign = sameSign(differences, p.Mean)
	p.Gain = gain(varBase+varOther, variance)
	p.Spread, p.Joint = varBase, (varOther-varBase-variance)/2
	p.Zero = p.N > 0 && differences[0] == 0 && differences[p.N-1] == 0
	return p, differences, variance
}

// Clear is the one rule of what is clear (decisions E21): the t interval leaves out 0. One pair alone makes nothing clear.
func (p Paired) Clear() bool { return p.N >= 2 && (p.T.Lo > 0 || p.T.Hi < 0) }

// Within is the t interval of the mean difference that holds it with another probability than T.
func (p Paired) Within(level float64) Interval {
	checkLevel(level)
	return student(p.Mean, p.SD*p.SD, p.N, level)
}

// Relative is the mean difference as a share of the size of the mean base, .1 being a tenth more, and the interval that holds the true share with
// probability Level, by Fieller (1954) as in Share: the base is a mean over the same pairs, and varies too. Where it
// is bounded it leaves out 0 just where T does; where the base cannot be told from 0 it is all numbers. All is NaN where the base is 0.
func (p Paired) Relative() (mean float64, t Interval) {
	size, joint := math.Abs(p.Base), math.Copysign(1, p.Base)*p.Joint
	if size == 0 || p.N == 0 {
		return math.NaN(), Interval{math.NaN(), math.NaN()}
	}
	if p.N < 2 {
		return p.Mean / size, anything
	}
	q := tQuantile(p.N-1, p.Level)
	return p.Mean / size, fieller(p.Mean, size, float64(p.SD*p.SD), p.Spread, joint, float64(q*q)/float64(p.N))
}

// sameSign is the share of differences with the sign of the mean, 0 being a sign of its own; NaN without differences.
func sameSign(differences []float64, mean float64) float64 {
	same := 0
	for _, d := range differences {
		if (d > 0) == (mean > 0) && (d < 0) == (mean < 0) {
			same++
		}
	}
	return float64(same) / float64(len(differences))
}

// gain is the variance of a difference of unpaired worlds over that of paired ones: 1 if nothing varies at all, infinite if only
// levels do, below 1 if pairing did harm, NaN for fewer than two pairs.
func gain(unpaired, paired float64) float64 {
	if unpaired == 0 && paired == 0 {
		return 1
	}
	return unpaired / paired
}
