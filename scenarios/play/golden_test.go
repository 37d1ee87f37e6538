package play

import (
	"bytes"
	"fmt"
	"math/bits"
	"os"
	"strings"
	"testing"
	"time"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
)

const goldenFile = "testdata/golden.txt"

// golden is what a scenario's history is known by: its digest up to the end of each month, and of the whole run.
func golden(t *testing.T, name string) string {
	s := scenario(t, name, 400, "")
	r, _ := played(t, s, nil)
	var b strings.Builder
	var sum sim.Digest
	for d, x := range r.Daily {
		var carry uint64
		sum[1], carry = bits.Add64(sum[1], x[1], 0)
		sum[0], _ = bits.Add64(sum[0], x[0], carry)
		if last := market.Clock.Date(sim.Time(d) * market.Day); last.AddDate(0, 0, 1).Day() == 1 && sim.Time(d)*market.Day < s.End {
			fmt.Fprintf(&b, "%s %s %v\n", name, last.Format("2006-01"), sum)
		}
	}
	if sum != r.Digest {
		t.Errorf("%s: the days' digests sum to %v, the run's is %v", name, sum, r.Digest)
	}
	fmt.Fprintf(&b, "%s all %v %d events\n", name, sum, r.Events)
	return b.String()
}

// The library's histories are the ones on file, to the last bit, at 400 buyers and from first to last day. Where results are
// meant to change: go test ./scenarios/play -run TestGolden -update, and a line in CHANGELOG.md.
func TestGolden(t *testing.T) {
	if testing.Short() {
		t.Skip("plays the library from first to last day")
	}
	begin := time.Now()
	var got strings.Builder
	for _, l := range load.Library() {
		got.WriteString(golden(t, l.Name))
	}
	t.Logf("played in %v", time.Since(begin).Round(time.Millisecond))
	if *update {
		if err := os.WriteFile(goldenFile, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	file, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for line := range bytes.Lines(file) {
		f := strings.SplitN(strings.TrimSpace(string(line)), " ", 3)
		want[f[0]+" "+f[1]] = f[2]
	}
	seen := map[string]bool{}
	for line := range strings.Lines(got.String()) {
		f := strings.SplitN(strings.TrimSpace(line), " ", 3)
		if id := f[0] + " " + f[1]; want[id] != f[2] && !seen[f[0]] {
			seen[f[0]] = true // its later months differ, too
			t.Errorf("%s: another history from %s on: %s, on file is %s", f[0], f[1], f[2], want[id])
		}
	}
	if got.Len() != len(file) && len(seen) == 0 {
		t.Errorf("%s has lines of scenarios that are not in the library", goldenFile)
	}
}
