package main

import (
	"slices"

	"pasar/agents/market"
)

// E8 asks who is large a year after the deal.
func e8() Experiment {
	from, to := "2024-09-01", "2024-12-01"
	return Experiment{
		ID: "e8", Claim: "TikTok and Tokopedia together become a formidable competitor of Shopee and Lazada.",
		Source:    "S0, 12 December 2023",
		Design:    "deal against no-ban and ban, shares of GMV by owner of the processor from September to November 2024.",
		Falsifier: "a year on Bytedance's platforms together are smaller than Shopee in most seeds",
		Buyers:    3000, Seeds: 8, Until: "2024-12-01",
		Arms: []Arm{{"no-ban", "no-ban", nil}, {"ban", "ban", nil}, {"deal", "deal", nil}},
		Read: func(l *Lab) {
			arms := []string{"no-ban", "ban", "deal"}
			mean := func(arm, metric, key string) Mean {
				return Over(l.Each(func(i int) float64 { return daily(l.Runs[arm][i], metric, "owner", key, from, to) }))
			}
			owners := slices.DeleteFunc(market.OwnerKeys(), func(key string) bool { // of platforms that these worlds do not have
				return !slices.ContainsFunc(arms, func(arm string) bool { return mean(arm, "share", key).Mean > 0 })
			})
			rows := [][]string{append(append([]string{"share by owner"}, owners...), "HHI")}
			for _, arm := range arms {
				row := []string{arm}
				for _, key := range owners {
					row = append(row, mean(arm, "share", key).Share())
				}
				rows = append(rows, append(row, mean(arm, "hhi", "").Number(1)))
			}
			l.Table(rows)
			larger := 0
			for i := range l.Seeds {
				r := l.Runs["deal"][i]
				both := daily(r, "gmv", "processor", "tokopedia", from, to) + daily(r, "gmv", "processor", "tiktok", from, to)
				if both > daily(r, "gmv", "processor", "shopee", from, to) {
					larger++
				}
			}
			l.say("\nTikTok and Tokopedia process more than Shopee in %d of %d seeds. Rivals' vouchers and fees are held as they were.", larger, l.Seeds)
			if 2*larger < l.Seeds {
				l.Falsified("they are the larger in %d of %d seeds only", larger, l.Seeds)
			}
		},
	}
}
