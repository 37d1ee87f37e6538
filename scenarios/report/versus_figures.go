package report

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"

	"pasar/scenarios/compare"
	"pasar/scenarios/report/svgplot"
	"pasar/scenarios/report/xlsx"
	"pasar/scenarios/results/measure"
)

// ComparisonFigures draws the charts of a comparison in the order of its report: each main outcome in all worlds, the differences of
// each pair, where sales went, and who gained or lost. A comparison with a failed check has none.
func ComparisonFigures(c *compare.Comparison, lang string) ([]Figure, error) {
	s, err := newVersus(c, lang)
	if err != nil {
		return nil, err
	}
	return s.figures(), nil
}

func (s *versus) figures() []Figure {
	var all []Figure
	for i := range s.c.Pairs[0].Main {
		all = append(all, s.levels(i))
	}
	for i := range s.c.Pairs {
		for j := range s.c.Pairs[i].Main {
			all = append(all, s.differences(i, j))
		}
		all = append(all, s.moved(i), s.dots(i))
	}
	return all
}

// week is the first day of a week of the comparison.
func (s *versus) week(i int) svgplot.Day {
	return s.plotDay(s.c.Weeks[i])
}

// plotDay is a day of the comparison in charts, in WIB.
func (s *versus) plotDay(n int) svgplot.Day {
	return svgplot.Day((s.day(n).Unix() + 7*3600) / 86400)
}

// chart is a chart by week with what all of them share. Events and periods are those of some worlds, the base among them.
func (s *versus) chart(title, unit, note string, worlds []int, series []svgplot.Series) svgplot.Chart {
	c := svgplot.Chart{Title: title, Subtitle: s.subtitle(), Unit: unit, Note: note, Source: s.sourceLine(), Badge: s.w.Simulated, Lang: s.lang, Height: 440, Series: series}
	for i := range s.c.Weeks {
		c.Days = append(c.Days, s.week(i))
	}
	c.Marks, c.Spans = s.marks(worlds), s.spans(worlds)
	return c
}

func (s *versus) subtitle() string {
	return text(s.w.Period, s.date(s.day(0)), s.date(s.day(s.c.Days-1))) + "; " + s.v.ByWeek
}

// against says which worlds the letters of a difference are.
func (s *versus) against(p *compare.Pair) string {
	return letter(p.World) + ": " + s.other(p) + "; " + letter(0) + ": " + s.base()
}

func (s *versus) sourceLine() string {
	var names []string
	for _, w := range s.c.Worlds {
		names = append(names, w.Name)
	}
	return text(s.v.SourceLine, strings.Join(names, ", "), s.num(float64(len(s.c.Seeds)), 0)) + "; " + s.w.Badge
}

// levels is a main outcome by week, a line for each world.
func (s *versus) levels(main int) Figure {
	f := &s.c.Pairs[0].Main[main]
	x := s.scale(f.Effect.Unit, f.Effect.Diff)
	t := xlsx.Sheet{Name: f.Outcome.Name, Title: upper(s.outcome(f)), Head: xlsx.Columns(s.w.WeekOf)}
	var series []svgplot.Series
	var worlds []int
	for w := range s.c.Worlds {
		worlds = append(worlds, w)
		key := "baseline"
		if w > 0 {
			key = "world" + strconv.Itoa(w)
		}
		line := svgplot.Series{Name: s.label(w), Key: key}
		for _, l := range s.c.Lines {
			if l.World == w && l.Column == f.Outcome.Column {
				for _, week := range l.Weeks {
					line.Values = append(line.Values, week.Mean/x.by)
				}
			}
		}
		series = append(series, line)
		t.Head = append(t.Head, xlsx.Column{Name: s.titles[w], Unit: x.unit})
	}
	for i := range s.c.Weeks {
		row := []xlsx.Cell{xlsx.Date(s.day(s.c.Weeks[i]))}
		for _, line := range series {
			row = append(row, xlsx.Number(valueAt(line.Values, i), x.decimals))
		}
		t.Rows = append(t.Rows, row)
	}
	c := s.chart(upper(s.outcome(f)), x.unit, s.v.LevelNote, worlds, series)
	return Figure{Name: f.Outcome.Name + "-levels", SVG: bytes.TrimSpace(c.SVG()), table: t, caption: t.Title + ", " + x.unit}
}

func valueAt(values []float64, i int) float64 {
	if i < len(values) {
		return values[i]
	}
	return math.NaN()
}

// weekly are the differences of a column by week.
func (s *versus) weekly(p *compare.Pair, c measure.Column) []*compare.Effect {
	all := make([]*compare.Effect, len(s.c.Weeks))
	for i := range p.Weekly {
		if e := &p.Weekly[i]; e.Column == c && e.Week < len(all) {
			all[e.Week] = e
		}
	}
	return all
}

// differences is a main outcome of a pair, other less base, by week with two bands about a zero line.
func (s *versus) differences(pair, main int) Figure {
	p := &s.c.Pairs[pair]
	f := &p.Main[main]
	x := s.scale(f.Effect.Unit, f.Effect.Diff)
	line := svgplot.Series{Name: text(s.v.Less, letter(p.World), letter(0)), Key: "world"}
	unit := s.differenceUnit(x)
	t := xlsx.Sheet{Name: f.Outcome.Name + "-" + letter(p.World), Title: upper(s.outcome(f)) + ", " + line.Name, Head: []xlsx.Column{
		{Name: s.w.WeekOf}, {Name: s.v.Difference, Unit: unit}, {Name: s.v.Lowest, Unit: unit}, {Name: s.v.Highest, Unit: unit}, {Name: s.v.Pairs},
	}}
	for i, e := range s.weekly(p, f.Outcome.Column) {
		if e == nil {
			e = &compare.Effect{}
			e.Diff.Mean = math.NaN()
		}
		d := e.Diff
		half := d.Within(.5)
		if d.N < 2 {
			d.T.Lo, d.T.Hi, half.Lo, half.Hi = math.NaN(), math.NaN(), math.NaN(), math.NaN()
		}
		line.Values = append(line.Values, d.Mean/x.by)
		line.Low, line.High = append(line.Low, d.T.Lo/x.by), append(line.High, d.T.Hi/x.by)
		line.InnerLow, line.InnerHigh = append(line.InnerLow, half.Lo/x.by), append(line.InnerHigh, half.Hi/x.by)
		if d.N > 0 {
			t.Rows = append(t.Rows, []xlsx.Cell{
				xlsx.Date(s.day(s.c.Weeks[i])), xlsx.Number(d.Mean/x.by, x.decimals), xlsx.Number(d.T.Lo/x.by, x.decimals), xlsx.Number(d.T.Hi/x.by, x.decimals), xlsx.Number(float64(d.N), 0),
			})
		}
	}
	c := s.chart(t.Title, unit, s.v.DifferenceNote, []int{0, p.World}, []svgplot.Series{line})
	c.Baseline, c.Subtitle = svgplot.ZeroBaseline, s.against(p)+". "+c.Subtitle
	return Figure{Name: f.Outcome.Name + "-" + s.fileName(p), SVG: bytes.TrimSpace(c.SVG()), table: t, caption: t.Title + ", " + unit}
}

// fileName is the name of a pair's other world in names of files.
func (s *versus) fileName(p *compare.Pair) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '.' {
			return r
		}
		return '_'
	}, s.c.Worlds[p.World].Name)
}

// moved is where sales went: the difference of each storefront's GMV by week.
func (s *versus) moved(pair int) Figure {
	p := &s.c.Pairs[pair]
	x := s.unit("IDR/day", 1e9)
	x.decimals = 1
	t := xlsx.Sheet{Name: "sales-moved-" + letter(p.World), Title: s.v.MovedTitle + ", " + text(s.v.Less, letter(p.World), letter(0)), Head: xlsx.Columns(s.w.WeekOf)}
	var series []svgplot.Series
	for _, f := range shopfronts {
		line := svgplot.Series{Name: s.w.Shopfronts[f.key], Key: f.key, Values: make([]float64, len(s.c.Weeks))}
		for _, c := range f.channels {
			for i, e := range s.weekly(p, measure.Column{Metric: "gmv", By: "storefront", Key: c.String(), Unit: "IDR/day"}) {
				if e == nil {
					line.Values[i] = math.NaN()
					continue
				}
				line.Values[i] += e.Diff.Mean / x.by
			}
		}
		series = append(series, line)
		t.Head = append(t.Head, xlsx.Column{Name: line.Name, Unit: x.unit})
	}
	for i := range s.c.Weeks {
		row := []xlsx.Cell{xlsx.Date(s.day(s.c.Weeks[i]))}
		for _, line := range series {
			row = append(row, xlsx.Number(line.Values[i], x.decimals))
		}
		t.Rows = append(t.Rows, row)
	}
	c := s.chart(t.Title, x.unit, s.v.MovedNote, []int{0, p.World}, series)
	c.Baseline, c.Subtitle = svgplot.ZeroBaseline, s.against(p)+". "+c.Subtitle
	return Figure{Name: "sales-moved-" + s.fileName(p), SVG: bytes.TrimSpace(c.SVG()), table: t, caption: t.Title + ", " + x.unit}
}

// dots is who gained and who lost in per cent of what they would have earned, by group.
func (s *versus) dots(pair int) Figure {
	p := &s.c.Pairs[pair]
	d := svgplot.Dots{
		Title: text(s.v.DotsTitle, s.other(p), s.base()), Subtitle: s.subtitle(), Unit: s.v.DotsUnit, Note: s.v.DotsNote,
		Source: s.sourceLine(), Badge: s.w.Simulated, Lang: s.lang,
	}
	if x, _, ok := s.span(p, compare.Since); ok {
		d.Subtitle = text(s.w.Period, s.date(s.day(x.From)), s.date(s.day(x.To-1)))
	}
	for _, kind := range cohortKinds() {
		start := len(d.Rows)
		for _, key := range kind.keys {
			e := s.effect(pair, "cohort_income_median", "cohort_"+kind.by, key, compare.Since)
			if e == nil {
				continue
			}
			row := svgplot.Dot{Label: s.cohortName(kind.by, key) + " (" + s.num(float64(e.Agents), 0) + ")", Faint: few(e)}
			mean, within := s.relative(e.Diff)
			if row.Text = mean + " (" + within + ")"; mean == "–" || e.Diff.Zero {
				row.Text = mean
			}
			share, t := e.Diff.Relative()
			row.Value, row.Low, row.High = 100*share, 100*t.Lo, 100*t.Hi
			d.Rows = append(d.Rows, row)
		}
		if len(d.Rows) > start && kind.by != "" {
			d.Rows = slices.Insert(d.Rows, start, svgplot.Dot{Label: s.v.Kinds[kind.by], Heading: true})
		}
	}
	return Figure{Name: "groups-" + s.fileName(p), SVG: bytes.TrimSpace(d.SVG())}
}
