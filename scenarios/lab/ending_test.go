package lab

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pasar/scenarios/load"
)

// Whatever has an end can be made to end a day earlier or, if it is a closure, two weeks later by its settings, and what is shown of it then ends on
// that day. A closure for good has none.
func TestEndings(t *testing.T) {
	pilots, lengths, closures := 0, 0, 0
	for _, name := range load.Names() {
		s, err := load.Load(name, load.Overrides{})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range Events(s) {
			if e.End == nil {
				continue
			}
			days := []int{-1}
			if len(e.End.With) > 0 {
				closures++
				days = append(days, 14)
			}
			if e.End.Days {
				lengths++
			}
			if e.Do == "start_pilot" {
				pilots++
			}
			for _, by := range days {
				endsBy(t, name, e, by)
			}
		}
	}
	if pilots < 8 || lengths < 3 || closures < 6 {
		t.Errorf("%d pilots, %d lengths of time and %d closures", pilots, lengths, closures)
	}
	s, err := load.Load("ban", load.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range Events(s) {
		if e.Do == "require_separation" && e.End != nil {
			t.Errorf("a closure for good ends: %+v", e.End)
		}
	}
}

// endsBy moves the end of an event by some days.
func endsBy(t *testing.T, name string, e Event, days int) {
	t.Helper()
	const spelled = "2006-01-02T15:04"
	at := moment(t, e.End.At).AddDate(0, 0, days)
	set := []string{e.End.Path + "=" + at.Format(spelled)}
	if e.End.Days {
		set[0] = fmt.Sprintf("%s=%dd", e.End.Path, int(at.Sub(moment(t, *e.At)).Hours())/24)
	}
	for _, x := range e.End.With {
		set = append(set, x.Path+"="+moment(t, x.At).AddDate(0, 0, days).Format(spelled))
	}
	other, err := load.Load(name, load.Overrides{Set: set})
	if err != nil {
		t.Errorf("%s: %q: %v", name, set, err)
		return
	}
	now := Events(other)
	i := slices.IndexFunc(now, func(x Event) bool { return x.ID == e.ID })
	if got := now[i].End; got == nil || got.Path != e.End.Path || !moment(t, got.At).Equal(at) || len(got.With) != len(e.End.With) {
		t.Errorf("%s: %q: ends %+v, not on %s", name, set, got, at)
	}
	kind := map[string]string{"start_pilot": "pilot", "require_separation": "ban"}[e.Do]
	last := at.AddDate(0, 0, -1).Format(time.DateOnly)
	if kind != "" && !slices.ContainsFunc(Spans(other), func(x Span) bool { return x.Kind == kind && x.To == last }) {
		t.Errorf("%s: %q: no %s until %s in %v", name, set, kind, last, Spans(other))
	}
}

func moment(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
