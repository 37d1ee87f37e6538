package load

import (
	"regexp"
	"strings"
	"testing"
)

// A starter of each scenario of the library loads and is the same world; so it is with all that it offers uncommented, but for
// the one action that is new and the buyers.
func TestStarter(t *testing.T) {
	offered := regexp.MustCompile(`(?m)^#([^ ]|  )`)
	for _, l := range Library() {
		base := must(t, l.Name, Overrides{})
		text, err := Starter("mine", l.Name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Parse("mine.yaml", text, Overrides{})
		if err != nil || s.Name != "mine" || len(s.Entries) != len(base.Entries) || s.Buyers != base.Buyers {
			t.Errorf("%s: %v", l.Name, err)
		}
		all := offered.ReplaceAllString(string(text), "$1")
		s, err = Parse("mine.yaml", []byte(all), Overrides{})
		if err != nil {
			t.Errorf("%s uncommented: %v\n%s", l.Name, err, all)
			continue
		}
		if len(s.Entries) != len(base.Entries)+1 || s.Buyers != 2000 || s.Params.Disc.Rho != base.Params.Disc.Rho {
			t.Errorf("%s uncommented is another world", l.Name)
		}
		for _, e := range base.Entries {
			if got := find(t, s, e.ID); strings.Join(got.deeds(), " ") != strings.Join(e.deeds(), " ") {
				t.Errorf("%s: %v, not %v", l.Name, got.deeds(), e.deeds())
			}
		}
	}
	for _, c := range [][2]string{{"My", "ban"}, {"mine", "bna"}, {"", "ban"}, {"mine", "./none.yaml"}} {
		if _, err := Starter(c[0], c[1]); err == nil {
			t.Errorf("%v begins a scenario", c)
		}
	}
}
