// Package svgpng turns the figures of svgplot into PNG pictures for slides. It reads the few elements that svgplot writes
// and no other SVG: what it does not know is an error, never a gap in a picture.
package svgpng

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"strconv"
	"strings"
)

// Width and Height are the size of every picture in pixels: 16 to 9. A figure of another shape stands in the middle, on white.
const (
	Width  = 1920
	Height = 1080
)

// PNG draws a figure in the light colours. The same figure gives the same bytes.
func PNG(svg []byte) ([]byte, error) {
	c, err := paint(svg)
	if err != nil {
		return nil, fmt.Errorf("svgpng: %w", err)
	}
	var b bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestSpeed} // the best is a tenth smaller and takes three times as long
	if err := e.Encode(&b, indexed(c.image)); err != nil {
		return nil, fmt.Errorf("svgpng: %w", err)
	}
	return b.Bytes(), nil
}

// paint draws the elements in the order of the file.
func paint(svg []byte) (*canvas, error) {
	c := newCanvas()
	var open []*element
	for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && c.scale > 0 {
			return c, nil
		}
		if err != nil {
			return nil, fmt.Errorf("not a figure: %w", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := &element{name: token.Name.Local, attrs: map[string]string{}}
			for _, a := range token.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			open = append(open, e)
			if len(open) == 1 {
				if c.fit(e.number("width"), e.number("height")); e.err != nil {
					return nil, e.err
				}
			}
		case xml.CharData:
			if len(open) > 0 {
				open[len(open)-1].text += string(token)
			}
		case xml.EndElement:
			e := open[len(open)-1]
			open = open[:len(open)-1]
			e.draw(c)
			if e.err != nil {
				return nil, e.err
			}
		}
	}
}

// An element of the file, with the first mistake that was found in it.
type element struct {
	name  string
	attrs map[string]string
	text  string
	err   error
}

func (e *element) fail(format string, args ...any) {
	if e.err == nil {
		e.err = fmt.Errorf("<%s>: %w", e.name, fmt.Errorf(format, args...))
	}
}

// number reads an attribute; one that is not there is 0.
func (e *element) number(name string) float64 { return e.numberOr(name, 0) }

func (e *element) numberOr(name string, otherwise float64) float64 {
	text, ok := e.attrs[name]
	if !ok {
		return otherwise
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || !(v > -1e6 && v < 1e6) {
		e.fail("%s=%q is not a number of this page", name, text)
		return otherwise
	}
	return v
}

// draw paints an element; the names are those that svgplot writes.
func (e *element) draw(c *canvas) {
	switch e.name {
	case "svg", "g", "title", "desc":
		return
	case "text":
		e.write(c)
		return
	}
	shape, join := e.outline()
	if fill, ok := e.colour("fill", "fill-opacity"); ok {
		c.fill(shape, fill)
	}
	if edge, ok := e.colour("stroke", "stroke-opacity"); ok {
		width := e.numberOr("stroke-width", 1)
		var strips []polygon
		for _, line := range dashed(shape, e.dashes()) {
			strips = append(strips, line.strip(width, join)...)
		}
		c.fill(strips, edge)
	}
}

// outline is the shape of an element, and whether its corners are round.
func (e *element) outline() (shape []polygon, join bool) {
	x, y := e.number("x"), e.number("y")
	switch e.name {
	case "line":
		return []polygon{{{e.number("x1"), e.number("y1")}, {e.number("x2"), e.number("y2")}}}, false
	case "rect":
		return []polygon{box(x, y, e.number("width"), e.number("height"), e.number("rx"))}, true
	case "circle":
		return []polygon{disc(point{e.number("cx"), e.number("cy")}, e.number("r"))}, true
	case "path":
		shape, err := parsePath(e.attrs["d"])
		if err != nil {
			e.fail("%w", err)
		}
		return shape, true
	}
	e.fail("svgplot does not write such an element")
	return nil, false
}

// dashes are the lengths of dashes and gaps in turn.
func (e *element) dashes() []float64 {
	var all []float64
	for text := range strings.FieldsSeq(e.attrs["stroke-dasharray"]) {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil || !(v >= .1) {
			e.fail("stroke-dasharray=%q are not lengths", e.attrs["stroke-dasharray"])
			return nil
		}
		all = append(all, v)
	}
	return all
}
