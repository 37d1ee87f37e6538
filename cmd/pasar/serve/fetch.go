package serve

import (
	"context"
	"slices"

	"pasar/scenarios/lab"
)

// readers is how many runs are read from the store at a time for those who look at them.
const readers = 2

// fetch makes sure that a run of which only its file is left is known again. What the store has of it is read meanwhile; see await. What is
// not there is not played for a look: it was stopped.
func (p *pool) fetch(key string) error {
	if p.view(key, func(*run) {}) {
		return nil
	}
	asked, err := p.asked(key)
	if err != nil {
		return err
	}
	main, _, err := asked.Request.Runs(p.version, p.limits)
	if err != nil || main.Key != key {
		return errUnknown
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.runs[key] != nil {
		return nil // another was quicker
	}
	if p.closed {
		return p.ctx.Err()
	}
	p.reading(p.adopt(main))
	return nil
}

// recall is adopt for a run that somebody asks for. What the store has of a run that is new to the pool is read at once, beside the workers, who
// may be long at what others asked for.
func (p *pool) recall(x *lab.Run) *run {
	known := p.runs[x.Key] != nil
	r := p.adopt(x)
	if !known && p.store != nil && !p.closed {
		p.reading(r)
	}
	return r
}

// reading begins to read what the store has of a run.
func (p *pool) reading(r *run) {
	r.fetched = make(chan struct{})
	for i := range r.begun {
		r.begun[i] = true // nobody else begins it
	}
	p.all.Go(func() { p.read(r) })
}

// read takes what the store has of a run.
func (p *pool) read(r *run) {
	select {
	case p.readers <- struct{}{}:
		defer func() { <-p.readers }()
	case <-p.ctx.Done():
	}
	for i := range r.N {
		if p.ctx.Err() != nil {
			break
		}
		s, err := r.World.Load(r.Seed + uint64(i))
		if err != nil || i == 0 && !p.store.Has(s) {
			break // it is new; a worker looks for the others when it comes to them
		}
		if x := p.store.Get(s); x != nil {
			p.put(r, i, x, true)
		}
	}
	p.mu.Lock()
	missing := false
	for i := range r.done {
		r.begun[i] = r.done[i] != nil
		missing = missing || r.done[i] == nil
	}
	wanted := slices.ContainsFunc(p.orders, func(o *order) bool { return o.ctx.Err() == nil && slices.Contains(o.runs(), r) })
	r.stopped = missing && !wanted
	close(r.fetched)
	r.fetched = nil
	settled := p.tidy()
	p.changed()
	p.mu.Unlock()
	p.settled(settled...)
	p.wire.say(r.Key, stateOf, nil)
}

// await waits until what the store has of a run is read, if it is being read.
func (p *pool) await(ctx context.Context, key string) error {
	var fetched chan struct{}
	p.view(key, func(r *run) { fetched = r.fetched })
	if fetched == nil {
		return nil
	}
	select {
	case <-fetched:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// readings are the replications of a run as far as they are done.
func (p *pool) readings(key string) (r *lab.Run, done []*lab.Reading, ok bool) {
	ok = p.view(key, func(x *run) { r, done = x.Run, slices.Clone(x.done) })
	return r, done, ok
}
