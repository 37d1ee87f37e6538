package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"pasar/scenarios/compare"
	"pasar/sim"
)

// awaitWhy waits until a question is in a state.
func (d *desk) awaitWhy(t *testing.T, path, state string) (x whyJSON) {
	t.Helper()
	for range 9000 {
		if d.get(t, path, &x); x.State == state {
			return x
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("the question is still %s, %d of %d, after three minutes: %s", x.State, x.Done, x.Runs, x.Error)
	return x
}

// Why is asked by a button alone, says its cost before, can be stopped and asked again, and answers what the command line does.
func TestWhy(t *testing.T) {
	d := newDesk(t, Options{})
	var s status
	d.post(t, "/api/runs", pair(2), http.StatusAccepted, &s)
	path := "/api/why?a=" + s.BaseKey + "&b=" + s.Key
	var x whyJSON
	d.get(t, path, &x)
	mechanisms := len(compare.Mechanisms())
	if x.State != absent || x.Runs != 2*2*mechanisms || len(x.Mechanisms) != mechanisms || len(x.Through) != 0 {
		t.Fatalf("before anybody asked: %+v", x)
	}
	d.await(t, s.Key, over)
	d.await(t, s.BaseKey, over)
	if d.get(t, path, &x); x.State != absent || x.About == nil || *x.About <= 0 {
		t.Fatalf("nobody asked, and it does not say how long it takes: %+v", x)
	}
	if x.Pairs != x.N || x.Wanting != "" || x.Ahead != 0 {
		t.Fatalf("all pairs are there, and it cannot be asked: %+v", x)
	}
	d.post(t, path, nil, http.StatusAccepted, &x)
	d.call(t, http.MethodDelete, path, nil, http.StatusOK, nil)
	d.awaitWhy(t, path, stopped)
	d.post(t, path, nil, http.StatusAccepted, nil)
	x = d.awaitWhy(t, path, over)
	if x.Done != x.Runs {
		t.Errorf("%d of %d runs", x.Done, x.Runs)
	}
	var worlds []compare.World
	for _, key := range []string{s.BaseKey, s.Key} {
		run, _, _ := d.lab.pool.readings(key)
		worlds = append(worlds, run.World)
	}
	c, err := compare.Run(t.Context(), worlds, compare.Options{Reps: 2, Seed: 1, Why: 2, Store: d.lab.store, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	f := c.Pairs[0].Main[0]
	if f.Outcome.Name != "gmv" || len(x.Through["gmv"]) != len(f.Through) || len(x.Through["sme_income"]) != 0 {
		t.Fatalf("through of %v; the command line: %s, %d", x.Through, f.Outcome.Name, len(f.Through))
	}
	for i, want := range f.Through {
		told, err := json.Marshal(throughOf(&want))
		if err != nil {
			t.Fatal(err)
		}
		var same through // as a browser reads it
		if err := json.Unmarshal(told, &same); err != nil || fmt.Sprint(x.Through["gmv"][i]) != fmt.Sprint(same) || same.N != 2 {
			t.Errorf("%s: %+v instead of %+v (%v)", want.Mechanism, x.Through["gmv"][i], same, err)
		}
	}
	if slices.ContainsFunc(x.Through["gmv"], func(y through) bool { return y.Mechanism == "" }) {
		t.Error("a mechanism has no name")
	}
}

// How long a question takes is told by the quickest replication of its size, not by how long its runs waited for others.
func TestWhyTakes(t *testing.T) {
	d := newDesk(t, Options{Workers: 2})
	q := pair(2)
	a, b, err := q.Runs("test", d.lab.limits)
	if err != nil {
		t.Fatal(err)
	}
	played := func(share sim.Time, took time.Duration) {
		d.lab.pool.mu.Lock()
		defer d.lab.pool.mu.Unlock()
		d.lab.pool.paced(&task{order: &order{main: &run{Run: a}}, played: a.First.End * share / 2, took: took})
	}
	if d.lab.about(a, b) != nil {
		t.Error("it is told before anything was played")
	}
	for _, x := range []struct {
		share sim.Time // halves of a world
		took  time.Duration
		want  time.Duration // for a world
	}{{2, 3 * time.Second, 3 * time.Second}, {4, 4 * time.Second, 2 * time.Second}, {2, time.Hour, 2 * time.Second}, {1, time.Millisecond, 2 * time.Second}} {
		played(x.share, x.took)
		got, most := d.lab.about(a, b), (2 * x.want * time.Duration(2*len(compare.Mechanisms()))).Milliseconds()
		if got == nil || *got > most || *got < most/2 { // both worlds of a pair, less the past that they share
			t.Errorf("after %v: %v, not up to %d", x, got, most)
		}
	}
}

// Of runs that are not done nobody can ask why, nor of a single pair.
func TestWhyIsRefused(t *testing.T) {
	d := newDesk(t, Options{})
	var s status
	d.post(t, "/api/runs", pair(1), http.StatusAccepted, &s)
	path := "/api/why?a=" + s.BaseKey + "&b=" + s.Key
	d.await(t, s.Key, over)
	d.await(t, s.BaseKey, over)
	d.post(t, path, nil, http.StatusConflict, nil)
	d.post(t, "/api/runs", pair(8), http.StatusAccepted, &s)
	path = "/api/why?a=" + s.BaseKey + "&b=" + s.Key
	d.post(t, path, nil, http.StatusConflict, nil)
	var x whyJSON
	if d.get(t, path, &x); x.Wanting != queued && x.Wanting != running || x.Pairs == x.N {
		t.Errorf("it does not say that its runs are being played: %+v", x)
	}
	d.call(t, http.MethodDelete, "/api/runs/"+s.Key, nil, http.StatusOK, nil)
	if d.get(t, path, &x); x.Wanting != stopped {
		t.Errorf("it does not say that its runs were stopped: %+v", x)
	}
	d.post(t, "/api/why?a="+s.BaseKey+"&b=nothing", nil, http.StatusBadRequest, nil)
}
