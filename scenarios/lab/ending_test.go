package lab

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pasar/scenarios/load"
)

// Whatever has an end can be made to end a day earlier by its setting, and what is shown of it then ends on that day.
func TestEndings(t *testing.T) {
	pilots, lengths := 0, 0
	for _, name := range load.Names() {
		s, err := load.Load(name, load.Overrides{})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range Events(s) {
			if e.End == nil {
				continue
			}
			at := moment(t, e.End.At).AddDate(0, 0, -1)
			value := at.Format("2006-01-02T15:04")
			if e.End.Days {
				lengths++
				value = fmt.Sprintf("%dd", int(at.Sub(moment(t, *e.At)).Hours())/24)
			}
			other, err := load.Load(name, load.Overrides{Set: []string{e.End.Path + "=" + value}})
			if err != nil {
				t.Errorf("%s: %s=%s: %v", name, e.End.Path, value, err)
				continue
			}
			now := Events(other)
			i := slices.IndexFunc(now, func(x Event) bool { return x.ID == e.ID })
			if got := now[i].End; got == nil || got.Path != e.End.Path || !moment(t, got.At).Equal(at) {
				t.Errorf("%s: %s=%s: ends %+v, not on %s", name, e.End.Path, value, got, at)
			}
			if e.Do == "start_pilot" {
				pilots++
				last := at.AddDate(0, 0, -1).Format(time.DateOnly)
				if !slices.ContainsFunc(Spans(other), func(x Span) bool { return x.Kind == "pilot" && x.To == last }) {
					t.Errorf("%s: %s=%s: no pilot until %s in %v", name, e.End.Path, value, last, Spans(other))
				}
			}
		}
	}
	if pilots < 8 || lengths < 3 {
		t.Errorf("%d pilots and %d lengths of time", pilots, lengths)
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
