package results

import (
	"crypto/sha256"
	"fmt"
	"os"
	"testing"

	"pasar/scenarios/compare"
	"pasar/scenarios/load"
	"pasar/scenarios/report"
)

const goldenComparison = "testdata/comparison.md"

// The report of a small comparison that is really played says what it said before: its summary to the letter, the page by its hash.
// Run with -update where results change, and say so in CHANGELOG.md.
func TestGoldenComparison(t *testing.T) {
	var worlds []compare.World
	for _, name := range []string{"no-ban", "ban"} {
		worlds = append(worlds, compare.Parse(name, load.Overrides{Buyers: 150, Until: "2023-10-31"}))
	}
	c, err := compare.Run(t.Context(), worlds, compare.Options{Reps: 2, Seed: 1, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	o := report.Options{Version: "test", Human: "v0"}
	text, err := report.ComparisonMarkdown(c, o)
	if err != nil {
		t.Fatal(err)
	}
	page, err := report.ComparisonHTML(c, o)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprintf("%s\n<!-- report.html: %x -->\n", text, sha256.Sum256(page))
	if *update {
		if err := os.WriteFile(goldenComparison, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(goldenComparison)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the report of a comparison has changed; it says\n%s", got)
	}
}
