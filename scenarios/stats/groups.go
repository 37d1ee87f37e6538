package stats

import (
	"math"
	"slices"
)

// MeanVariance are the mean and the variance (with n-1) of values, and how many there are. Those that are not finite numbers are left out;
// the mean of none and the variance of one are NaN. The order of values changes no bit.
func MeanVariance(values []float64) (mean, variance float64, n int) {
	sorted := finiteSorted(values)
	mean, variance = moments(sorted)
	return mean, variance, len(sorted)
}

// Bootstrap is the studentised bootstrap interval of the mean of values, those left out that are not finite numbers. It holds the true mean
// with probability level (.95). An end is infinite where the values do not tell it: fewer than two, or nearly all equal.
func Bootstrap(values []float64, level float64, label string) Interval {
	checkLevel(level)
	sorted := finiteSorted(values)
	mean, variance := moments(sorted)
	return bootstrap(sorted, mean, variance, level, label)
}

// Unpaired says by how much the means of two groups differ that share no luck, other - base, with the interval of Welch (1947); its degrees
// of freedom are rounded down. Two groups of two values are the least that tell anything.
func Unpaired(base, other []float64, level float64) (difference float64, t Interval) {
	checkLevel(level)
	m0, v0, n0 := MeanVariance(base)
	m1, v1, n1 := MeanVariance(other)
	if n0 < 2 || n1 < 2 {
		return m1 - m0, anything
	}
	s0, s1 := v0/float64(n0), v1/float64(n1)
	if s0+s1 == 0 {
		return m1 - m0, Interval{m1 - m0, m1 - m0}
	}
	degrees := (s0 + s1) * (s0 + s1) / (float64(s0*s0)/float64(n0-1) + float64(s1*s1)/float64(n1-1))
	half := tQuantile(int(degrees+1e-9), level) * math.Sqrt(s0+s1)
	return m1 - m0, Interval{m1 - m0 - half, m1 - m0 + half}
}

// Within is the interval around an estimate with a standard error, by Student's t with these degrees of freedom; all numbers for none.
func Within(estimate, err float64, degrees int, level float64) Interval {
	checkLevel(level)
	if degrees < 1 {
		return anything
	}
	half := tQuantile(degrees, level) * err
	return Interval{estimate - half, estimate + half}
}

func finiteSorted(values []float64) (sorted []float64) {
	for _, x := range values {
		if finite(x) {
			sorted = append(sorted, x)
		}
	}
	slices.Sort(sorted)
	return sorted
}
