package sim

import (
	"math/bits"
	"slices"
)

// before is the one order of the events of one agent: no two are alike in it.
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

// sortByTime is the places of one agent's events in their order, in the memory of order: a few by insertion, many by comparing.
func sortByTime[M any](mine []Event[M], order []uint32) []uint32 {
	order = order[:0]
	if len(mine) > 24 {
		for i := range mine {
			order = append(order, uint32(i))
		}
		slices.SortFunc(order, func(i, j uint32) int {
			if before(&mine[i], &mine[j]) {
				return -1
			}
			return 1 // no two are alike
		})
		return order
	}
	for i := range mine {
		order = append(order, 0)
		j := i
		for ; j > 0 && before(&mine[i], &mine[order[j-1]]); j-- {
			order[j] = order[j-1]
		}
		order[j] = uint32(i)
	}
	return order
}

// load brings the keys of a window's events into the order of their receivers. Keys are small; events stay where they are.
func (s *shard[M]) load(b *bucket[M]) {
	s.keys, s.chunks = slices.Grow(s.keys[:0], b.n)[:b.n], s.chunks[:0]
	n := 0
	for c := b.head; c != nil; c = c.next {
		place := uint64(len(s.chunks) * chunkSize)
		for i := range c.e[:c.n] {
			s.keys[n+i] = uint64(c.e[i].To)<<32 | (place + uint64(i))
		}
		n += c.n
		s.chunks = append(s.chunks, c)
	}
	s.spare = slices.Grow(s.spare[:0], b.n)[:b.n]
	s.keys, s.spare = sortKeys(s.keys, s.spare, bits.Len(uint(s.w.agents)))
}

// piece is how many events are fetched at once, at least: so few that they and the states of their receivers are still in a near
// cache when their turn comes.
const piece = 32

// fetch copies the events of the next agents into batch, at least a piece if there are as many, by agent and in no order within one,
// and looks at the states of these agents. A processor waits for memory at many places at once where it does nothing else; in the
// midst of an agent's turn it would wait for one after the other.
func (s *shard[M]) fetch(keys []uint64) {
	n := min(piece, len(keys))
	for n < len(keys) && keys[n]>>32 == keys[n-1]>>32 {
		n++
	}
	s.batch = slices.Grow(s.batch[:0], n)[:n]
	for i, key := range keys[:n] {
		at := uint32(key)
		s.batch[i] = s.chunks[at/chunkSize].e[at%chunkSize]
	}
	k := 0
	for i, key := range keys[:n] {
		if i > 0 && key>>32 == keys[i-1]>>32 {
			continue
		}
		at := int(ID(key>>32) / s.shards)
		for at >= s.kinds[k].to {
			k++
		}
		s.seen += s.kinds[k].look(s.me, at-s.kinds[k].from)
	}
}

// inOrder is events in their one order: by receiver, and then by time. All receivers are among so many agents.
func inOrder[M any](events []Event[M], agents int) []Event[M] {
	keys := make([]uint64, len(events))
	for i := range events {
		keys[i] = uint64(events[i].To)<<32 | uint64(i)
	}
	keys, _ = sortKeys(keys, make([]uint64, len(keys)), bits.Len(uint(agents)))
	sorted := make([]Event[M], 0, len(events))
	var mine []Event[M]
	var order []uint32
	for i, j := 0, 0; i < len(keys); i = j {
		mine = mine[:0]
		for ; j < len(keys) && keys[j]>>32 == keys[i]>>32; j++ {
			mine = append(mine, events[uint32(keys[j])])
		}
		order = sortByTime(mine, order)
		for _, at := range order {
			sorted = append(sorted, mine[at])
		}
	}
	return sorted
}

// digit is how many bits sortKeys looks at in one pass, at most: so many that it seldom takes more than two, so few that the counts
// of a pass stay in the nearest cache.
const digit = 11

// sortKeys sorts keys by the width bits from bit 32 on, a part at a time, the lowest first: parts so small that there are not many more
// counts than keys. It needs a spare slice of their length, and returns the keys and the slice that is spare then.
func sortKeys(keys, spare []uint64, width int) (sorted, free []uint64) {
	part := min(bits.Len(uint(len(keys)))+2, digit)
	passes := (width + part - 1) / part
	var counts [1 << digit]uint32
	for pass := range passes {
		from, to := 32+pass*width/passes, 32+(pass+1)*width/passes
		at := counts[:1<<(to-from)] // where the next key with this part goes
		clear(at)
		mask := uint64(len(at) - 1)
		for _, key := range keys {
			at[key>>from&mask]++
		}
		sum := uint32(0)
		for i, n := range at {
			at[i] = sum
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
