package sim

import (
	"math/bits"
	"slices"
)

// before is the order of the events of one agent.
func before[M any](a, b *Event[M]) bool {
	if a.At != b.At {
		return a.At < b.At
	}
	if a.From != b.From {
		return a.From < b.From
	}
	if a.Said != b.Said {
		return a.Said < b.Said
	}
	return a.Nth < b.Nth
}

// sortByTime brings the events of one agent into their order: a few by insertion, many by comparing.
func sortByTime[M any](mine []Event[M]) {
	if len(mine) > 24 {
		slices.SortFunc(mine, func(x, y Event[M]) int {
			switch {
			case before(&x, &y):
				return -1
			case before(&y, &x):
				return 1
			}
			return 0
		})
		return
	}
	for i := 1; i < len(mine); i++ {
		if before(&mine[i-1], &mine[i]) {
			continue
		}
		e, j := mine[i], i
		for ; j > 0 && before(&e, &mine[j-1]); j-- {
			mine[j] = mine[j-1]
		}
		mine[j] = e
	}
}

// load brings the events of a window into batch, by agent, in no order within an agent. It sorts keys, which are small, and moves
// each event once.
func (s *shard[M]) load(w int64) {
	b := s.q.take(w)
	s.keys, s.chunks = s.keys[:0], s.chunks[:0]
	for c := b.head; c != nil; c = c.next {
		for i := range c.e[:c.n] {
			s.keys = append(s.keys, uint64(c.e[i].To)<<32|uint64(len(s.chunks)*chunkSize+i))
		}
		s.chunks = append(s.chunks, c)
	}
	s.spare = slices.Grow(s.spare[:0], b.n)[:b.n]
	s.keys, s.spare = sortKeys(s.keys, s.spare, bits.Len(uint(s.w.agents)))
	s.batch = slices.Grow(s.batch[:0], b.n)[:b.n]
	for i, key := range s.keys {
		at := uint32(key)
		s.batch[i] = s.chunks[at/chunkSize].e[at%chunkSize]
	}
	s.q.drain(&b)
}

// inOrder is events in their one order: by receiver, and then by time. All receivers are among so many agents.
func inOrder[M any](events []Event[M], agents int) []Event[M] {
	keys := make([]uint64, len(events))
	for i := range events {
		keys[i] = uint64(events[i].To)<<32 | uint64(i)
	}
	keys, _ = sortKeys(keys, make([]uint64, len(keys)), bits.Len(uint(agents)))
	sorted := make([]Event[M], len(events))
	for i, key := range keys {
		sorted[i] = events[uint32(key)]
	}
	for i, j := 0, 0; i < len(sorted); i = j {
		for j < len(sorted) && sorted[j].To == sorted[i].To {
			j++
		}
		sortByTime(sorted[i:j])
	}
	return sorted
}

// digit is how many bits sortKeys looks at in one pass, at most: so many that it seldom takes more than two, so few that the counts
// of a pass stay in the nearest cache.
const digit = 11

// sortKeys sorts keys by the width bits from bit 32 on, a part at a time, the lowest first. It needs a spare slice of their length,
// and returns the keys and the slice that is spare then.
func sortKeys(keys, spare []uint64, width int) (sorted, free []uint64) {
	passes := (width + digit - 1) / digit
	for pass := range passes {
		from, to := 32+pass*width/passes, 32+(pass+1)*width/passes
		var counts [1 << digit]uint32
		at := counts[:1<<(to-from)] // where the next key with this part goes
		mask := uint64(len(at) - 1)
		for _, key := range keys {
			at[key>>from&mask]++
		}
		sum := uint32(0)
		for part, n := range at {
			at[part] = sum
			sum += n
		}
		for _, key := range keys {
			place := &at[key>>from&mask]
			spare[*place] = key
			*place++
		}
		keys, spare = spare, keys
	}
	return keys, spare
}
