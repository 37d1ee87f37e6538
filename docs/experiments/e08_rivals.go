package main

import "pasar/agents/market"

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
			rows := [][]string{append([]string{"share by owner"}, market.OwnerKeys()...)}
			rows[0] = append(rows[0], "HHI")
			for _, arm := range []string{"no-ban", "ban", "deal"} {
				row := []string{arm}
				for _, key := range market.OwnerKeys() {
					row = append(row, Over(l.Each(func(i int) float64 { return daily(l.Runs[arm][i], "share", "owner", key, from, to) })).Share())
				}
				rows = append(rows, append(row, Over(l.Each(func(i int) float64 { return daily(l.Runs[arm][i], "hhi", "owner", "", from, to) })).Number(1)))
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
