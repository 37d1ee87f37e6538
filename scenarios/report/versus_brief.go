package report

import (
	"math"
	"slices"
	"strings"

	"pasar/scenarios/compare"
	"pasar/scenarios/stats"
)

// mostParts is how many parts of an effect a sentence names.
const mostParts = 4

// mostDeeds is how many differences of settings a sentence on page 1 names: fewer where there are more worlds, so that it stays one page.
func (s *versus) mostDeeds() int { return min(max(5-len(s.c.Pairs), 1), 3) }

// brief is the table of page 1: a row for each other world, with a sentence why.
func (s *versus) brief() versusTable {
	f := s.headline(&s.c.Pairs[0])
	unit := s.differenceUnit(s.scale(f.Effect.Unit, f.Effect.Diff))
	t := versusTable{
		Caption: text(s.v.BriefCaption, s.outcome(f), s.base()),
		Head:    []string{s.v.Scenario, s.v.Effect + ",\n" + unit, s.intervalName(), s.v.RelativeTo, s.v.Verdict, s.v.WorstFour}, Words: 1,
	}
	for i := range s.c.Pairs {
		p := &s.c.Pairs[i]
		f := s.headline(p)
		d := f.Effect.Diff
		x := s.scale(f.Effect.Unit, d)
		relative, interval := s.relative(d)
		t.Rows = append(t.Rows, versusRow{
			Cells: []string{s.other(p), s.change(x, d), solid(s.interval(x, d, d.T)), solid(relative + "\n" + interval), s.verdict(f), s.worst(f)},
			Why:   s.why(p),
		})
	}
	return t
}

// differenceUnit is the unit of a difference: of shares, percentage points.
func (s *versus) differenceUnit(x scale) string {
	if x.points {
		return s.v.Points
	}
	return x.unit
}

// worst is the worst four weeks of an outcome, and whether they are worse than the worst that luck finds.
func (s *versus) worst(f *compare.Finding) string {
	if f.Worst.Diff.N == 0 || f.Worst.Week >= len(s.c.Weeks) {
		return "–"
	}
	relative, _ := s.relative(f.Worst.Diff)
	if relative == "–" {
		relative = s.change(s.scale(f.Effect.Unit, f.Worst.Diff), f.Worst.Diff)
	}
	words := relative + "\n" + text(s.v.From, s.date(s.day(s.c.Weeks[f.Worst.Week])))
	if !f.Worst.Diff.Clear() && !f.Worst.Diff.Zero {
		words += "\n" + s.v.Verdicts[compare.NotClear]
	}
	return solid(words)
}

// why says in sentences what the effect on the headline is, what it is made of, what was done, and on what it depends.
func (s *versus) why(p *compare.Pair) []string {
	f := s.headline(p)
	out := []string{s.sentence(p, f)}
	if parts := s.parts(p, f); parts != "" {
		out = append(out, parts)
	}
	if done := s.done(p); done != "" {
		out = append(out, done)
	}
	return append(out, s.turns(f)...)
}

// sentence says an effect in one sentence, with its interval.
func (s *versus) sentence(p *compare.Pair, f *compare.Finding) string {
	d := f.Effect.Diff
	when := ""
	if x, _, ok := s.span(p, compare.Since); ok {
		when = s.days(x.From, x.To)
	}
	x := s.scale(f.Effect.Unit, d)
	form, name := s.v.Higher, upper(s.outcome(f))
	switch {
	case d.N == 0:
		return s.v.NoPairs
	case d.Zero:
		return text(s.v.SaysSame, name, when, s.base(), s.num(float64(d.N), 0))
	case f.Verdict == compare.NotClear || !d.Clear(): // one that depends may be either here
		return text(s.v.SaysNotClear, name, when, s.base(), s.interval(x, d, d.T), s.differenceUnit(x))
	case d.Mean < 0:
		form = s.v.Lower
	}
	relative, _ := s.relative(d)
	return text(form, name, when, s.amount(x, math.Abs(d.Mean)), s.base(), s.interval(x, d, d.T), relative)
}

// amount is a difference in a sentence, its unit with it.
func (s *versus) amount(x scale, v float64) string {
	number, unit := s.num(v/x.by, x.decimals), s.differenceUnit(x)
	if rest, rupiah := strings.CutPrefix(unit, "Rp "); rupiah {
		return "Rp " + number + " " + rest
	}
	return number + " " + unit
}

// makings are what an effect is made of, if they add up to it, or what lies behind it.
type makings struct {
	by, unit string
	list     []string // largest first
	unclear  int      // that are not in the list, since luck alone may have made them
	adds     bool
}

// made finds what an effect is made of. Groups of few agents say nothing. The largest of several are told, so each must stand out from as many.
func (s *versus) made(p *compare.Pair, f *compare.Finding) (m makings) {
	if len(f.Share) == 0 || len(f.Outcome.Parts) == 0 || f.Effect.Diff.Zero {
		return m
	}
	c := f.Outcome.Parts[0]
	m.by = strings.TrimPrefix(c.By, "cohort_")
	m.adds = c.Metric == f.Outcome.Metric && m.by == "storefront"
	x := s.scale(c.Unit, f.Share[0].Diff)
	m.unit = s.differenceUnit(x)
	for _, b := range f.Share {
		if m.by != c.By {
			if e := s.effect(s.place(p), c.Metric, c.By, b.Key, compare.Since); e == nil || few(e) {
				continue
			}
		}
		if i := b.Diff.Within(stats.Shared(s.certainty(), len(f.Share))); i.Has(0) {
			if !b.Diff.Zero {
				m.unclear++
			}
			continue
		}
		m.list = append(m.list, s.cohortName(m.by, b.Key)+" "+s.change(x, b.Diff))
	}
	return m
}

// parts says it in a sentence.
func (s *versus) parts(p *compare.Pair, f *compare.Finding) string {
	m := s.made(p, f)
	if len(m.list) == 0 {
		return ""
	}
	more := ""
	if n := len(m.list) - mostParts; n > 0 {
		m.list, more = m.list[:mostParts], text(s.v.PartsMore, s.num(float64(n), 0))
	}
	if m.unclear > 0 {
		more += text(s.v.PartsUnclear, s.num(float64(m.unclear), 0))
	}
	list := strings.Join(m.list, "; ")
	if m.adds {
		return text(s.v.Parts, m.unit, list, more)
	}
	return text(s.v.Behind, s.v.Kinds[m.by], m.unit, list, more)
}

// done says what is different in the other world.
func (s *versus) done(p *compare.Pair) string {
	var deeds []string
	for _, d := range p.Differs[:min(len(p.Differs), s.mostDeeds())] {
		deeds = append(deeds, d.Text(s.lang))
	}
	switch {
	case s.alike(p):
		return s.placebo()
	case len(deeds) == 0:
		return s.v.DoneNothing
	}
	more := ""
	if n := len(p.Differs) - s.mostDeeds(); n > 0 {
		more = text(s.v.DoneMore, s.num(float64(n), 0))
	}
	return text(s.v.Done, strings.Join(deeds, "; "), more)
}

// alike tells whether the two worlds of a pair are the same.
func (s *versus) alike(p *compare.Pair) bool {
	return s.c.Scenarios[0].Hash == s.c.Scenarios[p.World].Hash
}

// placebo says what two worlds that are the same show and what they do not, with the command that plays the base with luck of its own.
func (s *versus) placebo() string {
	w := s.c.Worlds[0]
	w.Overrides.Buyers = s.c.Scenarios[0].Buyers // also where nobody asked for them: verify does, and must find the same words
	return text(s.v.SameWorlds, compare.RunCommand(w, slices.Max(s.c.Seeds)+1))
}

// turns says what an outcome would be at the ends of the ranges of key parameters within which the verdict turns.
func (s *versus) turns(f *compare.Finding) []string {
	var out []string
	for _, t := range f.Turns {
		if !t.Turns {
			continue
		}
		x := s.scale(f.Effect.Unit, t.Diff)
		out = append(out, text(s.v.Turn, s.setName(t.Path), s.plain(t.Value), s.change(x, t.Diff), s.interval(x, t.Diff, t.Diff.T), s.differenceUnit(x)))
	}
	return out
}

// reading says how to read an interval.
func (s *versus) reading() string {
	if len(s.c.Seeds) < 2 {
		return s.v.OneDraw
	}
	words := text(s.v.ReadInterval, s.percent(s.certainty()), s.percent(1-s.certainty()))
	if len(s.c.Pairs) > 1 {
		words += " " + s.v.ReadOthers
	}
	return words
}

// assumed lists on what the finding rests.
func (s *versus) assumed() []string {
	values := s.c.Scenarios[0].Values
	n := 0
	for _, v := range values {
		if s.setting(v).Assumed {
			n++
		}
	}
	out := []string{s.w.BadgeWhy, text(s.v.AssumedSettings, s.num(float64(n), 0), s.num(float64(len(values)), 0)), s.v.AssumedHistory}
	var fitted []string
	for i := range s.c.Pairs[0].Main {
		if f := &s.c.Pairs[0].Main[i]; f.Fitted {
			fitted = append(fitted, s.outcome(f))
		}
	}
	if len(fitted) > 0 {
		out = append(out, text(s.v.AssumedFitted, s.list(fitted)))
	}
	for _, x := range []string{s.small(s.c.Scenarios[0].Buyers), s.thin()} {
		if x != "" {
			out = append(out, x)
		}
	}
	return out
}

// thin names the main outcomes behind which stand few simulated members, and how many in the pair that has fewest; empty if there are none.
func (s *versus) thin() string {
	var names []string
	for i := range s.c.Pairs[0].Main {
		var least compare.Effect
		for j := range s.c.Pairs {
			if e := s.c.Pairs[j].Main[i].Effect; e.Agents > 0 && (least.Agents == 0 || e.Agents < least.Agents) {
				least = e
			}
		}
		if least.Few() {
			names = append(names, s.outcome(&s.c.Pairs[0].Main[i])+" ("+s.num(float64(least.Agents), 0)+")")
		}
	}
	if len(names) == 0 {
		return ""
	}
	return text(s.v.Thin, s.list(names))
}
