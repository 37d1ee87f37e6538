package stats

import (
	"fmt"
	"math"
	"testing"
)

func rule(t *testing.T, share, level float64, most int) Rule {
	t.Helper()
	r, err := NewRule(share, level, most)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestLooks(t *testing.T) {
	for most, want := range map[int]string{
		2: "[2]", 8: "[8]", 10: "[10]", 11: "[8 11]", 20: "[8 12 20]", 100: "[8 12 18 27 40 60 100]", 200: "[8 12 18 27 40 60 90 135 200]",
	} {
		r := rule(t, .05, .95, most)
		if got := fmt.Sprint(r.Looks); got != want {
			t.Errorf("at most %d: %s, not %s", most, got, want)
		}
		if missed := (1 - r.Each()) * float64(len(r.Looks)); math.Abs(missed-.05) > 1e-12 {
			t.Errorf("at most %d: all looks together miss with %v", most, missed)
		}
		pairs := 0
		for range r.Looks {
			pairs = r.Next(pairs)
		}
		if pairs != most || r.Next(pairs) != 0 || r.Next(most+5) != 0 {
			t.Errorf("at most %d: ends at %d", most, pairs)
		}
	}
	r := rule(t, .05, .95, 20)
	if r.Next(7) != 8 || r.Next(9) != 12 {
		t.Errorf("a run that was stopped between looks goes on to %d and %d", r.Next(7), r.Next(9))
	}
}

func TestNoRule(t *testing.T) {
	for _, c := range []struct {
		share, level float64
		most         int
		want         string
	}{
		{0, .95, 20, "precise to 0 of the difference: above 0 and at most 1 is allowed, such as .05"},
		{nan, .95, 20, "precise to NaN of the difference: above 0 and at most 1 is allowed, such as .05"},
		{5, .95, 20, "precise to 5 of the difference: above 0 and at most 1 is allowed, such as .05"},
		{.05, 95, 20, "intervals of level 95: between 0 and 1 is allowed, such as .95"},
		{.05, .95, 1, "at most 1 pairs: 2 or more is allowed"},
	} {
		if _, err := NewRule(c.share, c.level, c.most); err == nil || err.Error() != c.want {
			t.Errorf("%v, not %s", err, c.want)
		}
	}
}

// Precise is 5 % of the difference, or .2 % of the level where the difference is next to nothing; what is not known is not precise.
func TestPrecise(t *testing.T) {
	r := rule(t, .05, .95, 20)
	for _, c := range []struct {
		p    Paired
		want bool
	}{
		{Paired{N: 8, Base: 100, Mean: -10, T: Interval{-10.5, -9.5}}, true},
		{Paired{N: 8, Base: 100, Mean: -10, T: Interval{-10.6, -9.4}}, false},
		{Paired{N: 8, Base: -100, Mean: .01, T: Interval{-.18, .2}}, true},
		{Paired{N: 8, Base: 100, Mean: .01, T: Interval{-.24, .26}}, false},
		{Paired{N: 8, T: Interval{}}, true}, // the same worlds
		{Paired{N: 1, Base: 100, Mean: 10, T: anything}, false},
		{Paired{N: 0, Base: nan, Mean: nan, T: anything}, false},
		{Paired{N: 8, Base: nan, Mean: nan, T: Interval{nan, nan}}, false},
	} {
		if got := r.Precise(c.p); got != c.want {
			t.Errorf("%+v: precise %v", c.p, got)
		}
	}
}
