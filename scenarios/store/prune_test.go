package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Of a store, the oldest runs go first, as many as it takes and no more; what is not a run of a store is neither counted nor deleted.
func TestPrune(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string, day int) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		at := time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC)
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
		return path
	}
	key := strings.Repeat("0", 61)
	run := form + strings.Repeat("x", 100-len(form))
	var runs []string
	for i, day := range []int{20, 5, 12, 1} {
		runs = append(runs, put("a"+string(rune('0'+i))+"/"+key+"a.run", run, day))
	}
	foreign := []string{
		put("a0/"+key+"b.run", "somebody's notes", 1), put("a0/notes.run", run, 1), put("README", run, 1), put("deep/a0/"+key+"c.run", run, 1),
	}
	list, err := List(dir)
	if err != nil || len(list) != 4 || list[0].Path != runs[3] || list[3].Path != runs[0] {
		t.Fatalf("%v, %v", list, err)
	}
	for _, c := range []struct {
		limit int64
		over  int
	}{{400, 0}, {399, 1}, {200, 2}, {99, 4}, {0, 4}} {
		if over := Over(list, c.limit); len(over) != c.over {
			t.Errorf("within %d bytes %d runs go, not %d", c.limit, len(over), c.over)
		}
	}
	for _, k := range Over(list, 200) {
		if err := k.Remove(); err != nil {
			t.Error(err)
		}
	}
	if list, err = List(dir); err != nil || len(list) != 2 || list[0].Path != runs[2] {
		t.Errorf("left: %v, %v", list, err)
	}
	for _, path := range foreign {
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
	if none, err := List(filepath.Join(dir, "nothing")); err != nil || none != nil {
		t.Errorf("no store: %v, %v", none, err)
	}
}
