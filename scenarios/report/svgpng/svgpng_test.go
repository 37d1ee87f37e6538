package svgpng

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pasar/scenarios/report/svgplot"
)

// figures are one of each kind that svgplot draws, with everything that they can hold.
func figures() map[string][]byte {
	chart := svgplot.Chart{
		Title: "Sales", Subtitle: "Indonesia", Unit: "Rp bn", Note: "A note.", Source: "Pasar", Badge: "simulated", Days: svgplot.DaysFrom(19358, 100),
		Marks: []svgplot.Mark{{Day: 19400, Number: 1, Text: "announced"}, {Day: 19401, Number: 2, Text: "closed"}},
		Spans: []svgplot.Span{{From: 19401, To: 19420, Text: "closed"}, {From: 19420, To: 19440, Text: "pilot", Tint: true}},
	}
	for k, key := range []string{"tiktok", "tokopedia", "shopee", "lazada", "bukalapak", "direct", "baseline"} {
		s := svgplot.Series{Name: key, Key: key}
		for i := range 100 {
			v := 100*float64(k+1) + 40*math.Sin(float64(i)/5)
			s.Values = append(s.Values, v)
			s.Raw = append(s.Raw, v+9*math.Cos(float64(i)))
			s.Low, s.High = append(s.Low, v-20), append(s.High, v+20)
		}
		s.Values[50], s.Values[52] = math.NaN(), math.NaN()
		chart.Series = append(chart.Series, s)
	}
	long := strings.Repeat("Wide MMMM words ", 30)
	return map[string][]byte{
		"chart":   chart.SVG(),
		"bars":    svgplot.Bars{Title: "Changes", Unit: "%", Bars: []svgplot.Bar{{Label: "SMEs", Value: 2, Low: 1, High: 3}, {Label: "Creators", Value: -6}}}.SVG(),
		"flow":    svgplot.Flow{Title: "Payments", Unit: "Rp", Links: []svgplot.Link{{From: "Buyers", To: "SMEs", Value: 80}, {From: "Buyers", To: "Fees", Value: .1}}}.SVG(),
		"tornado": svgplot.Tornado{Title: "Alone", Unit: "Rp", Rows: []svgplot.Swing{{Label: "fee", Low: svgplot.Side{At: ".1", Value: -2, Low: -3, High: -1}, High: svgplot.Side{At: ".3", Value: 4}}}}.SVG(),
		"heat":    svgplot.HeatMap{Title: "Both", Unit: "Rp", XLabels: []string{"1", "2"}, YLabels: []string{"a", "b"}, Cells: [][]svgplot.Cell{{{Value: -1}, {Value: 1, Unclear: true}}, {{Value: math.NaN()}, {Value: 3}}}}.SVG(),
		"scatter": svgplot.Scatter{Title: "All", Unit: "Rp", Points: []svgplot.Point{{X: 1, Y: 2}, {X: 3, Y: 4}}, Means: []svgplot.Average{{X: 1, Y: 2, Low: 1, High: 3}, {X: 3, Y: 4, Low: 3, High: 5}}, Failed: []float64{2}}.SVG(),
		"empty":   svgplot.Chart{Title: "Nothing"}.SVG(),
		"long":    svgplot.Bars{Title: long, Subtitle: long, Unit: long, Note: long, Source: long, Bars: []svgplot.Bar{{Label: long, Value: 1, Text: strings.Repeat("W", 20)}}}.SVG(),
		"other":   svgplot.Bars{Title: "Letters: − → – ≥ ± é “”", Bars: []svgplot.Bar{{Label: "市场", Value: 1}}}.SVG(),
	}
}

func TestSameBytes(t *testing.T) {
	for name, svg := range figures() {
		a, err := PNG(svg)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		b, _ := PNG(svg)
		if !bytes.Equal(a, b) {
			t.Errorf("%s: the same figure gives other bytes", name)
		}
		p, err := png.Decode(bytes.NewReader(a))
		if err != nil || p.Bounds() != image.Rect(0, 0, 1920, 1080) {
			t.Errorf("%s: %v, error %v", name, p.Bounds(), err)
		}
	}
}

func TestNothingRunsOut(t *testing.T) {
	for name, svg := range figures() {
		c, err := paint(svg)
		if err != nil {
			t.Fatal(err)
		}
		if !c.inked.In(c.image.Bounds()) || c.inked.Dx() < 500 {
			t.Errorf("%s: ink on %v", name, c.inked)
		}
	}
}

// page is an SVG of 960 by 540: one unit is two pixels.
func page(t *testing.T, format string, args ...any) *canvas {
	t.Helper()
	c, err := paint([]byte(`<svg width="960" height="540"><g>` + fmt.Sprintf(format, args...) + `</g></svg>`))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// ink is how many pixels are covered, in all, by black on white.
func (c *canvas) ink() float64 {
	sum := 0
	for i := 0; i < len(c.image.Pix); i += 4 {
		sum += 255 - int(c.image.Pix[i])
	}
	return float64(sum) / 255
}

func TestAreas(t *testing.T) {
	for _, x := range []struct {
		svg  string
		want float64 // pixels
	}{
		{`<rect x="10" y="10" width="30.5" height="20"/>`, 4 * 30.5 * 20},
		{`<rect x="10" y="10" width="30" height="20" fill-opacity="0.5"/>`, 2 * 30 * 20},
		{`<rect x="10" y="10" width="40" height="40" rx="20"/>`, 4 * math.Pi * 400},
		{`<circle cx="100" cy="100" r="50"/>`, 4 * math.Pi * 2500},
		{`<circle cx="100" cy="100" r="50" fill="none" stroke="#000000" stroke-width="4"/>`, 4 * math.Pi * (52*52 - 48*48)},
		{`<line x1="10" y1="10" x2="110" y2="10" stroke="#000000" stroke-width="3"/>`, 4 * 300},
		{`<line x1="10" y1="10" x2="70" y2="90" stroke="#000000" stroke-width="3"/>`, 4 * 300},
		{`<line x1="10" y1="10" x2="110" y2="10" stroke="#000000" stroke-width="3" stroke-dasharray="12 8"/>`, 4 * 300 * .6},
		{`<path d="M10 10L40 10L40 110L110 110" fill="none" stroke="#000000" stroke-width="2" stroke-dasharray="15 5"/>`, 4 * 400 * .75},
		{`<path d="M10 10L110 10L10 110Z"/>`, 4 * 5000},
		{`<path d="M0 100C0 33.3333 100 33.3333 100 100Z"/>`, 4 * 4000},
		{`<path d="M10 10L110 10M10 20L110 20" fill="none" stroke="#000000" stroke-width="2"/>`, 4 * 400},
		{`<rect x="950" y="530" width="100" height="100"/>`, 4 * 100},
		{`<rect x="2000" y="530" width="100" height="100"/>`, 0},
	} {
		if got := page(t, "%s", x.svg).ink(); math.Abs(got-x.want) > .015*x.want+.5 {
			t.Errorf("%s covers %.1f pixels, not %.1f", x.svg, got, x.want)
		}
	}
}

// A pale line is not darker where its pieces meet or its parts cross.
func TestPaleLinesAreEven(t *testing.T) {
	c := page(t, `<path d="M10 10L200 40L10 70L100 10L100 200" fill="none" stroke="#000000" stroke-width="9" stroke-opacity="0.3"/>`)
	for i := 0; i < len(c.image.Pix); i += 4 {
		if v := c.image.Pix[i]; v < 255-77-1 {
			t.Fatalf("a pixel of %d", v)
		}
	}
}

func TestAPageStandsInTheMiddle(t *testing.T) {
	c, err := paint([]byte(`<svg width="100" height="540"><rect width="100" height="540"/></svg>`))
	if err != nil || c.inked != image.Rect(860, 0, 1060, 1080) {
		t.Errorf("%v %v", c.inked, err)
	}
}

func TestAnchors(t *testing.T) {
	at := func(anchor string) image.Rectangle {
		return page(t, `<text x="400" y="300" font-size="40" font-weight="700" text-anchor="%s">HOH</text>`, anchor).inked
	}
	start, middle, end := at(""), at("middle"), at("end")
	if start.Min.X < 800 || end.Max.X > 801 || start.Dx() != end.Dx() || middle.Min.X+middle.Max.X < 1598 || middle.Min.X+middle.Max.X > 1602 {
		t.Errorf("start %v, middle %v, end %v", start, middle, end)
	}
	if start.Max.Y < 600 || start.Max.Y > 602 || start.Dy() < 50 || start.Dy() > 70 {
		t.Errorf("letters do not stand on the line: %v", start)
	}
}

// Figures leave room for the widest of the usual fonts; ours must not be wider. The frame of a badge shows how much room.
func TestLettersFitTheRoom(t *testing.T) {
	for _, text := range []string{"Direct (WhatsApp, web)", "12 Dec 2023: orders through Tokopedia", "Rp billion a day", "0.123456789", "Pendapatan UMKM"} {
		_, plain := regular().line(text, 18)
		_, strong := bold().line(text, 18)
		frame := regexp.MustCompile(`width="([0-9.]+)" height="30"`).FindSubmatch(svgplot.Bars{Badge: text, Bars: []svgplot.Bar{{Label: "x", Value: 1}}}.SVG())
		room, err := strconv.ParseFloat(string(frame[1]), 64)
		if err != nil {
			t.Fatal(err)
		}
		room -= 20 // its ends
		if plain > room || strong > 1.13*room || plain < .7*room {
			t.Errorf("%q is %.0f wide, in bold %.0f, of %.0f", text, plain, strong, room)
		}
	}
}

func TestMistakes(t *testing.T) {
	for _, x := range []struct{ svg, say string }{
		{``, "not a figure"}, {`<svg width="9" height="9">`, "not a figure"}, {`<svg width="9" height="9"><rect></svg>`, "not a figure"},
		{`<svg width="x" height="9"/>`, `width="x"`}, {`<svg width="9" height="9"><ellipse/></svg>`, "<ellipse>"},
		{`<svg width="9" height="9"><rect fill="red"/></svg>`, `"red" is not a colour`}, {`<svg width="9" height="9"><rect fill="é"/></svg>`, "not a colour"},
		{`<svg width="9" height="9"><rect x="NaN"/></svg>`, `x="NaN"`}, {`<svg width="9" height="9"><path d="L1 2"/></svg>`, `"L1 2"`},
		{`<svg width="9" height="9"><path d="M1 2Q1 2 3 4"/></svg>`, "not a place"}, {`<svg width="9" height="9"><path d="Q"/></svg>`, `"Q"`},
		{`<svg width="9" height="9"><path d="M1"/></svg>`, `"M1"`}, {`<svg width="9" height="9"><line x2="5" stroke="#000000" stroke-dasharray="0"/></svg>`, "lengths"},
	} {
		if _, err := PNG([]byte(x.svg)); err == nil || !strings.Contains(err.Error(), x.say) {
			t.Errorf("%s: %v", x.svg, err)
		}
	}
}

func BenchmarkPNG(b *testing.B) {
	chart := figures()["chart"]
	for b.Loop() {
		if _, err := PNG(chart); err != nil {
			b.Fatal(err)
		}
	}
}
