package load

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pasar/agents/policy"
	"pasar/scenarios"
	"pasar/scenarios/load/loadtest"
)

// The library fits the schema, and so do the effective documents.
func TestLibraryFitsTheSchema(t *testing.T) {
	s := loadtest.Schema(t, Schema())
	for _, name := range names() {
		file, err := scenarios.Files.ReadFile(name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		for what, data := range map[string][]byte{"file": file, "effective document": must(t, name, Overrides{}).Effective} {
			v, err := loadtest.JSON(data)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Validate(v); err != nil {
				t.Errorf("the %s of %s: %v", what, name, err)
			}
		}
	}
}

// Struct and schema agree: each intervention has its fields, and each parameter its place.
func TestSchemaFollowsTheStructs(t *testing.T) {
	var root struct {
		Defs       map[string]struct{ Properties map[string]any } `json:"$defs"`
		Properties map[string]any
	}
	if err := json.Unmarshal(Schema(), &root); err != nil {
		t.Fatal(err)
	}
	for _, do := range policy.All() {
		var want []string
		for _, f := range Fields(do) {
			want = append(want, f.Name)
		}
		for _, k := range actionKeys {
			if (k != "until" || !do.Doc().Process) && !slices.Contains(want, k) {
				want = append(want, k)
			}
		}
		var got []string
		for k := range root.Defs[do.Doc().Name].Properties {
			got = append(got, k)
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(want, got) {
			t.Errorf("%s: schema %v, struct %v", do.Doc().Name, got, want)
		}
	}
	var top []string
	for k := range root.Properties {
		top = append(top, k)
	}
	slices.Sort(top)
	want := slices.Sorted(slices.Values(topKeys))
	if !slices.Equal(top, want) {
		t.Errorf("keys %v, loader %v", top, want)
	}
	for at := range defaults().leaves {
		n := root.Properties["params"]
		for _, k := range strings.Split(at, ".") {
			props, _ := n.(map[string]any)["properties"].(map[string]any)
			if n = props[k]; n == nil {
				t.Fatalf("params.%s is not in the schema", at)
			}
		}
	}
}

// What the schema refuses, the loader refuses too: editors never warn about a file that runs.
func TestTheLoaderIsAsStrictAsTheSchema(t *testing.T) {
	s := loadtest.Schema(t, Schema())
	files, _ := filepath.Glob("testdata/*/*.yaml")
	refused := 0
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		v, err := loadtest.JSON(data)
		if err != nil {
			continue
		}
		bad := s.Validate(v) != nil
		_, err = Load(f, Overrides{})
		if bad && err == nil {
			t.Errorf("%s: only the schema refuses it: %v", f, s.Validate(v))
		}
		if bad {
			refused++
		}
	}
	if refused < 20 {
		t.Errorf("the schema refuses only %d files of the corpus", refused)
	}
}
