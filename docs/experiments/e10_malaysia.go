package main

// E10 compares the same rule in two markets.
func e10() Experiment {
	return Experiment{
		ID: "e10", Claim: "Malaysia studies the rule: is Indonesia a template?",
		Source:    "S1, November 2023",
		Design:    "each market with the rule against itself without it, in the ten weeks after its own closure. Malaysia has two rivals instead of five; its parameters are assumptions.",
		Falsifier: "nothing: there is no claim to falsify, only a comparison",
		Buyers:    4000, Seeds: 10, Until: "2024-06-30",
		Arms: []Arm{{"ID open", "no-ban", nil}, {"ID ban", "ban", nil}, {"MY open", "malaysia-copies", []string{"copy.probability=0"}}, {"MY ban", "malaysia-copies", []string{"copy.probability=1"}}},
		Read: func(l *Lab) {
			rows := [][]string{{"ten weeks after the closure", "TikTok in GMV before", "GMV of platforms", "SMEs, sales", "lost for each rupiah of TikTok", "dependent SMEs, sales"}}
			for _, x := range [][4]string{{"ID", "2023-10-05", "2023-12-14", "2023-09-12"}, {"MY", "2024-04-04", "2024-06-13", "2024-01-16"}} {
				open, ban := x[0]+" open", x[0]+" ban"
				lost := Over(l.Each(func(i int) float64 {
					a, b := l.Runs[ban][i], l.Runs[open][i]
					from, to := day(a, x[1]), day(a, x[2])
					with, without := a.Sums(from, to), b.Sums(from, to)
					return (without.All() - with.All()) / without.Shop[0]
				}))
				before := Over(l.Each(func(i int) float64 {
					r := l.Runs[open][i]
					return r.Sums(day(r, x[3])-56, day(r, x[3])).Share(0)
				}))
				platforms := Over(l.Each(func(i int) float64 {
					a, b := l.Runs[ban][i], l.Runs[open][i]
					from, to := day(a, x[1]), day(a, x[2])
					return a.Sums(from, to).Tracked()/b.Sums(from, to).Tracked() - 1
				}))
				rows = append(rows, []string{x[0], before.Share(), platforms.Percent(), l.EffectAsOf(x[3], ban, open, everyone, sales, x[1], x[2]).Percent(), lost.Number(1),
					l.EffectAsOf(x[3], ban, open, dependent, sales, x[1], x[2]).Percent()})
			}
			l.Table(rows)
			l.say("\nLost for each rupiah: what all online channels together sell less, over what TikTok Shop would have sold. Dependent SMEs in all seeds: %d and %d.",
				l.count("ID open", known, dependent), l.count("MY open", "2024-01-16", dependent))
		},
	}
}
