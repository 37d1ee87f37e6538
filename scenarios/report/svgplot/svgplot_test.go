package svgplot

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"testing"
)

func TestSameBytes(t *testing.T) {
	for range 3 {
		if !bytes.Equal(shops(t).SVG(), shops(t).SVG()) ||
			!bytes.Equal(changes().SVG(), changes().SVG()) ||
			!bytes.Equal(payments().SVG(), payments().SVG()) {
			t.Fatal("the same figure gives other bytes")
		}
	}
}

func TestChartSaysEverything(t *testing.T) {
	c := shops(t)
	d := parse(t, c.SVG())
	for _, m := range c.Marks {
		d.find(t, strconv.Itoa(m.Number))
		d.find(t, english().date(m.Day)+": "+m.Text)
	}
	d.find(t, "4 Oct to 12 Dec 2023: TikTok Shop closed")
	d.find(t, "12 Dec 2023 to 9 Apr 2024: supervised pilot")
	for _, text := range []string{
		c.Title, c.Subtitle, c.Unit, c.Badge, "Source: " + c.Source, c.Note, "1,000", "0", "Apr",
		"2023", "2024",
	} {
		d.find(t, text)
	}
}

func TestCirclesDoNotCollide(t *testing.T) {
	d := parse(t, shops(t).SVG())
	if len(d.circles) != 6 {
		t.Fatalf("%d circles", len(d.circles))
	}
	for i, a := range d.circles {
		for _, b := range d.circles[:i] {
			away := math.Hypot(a.number(t, "cx")-b.number(t, "cx"), a.number(t, "cy")-b.number(t, "cy"))
			if away < a.number(t, "r")+b.number(t, "r") {
				t.Errorf("circles %v apart", away)
			}
		}
	}
}

func TestEndLabelsAreApart(t *testing.T) {
	c := Chart{Title: "Alike", Days: DaysFrom(0, 30)}
	for i := range 14 {
		flat := make([]float64, 30)
		for j := range flat {
			flat[j] = 100
		}
		c.Series = append(c.Series, Series{Name: "series number " + strconv.Itoa(i), Values: flat})
	}
	d := parse(t, c.SVG())
	last := -math.MaxFloat64
	for _, w := range d.words {
		if !strings.HasPrefix(w.text, "series") {
			continue
		}
		if w.top-last < fontSize {
			t.Errorf("%q is %v under the label before", w.text, w.top-last)
		}
		last = w.top
	}
}

func TestEscapes(t *testing.T) {
	nasty := `<b> & "quoted" 'x' ]]> ` + "\x00\xff\n\ttab"
	c := shops(t)
	c.Title, c.Subtitle, c.Unit, c.Note, c.Source, c.Badge = nasty, nasty, nasty, nasty, nasty, `<&">`
	c.Series[0].Name, c.Series[0].Key = nasty, nasty
	c.Marks[0].Text, c.Spans[0].Text = nasty, nasty
	svg := c.SVG()
	parse(t, svg)
	if bytes.Contains(svg, []byte("<b>")) {
		t.Error("not escaped")
	}
	parse(t, Bars{Title: nasty, Bars: []Bar{{Label: nasty, Key: nasty, Text: nasty, Value: 1}}}.SVG())
	parse(t, Flow{Title: nasty, Links: []Link{{nasty, nasty, nasty, 1}}}.SVG())
}

func TestStylesDiffer(t *testing.T) {
	looks := stylesFor([]string{"", "TikTok-Shop", "baseline", "", "shopee", "", "blibli", "bukalapak", ""})
	seen := map[string]bool{}
	for i, s := range looks {
		look := s.colour.name + "/" + s.dash
		if seen[look] {
			t.Errorf("style %d looks like one before: %s", i, look)
		}
		seen[look] = true
	}
	if looks[1].colour.name != "tiktok" || looks[4].colour.name != "shopee" {
		t.Error("a platform has lost its colour")
	}
	for i, s := range styles() {
		for _, o := range styles()[:i] {
			if s.dash == o.dash && math.Abs(s.width-o.width) < 1.5 {
				t.Errorf("%s and %s look alike in grey", s.colour.name, o.colour.name)
			}
		}
		if !strings.Contains(DarkCSS(), "--sp-"+s.colour.name+":") {
			t.Errorf("%s has no dark colour", s.colour.name)
		}
	}
}

func TestBars(t *testing.T) {
	d := parse(t, changes().SVG())
	for _, text := range []string{"+2.1", "−6.7", "+0.1", "no data", "−0.4 & less", "SME income"} {
		d.find(t, text)
	}
	if d.find(t, "−6.7").right > d.find(t, "+2.1").left {
		t.Error("a loss is not to the left of a gain")
	}
	for _, bars := range [][]Bar{
		nil, {{}}, {{Label: "x", Value: math.Inf(1)}}, {{Value: -1}}, {{Value: -1e99}, {Value: 1e99}},
		{{Label: strings.Repeat("long ", 60), Value: 1, Text: strings.Repeat("9", 20)}},
		{{Label: "r", Value: math.NaN(), Low: 1, High: 2}, {Label: "s", Value: 1, Low: math.NaN(), High: 2}},
	} {
		parse(t, Bars{Title: "Edge", Bars: bars, Lang: "id"}.SVG())
	}
}

func TestFlow(t *testing.T) {
	d := parse(t, payments().SVG())
	for _, text := range []string{
		"SMEs", "749 (85%)", "Logistics", "35.2 (4.0%)", "Not drawn: Nobody → SMEs −3.",
	} {
		d.find(t, text)
	}
	one := parse(t, Flow{Title: "One", Links: []Link{{"Buyers", "SMEs", "", 800}, {"Buyers", "SMEs", "", 300}}}.SVG())
	one.find(t, "1,100")
	var many []Link
	for i := range 30 {
		many = append(many, Link{"payer " + strconv.Itoa(i), "receiver", "", math.Pow(10, float64(i%9))})
	}
	parse(t, Flow{Title: "Many", Links: many}.SVG())
	for _, links := range [][]Link{
		nil, {{Value: math.NaN()}}, {{Value: math.Inf(1)}}, {{Value: 1e-300}}, {{Value: 9e99}, {To: "x", Value: 9e99}},
	} {
		parse(t, Flow{Title: "Edge", Links: links}.SVG())
	}
	if !strings.Contains(parse(t, Flow{}.SVG()).all, "no flow is above zero") {
		t.Error("no reason for the empty figure")
	}
}
