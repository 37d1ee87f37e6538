package sim

import "slices"

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

// load brings the events of a window into batch, by agent, in no order within an agent. It counts and deals them out; a window
// with few events is sorted by key, which does not look at every agent.
func (s *shard[M]) load(w int64) {
	b := s.q.take(w)
	s.batch = slices.Grow(s.batch[:0], b.n)[:b.n]
	if b.n < s.slots/16 {
		s.keys, s.chunks = s.keys[:0], s.chunks[:0]
		for c := b.head; c != nil; c = c.next {
			for i := range c.e[:c.n] {
				s.keys = append(s.keys, uint64(c.e[i].To)<<32|uint64(len(s.chunks)*chunkSize+i))
			}
			s.chunks = append(s.chunks, c)
		}
		slices.Sort(s.keys)
		for i, key := range s.keys {
			at := uint32(key)
			s.batch[i] = s.chunks[at/chunkSize].e[at%chunkSize]
		}
		s.q.drain(&b)
		return
	}
	clear(s.count)
	for c := b.head; c != nil; c = c.next {
		for i := range c.e[:c.n] {
			s.count[c.e[i].To/s.shards+1]++
		}
	}
	for i := 1; i < len(s.count); i++ {
		s.count[i] += s.count[i-1]
	}
	for c := b.head; c != nil; c = c.next {
		for i := range c.e[:c.n] {
			at := &s.count[c.e[i].To/s.shards]
			s.batch[*at] = c.e[i]
			*at++
		}
	}
	s.q.drain(&b)
}
