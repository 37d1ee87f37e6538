package stats

import (
	"fmt"
	"math"
)

// A Rule says when there are enough pairs. It is made before the first run, and looks at the outcome only after the planned
// numbers of pairs. Who stops when the interval looks narrow stops too often while it is so by chance; so each look has its part
// of the error that is allowed, in equal shares, and its intervals are wider accordingly. Then an interval at the stop misses with at
// most the allowed probability, whatever decides on the stop, since the chance of any miss is at most the sum over the looks
// (Bonferroni; such are the repeated intervals of Jennison and Turnbull 1989). docs/adr/0027-stopping.md has the price, and what else
// was tried.
type Rule struct {
	Share float64 // stop when half the interval is at most this share of the mean difference,
	Floor float64 // or of the mean of the base: effects around zero end too
	Level float64 // with which the interval at the stop covers, all looks together
	Looks []int   // numbers of pairs, ascending; the last ends it in any case
}

const (
	firstLook = 8    // fewer pairs do not tell their own spread
	floor     = .002 // a difference of .2 % of the level is nobody's policy
)

// NewRule plans looks after 8 pairs and then at each half more, up to most; the last one is most itself. The share is that of
// --until-precise, .05 say. It refuses numbers that make no rule.
func NewRule(share, level float64, most int) (Rule, error) {
	switch {
	case !(share > 0 && share <= 1):
		return Rule{}, fmt.Errorf("precise to %v of the difference: above 0 and at most 1 is allowed, such as .05", share)
	case !(level > 0 && level < 1):
		return Rule{}, fmt.Errorf("intervals of level %v: between 0 and 1 is allowed, such as .95", level)
	case most < 2:
		return Rule{}, fmt.Errorf("at most %d pairs: 2 or more is allowed", most)
	}
	r := Rule{Share: share, Floor: floor, Level: level}
	for n := firstLook; n+n/4 < most; n += n / 2 { // a look shortly before the last would cost more than it can save
		r.Looks = append(r.Looks, n)
	}
	r.Looks = append(r.Looks, most)
	return r, nil
}

// Next is the number of pairs at the next look, after some; 0 when there is none.
func (r Rule) Next(pairs int) int {
	for _, n := range r.Looks {
		if n > pairs {
			return n
		}
	}
	return 0
}

// Each is the level of the intervals at each look, for Pair: of all outcomes, as they share the stop.
func (r Rule) Each() float64 { return Shared(r.Level, len(r.Looks)) }

// Shared is the level of each of n intervals that all hold what they are of with probability level together (Bonferroni): for whoever points at
// the largest of n differences.
func Shared(level float64, n int) float64 { return 1 - (1-level)/float64(max(n, 1)) }

// Precise tells whether the runs may stop at a look with this difference, whose interval has the level Each.
func (r Rule) Precise(p Paired) bool {
	if p.N < 2 {
		return false
	}
	half := p.T.half()
	return half <= r.Share*math.Abs(p.Mean) || half <= r.Floor*math.Abs(p.Base)
}
