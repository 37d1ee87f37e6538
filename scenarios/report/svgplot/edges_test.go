package svgplot

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

func line(values ...float64) Chart {
	return Chart{
		Title: "Edge", Unit: "units", Days: DaysFrom(19600, len(values)),
		Series: []Series{{Name: "one", Values: values}},
	}
}

func TestEmptyChartsSayWhy(t *testing.T) {
	nan := math.NaN()
	double := line(1, 2)
	double.Days[1] = double.Days[0]
	for _, c := range []struct {
		chart Chart
		why   string
	}{
		{Chart{}, "No data: no series was given"},
		{Chart{Series: []Series{{Name: "a", Values: []float64{1}}}}, "No data: no days were given"},
		{line(nan, nan, math.Inf(-1)), "No data: every value is missing"},
		{double, "No data: the days are not in order (31 Aug 2023)"},
	} {
		parse(t, c.chart.SVG()).find(t, c.why)
		c.chart.Lang = "id"
		if d := parse(t, c.chart.SVG()); !strings.Contains(d.all, "Tidak ada data") {
			t.Errorf("%s: not in Indonesian", c.why)
		}
	}
}

func TestEdges(t *testing.T) {
	nan := math.NaN()
	long := make([]float64, 600)
	for i := range long {
		long[i] = math.Sin(float64(i)) * 1e7
	}
	for name, c := range map[string]Chart{
		"zero": line(0, 0, 0), "point": line(5), "negative": line(-3, -9, -1),
		"mixed": line(-1, 1), "gaps": line(nan, 1, nan, 2, 3, nan), "long": line(long...),
		"huge": line(1e99, -1e99), "tiny": line(1e-300, 2e-300), "small": line(1e-9, 3e-9),
		"flat": line(7, 7, 7), "nearly flat": line(1e9, 1e9+1e-6), "inf": line(math.Inf(1), 1),
		"years": {Title: "Y", Days: []Day{-200000, 0, 20000}, Series: line(1, 2, 3).Series},
		"week":  line(1, 2, 3, 4, 5, 6, 7),
	} {
		t.Run(name, func(t *testing.T) {
			for _, b := range []Baseline{AutoBaseline, ZeroBaseline, FitBaseline} {
				c.Baseline, c.Height = b, 0
				parse(t, c.SVG())
				c.Height, c.Lang = Compact, "id"
				parse(t, c.SVG())
			}
		})
	}
}

func TestZeroIsShownOrItsLackIsSaid(t *testing.T) {
	parse(t, line(100, 900).SVG()).find(t, "0")
	d := parse(t, line(95, 105).SVG())
	if !strings.Contains(d.all, "units (axis starts at 9") {
		t.Errorf("nothing said: %s", d.all)
	}
	zero := line(95, 105)
	zero.Baseline = ZeroBaseline
	parse(t, zero.SVG()).find(t, "units")
}

func TestLongWordsAndManyMarks(t *testing.T) {
	c := shops(t)
	c.Title = strings.Repeat("A long title of a chart ", 8)
	c.Unit = strings.Repeat("very long unit ", 20)
	c.Series[3].Name = strings.Repeat("Unbreakable", 9)
	c.Series[4].Values = nil
	c.Marks = nil
	for i := range 16 {
		c.Marks = append(c.Marks, Mark{c.Days[5], i + 1, strings.Repeat("text ", 5*i)})
	}
	c.Marks = append(c.Marks, Mark{0, 17, "before all"})
	d := parse(t, c.SVG())
	d.find(t, "1 Jan 1970: before all (outside the period shown)")
	d.find(t, "(no data)")
	if len(d.circles) != 16 {
		t.Errorf("%d circles", len(d.circles))
	}
}

func TestDayTicksAreApart(t *testing.T) {
	w := english()
	for span := 1; span < 5000; span += 1 + span/9 {
		for _, n := range []int{2, 5, 9} {
			ticks := w.dayTicks(19000, 19000+Day(span), n)
			if len(ticks) > n+1 {
				t.Errorf("%d days: %d labels, not %d", span, len(ticks), n)
			}
			if span > 800 && len(ticks) == 0 {
				t.Errorf("%d days: no label", span)
			}
		}
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		n         int
		want      string
	}{
		{0, 900, 5, "0 200 400 600 800 1,000"},
		{-3, 7, 5, "−4 −2 0 2 4 6 8"},
		{0, 0.3, 3, "0 0.1 0.2 0.3"},
		{0, 2.5e6, 5, "0 0.5M 1.0M 1.5M 2.0M 2.5M"},
		{0, 9e9, 2, "0 5bn 10bn"},
	} {
		ticks := ticksFor(c.low, c.high, c.n)
		var labels []string
		for i := ticks.first; i <= ticks.last; i++ {
			labels = append(labels, ticks.label(english(), i))
		}
		if got := strings.Join(labels, " "); got != c.want {
			t.Errorf("%v to %v: %s, not %s", c.low, c.high, got, c.want)
		}
	}
}

func TestShort(t *testing.T) {
	for _, c := range []struct {
		v    float64
		want string
	}{
		{0, "0"}, {math.Copysign(0, -1), "0"}, {7, "7"}, {0.1 + 0.2, "0.3"}, {0.25, "0.25"},
		{12.34, "12.34"}, {950, "950"}, {999.9, "999.9"}, {999.96, "1k"}, {1000, "1k"},
		{1234, "1.2k"}, {12345, "12.3k"}, {123456, "123k"}, {999_949, "1M"}, {999_400, "999k"},
		{3.4e6, "3.4M"}, {-5.6e9, "−5.6bn"}, {7.8e12, "7.8tn"}, {4.2e15, "4,200tn"},
		{-0.0000001, "0"}, {math.NaN(), "n/a"}, {math.Inf(-1), "n/a"},
	} {
		if got := Short(c.v); got != c.want {
			t.Errorf("Short(%v) = %s, not %s", c.v, got, c.want)
		}
	}
	if got := ShortIn(-1234.5, "id"); got != "−1,2 ribu" {
		t.Errorf("Indonesian: %s", got)
	}
}

func TestSparkline(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		values []float64
		width  int
		want   string
	}{
		{nil, 5, ""}, {[]float64{1}, 0, ""}, {[]float64{0, 0}, 5, "▁▁"}, {[]float64{4, 4}, 5, "▄▄"},
		{[]float64{1, nan, 8}, 9, "▁ █"}, {[]float64{0, 2, 9, 7}, 2, "▁█"},
		{[]float64{nan, nan}, 2, "  "}, {[]float64{-2, nan, 2, 2}, 2, "▁█"},
	} {
		if got := Sparkline(c.values, c.width); got != c.want {
			t.Errorf("Sparkline(%v, %d) = %q, not %q", c.values, c.width, got, c.want)
		}
	}
	if got := len([]rune(Sparkline(make([]float64, 547), 60))); got != 60 {
		t.Errorf("width %d", got)
	}
}

func TestMeanLooksBackOnly(t *testing.T) {
	got := Mean([]float64{0, 0, 3, math.NaN(), 3, 3}, 3)
	for i, want := range []float64{0, 0, 1, math.NaN(), 3, 3} {
		if got[i] != want && !math.IsNaN(want) || math.IsNaN(want) != math.IsNaN(got[i]) {
			t.Errorf("day %d: %v, not %v", i, got[i], want)
		}
	}
}

func TestDays(t *testing.T) {
	days, err := ParseDays([]string{"1970-01-01", "2023-10-04", "1969-12-31"})
	if err != nil || days[0] != 0 || days[1].String() != "2023-10-04" || days[2] != -1 {
		t.Errorf("%v %v", days, err)
	}
	for _, bad := range []string{"", "2023-13-01", "2023-02-29", "4 Oct 2023"} {
		if _, err := ParseDays([]string{bad}); err == nil || !strings.Contains(err.Error(), strconv.Quote(bad)) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestSpreadKeepsOrderAndDistance(t *testing.T) {
	for _, want := range [][]float64{
		{5, 5, 5, 5}, {0, 1, 90, 91}, {-50, 200, 300}, {10, 40, 70}, {99, 99.5, 100},
	} {
		size := make([]float64, len(want))
		for i := range size {
			size[i] = float64(10 + i)
		}
		got := spread(want, size, 0, 100)
		for i := range got {
			if got[i]-size[i]/2 < -1e-9 || got[i]+size[i]/2 > 100+1e-9 {
				t.Errorf("%v: %v leaves the room", want, got)
			}
			if i > 0 && got[i]-got[i-1] < (size[i]+size[i-1])/2-1e-9 {
				t.Errorf("%v: %v overlaps", want, got)
			}
		}
	}
}
