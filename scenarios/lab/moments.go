package lab

import (
	"fmt"
	"slices"

	"pasar/agents/market"
	"pasar/scenarios/diff"
	"pasar/sim"
)

// Moments are the beginnings of days up to which the run's worlds stay what they are when one of their levers is moved, in order: a copy that
// is kept there serves whoever moves it. Levers that act from the start, which are those of scope world, have none.
func (r *Run) Moments() (list []sim.Time) {
	for _, l := range Levers(r.First) {
		to := l.Min
		if l.Value == to {
			to = l.Max
		}
		w := r.World
		w.Overrides.Set = append(slices.Clone(w.Overrides.Set), fmt.Sprintf("%s=%s", l.Path, l.spell(to)))
		s, err := w.Load(r.Seed)
		if err != nil {
			continue // it cannot be moved here
		}
		if at := diff.First(r.First, s) / market.Day * market.Day; at > 0 && at < r.First.End {
			list = append(list, at)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// spell is a value of a lever as --set takes it.
func (l *Lever) spell(x Number) string {
	if l.Type == "days" {
		return x.String() + "d"
	}
	return x.String()
}
