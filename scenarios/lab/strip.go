package lab

import (
	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/report/svgplot"
	"pasar/scenarios/results/measure"
	"pasar/scenarios/say"
	"pasar/sim"
)

// Strip draws the timeline of a scenario as a small picture: closures hatched, pilots tinted, entries as marks.
func Strip(s *load.Scenario, lang string) []byte {
	day := func(t sim.Time) svgplot.Day { return svgplot.DayOf(market.Clock.Date(t)) }
	x := svgplot.Strip{From: day(s.Start), To: day(s.End - 1), Lang: lang, Title: said(s.Title).in(lang)}
	_, _, w := play.Sizes(s)
	book := s.Plan(w)
	for _, c := range measure.Closures(s, book) {
		x.Spans = append(x.Spans, svgplot.Span{From: day(c.From), To: day(c.To)})
	}
	for _, p := range measure.Pilots(s, book) {
		x.Spans = append(x.Spans, svgplot.Span{From: day(p.From), To: day(p.To), Tint: true})
	}
	l := say.In(lang)
	for _, e := range dated(s) {
		if e.If == nil && headline(e) && e.When.At >= s.Start && e.When.At < s.End {
			mark, _ := l.Entry(e)
			x.Marks = append(x.Marks, svgplot.Mark{Day: day(e.When.At), Number: len(x.Marks) + 1, Text: mark + ", " + l.Date(market.Clock.Date(e.When.At))})
		}
	}
	return x.SVG()
}

// In is the text in a language.
func (t Text) in(lang string) string {
	if lang == "id" {
		return t.ID
	}
	return t.EN
}
