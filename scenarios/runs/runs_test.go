package runs

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pasar/scenarios/load"
	"pasar/scenarios/play"
)

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// What a run wrote is known and can be deleted, unless something else lies beside it or somebody reads its recording; what no run wrote
// is never listed and never deleted.
func TestFolders(t *testing.T) {
	s, err := load.Load("no-ban", load.Overrides{Buyers: 100, Until: "2023-01-03"})
	if err != nil {
		t.Fatal(err)
	}
	f := recordedRun(t, s)
	if f.What != Played || f.Receipt.Scenario != "no-ban" || f.Size == 0 || f.Recorded == 0 || f.Recorded >= f.Size || len(f.Foreign) > 0 {
		t.Fatalf("%+v", f)
	}
	top := t.TempDir()
	home := filepath.Join(top, "mine")
	if err := os.Rename(f.Dir, home); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(top, "notes", "receipt.txt"), "not a run")
	put(t, filepath.Join(top, "other", "receipt.json"), `{"of": "another program"}`)
	put(t, filepath.Join(top, "killed", "recording", "jetstream", "x", "1.blk"), "frames")
	put(t, filepath.Join(top, "a comparison", "comparison.json"), "{}")
	put(t, filepath.Join(top, "a sweep", "sweep.json"), "{}")
	put(t, filepath.Join(top, "a sweep", "stop"), "") // whoever plays it was killed before it looked
	put(t, filepath.Join(top, "file"), "")
	list, err := List(top)
	var got []string
	for _, f := range list {
		got = append(got, f.ID+" "+string(f.What))
	}
	if text := strings.Join(got, ", "); err != nil || len(list) != 4 || !strings.Contains(text, "mine run") || !strings.Contains(text, "killed cut off") || !strings.Contains(text, "a comparison comparison") || !strings.Contains(text, "a sweep sweep") {
		t.Errorf("%v, %v", got, err)
	}
	for _, f := range list { // one place knows the files by which all are known
		if held := Holds(f.Dir); f.What != Cut && (len(held) != 1 || held[0] != f.What) || f.What == Cut && held != nil {
			t.Errorf("%s is of a %s, and holds %v", f.ID, f.What, held)
		}
		if len(f.Foreign) > 0 {
			t.Errorf("%s: %v is of nobody", f.ID, f.Foreign)
		}
	}
	put(t, filepath.Join(top, "a sweep", "receipt.json"), "{}")
	if held := Holds(filepath.Join(top, "a sweep")); len(held) != 2 {
		t.Errorf("of a folder that two wrote to only %v is known", held)
	}
	if list, err := List(filepath.Join(top, "nothing")); err != nil || list != nil {
		t.Errorf("no folder of runs: %v, %v", list, err)
	}

	f, _, err = Open(home)
	if err != nil {
		t.Fatal(err)
	}
	dir, _ := f.Recording()
	rec, err := play.OpenRecording(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Remove(); err == nil || !strings.Contains(err.Error(), "in use by process") {
		t.Errorf("while it is read: %v", err)
	}
	rec.Close()
	put(t, filepath.Join(home, "figures", "thesis.tex"), "weeks of work")
	if err := f.Remove(); !errors.Is(err, ErrForeign) || !strings.Contains(err.Error(), "figures/thesis.tex") {
		t.Errorf("with something else in it: %v", err)
	}
	if err := os.Remove(filepath.Join(home, "figures", "thesis.tex")); err != nil {
		t.Fatal(err)
	}
	if err := f.Remove(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(home); err == nil {
		t.Error("it is still there")
	}
	not := &Folder{Dir: filepath.Join(top, "notes")}
	if err := not.Remove(); err == nil {
		t.Error("what is no run was deleted")
	}
}
