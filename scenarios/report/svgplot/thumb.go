package svgplot

import (
	"math"
	"strings"
)

// A Thumb is a small chart of one series in a world and in the base, for a gallery: no marks, the days of a Strip, one value on the axis.
type Thumb struct {
	Title    string
	Lang     string
	From, To Day
	Days     []Day
	Key      string // of the series, for its colour
	Name     string
	Base     []float64 // missing values are NaN; nil: there is none
	BaseName string
	Middle   []float64
	Low      []float64 // of the band; nil: there is none
	High     []float64
	Unit     string // of values, with %s for the number: Rp %s billion a day
	By       float64
}

// thumbHeight is the height of a thumb, of which the names take the top.
const (
	thumbHeight = 150.0
	thumbTop    = 52.0
	thumbFoot   = 10.0
)

// SVG draws the thumb.
func (t Thumb) SVG() []byte {
	w := wordsOf(t.Lang)
	var p paper
	most := 0.0
	for _, list := range [][]float64{t.Base, t.Middle, t.High} {
		for i := range list {
			if v, ok := at(list, i); ok {
				most = math.Max(most, v)
			}
		}
	}
	bottom := thumbHeight - thumbFoot
	x := func(i int) float64 {
		return pageMargin + (stripWidth-2*pageMargin)*float64(t.Days[i]-t.From)/float64(max(t.To-t.From, 1))
	}
	y := func(v float64) float64 {
		if most == 0 {
			return bottom
		}
		return bottom - float64(v/most*(bottom-thumbTop))
	}
	line := func(values []float64, s stroke) {
		drawn := false
		p.path()
		for i := range t.Days {
			v, ok := at(values, i)
			if !ok {
				drawn = false
				continue
			}
			if drawn {
				p.lineTo(x(i), y(v))
			} else {
				p.move(x(i), y(v))
			}
			drawn = true
		}
		p.endStroke(s)
	}
	p.line(pageMargin, thumbTop, stripWidth-pageMargin, thumbTop, stroke{colour: grid(), width: 1})
	p.line(pageMargin, bottom, stripWidth-pageMargin, bottom, stroke{colour: quiet(), width: 1.5})
	look := stylesFor([]string{t.Key})[0]
	if t.band() {
		p.path()
		first := true
		for i := range t.Days {
			if known(t.Low, t.High, i) {
				if first {
					p.move(x(i), y(t.High[i]))
				} else {
					p.lineTo(x(i), y(t.High[i]))
				}
				first = false
			}
		}
		for i := len(t.Days) - 1; i >= 0; i-- {
			if known(t.Low, t.High, i) {
				p.lineTo(x(i), y(t.Low[i]))
			}
		}
		p.b.WriteByte('Z')
		p.endFill(look.colour, 0.25)
	}
	if t.Base != nil {
		line(t.Base, baselineStyle().stroke())
	}
	line(t.Middle, look.stroke())
	right := pageMargin
	key := func(name string, s stroke) {
		p.line(right, 15, right+30, 15, s)
		p.text(right+36, 21, name, plain())
		right += 36 + textWidth(name, fontSize) + 20
	}
	key(t.Name, look.stroke())
	if t.Base != nil {
		key(t.BaseName, baselineStyle().stroke())
	}
	amount := func(v float64) string { return strings.Replace(t.Unit, "%s", w.brief(v/t.By), 1) }
	top := amount(most)
	p.text(pageMargin, thumbTop-6, top, small())
	words := t.Name + " " + top
	if n := len(t.Middle); n > 0 {
		words = t.Name + ": " + amount(t.Middle[0]) + " → " + amount(t.Middle[n-1])
	}
	return p.sheet(stripWidth, thumbHeight, t.Title, words)
}

// band tells whether there is one that can be drawn.
func (t Thumb) band() bool {
	for i := range t.Days {
		if known(t.Low, t.High, i) {
			return true
		}
	}
	return false
}
