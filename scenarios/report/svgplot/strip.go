package svgplot

import (
	"strconv"
	"strings"
	"time"
)

// A Strip is a timeline without values: periods and numbered events over days, for a gallery.
type Strip struct {
	Title    string
	Lang     string
	From, To Day
	Spans    []Span
	Marks    []Mark
}

// DayOf is the date of a moment in its own place.
func DayOf(t time.Time) Day { return dayOf(t.Date()) }

// Heights of a strip, in units.
const (
	stripWidth  = 480.0
	stripHeight = 130.0
	stripTop    = 34.0
	stripFoot   = 40.0
)

// SVG draws the strip.
func (s Strip) SVG() []byte {
	w := wordsOf(s.Lang)
	var p paper
	width := stripWidth - 2*pageMargin
	at := func(d Day) float64 {
		return pageMargin + width*float64(min(max(d, s.From), s.To)-s.From)/float64(max(s.To-s.From, 1))
	}
	bottom := stripHeight - stripFoot
	for _, x := range s.Spans {
		from, to := at(x.From), at(x.To)
		if x.Tint {
			p.rect(from, stripTop, to-from, bottom-stripTop, tint(), 0.45)
		} else {
			p.hatch(from, stripTop, to-from, bottom-stripTop, 9, stroke{colour: hatching(), width: 1.4})
		}
	}
	p.line(pageMargin, bottom, stripWidth-pageMargin, bottom, stroke{colour: quiet(), width: 1.5})
	var said []string
	last := -100.0
	for _, m := range s.Marks {
		x := at(m.Day)
		p.line(x, stripTop, x, bottom, stroke{colour: ink(), width: 1.5})
		said = append(said, strconv.Itoa(m.Number)+" "+m.Text)
		if x-last < 26 { // its number would lie on the one before
			continue
		}
		last = x
		p.circle(x, stripTop-14, 12, ink(), stroke{colour: ink(), width: 1})
		p.text(x, stripTop-8, strconv.Itoa(m.Number), lettering{size: 16, bold: true, anchor: "middle", colour: paperColour()})
	}
	p.text(pageMargin, stripHeight-12, w.date(s.From), small())
	p.text(stripWidth-pageMargin, stripHeight-12, w.date(s.To), smallTo("end"))
	return p.sheet(stripWidth, stripHeight, s.Title, strings.Join(said, "; "))
}
