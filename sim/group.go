package sim

import (
	"fmt"
	"reflect"
	"unsafe"
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
	look(shard, k int) byte // reads a bit of each line of memory that the state lies in

	form() string                // what must be alike for states to be moved
	plain() bool                 // the states are plain, and take so many bytes as
	bytes() uint64               // says; else each has a length of its own
	size() int                   // members
	hosts(k int) bool            // in this process
	save(k int, b []byte) []byte // appends the state of member k
	load(k int, b []byte) error  // takes over what save wrote
}

type group[S, M any] struct {
	Group
	number Lot
	agent  Agent[S, M]
	spans  []span // of a plain state; nil: a Codec
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

func (g *group[S, M]) look(shard, k int) (sum byte) {
	memory := bytesOf(g.part[shard][k : k+1])
	for at := 0; at < len(memory); at += 64 {
		sum += memory[at]
	}
	return sum
}

func (g *group[S, M]) form() string {
	return fmt.Sprintf("%d agents from %d with luck %d: %s", g.N, g.First, g.number, layout(reflect.TypeFor[S]()))
}

func (g *group[S, M]) plain() bool { return g.spans != nil }
func (g *group[S, M]) size() int   { return g.N }

func (g *group[S, M]) bytes() (n uint64) {
	for _, s := range g.spans {
		n += uint64(s.n)
	}
	return n
}

func (g *group[S, M]) hosts(k int) bool { return g.part[int(g.ID(k))%g.shards] != nil }

func (g *group[S, M]) state(k int) *S { return &g.part[int(g.ID(k))%g.shards][k/g.shards] }

func (g *group[S, M]) save(k int, b []byte) []byte {
	s := g.state(k)
	if !g.plain() {
		return any(s).(Codec).Append(b)
	}
	memory := bytesOf(unsafe.Slice(s, 1))
	for _, p := range g.spans {
		b = append(b, memory[p.at:p.at+p.n]...)
	}
	return b
}

func (g *group[S, M]) load(k int, b []byte) error {
	s := g.state(k)
	if !g.plain() {
		return any(s).(Codec).Read(b)
	}
	memory := bytesOf(unsafe.Slice(s, 1))
	for _, p := range g.spans {
		b = b[copy(memory[p.at:p.at+p.n], b):]
	}
	return nil
}

// A span is a part of a plain state without padding, whose bytes nobody sets.
type span struct{ at, n uintptr }

// spansOf appends where the fields of a plain type lie, next to each other where they do.
func spansOf(spans []span, t reflect.Type, at uintptr) []span {
	switch t.Kind() {
	case reflect.Struct:
		for i := range t.NumField() {
			spans = spansOf(spans, t.Field(i).Type, at+t.Field(i).Offset)
		}
	case reflect.Array:
		for i := range t.Len() {
			spans = spansOf(spans, t.Elem(), at+uintptr(i)*t.Elem().Size())
		}
	default:
		if last := len(spans) - 1; last >= 0 && spans[last].at+spans[last].n == at {
			spans[last].n += t.Size()
			break
		}
		spans = append(spans, span{at, t.Size()})
	}
	return spans
}

// Add puts n agents of one kind into a world that has not begun, and numbers their luck by lot.
func Add[S, M any](w *World[M], lot Lot, n int, a Agent[S, M]) Group {
	if w.begun() {
		panic("sim: Add after the world has begun")
	}
	g := &group[S, M]{Group: Group{First: ID(w.agents), N: n}, number: lot, agent: a}
	if _, ok := any(new(S)).(Codec); !ok {
		if err := checkPlain(reflect.TypeFor[S](), true); err != nil {
			panic(fmt.Sprintf("sim: state of %T is neither plain nor a Codec: %v", a, err))
		}
		g.spans = spansOf([]span{}, reflect.TypeFor[S](), 0)
	}
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
