package lab

import (
	"regexp"
	"testing"

	"pasar/scenarios/load"
)

// What the library says of where its numbers come from, and in which units, is said in Indonesian too, and names works instead of codes.
func TestSourcesAndUnitsInWords(t *testing.T) {
	code, english := regexp.MustCompile(`\bW-|\bL-[A-Z]|\bS[0-4]\b`), regexp.MustCompile(`\b(the|a|an|of|and|from|towards|for|as|is|not|times|fits|assumption|facts|share|week)\b`)
	works := regexp.MustCompile(`[WL]-\w+`)
	n := 0
	for _, name := range load.Names() {
		s, err := load.Load(name, load.Overrides{})
		if err != nil {
			t.Fatal(err)
		}
		says := func(raw string, x Text) {
			n++
			if left := code.FindString(x.EN + x.ID); left != "" {
				t.Errorf("%s: the source %q is told as %+v", name, raw, x)
			}
			if left := english.FindString(phrases.Replace(works.ReplaceAllString(raw, ""))); left != "" {
				t.Errorf("%s: %q of the source %q has no Indonesian", name, left, raw)
			}
		}
		for i, e := range Events(s) {
			says(dated(s)[i].Source, e.Source)
		}
		for _, v := range s.Values {
			says(v.Source, sourceOf(v.Source))
			if english.MatchString(unitOf(v.Unit).ID) {
				t.Errorf("the unit %q of %s has no Indonesian", v.Unit, v.Path)
			}
		}
		for _, l := range Levers(s) {
			if l.Source.EN == "" || l.Source.ID == "" {
				t.Errorf("%s: %s has no source", name, l.Path)
			}
		}
	}
	if n < 1000 {
		t.Errorf("%d sources", n)
	}
}
