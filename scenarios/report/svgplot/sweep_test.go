package svgplot

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"testing"
)

func swings() Tornado {
	nan := math.NaN()
	return Tornado{
		Title: "What each assumption does alone", Subtitle: "Ban and no ban, one factor at a time", Unit: "SME income, difference to no ban, thousand Rp a month", Source: "Pasar, made-up numbers", Badge: "simulated",
		Note: "Whisker: 95 % interval over replications.",
		Rows: []Swing{
			{"Displacement of offline sales", Side{"0.2", -41, -46, -36, ""}, Side{"0.8", 22, 18, 27, ""}},
			{"Share of buyers who follow a link out of the app to another marketplace", Side{"0.1", 8, 2, 14, ""}, Side{"0.6", -19, -24, -14, ""}},
			{"Both on one side", Side{"1", 9, 7, 11, ""}, Side{"3", 14, 11, 17, ""}},
			{"No run finished", Side{"5", nan, nan, nan, "no run finished"}, Side{"9", -2, -6, 2, ""}},
			{"Nothing", Side{"0", 0, -1, 1, ""}, Side{"1", 0, -1, 1, ""}},
		},
	}
}

func heat(nx, ny int) HeatMap {
	h := HeatMap{
		Title: "Effect of the ban on SME income", Subtitle: "Difference to no ban, mean of 20 replications", Unit: "thousand Rp a month", Source: "Pasar, made-up numbers", Badge: "simulated",
		Note: "Hatched: the 95 % interval has zero in it.", XTitle: "Displacement of offline sales", YTitle: "Share of sales made offline",
	}
	for j := range nx {
		h.XLabels = append(h.XLabels, strconv.FormatFloat(float64(j)/float64(nx-1), 'f', 2, 64))
	}
	for i := range ny {
		h.YLabels = append(h.YLabels, strconv.FormatFloat(float64(i)/float64(ny-1), 'f', 2, 64))
		var row []Cell
		for j := range nx {
			x, y := float64(j)/float64(nx-1), float64(i)/float64(ny-1)
			v := 60*x - 45*y*y - 12
			row = append(row, Cell{v, math.Abs(v) < 5})
		}
		h.Cells = append(h.Cells, row)
	}
	h.Cells[ny-1][1].Value = math.NaN()
	return h
}

func cloud(n int) Scatter {
	s := Scatter{
		Title: "SME income and displacement", Subtitle: "All runs", Unit: "thousand Rp a month", Source: "Pasar, made-up numbers", Badge: "simulated", XTitle: "Displacement of offline sales",
		Note: "Line: mean; band: its 95 % interval. Rules under the axis: runs that failed.", Failed: []float64{.31, .35, .9},
	}
	for i := range n {
		x := float64(i) / float64(n)
		s.Points = append(s.Points, Point{x, 40*x*x + 9*math.Sin(float64(i*i)) - 12})
	}
	for i := range 20 {
		x := (float64(i) + .5) / 20
		s.Means = append(s.Means, Average{x, 40*x*x - 12, 40*x*x - 13.5, 40*x*x - 10.5})
	}
	return s
}

// The figures of a sweep keep to the rules of all figures, whatever the numbers.
func TestSweepFigures(t *testing.T) {
	d := parse(t, swings().SVG())
	if low, high := d.find(t, "0.2: −41"), d.find(t, "0.8: +22"); low.right > high.left {
		t.Error("a loss is not to the left of a gain")
	}
	d.find(t, "5: no run finished")
	nan, inf := math.NaN(), math.Inf(1)
	long := strings.Repeat("long ", 60)
	for _, rows := range [][]Swing{
		nil, {{}}, {{"x", Side{"", nan, inf, 3, ""}, Side{long, -1, -2, 3, long}}}, {{long, Side{"1", 1e99, 0, 0, ""}, Side{"2", -1e99, 0, 0, ""}}},
	} {
		parse(t, Tornado{Title: "Edge", Rows: rows, Lang: "id"}.SVG())
	}
	d = parse(t, heat(7, 6).SVG())
	for _, text := range []string{"48.0", "0.17", "sign not clear", "no run finished", "the sign changes", "Share of sales made offline"} {
		d.find(t, text)
	}
	d = parse(t, heat(21, 21).SVG())
	d.find(t, "sign not clear")
	parse(t, heat(2, 2).SVG())
	parse(t, heat(60, 3).SVG())
	parse(t, HeatMap{}.SVG())
	parse(t, HeatMap{XLabels: []string{"a"}, YLabels: []string{"b"}, Cells: [][]Cell{{{Value: 3}}}}.SVG())
	parse(t, HeatMap{XLabels: []string{"a", "b"}, YLabels: []string{"b"}, Cells: [][]Cell{{{Value: inf}}}, Lang: "id"}.SVG())
	parse(t, cloud(500).SVG())
	kinds := cloud(90)
	kinds.Kinds = []string{"none", "Tokopedia", "Blibli"}
	for i := range kinds.Points {
		kinds.Points[i].X = float64(i % 3)
	}
	kinds.Means = []Average{{0, 1, 0, 3}, {1, 5, 5, 5}, {2, nan, 0, 0}}
	d = parse(t, kinds.SVG())
	d.find(t, "Tokopedia")
	if len(d.circles) != 2 {
		t.Errorf("%d means of kinds", len(d.circles))
	}
	parse(t, Scatter{}.SVG())
	parse(t, Scatter{Points: []Point{{1, 1}, {nan, 2}, {3, inf}}, Means: []Average{{1, 1, -9, 99}}}.SVG())
}

// Ten thousand runs make a file of a size that one can mail, whatever their order.
func TestCloudIsSmall(t *testing.T) {
	c := cloud(10_000)
	svg := c.SVG()
	if len(svg) > 250_000 {
		t.Errorf("%d bytes", len(svg))
	}
	for i, j := 0, len(c.Points)-1; i < j; i, j = i+1, j-1 {
		c.Points[i], c.Points[j] = c.Points[j], c.Points[i]
	}
	if !bytes.Equal(svg, c.SVG()) {
		t.Error("another order of runs gives another picture")
	}
}

// The further from zero, the darker; a loss never has the colour of a gain; and in grey both signs have one scale.
func TestHeatColoursAreSigned(t *testing.T) {
	light := func(hex string) float64 { // CIE L*
		var c [3]float64
		for k := range c {
			v, err := strconv.ParseUint(hex[1+2*k:3+2*k], 16, 8)
			if err != nil {
				t.Fatal(err)
			}
			if c[k] = float64(v) / 255; c[k] <= .04045 {
				c[k] /= 12.92
			} else {
				c[k] = math.Pow((c[k]+.055)/1.055, 2.4)
			}
		}
		return 116*math.Cbrt(.2126*c[0]+.7152*c[1]+.0722*c[2]) - 16
	}
	warm := func(hex string) bool { return hex[1:3] > hex[5:7] } // more red than blue
	for _, ends := range [][2]float64{{-8, 8}, {-8, 2}, {-3, 9}, {-8, -1}, {1, 8}} {
		p := &heatPlot{axis: ticksFor(ends[0], ends[1], 7)}
		colours := map[float64]string{} // by the middle of a step
		for i := p.axis.first; i < p.axis.last; i++ {
			v := p.axis.value(i) + p.axis.step/2
			fill, _ := p.shade(p.class(v))
			colours[v] = fill.fallback
		}
		for v, a := range colours {
			if warm(a) != (v < 0) {
				t.Errorf("%v: %v is %s", ends, v, a)
			}
			for u, b := range colours {
				if math.Abs(v) > math.Abs(u) && light(a) >= light(b) {
					t.Errorf("%v: %v is %s, no darker than %v, %s", ends, v, a, u, b)
				}
				if math.Abs(v) == math.Abs(u) && math.Abs(light(a)-light(b)) > 3 {
					t.Errorf("%v: %v and %v are not as light: %s, %s", ends, v, u, a, b)
				}
			}
		}
	}
}
