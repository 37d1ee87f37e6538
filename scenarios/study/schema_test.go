package study

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pasar/scenarios"
	"pasar/scenarios/load/loadtest"
)

// The library fits the schema, which has the keys that are read; and what the schema refuses, the loader refuses too, so editors never warn
// of a study that can be played.
func TestSchema(t *testing.T) {
	schema := loadtest.Schema(t, Schema())
	for _, name := range names() {
		data, err := scenarios.Files.ReadFile("studies/" + name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		v, err := loadtest.JSON(data)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	var root struct{ Properties map[string]any }
	if err := json.Unmarshal(Schema(), &root); err != nil {
		t.Fatal(err)
	}
	for _, k := range keys {
		if root.Properties[k] == nil {
			t.Errorf("the schema has no %s", k)
		}
		delete(root.Properties, k)
	}
	for k := range root.Properties {
		t.Errorf("%s is in the schema alone", k)
	}
	files, _ := filepath.Glob("testdata/mistakes/*.yaml")
	var refused []string
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		v, err := loadtest.JSON(data)
		if err != nil || schema.Validate(v) != nil {
			refused = append(refused, filepath.Base(f))
			if _, err := Parse(f, data); err == nil {
				t.Errorf("%s is refused by the schema alone", f)
			}
		}
	}
	for _, f := range []string{"design-setting.yaml", "design-none.yaml", "factor-field.yaml", "keep-form.yaml", "law-unknown.yaml", "outcome-typo.yaml"} {
		if !slices.Contains(refused, f) {
			t.Errorf("the schema takes %s", f)
		}
	}
	if len(refused) < 28 {
		t.Errorf("the schema refuses %d mistakes of %d", len(refused), len(files))
	}
}
