package svgplot

import (
	"math"
	"slices"
)

const (
	circleRadius = 14.0
	circleStep   = 2*circleRadius + 3
	leaderHeight = 18.0 // from a circle to the top of its rule
	axisHeight   = 2*lineHeight + 12
	sampleWidth  = 34.0 // the piece of line before an end label
	sampleGap    = 14.0 // from the plot to that piece, for the leader
	labelRoom    = 230.0
	leastPlot    = 240.0
)

// layout is where everything in a chart goes.
type layout struct {
	paper
	Chart
	words  words
	styles []style
	axis   ticks
	marks  []placedMark
	labels []endLabel
	foot   foot

	left, right, top, bottom float64 // of the plot
}

// A placedMark is a mark within the period, with the place of its circle.
type placedMark struct {
	Mark
	x, y float64
}

// An endLabel is the name of a series beside the end of its line.
type endLabel struct {
	series  int
	lines   []string
	from, y float64 // where the line ends, where the label's middle is
	leader  bool    // the line reaches the edge of the plot
}

// layout finds the sizes in the order in which they depend on each other: words, height, vertical
// axis, time axis.
func (c Chart) layout() *layout {
	caption := c.caption()
	l := &layout{Chart: c, words: caption.words}
	keys := make([]string, len(c.Series))
	for i, s := range c.Series {
		keys[i] = s.Key
	}
	l.styles = stylesFor(keys)
	l.foot = caption.foot(c.keys(l.words))
	y := caption.head(&l.paper)
	l.nameEnds()

	low, high := c.bounds()
	l.findAxis(low, high, 6)
	l.placeMarks()
	unit := l.unit()
	shared := l.sharesRow(unit)
	l.top = y + 6 + l.marksHeight()
	if !shared {
		l.top += float64(len(unit)) * lineHeight
	}
	l.bottom = l.top + l.plotHeight()
	l.findAxis(low, high, int((l.bottom-l.top)/48))
	l.placeMarks()
	y += 16
	if shared {
		y = l.top - leaderHeight - circleRadius + 6
	}
	for i, line := range l.unit() { // again: with the height the ticks may have changed
		l.text(pageMargin, y+float64(i)*lineHeight, line, small())
	}
	l.spreadEnds()
	return l
}

// plotHeight is what the words leave of the height that was asked for, but enough to read.
func (l *layout) plotHeight() float64 {
	height, least := l.Height, leastPlot
	if height <= 0 {
		height = pageHeight
	}
	switch {
	case height < 400:
		least = 150
	case height < 450:
		least = 170
	}
	labels := -12.0
	for _, label := range l.labels {
		labels += label.height()
	}
	return max(height-l.top-axisHeight-l.foot.height(), least, labels)
}

func (l *layout) marksHeight() float64 {
	if len(l.marks) == 0 {
		return 0
	}
	return 2*circleRadius + leaderHeight
}

// sharesRow says whether the unit fits beside the circles, to the left of the first.
func (l *layout) sharesRow(unit []string) bool {
	return len(l.marks) > 0 && len(unit) == 1 &&
		l.marks[0].x-circleRadius > pageMargin+widest(unit, fontSize)+30
}

// findAxis picks the ticks and with them the left edge of the plot.
func (l *layout) findAxis(low, high float64, n int) {
	l.axis = axisFor(low, high, l.Baseline, max(n, 2))
	width := 0.0
	for i := l.axis.first; i <= l.axis.last; i++ {
		width = max(width, textWidth(l.axis.label(l.words, i), fontSize))
	}
	l.left = pageMargin + width + 8
}

// unit is the line above the vertical axis. It says so when the axis leaves out zero.
func (l *layout) unit() []string {
	text := l.Unit
	if l.axis.first > 0 || l.axis.last < 0 {
		from := l.axis.first
		if from <= 0 {
			from = l.axis.last
		}
		note := l.words.axisFrom + " " + l.axis.label(l.words, from)
		if text != "" {
			note = text + " (" + note + ")"
		}
		text = note
	}
	return wrap(text, fontSize, pageWidth-2*pageMargin)
}

// bounds are the lowest and highest number to be drawn.
func (c Chart) bounds() (low, high float64) {
	low, high = limit, -limit
	for _, s := range c.Series {
		for _, values := range [][]float64{
			s.Values, s.Raw, s.Low, s.High, s.InnerLow, s.InnerHigh,
		} {
			for i := range c.Days {
				if v, ok := at(values, i); ok {
					low, high = math.Min(low, v), math.Max(high, v)
				}
			}
		}
	}
	return low, high
}

// nameEnds breaks the names into labels and leaves room for them.
func (l *layout) nameEnds() {
	room := 0.0
	for i, s := range l.Series {
		lines := wrap(s.Name, fontSize, labelRoom)
		if lastValue(s.Values, len(l.Days)) < 0 {
			lines = append(lines, "("+l.words.value+")")
		}
		if len(lines) == 0 {
			continue
		}
		room = max(room, widest(lines, fontSize))
		l.labels = append(l.labels, endLabel{series: i, lines: lines})
	}
	l.right = pageWidth - 2*pageMargin // half of a last date stands out
	if len(l.labels) > 0 {
		l.right = pageWidth - pageMargin - (room + sampleGap + sampleWidth + 8)
	}
}

func (e endLabel) height() float64 { return float64(len(e.lines)) * (lineHeight - 1) }

// spreadEnds puts the labels beside the ends of their lines, apart from each other.
func (l *layout) spreadEnds() {
	for i := range l.labels {
		label := &l.labels[i]
		values := l.Series[label.series].Values
		label.from = l.bottom
		if last := lastValue(values, len(l.Days)); last >= 0 {
			label.from = l.y(values[last])
			label.leader = last == len(l.Days)-1
		}
	}
	slices.SortStableFunc(l.labels, func(a, b endLabel) int {
		switch {
		case a.from < b.from:
			return -1
		case a.from > b.from:
			return 1
		}
		return 0
	})
	want, size := make([]float64, len(l.labels)), make([]float64, len(l.labels))
	for i, label := range l.labels {
		want[i], size[i] = label.from, label.height()
	}
	for i, y := range spread(want, size, l.top-6, l.bottom+6) {
		l.labels[i].y = y
	}
}

// lastValue is the place of the last number, or -1.
func lastValue(values []float64, days int) int {
	for i := min(days, len(values)) - 1; i >= 0; i-- {
		if _, ok := at(values, i); ok {
			return i
		}
	}
	return -1
}

// placeMarks finds the circles of the marks within the period, side by side where they are close.
func (l *layout) placeMarks() {
	l.marks = l.marks[:0]
	for _, m := range l.Marks {
		if m.Day >= l.Days[0] && m.Day <= l.Days[len(l.Days)-1] {
			l.marks = append(l.marks, placedMark{Mark: m})
		}
	}
	slices.SortStableFunc(l.marks, func(a, b placedMark) int { return int(a.Day - b.Day) })
	want, size := make([]float64, len(l.marks)), make([]float64, len(l.marks))
	low, high := l.left-circleRadius, l.right+circleRadius
	for i, m := range l.marks {
		want[i] = l.x(m.Day)
		size[i] = min(circleStep, (high-low)/float64(len(l.marks)))
	}
	for i, x := range spread(want, size, low, high) {
		l.marks[i].x, l.marks[i].y = x, l.top-leaderHeight-circleRadius
	}
}

// x is the place of a day. A single day is in the middle.
func (l *layout) x(d Day) float64 {
	first, last := l.Days[0], l.Days[len(l.Days)-1]
	if first == last {
		return (l.left + l.right) / 2
	}
	part := float64(d-first) / float64(last-first)
	return l.left + float64(part*(l.right-l.left))
}

// y is the height of a value.
func (l *layout) y(v float64) float64 {
	return l.bottom - float64(l.axis.at(v)*(l.bottom-l.top))
}
