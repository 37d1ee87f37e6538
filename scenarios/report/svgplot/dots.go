package svgplot

import (
	"math"
	"strings"
)

// Dots shows estimates with their intervals: a row for each, about a zero line. Rows that say little are faint: they are drawn open
// and thin, and do not stretch the axis; an interval that leaves the axis ends in an arrow.
type Dots struct {
	Title    string
	Subtitle string
	Unit     string
	Note     string
	Source   string
	Badge    string
	Lang     string
	Rows     []Dot
}

// A Dot is one of them. A row with nothing but a label is a heading.
type Dot struct {
	Label     string
	Heading   bool
	Value     float64 // not a number: no dot
	Low, High float64
	Text      string // the estimate in words, at the right
	Faint     bool
}

const (
	dotRow    = 22.0
	dotRadius = 4.6
)

// dotPlot is where the rows go.
type dotPlot struct {
	paper
	Dots
	words       words
	axis        ticks
	left, right float64
	labelEnd    float64
}

// SVG draws the rows; the figure is as high as they need.
func (d Dots) SVG() []byte {
	c := caption{d.Title, d.Subtitle, d.Note, d.Source, d.Badge, wordsOf(d.Lang)}
	if len(d.Rows) == 0 {
		return c.nothing(c.words.noBars)
	}
	p := &dotPlot{Dots: d, words: c.words}
	p.measure()
	y := c.headOf(&p.paper, d.Unit)
	bottom := y + float64(len(d.Rows))*dotRow + 4
	p.grid(y, bottom)
	parts := []string{d.Unit}
	for _, row := range d.Rows {
		p.row(row, y+dotRow/2)
		parts = append(parts, strings.TrimSuffix(row.Label+": "+row.Text, ": "))
		y += dotRow
	}
	f := c.foot(nil)
	f.draw(&p.paper, bottom+lineHeight+10)
	return p.page(bottom+lineHeight+10+f.height(), d.Title, strings.Join(parts, ". ")+".")
}

// measure finds the axis and the room for words. Where only faint rows have numbers, they make the axis.
func (p *dotPlot) measure() {
	labels, words := 0.0, 0.0
	low, high := 0.0, 0.0
	for _, row := range p.Rows {
		labels, words = max(labels, textWidth(row.Label, fontSize)), max(words, textWidth(row.Text, fontSize))
		if !row.Faint {
			l, h := row.reach()
			low, high = min(low, l), max(high, h)
		}
	}
	if low == 0 && high == 0 {
		for _, row := range p.Rows {
			l, h := row.reach()
			low, high = min(low, l), max(high, h)
		}
	}
	p.axis = ticksFor(low, high, 5)
	p.labelEnd = pageMargin + min(labels, 330)
	p.left = p.labelEnd + 16
	p.right = max(pageWidth-pageMargin-words-18, p.left+100)
}

func (d Dot) reach() (low, high float64) {
	return Bar{Value: d.Value, Low: d.Low, High: d.High}.reach()
}

func (p *dotPlot) x(v float64) float64 { return p.left + float64(p.axis.at(v)*(p.right-p.left)) }

func (p *dotPlot) grid(top, bottom float64) {
	end := math.Inf(-1)
	for i := p.axis.first; i <= p.axis.last; i++ {
		x := p.x(p.axis.value(i))
		rule := stroke{colour: grid(), width: 1}
		if i == 0 {
			rule = stroke{colour: ink(), width: 1.4}
		}
		p.line(x, top, x, bottom, rule)
		label := p.axis.label(p.words, i)
		if half := textWidth(label, fontSize) / 2; x-half >= end+6 {
			p.text(x, bottom+lineHeight-3, label, smallTo("middle"))
			end = x + half
		}
	}
}

func (p *dotPlot) row(d Dot, y float64) {
	if d.Heading {
		p.text(pageMargin, y+6, d.Label, strong())
		return
	}
	p.group("sp-dot", d.Label+": "+d.Text)
	label, line := plainTo("end"), stroke{colour: ink(), width: 1.8}
	fill := barColour()
	if d.Faint {
		label, line, fill = smallTo("end"), stroke{colour: quiet(), width: 1.2, dash: "3 3"}, paperColour()
	}
	for _, words := range wrap(d.Label, fontSize, p.labelEnd-pageMargin)[:1] {
		p.text(p.labelEnd, y+6, words, label)
	}
	if v, ok := at([]float64{d.Value}, 0); ok {
		if (Bar{Low: d.Low, High: d.High}).ranged() {
			p.interval(d.Low, d.High, y, line)
		}
		if v >= p.axis.low() && v <= p.axis.high() {
			p.circle(p.x(v), y, dotRadius, fill, stroke{colour: line.colour, width: 1.4})
		}
	}
	p.text(pageWidth-pageMargin, y+6, d.Text, label)
	p.end()
}

// interval draws a range within the axis, with an arrow where it goes on.
func (p *dotPlot) interval(low, high, y float64, s stroke) {
	from, to := max(low, p.axis.low()), min(high, p.axis.high())
	if from >= to { // all of it lies outside
		from, to = p.axis.low(), p.axis.low()
		if low > p.axis.high() {
			from, to = p.axis.high(), p.axis.high()
		}
	}
	p.line(p.x(from), y, p.x(to), y, s)
	s.dash = ""
	for _, end := range []struct{ at, value, side float64 }{{from, low, -1}, {to, high, 1}} {
		x := p.x(end.at)
		if end.at == end.value {
			p.line(x, y-5, x, y+5, s)
			continue
		}
		p.path()
		p.move(x-end.side*8, y-5)
		p.lineTo(x, y)
		p.lineTo(x-end.side*8, y+5)
		p.endStroke(s)
	}
}
