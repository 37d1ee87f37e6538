package study

import (
	"strings"
	"testing"
)

// A study that grows has the cells it had, in whatever way its text is written.
func TestGrow(t *testing.T) {
	flow := `{study: small, title: "Größe: 8", scenarios: [no-ban, ban], buyers: 300, factors: {rho: {path: params.disc.rho, range: [.3, .7]}}, design: {seed: 1, kind: morris, trajectories: 4}, outcomes: [gmv]}`
	for name, c := range map[string]struct {
		text               string
		replications, size int
		want               string // in the new text
	}{
		"both":                {small, 12, 16, "design: {kind: sobol, points: 16}\nreplications: 12\n"},
		"size":                {small, 0, 32, "design: {kind: sobol, points: 32}\nreplications: 3\n"},
		"replications":        {small, 4, 0, "design: {kind: sobol, points: 8}\nreplications: 4\n"},
		"braces":              {flow, 3, 10, "replications: 3, factors: {"},
		"the first mention":   {strings.Replace(small, "replications: 3\n", "", 1), 2, 0, "replications: 2\nfactors:"},
		"blocks with indents": {strings.ReplaceAll(strings.Replace(small, "{kind: sobol, points: 8}", "\n  kind: sobol\n  points: 8 # so many", 1), "\n", "\n  "), 5, 64, "points: 64 # so many\n  replications: 5"},
	} {
		t.Run(name, func(t *testing.T) {
			old := must(t, c.text)
			more, err := old.Grow(c.replications, c.size)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(more.Text), c.want) {
				t.Errorf("%s", more.Text)
			}
			if _, now := more.Sizing(); c.size != 0 && now != c.size || c.replications != 0 && more.Replications != c.replications {
				t.Errorf("%d replications, size %d", more.Replications, now)
			}
			for i, p := range old.Points() {
				if old.Describe(p) != more.Describe(more.Points()[i]) {
					t.Errorf("point %d is %s", i, more.Describe(more.Points()[i]))
				}
				for r := range old.Replications {
					if old.Seed(i, r) != more.Seed(i, r) {
						t.Errorf("another seed for %d, %d", i, r)
					}
				}
			}
		})
	}
	for _, c := range []struct {
		text               string
		replications, size int
		want               string
	}{
		{strings.Replace(small, "sobol, points: 8", "lhs, points: 8", 1), 0, 16, "lhs cannot grow"},
		{small, 2, 0, "fewer than the 3"},
		{small, 0, 4, "fewer than the 8"},
		{small, 0, 100, "not a power of two"},
	} {
		if _, err := must(t, c.text).Grow(c.replications, c.size); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v", err)
		}
	}
}
