package stats

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
	return Level{
		N: len(sorted), Mean: mean, T: student(mean, variance, len(sorted), level),
		P05: Quantile(sorted, .05), P25: Quantile(sorted, .25), P50: Quantile(sorted, .5), P75: Quantile(sorted, .75), P95: Quantile(sorted, .95),
	}
}
