package svgplot

import (
	"math"
	"strings"
)

// Bars shows one number for each of several things as horizontal bars about a zero line. The sign
// is a side, never a colour.
type Bars struct {
	Title    string
	Subtitle string
	Unit     string
	Note     string
	Source   string
	Badge    string
	Lang     string
	Signed   bool // plus signs too, for differences
	Bars     []Bar
}

// A Bar is one of them. Key picks a colour as in Series, all bars are alike without one.
type Bar struct {
	Label     string
	Key       string
	Value     float64 // not a number: no bar, but "no data"
	Low, High float64 // a range, drawn if Low is below High
	Text      string  // instead of the value, such as "+2.1%"
}

const (
	barThick = 20.0
	barGap   = 13.0
)

// barPlot is where the bars go.
type barPlot struct {
	paper
	Bars
	zeroScale
	words words
}

// SVG draws the bars; the figure is as high as they need.
func (b Bars) SVG() []byte {
	c := caption{b.Title, b.Subtitle, b.Note, b.Source, b.Badge, wordsOf(b.Lang)}
	if len(b.Bars) == 0 {
		return c.nothing(c.words.noBars)
	}
	p := &barPlot{Bars: b, words: c.words}
	p.measure()
	y := c.headOf(&p.paper, b.Unit)
	top := y
	var bars paper // drawn after the zero line, of which the end is not known yet
	body := p.paper
	p.paper = bars
	parts := []string{b.Unit}
	for _, bar := range b.Bars {
		y = p.bar(bar, y)
		parts = append(parts, bar.Label+": "+p.value(bar))
	}
	bars, p.paper = p.paper, body
	p.line(p.x(0), top, p.x(0), y, stroke{colour: quiet(), width: 1.2})
	p.b.Write(bars.b.Bytes())
	f := c.foot(nil)
	f.draw(&p.paper, y+10)
	return p.page(y+10+f.height(), b.Title, strings.Join(parts, ". ")+".")
}

// measure finds the scale and the room for labels and values.
func (p *barPlot) measure() {
	labels := 0.0
	for _, bar := range p.Bars.Bars {
		labels = max(labels, widest(wrap(bar.Label, fontSize, 320), fontSize))
		p.hold(bar, textWidth(p.value(bar), fontSize*boldFactor)+10)
	}
	p.fit(labels)
}

func (b Bar) ranged() bool {
	_, low := at([]float64{b.Low}, 0)
	_, high := at([]float64{b.High}, 0)
	return low && high && b.Low < b.High
}

// value is the number of a bar in words.
func (p *barPlot) value(b Bar) string {
	v, ok := at([]float64{b.Value}, 0)
	switch {
	case b.Text != "":
		return strings.Join(strings.Fields(b.Text), " ")
	case !ok:
		return p.words.value
	case p.Signed && v > 0:
		return "+" + p.words.short(v)
	}
	return p.words.short(v)
}

// bar draws one bar from y down and says where the next starts.
func (p *barPlot) bar(b Bar, y float64) float64 {
	lines := wrap(b.Label, fontSize, 320)
	height := max(barThick+barGap, float64(len(lines))*(lineHeight-1)+barGap-4)
	middle := y + height/2
	p.group("sp-bar", b.Label+": "+p.value(b))
	for i, line := range lines {
		offset := (float64(i) - float64(len(lines)-1)/2) * (lineHeight - 1)
		p.text(p.labelEnd, middle+6+offset, line, plainTo("end"))
	}
	c := barColour()
	if b.Key != "" {
		c = stylesFor([]string{b.Key})[0].colour
	}
	from, to := p.x(0), p.x(0)
	if v, ok := at([]float64{b.Value}, 0); ok {
		to = p.x(v)
		p.rect(min(from, to), middle-barThick/2, math.Abs(to-from), barThick, c, 1)
	}
	if b.ranged() {
		p.whisker(p.x(b.Low), p.x(b.High), middle)
	}
	low, high := b.reach()
	if b.negative() {
		p.text(p.x(low)-8, middle+6, p.value(b), strongTo("end"))
	} else {
		p.text(p.x(high)+8, middle+6, p.value(b), strong())
	}
	p.end()
	return y + height
}

// whisker draws a range over a bar, edged in the colour of the paper so that it shows on the bar.
func (p *paper) whisker(low, high, y float64) {
	for _, s := range []stroke{{colour: paperColour(), width: 4.5}, {colour: ink(), width: 1.8}} {
		p.line(low, y, high, y, s)
		p.line(low, y-6, low, y+6, s)
		p.line(high, y-6, high, y+6, s)
	}
}
