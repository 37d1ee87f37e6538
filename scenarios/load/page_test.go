package load

import (
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
	page := loadtest.Page(t, "../../docs/scenarios.md", 8, Schema(), func(ref string) (func() bool, error) {
		s, err := Load(ref, Overrides{})
		return func() bool {
			again, err := Parse("receipt", s.Effective, Overrides{})
			return err == nil && again.Hash == s.Hash
		}, err
	})
	conditions := regexp.MustCompile("(?s)## Conditions\n\n```text\n(.*?)```").FindStringSubmatch(page)
	if conditions == nil {
		t.Fatal("no conditions")
	}
	for _, line := range strings.Split(strings.TrimSpace(conditions[1]), "\n") {
		if _, err := cond.Compile(line, cond.Truth, cond.Names{"shut", "pilot"}); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
	for _, key := range slices.Concat(topKeys, actionKeys, phaseKeys, optionKeys, worldKeys, []string{"is", "that", "unit"}) {
		if !regexp.MustCompile("`" + key + "\\b|\\b" + key + ":").MatchString(page) {
			t.Errorf("the page does not speak of %s", key)
		}
	}
	for _, m := range regexp.MustCompile("--set ([a-z]+[.][^ `]+)").FindAllStringSubmatch(page, -1) {
		if !strings.Contains(m[1], "=") {
			t.Errorf("--set %s sets nothing", m[1])
		}
	}
}
