// Package stats says what pairs of worlds tell: by how much they differ on average, how sure one may be of it, and when there
// are enough of them. Its functions are pure and know no scenario; an outcome is one number a world.
//
// Sums run over sorted values, from both ends inwards. So the order in which worlds were played changes no bit of a result, and
// swapping the two sides changes nothing but the sign. Products are rounded before they are added, and quantiles of Student's t
// to nine decimals, so that processors agree too.
package stats

import (
	"fmt"
	"math"
	"sync"

	"gonum.org/v1/gonum/stat/distuv"
)

// An Interval is all numbers from Lo to Hi, both included. What nothing is known of lies between minus and plus infinity.
type Interval struct{ Lo, Hi float64 }

// Has tells whether x is in the interval.
func (i Interval) Has(x float64) bool { return i.Lo <= x && x <= i.Hi }

// half is half the width.
func (i Interval) half() float64 { return (i.Hi - i.Lo) / 2 }

// anything is the interval that says nothing.
var anything = Interval{math.Inf(-1), math.Inf(1)}

// total adds sorted values: first and last, second and last but one, and so on. The same values with the other sign, sorted
// again, have exactly the same total with the other sign.
func total(sorted []float64) float64 {
	sum := 0.
	i, j := 0, len(sorted)-1
	for ; i < j; i, j = i+1, j-1 {
		sum += sorted[i] + sorted[j]
	}
	if i == j {
		sum += sorted[i]
	}
	return sum
}

// moments are the mean and the variance (with n-1) of sorted values: NaN for the mean of none and the variance of one. Equal
// values have a variance of exactly 0.
func moments(sorted []float64) (mean, variance float64) {
	n := len(sorted)
	if n == 0 {
		return math.NaN(), math.NaN()
	}
	squares := make([]float64, n)
	if mean = total(sorted) / float64(n); sorted[0] == sorted[n-1] {
		mean = sorted[0]
	}
	for i, x := range sorted {
		squares[i] = (x - mean) * (x - mean)
	}
	return mean, total(squares) / float64(n-1)
}

// student is the interval of a mean by Student's t: exact for normal values, whatever their variance.
func student(mean, variance float64, n int, level float64) Interval {
	if n < 2 {
		return anything
	}
	half := tQuantile(n-1, level) * math.Sqrt(variance/float64(n))
	return Interval{mean - half, mean + half}
}

// tQuantile is how far from 0 the middle part of Student's t reaches that holds the share level, rounded to nine decimals: its
// last bits come from math.Exp and math.Log, which differ between processors.
func tQuantile(degrees int, level float64) float64 {
	of := spread{degrees, level}
	if q, known := quantiles.Load(of); known {
		return q.(float64)
	}
	q := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(degrees)}.Quantile((1 + level) / 2)
	q = math.Round(q*1e9) / 1e9
	quantiles.Store(of, q)
	return q
}

// A spread is what a quantile depends on.
type spread struct {
	degrees int
	level   float64
}

// quantiles are those that were worked out, which takes some microseconds: a page has hundreds of intervals of as many pairs.
var quantiles sync.Map

// checkLevel refuses levels that are none: the caller is wrong, not the world.
func checkLevel(level float64) {
	if !(level > 0 && level < 1) {
		panic(fmt.Sprintf("stats: a level of %v; it lies between 0 and 1, such as .95", level))
	}
}

// finite tells whether x is a number that one can compute with.
func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
