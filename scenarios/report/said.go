package report

import (
	"math"
	"strings"

	"pasar/scenarios/cond"
	"pasar/scenarios/results/measure"
)

// value writes what a measure found.
func (s *study) value(f *measure.Finding) string {
	switch {
	case !f.Reached:
		return s.w.NotYet
	case math.IsNaN(f.Value):
		return s.w.NoValue
	case f.Expr.Type == cond.Truth && f.Value == 1:
		return s.w.Holds
	case f.Expr.Type == cond.Truth:
		return s.w.Fails
	}
	decimals := 0
	for x := math.Abs(f.Value); x < 1000 && decimals < 4 && x != math.Trunc(x); x *= 10 {
		decimals++
	}
	return strings.TrimSpace(s.num(f.Value, decimals) + " " + s.w.UnitWord(f.Unit))
}

// verdictOf says whether an assertion holds, and if not what was found.
func (s *study) verdictOf(f *measure.Finding) string {
	switch {
	case !f.Reached:
		return s.w.NotYet
	case f.Holds:
		return s.w.Holds
	}
	return s.w.Fails + "; " + text(s.w.Found, f.Found)
}

func (s *study) measures() listing {
	x := listing{Head: []string{s.w.Measure, s.w.What, s.w.AtDay, s.w.Value}, Left: 2}
	for _, f := range s.run.Measures() {
		x.Rows = append(x.Rows, []string{f.Name, f.Expr.Source, s.date(measure.DateOf(f.Day)), s.value(&f)})
	}
	return x
}

func (s *study) asserts() listing {
	x := listing{Head: []string{s.w.Measure, s.w.Expected, s.w.AtDay, s.w.Miss}, Left: 3}
	for _, f := range s.run.Asserts() {
		x.Rows = append(x.Rows, []string{f.Name, f.Expr.Source, s.date(measure.DateOf(f.Day)), s.verdictOf(&f)})
	}
	return x
}

// saidLines are the branches that were drawn, what the run decided, and what the scenario measures and asserts.
func (s *study) saidLines(line func(string)) {
	for _, b := range s.run.Scenario.Branches {
		line(text(s.w.Branch, b.Name, b.Drawn))
	}
	for _, d := range s.run.Decisions() {
		var dates []string
		for _, at := range d.At {
			dates = append(dates, s.moment(at))
		}
		if len(dates) == 0 {
			dates = []string{"–"}
		}
		line(s.w.TermDecided + " " + d.ID + " " + strings.Join(dates, "; "))
	}
	for _, f := range s.run.Measures() {
		line(s.w.TermMeasures + " " + f.Name + " " + s.value(&f) + " (" + s.date(measure.DateOf(f.Day)) + ")")
	}
	for _, f := range s.run.Asserts() {
		verdict, found, _ := strings.Cut(s.verdictOf(&f), "; ")
		line(s.w.TermAsserts + " " + f.Name + " " + verdict + " (" + s.date(measure.DateOf(f.Day)) + ")")
		if found != "" {
			line("  " + found)
		}
	}
}
