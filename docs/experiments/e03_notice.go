package main

import (
	"fmt"
	"math"
	"math/bits"

	"pasar/agents/market"
)

// E3 asks what a notice is worth.
func e3() Experiment {
	closure, first := "2023-10-05", "2023-07-06"
	notices := []struct {
		days int
		at   string
	}{{0, "2023-10-04T17:00"}, {7, "2023-09-27T17:00"}, {30, "2023-09-04T17:00"}, {90, "2023-07-06T17:00"}}
	arms := []Arm{{"open", "no-ban", nil}}
	for _, n := range notices {
		arms = append(arms, Arm{fmt.Sprint(n.days), "ban", []string{"ann.at=" + n.at}})
	}
	return Experiment{
		ID: "e3", Claim: "The abrupt halt made it worse: with more notice SMEs would have lost less.",
		Source:    "S4, 10 October 2023",
		Design:    "ban announced 0, 7, 30 and 90 days before 4 October, against no-ban; what SMEs that sold half or more on TikTok lose from July on (so that leaving early counts) and from the closure on, to the end of January; on how many other platforms they list a week after it.",
		Falsifier: "with 90 days' notice dependent SMEs lose no less from the closure on than with none",
		Buyers:    5000, Seeds: 12, Until: "2024-01-31", Arms: arms,
		Read: func(l *Lab) {
			asOf := "2023-06-27"
			rows := [][]string{{"notice", "sales from July", "sales from the closure", "income from July", "all SMEs, sales from July", "other platforms a week after"}}
			for _, n := range notices {
				arm := fmt.Sprint(n.days)
				rows = append(rows, []string{arm + " d", l.EffectAsOf(asOf, arm, "open", dependent, sales, first, "").Percent(), l.EffectAsOf(asOf, arm, "open", dependent, sales, closure, "").Percent(),
					l.EffectAsOf(asOf, arm, "open", dependent, income, first, "").Percent(), l.EffectAsOf(asOf, arm, "open", everyone, sales, first, "").Percent(),
					fmt.Sprintf("%.2f", l.elsewhere(arm, asOf, "2023-10-10"))})
			}
			l.Table(rows)
			level := Over(l.Each(func(i int) float64 { return total(l.Runs["open"][i], asOf, dependent, sales, closure, "") })).Mean
			gain := Over(l.Each(func(i int) float64 {
				sum := func(arm string) float64 { return total(l.Runs[arm][i], asOf, dependent, sales, closure, "") }
				return (sum("90") - sum("0")) / level
			}))
			l.say("\n90 days instead of none change what dependent SMEs (%d in all seeds, as of June) sell after the closure by %s of what they would have sold.", l.count("open", asOf, dependent), gain.Percent())
			l.Expect(gain, "90 days' notice changes what they sell by %s", gain.Percent())
		},
	}
}

// elsewhere is on how many platforms other than TikTok dependent SMEs list at a date: the mean over those of all seeds.
func (l *Lab) elsewhere(arm, asOf, date string) float64 {
	smes, shops := 0, 0
	for _, r := range l.Runs[arm] {
		i := week(r, date)
		for j := range r.Panel {
			m := &r.Panel[j]
			if s := share(r, m, asOf); math.IsNaN(s) || !dependent(m, s) || m.Weeks[i] == nil {
				continue
			}
			smes++
			shops += bits.OnesCount16(m.Weeks[i].Lists & (1<<market.Platforms - 1) &^ (1 << market.TikTok))
		}
	}
	return float64(shops) / float64(smes)
}
