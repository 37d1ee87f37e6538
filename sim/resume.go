package sim

import (
	"errors"
	"fmt"
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
	for i, g := range w.groups {
		if g.form() != from.groups[i].form() {
			return fmt.Errorf("sim: resume: %s in place of %s", from.groups[i].form(), g.form())
		}
	}
	w.begin()
	var b []byte
	for i, g := range w.groups {
		for k := range g.size() {
			if !g.hosts(k) {
				continue
			}
			b = from.groups[i].save(k, b[:0])
			if err := g.load(k, b); err != nil {
				return w.halfway(g.first()+ID(k), err)
			}
		}
	}
	w.put(from.take())
	return nil
}

// halfway is the error of a world that took over only a part of another.
func (w *World[M]) halfway(agent ID, err error) error {
	w.broken = fmt.Errorf("sim: the state of agent %d: %w", agent, err)
	return w.broken
}

// alike tells whether a world with options o can go on where one with options p stands.
func (o *Options[M]) alike(p *Options[M]) bool {
	return o.Seed == p.Seed && o.Window == p.Window && o.Period == p.Period && o.Lag == p.Lag && o.Cells == p.Cells &&
		o.Topics == p.Topics && o.Proc == p.Proc && o.Procs == p.Procs && o.Actors == p.Actors && (o.Actors || o.Shards == p.Shards)
}
