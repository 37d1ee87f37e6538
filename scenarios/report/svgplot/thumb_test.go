package svgplot

import (
	"math"
	"strings"
	"testing"
)

// A thumb draws a band and both lines where they are, gaps included, and survives what is missing altogether.
func TestThumb(t *testing.T) {
	days := DaysFrom(100, 4)
	x := Thumb{Title: "Sales", Lang: "en", From: 90, To: 110, Days: days, Key: "tiktok", Name: "TikTok Shop", BaseName: "no ban", Unit: "Rp %s billion a day", By: 1e9,
		Base: []float64{1e9, 2e9, 3e9, 4e9}, Middle: []float64{1e9, math.NaN(), 0, 2e9}, Low: []float64{1e9, math.NaN(), 0, 1e9}, High: []float64{2e9, math.NaN(), 0, 5e9}}
	svg := string(x.SVG())
	for _, want := range []string{"TikTok Shop", "no ban", "Rp 5 billion a day", "Rp 1 billion a day → Rp 2 billion a day", `fill-opacity`} {
		if !strings.Contains(svg, want) {
			t.Errorf("the picture lacks %q", want)
		}
	}
	if svg != string(x.SVG()) {
		t.Error("the picture differs from itself")
	}
	x.Base, x.Low, x.High = nil, nil, nil
	if svg := string(x.SVG()); strings.Contains(svg, "no ban") || strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
		t.Errorf("without a base and a band: %s", svg)
	}
	x.Middle = []float64{0, 0, 0, 0}
	if svg := string(x.SVG()); strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
		t.Errorf("of nothing: %s", svg)
	}
}
