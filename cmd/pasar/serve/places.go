package serve

import (
	"slices"
	"time"
)

// A pool has a place for each worker. What is being played has one, and gives it up between two simulated hours when something of a lower rank
// waits: its world then stands still, and goes on later as if nothing had been. At most as many of each rank stand aside as there are places, since
// these go on before others of their rank are begun.

// changed gives out free places and tells those that have one that something else may matter more; the pool is locked.
func (p *pool) changed() {
	p.changes.Add(1)
	p.fill()
}

// fill gives out free places.
func (p *pool) fill() {
	for p.free > 0 && !p.closed {
		below := above
		back := p.back()
		if back != nil {
			below = back.rank
		}
		t := p.pick(below)
		switch {
		case t != nil:
			p.seat(t)
			p.all.Go(func() { p.finish(t, p.play(t)) })
		case back != nil:
			p.seat(back)
			p.aside = slices.DeleteFunc(p.aside, func(x *task) bool { return x == back })
			close(back.again)
		default:
			return
		}
	}
}

// seat gives a task a place.
func (p *pool) seat(t *task) {
	p.free--
	t.seated, t.since = true, time.Now()
}

// leave takes a task's place, if it has one.
func (p *pool) leave(t *task) {
	if t.seated {
		p.free++
		t.took += time.Since(t.since)
	}
	t.seated = false
}

// back is which of the tasks that stand aside goes on first: the one of the lowest rank, and of these the one that stood aside last.
func (p *pool) back() (best *task) {
	for _, t := range p.aside {
		p.raise(t)
		if best == nil || t.rank <= best.rank {
			best = t
		}
	}
	return best
}

// raise gives a task the rank of whoever waits most for one of its runs: another order may have the same base, and nobody else plays that meanwhile.
func (p *pool) raise(t *task) {
	for _, o := range p.orders {
		if o.ctx.Err() == nil && slices.ContainsFunc(o.runs(), func(r *run) bool { return slices.Contains(t.runs, r) && t.rep < r.N && r.done[t.rep] == nil }) {
			t.rank = min(t.rank, o.rankAt(t.rep))
		}
	}
}

// yield lets what matters more have the place of a task first. It is asked each simulated hour, and looks only where something has changed. The
// patience with a task that had to wait begins anew.
func (p *pool) yield(t *task, late *time.Timer, patience time.Duration) {
	now := p.changes.Load()
	if t.seen == now || t.ctx.Err() != nil {
		return
	}
	t.seen = now
	p.mu.Lock()
	p.leave(t)
	again := make(chan struct{})
	t.again = again
	p.aside = append(p.aside, t)
	p.fill()
	waits := slices.Contains(p.aside, t)
	p.mu.Unlock()
	if !waits {
		return
	}
	late.Stop()
	defer late.Reset(patience)
	select {
	case <-again:
	case <-t.ctx.Done(): // given up: it ends without a place
		p.mu.Lock()
		p.aside = slices.DeleteFunc(p.aside, func(x *task) bool { return x == t })
		p.mu.Unlock()
	}
}
