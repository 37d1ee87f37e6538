package svgplot

import (
	"math"
	"testing"
)

// FuzzChart draws charts of any numbers and words; parse checks them.
func FuzzChart(f *testing.F) {
	f.Add("Title", "a name", 1.0, 2.0, 3.0, uint16(10), int32(19000), true)
	f.Add("<&", "\x00", math.NaN(), math.Inf(1), -1e300, uint16(600), int32(-5), false)
	f.Fuzz(func(t *testing.T, title, name string, a, b, c float64, n uint16, first int32, fit bool) {
		n = n%700 + 1
		values := make([]float64, n)
		for i := range values {
			values[i] = []float64{a, b, c}[i%3]
		}
		days := DaysFrom(Day(first%400_000), int(n))
		chart := Chart{
			Title: title, Subtitle: name, Unit: name, Days: days,
			Series: []Series{{Name: name, Values: values, Low: values}, {Name: title, Values: values[:1]}},
			Marks:  []Mark{{days[0], 1, name}, {days[n/2], 12, title}, {days[n-1], 3, ""}},
			Spans:  []Span{{days[0], days[n/2], title, fit}, {days[n-1], days[0], name, !fit}},
		}
		if fit {
			chart.Baseline, chart.Lang, chart.Height = FitBaseline, "id", Compact
		}
		parse(t, chart.SVG())
		Sparkline(values, 40)
	})
}
