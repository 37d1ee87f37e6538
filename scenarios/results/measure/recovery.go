package measure

import "math"

// A Recovery says when an agent, or a market, came back after a shock (§10).
type Recovery struct {
	Week int     // first week from the shock on in which the four-week mean reaches θ times the reference; -1: never
	Lost float64 // Σ (reference − value) from the shock to then, or to the end: Rp, below 0 where more was gained
	Had  float64 // Σ reference over the same weeks
}

// Recover compares a series of weeks with the one that it would have been without the shock (the same seed, another world).
// NaN counts as nothing sold. The shock is the first week that it struck.
func Recover(value, without []float64, shock int, theta float64) Recovery {
	return recoverTo(value, func(i int) float64 { return without[i] }, min(len(value), len(without)), shock, theta)
}

// RecoverNaive compares a series of weeks with its own mean over the weeks before the shock, eight at most.
func RecoverNaive(value []float64, shock int, theta float64) Recovery {
	usual := Mean(value, max(shock-8, 0), shock)
	return recoverTo(value, func(int) float64 { return usual }, len(value), shock, theta)
}

func recoverTo(value []float64, reference func(i int) float64, n, shock int, theta float64) Recovery {
	r := Recovery{Week: -1}
	known := func(v float64) float64 {
		if math.IsNaN(v) {
			return 0
		}
		return v
	}
	for i := max(shock, 0); i < n; i++ {
		var have, want float64
		for j := max(i-3, shock, 0); j <= i; j++ { // weeks before the shock say nothing about recovery
			have += known(value[j])
			want += known(reference(j))
		}
		if i-shock >= 3 && have >= theta*want {
			r.Week = i - shock
			return r
		}
		r.Lost += known(reference(i)) - known(value[i])
		r.Had += known(reference(i))
	}
	return r
}
