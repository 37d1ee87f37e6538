package svgplot

import "strconv"

// head writes badge, title and subtitle, and says where the next thing may start.
func (c caption) head(p *paper) float64 {
	y := pageMargin
	room := pageWidth - 2*pageMargin
	if c.badge != "" {
		width := textWidth(c.badge, fontSize) + 20
		x := pageWidth - pageMargin - width
		p.box(x, y-4, width, 30, 15, stroke{colour: quiet(), width: 1.4})
		p.text(x+width/2, y+17, c.badge, smallTo("middle"))
		room -= width + 16
	}
	for _, line := range wrap(c.title, titleSize*boldFactor, room) {
		p.text(pageMargin, y+20, line, lettering{size: titleSize, bold: true, colour: ink()})
		y += titleHeight
	}
	for _, line := range wrap(c.subtitle, fontSize, pageWidth-2*pageMargin) {
		p.text(pageMargin, y+16, line, small())
		y += lineHeight
	}
	return y + 8
}

// headOf is head with the unit below it.
func (c caption) headOf(p *paper, unit string) float64 {
	y := c.head(p)
	for _, line := range wrap(unit, fontSize, pageWidth-2*pageMargin) {
		p.text(pageMargin, y+14, line, small())
		y += lineHeight
	}
	return y + 6
}

// foot is what stands under a figure: the key of events, the note, the source.
type foot struct {
	keys    []keyLine
	columns int
	second  float64 // where the second column starts
	notes   []string
}

// A keyLine explains one mark or span.
type keyLine struct {
	number string // or a swatch
	span   *Span
	lines  []string
}

const keyIndent = 36.0

func (c caption) foot(keys []keyLine) foot {
	f := foot{keys: keys, columns: 1}
	full := pageWidth - 2*pageMargin - keyIndent
	if second := secondColumn(keys); second > 0 {
		f.columns, f.second = 2, second
	}
	for i, k := range keys {
		f.keys[i].lines = wrap(k.lines[0], fontSize, full)
	}
	for _, text := range []string{c.note, c.sourceLine()} {
		f.notes = append(f.notes, wrap(text, fontSize, pageWidth-2*pageMargin)...)
	}
	return f
}

// secondColumn is where a second column of keys starts, or 0 if there is no room for one.
func secondColumn(keys []keyLine) float64 {
	var widths [2]float64
	rows := (len(keys) + 1) / 2
	for i, k := range keys {
		widths[i/rows] = max(widths[i/rows], textWidth(k.lines[0], fontSize))
	}
	first := pageMargin + keyIndent + widths[0] + 16
	if len(keys) < 2 || first+keyIndent+widths[1] > pageWidth-pageMargin {
		return 0
	}
	return min(max(first, pageWidth/2), pageWidth-pageMargin-keyIndent-widths[1])
}

func (c caption) sourceLine() string {
	if c.source == "" {
		return ""
	}
	return c.words.source + ": " + c.source
}

// rows is how many keys stand in one column.
func (f foot) rows() int { return (len(f.keys) + f.columns - 1) / f.columns }

func (f foot) height() float64 {
	height := pageMargin - 4
	if f.columns == 2 {
		height += float64(f.rows())*lineHeight + 6
	} else if len(f.keys) > 0 {
		for _, k := range f.keys {
			height += float64(len(k.lines)) * lineHeight
		}
		height += 6
	}
	return height + float64(len(f.notes))*lineHeight
}

// draw writes the foot from y down.
func (f foot) draw(p *paper, y float64) {
	x, top := pageMargin, y
	for i, k := range f.keys {
		if f.columns == 2 && i == f.rows() {
			x, y = f.second, top
		}
		if k.span != nil {
			drawSpan(p, x, y+2, 26, 17, *k.span)
		} else {
			p.text(x+26, y+16, k.number, strongTo("end"))
		}
		for _, line := range k.lines {
			p.text(x+keyIndent, y+16, line, plain())
			y += lineHeight
		}
	}
	if f.columns == 2 {
		y = top + float64(f.rows())*lineHeight
	}
	if len(f.keys) > 0 {
		y += 6
	}
	for _, line := range f.notes {
		p.text(pageMargin, y+16, line, small())
		y += lineHeight
	}
}

// drawSpan fills a period, or the swatch that stands for it.
func drawSpan(p *paper, x, y, width, height float64, s Span) {
	if s.Tint {
		p.rect(x, y, width, height, tint(), 0.45)
		return
	}
	p.hatch(x, y, width, height, 9, stroke{colour: hatching(), width: 1.1, opacity: 0.6})
	edge := stroke{colour: hatching(), width: 1.1}
	p.line(x, y, x, y+height, edge)
	p.line(x+width, y, x+width, y+height, edge)
}

// nothing is the figure when there is nothing to draw.
func (c caption) nothing(reason string) []byte {
	var p paper
	y := c.head(&p)
	p.box(pageMargin, y, pageWidth-2*pageMargin, 120, 6, stroke{colour: grid(), width: 1.4, dash: "6 5"})
	p.text(pageWidth/2, y+66, c.words.nothing+": "+reason, plainTo("middle"))
	f := c.foot(nil)
	f.draw(&p, y+140)
	return p.page(y+140+f.height(), c.title, c.words.nothing+": "+reason)
}

// keys are the lines that explain the marks and spans of a chart.
func (c Chart) keys(w words) []keyLine {
	first, last := c.Days[0], c.Days[len(c.Days)-1]
	var keys []keyLine
	for _, m := range c.Marks {
		text := w.date(m.Day) + ": " + m.Text
		if m.Day < first || m.Day > last {
			text += " (" + w.outside + ")"
		}
		keys = append(keys, keyLine{number: strconv.Itoa(m.Number), lines: []string{text}})
	}
	for i, s := range c.Spans {
		text := w.period(s.From, s.To) + ": " + s.Text
		if s.To < first || s.From > last {
			text += " (" + w.outside + ")"
		}
		keys = append(keys, keyLine{span: &c.Spans[i], lines: []string{text}})
	}
	return keys
}
