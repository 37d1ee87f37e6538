package svgplot

import (
	"cmp"
	"math"
	"slices"
	"strconv"
)

// Scatter shows all runs of a study: one factor across, the outcome upwards, with the line of means and their intervals. Runs that failed are
// short rules under the axis.
type Scatter struct {
	Title    string
	Subtitle string
	Unit     string // of the vertical axis
	Note     string
	Source   string
	Badge    string
	Lang     string
	Height   float64 // 0 is 540: 16 to 9

	XTitle string
	Kinds  []string // names of values 0, 1, ... of a factor without order; none for numbers
	Points []Point
	Means  []Average // from left to right; of kinds, dots
	Failed []float64 // values of the factor
}

// A Point is one run.
type Point struct{ X, Y float64 }

// An Average is the mean of the runs about one value of the factor, with an interval drawn if Low is below High.
type Average struct{ X, Y, Low, High float64 }

// size is that of a point: smaller where there are many.
func (p *scatterPlot) size() float64 {
	if len(p.Points) > 500 {
		return 3
	}
	return 5
}

// scatterPlot is where the points go.
type scatterPlot struct {
	paper
	Scatter
	words                    words
	x, y                     ticks
	low, high                float64 // of the factor
	left, right, top, bottom float64
}

// SVG draws the points.
func (s Scatter) SVG() []byte {
	c := caption{s.Title, s.Subtitle, s.Note, s.Source, s.Badge, wordsOf(s.Lang)}
	p := &scatterPlot{Scatter: s, words: c.words}
	low, high, some := p.measure()
	if !some {
		return c.nothing(c.words.missing)
	}
	p.top = c.headOf(&p.paper, s.Unit) + 8
	f := c.foot(nil)
	p.bottom = max(p.top+240, cmp.Or(s.Height, pageHeight)-f.height()-2*lineHeight-16)
	p.y = axisFor(low, high, AutoBaseline, int((p.bottom-p.top)/40))
	labels := 0.0
	for i := p.y.first; i <= p.y.last; i++ {
		labels = max(labels, textWidth(p.y.label(p.words, i), fontSize))
	}
	p.left, p.right = pageMargin+labels+10, pageWidth-pageMargin
	p.grid()
	p.cloud()
	p.means()
	y := p.bottom + lineHeight + 14
	for _, line := range wrap(s.XTitle, fontSize*boldFactor, p.right-p.left) {
		p.text((p.left+p.right)/2, y+12, line, strongTo("middle"))
		y += lineHeight
	}
	f.draw(&p.paper, y+8)
	return p.page(y+8+f.height(), s.Title, p.describe(low, high))
}

func (p *scatterPlot) describe(low, high float64) string {
	text := p.Unit + ". " + p.XTitle + ": " + strconv.Itoa(len(p.Points)) + "; " + p.words.lowest + " " + p.words.brief(low) + ", " + p.words.highest + " " + p.words.brief(high) + "."
	for _, m := range p.Means {
		text += " " + p.name(m.X) + ": " + p.words.brief(m.Y) + "."
	}
	return text
}

// name is a value of the factor in words.
func (p *scatterPlot) name(x float64) string {
	if i := int(x); float64(i) == x && i >= 0 && i < len(p.Kinds) {
		return p.Kinds[i]
	}
	return p.words.brief(x)
}

// measure finds what the axes must hold, and whether there is a point at all.
func (p *scatterPlot) measure() (low, high float64, some bool) {
	low, high = math.Inf(1), math.Inf(-1)
	p.low, p.high = math.Inf(1), math.Inf(-1)
	for _, q := range p.Points {
		if q.known() {
			low, high = min(low, q.Y), max(high, q.Y)
			p.low, p.high = min(p.low, q.X), max(p.high, q.X)
		}
	}
	some = low <= high
	for _, x := range p.Failed {
		if _, ok := at([]float64{x}, 0); ok {
			p.low, p.high = min(p.low, x), max(p.high, x)
		}
	}
	if len(p.Kinds) > 0 {
		p.low, p.high = -.5, float64(len(p.Kinds))-.5
	}
	p.x = ticksFor(p.low, p.high, 7)
	if !(p.high > p.low) {
		p.low, p.high = p.x.low(), p.x.high()
	}
	return low, high, some
}

func (q Point) known() bool {
	_, x := at([]float64{q.X}, 0)
	_, y := at([]float64{q.Y}, 0)
	return x && y
}

// across and up are places on the page; the lowest value of the factor does not touch the axis.
func (p *scatterPlot) across(v float64) float64 {
	return p.left + 12 + float64((v-p.low)/(p.high-p.low)*(p.right-p.left-24))
}

func (p *scatterPlot) up(v float64) float64 {
	return p.bottom - float64(p.y.at(v)*(p.bottom-p.top))
}

// grid draws both axes: lines across, zero stronger, and the factor's values below.
func (p *scatterPlot) grid() {
	for i := p.y.first; i <= p.y.last; i++ {
		y, rule := p.up(p.y.value(i)), stroke{colour: grid(), width: 1}
		if i == 0 {
			rule = stroke{colour: quiet(), width: 1.4}
		}
		p.line(p.left, y, p.right, y, rule)
		p.text(p.left-8, y+6, p.y.label(p.words, i), smallTo("end"))
	}
	p.line(p.left, p.bottom, p.right, p.bottom, stroke{colour: quiet(), width: 1.2})
	end := math.Inf(-1)
	write := func(v float64, label string) {
		x, half := p.across(v), textWidth(label, fontSize)/2
		p.line(x, p.bottom, x, p.bottom+4, stroke{colour: quiet(), width: 1.2})
		if x-half >= end+10 && x+half < pageWidth-2 {
			p.text(x, p.bottom+lineHeight+2, label, smallTo("middle"))
			end = x + half
		}
	}
	for i, name := range p.Kinds {
		write(float64(i), name)
	}
	for i := p.x.first; i <= p.x.last && len(p.Kinds) == 0; i++ {
		if v := p.x.value(i); v >= p.low-1e-9*p.x.step && v <= p.high+1e-9*p.x.step {
			write(v, p.x.label(p.words, i))
		}
	}
}

// cloud draws each place on the page once, however many runs lie there: one path, so that ten thousand runs make a small file.
func (p *scatterPlot) cloud() {
	var places [][2]float64
	for _, q := range p.Points {
		if q.known() {
			places = append(places, [2]float64{math.Round(p.across(q.X)), math.Round(p.up(q.Y))})
		}
	}
	slices.SortFunc(places, func(a, b [2]float64) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	if places = slices.Compact(places); len(p.Kinds) > 0 {
		p.scatterKinds(places)
	}
	size := p.size()
	p.path()
	for _, at := range places {
		p.move(at[0]-size/2, at[1])
		p.lineTo(at[0]+size/2, at[1])
	}
	p.endStroke(stroke{colour: barColour(), width: size, opacity: .55})
	var failed []float64
	for _, x := range p.Failed {
		if _, ok := at([]float64{x}, 0); ok {
			failed = append(failed, math.Round(p.across(x)))
		}
	}
	slices.Sort(failed)
	for _, x := range slices.Compact(failed) {
		p.line(x, p.bottom-9, x, p.bottom, stroke{colour: hatching(), width: 2})
	}
}

// scatterKinds moves points of one kind beside each other: by the golden section, so that none lies on the next one.
func (p *scatterPlot) scatterKinds(places [][2]float64) {
	room := .4 * (p.right - p.left) / float64(len(p.Kinds))
	for i := range places {
		_, part := math.Modf(float64(i) * .6180339887)
		places[i][0] += math.Round((part - .5) * room)
	}
}

// means draws the line of means with its band, edged in the colour of the paper so that it shows on the cloud; of kinds, dots.
func (p *scatterPlot) means() {
	var known []Average
	for _, m := range p.Means {
		if (Point{m.X, m.Y}).known() {
			known = append(known, m)
		}
	}
	for _, m := range known {
		if b := (Bar{Low: m.Low, High: m.High}); b.ranged() && (len(p.Kinds) > 0 || len(known) < 2) {
			p.line(p.across(m.X), p.within(m.Low), p.across(m.X), p.within(m.High), stroke{colour: ink(), width: 2})
		}
	}
	if len(p.Kinds) > 0 || len(known) < 2 {
		for _, m := range known {
			p.circle(p.across(m.X), p.up(m.Y), dotRadius, ink(), stroke{colour: paperColour(), width: 1.4})
		}
		return
	}
	if !slices.ContainsFunc(known, func(m Average) bool { return !(Bar{Low: m.Low, High: m.High}).ranged() }) {
		p.path()
		for i, m := range known {
			p.next(i == 0, m.X, m.High)
		}
		for i := len(known) - 1; i >= 0; i-- {
			p.next(false, known[i].X, known[i].Low)
		}
		p.b.WriteByte('Z')
		p.endFill(ink(), .2)
	}
	for _, s := range []stroke{{colour: paperColour(), width: 5.5}, {colour: ink(), width: 2.8}} {
		p.path()
		for i, m := range known {
			p.next(i == 0, m.X, m.Y)
		}
		p.endStroke(s)
	}
}

func (p *scatterPlot) next(first bool, x, y float64) {
	if first {
		p.move(p.across(x), p.within(y))
	} else {
		p.lineTo(p.across(x), p.within(y))
	}
}

// within is up, but not beyond the axis.
func (p *scatterPlot) within(v float64) float64 {
	return p.up(min(max(v, p.y.low()), p.y.high()))
}
