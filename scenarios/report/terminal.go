package report

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"pasar/agents/market"
	"pasar/scenarios/play"
	"pasar/scenarios/report/svgplot"
	"pasar/scenarios/results/measure"
)

// The widths of the terminal's table; a line has at most 100 columns.
const (
	nameWidth   = 28
	numberWidth = 9
	shareWidth  = 7
	lineWidth   = 100
)

// Terminal writes what came of a run in about 25 lines for a terminal.
func Terminal(w io.Writer, r *play.Result, o Options) error {
	s := newStudy(r, o.Lang)
	var b bytes.Buffer
	s.terminal(&b)
	_, err := w.Write(b.Bytes())
	return err
}

func (s *study) terminal(b *bytes.Buffer) {
	line := func(text string) {
		b.WriteString(cutTo(strings.TrimRight(text, " "), lineWidth))
		b.WriteByte('\n')
	}
	sc := s.run.Scenario
	line(s.title() + " (" + sc.Name + ")  " + s.w.Badge)
	if n := s.run.Days(); n > 0 {
		line(s.date(s.run.Date(0)) + " – " + s.date(s.run.Date(n-1)) + "; " + text(s.w.TermPeople, s.num(float64(sc.Buyers), 0), s.num(s.run.W, 0), strconv.FormatUint(sc.Seed, 10)))
	}
	if words := s.small(sc.Buyers); words != "" {
		wrapped(words, line)
	}
	line("")
	windows := s.windows()
	head := pad(s.w.TermGMV, nameWidth)
	for _, x := range windows {
		head += left(x.name, numberWidth+shareWidth)
	}
	spark := lineWidth - nameWidth - len(windows)*(numberWidth+shareWidth) - 2
	spark = min(spark, 48)
	line(head + "  " + s.w.TermWeeks)
	sums := make([]*measure.Sums, len(windows))
	for i, x := range windows {
		sums[i] = s.run.Sums(x.From, x.To)
	}
	gmv := measure.Get(s.run.Daily(), "gmv", "storefront")
	all := make([]float64, s.run.Days())
	for _, f := range s.shopfronts() {
		values := f.sum(gmv)
		row := pad(s.w.Shopfronts[f.key], nameWidth)
		for i, x := range windows {
			part := 0.0
			for _, c := range f.channels {
				part += sums[i].Shop[c]
			}
			share := ""
			if f.key != "direct" {
				share = s.share(part / sums[i].Tracked())
			}
			row += left(s.num(x.perDay(part)/1e9, 1), numberWidth) + left(share, shareWidth)
		}
		if f.key != "direct" {
			for i, v := range values {
				all[i] += v
			}
		}
		line(row + "  " + svgplot.Sparkline(s.weekly(values), spark))
	}
	row := pad(s.w.Platforms, nameWidth)
	for i, x := range windows {
		row += left(s.num(x.perDay(sums[i].Tracked())/1e9, 1), numberWidth) + left("", shareWidth)
	}
	line(row + "  " + svgplot.Sparkline(s.weekly(all), spark))
	var dates []string
	for _, x := range windows {
		dates = append(dates, x.name+" "+x.dates)
	}
	if all := "  " + strings.Join(dates, "; "); utf8.RuneCountInString(all) <= lineWidth {
		dates = []string{all[2:]}
	}
	for _, d := range dates {
		line("  " + d)
	}
	for _, l := range s.weeklyLines() {
		s.weekLine(line, l, windows)
	}
	for _, a := range s.run.Audits {
		imposed := "–"
		if i := s.run.Imposed(a.At); i >= 0 {
			imposed = s.w.Decisions[market.Decisions[i]]
		}
		line(text(s.w.TermAudit, s.moment(a.At), s.num(float64(a.C)/1e6, 2), s.num(float64(a.M)/1e6, 2), s.w.Decisions[market.Decisions[a.Rule]], imposed))
	}
	s.saidLines(line)
	line("")
	s.targetLines(line)
	line(s.w.TermChecked)
	line(text(s.w.TermDigest, s.run.Digest.String()))
}

// weekLine is a weekly indicator: its means in the windows.
func (s *study) weekLine(line func(string), l line, windows []span) {
	row := pad(l.short, nameWidth)
	for _, x := range windows {
		from, to := s.run.WeeksIn(x.Window)
		v := measure.Mean(l.values, from, to)
		value := s.num(v/l.by, l.decimals)
		if l.unit == "share" {
			value = s.share(v)
		}
		row += left(value, numberWidth) + left("", shareWidth)
	}
	room := lineWidth - utf8.RuneCountInString(row) - 2
	line(row + "  " + svgplot.Sparkline(l.values, min(room, 48)))
}

// targetLines compares the run with its targets, T1 on one line.
func (s *study) targetLines(line func(string)) {
	line(text(s.w.TermTargets, s.w.TermGoals))
	first := "T1 " + s.w.TermShares
	for _, x := range s.run.Targets() {
		if x.ID == "T1" {
			c, _ := market.ParseChannel(x.Key)
			part := "  " + strings.Fields(s.w.Channel(c))[0] + " " + s.goal(x, x.Value) + "/" + s.num(100*x.Goal, 0)
			if x.Known() && x.Missed() {
				part += "!"
			}
			if utf8.RuneCountInString(first+part) > lineWidth {
				line(first)
				first = "   " + part
				continue
			}
			first += part
			continue
		}
		if first != "" {
			line(first)
			first = ""
		}
		line(x.ID + " " + s.w.Targets[x.ID] + ": " + s.goal(x, x.Value) + " / " + s.goal(x, x.Goal) + " ± " + s.goal(x, x.SD) + " " + s.w.TargetUnits[x.Unit] + "  " + s.off(x) + ", " + s.reached(x))
	}
}

// pad writes a text into a column, left makes it end there.
func pad(text string, width int) string {
	text = cutTo(text, width-1)
	return text + strings.Repeat(" ", width-utf8.RuneCountInString(text))
}

func left(text string, width int) string {
	text = cutTo(text, width-1)
	return strings.Repeat(" ", width-utf8.RuneCountInString(text)) + text
}

// cutTo shortens a text.
func cutTo(text string, width int) string {
	if utf8.RuneCountInString(text) <= width {
		return text
	}
	return string([]rune(text)[:width-1]) + "…"
}
