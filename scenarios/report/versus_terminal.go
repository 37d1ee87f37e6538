package report

import (
	"bytes"
	"cmp"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"pasar/scenarios/compare"
	"pasar/scenarios/report/svgplot"
)

// The widths of the terminal's columns; a line has at most lineWidth.
const (
	outcomeWidth  = 26
	levelWidth    = 8
	intervalWidth = 21
	relativeWidth = 8
	verdictWidth  = 16
)

// ComparisonTerminal writes what came of a comparison in about 30 lines for a terminal. A comparison of which a check failed is refused.
func ComparisonTerminal(w io.Writer, c *compare.Comparison, o Options) error {
	s, err := newVersus(c, o.Lang)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	s.terminal(func(text string) {
		b.WriteString(cutTo(strings.TrimRight(text, " "), lineWidth))
		b.WriteByte('\n')
	})
	_, err = w.Write(b.Bytes())
	return err
}

func (s *versus) terminal(line func(string)) {
	wrapped(s.title()+" ("+s.w.Badge+")", line)
	wrapped(s.days(0, s.c.Days)+"; "+s.sample(), line)
	head := pad("", outcomeWidth) + left(s.v.TermBase, levelWidth) + left(s.v.TermChange, levelWidth) + left(s.intervalName(), intervalWidth) + left("%", relativeWidth)
	line(head + "  " + pad(s.v.Verdict, verdictWidth-1) + s.v.Pairing)
	for i := range s.c.Pairs {
		p := &s.c.Pairs[i]
		f := s.headline(p)
		title := s.c.Worlds[p.World].Name + " − " + s.c.Worlds[0].Name
		if x, _, ok := s.span(p, compare.Since); ok {
			title += ", " + s.days(x.From, x.To)
		}
		title += "  "
		if room := lineWidth - utf8.RuneCountInString(title) - 1; room > 10 {
			var weeks []float64
			for _, e := range s.weekly(p, f.Outcome.Column) {
				if e != nil {
					weeks = append(weeks, e.Diff.Mean)
				}
			}
			title += svgplot.Sparkline(weeks, min(room, 40))
		}
		line(title)
		if s.alike(p) { // one row of zeros is enough
			line(s.terminalRow(f))
			wrapped(s.placebo(), line)
			continue
		}
		for j := range p.Main {
			line(s.terminalRow(&p.Main[j]))
		}
		if x := s.made(p, f); len(x.list) > 0 {
			name := s.v.Kinds[x.by]
			if x.adds {
				name = s.termName(f)
			}
			line("  " + name + ": " + strings.Join(x.list[:min(len(x.list), mostParts)], "; ") + " (" + x.unit + ")")
		}
		if words := s.throughInShort(f); words != "" {
			wrapped(words, func(row string) { line("  " + row) })
		}
	}
	for _, x := range []string{s.small(s.c.Scenarios[0].Buyers), s.thin(), s.open(), s.missed()} {
		if x != "" {
			wrapped(x, line)
		}
	}
	cells := 0
	kinds := map[string]bool{}
	var names []string
	for _, x := range s.c.Checks {
		cells += x.Cells
		if !kinds[x.Kind] {
			kinds[x.Kind] = true
			names = append(names, cmp.Or(s.v.TermKinds[x.Kind], x.Kind))
		}
	}
	line(text(s.v.TermChecks, s.list(names), s.num(float64(cells), 0)))
}

// wrapped writes words in as many lines as they need.
func wrapped(words string, line func(string)) {
	row := ""
	for _, w := range strings.Fields(words) {
		if row != "" && utf8.RuneCountInString(row+" "+w) > lineWidth {
			line(row)
			row = " "
		}
		row = strings.TrimPrefix(row+" "+w, " ")
	}
	line(row)
}

// terminalRow is a main outcome on one line.
func (s *versus) terminalRow(f *compare.Finding) string {
	d := f.Effect.Diff
	x := s.scale(f.Effect.Unit, d)
	interval := s.interval(x, d, d.T)
	if !d.Zero && d.N > 1 {
		interval = "(" + interval + ")"
	}
	relative, _ := s.relative(d)
	row := pad(s.termName(f)+", "+s.short(f.Effect.Unit, x), outcomeWidth) + left(s.level(x, d.Base), levelWidth) + left(s.change(x, d), levelWidth) + left(interval, intervalWidth) + left(relative, relativeWidth)
	return row + "  " + pad(s.verdict(f), verdictWidth-1) + s.saved(f)
}

// termName is the short name of a main outcome.
func (s *versus) termName(f *compare.Finding) string {
	return cmp.Or(s.v.TermOutcomes[f.Outcome.Name], f.Outcome.Name)
}

// open says what to do where something is not clear; empty if all is, if the comparison itself looked for when to stop, or if so many pairs
// cannot be asked for. What few members stand behind is left to thin: no number of pairs makes it clear.
func (s *versus) open() string {
	n := len(s.c.Seeds)
	if n == 1 {
		return s.v.OneDraw
	}
	if s.c.Stop != nil || 4*n > compare.MostReps {
		return ""
	}
	for _, p := range s.c.Pairs {
		for _, f := range p.Main {
			if f.Verdict == compare.NotClear && !f.Effect.Diff.Zero && !f.Effect.Few() {
				return text(s.v.TermOpen, s.plain(float64(4*n)), strconv.FormatUint(slices.Max(s.c.Seeds)+1, 10))
			}
		}
	}
	return ""
}

// saved is the gain of pairing in a word.
func (s *versus) saved(f *compare.Finding) string {
	d := f.Effect.Diff
	if d.N < 2 || d.Zero || math.IsInf(d.Gain, 0) || math.IsNaN(d.Gain) {
		return "–"
	}
	if d.Gain < helps {
		return text(s.v.TermNoHelp, s.num(d.Gain, 1))
	}
	return text(s.v.Saved, s.times(d.Gain))
}

// short is a unit in a few letters: Rp bn/day.
func (s *versus) short(unit string, x scale) string {
	if x.points {
		return "%"
	}
	what, per, _ := strings.Cut(unit, "/")
	power := ""
	for i, v := range []float64{1e3, 1e6, 1e9, 1e12} {
		if x.by == v {
			power = s.v.TermPowers[i]
		}
	}
	words := s.v.Nouns[what]
	if words == "" {
		words = what
	}
	switch {
	case what == "IDR":
		words = strings.TrimSpace(words + " " + power)
	case power != "":
		words = power
	}
	if per != "" {
		words += "/" + s.v.TermPer[per]
	}
	return words
}
