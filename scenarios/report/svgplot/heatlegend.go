package svgplot

import "math"

// labels writes the values of the factors, as many as there is room for, and says where the next thing may start.
func (p *heatPlot) labels() float64 {
	every := max(int(math.Ceil(20/p.height)), 1)
	for i := 0; i < len(p.YLabels); i += every {
		_, y := p.place(i, 0)
		for _, line := range wrap(p.YLabels[i], fontSize, p.left-pageMargin-8)[:1] {
			p.text(p.left-8, y+p.height/2+6, line, smallTo("end"))
		}
	}
	bottom := p.top + float64(float64(len(p.YLabels))*p.height)
	end := math.Inf(-1)
	for j, label := range p.XLabels {
		x, _ := p.place(0, j)
		x += p.width / 2
		half := textWidth(label, fontSize) / 2
		if x-half < end+8 || x+half > pageWidth-4 || x-half < 4 {
			continue
		}
		p.text(x, bottom+lineHeight-3, label, smallTo("middle"))
		end = x + half
	}
	bottom += lineHeight + 4
	for _, line := range wrap(p.XTitle, fontSize*boldFactor, pageWidth-pageMargin-p.left) {
		p.text(p.left, bottom+16, line, strong())
		bottom += lineHeight
	}
	return bottom + 12
}

// legend draws the steps of the colours and the marks that occur.
func (p *heatPlot) legend(y float64) float64 {
	n := p.axis.last - p.axis.first
	width := min((pageWidth-2*pageMargin-60)/float64(n), 100)
	x, end := pageMargin+30, math.Inf(-1)
	for i := range n + 1 {
		label := p.axis.label(p.words, p.axis.first+i)
		at := x + float64(float64(i)*width)
		if half := textWidth(label, fontSize) / 2; at-half >= end+8 && at-half > 2 {
			p.text(at, y+legendThick+18, label, smallTo("middle"))
			end = at + half
		}
		if i < n {
			fill, _ := p.shade(i)
			p.rect(at, y, width, legendThick, fill, 1)
		}
	}
	p.box(x, y, float64(float64(n)*width), legendThick, 0, stroke{colour: quiet(), width: 1})
	y += legendThick + lineHeight + 6
	return p.marks(y)
}

// marks explains hatches, crosses and the line where the sign changes, of those that there are.
func (p *heatPlot) marks(y float64) float64 {
	unclear, missing, below, above := false, false, false, false
	for i := range p.YLabels {
		for j := range p.XLabels {
			c := p.HeatMap.at(i, j)
			unclear = unclear || c.Unclear && !math.IsNaN(c.Value)
			missing = missing || math.IsNaN(c.Value)
			below, above = below || c.Value <= 0, above || c.Value > 0
		}
	}
	x := pageMargin
	mark := func(text string, draw func(x float64)) {
		draw(x)
		p.text(x+34, y+15, text, plain())
		x += 34 + textWidth(text, fontSize) + 26
	}
	if unclear {
		mark(p.words.unclear, func(x float64) {
			p.rect(x, y, 26, 18, colour{"heat", blues().at(0)}, 1)
			p.hatch(x, y, 26, 18, 9, stroke{colour: heatInk(), width: 1, opacity: .7})
		})
	}
	if missing {
		mark(p.words.missing, func(x float64) { p.cross(x, y, 26, 18) })
	}
	if below && above && !p.numbers {
		mark(p.words.below, func(x float64) {
			p.rect(x, y, 26, 18, colour{"heat", browns().at(.2)}, 1)
			p.minus(x, y, 26, 18, heatInk())
		})
	}
	if below && above {
		mark(p.words.turns, func(x float64) {
			for _, s := range turnStrokes() {
				p.line(x, y+9, x+26, y+9, s)
			}
		})
	}
	if x > pageMargin {
		return y + lineHeight + 4
	}
	return y
}
