package svgplot

import "strings"

// Sparkline draws values as one line of block characters for a terminal, at most width of them:
// the lowest is the lowest block, the highest the highest, a gap a space. Longer series are cut
// into stretches of which the means are drawn.
func Sparkline(values []float64, width int) string {
	const blocks = "▁▂▃▄▅▆▇█"
	cells := min(width, len(values))
	if cells <= 0 {
		return ""
	}
	means := make([]float64, cells)
	full := make([]bool, cells)
	low, high := limit, -limit
	for c := range means {
		sum, n := 0.0, 0
		for i := c * len(values) / cells; i < (c+1)*len(values)/cells; i++ {
			if v, ok := at(values, i); ok {
				sum += v
				n++
			}
		}
		if n > 0 {
			means[c], full[c] = sum/float64(n), true
			low, high = min(low, means[c]), max(high, means[c])
		}
	}
	runes := []rune(blocks)
	var b strings.Builder
	for c, mean := range means {
		switch {
		case !full[c]:
			b.WriteByte(' ')
		case high == low && high == 0:
			b.WriteRune(runes[0])
		case high == low:
			b.WriteRune(runes[3])
		default:
			b.WriteRune(runes[min(7, int((mean-low)/(high-low)*8))])
		}
	}
	return b.String()
}

// Mean is the mean of each value and those before it, n in all; fewer at the start. It looks back
// only, so that nothing shows before its cause. Gaps stay gaps and do not count.
func Mean(values []float64, n int) []float64 {
	means := make([]float64, len(values))
	for i := range values {
		means[i] = values[i]
		if _, ok := at(values, i); !ok {
			continue
		}
		sum, count := 0.0, 0
		for j := max(0, i-n+1); j <= i; j++ {
			if v, ok := at(values, j); ok {
				sum += v
				count++
			}
		}
		if count > 0 {
			means[i] = sum / float64(count)
		}
	}
	return means
}
