package study

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pasar/scenarios/load"
)

var wantForm = regexp.MustCompile(`(?m)^# want: (\d+): (.*)$`)

// Each file of testdata/mistakes is refused at the line, and with the words, that its first lines say; and for nothing else.
func TestMistakes(t *testing.T) {
	files, _ := filepath.Glob("testdata/mistakes/*.yaml")
	if len(files) < 50 {
		t.Errorf("only %d files", len(files))
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".yaml"), func(t *testing.T) {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			wants := wantForm.FindAllSubmatch(data, -1)
			if len(wants) == 0 {
				t.Fatal("does not say what is wrong with it")
			}
			_, err = Load(f)
			var got load.Errors
			if !errors.As(err, &got) {
				t.Fatalf("is accepted: %v", err)
			}
			for _, w := range wants {
				line, _ := strconv.Atoi(string(w[1]))
				if !slices.ContainsFunc(got, func(e load.Error) bool {
					return e.Line == line && e.File == filepath.ToSlash(f) && strings.Contains(e.Error(), string(w[2]))
				}) {
					t.Errorf("want line %d: %s", line, w[2])
				}
			}
			if len(got) != len(wants) {
				t.Errorf("%d mistakes, not %d", len(got), len(wants))
			}
			for _, e := range got {
				if e.Line < 1 || e.Col < 1 || len(e.Error()) > 700 || strings.Contains(e.Error(), "\n") {
					t.Errorf("message without place, or too long: %q", e.Error())
				}
			}
			if t.Failed() || testing.Verbose() {
				t.Logf("\n%v", err)
			}
		})
	}
}
