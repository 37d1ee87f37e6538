package report

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"pasar/scenarios/compare"
	"pasar/scenarios/results/measure"
)

// A wording is what reports of several runs have in common: amounts, differences and the names of outcomes in one language.
type wording struct {
	voice
	v *versusWords
}

// A versus is a comparison in one language, ready to be shown.
type versus struct {
	wording
	c      *compare.Comparison
	titles []string                   // by world
	at     []map[cell]*compare.Effect // of each pair, by its place in Pairs
}

// A cell names an effect.
type cell struct{ metric, by, key, period string }

// newVersus refuses a comparison of which a check failed: its numbers mean nothing (decisions E24).
func newVersus(c *compare.Comparison, lang string) (*versus, error) {
	if c == nil || len(c.Worlds) < 2 || len(c.Scenarios) != len(c.Worlds) || len(c.Pairs) == 0 || len(c.Seeds) == 0 {
		return nil, errors.New("report: there is no comparison")
	}
	if err := sound(c); err != nil {
		return nil, err
	}
	for _, p := range c.Pairs {
		if len(p.Main) == 0 {
			return nil, fmt.Errorf("report: %s has no main outcome to be compared by; declare some with \"outcomes:\"", c.Worlds[0].Name)
		}
	}
	s := &versus{wording: wording{voiceOf(lang), versusWordsOf(lang)}, c: c}
	for i, sc := range c.Scenarios {
		title := s.titleOf(sc)
		if _, set, changed := strings.Cut(c.Worlds[i].Name, "+"); changed {
			title += " (" + strings.ReplaceAll(set, "params.", "") + ")"
		}
		s.titles = append(s.titles, title)
	}
	for i := range c.Pairs {
		p := &c.Pairs[i]
		m := map[cell]*compare.Effect{}
		for j := range p.Effects {
			e := &p.Effects[j]
			if e.Period < len(p.Periods) {
				m[cell{e.Metric, e.By, e.Key, p.Periods[e.Period].Name}] = e
			}
		}
		s.at = append(s.at, m)
	}
	return s, nil
}

// sound names the first check that does not hold.
func sound(c *compare.Comparison) error {
	if !slices.ContainsFunc(c.Checks, func(x compare.Check) bool { return x.Kind == compare.CheckAA }) {
		return errors.New("report: the comparison is refused: its base was not played anew and compared with itself")
	}
	if err := c.Refused(); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	for _, x := range c.Checks {
		if x.Cells == 0 && x.Kind != compare.CheckHistory { // worlds may differ from the first day on
			return fmt.Errorf("report: the comparison is refused: the check %s (%s) compared nothing", x.Kind, x.What)
		}
	}
	for _, p := range c.Pairs {
		if math.Abs(p.Welfare.Check) >= 1 {
			return fmt.Errorf("report: the comparison is refused: transfers between %s and %s come to Rp %.0f and not to 0", c.Worlds[0].Name, c.Worlds[p.World].Name, p.Welfare.Check)
		}
	}
	return nil
}

// base and other are the titles of a pair's worlds.
func (s *versus) base() string                              { return s.titles[0] }
func (s *versus) other(p *compare.Pair) string              { return s.titles[p.World] }
func (s *versus) headline(p *compare.Pair) *compare.Finding { return &p.Main[0] }

// title says what is compared with what.
func (s *versus) title() string {
	var others []string
	for i := range s.c.Pairs {
		others = append(others, s.other(&s.c.Pairs[i]))
	}
	return text(s.v.Title, s.list(others), s.base())
}

// list joins words.
func (s wording) list(words []string) string {
	n := len(words)
	if n < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:n-1], ", ") + " " + s.v.And + " " + words[n-1]
}

// day is the date of a day of the comparison.
func (s *versus) day(n int) time.Time { return measure.DateOf(s.c.First + int64(n)) }

// days is a stretch of days in words.
func (s *versus) days(from, to int) string {
	return s.date(s.day(from)) + " – " + s.date(s.day(to-1))
}

// period says which days the comparison covers and how it was simulated.
func (s *versus) period() string {
	return text(s.w.Period, s.date(s.day(0)), s.date(s.day(s.c.Days-1))) + ". " + s.sample() + "."
}

// sample says how many pairs there are, of which seeds and how many buyers.
func (s *versus) sample() string {
	n := len(s.c.Seeds)
	seeds := strconv.FormatUint(s.c.Seeds[0], 10)
	switch {
	case n > 1 && s.c.Seeds[n-1]-s.c.Seeds[0] == uint64(n-1) && slices.IsSorted(s.c.Seeds):
		seeds += "–" + strconv.FormatUint(s.c.Seeds[n-1], 10)
	case n > 1:
		seeds += ", …, " + strconv.FormatUint(s.c.Seeds[n-1], 10)
	}
	sc, form := s.c.Scenarios[0], s.v.Sample
	if n == 1 {
		form = s.v.SampleOne
	}
	return text(form, s.num(float64(n), 0), seeds, s.num(float64(sc.Buyers), 0), s.num(sc.Params.Scale.Buyers/float64(sc.Buyers), 0))
}

// effect finds an effect of a pair; nil where there is none.
func (s *versus) effect(pair int, metric, by, key, period string) *compare.Effect {
	e := s.at[pair][cell{metric, by, key, period}]
	if e == nil || e.Diff.N == 0 {
		return nil
	}
	return e
}

// span is a period of a pair, with the words for it.
func (s *versus) span(p *compare.Pair, name string) (compare.Period, string, bool) {
	i := slices.IndexFunc(p.Periods, func(x compare.Period) bool { return x.Name == name })
	if i < 0 {
		return compare.Period{}, "", false
	}
	x := p.Periods[i]
	words := s.v.Periods[name]
	if x.Shop != "" {
		words = text(words, s.key("storefront", x.Shop))
	}
	return x, words, true
}

// outcome is the name of a main outcome.
func (s *versus) outcome(f *compare.Finding) string {
	return OutcomeName(f.Outcome.Name, s.lang)
}

// OutcomeName is the name of a main outcome in a language.
func OutcomeName(name, lang string) string { return cmp.Or(versusWordsOf(lang).Outcomes[name], name) }

// key is the name of one of the things that an indicator is split by.
func (s wording) key(by, key string) string {
	by = strings.TrimPrefix(by, "cohort_")
	for _, names := range []map[string]string{s.v.Keys[by], s.w.Types, s.w.Tiers, s.w.Channels, s.w.Owners, s.v.Keys[""]} {
		if by == "owner" {
			names = s.w.Owners
		}
		if name := names[key]; name != "" {
			return name
		}
	}
	return key
}

// marked is an outcome's name, with a mark if it was fitted.
func (s *versus) marked(f *compare.Finding) string {
	if f.Fitted {
		return s.outcome(f) + " (" + s.v.Fitted + ")"
	}
	return s.outcome(f)
}

// upper begins a sentence.
func upper(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[n:]
}

// place is the number of a pair in Pairs.
func (s *versus) place(p *compare.Pair) int {
	return slices.IndexFunc(s.c.Pairs, func(x compare.Pair) bool { return x.World == p.World })
}
