package svgplot

import (
	"bytes"
	"encoding/xml"
	"math"
	"strconv"
	"strings"
)

// paper is what a chart is drawn on: the elements of an SVG so far.
type paper struct{ b bytes.Buffer }

// number writes a coordinate with at most one digit after the point, never anything but a number.
func (p *paper) number(v float64) {
	v = math.Round(v*10) / 10
	if v == 0 || v != v || math.IsInf(v, 0) {
		p.b.WriteByte('0')
		return
	}
	p.b.WriteString(strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0"))
}

func (p *paper) attr(name string, v float64) {
	p.b.WriteString(" " + name + `="`)
	p.number(v)
	p.b.WriteByte('"')
}

func (p *paper) escaped(text string) {
	// Writing into a buffer cannot fail.
	_ = xml.EscapeText(&p.b, []byte(strings.Join(strings.Fields(text), " ")))
}

// A colour is a custom property with a fallback.
type colour struct{ name, fallback string }

// paint writes a colour twice: as an attribute, which every program understands, and as a style,
// which a page can override.
func (p *paper) paint(property string, c colour) {
	p.b.WriteString(" " + property + `="` + c.fallback + `" style="` + property +
		":var(--sp-" + c.name + "," + c.fallback + `)"`)
}

// paintBoth paints inside and edge of a shape.
func (p *paper) paintBoth(fill, edge colour) {
	p.b.WriteString(` fill="` + fill.fallback + `" stroke="` + edge.fallback +
		`" style="fill:var(--sp-` + fill.name + "," + fill.fallback +
		");stroke:var(--sp-" + edge.name + "," + edge.fallback + `)"`)
}

// A stroke is how a line looks.
type stroke struct {
	colour  colour
	width   float64
	dash    string
	opacity float64 // 0 is opaque
}

func (p *paper) stroke(s stroke) {
	p.paint("stroke", s.colour)
	p.attr("stroke-width", s.width)
	if s.dash != "" {
		p.b.WriteString(` stroke-dasharray="` + s.dash + `"`)
	}
	if s.opacity != 0 {
		p.b.WriteString(` stroke-opacity="` + strconv.FormatFloat(s.opacity, 'f', 2, 64) + `"`)
	}
}

func (p *paper) line(x1, y1, x2, y2 float64, s stroke) {
	p.b.WriteString("<line")
	p.attr("x1", x1)
	p.attr("y1", y1)
	p.attr("x2", x2)
	p.attr("y2", y2)
	p.stroke(s)
	p.b.WriteString("/>\n")
}

func (p *paper) rect(x, y, width, height float64, c colour, opacity float64) {
	p.b.WriteString("<rect")
	p.attr("x", x)
	p.attr("y", y)
	p.attr("width", math.Max(width, 0))
	p.attr("height", math.Max(height, 0))
	p.fill(c, opacity)
	p.b.WriteString("/>\n")
}

func (p *paper) fill(c colour, opacity float64) {
	p.paint("fill", c)
	if opacity < 1 {
		p.b.WriteString(` fill-opacity="` + strconv.FormatFloat(opacity, 'f', 2, 64) + `"`)
	}
}

// box is an outlined rectangle with round corners.
func (p *paper) box(x, y, width, height, round float64, s stroke) {
	p.b.WriteString(`<rect fill="none"`)
	p.attr("x", x)
	p.attr("y", y)
	p.attr("width", width)
	p.attr("height", height)
	p.attr("rx", round)
	p.stroke(s)
	p.b.WriteString("/>\n")
}

func (p *paper) circle(x, y, r float64, fill colour, outline stroke) {
	p.b.WriteString("<circle")
	p.attr("cx", x)
	p.attr("cy", y)
	p.attr("r", r)
	p.paintBoth(fill, outline.colour)
	p.attr("stroke-width", outline.width)
	p.b.WriteString("/>\n")
}

// A lettering is how a text looks; anchor is start (also when empty), middle or end.
type lettering struct {
	size   float64
	bold   bool
	anchor string
	colour colour
}

// text writes one line of which the letters stand on y.
func (p *paper) text(x, y float64, text string, l lettering) {
	p.b.WriteString("<text")
	p.attr("x", x)
	p.attr("y", y)
	if l.anchor != "" {
		p.b.WriteString(` text-anchor="` + l.anchor + `"`)
	}
	if l.size != fontSize {
		p.attr("font-size", l.size)
	}
	if l.bold {
		p.b.WriteString(` font-weight="700"`)
	}
	p.paint("fill", l.colour)
	p.b.WriteByte('>')
	p.escaped(text)
	p.b.WriteString("</text>\n")
}

// path starts a path; to adds points, end closes the element.
func (p *paper) path()               { p.b.WriteString(`<path d="`) }
func (p *paper) move(x, y float64)   { p.point('M', x, y) }
func (p *paper) lineTo(x, y float64) { p.point('L', x, y) }

func (p *paper) point(verb byte, x, y float64) {
	p.b.WriteByte(verb)
	p.number(x)
	p.b.WriteByte(' ')
	p.number(y)
}

func (p *paper) endStroke(s stroke) {
	p.b.WriteString(`" fill="none" stroke-linejoin="round"`)
	p.stroke(s)
	p.b.WriteString("/>\n")
}

func (p *paper) endFill(c colour, opacity float64) {
	p.b.WriteString(`"`)
	p.fill(c, opacity)
	p.b.WriteString("/>\n")
}

// group opens a group with a tooltip, which is also what a screen reader says.
func (p *paper) group(class, title string) {
	p.b.WriteString(`<g class="` + class + `"><title>`)
	p.escaped(title)
	p.b.WriteString("</title>\n")
}

func (p *paper) end() { p.b.WriteString("</g>\n") }

// hatch fills a rectangle with diagonal lines, each cut at its edges: a pattern would need an id,
// and ids collide when charts share a page.
func (p *paper) hatch(x, y, width, height, gap float64, s stroke) {
	if width <= 0 || height <= 0 {
		return
	}
	p.path()
	// The lines are u+v = c in the rectangle's own u, v; c is taken from the page, so that
	// neighbours match.
	first := math.Ceil((x+y)/gap) * gap
	for c := first - x - y; c < width+height; c += gap {
		u1, u2 := math.Max(0, c-height), math.Min(width, c)
		if u2 > u1 {
			p.move(x+u1, y+c-u1)
			p.lineTo(x+u2, y+c-u2)
		}
	}
	p.endStroke(s)
}

// page closes the SVG: the root element, the words for screen readers, the sheet, the drawing.
func (p *paper) page(height float64, title, describe string) []byte {
	return p.sheet(pageWidth, height, title, describe)
}

// sheet is page with a width of its own.
func (p *paper) sheet(width, height float64, title, describe string) []byte {
	var root paper
	root.b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" class="sp" role="img" viewBox="0 0`)
	root.b.WriteByte(' ')
	root.number(width)
	root.b.WriteByte(' ')
	root.number(math.Ceil(height))
	root.b.WriteByte('"')
	root.attr("width", width)
	root.attr("height", math.Ceil(height))
	root.b.WriteString(` aria-label="`)
	root.escaped(title)
	root.b.WriteString(`" font-family="system-ui,'Segoe UI',Roboto,'Noto Sans',Helvetica,Arial,sans-serif"`)
	root.attr("font-size", fontSize)
	root.b.WriteString(` style="max-width:100%;height:auto;font-variant-numeric:tabular-nums">` + "\n<title>")
	root.escaped(title)
	root.b.WriteString("</title>\n<desc>")
	root.escaped(describe)
	root.b.WriteString("</desc>\n")
	root.rect(0, 0, width, math.Ceil(height), paperColour(), 1)
	root.b.Write(p.b.Bytes())
	root.b.WriteString("</svg>\n")
	return root.b.Bytes()
}
