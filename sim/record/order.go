package record

import (
	"cmp"
	"slices"

	"pasar/sim"
)

// order is the one order of the events of a window.
func order[M any](a, b *sim.Event[M]) int {
	if a.To != b.To {
		return cmp.Compare(a.To, b.To)
	}
	return moment(a, b)
}

// moment is the order of the events of one agent.
func moment[M any](a, b *sim.Event[M]) int {
	switch {
	case a.At != b.At:
		return cmp.Compare(a.At, b.At)
	case a.From != b.From:
		return cmp.Compare(a.From, b.From)
	case a.Said != b.Said:
		return cmp.Compare(a.Said, b.Said)
	}
	return cmp.Compare(a.Nth, b.Nth)
}

// ByTime brings the events of a window into the order in which an onlooker sees them: by time, and at one moment by agent.
func ByTime[M any](events []sim.Event[M]) {
	slices.SortFunc(events, func(a, b sim.Event[M]) int {
		if a.At != b.At {
			return cmp.Compare(a.At, b.At)
		}
		return order(&a, &b)
	})
}

// merge appends the events that the shards of a world had in one window to all, in one order. Each part is in order and has
// agents of its own. Keys is memory to work with.
func merge[M any](all []sim.Event[M], parts [][]sim.Event[M], keys *[]uint64) []sim.Event[M] {
	if len(parts) == 1 {
		return append(all, parts[0]...)
	}
	k := (*keys)[:0] // one for each agent: who, and where its events begin in a list of all parts
	first := 0
	for _, p := range parts {
		for i := range p {
			if i == 0 || p[i].To != p[i-1].To {
				k = append(k, uint64(p[i].To)<<32|uint64(first+i))
			}
		}
		first += len(p)
	}
	slices.Sort(k)
	starts := make([]int, len(parts)) // of each part in that list
	for i := 1; i < len(parts); i++ {
		starts[i] = starts[i-1] + len(parts[i-1])
	}
	for _, key := range k {
		at := int(uint32(key))
		n, found := slices.BinarySearch(starts, at)
		if !found {
			n--
		}
		rest := parts[n][at-starts[n]:]
		end := 1
		for end < len(rest) && rest[end].To == rest[0].To {
			end++
		}
		all = append(all, rest[:end]...)
	}
	*keys = k
	return all
}
