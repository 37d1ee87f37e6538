package serve

import (
	"strings"
	"testing"

	"pasar/scenarios/lab"
)

// What is prepared waits for all who ask, and is theirs once they ask for it.
func TestPreparedComesLast(t *testing.T) {
	p := idle(t, t.TempDir())
	queue := func(set string) {
		q := world(set, 2, 200)
		main, _, err := q.Runs("test", p.limits)
		if err != nil {
			t.Fatal(err)
		}
		if o := p.prepare(main, main); o.ctx == nil {
			t.Fatalf("%s is not to be played", set)
		}
	}
	queue("params.disc.rho=.2")
	queue("params.disc.rho=.3")
	p.order1(t, "ann", world("params.disc.rho=.4", 4, 200))
	var got []string
	for x := p.take(t); x != nil; x = p.take(t) {
		got = append(got, x.main.World.Overrides.Set[0][len("params.disc.rho="):])
	}
	if all := strings.Join(got, " "); all != ".4 .4 .4 .4 .2 .2 .3 .3" {
		t.Errorf("played %s", all)
	}
}

// Each place of each lever can be asked for, none twice, and who asks for a prepared one finds it.
func TestPrepare(t *testing.T) {
	list, err := Places()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	d := newDesk(t, Options{})
	for _, q := range list {
		main, base, err := q.Runs("test", d.lab.limits)
		if err != nil || base == nil || seen[main.Key] {
			t.Fatalf("%v: %v, again %v", q.Set, err, seen[main.Key])
		}
		seen[main.Key] = true
	}
	small, err := Sketches()
	if err != nil || len(small) < 20 || len(small) >= len(list) || small[0].Buyers != lab.SketchBuyers || len(small[0].Base.Set) == 0 {
		t.Fatalf("%d sketches: %+v, %v", len(small), small, err)
	}
	few := list[len(list)-1:]
	few[0].Buyers = 100
	if err := d.lab.Prepare(few); err != nil {
		t.Fatal(err)
	}
	main, base, _ := few[0].Runs("test", d.lab.limits)
	for _, x := range []string{main.Key, base.Key} {
		if !d.lab.pool.view(x, func(r *run) {
			if r.state() != over {
				t.Errorf("what is prepared is %s", r.state())
			}
		}) {
			t.Error("what is prepared is not there")
		}
	}
	if err := d.lab.Prepare(few); err != nil { // nothing is left to do
		t.Fatal(err)
	}
}
