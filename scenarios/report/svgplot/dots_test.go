package svgplot

import (
	"math"
	"strings"
	"testing"
)

// A faint row does not stretch the axis: what leaves it ends in an arrow. What is no number has no dot.
func TestDots(t *testing.T) {
	d := Dots{Title: "Groups", Unit: "per cent", Rows: []Dot{
		{Label: "SMEs", Heading: true},
		{Label: "many (200)", Value: -10, Low: -15, High: -5, Text: "−10"},
		{Label: "few (3)", Value: 900, Low: -20, High: 2000, Text: "+900", Faint: true},
		{Label: "none", Value: math.NaN(), Text: "–"},
	}}
	svg := string(d.SVG())
	drawn := parse(t, []byte(svg))
	drawn.find(t, "many (200)")
	drawn.find(t, "−15")
	if len(drawn.circles) != 1 {
		t.Errorf("%d dots", len(drawn.circles))
	}
	if strings.Contains(svg, ">1,000<") || strings.Contains(svg, ">2,000<") {
		t.Error("a faint row stretches the axis")
	}
	if n := strings.Count(svg, "<path"); n != 2 {
		t.Errorf("%d arrows for an interval that leaves the axis on both sides", n)
	}
	for i := range d.Rows {
		d.Rows[i].Faint = true
	}
	if svg := string(d.SVG()); !strings.Contains(svg, ">2,000<") || strings.Count(svg, "<circle") != 2 {
		t.Error("if all rows are faint, they make the axis")
	}
	parse(t, Dots{}.SVG())
}
