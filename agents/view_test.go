package agents

import (
	"math"
	"testing"

	m "pasar/agents/market"
	"pasar/sim"
)

// "Exact thinning ... no seller data are touched" (model 15, 18): views that are ignored for sure are not played, and those that
// are played choose with the odds of a flat logit, whatever part of its largest weight each option has today.
func TestCandidatesAreAnExactLogit(t *testing.T) {
	top := weights{top: [options]float64{.2, .08, .03, .05}}
	for _, x := range top.top {
		top.sum += x
	}
	top.share = top.sum / (1 + top.sum)
	const n = 400_000
	for _, part := range [][options]float64{{1, 1, 1, 1}, {.3, .9, 1, .5}, {0, .2, .2, 1}} {
		var got [options]float64
		all := 1.0
		for o, x := range part {
			all += x * top.top[o]
		}
		changed := 0
		for i := range uint32(n) {
			l := sim.NewLuck(7, m.LotBuyer, viewTime, 1, i)
			at, ignore := top.race(&l)
			pick := func(part [options]float64) int {
				best, limit := -1, ignore
				for o, x := range part {
					if x > 0 && at[o]/x < limit {
						best, limit = o, at[o]/x
					}
				}
				return best
			}
			best := pick(part)
			if best >= 0 {
				got[best]++
			}
			closed := part
			closed[optBuy] = 0
			if best != optBuy && pick(closed) != best {
				changed++
			}
		}
		if changed != 0 {
			t.Errorf("closing the checkout changed %d choices of those who did not use it", changed)
		}
		for o, x := range part {
			want := x * top.top[o] / all / top.share // given a candidate
			z := (got[o] - n*want) / math.Sqrt(n*want*(1-want)+1e-9)
			if want == 0 && got[o] != 0 || want > 0 && math.Abs(z) > 4 {
				t.Errorf("weights %v: option %d chosen %v times, expected %v (z = %.1f)", part, o, got[o], n*want, z)
			}
		}
	}
}
