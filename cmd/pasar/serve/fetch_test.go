package serve

import (
	"context"
	"fmt"
	"testing"

	"pasar/scenarios/lab"
)

// A run of which only its file is left is read from the store beside the requests: who asks how far it is need not wait, who asks for it
// meanwhile waits for what is missing of it, and it is played then.
func TestFetch(t *testing.T) {
	p := idle(t, t.TempDir())
	r := p.order1(t, "ann", world("params.disc.rho=.3", 2, 200))
	p.cancel("ann", r.Key)
	p.mu.Lock()
	delete(p.runs, r.Key)
	p.mu.Unlock()
	for range readers { // the store is slow
		p.readers <- struct{}{}
	}
	if err := p.fetch(r.Key); err != nil {
		t.Fatal(err)
	}
	state := func() (s string) {
		p.view(r.Key, func(r *run) { s = r.state() })
		return s
	}
	short, stop := context.WithCancel(t.Context())
	stop()
	if err := p.await(short, r.Key); err == nil || state() != running {
		t.Errorf("while it is read it is %s, and who waits has it: %v", state(), err)
	}
	p.order1(t, "bob", world("params.disc.rho=.3", 2, 200))
	if x := p.take(t); x != nil {
		t.Errorf("replication %d is played before it is known to be missing", x.rep)
	}
	for range readers {
		<-p.readers
	}
	if err := p.await(t.Context(), r.Key); err != nil {
		t.Fatal(err)
	}
	if x := p.take(t); x == nil || x.rep != 0 {
		t.Errorf("what is missing is not played: %v", x)
	}
}

// What many wait for does not push out what is done and was asked for lately; what is done and was asked for longest ago goes first.
func TestForget(t *testing.T) {
	p := idle(t, t.TempDir())
	done := func(set string, n int) string {
		r := p.order1(t, "ann", world(set, n, 200))
		p.mu.Lock()
		defer p.mu.Unlock()
		for i := range n {
			p.runs[r.Key].begun[i], p.runs[r.Key].done[i] = true, &lab.Reading{}
		}
		p.tidy()
		return r.Key
	}
	there := func(key string) bool { return p.view(key, func(*run) {}) }
	old, late := done("params.disc.rho=.2", 4), done("params.disc.rho=.3", 4)
	for i := range 10 {
		p.order1(t, fmt.Sprint(i), world(fmt.Sprintf("params.disc.rho=.%d", 40+i), 64, 200))
	}
	if !there(late) || !there(old) {
		t.Error("replications that nobody has played push out others")
	}
	there(late)
	for i := range keptReps / 64 { // with both and what waits, a little too much
		done(fmt.Sprintf("params.disc.rho=.%d", 60+i), 63)
	}
	p.order1(t, "bob", world("params.disc.rho=.8", 1, 200))
	if there(old) || !there(late) {
		t.Errorf("the oldest is kept: %v, a later one is: %v", there(old), there(late))
	}
}
