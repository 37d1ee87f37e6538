package simtest

import (
	"context"
	"fmt"
	"sync"

	"pasar/sim"
)

// A Layout is one way to spread a run over shards and processes. None may change what happens.
type Layout struct {
	Shards, Procs int
	Actors        bool
}

// Layouts are the ways that every model is tried in.
var Layouts = []Layout{{Shards: 1}, {Shards: 2}, {Shards: 3}, {Shards: 5}, {Shards: 8}, {Shards: 64},
	{Shards: 2, Procs: 2}, {Shards: 7, Procs: 3}, {Actors: true}}

func (l Layout) String() string {
	if l.Actors {
		return "actors"
	}
	return fmt.Sprintf("%d shards in %d processes", l.Shards, max(l.Procs, 1))
}

// A Run is one run in the making: a world for each process, all in this one.
type Run[M any] struct{ Worlds []*sim.World[M] }

// Spread builds a run. Seed moves the delays of its bus, which is b if that is not nil.
func Spread[M any](l Layout, seed uint64, b *Bus, o sim.Options[M], build func(sim.Options[M]) *sim.World[M]) Run[M] {
	o.Shards, o.Procs, o.Actors = l.Shards, max(l.Procs, 1), l.Actors
	switch {
	case l.Actors:
		o.Wire = NewWire(seed)
	case b != nil:
		o.Bus = b
	case l.Shards > 1:
		o.Bus = NewBus(l.Shards, seed)
	}
	var r Run[M]
	for o.Proc = range o.Procs {
		r.Worlds = append(r.Worlds, build(o))
	}
	return r
}

// To plays all processes up to t. They must agree on the digest; the first error ends all.
func (r Run[M]) To(ctx context.Context, t sim.Time) (sim.Digest, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	digests := make([]sim.Digest, len(r.Worlds))
	failed := make([]bool, len(r.Worlds))
	var all sync.WaitGroup
	for i, w := range r.Worlds {
		all.Go(func() {
			d, err := w.RunTo(ctx, t)
			if digests[i] = d; err != nil {
				failed[i] = true
				cancel(err)
			}
		})
	}
	all.Wait()
	for i, d := range digests {
		if failed[i] {
			return d, context.Cause(ctx)
		}
		if d != digests[0] {
			return d, fmt.Errorf("process %d has digest %v, process 0 has %v", i, d, digests[0])
		}
	}
	return digests[0], nil
}
