// Package loadtest tries what reads scenarios and studies: loaders against files with mistakes, schemas against YAML as editors read it.
package loadtest

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

// A Mistake is one that a loader has found: its place, counted from 1, and what is told of it.
type Mistake struct {
	File      string
	Line, Col int
	Text      string
}

var wantForm = regexp.MustCompile(`(?m)^# want: (\d+): (.*)$`)

// Mistakes holds a loader against the files of testdata/mistakes, of which there are so many at least: each is refused at the lines, and
// with the words, that its first lines say; and for nothing else. No message has more than so many line breaks.
func Mistakes(t *testing.T, least, breaks int, load func(file string) []Mistake) {
	files, _ := filepath.Glob("testdata/mistakes/*.yaml")
	if len(files) < least {
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
			got := load(f)
			for _, w := range wants {
				line, _ := strconv.Atoi(string(w[1]))
				if !slices.ContainsFunc(got, func(m Mistake) bool {
					return m.Line == line && m.File == filepath.ToSlash(f) && strings.Contains(m.Text, string(w[2]))
				}) {
					t.Errorf("want line %d: %s", line, w[2])
				}
			}
			if len(got) != len(wants) {
				t.Errorf("%d mistakes, not %d", len(got), len(wants))
			}
			for i, m := range got {
				if m.Line < 1 || m.Col < 1 || len(m.Text) > 700 || strings.Count(m.Text, "\n") > breaks {
					t.Errorf("message without place, or too long: %q", m.Text)
				}
				if i > 0 && m.File == got[i-1].File && m.Line < got[i-1].Line {
					t.Error("not in the order of the file")
				}
				if t.Failed() || testing.Verbose() {
					t.Log(m.Text)
				}
			}
		})
	}
}

// Schema is a JSON schema, ready to validate.
func Schema(t *testing.T, text []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// JSON reads YAML as an editor's validator does: dates are text.
func JSON(data []byte) (any, error) {
	var n yaml.Node
	if err := yaml.Load(data, &n); err != nil {
		return nil, err
	}
	var plain func(n *yaml.Node)
	plain = func(n *yaml.Node) {
		if n.Tag == "!!timestamp" {
			n.Tag = "!!str"
		}
		for _, k := range n.Content {
			plain(k)
		}
	}
	plain(&n)
	var v any
	if err := n.Load(&v); err != nil {
		return nil, err
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return jsonschema.UnmarshalJSON(bytes.NewReader(raw))
}

var exampleForm = regexp.MustCompile("(?s)```yaml\n# file: (\\S+)\n(.*?)```")

// Page holds a page of the documentation against a loader: its examples, of which there are so many at least, are files that load, fit the
// schema and come back from what they were read as; the one called wrong.yaml is refused in the words that the page prints. They are
// written where the test is, which goes to a folder of its own; those in folders are parts of others. It returns the page.
func Page(t *testing.T, path string, least int, schema []byte, load func(ref string) (back func() bool, err error)) string {
	t.Helper()
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	examples := exampleForm.FindAllSubmatch(page, -1)
	if n := bytes.Count(page, []byte("```yaml")); n != len(examples) || n < least {
		t.Fatalf("%d examples, of which %d are files", n, len(examples))
	}
	for _, m := range examples {
		name := string(m[1])
		err := os.MkdirAll(filepath.Dir(name), 0o700)
		if err == nil {
			err = os.WriteFile(name, append([]byte("# file\n"), m[2]...), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	form := Schema(t, schema)
	for _, m := range examples {
		name := string(m[1])
		if filepath.Dir(name) != "." {
			continue
		}
		back, err := load("./" + name)
		switch {
		case name == "wrong.yaml":
			if err == nil || !strings.Contains(string(page), "```text\n"+err.Error()+"\n```") {
				t.Errorf("the mistake is told as:\n%v", err)
			}
			continue
		case err != nil:
			t.Errorf("%s:\n%v", name, err)
			continue
		case !back():
			t.Errorf("%s does not come back", name)
		}
		if v, err := JSON(m[2]); err != nil || form.Validate(v) != nil {
			t.Errorf("%s: editors would warn: %v %v", name, err, form.Validate(v))
		}
	}
	return string(page)
}
