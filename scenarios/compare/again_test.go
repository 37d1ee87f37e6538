package compare

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"pasar/scenarios/load"
	"pasar/scenarios/store"
)

// "Killing the command half way and starting it again finishes without repeating finished runs" (Shows 5), and comes to what it
// would have come to without that.
func TestGoesOn(t *testing.T) {
	list := []World{}
	for _, n := range []string{"no-ban", "ban"} {
		list = append(list, Parse(n, load.Overrides{Buyers: 150, Until: "2023-10-31"}))
	}
	keep, err := store.Open(filepath.Join(t.TempDir(), "store"), "test")
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Reps: 3, Seed: 1, Parallel: 1, Store: keep, Version: "test"}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	stopped := o
	stopped.Progress = func(p Progress) {
		if p.Done == 3 {
			cancel()
		}
	}
	if _, err := Run(ctx, list, stopped); err == nil {
		t.Fatal("the comparison was not stopped")
	}
	stored := 0
	again := o
	again.Progress = func(p Progress) { stored = max(stored, p.Stored) }
	c, err := Run(t.Context(), list, again)
	if err != nil {
		t.Fatal(err)
	}
	if stored < 3 || stored > 4 {
		t.Errorf("%d runs were not played again, of 3 that were over", stored)
	}
	o.Store = nil
	whole, err := Run(t.Context(), list, o)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(text(c.RunRows()), text(whole.RunRows())) {
		t.Error("a comparison that went on has other rows")
	}
	if a, b := text(c.PairRows()), text(whole.PairRows()); !slices.Equal(a, b) {
		t.Error("a comparison that went on finds other differences")
	}
}
