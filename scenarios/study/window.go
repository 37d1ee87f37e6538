package study

import (
	"slices"

	"pasar/scenarios/compare"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/results/measure"
)

// window reads over which days outcomes are counted.
func (r *reader) window() {
	if r.s.Window = compare.Since; len(r.s.Worlds) < 2 {
		r.s.Window = compare.Whole
	}

	n := r.top.Get("window")
	switch {
	case n == nil:
	case !slices.Contains(windows(), n.Text()):
		r.At(n, "window", "%q is not a window", n.Text()).Among(n.Text(), windows())
	case len(r.s.Worlds) < 2 && n.Text() == compare.Since:
		r.At(n, "window", "with one scenario there is no first difference to count from").Allowed = "whole, ban, pilot, after"
	case r.plain != nil && !slices.ContainsFunc(r.plain, func(s *load.Scenario) bool { return has(s, n.Text()) }):
		r.At(n, "window", "none of the scenarios has it: nothing in their plans is closed, or on trial after it was").Allowed = "whole, or since with two scenarios"
	default:
		r.s.Window = n.Text()
	}
}

// has tells whether the plan of a scenario has a window, as comparisons find it.
func has(s *load.Scenario, window string) bool {
	if window == compare.Since || window == compare.Whole {
		return true
	}
	_, _, w := play.Sizes(s)
	book := s.Plan(w)
	closed := measure.Closures(s, book)
	switch {
	case len(closed) == 0:
		return false
	case window == compare.Reopened:
		return closed[0].Reopens
	case window == compare.Pilot:
		return slices.ContainsFunc(measure.Pilots(s, book), func(p measure.Pilot) bool { return p.Shop == closed[0].Shop })
	}
	return true
}
