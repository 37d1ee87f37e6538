package study

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"pasar/scenarios/load/loadtest"
)

// The page on studies tells the truth: its examples load and fit the schema, its mistakes are told in the words it prints, and every key,
// design and scheme stands on it.
func TestStudiesPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/studies.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	examples := regexp.MustCompile("(?s)```yaml\n# file: (\\S+)\n(.*?)```").FindAllSubmatch(page, -1)
	if n := strings.Count(string(page), "```yaml"); n != len(examples) || n < 5 {
		t.Fatalf("%d examples, of which %d are files", n, len(examples))
	}
	schema := loadtest.Schema(t, Schema())
	for _, m := range examples {
		name, data := string(m[1]), append([]byte("# file\n"), m[2]...)
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Load("./" + name)
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
		if v, err := loadtest.JSON(data); err != nil || schema.Validate(v) != nil {
			t.Errorf("%s: editors would warn: %v %v", name, err, schema.Validate(v))
		}
		if again, err := Parse("again", s.Text); err != nil || again.Hash() != s.Hash() {
			t.Errorf("%s does not come back: %v", name, err)
		}
	}
	for _, key := range keys {
		if !regexp.MustCompile("`" + key + "\\b").Match(page) {
			t.Errorf("the page does not speak of %s", key)
		}
	}
	for _, k := range kinds() {
		if !regexp.MustCompile("\\| `" + k.name + "` \\|.*\\| " + regexp.QuoteMeta(k.use) + " \\|").Match(page) {
			t.Errorf("the page does not have: | `%s` | | %s |", k.name, k.use)
		}
	}
	for _, scheme := range []string{Common, Independent, Nested} {
		if !strings.Contains(string(page), "| `"+scheme+"` |") {
			t.Errorf("the page does not have the scheme %s", scheme)
		}
	}
}
