package report

import (
	"math"
	"strings"

	"pasar/scenarios/compare"
	"pasar/scenarios/stats"
)

// A scale is how amounts of one indicator are written, so that level, difference and interval can be held against each other.
type scale struct {
	by       float64 // the unit is this many of the indicator's
	unit     string
	decimals int
	points   bool // shares: differences are in percentage points
}

// scale picks unit and decimals for a difference and its levels: as many that its interval has two figures.
func (s *versus) scale(unit string, d stats.Paired) scale {
	x := s.unit(unit, max(math.Abs(d.Base), math.Abs(d.Other), math.Abs(d.Mean)))
	x.decimals = figures((d.T.Hi-d.T.Lo)/2/x.by, d.Mean/x.by, d.Base/x.by)
	return x
}

// figures is how many decimals show two figures of the first of some numbers that is one; three at most.
func figures(numbers ...float64) int {
	for i, v := range numbers {
		v = math.Abs(v)
		if v > 0 && !math.IsInf(v, 0) {
			most := 1.0
			if i > 0 {
				most = 2
			}
			return int(min(max(most-math.Floor(math.Log10(v)), 0), 3))
		}
	}
	return 0
}

// unit writes a unit of an indicator, such as IDR/day, for numbers of a size: Rp billion a day.
func (s wording) unit(unit string, size float64) scale {
	what, per, _ := strings.Cut(unit, "/")
	if what == "share" {
		return scale{by: .01, unit: "%", points: true}
	}
	x := scale{by: 1}
	least := 1e4
	if what == "IDR" {
		least = 1e3
	}
	name := ""
	for i, power := range []float64{1e3, 1e6, 1e9, 1e12} {
		if power == 1e12 {
			least = 1e13 // sales of a day are in billions, here and in the report of a run
		}
		if size >= max(power, least) && (power < 1e9 || what == "IDR") {
			x.by, name = power, s.v.Powers[i]
		}
	}
	noun, known := s.v.Nouns[what]
	if !known {
		noun = what
	}
	words := []string{name, noun}
	if what == "IDR" {
		words = []string{noun, name}
	}
	if per != "" {
		words = append(words, s.v.Per[per])
	}
	x.unit = strings.Join(strings.Fields(strings.Join(words, " ")), " ")
	return x
}

// Differences writes differences in a unit of the tables, such as IDR/day, for readers: all by one power, with two figures of the largest.
func Differences(unit, lang string, list ...float64) (words []string, in string) {
	s := wording{voiceOf(lang), versusWordsOf(lang)}
	size := 0.0
	for _, v := range list {
		size = max(size, math.Abs(v))
	}
	x := s.scaleTo(unit, size)
	for _, v := range list {
		words = append(words, s.signed(v/x.by, x.decimals))
	}
	return words, x.unit
}

// scaleTo is the scale of a unit in which a difference of some size has two figures.
func (s wording) scaleTo(unit string, size float64) scale {
	x := s.unit(unit, size)
	x.decimals = figures(size / x.by)
	if x.points {
		x.unit = s.v.Points
	}
	return x
}

// level writes a level, signed a difference.
func (s wording) level(x scale, v float64) string {
	if x.points && !math.IsNaN(v) {
		return s.num(v/x.by, x.decimals) + "%"
	}
	return s.num(v/x.by, x.decimals)
}

func (s wording) signed(v float64, decimals int) string {
	text := s.num(v, decimals)
	if v > 0 && strings.Trim(text, "0.,–") != "" {
		return "+" + text
	}
	return text
}

// change writes a difference: exactly 0 where all pairs are equal.
func (s *versus) change(x scale, d stats.Paired) string {
	switch {
	case d.N == 0:
		return "–"
	case d.Zero:
		return "0"
	}
	return s.signed(d.Mean/x.by, x.decimals)
}

// interval writes an interval of a difference.
func (s *versus) interval(x scale, d stats.Paired, i stats.Interval) string {
	switch {
	case d.N == 0:
		return "–"
	case d.Zero && d.N > 1:
		return s.v.Exactly
	case math.IsInf(i.Lo, 0) || math.IsInf(i.Hi, 0) || math.IsNaN(i.Lo) || math.IsNaN(i.Hi):
		return s.v.NoInterval
	}
	return s.signed(i.Lo/x.by, x.decimals) + " " + s.v.To + " " + s.signed(i.Hi/x.by, x.decimals)
}

// relative is a difference in per cent of the base's level, and its interval, which is none where that level may be 0.
func (s *versus) relative(d stats.Paired) (mean, interval string) {
	share, within := d.Relative()
	if math.IsNaN(share) {
		return "–", "–"
	}
	x := scale{by: .01, decimals: min(figures((within.Hi-within.Lo)/.02, (d.T.Hi-d.T.Lo)/math.Abs(d.Base)/.02, share/.01), 2)}
	if mean = "0"; !d.Zero {
		mean = s.signed(share/x.by, x.decimals) + "%"
	}
	return mean, s.interval(x, d, within)
}

// pairs says in how many pairs the difference has the sign of the mean.
func (s *versus) pairs(d stats.Paired) string {
	if d.Zero {
		return text(s.v.AllEqual, s.num(float64(d.N), 0))
	}
	return text(s.v.OfPairs, s.num(math.Round(d.Sign*float64(d.N)), 0), s.num(float64(d.N), 0))
}

// helps is the gain from which on pairing is said to help.
const helps = 1.5

// gain says how many times fewer runs paired worlds need than unpaired ones.
func (s *versus) gain(d stats.Paired) string {
	switch {
	case d.N < 2 || d.Zero && d.Gain == 1 || math.IsNaN(d.Gain):
		return "–"
	case math.IsInf(d.Gain, 0) || d.Zero:
		return s.v.AllSaved
	}
	n := s.times(d.Gain)
	if d.Gain < helps {
		return text(s.v.NoHelp, n)
	}
	return text(s.v.Saved, n)
}

// times is a gain as a number. Worlds that hardly differ gain tens of thousands, of which only so much is worth saying.
func (s *versus) times(gain float64) string {
	const most = 999
	if gain > most {
		return ">" + s.num(most, 0)
	}
	return s.num(gain, 1)
}

// The marks of verdicts, which say it in grey too.
var verdictMarks = [...]string{compare.NotClear: "○", compare.Clear: "●", compare.Same: "=", compare.Depends: "◐"}

// verdict says what may be said of a main outcome.
func (s *versus) verdict(f *compare.Finding) string {
	words := s.v.Verdicts[f.Verdict]
	if f.Verdict == compare.Depends {
		words = text(words, s.turning(f))
	}
	return verdictMarks[f.Verdict] + " " + words
}

// turning names the parameters on which a verdict depends.
func (s *versus) turning(f *compare.Finding) string {
	var names []string
	for _, t := range f.Turns {
		name := s.setName(t.Path)
		if t.Turns && (len(names) == 0 || names[len(names)-1] != name) {
			names = append(names, name)
		}
	}
	return s.list(names)
}

// setName is a parameter as tables call it.
func (s wording) setName(path string) string {
	path = strings.TrimPrefix(path, "params.")
	if name := s.v.Symbols[path]; name != "" {
		return name
	}
	return path
}

// solid keeps the words of a cell on one line.
func solid(cell string) string { return strings.ReplaceAll(cell, " ", "\u00a0") }

// intervalName is what columns of intervals are called.
func (s *versus) intervalName() string { return text(s.v.Interval, s.percent(s.certainty())) }

// certainty is the level of the intervals: more than 95% where several looks share the error.
func (s *versus) certainty() float64 {
	if s.c.Level > 0 {
		return s.c.Level
	}
	return .95
}
