package main

// E5 asks whether the rule protects whom it is meant to protect, beside other rules with the same aim.
func e5() Experiment {
	arms := []Arm{{"open", "no-ban", nil}, {"ban", "ban", nil}, {"import floor", "import-floor-only", nil}, {"no sales below cost", "anti-dumping", nil}, {"data apart", "data-separation", nil}}
	return Experiment{
		ID: "e5", Claim: "The rule protects small local merchants, offline ones too, and shoppers' data.",
		Source:    "S0, S2, the government",
		Design:    "ban, import-floor-only, anti-dumping and data-separation against no-ban, from October 2023 to March 2024.",
		Falsifier: "under the ban local SMEs earn clearly less than without it, or no more than under an alternative",
		Buyers:    5000, Seeds: 8, Until: "2024-03-31", Arms: arms,
		Read: func(l *Lab) {
			from := "2023-10-05"
			rows := [][]string{{"rule", "local SMEs, income", "local SMEs, sales", "offline sales", "imports in GMV, points", "GMV of platforms"}}
			best, ban := "", l.Effect("ban", "open", local, income, from, "")
			for _, a := range arms[1:] {
				if !l.Has(a.Name) {
					continue
				}
				m := l.Effect(a.Name, "open", local, income, from, "")
				rows = append(rows, []string{a.Name, m.Percent(), l.Effect(a.Name, "open", local, sales, from, "").Percent(), l.Shift(a.Name, "open", "offline_sales", "", "", from, "").Percent(),
					l.Shift(a.Name, "open", "import_share", "", "", from, "").Number(.01), l.tracked(a.Name, "open", from).Percent()})
				if a.Name != "ban" && m.Mean > ban.Mean {
					best = a.Name
				}
			}
			l.Table(rows)
			l.say("\nLocal SMEs: %d in all seeds. Income is what is settled, less goods, packing and overhead. What privacy is worth to shoppers is not in the model.", l.count("open", known, local))
			if ban.Below(0) {
				l.Falsified("local SMEs earn %s under the ban", ban.Percent())
			} else if !ban.Above(0) {
				l.vague = append(l.vague, "local SMEs earn "+ban.Percent()+" under the ban")
			}
			if best != "" {
				l.Falsified("%s leaves local SMEs with more than the ban does", best)
			}
		},
	}
}

// tracked is by how much the GMV of all platforms differs.
func (l *Lab) tracked(arm, base, from string) Mean {
	return Over(l.Each(func(i int) float64 {
		sum := func(arm string) float64 {
			r := l.Runs[arm][i]
			return r.Sums(day(r, from), r.Days()).Tracked()
		}
		return sum(arm)/sum(base) - 1
	}))
}
