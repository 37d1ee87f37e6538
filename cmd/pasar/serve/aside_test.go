package serve

import (
	"fmt"
	"testing"
	"time"

	"pasar/scenarios/lab"
)

// What is being played stands aside for what matters more and has come in since, and for nothing else: a replication beyond a first look for a first
// look, that for a sketch, and what somebody waits for never for what nobody does.
func TestStandAside(t *testing.T) {
	p := idle(t, t.TempDir())
	next := func(of *task) string {
		if x := p.instead(of); x != nil {
			return x.clients[0]
		}
		return ""
	}
	p.order1(t, "ann", world("params.disc.rho=.3", 8, lab.QuickBuyers))
	p.take(t)
	p.take(t)
	fill := p.take(t)
	if got := next(fill); got != "" {
		t.Errorf("ann's run stands aside for that of %s", got)
	}
	p.order1(t, "bob", world("params.disc.rho=.4", 8, lab.QuickBuyers))
	look := p.instead(fill)
	if look == nil || look.clients[0] != "bob" || look.rank != looking {
		t.Fatalf("%v is played in place of a third replication", look)
	}
	p.order1(t, "cat", world("params.disc.rho=.5", 8, lab.QuickBuyers))
	if got := next(look); got != "" {
		t.Errorf("a first look stands aside for that of %s", got)
	}
	p.order1(t, "dan", world("params.disc.rho=.5", 2, 200))
	sketch := p.instead(look)
	if sketch == nil || sketch.clients[0] != "dan" {
		t.Fatalf("%v is played in place of a first look", sketch)
	}
	p.order1(t, "eve", world("params.disc.rho=.6", 2, 200))
	if got := next(sketch); got != "" {
		t.Errorf("a sketch stands aside for that of %s", got)
	}
	fill.stop()
	late := time.NewTimer(time.Hour)
	if p.yield(fill, late, time.Hour); len(p.aside) > 0 || !late.Stop() {
		t.Errorf("what was given up waits for others and is not ended")
	}
}

// instead takes what matters more than a task.
func (p *pool) instead(of *task) *task {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.raise(of)
	return p.pick(of.rank)
}

// What somebody needs is not put off because it was begun for others, or for nobody: a task has the rank of whoever waits most for one of its runs.
func TestSharedBaseIsNotPutOff(t *testing.T) {
	p := idle(t, t.TempDir())
	beside := lab.World{Scenario: "no-ban", Set: []string{"params.disc.rho=.3"}}
	q := lab.Request{World: lab.World{Scenario: "ban", Set: beside.Set}, Base: &beside, N: 3, Buyers: 200}
	main, base, err := q.Runs("test", p.limits)
	if err != nil {
		t.Fatal(err)
	}
	p.prepare(main, base)
	prepared := p.take(t)
	p.order1(t, "ann", world("params.disc.rho=.7", 8, lab.QuickBuyers))
	look := p.instead(prepared)
	if look == nil || look.clients[0] != "ann" {
		t.Fatalf("%v is played in place of what nobody waits for", look)
	}
	q.World.Scenario = "pilot"
	p.order1(t, "bob", q)
	p.order1(t, "cat", world("params.disc.rho=.8", 3, 200))
	if x := p.instead(prepared); x != nil {
		t.Errorf("the base of bob's sketch stands aside for the run of %s", x.clients[0])
	}
	prepared.rank = preparing
	if p.aside = []*task{prepared, look}; p.back() != prepared {
		t.Errorf("of those that stand aside %s goes on before the base of bob's sketch", p.back().clients[0])
	}
}

// A world that stood aside is, to the bit, what it is without, and what it stood aside for is there when it is.
func TestAsideIsAsAlone(t *testing.T) {
	q, small := world("params.disc.rho=.3", 4, 110), world("params.disc.rho=.4", 2, 100)
	q.Until, small.Until = "2023-12-31", "2023-10-31"
	played := func(interrupt bool) string {
		p := idle(t, t.TempDir())
		r := p.order1(t, "ann", q)
		x := p.take(t)
		x.seated = true // in the only place
		if interrupt {
			s := p.order1(t, "bob", small)
			defer p.view(s.Key, func(y *run) {
				if y.state() != over {
					t.Errorf("the sketch is %s", y.state())
				}
			})
		}
		err := p.play(x)
		p.cancel("ann", r.Key) // the rest of it
		p.finish(x, err)
		m := p.fresh.get(freshKey(r, 0), nil).m.Result
		return fmt.Sprint(m.Digest, m.Days, m.Weeks)
	}
	if played(false) != played(true) {
		t.Error("a run that stood aside is another run")
	}
}

// A sketch is worth it where first looks of others come before one's own, be it queued or standing aside, and only then.
func TestSketchIsTold(t *testing.T) {
	p := idle(t, t.TempDir())
	with := func(set string, n int) lab.Request {
		q := world(set, n, lab.QuickBuyers)
		q.Base = &lab.World{Scenario: "no-ban", Set: q.Set}
		return q
	}
	told := func(x *lab.Run) (s *size) {
		p.view(x.Key, func(r *run) { s = p.status(r).Sketch })
		return s
	}
	ann := p.order1(t, "ann", with("params.disc.rho=.3", 8))
	if told(ann) != nil {
		t.Error("who is alone is told of a sketch")
	}
	x := p.take(t)
	bob := p.order1(t, "bob", with("params.disc.rho=.4", 8))
	if s := told(bob); s == nil || *s != (size{lab.SketchReps, lab.SketchBuyers}) {
		t.Errorf("who waits for another is told %v", s)
	}
	if told(ann) == nil {
		t.Error("who is being played beside another is told of none")
	}
	p.view(bob.Key, func(r *run) { r.done[0], r.done[1] = &lab.Reading{}, &lab.Reading{} })
	if told(bob) == nil {
		t.Error("whose base is behind is told of no sketch")
	}
	p.view(bob.Key, func(r *run) { r.done[0], r.done[1] = nil, nil })
	if s := told(p.order1(t, "cat", with("params.disc.rho=.5", 2))); s != nil {
		t.Errorf("of two pairs a sketch is told: %v", s)
	}
	p.cancel("ann", ann.Key)
	p.finish(x, x.ctx.Err())
	for _, r := range p.orders {
		if r.main.Key != bob.Key {
			r.stop()
		}
	}
	p.mu.Lock()
	p.tidy()
	p.mu.Unlock()
	if told(bob) != nil {
		t.Error("who is alone again is told of a sketch")
	}
}
