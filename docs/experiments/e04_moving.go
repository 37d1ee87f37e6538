package main

import "fmt"

// E4 asks what makes moving easy.
func e4() Experiment {
	silent := []string{"params.platform.shopee.video=1", "params.platform.tokopedia.video=1", "params.platform.lazada.video=1"}
	return Experiment{
		ID: "e4", Claim: "Sellers should simply move: many platforms offer live selling.",
		Source:    "S3, the trade minister in October 2023",
		Design:    "ban against no-ban, where rivals have live selling and where their content is video only; and with ratings and followers that can be taken along (portability).",
		Falsifier: "dependent SMEs lose no more where rivals have no live selling",
		Buyers:    5000, Seeds: 10, Until: "2024-03-31",
		Arms: []Arm{{"live open", "no-ban", nil}, {"live", "ban", nil}, {"video open", "no-ban", silent}, {"video", "ban", silent}, {"portable", "portability", nil}},
		Read: func(l *Lab) {
			rows := [][]string{{"world", "dependent SMEs, sales", "all SMEs, sales", "recovered after, weeks", "never, seeds"}}
			effect := map[string]Mean{}
			for _, a := range [][2]string{{"live", "live open"}, {"video", "video open"}, {"portable", "live open"}} {
				if !l.Has(a[0]) {
					continue
				}
				effect[a[0]] = l.Effect(a[0], a[1], dependent, sales, "2023-10-05", "")
				weeks, never := l.Recovery(a[0], a[1], dependent, "2023-10-05")
				rows = append(rows, []string{a[0], effect[a[0]].Percent(), l.Effect(a[0], a[1], everyone, sales, "2023-10-05", "").Percent(), weeks.Number(1), fmt.Sprintf("%d of %d", never, l.Seeds)})
			}
			l.Table(rows)
			l.say("\nEach world is compared with itself without a ban; %d dependent SMEs in all seeds. Recovered: four weeks' sales at nine tenths of those without a ban.", l.count("live open", known, dependent))
			part := func(arm, base string, i int) float64 {
				return total(l.Runs[arm][i], known, dependent, sales, "2023-10-05", "") / total(l.Runs[base][i], known, dependent, sales, "2023-10-05", "")
			}
			l.Expect(Over(l.Each(func(i int) float64 { return part("live", "live open", i) - part("video", "video open", i) })),
				"without live selling elsewhere dependent SMEs lose %s, with it %s", effect["video"].Percent(), effect["live"].Percent())
		},
	}
}
