package results

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"testing"

	"pasar/scenarios/results/measure"
)

var update = flag.Bool("update", false, "write the files that tests compare with")

// Every indicator of the outputs is defined, once; nothing is defined that no run can give; and docs/indicators.md says the same.
func TestDefinitions(t *testing.T) {
	key := func(freq, name, by string) string { return freq + " " + name + " by " + by }
	known := map[string]string{}
	for _, d := range measure.Definitions() {
		k := key(d.Freq, d.Name, d.By)
		if _, twice := known[k]; twice || d.What == "" {
			t.Errorf("%s is defined twice, or not at all", k)
		}
		known[k] = d.Unit
	}
	x := measure.Of(one())
	for freq, all := range map[string][]measure.Series{"day": x.Daily(), "week": x.Weekly()} {
		for _, s := range all {
			k := key(freq, s.Name, s.By)
			if unit, ok := known[k]; !ok || unit != s.Unit {
				t.Errorf("%s in %s is defined as %q", k, s.Unit, unit)
			}
			delete(known, k)
		}
	}
	for k := range known { // each is an error, in any order
		if k[:5] != "event" {
			t.Errorf("%s is defined and does not exist", k)
		}
	}
	const file = "../../docs/indicators.md"
	var b bytes.Buffer
	b.WriteString("# Indicators\n\nWhat `series.csv` and `series.parquet` hold (model section 10). Values are of the real market: simulated amounts and\n" +
		"counts times W. This page is made by `go test ./scenarios/results -run TestDefinitions -update` from the table in\n" +
		"[measure/table.go](../scenarios/results/measure/table.go).\n\nA share of nothing, or the median of an empty group, has no row. The metric `agents` says how many simulated agents stand\n" +
		"behind a group; below 30 its values say more about single agents than about the group, and `summary.json` shows the number\nbeside each.\n\n" +
		"| freq | metric | by | unit | what it is |\n|---|---|---|---|---|\n")
	for _, d := range measure.Definitions() {
		fmt.Fprintf(&b, "| %s | `%s` | %s | %s | %s |\n", d.Freq, d.Name, d.By, d.Unit, d.What)
	}
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, b.Bytes()) {
		t.Errorf("docs/indicators.md is not what the table says (%v); run this test with -update", err)
	}
}
