// Package report shows what came of a run: a printable page (HTML), its charts (Figures) and a table for the terminal
// (Terminal).
//
// Nothing here names the run or how long it took, so the same scenario, seed and program give the same bytes.
package report

import (
	"cmp"
	"slices"
	"strconv"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/report/svgplot"
	"pasar/scenarios/results/measure"
	"pasar/sim"
)

// A study is a run in one language, ready to be shown.
type study struct {
	voice
	run    *measure.Run
	days   []svgplot.Day
	counts []svgplot.Day // of the weekly counts
	marked []event       // with a number in the charts
	common []event       // what all scenarios share, not marked
}

// An event is an entry of the timeline as people read it.
type event struct {
	number              int
	day                 svgplot.Day
	mark                string // in charts
	never               bool   // a condition that did not come about
	at                  sim.Time
	Number, Date, What  string
	Note, Source, Grade string
}

func newStudy(r *play.Result, lang string) *study {
	s := &study{voice: voiceOf(lang), run: measure.Of(r)}
	first := dayAt(r.Scenario.Start + market.Day - 1)
	s.days = svgplot.DaysFrom(first, s.run.Days())
	for _, c := range s.run.Count {
		s.counts = append(s.counts, first+svgplot.Day(c.Day-s.run.First))
	}
	s.events()
	return s
}

// dayAt is the date of a moment, in WIB.
func dayAt(t sim.Time) svgplot.Day {
	return svgplot.Day((market.Clock.Date(t).Unix() + 7*3600) / 86400)
}

// lastDay keeps a day within the run.
func (s *study) lastDay(d svgplot.Day) svgplot.Day {
	if len(s.days) == 0 {
		return d
	}
	return min(d, s.days[len(s.days)-1])
}

// base is the file of what all scenarios of the library share.
const base = "scenarios/no-ban.yaml"

// events sorts the entries by date. Those that come from the common base are listed apart, unless the scenario is the base.
func (s *study) events() {
	type taken struct {
		load.Entry
		never bool
	}
	var all []taken
	for i := range s.run.Scenario.Entries {
		e := &s.run.Scenario.Entries[i]
		dates := s.run.Scenario.Happened(e, s.run.Result.Book)
		for _, w := range dates {
			all = append(all, taken{Entry: e.Happened(w.At)})
		}
		if len(dates) == 0 {
			all = append(all, taken{*e, true})
		}
	}
	slices.SortStableFunc(all, func(a, b taken) int { return cmp.Compare(a.When.At, b.When.At) })
	slices.SortStableFunc(all, func(a, b taken) int { return rank(a.never) - rank(b.never) })
	for _, e := range all {
		mark, what := s.w.Entry(&e.Entry)
		x := event{day: dayAt(e.When.At), at: e.When.At, mark: mark, never: e.never, Date: s.moment(e.When.At), What: what, Note: e.Note, Source: s.w.SourceWords(e.Source), Grade: e.Grade}
		switch {
		case e.never:
			x.Date, x.What = "–", text(s.w.NeverHappened, what, e.Waits())
		case e.If != nil:
			x.What = text(s.w.Decided, what, e.Waits())
		}
		if e.File == base && s.run.Scenario.Name != "no-ban" {
			s.common = append(s.common, x)
			continue
		}
		x.number = len(s.marked) + 1
		x.Number = strconv.Itoa(x.number)
		s.marked = append(s.marked, x)
	}
}

func rank(last bool) int {
	if last {
		return 1
	}
	return 0
}

// subtitle and sourceLine stand on every chart.
func (s *study) subtitle() string {
	title := s.title()
	if len(s.days) == 0 {
		return title
	}
	return title + ". " + text(s.w.Period, s.date(s.run.Date(0)), s.date(s.run.Date(s.run.Days()-1)))
}

func (s *study) sourceLine() string {
	sc := s.run.Scenario
	return text(s.w.SourceLine, sc.Name, strconv.FormatUint(sc.Seed, 10), s.num(float64(sc.Buyers), 0)) + "; " + s.w.Badge
}

func (s *study) title() string { return s.titleOf(s.run.Scenario) }
