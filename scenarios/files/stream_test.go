package files

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// What a killed process had begun to write is cleared away, and nothing else; a folder that is not there yet is clear.
func TestClear(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"runs.parquet", unfinished + "123", unfinished + "9"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, unfinished+"folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	begun := false
	err := Stream(filepath.Join(dir, "new"), func(io.Writer) error {
		left, err := filepath.Glob(filepath.Join(dir, unfinished+"*"))
		begun = len(left) == 4
		return err
	})
	if err != nil || !begun {
		t.Errorf("what Stream begins has another name; %v", err)
	}
	for _, d := range []string{dir, filepath.Join(dir, "none")} {
		if err := Clear(d); err != nil {
			t.Error(err)
		}
	}
	list, err := os.ReadDir(dir)
	var names []string
	for _, d := range list {
		names = append(names, d.Name())
	}
	if want := []string{unfinished + "folder", "new", "runs.parquet"}; err != nil || !slices.Equal(names, want) {
		t.Errorf("there are %v, not %v; %v", names, want, err)
	}
}
