package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"pasar/scenarios/report/svgplot"
	"pasar/scenarios/results/measure"
)

// named is a mark or span with the worlds in which it is.
type named[T any] struct {
	what   T
	text   string
	worlds []int
}

// letter is a world in charts: A is the base.
func letter(world int) string { return string(rune('A' + world)) }

// label is the name of a world's line.
func (s *versus) label(world int) string { return letter(world) + " " + s.titles[world] }

// in says in which of some worlds something is: in all but the base it says nothing, for that is what they are compared for.
func in(text string, has, worlds []int) string {
	if len(has) == len(worlds)-1 && !slices.Contains(has, 0) {
		return text
	}
	var letters []string
	for _, w := range has {
		letters = append(letters, letter(w))
	}
	return text + " (" + strings.Join(letters, ", ") + ")"
}

// marks are the dated entries that some worlds have and others have not.
func (s *versus) marks(worlds []int) []svgplot.Mark {
	var all []named[svgplot.Day]
	for _, w := range worlds {
		for i := range s.c.Scenarios[w].Entries {
			e := &s.c.Scenarios[w].Entries[i]
			if e.If != nil {
				continue
			}
			mark, _ := s.w.Entry(e)
			day := dayAt(e.When.At)
			j := slices.IndexFunc(all, func(x named[svgplot.Day]) bool { return x.what == day && x.text == mark })
			switch {
			case j < 0:
				all = append(all, named[svgplot.Day]{day, mark, []int{w}})
			case !slices.Contains(all[j].worlds, w):
				all[j].worlds = append(all[j].worlds, w)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b named[svgplot.Day]) int { return cmp.Compare(a.what, b.what) })
	var marks []svgplot.Mark
	var last string
	var has [][]int
	for _, x := range all {
		if len(x.worlds) == len(worlds) {
			continue
		}
		key := fmt.Sprint(x.what, x.worlds)
		if key == last { // one mark for what the same worlds do on one day
			marks[len(marks)-1].Text += "; " + x.text
			continue
		}
		last = key
		marks = append(marks, svgplot.Mark{Day: x.what, Number: len(marks) + 1, Text: x.text})
		has = append(has, x.worlds)
	}
	for i := range marks {
		marks[i].Text = in(marks[i].Text, has[i], worlds)
	}
	return marks
}

// spans are the closures and pilots of some worlds, as their plans have them.
func (s *versus) spans(worlds []int) []svgplot.Span {
	var all []named[svgplot.Span]
	add := func(world int, x svgplot.Span) {
		x.From, x.To = max(x.From, s.plotDay(0)), min(x.To, s.plotDay(s.c.Days-1))
		if x.From > x.To {
			return
		}
		j := slices.IndexFunc(all, func(y named[svgplot.Span]) bool { return y.what == x })
		if j < 0 {
			j = len(all)
			all = append(all, named[svgplot.Span]{what: x})
		}
		all[j].worlds = append(all[j].worlds, world)
	}
	for _, w := range worlds {
		sc := s.c.Scenarios[w]
		book := sc.Plan(sc.Params.Scale.Buyers / float64(sc.Buyers))
		for _, x := range measure.Closures(sc, book) {
			add(w, svgplot.Span{From: dayAt(x.From), To: dayAt(x.To), Text: text(s.w.Closed, s.w.Channel(x.Shop))})
		}
		for _, x := range measure.Pilots(sc, book) {
			add(w, svgplot.Span{From: dayAt(x.From), To: dayAt(x.To), Text: s.w.Pilot, Tint: true})
		}
	}
	var spans []svgplot.Span
	for _, x := range all {
		if len(x.worlds) < len(worlds) {
			x.what.Text = in(x.what.Text, x.worlds, worlds)
		}
		spans = append(spans, x.what)
	}
	return spans
}
