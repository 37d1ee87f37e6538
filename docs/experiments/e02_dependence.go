package main

import (
	"fmt"
	"math"

	"pasar/scenarios/results/measure"
)

// E2 asks whether who depended on one channel lost with it.
func e2() Experiment {
	from, to := "2023-10-05", "2023-11-02"
	return Experiment{
		ID: "e2", Claim: "Who depended on TikTok Shop lost in proportion: do not depend on one platform.",
		Source:    "S4, 10 October 2023",
		Design:    "ban against no-ban, sales of SMEs in the first four weeks by TikTok's part in their sales before; the same in a world in which SMEs sell on three or four further channels. Fitted: T8 is a target of the calibration.",
		Falsifier: "the slope of the loss on TikTok's part is below .3",
		Buyers:    6000, Seeds: 12, Until: "2023-11-30",
		Arms: []Arm{{"open", "no-ban", nil}, {"ban", "ban", nil},
			{"diversified open", "no-ban", []string{"params.sme.more_channels={value: 3.5, range: [0.4, 4]}"}}, {"diversified", "diversified", nil}},
		Read: func(l *Lab) {
			rows := [][]string{{"TikTok's part before", "SMEs", "sales, ban against no-ban"}}
			for _, b := range [][2]float64{{0, .0001}, {.0001, .25}, {.25, .5}, {.5, .75}, {.75, 1.01}} {
				g := between(b[0], b[1])
				label := fmt.Sprintf("%.0f to %.0f %%", 100*b[0], 100*math.Min(b[1], 1))
				if b[1] < .01 {
					label = "none"
				}
				n := fmt.Sprint(l.count("open", known, g))
				if l.count("open", known, g) < 30 {
					n += " (few)"
				}
				rows = append(rows, []string{label, n, l.Effect("ban", "open", g, sales, from, to).Percent()})
			}
			l.Table(rows)
			slope := Over(l.Each(func(i int) float64 { return l.slope(i, from, to) }))
			rows = [][]string{{"", "slope of the loss", "all SMEs"},
				{"as it was", slope.Number(1), l.Effect("ban", "open", everyone, sales, from, to).Percent()},
				{"diversified", "", l.Effect("diversified", "diversified open", everyone, sales, from, to).Percent()}}
			l.Table(rows)
			l.say("\nThe slope is that of a regression of each SME's loss, as a part of its sales without a ban, on TikTok's part, weighted by those sales. The target T8 is .85 ± .12.")
			l.Expect(Mean{slope.Mean - .3, slope.Half, slope.N}, "the slope is %s", slope.Number(1))
		},
	}
}

// slope is T8 of a seed.
func (l *Lab) slope(seed int, from, to string) float64 {
	open, ban := l.Runs["open"][seed], l.Runs["ban"][seed]
	w := measure.Window{From: day(open, from), To: day(open, to)}
	asOf := open.First + int64(day(open, known))
	return measure.LossSlope(open.Sellers(asOf, w), ban.Sellers(asOf, w))
}
