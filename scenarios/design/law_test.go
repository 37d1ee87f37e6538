package design

import (
	"math"
	"testing"
)

// Quantiles of laws, against scipy 1.17.1: loguniform, triang, truncnorm and beta.
func TestLaws(t *testing.T) {
	for _, c := range []struct {
		law  Law
		u, x float64
	}{
		{Uniform{2, 6}, .25, 3},
		{LogUniform{.1, 10}, .5, 1},
		{LogUniform{.1, 10}, .75, 3.1622776601683795},
		{Triangular{0, 1, 4}, .25, 1.0},
		{Triangular{0, 1, 4}, .7, 2.102633403898972},
		{Normal{.5, .1, 0, 1}, .975, 0.695995932516073},
		{Normal{.5, .1, .4, .55}, .2, 0.4372655425619335},
		{Beta{2, 5, 0, 1}, .3, 0.18180347131894917},
		{Beta{.5, .5, 10, 20}, .9, 19.755282581475768},
	} {
		if got := c.law.Quantile(c.u); math.Abs(got-c.x) > 1e-9*math.Abs(c.x) {
			t.Errorf("%#v at %v: %v, want %v", c.law, c.u, got, c.x)
		}
		lo, hi := c.law.Ends()
		if err := c.law.Check(); err != nil || c.law.Quantile(0) != lo || c.law.Quantile(1) != hi {
			t.Errorf("%#v: %v; %v to %v", c.law, err, c.law.Quantile(0), c.law.Quantile(1))
		}
		last := lo
		for i := range 200 {
			x := c.law.Quantile((float64(i) + .5) / 200)
			if !(x >= last && x <= hi) {
				t.Errorf("%#v: %v follows on %v", c.law, x, last)
			}
			last = x
		}
	}
	for _, l := range []Law{Uniform{1, 1}, LogUniform{0, 1}, LogUniform{-1, 1}, Triangular{0, 2, 1}, Normal{0, 0, 0, 1}, Normal{0, 1, 9, 10}, Normal{0, 1, 1, 0}, Beta{0, 1, 0, 1}, Beta{1, 1, 1, 0}} {
		if l.Check() == nil {
			t.Errorf("%#v is a law", l)
		}
	}
}
