package stats

import "math"

// A Level says where the values of an outcome lie in one world, over its replications.
type Level struct {
	N                       int      // values there are
	Mean                    float64  // NaN if there are none
	T                       Interval // of the mean, by Student's t
	P05, P25, P50, P75, P95 float64  // quantiles of the values, type 7
}

// LevelOf describes values. Those that are not finite numbers are left out. The interval holds the mean with probability level (.95).
func LevelOf(values []float64, level float64) Level {
	checkLevel(level)
	sorted := finiteSorted(values)
	mean, variance := moments(sorted)
	l := Level{N: len(sorted), Mean: mean, T: student(mean, variance, len(sorted), level)}
	return l.over(sorted)
}

// Censored is LevelOf for n values of which these were seen, the others being larger than could be: quantiles count them as infinite, while mean and interval
// are of those that were seen.
func Censored(seen []float64, n int, level float64) Level {
	all := finiteSorted(seen)
	for len(all) < n {
		all = append(all, math.Inf(1))
	}
	return LevelOf(seen, level).over(all)
}

// over has the quantiles of sorted values.
func (l Level) over(sorted []float64) Level {
	l.P05, l.P25, l.P50, l.P75, l.P95 = Quantile(sorted, .05), Quantile(sorted, .25), Quantile(sorted, .5), Quantile(sorted, .75), Quantile(sorted, .95)
	return l
}
