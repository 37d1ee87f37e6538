package serve

import (
	"context"
	"errors"
	"slices"

	"pasar/scenarios/lab"
	"pasar/scenarios/load"
)

// Places are the requests of a first look at each place of each lever of what happened, one lever at a time and the others as they were: what
// a class asks for most, for the first seed on and at the size of a quick run.
func Places() ([]lab.Request, error) {
	return places(lab.Request{N: firstLook}, func(*lab.Lever) bool { return true })
}

// Sketches are the requests of a sketch at each place of the levers of the world. Such a sketch takes several times what one of a lever of policy
// takes: both worlds are others from their first day. The last lever, habit, comes first: for each of its places constants are solved, which every
// world with that habit then has. They are a minute of two processors.
func Sketches() ([]lab.Request, error) {
	all, err := places(lab.Request{N: lab.SketchReps, Buyers: lab.SketchBuyers}, func(l *lab.Lever) bool { return l.Scope == "world" })
	slices.Reverse(all)
	return all, err
}

// places are requests of a size at each place of some levers.
func places(size lab.Request, wanted func(*lab.Lever) bool) ([]lab.Request, error) {
	s, err := load.Load(lab.As, load.Overrides{})
	if err != nil {
		return nil, err
	}
	var all []lab.Request
	for _, l := range lab.Levers(s) {
		if !wanted(&l) {
			continue
		}
		for _, place := range l.Places() {
			q := size
			q.World, q.Base = lab.World{Scenario: lab.As, Set: []string{place}}, &lab.World{Scenario: lab.Usual}
			if l.Scope == "world" {
				q.Base.Set = q.Set
			}
			all = append(all, q)
		}
	}
	return all, nil
}

// Prepare plays first looks while nobody waits for anything else, until all are in the store or the lab is closed.
func (l *Lab) Prepare(list []lab.Request) error {
	var last context.Context // one is queued while another is played, so that no worker waits
	for _, q := range list {
		main, base, err := q.Runs(l.o.Version, l.limits)
		if err != nil {
			return err
		}
		o := l.pool.prepare(main, base)
		if last != nil {
			<-last.Done()
		}
		last = o.ctx
	}
	if last != nil {
		<-last.Done()
	}
	if l.ctx.Err() != nil {
		return errors.New("the lab was closed before its levers were prepared")
	}
	return nil
}

// prepare queues an order that nobody waits for. It has no context if nothing is left of it, or somebody waits for the same.
func (p *pool) prepare(main, base *lab.Run) *order {
	p.mu.Lock()
	defer p.mu.Unlock()
	o := &order{main: p.adopt(main), base: p.adopt(base), clients: []string{nobody}, idle: true}
	p.order(o)
	return o
}
