package svgplot

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A drawing is what a test knows of an SVG.
type drawing struct {
	width, height float64
	words         []placedText
	circles       []element
	all           string // every text, also titles and description
}

type element struct {
	name  string
	attrs map[string]string
}

func (e element) number(t *testing.T, name string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(e.attrs[name], 64)
	if err != nil {
		t.Fatalf("%s: %s=%q is not a number", e.name, name, e.attrs[name])
	}
	return v
}

type placedText struct {
	text                     string
	size                     float64
	left, right, top, bottom float64
}

// parse reads an SVG to its end and checks what every figure must keep to: well-formed, numbers
// only, readable letters, all words on the sheet and none over another.
func parse(t *testing.T, svg []byte) drawing {
	t.Helper()
	var d drawing
	var open []element
	decoder := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("not XML: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := element{token.Name.Local, map[string]string{}}
			for _, a := range token.Attr {
				if _, twice := e.attrs[a.Name.Local]; twice {
					t.Fatalf("%s has %s twice", e.name, a.Name.Local)
				}
				e.attrs[a.Name.Local] = a.Value
			}
			open = append(open, e)
			switch e.name {
			case "svg":
				d.width, d.height = e.number(t, "width"), e.number(t, "height")
			case "circle":
				d.circles = append(d.circles, e)
			case "path":
				if !regexp.MustCompile(`^[MLCZ0-9. -]+$`).MatchString(e.attrs["d"]) {
					t.Fatalf("path %q", e.attrs["d"])
				}
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) == 0 || strings.TrimSpace(string(token)) == "" {
				continue
			}
			d.all += string(token) + "\n"
			if e := open[len(open)-1]; e.name == "text" {
				d.words = append(d.words, place(t, e, string(token)))
			}
		}
	}
	d.check(t, svg)
	return d
}

func place(t *testing.T, e element, text string) placedText {
	t.Helper()
	size := fontSize
	if e.attrs["font-size"] != "" {
		size = e.number(t, "font-size")
	}
	width := textWidth(text, size)
	if e.attrs["font-weight"] == "700" {
		width *= boldFactor
	}
	x, y := e.number(t, "x"), e.number(t, "y")
	switch e.attrs["text-anchor"] {
	case "end":
		x -= width
	case "middle":
		x -= width / 2
	}
	return placedText{text, size, x, x + width, y - size*0.75, y + size*0.2}
}

func (d drawing) check(t *testing.T, svg []byte) {
	t.Helper()
	if bad := regexp.MustCompile(`"[^"]*(NaN|Inf|undefined)[^"]*"`).Find(svg); bad != nil {
		t.Errorf("not a number: %s", bad)
	}
	for _, want := range []string{`role="img"`, "<title>", "<desc>", `xmlns="http://www.w3.org/2000/svg"`} {
		if !bytes.Contains(svg, []byte(want)) {
			t.Errorf("no %s", want)
		}
	}
	for _, ban := range []string{"<script", "<style", "url(", "href", ` id="`} {
		if bytes.Contains(svg, []byte(ban)) {
			t.Errorf("has %s", ban)
		}
	}
	for i, a := range d.words {
		if a.size < 18 {
			t.Errorf("%q is smaller than 9 pt", a.text)
		}
		if a.left < 0 || a.right > d.width || a.top < 0 || a.bottom > d.height {
			t.Errorf("%q leaves the sheet: %+v of %v x %v", a.text, a, d.width, d.height)
		}
		for _, b := range d.words[:i] {
			if a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom {
				t.Errorf("%q lies on %q", a.text, b.text)
			}
		}
	}
}

// find is the place of a text.
func (d drawing) find(t *testing.T, text string) placedText {
	t.Helper()
	for _, w := range d.words {
		if w.text == text {
			return w
		}
	}
	t.Fatalf("no text %q", text)
	return placedText{}
}
