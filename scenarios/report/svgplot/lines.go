package svgplot

import (
	"math"
	"strconv"
	"strings"
)

// draw draws a chart that has been laid out, from back to front.
func (l *layout) draw() []byte {
	l.drawGrid()
	l.drawSpans()
	for i, s := range l.Series {
		l.drawBand(s.Low, s.High, l.styles[i], 0.14)
		l.drawBand(s.InnerLow, s.InnerHigh, l.styles[i], 0.26)
	}
	for i, s := range l.Series {
		if len(s.Raw) > 0 {
			l.drawLine(s.Raw, stroke{colour: l.styles[i].colour, width: 1, opacity: 0.3})
		}
	}
	l.drawRules()
	for i, s := range l.Series {
		l.group("sp-series", l.summary(s))
		l.drawLine(s.Values, l.styles[i].stroke())
		l.end()
	}
	l.drawCircles()
	l.drawLabels()
	l.drawDays()
	l.foot.draw(&l.paper, l.bottom+axisHeight)
	return l.page(l.bottom+axisHeight+l.foot.height(), l.Title, l.describe())
}

// drawGrid draws the vertical axis: lines across with their values, zero stronger.
func (l *layout) drawGrid() {
	for i := l.axis.first; i <= l.axis.last; i++ {
		y := l.y(l.axis.value(i))
		rule := stroke{colour: grid(), width: 1}
		if i == 0 {
			rule = stroke{colour: quiet(), width: 1.2}
		}
		l.line(l.left, y, l.right, y, rule)
		l.text(l.left-8, y+6, l.axis.label(l.words, i), smallTo("end"))
	}
	l.line(l.left, l.bottom, l.right, l.bottom, stroke{colour: quiet(), width: 1.2})
}

func (l *layout) drawSpans() {
	for _, s := range l.Spans {
		from, to := max(s.From, l.Days[0]), min(s.To, l.Days[len(l.Days)-1])
		if from > to {
			continue
		}
		l.group("sp-span", l.words.period(s.From, s.To)+": "+s.Text)
		x := l.x(from)
		drawSpan(&l.paper, x, l.top, math.Max(l.x(to)-x, 1), l.bottom-l.top, s)
		l.end()
	}
}

// drawBand fills between two lines where both are known.
func (l *layout) drawBand(low, high []float64, s style, opacity float64) {
	for start := 0; start < len(l.Days); start++ {
		end := start
		for end < len(l.Days) && known(low, high, end) {
			end++
		}
		if end == start {
			continue
		}
		l.path()
		for i := start; i < end; i++ {
			l.next(i == start, l.x(l.Days[i]), l.y(high[i]))
		}
		for i := end - 1; i >= start; i-- {
			l.next(false, l.x(l.Days[i]), l.y(low[i]))
		}
		l.b.WriteByte('Z')
		if end == start+1 {
			l.endStroke(stroke{colour: s.colour, width: 6, opacity: opacity})
		} else {
			l.endFill(s.colour, opacity)
		}
		start = end
	}
}

func known(low, high []float64, i int) bool {
	_, a := at(low, i)
	_, b := at(high, i)
	return a && b
}

func (l *layout) next(first bool, x, y float64) {
	if first {
		l.move(x, y)
	} else {
		l.lineTo(x, y)
	}
}

// drawLine draws a line with its gaps; a value between gaps is a dot.
func (l *layout) drawLine(values []float64, s stroke) {
	var alone []int
	drawn, before := false, false
	for i := range l.Days {
		v, ok := at(values, i)
		if !ok {
			before = false
			continue
		}
		_, after := at(values, i+1)
		after = after && i+1 < len(l.Days)
		first := !before
		before = true
		if first && !after {
			alone = append(alone, i)
			continue
		}
		if !drawn {
			l.path()
			drawn = true
		}
		l.next(first, l.x(l.Days[i]), l.y(v))
	}
	if drawn {
		l.endStroke(s)
	}
	for _, i := range alone {
		l.circle(l.x(l.Days[i]), l.y(values[i]), 4, s.colour, stroke{colour: s.colour, width: 1})
	}
}

// drawRules draws the lines of the marks, each up to its circle.
func (l *layout) drawRules() {
	rule := stroke{colour: ink(), width: 1.3, dash: "3 3"}
	leader := stroke{colour: ink(), width: 1.1}
	for _, m := range l.marks {
		x := l.x(m.Day)
		l.line(x, l.top, x, l.bottom, rule)
		l.line(m.x, m.y+circleRadius, x, l.top, leader)
	}
}

func (l *layout) drawCircles() {
	for _, m := range l.marks {
		l.group("sp-mark", strconv.Itoa(m.Number)+": "+l.words.date(m.Day)+", "+m.Text)
		l.circle(m.x, m.y, circleRadius, paperColour(), stroke{colour: ink(), width: 1.6})
		l.text(m.x, m.y+6.5, strconv.Itoa(m.Number), strongTo("middle"))
		l.end()
	}
}

// drawLabels writes the names beside the ends of the lines, with a piece of the line.
func (l *layout) drawLabels() {
	for _, e := range l.labels {
		s := l.styles[e.series].stroke()
		x := l.right + sampleGap
		if e.leader {
			l.line(l.right+2, e.from, x, e.y, stroke{colour: s.colour, width: 1.1})
		}
		l.line(x, e.y, x+sampleWidth, e.y, s)
		y := e.y + 6 - float64(len(e.lines)-1)*(lineHeight-1)/2
		for i, line := range e.lines {
			l.text(x+sampleWidth+8, y+float64(i)*(lineHeight-1), line, plain())
		}
	}
}

// drawDays draws the time axis: dates under it, years under the first date of each.
func (l *layout) drawDays() {
	first, last := l.Days[0], l.Days[len(l.Days)-1]
	labels := l.words.dayTicks(first, last, int((l.right-l.left)/72))
	end := math.Inf(-1)
	for _, t := range labels {
		x := l.x(t.day)
		l.line(x, l.bottom, x, l.bottom+6, stroke{colour: quiet(), width: 1.2})
		half := textWidth(t.label, fontSize) / 2
		if x-half < end+6 {
			continue
		}
		end = x + half
		l.text(x, l.bottom+lineHeight+3, t.label, smallTo("middle"))
		if t.year != "" {
			l.text(x, l.bottom+2*lineHeight+1, t.year, smallTo("middle"))
		}
	}
}

// summary is one line of a series in words: last, lowest and highest value.
func (l *layout) summary(s Series) string {
	lowest, highest := -1, -1
	for i := range l.Days {
		v, ok := at(s.Values, i)
		if !ok {
			continue
		}
		if lowest < 0 || v < s.Values[lowest] {
			lowest = i
		}
		if highest < 0 || v > s.Values[highest] {
			highest = i
		}
	}
	if lowest < 0 {
		return s.Name + ": " + l.words.value
	}
	say := func(i int) string {
		return l.words.brief(s.Values[i]) + " (" + l.words.date(l.Days[i]) + ")"
	}
	return s.Name + ": " + say(lastValue(s.Values, len(l.Days))) + "; " +
		l.words.lowest + " " + say(lowest) + "; " + l.words.highest + " " + say(highest)
}

// describe is the chart in words, for those who do not see it.
func (l *layout) describe() string {
	period := l.words.period(l.Days[0], l.Days[len(l.Days)-1])
	parts := []string{strings.TrimPrefix(l.Unit+", "+period, ", ")}
	for _, s := range l.Series {
		parts = append(parts, l.summary(s))
	}
	for i, k := range l.foot.keys {
		text := strings.TrimSpace(k.number + " " + strings.Join(k.lines, " "))
		if i == 0 {
			text = l.words.events + ": " + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ". ") + "."
}
