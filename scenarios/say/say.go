// Package say puts into English and Indonesian what a scenario does: numbers, dates, names, and entries of the timeline. The
// report and the comparison of scenarios use one vocabulary.
package say

import (
	"math"
	"strconv"
	"strings"
	"time"

	"pasar/agents/market"
	"pasar/sim"
)

// A Language is the words of one language. Texts with %[1]s take what the caller puts in (Text). What one language lacks fails
// TestWordsAreWhole.
type Language struct {
	Lang, Decimal, Group string
	Months               [12]string
	Channels, Owners     map[string]string // by key
	Decisions            map[string]string // of an audit
	PhaseBegins          string
	Million, Billion     string
	Days, Hours, OneDay  string
	Yes, No, Nothing     string
	AnOrder, AWeek       string
	AfterBegin           string            // of a date that counts from the beginning of its entry
	Deeds                map[string]Deed   // what entries of the timeline do, by a name of its own for each form
	Topics               map[string]string // what an entry is about, by the name of its intervention
	Fields               map[string]string // of interventions, by their path in files
	Words                map[string]string // that fields hold
	Params               map[string]string // names of parameters that have one
	Mechanisms           map[string]Part   // parts of the model that can be switched off (compare.Mechanisms), by name
}

// A Part is a part of the model in a word or two, and in half a sentence.
type Part struct{ Name, What string }

// A Deed is an entry of the timeline in a word for the charts and in a sentence.
type Deed struct{ Mark, Text string }

// In is the language with a key, English if it is not known.
func In(lang string) Language {
	if lang == "id" {
		return indonesian()
	}
	return english()
}

// Text puts parts into the places %[1]s, %[2]s, ... of a text.
func Text(form string, parts ...string) string {
	for i, p := range parts {
		form = strings.ReplaceAll(form, "%["+strconv.Itoa(i+1)+"]s", p)
	}
	return form
}

// Channel is the name of a channel.
func (l *Language) Channel(c market.Channel) string {
	if name, ok := l.Channels[c.String()]; ok {
		return name
	}
	return c.String()
}

// Date is a date in words, Moment one with its hour where it is not midnight.
func (l *Language) Date(t time.Time) string {
	t = t.In(market.WIB)
	return strconv.Itoa(t.Day()) + " " + l.Months[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// Moment is a moment of the simulation, in Jakarta's time.
func (l *Language) Moment(t sim.Time) string {
	d := market.Clock.Date(t)
	if d.Hour() == 0 && d.Minute() == 0 {
		return l.Date(d)
	}
	return l.Date(d) + ", " + l.Clock(d)
}

// Clock is the time of a day.
func (l *Language) Clock(d time.Time) string {
	if l.Lang == "id" {
		return d.Format("15.04")
	}
	return d.Format("15:04")
}

// Num is a number with separators; what is not a number is a dash.
func (l *Language) Num(v float64, decimals int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	whole, part, _ := strings.Cut(strconv.FormatFloat(math.Abs(v), 'f', decimals, 64), ".")
	var b strings.Builder
	if v < 0 && strings.Trim(whole+part, "0") != "" {
		b.WriteString("−")
	}
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(l.Group)
		}
		b.WriteRune(c)
	}
	if part != "" {
		b.WriteString(l.Decimal + part)
	}
	return b.String()
}

// Plain is a number with as many digits as it has.
func (l *Language) Plain(v float64) string {
	digits := strconv.FormatFloat(v, 'f', -1, 64)
	_, part, _ := strings.Cut(digits, ".")
	return l.Num(v, len(part))
}

// Percent is a share in per cent, with as many decimals as it needs, two at most.
func (l *Language) Percent(v float64) string {
	if math.IsNaN(v) {
		return "–"
	}
	decimals := 0
	for decimals < 2 && math.Abs(v*100*math.Pow10(decimals)-math.Round(v*100*math.Pow10(decimals))) > 1e-6 {
		decimals++
	}
	return l.Num(v*100, decimals) + "%"
}

// Span is a length of time in words.
func (l *Language) Span(t sim.Time) string {
	if t == market.Day {
		return l.OneDay
	}
	if t%market.Day == 0 {
		return Text(l.Days, l.Num(float64(t/market.Day), 0))
	}
	return Text(l.Hours, l.Plain(float64(t)/float64(market.Hour)))
}
