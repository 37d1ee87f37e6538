package report

import (
	"cmp"
	"strings"

	"pasar/agents/market"
	"pasar/scenarios/compare"
	"pasar/scenarios/report/xlsx"
	"pasar/scenarios/results/measure"
)

// calibration lists what the run gives beside what was observed.
func (s *study) calibration() listing {
	t := listing{Head: []string{"", s.w.Indicator, s.w.Target, s.w.Simulated_, s.w.Off, s.w.Miss, s.w.Grade}}
	for _, x := range s.run.Targets() {
		t.Rows = append(t.Rows, []string{x.ID, s.targetName(x), s.observed(x), s.goal(x, x.Value), s.off(x), s.reached(x), x.Grade})
	}
	return t
}

// calibrationSheet is the same as values.
func (s voice) calibrationSheet(all []measure.Target) xlsx.Sheet {
	t := xlsx.Sheet{Name: "calibration", Title: s.w.Calibration, Head: xlsx.Columns("#", s.w.Indicator, s.w.Unit, s.w.Target, s.w.TermSD, s.w.Simulated_, s.w.Off, s.w.Miss, s.w.Grade, s.w.Source)}
	t.Head[6].Unit = s.w.TermSD
	for _, x := range all {
		t.Rows = append(t.Rows, []xlsx.Cell{
			xlsx.Text(x.ID), xlsx.Text(s.targetName(x)), xlsx.Text(s.w.TargetUnits[x.Unit]), inUnit(x, x.Goal), inUnit(x, x.SD), inUnit(x, x.Value), xlsx.Number(x.Off(), 1),
			xlsx.Text(s.reached(x)), xlsx.Text(x.Grade), xlsx.Text(x.Source),
		})
	}
	return t
}

// held lists the targets that a comparison can be held against, those of pairs too.
func (s *versus) held() versusTable {
	t := versusTable{Head: []string{"", s.w.Indicator, s.v.HeldOf, s.w.Target, s.w.Simulated_, s.intervalName(), s.w.Off, s.w.Miss, s.w.Grade}, Words: 3}
	for _, x := range s.c.Targets {
		of := s.c.Worlds[0].Name
		if x.Pair >= 0 {
			shock := s.c.Pairs[x.Pair].Shock
			of = text(s.v.Less, s.c.Worlds[shock.With].Name, s.c.Worlds[shock.Without].Name)
		}
		interval := "–"
		if x.Known() && len(s.c.Seeds) > 1 {
			interval = solid(text(s.v.Between, s.goal(x.Target, x.T.Lo), s.goal(x.Target, x.T.Hi)))
		}
		t.Rows = append(t.Rows, versusRow{Cells: []string{x.ID, s.targetName(x.Target), of, s.observed(x.Target), s.goal(x.Target, x.Value), interval, s.off(x.Target), s.settled(&x), x.Grade}})
	}
	return t
}

// missed says in a sentence which targets a comparison misses.
func (s *versus) missed() string {
	var known, missed []string
	unsure := 0
	for _, x := range s.c.Targets {
		if !x.Known() {
			continue
		}
		known = append(known, x.ID)
		name := x.ID
		if c, ok := market.ParseChannel(x.Key); ok {
			name += " " + s.w.Channel(c)
		}
		switch {
		case x.Missed():
			missed = append(missed, name+" ("+s.goal(x.Target, x.Value)+" / "+s.observed(x.Target)+")")
		case x.Unsure():
			unsure++
		}
	}
	if len(known) == 0 {
		return ""
	}
	words := text(s.v.HeldMet, s.num(float64(len(known)-len(missed)-unsure), 0), s.num(float64(len(known)), 0))
	if len(missed) > 0 {
		words += " " + text(s.v.HeldMissed, s.list(missed))
	}
	if unsure > 0 {
		words += " " + text(s.v.HeldUnsure, s.num(float64(unsure), 0))
	}
	return words
}

// settled is what becomes of a target in a comparison.
func (s *versus) settled(x *compare.Target) string {
	if x.Unsure() {
		return s.v.Unsure
	}
	return s.reached(x.Target)
}

// observed is a target with its standard deviation and unit.
func (s voice) observed(x measure.Target) string {
	return strings.TrimSpace(s.goal(x, x.Goal) + " ± " + s.goal(x, x.SD) + " " + s.w.TargetUnits[x.Unit])
}

func (s voice) targetName(x measure.Target) string {
	name := cmp.Or(s.w.Targets[x.ID], x.ID)
	if c, ok := market.ParseChannel(x.Key); ok {
		name += ": " + s.w.Channel(c)
	}
	return name
}

// goal is a value of a target in its unit.
func (s voice) goal(x measure.Target, v float64) string { return s.cell(inUnit(x, v)) }

// inUnit is a value of a target in the unit in which it is shown.
func inUnit(x measure.Target, v float64) xlsx.Cell {
	switch x.Unit {
	case "share":
		return xlsx.Number(100*v, 1)
	case "ratio", "number":
		return xlsx.Number(v, 2)
	}
	return xlsx.Number(v/1e3, 0)
}

func (s voice) off(x measure.Target) string {
	if !x.Known() {
		return "–"
	}
	sign := ""
	if x.Off() > 0 {
		sign = "+"
	}
	return sign + s.num(x.Off(), 1) + " " + s.w.TermSD
}

func (s voice) reached(x measure.Target) string {
	switch {
	case !x.Known():
		return s.w.Unknown
	case x.Missed():
		return s.w.Missed
	}
	return s.w.Met
}

// heldTargets are the targets of a comparison, with means over replications.
func heldTargets(c *compare.Comparison) (all []measure.Target) {
	for _, x := range c.Targets {
		all = append(all, x.Target)
	}
	return all
}
