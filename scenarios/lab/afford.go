package lab

import (
	"fmt"
	"sync"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
)

// longest is how long a world of the lab may be: a few months longer than to-2030, the longest of the library.
const longest = 9 * 366 * market.Day

// affordable refuses worlds that would take a lab for themselves: those that are too long, that are cut into other windows, or that have a
// parameter outside the range in which it is known to make sense. The command line plays them.
func affordable(s *load.Scenario) error {
	usual := usual()
	switch {
	case s.End-s.Start+s.BurnIn > longest:
		return &Wrong{What: fmt.Sprintf("world: %d days", (s.End-s.Start+s.BurnIn)/market.Day), Allowed: fmt.Sprintf("at most %d in the lab", longest/market.Day),
			Said: TextOf("This scenario is too long for the lab: %d days, where it plays %d. The command line plays it.", "Skenario ini terlalu panjang untuk lab: %d hari, sedangkan lab memainkan %d. Baris perintah memainkannya.", (s.End-s.Start+s.BurnIn)/market.Day, longest/market.Day)}
	case s.Window != usual.window:
		return &Wrong{What: "world.window", Allowed: fmt.Sprintf("%s in the lab", load.Length(usual.window)),
			Said: TextOf("The lab plays windows of %s only; the command line plays others.", "Lab hanya memainkan jendela %s; baris perintah memainkan yang lain.", load.Length(usual.window))}
	}
	for i := range s.Values {
		v := &s.Values[i]
		if !v.Changed {
			continue
		}
		lo, hi := usual.ranges[v.Path][0], usual.ranges[v.Path][1]
		for _, x := range listed(v.Value) {
			if x < lo || x > hi {
				return &Wrong{What: fmt.Sprintf("%s: %g", v.Path, x), Allowed: fmt.Sprintf("%g to %g (%s) in the lab", lo, hi, v.Unit),
					Said: TextOf("%s is %g; the lab plays %g to %g. The command line plays other values.", "%s adalah %g; lab memainkan %g sampai %g. Baris perintah memainkan nilai lain.", v.Path, x, lo, hi)}
			}
		}
	}
	return nil
}

func listed(v any) []float64 {
	switch x := v.(type) {
	case float64:
		return []float64{x}
	case []float64:
		return x
	}
	return nil
}

// bounds are the range of each parameter, widened to what the library itself uses, and the usual window.
type bounds struct {
	window sim.Time
	ranges map[string][2]float64
}

var usual = sync.OnceValue(func() bounds {
	b := bounds{ranges: map[string][2]float64{}}
	for _, name := range load.Names() {
		s, err := load.Load(name, load.Overrides{})
		if err != nil {
			panic("lab: " + err.Error())
		}
		if name == Usual {
			b.window = s.Window
		}
		for _, v := range s.Values {
			r, known := b.ranges[v.Path]
			if !known {
				r = [2]float64{v.Lo, v.Hi}
			}
			for _, x := range listed(v.Value) {
				r[0], r[1] = min(r[0], x), max(r[1], x)
			}
			b.ranges[v.Path] = r
		}
	}
	return b
})
