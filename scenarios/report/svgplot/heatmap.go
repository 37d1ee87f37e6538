package svgplot

import (
	"math"
	"strconv"
)

// HeatMap shows one number for each pair of values of two factors. Colours go in steps, and the further from zero a number is, the darker is
// its step: brown below zero, blue above. The colour-blind can tell these two apart; in grey they are one, and a heavy line runs where the
// sign changes. Where cells have room, their numbers stand in them; where they have not, those below zero have a minus.
type HeatMap struct {
	Title    string
	Subtitle string
	Unit     string
	Note     string
	Source   string
	Badge    string
	Lang     string

	XTitle, YTitle   string
	XLabels, YLabels []string // values of the factors, from left to right and from bottom to top
	Cells            [][]Cell // by y and x
}

// A Cell is one pair of values.
type Cell struct {
	Value   float64 // not a number: crossed out
	Unclear bool    // the sign of the value is not clear: hatched
}

const (
	heatHeight  = 520.0 // of all cells
	heatCell    = 110.0 // widest
	heatLeast   = 4.0
	legendThick = 16.0
)

// heatPlot is where the cells go.
type heatPlot struct {
	paper
	HeatMap
	words         words
	axis          ticks // whose steps are the colours
	left, top     float64
	width, height float64 // of a cell
	numbers       bool    // stand in cells
	decimals      int     // of these
}

// SVG draws the cells; the figure is as high as they need.
func (h HeatMap) SVG() []byte {
	c := caption{h.Title, h.Subtitle, h.Note, h.Source, h.Badge, wordsOf(h.Lang)}
	low, high := h.reach()
	if low > high {
		return c.nothing(c.words.allGaps)
	}
	p := &heatPlot{HeatMap: h, words: c.words, axis: ticksFor(low, high, 7)}
	p.top = c.headOf(&p.paper, h.Unit)
	for _, line := range wrap(h.YTitle, fontSize, pageWidth-2*pageMargin) {
		p.text(pageMargin, p.top+14, line, strong())
		p.top += lineHeight
	}
	p.top += 4
	p.decimals = max(3-len(strconv.Itoa(int(min(max(math.Abs(low), math.Abs(high)), 1e6)))), 0)
	p.measure()
	for i := range h.YLabels {
		for j := range h.XLabels {
			p.cell(i, j)
		}
	}
	p.turns()
	y := p.labels()
	y = p.legend(y)
	f := c.foot(nil)
	f.draw(&p.paper, y+8)
	return p.page(y+8+f.height(), h.Title, h.describe(c.words, low, high))
}

// at is a cell, which is empty where there is none.
func (h HeatMap) at(i, j int) Cell {
	if i < len(h.Cells) && j < len(h.Cells[i]) {
		c := h.Cells[i][j]
		if _, ok := at([]float64{c.Value}, 0); ok {
			return c
		}
	}
	return Cell{Value: math.NaN()}
}

// reach is the lowest and the highest number; the lowest is above the highest if there is none.
func (h HeatMap) reach() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for i := range h.YLabels {
		for j := range h.XLabels {
			if v := h.at(i, j).Value; !math.IsNaN(v) {
				low, high = math.Min(low, v), math.Max(high, v)
			}
		}
	}
	return low, high
}

// value is a number as cells have it: all with as many decimals, three digits or more.
func (p *heatPlot) value(v float64) string {
	if math.Abs(v) < 1000 {
		return p.words.number(v, p.decimals, false)
	}
	return p.words.brief(v)
}

func (h HeatMap) describe(w words, low, high float64) string {
	return h.Unit + ". " + h.YTitle + " × " + h.XTitle + ": " + strconv.Itoa(len(h.YLabels)) + " × " + strconv.Itoa(len(h.XLabels)) + "; " +
		w.lowest + " " + w.brief(low) + ", " + w.highest + " " + w.brief(high) + "."
}

// measure finds the size of cells, and whether numbers fit into them.
func (p *heatPlot) measure() {
	labels := 0.0
	for _, l := range p.YLabels {
		labels = max(labels, textWidth(l, fontSize))
	}
	p.left = pageMargin + min(labels, 240) + 10
	p.width = min((pageWidth-pageMargin-p.left)/float64(len(p.XLabels)), heatCell)
	p.height = max(min(heatHeight/float64(len(p.YLabels)), max(p.width*.8, lineHeight+5)), heatLeast)
	if p.width >= 10 && p.height >= 10 { // whole ones have no seams
		p.width, p.height = math.Floor(p.width), math.Floor(p.height)
	}
	p.numbers = p.height >= lineHeight
	for i := range p.YLabels {
		for j := range p.XLabels {
			if v := p.HeatMap.at(i, j).Value; !math.IsNaN(v) && textWidth(p.value(v), fontSize) > p.width-8 {
				p.numbers = false
			}
		}
	}
}

// place is the upper left corner of a cell.
func (p *heatPlot) place(i, j int) (x, y float64) {
	return p.left + float64(float64(j)*p.width), p.top + float64(float64(len(p.YLabels)-1-i)*p.height)
}

// class is the step of the colours in which a number lies.
func (p *heatPlot) class(v float64) int {
	n := p.axis.last - p.axis.first
	return min(max(int(math.Floor((v-p.axis.low())/p.axis.step+1e-9)), 0), n-1)
}

func (p *heatPlot) cell(i, j int) {
	x, y := p.place(i, j)
	c := p.HeatMap.at(i, j)
	name := p.YLabels[i] + ", " + p.XLabels[j] + ": "
	if math.IsNaN(c.Value) {
		p.group("sp-cell", name+p.words.missing)
		p.cross(x, y, p.width, p.height)
		p.end()
		return
	}
	text := p.value(c.Value)
	if c.Unclear {
		p.group("sp-cell", name+text+", "+p.words.unclear)
	} else {
		p.group("sp-cell", name+text)
	}
	fill, letters := p.shade(p.class(c.Value))
	p.rect(x, y, p.width, p.height, fill, 1)
	if c.Unclear {
		p.hatch(x, y, p.width, p.height, max(min(9, p.height/2), 4), stroke{colour: letters, width: 1, opacity: .7})
	}
	if p.numbers {
		width := textWidth(text, fontSize)
		if c.Unclear {
			p.rect(x+(p.width-width)/2-3, y+p.height/2-10, width+6, 20, fill, 1)
		}
		p.text(x+p.width/2, y+p.height/2+6, text, lettering{size: fontSize, anchor: "middle", colour: letters})
	} else if c.Value < 0 && p.axis.last > 0 {
		p.minus(x, y, p.width, p.height, letters)
	}
	p.end()
}

// minus marks a cell below zero that has no room for its number.
func (p *heatPlot) minus(x, y, width, height float64, letters colour) {
	half := min(width, height) / 5
	p.line(x+width/2-half, y+height/2, x+width/2+half, y+height/2, stroke{colour: letters, width: max(half/3, .8)})
}

// cross marks a cell without a number.
func (p *heatPlot) cross(x, y, width, height float64) {
	s := stroke{colour: quiet(), width: 1}
	p.box(x+.5, y+.5, width-1, height-1, 0, s)
	p.line(x, y, x+width, y+height, s)
	p.line(x, y+height, x+width, y, s)
}

// turns draws the edges between cells of which one is above zero and the other is not.
func (p *heatPlot) turns() {
	var edges [][4]float64
	differ := func(a, b Cell) bool {
		return !math.IsNaN(a.Value) && !math.IsNaN(b.Value) && (a.Value > 0) != (b.Value > 0)
	}
	for i := range p.YLabels {
		for j := range p.XLabels {
			x, y := p.place(i, j)
			if j+1 < len(p.XLabels) && differ(p.HeatMap.at(i, j), p.HeatMap.at(i, j+1)) {
				edges = append(edges, [4]float64{x + p.width, y, x + p.width, y + p.height})
			}
			if i+1 < len(p.YLabels) && differ(p.HeatMap.at(i, j), p.HeatMap.at(i+1, j)) {
				edges = append(edges, [4]float64{x, y, x + p.width, y})
			}
		}
	}
	for _, s := range turnStrokes() {
		for _, e := range edges {
			p.line(e[0], e[1], e[2], e[3], s)
		}
	}
}

func turnStrokes() []stroke {
	return []stroke{{colour: colour{"heat-paper", "#ffffff"}, width: 6}, {colour: heatInk(), width: 3.2}}
}
