package serve

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pasar/scenarios/lab"
)

// idle is a lab whose workers have not started: tests take the tasks themselves.
func idle(t *testing.T, dir string) *pool {
	t.Helper()
	w, err := openWire()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.close)
	p, err := openPool(t.Context(), dir, lab.Limits{Buyers: 20_000, N: 64, Text: 1 << 10, Set: 4}, "test", nil, w)
	if err != nil {
		t.Fatal(err)
	}
	p.workers = 2
	return p
}

func (p *pool) order1(t *testing.T, client string, q lab.Request) *lab.Run {
	t.Helper()
	main, base, err := q.Runs("test", p.limits)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.ask(client, main, base, mostOrders); err != nil {
		t.Fatal(err)
	}
	return main
}

func (p *pool) take(t *testing.T) *task {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.pick(above)
}

func world(set string, n, buyers int) lab.Request {
	return lab.Request{World: lab.World{Scenario: "ban", Set: []string{set}}, N: n, Buyers: buyers}
}

// Each question has its first look, two pairs, before any has more; of the others the one that has least comes first. Browsers take turns.
func TestFairShare(t *testing.T) {
	p := idle(t, t.TempDir())
	keys := map[string]string{}
	ask := func(name, client, set string, n int) {
		keys[p.order1(t, client, world(set, n, lab.QuickBuyers)).Key] = name
	}
	ask("a1", "ann", "params.disc.rho=.3", 4)
	ask("a2", "ann", "params.disc.rho=.4", 2)
	ask("b1", "bob", "params.disc.rho=.5", 3)
	ask("b1", "cat", "params.disc.rho=.5", 3) // the same: played once, for both
	var order []string
	for x := p.take(t); x != nil; x = p.take(t) {
		order = append(order, fmt.Sprintf("%s/%d", keys[x.main.Key], x.rep))
	}
	if got := strings.Join(order, " "); got != "a1/0 a1/1 b1/0 b1/1 a2/0 a2/1 b1/2 a1/2 a1/3" {
		t.Errorf("order %s", got)
	}
}

// Who asks while others fill up is next, whatever they still have to play, and a run of which nobody waits any more is not played on.
func TestFirstLooksComeFirst(t *testing.T) {
	p := idle(t, t.TempDir())
	old := p.order1(t, "ann", world("params.disc.rho=.3", 8, 200))
	for range 3 {
		p.take(t)
	}
	p.order1(t, "bob", world("params.disc.rho=.4", 8, 200))
	p.order1(t, "ann", world("params.disc.rho=.5", 8, 200))
	p.cancel("ann", old.Key)
	var got []string
	for range 5 {
		x := p.take(t)
		got = append(got, fmt.Sprintf("%s %s/%d", x.clients[0], x.main.World.Overrides.Set[0], x.rep))
	}
	want := "bob params.disc.rho=.4/0, bob params.disc.rho=.4/1, ann params.disc.rho=.5/0, ann params.disc.rho=.5/1, bob params.disc.rho=.4/2"
	if strings.Join(got, ", ") != want {
		t.Errorf("%q", got)
	}
}

// A sketch comes before the first look at a quick run that was asked for earlier, and before what is further; between sketches turns are as ever.
func TestSketchesComeFirst(t *testing.T) {
	p := idle(t, t.TempDir())
	quick := p.order1(t, "ann", world("params.disc.rho=.3", 8, lab.QuickBuyers))
	first := p.order1(t, "bob", world("params.disc.rho=.4", 2, 200))
	second := p.order1(t, "cy", world("params.disc.rho=.5", 2, 200))
	for key, want := range map[string]int{quick.Key: 5, first.Key: 1, second.Key: 3} {
		p.view(key, func(r *run) {
			if got := p.position(r); got != want {
				t.Errorf("%s: position %d instead of %d", r.World.Name, got, want)
			}
		})
	}
	var got []string
	for range 5 {
		x := p.take(t)
		got = append(got, fmt.Sprintf("%s/%d", x.clients[0], x.rep))
	}
	if want := "bob/0, bob/1, cy/0, cy/1, ann/0"; strings.Join(got, ", ") != want {
		t.Errorf("%q", got)
	}
}

// Large worlds leave a worker to others, and a run's place in the queue is what is played before it.
func TestLargeRunsLeaveAWorker(t *testing.T) {
	p := idle(t, t.TempDir())
	p.order1(t, "ann", world("params.disc.rho=.3", 4, 10_000))
	small := p.order1(t, "bob", world("params.disc.rho=.4", 2, lab.QuickBuyers))
	at := func(key string) (n int) {
		p.view(key, func(r *run) { n = p.position(r) })
		return n
	}
	if n := at(small.Key); n != 3 {
		t.Errorf("position %d instead of 3: ann's first look is before it", n)
	}
	first, second, third := p.take(t), p.take(t), p.take(t)
	if !first.large() || second.large() || third == nil || third.large() || p.take(t) != nil {
		t.Errorf("one of two workers may play a large world: %v", []bool{first.large(), second.large()})
	}
	p.finish(first, nil)
	if x := p.take(t); x == nil || !x.large() {
		t.Error("the next large one does not come when the first is over")
	}
}

// A browser cannot fill the queue.
func TestTooManyOrders(t *testing.T) {
	p := idle(t, t.TempDir())
	for i := range mostOrders {
		p.order1(t, "ann", world(fmt.Sprintf("params.disc.rho=.%d", 11+i), 1, 200))
	}
	q := world("params.disc.rho=.5", 1, 200)
	main, _, err := q.Runs("test", p.limits)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.ask("ann", main, nil, mostOrders); err != errBusy {
		t.Errorf("the %dth is taken: %v", mostOrders+1, err)
	}
	if _, err := p.ask("bob", main, nil, mostOrders); err != nil {
		t.Error(err)
	}
}

// Who asked last for a run stops it; others who wait for it keep it.
func TestCancel(t *testing.T) {
	p := idle(t, t.TempDir())
	r := p.order1(t, "ann", world("params.disc.rho=.3", 2, 200))
	p.order1(t, "bob", world("params.disc.rho=.3", 2, 200))
	x := p.take(t)
	state := func() (s string) {
		p.view(r.Key, func(r *run) { s = r.state() })
		return s
	}
	p.cancel("ann", r.Key)
	if x.ctx.Err() != nil || state() != running {
		t.Fatalf("bob's run is %s", state())
	}
	p.cancel("bob", r.Key)
	if x.ctx.Err() == nil || state() != stopped || p.take(t) != nil {
		t.Errorf("nobody's run is %s", state())
	}
	p.finish(x, x.ctx.Err())
	p.order1(t, "ann", world("params.disc.rho=.3", 2, 200))
	if y := p.take(t); y == nil || y.rep != 0 || state() != running {
		t.Errorf("asked for again it does not begin again: %v, %s", y, state())
	}
}

// Who gives a run up and asks for it again at once has it, and who waits for a base that another browser's order plays has it when that is
// given up, though all of either was being played at that moment.
func TestAskedAgain(t *testing.T) {
	p := idle(t, t.TempDir())
	beside := lab.World{Scenario: "no-ban"}
	first := lab.Request{World: lab.World{Scenario: "ban"}, Base: &beside, N: 1, Buyers: 200}
	second := lab.Request{World: lab.World{Scenario: "pilot", Until: "2024-06-30"}, Base: &beside, N: 1, Buyers: 200}
	a := p.order1(t, "ann", first)
	x := p.take(t)
	b := p.order1(t, "bob", second)
	y := p.take(t)
	if x == nil || len(x.runs) != 2 || y == nil || len(y.runs) != 1 {
		t.Fatalf("%v, %v", x, y)
	}
	p.mu.Lock()
	p.runs[b.Key].done[0] = &lab.Reading{}
	p.mu.Unlock()
	p.finish(y, nil)
	p.cancel("ann", a.Key)
	p.order1(t, "ann", first)
	if z := p.take(t); z != nil {
		t.Errorf("what is being played is played again: %d runs", len(z.runs))
	}
	p.finish(x, x.ctx.Err())
	z := p.take(t)
	if z == nil || len(z.runs) != 2 && len(z.runs) != 1 {
		t.Fatalf("what was given up is not played for those who wait: %v", z)
	}
	p.finish(z, fmt.Errorf("a rupiah is missing"))
	if len(z.runs) == 1 { // the base, for bob
		z = p.take(t)
	}
	if z == nil || z.main.Key != a.Key {
		t.Errorf("ann's run is not played")
	}
}

// What one replication failed of is told, and the others are kept.
func TestFailure(t *testing.T) {
	p := idle(t, t.TempDir())
	r := p.order1(t, "ann", world("params.disc.rho=.3", 2, 200))
	x, y := p.take(t), p.take(t)
	p.finish(x, fmt.Errorf("conservation: a rupiah is missing"))
	p.mu.Lock()
	p.runs[r.Key].done[y.rep] = &lab.Reading{}
	p.mu.Unlock()
	p.finish(y, nil)
	var s status
	p.view(r.Key, func(r *run) { s = p.status(r) })
	if s.State != broken || s.Error == nil || s.Error.Seed != 1 || !strings.Contains(s.Error.Message, "rupiah") || s.Done != 1 {
		t.Errorf("%+v", s)
	}
	p.order1(t, "ann", world("params.disc.rho=.3", 2, 200))
	if again := p.take(t); again == nil || again.rep != x.rep || p.take(t) != nil {
		t.Errorf("asked for again, what failed is not tried again: %v", again)
	}
}

// A lab that is opened again goes on with what was open, leaves what was done, and drops what another program asked for.
func TestRestart(t *testing.T) {
	dir := t.TempDir()
	d := openDesk(t, Options{Dir: dir, Workers: 1})
	d.lab.Close() // nothing is played from here on, but what is asked for is written down
	d.server.Close()
	p := idle(t, filepath.Join(dir, "lab"))
	q := pair(1)
	open := p.order1(t, "ann", q)
	gone := p.order1(t, "ann", world("params.disc.rho=.3", 1, 200))
	p.cancel("ann", gone.Key)
	for name, text := range map[string]string{strings.Repeat("0", 32) + ".json": `{"request":{"scenario":"ban"},"open":true}`, strings.Repeat("1", 32) + ".json": "{", "note.txt": "mine"} {
		if err := os.WriteFile(filepath.Join(dir, "lab", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	again := newDesk(t, Options{Dir: dir, Workers: 1})
	again.await(t, open.Key, over)
	if s := again.await(t, gone.Key, stopped); s.Done != 0 {
		t.Errorf("%d of 1 of what was stopped is played", s.Done)
	}
	if _, err := os.Stat(filepath.Join(dir, "lab", strings.Repeat("0", 32)+".json")); err == nil {
		t.Error("a run of another program is still there")
	}
	if _, err := os.Stat(filepath.Join(dir, "lab", "note.txt")); err != nil {
		t.Error("a file that is not ours was removed")
	}
	for a, err := again.lab.pool.asked(open.Key); err != nil || a.Open; a, err = again.lab.pool.asked(open.Key) {
		time.Sleep(10 * time.Millisecond) // it is noted after it is told
	}
	second := newDesk(t, Options{Dir: dir, Workers: 1})
	var x seriesJSON
	if second.get(t, "/api/runs/"+open.Key+"/series", &x); len(x.Seeds) != 1 {
		t.Errorf("series of a run of the lab before have %d of 1 replications", len(x.Seeds))
	}
	third := newDesk(t, Options{Dir: dir, Workers: 1})
	if s := third.await(t, open.Key, over); s.Stored != 1 {
		t.Errorf("after another restart %d of 1 replications come from the store", s.Stored)
	}
}
