package study

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pasar/scenarios/load"
)

// No text panics; one that is refused is told why, with its place; one that is taken reads the same again, and its first and last cell can
// be loaded.
func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/mistakes/*.yaml")
	more, _ := filepath.Glob("../studies/*.yaml")
	for _, name := range append(files, more...) {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(small))
	f.Add([]byte(strings.Replace(small, "sobol, points: 8", "csv, file: a.csv", 1) + "files: {a.csv: \"rho,fee\\n.5,.05\\n\"}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Parse("fuzz", data)
		if err != nil {
			var list load.Errors
			if !errors.As(err, &list) || len(list) == 0 {
				t.Fatalf("%v", err)
			}
			for _, e := range list {
				if e.File == "fuzz" && e.Line < 1 || e.What == "" || strings.ContainsAny(e.Error(), "\n\r") {
					t.Errorf("%q", e.Error())
				}
			}
			return
		}
		again, err := Parse("again", s.Text)
		if err != nil || again.Hash() != s.Hash() {
			t.Fatalf("does not read the same again: %v", err)
		}
		if s.Size() == 0 {
			t.Fatal("no cells")
		}
		for _, i := range []int{0, s.Size() - 1} {
			c := s.Cell(i)
			for w := range s.Worlds {
				if _, err := s.Scenario(c.Point, w, c.Seed); err != nil {
					t.Errorf("cell %+v: %v", c, err)
				}
			}
		}
	})
}
