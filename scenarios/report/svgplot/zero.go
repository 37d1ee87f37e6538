package svgplot

import "math"

// A zeroScale places bars that go to either side of a zero line, with labels before them and their values at their ends.
type zeroScale struct {
	low, high   float64 // of the values, with zero
	left, right float64 // of the places of low and high
	labelEnd    float64
	under, over float64 // room for the values of bars below and above zero
}

// hold makes the scale wide enough for a bar and its value, which is so wide in words.
func (z *zeroScale) hold(b Bar, width float64) {
	low, high := b.reach()
	z.low, z.high = min(z.low, low), max(z.high, high)
	if b.negative() {
		z.under = max(z.under, width)
	} else {
		z.over = max(z.over, width)
	}
}

// fit puts the scale behind labels, once it holds all bars.
func (z *zeroScale) fit(labels float64) {
	if z.low == 0 && z.high == 0 {
		z.high = 1
	}
	z.labelEnd = pageMargin + labels
	z.left = z.labelEnd + 12 + z.under
	z.right = max(pageWidth-pageMargin-z.over, z.left+50)
}

// x is the place of a value.
func (z *zeroScale) x(v float64) float64 {
	return z.left + float64((v-z.low)/(z.high-z.low)*(z.right-z.left))
}

// reach is the lowest and highest number of a bar, with zero.
func (b Bar) reach() (low, high float64) {
	for _, v := range []float64{b.Value, b.Low, b.High} {
		if v, ok := at([]float64{v}, 0); ok {
			low, high = math.Min(low, v), math.Max(high, v)
		}
	}
	return low, high
}

func (b Bar) negative() bool {
	v, ok := at([]float64{b.Value}, 0)
	return ok && v < 0
}
