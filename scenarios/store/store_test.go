package store

import (
	"context"
	"fmt"
	"os"
	"testing"

	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/results/measure"
)

func scenario(t *testing.T, seed uint64) *load.Scenario {
	t.Helper()
	s, err := load.Load("ban", load.Overrides{Buyers: 200, Until: "2023-11-30", Seed: &seed})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// numbers is all that is said about a run.
func numbers(x *measure.Run) string {
	out := fmt.Sprint(x.Daily(), x.Weekly(), x.Cohorts(1<<20), x.Audits, x.Watch, x.Reviews, x.Events, x.Result.Daily)
	for _, w := range x.Windows() {
		out += fmt.Sprint(w, x.Values(w))
	}
	return out
}

// What comes out of the store is what went in: the same rows, and nothing for another seed, program or a damaged file.
func TestStore(t *testing.T) {
	s := scenario(t, 3)
	r, err := play.Run(context.Background(), s, play.Options{Goroutines: 1})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	o, err := Open(dir, "abc")
	if err != nil {
		t.Fatal(err)
	}
	if o.Has(s) || o.Get(s) != nil {
		t.Fatal("an empty store has a run")
	}
	if err := o.Put(r); err != nil {
		t.Fatal(err)
	}
	back := o.Get(scenario(t, 3))
	if back == nil || back.Digest != r.Digest {
		t.Fatal("what was put is not there")
	}
	x, y := measure.Of(r), measure.Of(back)
	if numbers(x) != numbers(y) {
		t.Error("the numbers of a run from the store are others")
	}
	if o.Get(scenario(t, 4)) != nil {
		t.Error("a run of another seed is found")
	}
	if other, _ := Open(dir, "abd"); other.Get(s) != nil {
		t.Error("a run of another program is found")
	}
	b, err := os.ReadFile(o.path(s))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes", len(b))
	for name, bad := range map[string][]byte{"empty": {}, "cut": b[:len(b)/2], "flipped": append(append([]byte{}, b[:len(b)/2]...), append([]byte{b[len(b)/2] ^ 1}, b[len(b)/2+1:]...)...), "form": append([]byte("pasar run 0\n"), b[len(form):]...)} {
		if err := os.WriteFile(o.path(s), bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if o.Get(s) != nil {
			t.Errorf("%s: a damaged run is used", name)
		}
	}
	if err := o.Put(r); err != nil || o.Get(s) == nil {
		t.Errorf("a damaged run is not replaced: %v", err)
	}
}
