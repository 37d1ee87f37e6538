package report

import (
	"maps"
	"slices"

	"pasar/scenarios/load"
)

// cited lists the works that the sources of a scenario, if there is one, and other notes name, by code.
func (s voice) cited(sc *load.Scenario, more ...string) []pair {
	seen := map[string]string{}
	if sc != nil {
		for _, v := range sc.Values {
			maps.Copy(seen, s.w.Cited(v.Source))
		}
		for _, e := range sc.Entries {
			maps.Copy(seen, s.w.Cited(e.Source))
		}
	}
	for _, note := range more {
		maps.Copy(seen, s.w.Cited(note))
	}
	var list []pair
	for _, code := range slices.Sorted(maps.Keys(seen)) {
		list = append(list, pair{code, seen[code]})
	}
	return list
}
