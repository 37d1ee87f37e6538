package report

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strings"

	"pasar/scenarios/report/svgplot"
	"pasar/scenarios/report/xlsx"
	"pasar/scenarios/sensitivity"
	"pasar/scenarios/stats"
)

// figures are the charts of an outcome that its design allows.
func (s *swept) figures(outcome int) (all []Figure) {
	o := &s.sweep.Outcomes[outcome]
	a := o.Analyses
	if a.Tornado != nil {
		all = append(all, s.tornado(o, a.Tornado))
	}
	if a.Morris != nil {
		all = append(all, s.screening(o, a.Morris))
	}
	if a.Sobol != nil {
		all = append(all, s.sobol(o, a.Sobol))
	}
	if h, ok := s.heat(o); ok {
		all = append(all, h)
	} else if a.Tornado == nil && a.Morris == nil {
		most := 1
		if outcome == 0 {
			most = 3
		}
		for _, f := range o.leading(most) {
			all = append(all, s.scatter(o, f))
		}
	}
	return all
}

// name is that of a figure's file.
func (o *SweepOutcome) name(kind string) string {
	parts := []string{o.Name, o.World, kind}
	if o.Less == "" {
		parts = []string{o.Name, o.World, "level", kind}
	}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), "-")
}

func (s *swept) figure(name string, svg []byte) Figure {
	return Figure{Name: name, SVG: bytes.TrimSpace(svg)}
}

// source is the last line of a figure.
func (s *swept) source() string {
	return text(s.t.SourceLine, s.sweep.Name, s.num(float64(s.sweep.Points), 0), s.num(float64(s.sweep.Replications), 0)) + "; " + s.w.Badge
}

func (s *swept) tornado(o *SweepOutcome, x *sensitivity.Swings) Figure {
	largest := 0.0
	for _, f := range x.Factors {
		largest = max(largest, f.Size)
	}
	y := s.scaleTo(o.Unit, largest)
	t := svgplot.Tornado{Title: upper(s.full(o)), Subtitle: s.t.TornadoSub, Unit: text(s.t.TornadoUnit, y.unit), Note: text(s.t.TornadoRead, s.confidence()), Source: s.source(), Badge: s.w.Simulated, Lang: s.lang}
	side := func(factor string, at float64, e sensitivity.Estimate) svgplot.Side {
		if !e.Known() {
			return svgplot.Side{Value: math.NaN(), Why: s.reason(e.NoValue)}
		}
		return svgplot.Side{At: s.valueOf(o, factor, at), Value: e.Value / y.by, Low: e.Low / y.by, High: e.High / y.by}
	}
	for _, f := range x.Factors {
		t.Rows = append(t.Rows, svgplot.Swing{Label: s.factor(f.Factor), Low: side(f.Factor, f.LowAt, f.Low), High: side(f.Factor, f.HighAt, f.High)})
	}
	return s.figure(o.name("tornado"), t.SVG())
}

// screening draws mu* by factor.
func (s *swept) screening(o *SweepOutcome, x *sensitivity.Screened) Figure {
	largest := 0.0
	for _, f := range x.Factors {
		largest = max(largest, f.MuStar.Value)
	}
	y := s.scaleTo(o.Unit, largest)
	b := svgplot.Bars{Title: upper(s.full(o)), Subtitle: s.t.MorrisSub, Unit: y.unit, Note: text(s.t.MorrisRead, s.confidence()), Source: s.source(), Badge: s.w.Simulated, Lang: s.lang}
	order := slices.Clone(x.Factors)
	slices.SortStableFunc(order, func(a, b sensitivity.Screening) int { return cmp.Compare(b.MuStar.Value, a.MuStar.Value) })
	for _, f := range order {
		b.Bars = append(b.Bars, bar(s.factor(f.Factor), f.MuStar, y.by, s.num(f.MuStar.Value/y.by, y.decimals)))
	}
	return s.figure(o.name("morris"), b.SVG())
}

// bar is an estimate as a bar.
func bar(label string, e sensitivity.Estimate, by float64, words string) svgplot.Bar {
	if !e.Known() {
		return svgplot.Bar{Label: label, Value: math.NaN()}
	}
	return svgplot.Bar{Label: label, Value: e.Value / by, Low: e.Low / by, High: e.High / by, Text: words}
}

// sobol draws first and total indices under each other, with the factor that matters most on top.
func (s *swept) sobol(o *SweepOutcome, x *sensitivity.Indices) Figure {
	d := svgplot.Dots{Title: upper(s.full(o)), Subtitle: s.t.SobolSub, Unit: s.t.SobolUnit, Note: text(s.t.SobolRead, s.confidence()), Source: s.source(), Badge: s.w.Simulated, Lang: s.lang}
	order := slices.Clone(x.Factors)
	slices.SortStableFunc(order, func(a, b sensitivity.Shares) int { return cmp.Compare(b.Total.Value, a.Total.Value) })
	row := func(label string, e sensitivity.Estimate) svgplot.Dot {
		if !e.Known() {
			return svgplot.Dot{Label: label, Value: math.NaN(), Text: s.reason(e.NoValue), Faint: true}
		}
		low, high := e.Low, e.High
		if !e.Sure() {
			low, high = e.Value, e.Value
		}
		return svgplot.Dot{Label: label, Value: e.Value, Low: low, High: high, Text: s.num(e.Value, 2)}
	}
	for _, f := range order {
		d.Rows = append(d.Rows, svgplot.Dot{Label: s.factor(f.Factor), Heading: true}, row(s.t.First, f.First), row(s.t.Total, f.Total))
	}
	return s.figure(o.name("sobol"), d.SVG())
}

// heat draws a grid of two factors, if the points are one.
func (s *swept) heat(o *SweepOutcome) (Figure, bool) {
	t := o.Table
	if len(t.Factors) != 2 || s.sweep.Design != "grid" {
		return Figure{}, false
	}
	var values [2][]float64
	for _, x := range t.X {
		for i := range values {
			values[i] = append(values[i], x[i])
		}
	}
	for i := range values {
		slices.Sort(values[i])
		values[i] = slices.Compact(values[i])
	}
	_, means := o.finished()
	if len(values[0])*len(values[1]) != len(t.X) || len(means) == 0 {
		return Figure{}, false
	}
	y := s.scaleOf(o)
	h := svgplot.HeatMap{Title: upper(s.full(o)), Subtitle: s.t.HeatSub, Unit: y.unit, Note: text(s.t.HeatRead, s.confidence()), Source: s.source(), Badge: s.w.Simulated, Lang: s.lang, XTitle: s.factor(t.Factors[0].Name), YTitle: s.factor(t.Factors[1].Name)}
	for _, v := range values[0] {
		h.XLabels = append(h.XLabels, s.valueOf(o, t.Factors[0].Name, v))
	}
	for _, v := range values[1] {
		h.YLabels = append(h.YLabels, s.valueOf(o, t.Factors[1].Name, v))
		h.Cells = append(h.Cells, make([]svgplot.Cell, len(values[0])))
	}
	table := xlsx.Sheet{Head: append(xlsx.Columns(h.YTitle+" \\ "+h.XTitle), xlsx.Columns(h.XLabels...)...)}
	for p, x := range t.X {
		i, _ := slices.BinarySearch(values[1], x[1])
		j, _ := slices.BinarySearch(values[0], x[0])
		l := stats.LevelOf(t.Y[p], t.Confidence())
		h.Cells[i][j] = svgplot.Cell{Value: l.Mean / y.by, Unclear: o.Less != "" && l.T.Has(0)}
	}
	for i, row := range h.Cells {
		cells := []xlsx.Cell{xlsx.Text(h.YLabels[i])}
		for _, c := range row {
			cells = append(cells, xlsx.Number(c.Value, y.decimals))
		}
		table.Rows = append(table.Rows, cells)
	}
	f := s.figure(o.name("heat"), h.SVG())
	f.table, f.caption = table, h.Title+", "+y.unit
	return f, true
}

// leading are the factors that matter most, by scores, else the first ones.
func (o *SweepOutcome) leading(most int) (list []int) {
	for i := range o.Table.Factors {
		list = append(list, i)
	}
	if scores := o.Analyses.Scores; scores != nil {
		slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(scores.Factors[b].Share, scores.Factors[a].Share) })
	}
	return list[:min(most, len(list))]
}

// scatter draws all runs over one factor.
func (s *swept) scatter(o *SweepOutcome, factor int) Figure {
	f := o.Table.Factors[factor]
	y := s.scaleOf(o)
	c := svgplot.Scatter{Title: upper(s.full(o)), Subtitle: s.t.ScatterSub, Unit: y.unit, Note: text(s.t.ScatterRead, s.confidence()), Source: s.source(), Badge: s.w.Simulated, Lang: s.lang, XTitle: s.factor(f.Name), Kinds: f.Categories, Height: 460}
	for p, x := range o.Table.X {
		for _, v := range o.Table.Y[p] {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				c.Failed = append(c.Failed, x[factor])
			} else {
				c.Points = append(c.Points, svgplot.Point{X: x[factor], Y: v / y.by})
			}
		}
	}
	for _, b := range sensitivity.Curve(cmp.Or(o.Even, o.Table), factor) {
		m := svgplot.Average{X: b.At, Y: b.Mean.Value / y.by}
		if b.Mean.Sure() {
			m.Low, m.High = b.Mean.Low/y.by, b.Mean.High/y.by
		}
		c.Means = append(c.Means, m)
	}
	if len(c.Kinds) > 0 {
		c.Note = text(s.t.ScatterKinds, s.confidence())
	}
	if len(c.Failed) > 0 {
		c.Note += " " + s.t.ScatterFailed
	}
	return s.figure(o.name("scatter-"+f.Name), c.SVG())
}
