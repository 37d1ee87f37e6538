package load

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pasar/scenarios/cond"
	"pasar/scenarios/load/loadtest"
)

// The page on scenario files tells the truth: its examples load, its mistake is told in the words it prints, its conditions are
// understood, and every key of a file stands on it.
func TestScenariosPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/scenarios.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	t.Chdir(dir)
	var files []string
	for _, m := range regexp.MustCompile("(?s)```yaml\n# file: (\\S+)\n(.*?)```").FindAllSubmatch(page, -1) {
		name := string(m[1])
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, append([]byte("# file\n"), m[2]...), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, name)
	}
	if n := strings.Count(string(page), "```yaml"); n != len(files) || n < 8 {
		t.Fatalf("%d examples, of which %d are files", n, len(files))
	}
	schema := loadtest.Schema(t, Schema())
	for _, name := range files {
		if filepath.Dir(name) != "." {
			continue
		}
		s, err := Load("./"+name, Overrides{})
		if name == "wrong.yaml" {
			if err == nil || !strings.Contains(string(page), "```text\n"+err.Error()+"\n```") {
				t.Errorf("the mistake is told as:\n%v", err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s:\n%v", name, err)
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if v, err := loadtest.JSON(data); err != nil || schema.Validate(v) != nil {
			t.Errorf("%s: editors would warn: %v %v", name, err, schema.Validate(v))
		}
		if again, err := Parse("receipt", s.Effective, Overrides{}); err != nil || again.Hash != s.Hash {
			t.Errorf("%s does not come back: %v", name, err)
		}
	}
	conditions := regexp.MustCompile("(?s)## Conditions\n\n```text\n(.*?)```").FindSubmatch(page)
	if conditions == nil {
		t.Fatal("no conditions")
	}
	for _, line := range strings.Split(strings.TrimSpace(string(conditions[1])), "\n") {
		if _, err := cond.Compile(line, cond.Truth, cond.Names{"shut", "pilot"}); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
	for _, key := range slices.Concat(topKeys, actionKeys, phaseKeys, optionKeys, worldKeys, []string{"is", "that", "unit"}) {
		if !regexp.MustCompile("`" + key + "\\b|\\b" + key + ":").Match(page) {
			t.Errorf("the page does not speak of %s", key)
		}
	}
	for _, m := range regexp.MustCompile("--set ([a-z]+[.][^ `]+)").FindAllStringSubmatch(string(page), -1) {
		if !strings.Contains(m[1], "=") {
			t.Errorf("--set %s sets nothing", m[1])
		}
	}
}
