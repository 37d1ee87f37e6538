package report

import (
	"bytes"
	"math"
	"slices"
	"strings"

	"pasar/agents/market"
	"pasar/scenarios/play"
	"pasar/scenarios/report/svgplot"
	"pasar/scenarios/report/svgpng"
	"pasar/scenarios/report/xlsx"
	"pasar/scenarios/results/measure"
)

// A Figure is a chart with its name, such as "gmv-storefront".
type Figure struct {
	Name    string
	SVG     []byte
	table   xlsx.Sheet // what it shows, by week
	caption string     // of the table, where it stands under the figure
}

// PNG is the figure as a picture for slides, of svgpng.Width by svgpng.Height pixels.
func (f *Figure) PNG() ([]byte, error) { return svgpng.PNG(f.SVG) }

// Figures draws the charts of a run in the order of the report, in the language "en" (also when empty) or "id".
func Figures(r *play.Result, lang string) []Figure { return newStudy(r, lang).figures() }

func (s *study) figures() []Figure {
	return []Figure{s.gmv(), s.orders(), s.smeIncome(), s.closed(), s.creatorIncome("creator-income-small", s.w.FigCreator, market.Nano, market.Micro), s.creatorIncome("creator-income-large", s.w.FigCreator2, market.Macro, market.Mega), s.money(), s.shares(), s.concentration()}
}

// chart is a chart with what all charts over time have in common: language, badge, source, marks and spans.
func (s *study) chart(title, unit, note string, days []svgplot.Day, series []svgplot.Series) svgplot.Chart {
	c := svgplot.Chart{
		Title: title, Subtitle: s.subtitle(), Unit: unit, Note: note, Source: s.sourceLine(), Badge: s.w.Simulated, Lang: s.lang,
		Height: 570, Baseline: svgplot.ZeroBaseline, Days: days, Series: series,
	}
	for _, e := range s.marked {
		if !e.never {
			c.Marks = append(c.Marks, svgplot.Mark{Day: e.day, Number: e.number, Text: e.mark})
		}
	}
	for _, x := range s.run.Closures() {
		c.Spans = append(c.Spans, svgplot.Span{From: dayAt(x.From), To: s.lastDay(dayAt(x.To)), Text: text(s.w.Closed, s.w.Channel(x.Shop))})
	}
	for _, x := range s.run.Pilots() {
		c.Spans = append(c.Spans, svgplot.Span{From: dayAt(x.From), To: s.lastDay(dayAt(x.To)), Text: s.w.Pilot, Tint: true})
	}
	return c
}

// A shopfront is a line of the charts: one platform, or two small ones together.
type shopfront struct {
	key      string
	channels []market.Channel
}

var shopfronts = []shopfront{
	{"tiktok", []market.Channel{market.TikTok}}, {"tokopedia", []market.Channel{market.Tokopedia}},
	{"shopee", []market.Channel{market.Shopee}}, {"lazada", []market.Channel{market.Lazada}},
	{"bukalapak", []market.Channel{market.Bukalapak, market.Blibli}}, {"direct", []market.Channel{market.WhatsApp, market.Web}},
}

// shopfronts are those of a run: newco has its own line where it opens.
func (s *study) shopfronts() []shopfront {
	if !s.run.There(market.Newco) {
		return shopfronts
	}
	n := len(shopfronts) - 1
	return append(append(slices.Clone(shopfronts[:n]), shopfront{"newco", []market.Channel{market.Newco}}), shopfronts[n])
}

// sum adds up the values of a shopfront's channels.
func (f shopfront) sum(x *measure.Series) []float64 {
	out := make([]float64, 0)
	for _, c := range f.channels {
		for i, v := range x.Of(c.String()) {
			if i == len(out) {
				out = append(out, 0)
			}
			out[i] += v
		}
	}
	return out
}

func scaled(values []float64, by float64) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = v / by
	}
	return out
}

// byStorefront is a chart of daily values by storefront.
func (s *study) byStorefront(name, title, unit string, x *measure.Series, by float64) Figure {
	var series []svgplot.Series
	t := xlsx.Sheet{Title: title, Head: xlsx.Columns(s.w.WeekOf)}
	var days [][]float64
	top := 0.0
	for _, f := range s.shopfronts() {
		values := scaled(f.sum(x), by)
		days = append(days, values)
		mean := svgplot.Mean(values, 7)
		top = max(top, highest(mean))
		series = append(series, svgplot.Series{Name: s.w.Shopfronts[f.key], Key: f.key, Values: mean})
		t.Head = append(t.Head, xlsx.Column{Name: s.w.Shopfronts[f.key], Unit: unit})
	}
	for _, week := range s.run.FullWeeks() {
		row := []xlsx.Cell{xlsx.Date(s.run.Date(week.From))}
		for _, values := range days {
			row = append(row, xlsx.Number(measure.Mean(values, week.From, week.To), 1))
		}
		t.Rows = append(t.Rows, row)
	}
	note, cut := s.w.NoteMean, false
	for i, values := range days {
		series[i].Raw = make([]float64, len(values))
		for d, v := range values {
			series[i].Raw[d] = min(v, 1.15*top)
			cut = cut || v > 1.15*top
		}
	}
	if cut {
		note += " " + text(s.w.NoteCut, s.num(1.15*top, decimalsFor(top)))
	}
	return s.figure(name, s.chart(title, unit, note, s.days, series).SVG(), text(s.w.MeanOfDay, unit), t)
}

// highest is the largest of values.
func highest(values []float64) (top float64) {
	for _, v := range values {
		if v > top {
			top = v
		}
	}
	return top
}

func decimalsFor(v float64) int {
	if v < 100 {
		return 1
	}
	return 0
}

func (s *study) gmv() Figure {
	return s.byStorefront("gmv-storefront", s.w.FigGMV, s.w.UnitGMV, measure.Get(s.run.Daily(), "gmv", "storefront"), 1e9)
}

func (s *study) orders() Figure {
	return s.byStorefront("orders-storefront", s.w.FigOrders, s.w.UnitOrders, measure.Get(s.run.Daily(), "orders", "storefront"), 1e6)
}

// A group is a line of a weekly chart, with the number of its simulated members.
type group struct {
	key, name string
	n         int
}

// counted is a chart of weekly counts. Groups of few simulated members stand in the table only, if others remain.
func (s *study) counted(name, title, unit, note string, x *measure.Series, groups []group, by float64) Figure {
	t := xlsx.Sheet{Title: title, Head: xlsx.Columns(s.w.CountOf)}
	var series, all []svgplot.Series
	var few []string
	for _, g := range groups {
		label := g.name + " (" + s.num(float64(g.n), 0) + ")"
		line := svgplot.Series{Name: g.name, Key: g.key, Values: scaled(x.Of(g.key), by)}
		t.Head = append(t.Head, xlsx.Column{Name: label, Unit: unit})
		all = append(all, line)
		if g.n >= measure.Few {
			series = append(series, line)
		} else {
			few = append(few, label)
		}
	}
	for i, c := range s.run.Count {
		row := []xlsx.Cell{xlsx.Date(measure.DateOf(c.Day))}
		for _, line := range all {
			row = append(row, xlsx.Number(line.Values[i], 2))
		}
		t.Rows = append(t.Rows, row)
	}
	if len(series) == 0 {
		series = all
	} else if len(few) > 0 {
		note = strings.TrimSpace(note + " " + text(s.w.NoteFew, strings.Join(few, ", ")))
	}
	return s.figure(name, s.chart(title, unit, note, s.counts, series).SVG(), unit, t)
}

func (s *study) smeIncome() Figure {
	var groups []group
	for y := range market.Types {
		groups = append(groups, group{y.String(), s.w.Types[y.String()], s.run.SMEs[y]})
	}
	return s.counted("sme-income", s.w.FigSME, s.w.UnitIncome, s.w.NoteIncome, measure.Get(s.run.Weekly(), "sme_income_median", "sme_type"), groups, 1e6)
}

func (s *study) creatorIncome(name, title string, tiers ...market.Tier) Figure {
	var groups []group
	for _, t := range tiers {
		groups = append(groups, group{t.String(), s.w.Tiers[t.String()], s.run.Makers[t]})
	}
	return s.counted(name, title, s.w.UnitCreator, "", measure.Get(s.run.Weekly(), "creators_income_median", "tier"), groups, 1e3)
}

// weekly adds up daily values by full weeks.
func (s *study) weekly(values []float64) []float64 {
	var out []float64
	for _, w := range s.run.FullWeeks() {
		out = append(out, 7*measure.Mean(values, w.From, w.To))
	}
	return out
}

// byWeek is a chart with one value for each full week.
func (s *study) byWeek(name, title, unit, note string, series []svgplot.Series, decimals int) Figure {
	t := xlsx.Sheet{Title: title, Head: xlsx.Columns(s.w.WeekOf)}
	var days []svgplot.Day
	for i, w := range s.run.FullWeeks() {
		days = append(days, s.days[w.From])
		row := []xlsx.Cell{xlsx.Date(s.run.Date(w.From))}
		for _, line := range series {
			values := line.Values
			if line.Raw != nil {
				values = line.Raw
			}
			row = append(row, xlsx.Number(values[i], decimals))
		}
		t.Rows = append(t.Rows, row)
	}
	for _, line := range series {
		t.Head = append(t.Head, xlsx.Column{Name: line.Name, Unit: unit})
	}
	return s.figure(name, s.chart(title, unit, note, days, series).SVG(), unit, t)
}

func (s *study) closed() Figure {
	line := func(name, metric string) svgplot.Series {
		weeks := scaled(s.weekly(measure.Get(s.run.Daily(), metric, "").Of("")), 1e3)
		return svgplot.Series{Name: name, Key: metric, Values: svgplot.Mean(weeks, 4), Raw: weeks}
	}
	return s.byWeek("sme-closures", s.w.FigClosed, s.w.UnitClosed, text(s.w.NoteClosed, s.real(s.run.W)), []svgplot.Series{
		line(s.w.GaveUp, "gave_up"), line(s.w.Bankrupt, "bankruptcies"), line(s.w.Entered, "sme_entries"),
	}, 1)
}

// of is an indicator of sums by full week.
func (s *study) of(value func(x *measure.Sums) float64) []float64 {
	var out []float64
	for _, w := range s.run.FullWeeks() {
		v := value(s.run.Sums(w.From, w.To))
		if math.IsInf(v, 0) {
			v = math.NaN()
		}
		out = append(out, v)
	}
	return out
}

func (s *study) shares() Figure {
	var series []svgplot.Series
	all := s.shopfronts()
	for _, f := range all[:len(all)-1] {
		series = append(series, svgplot.Series{Name: s.w.Shopfronts[f.key], Key: f.key, Values: s.of(func(x *measure.Sums) float64 {
			v := 0.0
			for _, c := range f.channels {
				v += 100 * x.Share(c)
			}
			return v
		})})
	}
	return s.byWeek("shares", s.w.FigShares, s.w.UnitShare, s.w.NoteShares, series, 1)
}

func (s *study) concentration() Figure {
	line := func(name, key string, parts func(x *measure.Sums) []float64) svgplot.Series {
		return svgplot.Series{Name: name, Key: key, Values: s.of(func(x *measure.Sums) float64 { return measure.HHI(parts(x)) })}
	}
	f := []svgplot.Series{
		line(s.w.ByShop, "by-shop", func(x *measure.Sums) []float64 { return x.Shop[:market.Tracked] }),
		line(s.w.ByVia, "by-via", func(x *measure.Sums) []float64 { return x.Via[:market.Tracked] }),
		line(s.w.ByOwner, "by-owner", func(x *measure.Sums) []float64 { return x.Owner[:] }),
	}
	return s.byWeek("hhi", s.w.FigHHI, s.w.UnitHHI, s.w.NoteHHI, f, 0)
}

// figure joins a chart and its table, which is called as the figure is.
func (s *study) figure(name string, svg []byte, caption string, t xlsx.Sheet) Figure {
	t.Name = name
	return Figure{Name: name, SVG: bytes.TrimSpace(svg), table: t, caption: caption}
}
