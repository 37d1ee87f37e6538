package svgpng

import (
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// A typeface holds the outlines of letters in units of which em make one size.
type typeface struct {
	font *sfnt.Font
	em   fixed.Int26_6
}

var (
	regular = sync.OnceValue(func() typeface { return parse(goregular.TTF) })
	bold    = sync.OnceValue(func() typeface { return parse(gobold.TTF) })
)

func parse(ttf []byte) typeface {
	f, err := sfnt.Parse(ttf)
	if err != nil {
		panic("svgpng: the font that is built in: " + err.Error())
	}
	return typeface{f, fixed.Int26_6(f.UnitsPerEm())}
}

// write paints a line of text.
func (e *element) write(c *canvas) {
	face := regular()
	if e.attrs["font-weight"] == "700" {
		face = bold()
	}
	size := e.numberOr("font-size", 18)
	paint, _ := e.colour("fill", "fill-opacity")
	shape, width := face.line(strings.TrimSpace(e.text), size)
	start := point{e.number("x"), e.number("y")}
	switch e.attrs["text-anchor"] {
	case "middle":
		start.x -= width / 2
	case "end":
		start.x -= width
	}
	for _, letter := range shape {
		for i := range letter {
			letter[i] = letter[i].plus(start)
		}
	}
	c.fill(shape, paint)
}

// line sets a text, starting at 0, and says how wide it is. A letter that the font lacks is an empty box.
func (f typeface) line(text string, size float64) (shape []polygon, width float64) {
	var b sfnt.Buffer
	scale := size / float64(f.em)
	before := sfnt.GlyphIndex(0)
	for _, r := range text {
		glyph, err := f.font.GlyphIndex(&b, r)
		if err != nil {
			glyph = 0
		}
		if kern, err := f.font.Kern(&b, before, glyph, f.em, font.HintingNone); err == nil {
			width += float64(kern) * scale
		}
		before = glyph
		// The outline is that of a size at which a unit of the font is one 64th of a pixel.
		segments, err := f.font.LoadGlyph(&b, glyph, f.em, nil)
		if err != nil {
			continue
		}
		at := func(p fixed.Point26_6) point { return point{width + float64(p.X)*scale, float64(p.Y) * scale} }
		for _, s := range segments {
			last := len(shape) - 1
			switch s.Op {
			case sfnt.SegmentOpMoveTo:
				shape = append(shape, polygon{at(s.Args[0])})
			case sfnt.SegmentOpLineTo:
				shape[last] = append(shape[last], at(s.Args[0]))
			case sfnt.SegmentOpQuadTo:
				shape[last] = shape[last].bow(at(s.Args[0]), at(s.Args[1]))
			case sfnt.SegmentOpCubeTo:
				shape[last] = shape[last].curve(at(s.Args[0]), at(s.Args[1]), at(s.Args[2]))
			}
		}
		if step, err := f.font.GlyphAdvance(&b, glyph, f.em, font.HintingNone); err == nil {
			width += float64(step) * scale
		}
	}
	return shape, width
}

// bow adds a quadratic curve to a line, as letters have them.
func (p polygon) bow(b, c point) polygon {
	const steps = 6
	a := p[len(p)-1]
	for i := 1; i <= steps; i++ {
		t := float64(i) / steps
		p = append(p, between(between(a, b, t), between(b, c, t), t))
	}
	return p
}
