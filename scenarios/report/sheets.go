package report

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"pasar/agents/market"
	"pasar/scenarios/cond"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/report/xlsx"
	"pasar/sim"
)

// Book is the tables of the report on a run as values, with what stands behind each figure; more are sheets to put before the
// settings.
func Book(r *play.Result, o Options, more ...xlsx.Sheet) (*xlsx.Book, error) {
	if r == nil || r.Scenario == nil || r.Market == nil {
		return nil, errors.New("report: there is no result")
	}
	s := newStudy(r, o.Lang)
	b := &xlsx.Book{Name: "about", Title: "Pasar. " + s.subtitle(), Facts: s.facts(o), Heads: [3]string{s.w.Sheet, s.w.What, s.w.RowsOf}}
	b.Sheets = []xlsx.Sheet{s.outcome()}
	for _, f := range s.figures() {
		t := f.table
		if f.caption != t.Title {
			t.Title += ": " + f.caption
		}
		b.Sheets = append(b.Sheets, t)
	}
	b.Sheets = append(b.Sheets, s.shareTable(), s.ownerTable(), s.timeline("timeline", s.w.Timeline, s.marked), s.timeline("background", s.w.Background, s.common),
		s.audits(), s.measureSheet(), s.assertSheet(), s.calibrationSheet(s.run.Targets()), s.ledger())
	b.Sheets = append(b.Sheets, more...)
	b.Sheets = append(b.Sheets, s.settingSheet(r.Scenario.Values))
	b.Sheets = append(b.Sheets, s.sourceSheet(s.cited(r.Scenario, targetSources(s.run.Targets())...)))
	return b, nil
}

func (s voice) sourceSheet(cited []pair) xlsx.Sheet {
	t := xlsx.Sheet{Name: "sources", Title: s.w.SourcesH, Head: xlsx.Columns(s.w.Source, s.w.What)}
	for _, x := range cited {
		t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Text(x.Word), xlsx.Text(x.Means)})
	}
	return t
}

// facts say where the numbers come from and how to read them.
func (s *study) facts(o Options) []xlsx.Fact {
	sc := s.run.Scenario
	facts := []xlsx.Fact{
		{Name: s.w.Scenario, Value: xlsx.Text(sc.Name)}, {Name: s.w.Hash, Value: xlsx.Text(sc.Hash)}, {Name: s.w.Seed, Value: xlsx.Text(strconv.FormatUint(sc.Seed, 10))},
		{Name: s.w.Digest, Value: xlsx.Text(s.run.Digest.String())}, {Name: s.w.Program, Value: xlsx.Text(o.Human)}, {Name: s.w.Version, Value: xlsx.Text(o.Version)},
		{Name: s.w.Status, Value: xlsx.Text(s.w.Badge + ". " + s.w.OneRun)}, {Name: s.w.Zone, Value: xlsx.Text(s.w.ZoneText)},
	}
	for _, x := range s.windows() {
		facts = append(facts, xlsx.Fact{Name: x.name, Value: xlsx.Text(x.dates)})
	}
	if n := s.run.Days(); s.run.Stopped && n > 0 {
		facts = append(facts, xlsx.Fact{Value: xlsx.Text(text(s.w.Stopped, s.date(s.run.Date(n-1))))})
	}
	return facts
}

// at is a moment as a value, in WIB: a date at midnight, with its hour at any other time.
func at(t sim.Time) xlsx.Cell {
	d := market.Clock.Date(t).In(market.WIB)
	if d.Hour() == 0 && d.Minute() == 0 {
		return xlsx.Date(d)
	}
	return xlsx.Moment(d)
}

func (s *study) timeline(name, title string, events []event) xlsx.Sheet {
	t := xlsx.Sheet{Name: name, Title: title, Head: xlsx.Columns("#", s.w.Date, s.w.What, s.w.Remark, s.w.Source, s.w.Grade)}
	for _, e := range events {
		when, number := at(e.at), xlsx.Text("")
		if e.never {
			when = xlsx.Text(e.Date)
		}
		if e.number > 0 {
			number = xlsx.Number(float64(e.number), 0)
		}
		t.Rows = append(t.Rows, []xlsx.Cell{number, when, xlsx.Text(e.What), xlsx.Text(e.Note), xlsx.Text(e.Source), xlsx.Text(e.Grade)})
	}
	return t
}

func (s *study) audits() xlsx.Sheet {
	t := xlsx.Sheet{Name: "audits", Title: s.w.AuditH, Head: xlsx.Columns(s.w.Date, "C", "M", s.w.ByRule, s.w.AsImposed)}
	for _, a := range s.run.Audits {
		imposed := ""
		if i := s.run.Imposed(a.At); i >= 0 {
			imposed = s.w.Decisions[market.Decisions[i]]
		}
		t.Rows = append(t.Rows, []xlsx.Cell{at(a.At), xlsx.Number(float64(a.C)/1e6, 2), xlsx.Number(float64(a.M)/1e6, 2), xlsx.Text(s.w.Decisions[market.Decisions[a.Rule]]), xlsx.Text(imposed)})
	}
	return t
}

func (s *study) measureSheet() xlsx.Sheet {
	t := xlsx.Sheet{Name: "measures", Title: s.w.MeasuresH, Head: xlsx.Columns(s.w.Measure, s.w.What, s.w.AtDay, s.w.Value, s.w.Unit)}
	for _, f := range s.run.Measures() {
		value := xlsx.Number(f.Value, -1)
		if !f.Reached || math.IsNaN(f.Value) || f.Expr.Type == cond.Truth {
			value = xlsx.Text(s.value(&f))
		}
		t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Text(f.Name), xlsx.Text(f.Expr.Source), at(sim.Time(f.Day) * market.Day), value, xlsx.Text(s.w.UnitWord(f.Unit))})
	}
	return t
}

func (s *study) assertSheet() xlsx.Sheet {
	t := xlsx.Sheet{Name: "asserts", Title: s.w.AssertsH, Head: xlsx.Columns(s.w.Measure, s.w.Expected, s.w.AtDay, s.w.Miss)}
	for _, f := range s.run.Asserts() {
		t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Text(f.Name), xlsx.Text(f.Expr.Source), at(sim.Time(f.Day) * market.Day), xlsx.Text(s.verdictOf(&f))})
	}
	return t
}

func (s voice) settingSheet(values []load.Value) xlsx.Sheet {
	t := xlsx.Sheet{Name: "settings", Title: s.w.Settings, Head: xlsx.Columns(s.w.Setting, s.w.Unit, s.w.Default, s.w.Value, s.w.Lowest, s.w.Highest, s.w.Source, s.w.Grade)}
	value := func(v any) xlsx.Cell {
		if x, ok := v.(float64); ok {
			return xlsx.Number(x, -1)
		}
		return xlsx.Text(s.values(v))
	}
	for _, v := range values {
		t.Rows = append(t.Rows, []xlsx.Cell{
			xlsx.Text(strings.TrimPrefix(v.Path, "params.")), xlsx.Text(s.w.UnitWord(v.Unit)), value(v.Default), value(v.Value), xlsx.Number(v.Lo, -1), xlsx.Number(v.Hi, -1), xlsx.Text(s.w.SourceWords(v.Source)), xlsx.Text(v.Grade),
		})
	}
	return t
}
