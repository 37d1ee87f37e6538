package svgplot

import (
	"fmt"
	"math"
	"testing"
)

func ExampleSparkline() {
	fmt.Println(Sparkline([]float64{3, 4, 5, 6, 0, 0, math.NaN(), 2, 4, 6, 8, 9}, 12))
	// Output: ▃▄▅▆▁▁ ▂▄▆██
}

func ExampleShort() {
	fmt.Println(Short(950), Short(1234), Short(3_400_000), Short(-5.6e9), Short(0.25))
	fmt.Println(ShortIn(5.6e9, "id"))
	// Output:
	// 950 1.2k 3.4M −5.6bn 0.25
	// 5,6 miliar
}

func mustDay(t *testing.T, date string) Day {
	t.Helper()
	d, err := ParseDay(date)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// shops is a chart as the report has it: six platforms over 547 days with a weekly cycle, a ban
// of one of them, and events of which some are a day apart.
func shops(t *testing.T) Chart {
	t.Helper()
	day := func(date string) Day { return mustDay(t, date) }
	days := DaysFrom(day("2023-01-01"), 547)
	closed, open := day("2023-10-04"), day("2023-12-12")
	c := Chart{
		Title:    "Sales by platform, as it happened",
		Subtitle: "Indonesia, January 2023 to June 2024; mean of the last 7 days",
		Unit:     "Rp bn per day", Badge: "simulated", Source: "Pasar, seed 42",
		Note: "Line: middle run. Dark band: half of the runs. Light band: 9 of 10 runs.",
		Days: days,
		Marks: []Mark{
			{day("2023-09-25"), 1, "President announces the rule"},
			{day("2023-09-27"), 2, "Regulation 31/2023 published"},
			{day("2023-10-03"), 3, "TikTok says it will comply"},
			{closed, 4, "Shop closes at 17:00 WIB"},
			{day("2023-12-11"), 5, "Deal with Tokopedia, US$840M"},
			{open, 6, "Shop opens again in a pilot"},
		},
		Spans: []Span{
			{closed, open, "TikTok Shop closed", false},
			{open, day("2024-04-09"), "supervised pilot", true},
		},
	}
	for k, name := range []string{
		"TikTok Shop", "Tokopedia", "Shopee", "Lazada", "Bukalapak, Blibli",
		"Direct (WhatsApp, web)",
	} {
		level := []float64{210, 560, 720, 190, 150, 130}[k]
		key := []string{"tiktok", "tokopedia", "shopee", "lazada", "bukalapak", "direct"}[k]
		raw := make([]float64, len(days))
		for i, d := range days {
			raw[i] = level * (1 + 0.08*math.Sin(float64(i)*2*math.Pi/7))
			if k == 0 && d >= closed && d < open {
				raw[i] = 0
			}
		}
		mean := Mean(raw, 7)
		c.Series = append(c.Series, Series{
			Name: name, Key: key, Values: mean, Raw: raw,
			Low: scaled(mean, 0.9), High: scaled(mean, 1.1),
			InnerLow: scaled(mean, 0.96), InnerHigh: scaled(mean, 1.04),
		})
	}
	return c
}

func scaled(values []float64, by float64) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = v * by
	}
	return out
}

func changes() Bars {
	return Bars{
		Title: "What changed, and why", Subtitle: "Difference to no ban", Unit: "per cent",
		Signed: true, Source: "Pasar", Note: "Whisker: 9 of 10 runs.", Badge: "simulated",
		Bars: []Bar{
			{Label: "SME income", Value: 2.1, Low: 0.5, High: 3.7},
			{Label: "Creator income", Value: -6.7, Low: -10.2, High: -3.1},
			{Label: "Buyer surplus", Value: 0.1, Low: -1.5, High: 1.7},
			{Label: "Fees of all platforms taken together, before <tax>", Value: math.NaN()},
			{Label: "Tokopedia", Key: "tokopedia", Value: -0.4, Text: "−0.4 & less"},
		},
	}
}

func payments() Flow {
	f := Flow{Title: "Who pays whom", Unit: "US$ million a week", Source: "Pasar"}
	for i, name := range []string{"TikTok Shop", "Tokopedia", "Shopee", "Lazada", "Direct"} {
		sum := []float64{119, 264, 343, 89, 66}[i]
		key := []string{"tiktok", "tokopedia", "shopee", "lazada", "direct"}[i]
		f.Links = append(f.Links,
			Link{name, "SMEs", key, sum * 0.85}, Link{name, "Creators", key, sum * 0.05},
			Link{name, "Platforms", key, sum * 0.06}, Link{name, "Logistics", key, sum * 0.04})
	}
	f.Links = append(f.Links, Link{From: "Nobody", To: "SMEs", Value: -3})
	return f
}
