package study

import "testing"

// The library speaks both languages, its factors included.
func TestLibraryInBothLanguages(t *testing.T) {
	all := Library()
	if len(all) < 3 {
		t.Fatal(len(all))
	}
	for _, s := range all {
		if s.Title["id"] == "" || s.Info["id"].Question == "" || s.Info["id"].Notice == "" {
			t.Errorf("%s has no Indonesian title, question or notice", s.Name)
		}
		for _, f := range s.Factors {
			if f.Label == "" || f.LabelID == "" || f.LabelID == f.Label {
				t.Errorf("%s: the factor %s is called %q, and in Indonesian %q", s.Name, f.Name, f.Label, f.LabelID)
			}
		}
	}
}
