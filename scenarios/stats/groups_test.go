package stats

import (
	"math"
	"testing"
)

// Welch's interval as R's t.test(second, first) gives it for the sleep data taken as two groups: -0.2054832 to 3.3654832, 17.776 degrees. Ours
// rounds these down to 17, so it is a little wider.
func TestUnpaired(t *testing.T) {
	first := []float64{.7, -1.6, -.2, -1.2, -.1, 3.4, 3.7, .8, 0, 2}
	second := []float64{1.9, .8, 1.1, .1, -.1, 4.4, 5.5, 1.6, 4.6, 3.4}
	d, i := Unpaired(first, second, .95)
	if !near(d, 1.58) || i.Lo > -.2054832 || i.Lo < -.22 || i.Hi < 3.3654832 || i.Hi > 3.38 {
		t.Errorf("%v %v", d, i)
	}
	if d, i := Unpaired([]float64{1, nan}, second, .95); !near(d, 1.33) || i != anything {
		t.Errorf("one value: %v %v", d, i)
	}
	if d, i := Unpaired([]float64{1, 1}, []float64{3, 3, inf}, .95); d != 2 || i != (Interval{2, 2}) {
		t.Errorf("no spread: %v %v", d, i)
	}
}

func TestMeanOfValues(t *testing.T) {
	mean, variance, n := MeanVariance([]float64{3, nan, 1, 2, inf})
	if mean != 2 || variance != 1 || n != 3 {
		t.Errorf("%v %v %d", mean, variance, n)
	}
	i := Bootstrap([]float64{3, nan, 1, 2, 5, 4}, .95, "mean")
	if !(i.Lo < 3 && i.Hi > 3) || i != Bootstrap([]float64{1, 2, 3, 4, 5}, .95, "mean") {
		t.Errorf("%v", i)
	}
	if i := Within(1, 2, 10, .95); math.Abs(i.Hi-5.456) > .001 || Within(1, 2, 0, .95) != anything {
		t.Errorf("%v", i)
	}
}
