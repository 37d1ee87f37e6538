package stats

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// resamples is how often the bootstrap draws anew; even, since it draws in twos.
const resamples = 2000

// bootstrap is the studentised bootstrap interval of a mean (Efron and Tibshirani 1993, chapter 12): each resample tells how far
// its mean lies from ours in its own standard errors, and the type-7 quantiles of these stand where Student's t would. With 8 to 20
// values it covers better than the percentile and the BCa bootstrap, which are too narrow (TestBootstraps), and where values are skewed
// better than t. An end is infinite where too many resamples have no spread, as when nearly all values are equal.
//
// Each draw of indices is used twice, from the bottom and from the top of the sorted values, so that values with the other sign
// have exactly the interval with the other sign.
func bootstrap(sorted []float64, mean, variance, level float64, label string) Interval {
	n := len(sorted)
	switch {
	case n < 2:
		return anything
	case variance == 0:
		return Interval{mean, mean}
	}
	centred, squares := make([]float64, n), make([]float64, n)
	for i, x := range sorted {
		centred[i] = x - mean
		squares[i] = centred[i] * centred[i]
	}
	luck := Luck(label)
	t := make([]float64, resamples)
	for k := 0; k < resamples; k += 2 {
		var sumUp, squaresUp, sumDown, squaresDown float64
		for range n {
			i, _ := bits.Mul64(luck.Uint64(), uint64(n))
			j := uint64(n-1) - i
			sumUp += centred[i]
			squaresUp += squares[i]
			sumDown += centred[j]
			squaresDown += squares[j]
		}
		t[k] = studentised(sumUp, squaresUp, float64(n))
		t[k+1] = studentised(sumDown, squaresDown, float64(n))
	}
	tail, err := (1+level)/2, math.Sqrt(variance/float64(n))
	slices.Sort(t)
	above := Quantile(t, tail)
	for i := range t {
		t[i] = -t[i]
	}
	slices.Reverse(t)
	below := Quantile(t, tail)
	return Interval{mean - float64(above*err), mean + float64(below*err)}
}

// studentised is the mean of n values in standard errors, from their sum and the sum of their squares: infinite if they are equal
// and not 0.
func studentised(sum, squares, n float64) float64 {
	spread := squares - float64(sum*sum)/n
	switch {
	case spread > 1e-12*squares: // else it is what rounding left over
	case sum == 0:
		return 0
	default:
		spread = 0
	}
	return sum / math.Sqrt(spread*n/(n-1))
}

// Luck is random numbers that hang on the label only.
func Luck(label string) *rand.PCG {
	h := sha256.Sum256([]byte(label))
	return rand.NewPCG(binary.BigEndian.Uint64(h[:]), binary.BigEndian.Uint64(h[8:]))
}
