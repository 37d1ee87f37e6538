package play

import (
	"fmt"
	"math/bits"
	"os"
	"strings"
	"testing"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
)

const goldenFile = "testdata/golden.txt"

// histories are the runs of history, by name.
var histories = map[string]*Result{}

// history is a scenario of the library at 400 buyers, from first to last day: each is played once for all tests.
func history(t *testing.T, name string) *Result {
	t.Helper()
	if histories[name] == nil {
		histories[name], _ = played(t, scenario(t, name, 400, ""), nil)
	}
	return histories[name]
}

// golden is what a scenario's history is known by: its digest up to the end of each month, and of the whole run.
func golden(t *testing.T, name string) []string {
	r := history(t, name)
	var lines []string
	var sum sim.Digest
	for d, x := range r.Daily {
		var carry uint64
		sum[1], carry = bits.Add64(sum[1], x[1], 0)
		sum[0], _ = bits.Add64(sum[0], x[0], carry)
		if last := market.Clock.Date(sim.Time(d) * market.Day); last.AddDate(0, 0, 1).Day() == 1 && sim.Time(d)*market.Day < r.Scenario.End {
			lines = append(lines, fmt.Sprintf("%s %s %v", name, last.Format("2006-01"), sum))
		}
	}
	if sum != r.Digest {
		t.Errorf("the days' digests sum to %v, the run's is %v", sum, r.Digest)
	}
	return append(lines, fmt.Sprintf("%s all %v %d events", name, sum, r.Events))
}

// The library's histories are the ones on file, to the last bit, from first to last day. Where results are meant to change:
// go test ./scenarios/play -run TestGolden -update, and a line in CHANGELOG.md.
func TestGolden(t *testing.T) {
	if testing.Short() {
		t.Skip("plays the library from first to last day")
	}
	file, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	onFile := map[string][]string{} // by scenario
	for line := range strings.Lines(string(file)) {
		name, _, _ := strings.Cut(line, " ")
		onFile[name] = append(onFile[name], strings.TrimSuffix(line, "\n"))
	}
	var all []string
	for _, l := range load.Library() {
		t.Run(l.Name, func(t *testing.T) {
			got, want := golden(t, l.Name), onFile[l.Name]
			if all = append(all, got...); *update {
				return
			}
			if len(got) != len(want) {
				t.Fatalf("%d lines on file, not %d", len(want), len(got))
			}
			for i, line := range got {
				if line != want[i] { // later months differ, too
					t.Fatalf("another history from here on: %s; on file is %s", line, want[i])
				}
			}
		})
		delete(onFile, l.Name)
	}
	if *update {
		if err := os.WriteFile(goldenFile, []byte(strings.Join(all, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for name := range onFile {
		t.Errorf("%s has lines of %s, which is not in the library", goldenFile, name)
	}
}
