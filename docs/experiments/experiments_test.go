package main

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"pasar/scenarios/load"
)

// Every experiment says all it has to say, and its arms can be loaded.
func TestExperiments(t *testing.T) {
	for i, e := range experiments() {
		if e.ID != fmt.Sprintf("e%d", i+1) || e.Claim == "" || e.Source == "" || e.Design == "" || e.Falsifier == "" || e.Seeds < 2 || e.Read == nil {
			t.Errorf("%s is not whole", e.ID)
		}
		names := map[string]bool{}
		for _, a := range e.Arms {
			if names[a.Name] {
				t.Errorf("%s: two arms are called %s", e.ID, a.Name)
			}
			names[a.Name] = true
			if _, err := load.Load(a.Scenario, load.Overrides{Buyers: e.Buyers, Until: e.Until, Set: a.Set}); err != nil {
				t.Errorf("%s: %v", e.ID, err)
			}
		}
	}
}

// An experiment plays, prints a table and says whether its falsifier fired.
func TestPlay(t *testing.T) {
	if testing.Short() {
		t.Skip("plays worlds")
	}
	var out bytes.Buffer
	if err := play(t.Context(), "e2", 400, 2, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"none  ", "slope of the loss", "alsifier did not fire|FALSIFIER FIRED"} {
		found := false
		for _, w := range strings.Split(want, "|") {
			found = found || strings.Contains(out.String(), w)
		}
		if !found {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	if err := play(t.Context(), "e99", 0, 0, &out); err == nil {
		t.Error("e99 plays")
	}
}

// What is not there is not told as a number: not the share of a platform that a world lacks, nor an interval of one seed.
func TestNothingIsNoNumber(t *testing.T) {
	if testing.Short() {
		t.Skip("plays worlds")
	}
	for _, id := range []string{"e8", "e11"} {
		var out bytes.Buffer
		if err := play(t.Context(), id, 200, 2, &out); err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"NaN", "Inf", "e+", "  –"} {
			if strings.Contains(out.String(), bad) {
				t.Errorf("%s says %q:\n%s", id, bad, out.String())
			}
		}
	}
	for want, m := range map[string]Mean{"+1234 ± 568": {1234.4, 567.8, 3}, "-0.30 ± 1.90": {-.297, 1.9, 8}, "+9.00 (one seed)": {9, math.Inf(1), 1}, "+35.0 ± 2.50": {35, 2.5, 4}, "–": {}} {
		if got := m.Number(1); got != want {
			t.Errorf("%+v is %q, not %q", m, got, want)
		}
	}
}

// The interval of four values by hand: mean 2.5, standard error .6455, t with three degrees of freedom 3.18.
func TestMean(t *testing.T) {
	m := Over([]float64{1, 2, 3, 4, math.NaN()})
	if m.N != 4 || m.Mean != 2.5 || math.Abs(m.Half-3.18*.6455) > .001 || m.Above(0.5) || !m.Above(.4) || m.Below(4) {
		t.Errorf("%+v", m)
	}
	if one := Over([]float64{7}); one.Mean != 7 || !math.IsInf(one.Half, 1) || one.Above(0) {
		t.Errorf("one pair says nothing: %+v", one)
	}
}
