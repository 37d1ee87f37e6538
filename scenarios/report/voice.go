package report

import (
	"cmp"
	"math"
	"time"

	"pasar/scenarios/load"
	"pasar/scenarios/say"
	"pasar/sim"
)

// A voice writes numbers, dates and names in one language.
type voice struct {
	w    *words
	lang string
}

func voiceOf(lang string) voice {
	w := wordsOf(lang)
	return voice{w, w.Lang}
}

// text puts parts into the places %[1]s, %[2]s, ... of a text of words.
func text(form string, parts ...string) string { return say.Text(form, parts...) }

// Dates and numbers as the language writes them.
func (s voice) date(t time.Time) string            { return s.w.Language.Date(t) }
func (s voice) moment(t sim.Time) string           { return s.w.Moment(t) }
func (s voice) num(v float64, decimals int) string { return s.w.Num(v, decimals) }
func (s voice) plain(v float64) string             { return s.w.Plain(v) }
func (s voice) percent(v float64) string           { return s.w.Percent(v) }

// share is a share as measured: one decimal.
func (s voice) share(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	return s.num(100*v, 1) + "%"
}

// billion and trillion are amounts in rupiah.
func (s voice) billion(v float64) string {
	decimals := 0
	if v < 9.95e9 && v > 0 {
		decimals = 1
	}
	return "Rp " + text(s.w.Billion, s.num(v/1e9, decimals))
}

func (s voice) trillion(v float64) string { return "Rp " + text(s.w.Trillion, s.num(v/1e12, 0)) }

// real is a number of agents.
func (s voice) real(v float64) string { return s.num(v, 0) }

// small says of a market of few buyers that its levels are not those of the full one; empty of others.
func (s voice) small(buyers int) string {
	if buyers >= load.DefaultBuyers {
		return ""
	}
	return text(s.w.Small, s.num(load.DefaultBuyers, 0))
}

// titleOf is a scenario's title.
func (s voice) titleOf(sc *load.Scenario) string {
	if t := sc.Title[s.lang]; t != "" {
		return t
	}
	return cmp.Or(sc.Title["en"], sc.Name)
}
