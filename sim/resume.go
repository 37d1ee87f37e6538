package sim

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Resume takes over the history of another world, which stands between windows and goes on unharmed. The two have
// the same groups and the same options that can change what happens or spread the agents; their agents may follow other rules
// from here on. Each has a Bus or Wire of its own.
func (w *World[M]) Resume(from *World[M]) error {
	switch {
	case w.begun():
		return errors.New("sim: resume: the world has begun")
	case !from.begun():
		return errors.New("sim: resume: the other world has not begun")
	case from.broken != nil:
		return fmt.Errorf("sim: resume: the other world cannot go on: %w", from.broken)
	case !w.o.alike(&from.o) || w.agents != from.agents || len(w.groups) != len(from.groups):
		return errors.New("sim: resume: the worlds are not alike")
	}
	w.begin()
	for i, g := range w.groups {
		if err := g.resume(from.groups[i]); err != nil {
			return err
		}
	}
	for i, s := range w.shards {
		if s != nil {
			s.resume(from.shards[i])
		}
	}
	from.rows.mu.RLock()
	defer from.rows.mu.RUnlock()
	w.rows.rows = slices.Clone(from.rows.rows)
	w.pins.last = slices.Clone(from.pins.last)
	w.freshen()
	w.next, w.opened = from.next, false
	if from.due != nil {
		w.due = map[int64]map[uint32]uint32{}
		for at, turn := range from.due { // a copy has no order
			w.due[at] = maps.Clone(turn)
		}
	}
	w.events.Store(from.events.Load())
	w.total, w.count = slices.Clone(from.total), from.count
	return nil
}

// freshen gives a resumed world notices of its own: what agents make of a notice depends on the rules that they follow, which may
// be others than in the world it comes from.
func (w *World[M]) freshen() {
	fresh := map[*Notice]*Notice{nil: nil}
	own := func(n **Notice) {
		if fresh[*n] == nil && *n != nil {
			fresh[*n] = &Notice{From: (*n).From, Topic: (*n).Topic, Window: (*n).Window, Bytes: (*n).Bytes}
		}
		*n = fresh[*n]
	}
	for i := range w.pins.last {
		own(&w.pins.last[i][0])
		own(&w.pins.last[i][1])
	}
	for _, s := range w.shards {
		if s == nil {
			continue
		}
		for i := range s.board {
			own(&s.board[i])
		}
	}
}

// alike tells whether a world with options o can go on where one with options p stands.
func (o *Options[M]) alike(p *Options[M]) bool {
	return o.Seed == p.Seed && o.Window == p.Window && o.Period == p.Period && o.Lag == p.Lag && o.Cells == p.Cells &&
		o.Topics == p.Topics && o.Proc == p.Proc && o.Procs == p.Procs && o.Actors == p.Actors && (o.Actors || o.Shards == p.Shards)
}

func (s *shard[M]) resume(from *shard[M]) {
	s.q.block, s.q.now = from.q.block, from.q.now
	from.q.all(func(events []Event[M]) {
		for i := range events {
			s.q.push(&events[i])
		}
	})
	s.window, s.born, s.events = from.window, from.born, from.events
	copy(s.board, from.board)
	s.marks = slices.Clone(from.marks)
	s.tally.first = from.tally.first
	copy(s.tally.running, from.tally.running)
	for i := range s.tally.rows {
		copy(s.tally.rows[i], from.tally.rows[i])
	}
}
