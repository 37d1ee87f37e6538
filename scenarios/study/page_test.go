package study

import (
	"regexp"
	"strings"
	"testing"

	"pasar/scenarios/load/loadtest"
)

// The page on studies tells the truth: its examples load and fit the schema, its mistakes are told in the words it prints, and every key,
// design and scheme stands on it.
func TestStudiesPage(t *testing.T) {
	page := loadtest.Page(t, "../../docs/studies.md", 5, Schema(), func(ref string) (func() bool, error) {
		s, err := Load(ref)
		return func() bool {
			again, err := Parse("again", s.Text)
			return err == nil && again.Hash() == s.Hash()
		}, err
	})
	for _, key := range keys {
		if !regexp.MustCompile("`" + key + "\\b").MatchString(page) {
			t.Errorf("the page does not speak of %s", key)
		}
	}
	for _, k := range kinds() {
		if !regexp.MustCompile("\\| `" + k.name + "` \\|.*\\| " + regexp.QuoteMeta(k.use) + " \\|").MatchString(page) {
			t.Errorf("the page does not have: | `%s` | | %s |", k.name, k.use)
		}
	}
	for _, scheme := range []string{Common, Independent, Nested} {
		if !strings.Contains(page, "| `"+scheme+"` |") {
			t.Errorf("the page does not have the scheme %s", scheme)
		}
	}
}

// The study behind the levels of docs/levels.md can be played, in each of its sizes.
func TestLevelsStudy(t *testing.T) {
	s, err := Load("../../docs/levels.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`(?m)^buyers: 20000$`).Match(s.Text) {
		t.Error("the number of buyers is not on a line of its own, where the command of the page changes it")
	}
}
