package serve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"pasar/scenarios/diff"
	"pasar/scenarios/lab"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/sim"
)

// play plays a task: what is in the store is read, the rest is played as a family, the run before its base, since that is what one looks at.
func (p *pool) play(t *task) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%v", fault)
		}
	}()
	seed := t.main.Seed + uint64(t.rep)
	var missing []*load.Scenario
	var whose []*run
	for _, r := range t.runs {
		s, err := r.World.Load(seed)
		if err != nil {
			return err
		}
		if x := p.store.Get(s); x != nil {
			p.put(r, t.rep, x, true)
			continue
		}
		missing, whose = append(missing, s), append(whose, r)
	}
	if len(missing) == 0 {
		return nil
	}
	framers := make([]*lab.Framer, len(missing))
	for i, s := range missing {
		framers[i] = lab.NewFramer(s)
	}
	f := play.Family{First: diff.First, Closed: func(members []int, day int64, totals []int64) {
		for _, i := range members {
			if frame, full := framers[i].Day(day, totals); full {
				p.frame(whose[i], frame)
			}
		}
	}, Done: func(i int, x *play.Result) error {
		if err := p.store.Put(x); err != nil {
			return err
		}
		p.put(whose[i], t.rep, x, false)
		return nil
	}}
	if !t.large() {
		f.Past = p.past[0]
		if t.sketch() {
			f.Past = p.past[1]
		}
		for _, r := range whose {
			f.Moments = append(f.Moments, r.moments())
		}
	}
	ctx, stop := context.WithCancelCause(t.ctx)
	defer stop(nil)
	patience := patienceFor(t.main.Buyers)
	late := time.AfterFunc(patience, func() { stop(errTooLong) })
	defer late.Stop()
	f.Tick = func(d sim.Time) {
		t.played += d
		p.yield(t, late, patience)
	}
	return f.Play(ctx, missing)
}

// patienceFor is how long a replication may take: a hundred times what it should.
func patienceFor(buyers int) time.Duration {
	return 3*time.Minute + time.Duration(buyers)*100*time.Millisecond
}

var errTooLong = errors.New("it took too long and was stopped")

// frame keeps and tells of a week of a replication that is being played.
func (p *pool) frame(r *run, f lab.Frame) {
	data, err := json.Marshal(f)
	if err != nil {
		panic("serve: " + err.Error())
	}
	p.mu.Lock()
	r.frames[f.Seed] = append(r.frames[f.Seed], data)
	p.mu.Unlock()
	p.wire.say(r.Key, frameOf, data)
}

// put keeps a replication.
func (p *pool) put(r *run, rep int, x *play.Result, stored bool) {
	m := p.fresh.get(freshKey(r.Run, rep), func() *measured { return &measured{} })
	known, _ := m.of(func() (*play.Result, error) { return x, nil }) // it is at hand
	reading := lab.Read(known)
	p.mu.Lock()
	if i := slices.IndexFunc(r.done, func(x *lab.Reading) bool { return x != nil }); i >= 0 {
		reading.Share(r.done[i])
	}
	r.done[rep] = reading
	if stored {
		r.stored++
	}
	delete(r.frames, r.Seed+uint64(rep))
	if r.state() == over {
		r.ended = time.Now()
	}
	p.mu.Unlock()
	p.wire.say(r.Key, stateOf, nil)
}

// paced keeps how quick a replication was; the pool is locked. What it waited for others does not count, and the quickest was disturbed least. One
// that began from a copy says little.
func (p *pool) paced(t *task) {
	if t.played < t.main.First.End {
		return
	}
	pace := float64(t.took) / float64(t.played)
	if best, ok := p.pace[t.main.Buyers]; !ok || pace < best {
		p.pace[t.main.Buyers] = pace
	}
}

// finish gives back what a task did not come to.
func (p *pool) finish(t *task, err error) {
	p.mu.Lock()
	for _, r := range t.runs {
		if r.done[t.rep] != nil {
			continue
		}
		delete(r.frames, r.Seed+uint64(t.rep))
		if err != nil && t.ctx.Err() == nil {
			r.failed[t.rep] = err
		} else {
			r.begun[t.rep] = false
		}
	}
	t.busy--
	if t.first {
		t.looks--
	}
	if t.large() {
		p.heavy--
	}
	p.leave(t)
	if err == nil {
		p.paced(t)
	}
	settled := p.tidy()
	p.changed()
	p.mu.Unlock()
	p.settled(settled...)
	for _, r := range t.runs {
		p.wire.say(r.Key, stateOf, nil)
	}
}

// cancel takes a browser's interest off a run. What nobody waits for is stopped; what is finished of it stays.
func (p *pool) cancel(client, key string) {
	p.mu.Lock()
	var quiet []*run
	for _, o := range p.orders {
		if o.main.Key != key {
			continue
		}
		if o.clients = slices.DeleteFunc(o.clients, func(c string) bool { return c == client }); len(o.clients) > 0 {
			continue
		}
		o.clients = []string{client} // whose it was
		o.stop()
		quiet = append(quiet, o.runs()...)
	}
	for _, r := range quiet {
		wanted := slices.ContainsFunc(p.orders, func(o *order) bool { return o.ctx.Err() == nil && slices.Contains(o.runs(), r) })
		r.stopped = !wanted
	}
	settled := p.tidy()
	p.changed()
	p.mu.Unlock()
	p.settled(append(settled, quiet...)...)
	for _, r := range quiet {
		p.wire.say(r.Key, stateOf, nil)
	}
}

// A failure is why a run failed.
type failure struct {
	Message string `json:"message"`
	Seed    uint64 `json:"seed"`
}

// view shows a run, and must not be kept beyond the call: it is the pool's.
func (p *pool) view(key string, show func(r *run)) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.runs[key]
	if r == nil {
		return false
	}
	p.clock++
	r.used = p.clock
	show(r)
	return true
}
