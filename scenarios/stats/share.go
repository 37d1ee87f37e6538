package stats

import (
	"math"
	"slices"
)

// Share is which share of the mean of wholes the mean of parts is, pair by pair, and the interval that holds the true share with probability
// level, by Fieller (1954): all shares r for which part − r·whole could have the mean 0 by Student's t. It is an interval just where the
// mean of the wholes is clear by the same t; where it is not, nothing is known. Parts that are 0 have a share of exactly 0, parts that are the
// wholes one of exactly 1. Pairs without two finite numbers are left out.
func Share(part, whole []float64, level float64) (share float64, i Interval) {
	checkLevel(level)
	var both [][2]float64
	for k := range min(len(part), len(whole)) {
		if finite(part[k]) && finite(whole[k]) {
			both = append(both, [2]float64{part[k], whole[k]})
		}
	}
	if len(both) == 0 {
		return math.NaN(), anything
	}
	p, pp := coMoments(both, 0, 0)
	w, ww := coMoments(both, 1, 1)
	_, pw := coMoments(both, 0, 1)
	if len(both) < 2 {
		return p / w, anything
	}
	q := tQuantile(len(both)-1, level)
	t := float64(q*q) / float64(len(both))
	return p / w, fieller(p, w, pp, ww, pw, t)
}

// fieller is all r for which p − r·w could be 0, by the variances and the covariance of both and the square of Student's t over their number;
// all numbers where w itself could be 0.
func fieller(p, w, pp, ww, pw, t float64) Interval {
	a, b, c := float64(w*w)-float64(t*ww), float64(p*w)-float64(t*pw), float64(p*p)-float64(t*pp)
	if !(a > 0) {
		return anything
	}
	root := math.Sqrt(max(float64(b*b)-float64(a*c), 0))
	return Interval{(b - root) / a, (b + root) / a}
}

// coMoments are the mean of one side of pairs and the covariance (with n-1) of two, which may be the same.
func coMoments(both [][2]float64, one, other int) (mean, covariance float64) {
	side := func(k int) float64 {
		list := make([]float64, len(both))
		for i, x := range both {
			list[i] = x[k]
		}
		slices.Sort(list)
		m, _ := moments(list)
		return m
	}
	mean = side(one)
	second := side(other)
	products := make([]float64, len(both))
	for i, x := range both {
		products[i] = (x[one] - mean) * (x[other] - second)
	}
	slices.Sort(products)
	return mean, total(products) / float64(len(both)-1)
}
