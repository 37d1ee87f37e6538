package sim

import (
	"fmt"
	"reflect"
)

// members is a group whatever its type of state.
type members[M any] interface {
	first() ID
	lot() Lot
	spread(shards int)
	place(shard int) int // makes room for the members on a shard and says how many there are
	born(t *Turn[M], shard, k int)
	react(t *Turn[M], shard, k int, e *Event[M])
	audit(shard int, count func(Cell, int64))
	resume(from members[M]) error
}

type group[S, M any] struct {
	Group
	number Lot
	agent  Agent[S, M]
	shards int
	part   [][]S // by shard
}

func (g *group[S, M]) first() ID { return g.First }
func (g *group[S, M]) lot() Lot  { return g.number }

func (g *group[S, M]) spread(shards int) { g.shards, g.part = shards, make([][]S, shards) }

func (g *group[S, M]) place(shard int) int {
	skip := (shard - int(g.First)%g.shards + g.shards) % g.shards // of the first member on this shard
	n := 0
	if skip < g.N {
		n = (g.N - skip + g.shards - 1) / g.shards
	}
	g.part[shard] = make([]S, n)
	return n
}

func (g *group[S, M]) born(t *Turn[M], shard, k int) { g.agent.Born(t, &g.part[shard][k]) }

func (g *group[S, M]) react(t *Turn[M], shard, k int, e *Event[M]) {
	g.agent.React(t, &g.part[shard][k], e)
}

func (g *group[S, M]) audit(shard int, count func(Cell, int64)) {
	if a, ok := g.agent.(Auditor[S]); ok {
		for k := range g.part[shard] {
			a.Audit(count, &g.part[shard][k])
		}
	}
}

func (g *group[S, M]) resume(from members[M]) error {
	f, ok := from.(*group[S, M])
	if !ok || f.Group != g.Group || f.number != g.number {
		return fmt.Errorf("sim: resume: group at %d is another one", g.First)
	}
	for i, part := range f.part {
		if part == nil {
			continue
		}
		if _, ok := any(new(S)).(Codec); !ok {
			copy(g.part[i], part)
			continue
		}
		for k := range part {
			b := any(&part[k]).(Codec).Append(nil)
			if err := any(&g.part[i][k]).(Codec).Read(b); err != nil {
				return fmt.Errorf("sim: resume agent %d: %w", g.First, err)
			}
		}
	}
	return nil
}

// Add puts n agents of one kind into a world that has not begun, and numbers their luck by lot.
func Add[S, M any](w *World[M], lot Lot, n int, a Agent[S, M]) Group {
	if w.begun() {
		panic("sim: Add after the world has begun")
	}
	if _, ok := any(new(S)).(Codec); !ok {
		if err := checkPlain(reflect.TypeFor[S](), true); err != nil {
			panic(fmt.Sprintf("sim: state of %T is neither plain nor a Codec: %v", a, err))
		}
	}
	g := &group[S, M]{Group: Group{First: ID(w.agents), N: n}, number: lot, agent: a}
	w.agents += n
	w.groups = append(w.groups, g)
	return g.Group
}

// State is a copy of the states of a group, by number; members hosted by another process are zero.
func State[S, M any](w *World[M], of Group) []S {
	all := make([]S, of.N)
	for _, m := range w.groups {
		g, ok := m.(*group[S, M])
		if !ok || g.Group != of {
			continue
		}
		for shard, part := range g.part {
			skip := (shard - int(g.First)%g.shards + g.shards) % g.shards
			for k := range part {
				all[skip+k*g.shards] = part[k]
			}
		}
	}
	return all
}
