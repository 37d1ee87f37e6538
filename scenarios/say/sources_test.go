package say

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pasar/scenarios/load"
)

// What the library says of where its numbers come from, and in which units, is said in Indonesian too, and nothing is said there that the
// library does not have.
func TestSourcesAndUnitsInWords(t *testing.T) {
	id := In("id")
	same := regexp.MustCompile(`^((W-|L-)\w+|[ST]\d+|model [\d.]+)$`)
	unused, units := maps.Clone(sourcesID), map[string]bool{}
	part := func(at, note string) {
		for x := range strings.SplitSeq(note, "; ") {
			delete(unused, x)
			if x != "" && id.SourceWords(x) == x && !same.MatchString(x) {
				t.Errorf("%s: %q of the source %q has no Indonesian", at, x, note)
			}
		}
		if left := workCode.FindString(id.Works(note)); left != "" {
			t.Errorf("%s: there is no work %s", at, left)
		}
	}
	for _, name := range load.Names() {
		s, err := load.Load(name, load.Overrides{})
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range s.Values {
			part(name+", "+v.Path, v.Source)
			if id.UnitWord(v.Unit) == v.Unit {
				units[v.Unit] = true
			}
		}
		for _, e := range s.Entries {
			part(name+", "+e.ID, e.Source)
		}
	}
	if got := slices.Sorted(maps.Keys(units)); !slices.Equal(got, []string{"Rp", "log"}) {
		t.Errorf("the units %q have no Indonesian", got)
	}
	if len(unused) > 0 {
		t.Errorf("the library does not have %q", slices.Sorted(maps.Keys(unused)))
	}
}

// A reader's own source is left as it is, also beside one of the library, and in English nothing is put into other words.
func TestSourcesOfAReader(t *testing.T) {
	en, id := In("en"), In("id")
	for _, x := range []struct{ note, id string }{
		{"W-KRA; assumption", "W-KRA; asumsi"},
		{"a survey of fees on Shopee and others; facts E2", "a survey of fees on Shopee and others; fakta E2"},
		{"facts and figures", "facts and figures"},
		{"assumptions of ours", "assumptions of ours"},
	} {
		if got := id.SourceWords(x.note); got != x.id {
			t.Errorf("%q is told as %q", x.note, got)
		}
		if got := en.SourceWords(x.note); got != x.note {
			t.Errorf("%q is told as %q in English", x.note, got)
		}
	}
	if x, y := en.Works("S0; W-KRA"), id.Works("S0; W-KRA"); x != "news text of 12 December 2023: the trial run; amp.kr-asia.com sea-group" || y != "berita 12 Desember 2023: uji coba; amp.kr-asia.com sea-group" {
		t.Errorf("%q, %q", x, y)
	}
	if x, y := en.UnitWord("share a week"), id.UnitWord("share a week"); x != "share a week" || y != "porsi per pekan" {
		t.Errorf("%q, %q", x, y)
	}
}
