package load

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"pasar/scenarios/load/loadtest"
)

// Each file of testdata/mistakes is refused at the line, and with the words, that its first lines say; and for nothing else.
func TestMistakes(t *testing.T) {
	loadtest.Mistakes(t, 45, 4, func(file string) (found []loadtest.Mistake) {
		_, err := Load(file, Overrides{})
		var all Errors
		errors.As(err, &all)
		for _, e := range all {
			found = append(found, loadtest.Mistake{File: e.File, Line: e.Line, Col: e.Col, Text: e.Error()})
		}
		return found
	})
}

// Files that are too large, or slow to read, are refused at once.
func TestLargeFiles(t *testing.T) {
	dir := t.TempDir()
	wide := bytes.Buffer{}
	wide.WriteString("scenario: x\nvars: {")
	for i := range 60_000 {
		fmt.Fprintf(&wide, "v%d: 1, ", i)
	}
	wide.WriteString("}\n")
	many := bytes.Buffer{}
	many.WriteString("scenario: x\nactions:\n")
	for i := range 8000 {
		fmt.Fprintf(&many, "- {id: a%d, do: set_feee, after: a%d + 1d}\n", i, i+1)
	}
	waiting := bytes.Buffer{}
	waiting.WriteString("scenario: x\nextends: no-ban\nactions:\n")
	for i := range 950 {
		fmt.Fprintf(&waiting, "- {id: a%d, do: start_pilot, subject: shopee, duration: 30d, when: happened(fee1)}\n", i)
	}
	for name, data := range map[string][]byte{
		"waiting": waiting.Bytes(),
		"huge":    bytes.Repeat([]byte("#"), maxSize+1),
		"wide":    append(wide.Bytes(), "unknown: 1"...),
		"many":    many.Bytes(),
		"deep":    append([]byte("scenario: x\nparams: "), bytes.Repeat([]byte("{a: "), 10_000)...),
		"nested":  append([]byte("scenario: x\nparams:\n"), bytes.Repeat([]byte("- "), 100_000)...),
		"line":    append([]byte("scenario: "), bytes.Repeat([]byte("x"), maxSize-20)...),
	} {
		file := filepath.Join(dir, name+".yaml")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		_, err := Load(file, Overrides{})
		var got Errors
		if !errors.As(err, &got) || len(got) > most+1 {
			t.Errorf("%s: %d mistakes", name, len(got))
		}
		if d := time.Since(begin); d > time.Minute { // what is not refused at once takes many
			t.Errorf("%s takes %v", name, d)
		}
		for _, e := range got {
			if len(e.Error()) > 1000 {
				t.Errorf("%s: a message of %d bytes", name, len(e.Error()))
			}
		}
	}
	for _, ref := range []string{"/dev/zero", dir, dir + "/none.yaml", "", "..", "./"} {
		if _, err := Load(ref, Overrides{}); err == nil {
			t.Errorf("%q loads", ref)
		}
	}
	if _, err := Parse("upload", []byte("scenario: x\nextends: /etc/passwd\n"), Overrides{}); err == nil || !strings.Contains(err.Error(), "only scenarios of the library") {
		t.Errorf("a scenario from memory opens files: %v", err)
	}
}

// No input panics, and whatever loads can be planned and loads again from its effective document.
func FuzzLoad(f *testing.F) {
	files, _ := filepath.Glob("testdata/mistakes/*.yaml")
	more, _ := filepath.Glob("../*.yaml")
	for _, name := range append(files, more...) {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, "params.disc.rho=.7")
	}
	page, err := os.ReadFile("../../docs/scenarios.md")
	if err != nil {
		f.Fatal(err)
	}
	for _, m := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(page, -1) {
		f.Add(m[1], "branches.outcome=collapses")
	}
	f.Add([]byte("scenario: all\nextends: no-ban\n"+everything), "phases.storm.for=3d")
	f.Add(must(&testing.T{}, "pilot", Overrides{}).Effective, "pilot.caps.share_of_pre=.1")
	f.Fuzz(func(t *testing.T, data []byte, set string) {
		s, err := Parse("fuzz", data, Overrides{Set: []string{set}})
		if err != nil {
			if err.Error() == "" || strings.Contains(err.Error(), "\r") {
				t.Errorf("%q", err)
			}
			return
		}
		s.Plan(7500)
		again, err := Parse("again", s.Effective, Overrides{})
		if err != nil {
			t.Fatalf("%v\n%s", err, s.Effective)
		}
		if again.Hash != s.Hash {
			t.Errorf("the effective document is another scenario:\n%s\n%s", s.Effective, again.Effective)
		}
	})
}
