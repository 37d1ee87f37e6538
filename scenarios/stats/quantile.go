package stats

import "math"

// Quantile is the value below which the share p of sorted values lies, by straight lines between them: type 7 of Hyndman and Fan
// (1996), which is what NumPy and R do unless told otherwise. It is NaN for no values, where one of them is NaN (slices.Sort puts these
// first) and for a p outside 0 to 1.
func Quantile(sorted []float64, p float64) float64 {
	n := len(sorted)
	if n == 0 || math.IsNaN(sorted[0]) || !(p >= 0 && p <= 1) {
		return math.NaN()
	}
	at := float64(n-1) * p
	i := int(at)
	part := at - float64(i)
	if part == 0 || sorted[i] == sorted[i+1] { // infinities, too
		return sorted[i]
	}
	return float64((1-part)*sorted[i]) + float64(part*sorted[i+1])
}
