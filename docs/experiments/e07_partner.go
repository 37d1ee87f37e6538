package main

import (
	"fmt"

	"pasar/agents/market"
	"pasar/scenarios/results/measure"
)

// E7 asks what the deal is to the partner.
func e7() Experiment {
	from := "2024-02-01"
	return Experiment{
		ID: "e7", Claim: "The deal is a risk for GoTo: it helps a rival into its house; and a chance.",
		Source:    "S1, November 2023",
		Design:    "deal against ban (never reopened), from February 2024 on: what Tokopedia's own app sells, what it processes, its fees less subsidies, and concentration by owner. Ambiguous beforehand: the distribution over seeds is the result.",
		Falsifier: "Tokopedia's own app does not lose, or Tokopedia processes no more than without the deal",
		Buyers:    4000, Seeds: 12, Arms: []Arm{{"ban", "ban", nil}, {"deal", "deal", nil}},
		Read: func(l *Lab) {
			own, all := l.Shift("deal", "ban", "gmv", "storefront", "tokopedia", from, ""), l.Shift("deal", "ban", "gmv", "processor", "tokopedia", from, "")
			keeps := func(r *measure.Run) float64 {
				margin := daily(r, "fees", "processor", "tokopedia", from, "") - daily(r, "subsidy", "processor", "tokopedia", from, "")
				goto_ := 1.0
				if t := r.Book.Owners(market.Tokopedia, r.Scenario.End-market.Day); t[market.GoTo] > 0 {
					goto_ = t[market.GoTo]
				}
				return margin * goto_
			}
			margin := Over(l.Each(func(i int) float64 { return keeps(l.Runs["deal"][i]) - keeps(l.Runs["ban"][i]) }))
			hhi := l.Shift("deal", "ban", "hhi", "owner", "", from, "")
			l.Table([][]string{{"deal against ban, from February 2024", ""}, {"Tokopedia's own app, GMV", own.Percent()}, {"processed by Tokopedia, GMV", all.Percent()},
				{"GoTo's part of fees less subsidies, Rp bn a day", margin.Number(1e9)}, {"HHI by owner, points", hhi.Number(1)}})
			row := "\nBy seed, own app and GoTo's part:"
			for i := range l.Seeds {
				a, b := l.Runs["deal"][i], l.Runs["ban"][i]
				row += fmt.Sprintf("  %+.1f %% %+.2f bn", 100*(daily(a, "gmv", "storefront", "tokopedia", from, "")/daily(b, "gmv", "storefront", "tokopedia", from, "")-1), (keeps(a)-keeps(b))/1e9)
			}
			l.say("%s", row)
			l.say("The price paid to GoTo and its later service fee are not in this part; vouchers are those of the file and do not answer.")
			l.Expect(Mean{-own.Mean, own.Half, own.N}, "its own app sells %s", own.Percent())
			l.Expect(all, "it processes %s", all.Percent())
		},
	}
}
