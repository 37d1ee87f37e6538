package svgplot

import (
	"math"
	"strings"
)

// Tornado shows what each of several factors does alone: a row for each with two bars from a zero line, one for the factor's lowest value
// and one for its highest. The former are pale with an edge and above, so that a grey print tells them apart.
type Tornado struct {
	Title    string
	Subtitle string
	Unit     string
	Note     string
	Source   string
	Badge    string
	Lang     string
	Rows     []Swing
}

// A Swing is one factor.
type Swing struct {
	Label     string
	Low, High Side
}

// A Side is what happens at one end of a factor.
type Side struct {
	At        string  // the factor's value there
	Value     float64 // not a number: no bar, but Why
	Low, High float64 // a range, drawn if Low is below High
	Why       string  // "no data" when empty
}

const (
	sideThick  = 15.0
	sideHeight = 19.0
	swingGap   = 12.0
	swingLabel = 300.0
)

// swingPlot is where the bars go.
type swingPlot struct {
	paper
	zeroScale
	words words
}

// SVG draws the rows; the figure is as high as they need.
func (t Tornado) SVG() []byte {
	c := caption{t.Title, t.Subtitle, t.Note, t.Source, t.Badge, wordsOf(t.Lang)}
	if len(t.Rows) == 0 {
		return c.nothing(c.words.noBars)
	}
	p := &swingPlot{words: c.words}
	p.measure(t.Rows)
	y := p.key(c.headOf(&p.paper, t.Unit))
	bottom := y
	for _, row := range t.Rows {
		bottom += row.height()
	}
	p.line(p.x(0), y, p.x(0), bottom, stroke{colour: quiet(), width: 1.2})
	describe := t.Unit + "."
	for _, row := range t.Rows {
		p.row(row, y)
		y += row.height()
		describe += " " + p.words.swing(row) + "."
	}
	f := c.foot(nil)
	f.draw(&p.paper, y+10)
	return p.page(y+10+f.height(), t.Title, describe)
}

// swing is a row in words.
func (w words) swing(s Swing) string {
	return s.Label + ": " + w.atLowest + ", " + w.side(s.Low) + "; " + w.atHighest + ", " + w.side(s.High)
}

// side is what stands at the end of a bar.
func (w words) side(s Side) string {
	text := s.Why
	if v, ok := at([]float64{s.Value}, 0); ok {
		if text = w.brief(v); v > 0 {
			text = "+" + text
		}
	} else if text == "" {
		text = w.value
	}
	if s.At != "" {
		text = s.At + ": " + text
	}
	return strings.Join(wrap(text, fontSize, 240)[:1], "") // longer ones are cut
}

func (s Swing) lines() []string { return wrap(s.Label, fontSize, swingLabel) }

func (s Swing) height() float64 {
	return math.Max(2*sideHeight, float64(len(s.lines()))*(lineHeight-1)) + swingGap
}

func (s Side) bar() Bar { return Bar{Value: s.Value, Low: s.Low, High: s.High} }

// measure finds the scale and the room for labels and values.
func (p *swingPlot) measure(rows []Swing) {
	labels := 0.0
	for _, row := range rows {
		labels = max(labels, widest(row.lines(), fontSize))
		for _, s := range []Side{row.Low, row.High} {
			p.hold(s.bar(), textWidth(p.words.side(s), fontSize)+10)
		}
	}
	p.fit(labels)
}

// key says which bar is which.
func (p *swingPlot) key(y float64) float64 {
	x := pageMargin
	for _, low := range []bool{true, false} {
		text := p.words.atHighest
		if low {
			text = p.words.atLowest
		}
		p.bar(x, x+30, y+9, low)
		p.text(x+38, y+15, text, plain())
		x += 38 + textWidth(text, fontSize) + 28
	}
	return y + lineHeight + 8
}

// bar fills from one place to another; those of lowest values are pale with an edge.
func (p *swingPlot) bar(from, to, middle float64, low bool) {
	left, width := min(from, to), math.Abs(to-from)
	if !low {
		p.rect(left, middle-sideThick/2, width, sideThick, barColour(), 1)
		return
	}
	p.rect(left, middle-sideThick/2, width, sideThick, tint(), 1)
	p.box(left, middle-sideThick/2, width, sideThick, 0, stroke{colour: barColour(), width: 1.4})
}

func (p *swingPlot) row(s Swing, y float64) {
	height := s.height()
	middle := y + height/2
	p.group("sp-bar", p.words.swing(s))
	lines := s.lines()
	for i, line := range lines {
		offset := (float64(i) - float64(len(lines)-1)/2) * (lineHeight - 1)
		p.text(p.labelEnd, middle+6+offset, line, plainTo("end"))
	}
	for i, side := range []Side{s.Low, s.High} {
		centre := middle + (float64(i)-.5)*sideHeight
		b := side.bar()
		if v, ok := at([]float64{side.Value}, 0); ok {
			p.bar(p.x(0), p.x(v), centre, i == 0)
			if b.ranged() {
				p.whisker(p.x(b.Low), p.x(b.High), centre)
			}
		}
		low, high := b.reach()
		if b.negative() {
			p.text(p.x(low)-8, centre+6, p.words.side(side), plainTo("end"))
		} else {
			p.text(p.x(high)+8, centre+6, p.words.side(side), plain())
		}
	}
	p.end()
}
