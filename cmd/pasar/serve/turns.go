package serve

import (
	"maps"
	"slices"
	"time"

	"pasar/scenarios/lab"
)

// firstLook is how many pairs make a first result: with two there is an interval.
const firstLook = 2

// begun is how many replications somebody has begun.
func (o *order) begun() int { return o.main.N - o.open() }

// look is how many pairs make its first result. A sketch is shown when it is whole.
func (o *order) look() int {
	if o.sketch() {
		return o.main.N
	}
	return min(firstLook, o.main.N)
}

// stage is how far an order has come, as turns see it: 0 until its first look is under way, then the replications that were begun.
func (o *order) stage() int {
	if n := o.begun(); n >= o.look() {
		return n
	}
	return 0
}

// browser is the one whose turn an order takes.
func (o *order) browser() string { return browserOf(o.clients[0]) }

// large tells whether a world is one of those that must not fill all workers.
func (o *order) large() bool { return o.main.Buyers > lab.QuickBuyers }

// sketch tells whether an order is a look at fewer buyers than a quick run has, which a screen asks for while many wait before its run.
func (o *order) sketch() bool { return o.main.N <= lab.SketchReps && o.main.Buyers < lab.QuickBuyers }

// A rank says how much a replication matters: one of a lower rank is played first, and one of a higher stands aside for it (places.go).
type rank int

const (
	sketching rank = iota // a look at fewer buyers, which a screen asks for while many wait before its run
	looking               // a first look
	filling               // what makes it surer
	preparing             // what nobody waits for
	above                 // all of these
)

// rank is that of the next replication of an order.
func (o *order) rank() rank { return o.rankAt(o.begun()) }

// rankAt is that of a replication of an order, by how many come before it.
func (o *order) rankAt(n int) rank {
	switch {
	case o.idle:
		return preparing
	case o.sketch():
		return sketching
	case n < o.look():
		return looking
	}
	return filling
}

// before tells whether an order comes before another: the one of the lower rank, then the one that has come less far, then that of the browser whose
// last turn is longer ago, then the one that was asked for first.
func (p *pool) before(a, b *order) bool {
	if x, y := a.rank(), b.rank(); x != y {
		return x < y
	}
	if x, y := a.stage(), b.stage(); x != y {
		return x < y
	}
	if x, y := p.turns[a.browser()], p.turns[b.browser()]; x != y {
		return x < y
	}
	return slices.Index(p.orders, a) < slices.Index(p.orders, b)
}

// pick takes the next replication of a rank below one. Each order has its first look before any has more, and of the others the one that has least comes first.
// A browser's turn ends with a first look, or with a replication beyond it.
func (p *pool) pick(below rank) *task {
	var best *order
	for _, o := range p.orders {
		if o.rank() >= below || o.ctx.Err() != nil || o.large() && p.heavy >= max(p.workers-1, 1) || o.open() == 0 {
			continue
		}
		if best == nil || p.before(o, best) {
			best = o
		}
	}
	if best == nil {
		return nil
	}
	t := p.begin(best)
	if best.stage() > 0 {
		p.clock++
		p.turns[best.browser()] = p.clock
	}
	return t
}

func (p *pool) begin(o *order) *task {
	t := &task{order: o, rank: o.rank()}
	for i := range o.main.N {
		for _, r := range o.runs() {
			if !r.begun[i] && r.failed[i] == nil {
				t.rep, t.runs = i, append(t.runs, r)
			}
		}
		if t.runs != nil {
			break
		}
	}
	for _, r := range t.runs {
		r.begun[t.rep] = true
		if r.began.IsZero() {
			r.began = time.Now()
		}
	}
	o.busy++
	if t.first = t.rank <= looking; t.first {
		o.looks++
	}
	if o.large() {
		p.heavy++
	}
	return t
}

// tidy drops orders of which all is there, whose runs it gives back, and those that nobody waits for; and forgets the turns of browsers
// that wait for nothing, once there are very many.
func (p *pool) tidy() (settled []*run) {
	p.orders = slices.DeleteFunc(p.orders, func(o *order) bool {
		if o.busy > 0 || o.left() > 0 && o.ctx.Err() == nil {
			return false
		}
		if o.left() == 0 {
			settled = append(settled, o.main)
		}
		o.stop()
		return true
	})
	if len(p.turns) > mostVisitors {
		maps.DeleteFunc(p.turns, func(client string, _ int64) bool {
			return !slices.ContainsFunc(p.orders, func(o *order) bool { return o.browser() == client })
		})
	}
	return settled
}

// crowded tells whether first looks of other browsers are being played, or come before that of an order.
func (p *pool) crowded(mine *order) bool {
	return slices.ContainsFunc(p.orders, func(o *order) bool {
		return o.browser() != mine.browser() && o.ctx.Err() == nil && (o.looks > 0 || o.rank() <= looking && o.open() > 0)
	})
}

// asking is the order of somebody who waits for a run beside its base; nil: there is none.
func (p *pool) asking(r *run) *order {
	at := slices.IndexFunc(p.orders, func(o *order) bool { return o.main == r && o.base != nil && !o.idle && o.ctx.Err() == nil })
	if at < 0 {
		return nil
	}
	return p.orders[at]
}

// looked tells whether the first look at a run is there: pairs of it and of the base that it was asked for with, which may be behind.
func (p *pool) looked(r *run) bool {
	o, n := p.asking(r), 0
	for i := range r.done {
		if r.done[i] != nil && (o == nil || i < o.base.N && o.base.done[i] != nil) {
			n++
		}
	}
	return n >= min(firstLook, r.N)
}

// worthSketching tells whether a look at fewer buyers would come sooner than the first look at a quick run.
func (p *pool) worthSketching(r *run) bool {
	if r.Buyers != lab.QuickBuyers || r.N <= firstLook || p.looked(r) {
		return false
	}
	o := p.asking(r)
	return o != nil && p.crowded(o)
}

// position is the place in the queue of the next replication of a run: 1 and what others begin before it.
func (p *pool) position(r *run) int {
	at := slices.IndexFunc(p.orders, func(o *order) bool { return slices.Contains(o.runs(), r) && o.ctx.Err() == nil })
	if at < 0 {
		return 0
	}
	mine, place := p.orders[at], 1
	for _, o := range p.orders {
		if o == mine || o.ctx.Err() != nil || o.idle && !mine.idle || mine.sketch() && !o.sketch() {
			continue
		}
		until := mine.stage() // replications of the other
		if o.sketch() && !mine.sketch() {
			until = o.main.N
		} else if p.before(o, mine) && o.stage() == until {
			until = max(until+1, o.look())
		}
		place += min(max(until-o.begun(), 0), o.open())
	}
	return place
}
