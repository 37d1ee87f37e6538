package lab

import (
	"regexp"
	"testing"

	"pasar/scenarios/load"
)

// Where events, values and levers of the library come from is said in both languages, by the names of works and not by their codes.
func TestSourcesInWords(t *testing.T) {
	code := regexp.MustCompile(`\bW-|\bL-[A-Z]|\bS[0-4]\b`)
	n := 0
	for _, name := range load.Names() {
		s, err := load.Load(name, load.Overrides{})
		if err != nil {
			t.Fatal(err)
		}
		says := func(x Text) {
			n++
			if left := code.FindString(x.EN + x.ID); left != "" {
				t.Errorf("%s: a source is told as %+v", name, x)
			}
		}
		for _, e := range Events(s) {
			says(e.Source)
		}
		for _, v := range s.Values {
			says(sourceOf(v.Source))
		}
		for _, l := range Levers(s) {
			if says(l.Source); l.Source.EN == "" || l.Source.ID == "" {
				t.Errorf("%s: %s has no source", name, l.Path)
			}
		}
	}
	if n < 1000 {
		t.Errorf("%d sources", n)
	}
	if x := unitOf("share a week"); x != (Text{"share a week", "porsi per pekan"}) {
		t.Errorf("%+v", x)
	}
	if x := sourceOf("S0; assumption"); x.ID != "berita 12 Desember 2023: uji coba; asumsi" {
		t.Errorf("%+v", x)
	}
}
