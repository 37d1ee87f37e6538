package report

import (
	"math"
	"strconv"
	"strings"

	"pasar/scenarios/compare"
	"pasar/scenarios/report/xlsx"
)

// ComparisonBook is the tables of a comparison as values: the main outcomes, everything else that differs by period, and what stands
// behind each figure. A comparison of which a check failed is refused.
func ComparisonBook(c *compare.Comparison, o Options) (*xlsx.Book, error) {
	s, err := newVersus(c, o.Lang)
	if err != nil {
		return nil, err
	}
	request := s.request(o)
	b := &xlsx.Book{Name: "about", Title: "Pasar. " + s.title(), Heads: [3]string{s.w.Sheet, s.w.What, s.w.RowsOf}, Facts: []xlsx.Fact{
		{Name: s.w.Command, Value: xlsx.Text(request.Command())}, {Name: s.w.Program, Value: xlsx.Text(o.Human)}, {Name: s.w.Version, Value: xlsx.Text(request.Version)},
		{Name: s.w.Status, Value: xlsx.Text(s.w.Badge + ". " + s.reading())}, {Name: s.v.Difference, Value: xlsx.Text(s.method()[1])},
	}}
	for i, w := range request.Worlds {
		b.Facts = append(b.Facts, xlsx.Fact{Name: letter(i), Value: xlsx.Text(s.titles[i] + " (" + w.Name + "), " + s.w.Hash + " " + w.Hash)})
	}
	b.Sheets = []xlsx.Sheet{s.mainSheet(), s.effectSheet()}
	if t := s.throughSheet(); len(t.Rows) > 0 {
		b.Sheets = append(b.Sheets, t)
	}
	for _, f := range s.figures() {
		if len(f.table.Rows) > 0 {
			b.Sheets = append(b.Sheets, f.table)
		}
	}
	base := c.Scenarios[0]
	b.Sheets = append(b.Sheets, s.differSheet(), s.calibrationSheet(heldTargets(c)), s.checkSheet(), s.receiptSheet(), s.settingSheet(base.Values), s.sourceSheet(s.cited(base, s.entrySources()...)))
	return b, nil
}

// effectCells are an effect's numbers as they are, in the indicator's own unit.
func effectCells(e *compare.Effect) []xlsx.Cell {
	d := e.Diff
	relative, _ := d.Relative()
	cells := []xlsx.Cell{xlsx.Text(e.Unit)}
	for _, v := range []float64{d.Base, d.Other, d.Mean, d.T.Lo, d.T.Hi, d.Boot.Lo, d.Boot.Hi} {
		cells = append(cells, xlsx.Number(v, -1))
	}
	agents := math.NaN()
	if e.Agents > 0 {
		agents = float64(e.Agents)
	}
	return append(cells, xlsx.Share(relative, 2), xlsx.Share(d.Sign, 0), xlsx.Number(d.Gain, 1), xlsx.Number(float64(d.N), 0), xlsx.Number(agents, 0))
}

// effectColumns are their heads.
func (s *versus) effectColumns() []xlsx.Column {
	t, boot := s.intervalName()+" (t), ", s.intervalName()+" (bootstrap), "
	return xlsx.Columns(s.w.Unit, letter(0), s.v.Other, s.v.Difference, t+s.v.Lowest, t+s.v.Highest, boot+s.v.Lowest, boot+s.v.Highest, s.v.RelativeTo, s.v.SameSign, s.v.Pairing, s.v.Pairs, s.v.Simulated)
}

func (s *versus) mainSheet() xlsx.Sheet {
	t := xlsx.Sheet{Name: "outcomes", Title: s.v.WhatChanged, Head: append(xlsx.Columns(s.v.Scenario, s.v.Outcome), append(s.effectColumns(), xlsx.Columns(s.v.Verdict)...)...)}
	for i := range s.c.Pairs {
		p := &s.c.Pairs[i]
		for j := range p.Main {
			f := &p.Main[j]
			row := append([]xlsx.Cell{xlsx.Text(s.c.Worlds[p.World].Name), xlsx.Text(upper(s.marked(f)))}, effectCells(&f.Effect)...)
			t.Rows = append(t.Rows, append(row, xlsx.Text(s.verdict(f))))
		}
	}
	return t
}

func (s *versus) effectSheet() xlsx.Sheet {
	t := xlsx.Sheet{Name: "effects", Title: s.v.AllEffects, Head: append(xlsx.Columns(s.v.Scenario, s.v.Period, s.w.Indicator, s.v.Group, s.v.Who), s.effectColumns()...)}
	for i := range s.c.Pairs {
		p := &s.c.Pairs[i]
		for j := range p.Effects {
			e := &p.Effects[j]
			row := []xlsx.Cell{xlsx.Text(s.c.Worlds[p.World].Name), xlsx.Text(p.Periods[e.Period].Name), xlsx.Text(e.Metric), xlsx.Text(e.By), xlsx.Text(e.Key)}
			t.Rows = append(t.Rows, append(row, effectCells(e)...))
		}
	}
	return t
}

func (s *versus) differSheet() xlsx.Sheet {
	t := xlsx.Sheet{Name: "differences", Title: s.v.DiffersH, Head: xlsx.Columns(s.v.Scenario, s.w.Setting, letter(0), s.v.Other, s.w.What)}
	for i := range s.c.Pairs {
		p := &s.c.Pairs[i]
		for j := range p.Differs {
			d := &p.Differs[j]
			t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Text(s.c.Worlds[p.World].Name), xlsx.Text(strings.TrimPrefix(d.Path, "params.")), xlsx.Text(d.A), xlsx.Text(d.B), xlsx.Text(d.Text(s.lang))})
		}
	}
	return t
}

func (s *versus) checkSheet() xlsx.Sheet {
	t := xlsx.Sheet{Name: "checks", Title: s.v.ChecksH, Head: xlsx.Columns(s.v.Check, s.v.CheckWhat, s.w.Seed, s.v.Goroutines, s.v.Compared, s.v.DifferentOnes)}
	for _, x := range s.c.Checks {
		t.Rows = append(t.Rows, []xlsx.Cell{
			xlsx.Text(x.Kind), xlsx.Text(x.What), xlsx.Text(strconv.FormatUint(x.Seed, 10)), xlsx.Number(float64(x.Goroutines), 0), xlsx.Number(float64(x.Cells), 0), xlsx.Number(0, 0),
		})
	}
	return t
}

func (s *versus) receiptSheet() xlsx.Sheet {
	t := xlsx.Sheet{Name: "receipts", Title: s.v.ReceiptsIntro, Head: xlsx.Columns(s.v.Scenario, s.w.Seed, s.w.Digest, s.v.Events)}
	for _, r := range s.c.Runs {
		t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Text(s.c.Worlds[r.World].Name), xlsx.Text(strconv.FormatUint(r.Seed, 10)), xlsx.Text(r.Digest), xlsx.Number(float64(r.Events), 0)})
	}
	return t
}
