package main

import (
	"cmp"
	"slices"
)

// E5 asks whether the rule protects whom it is meant to protect, beside other rules with the same aim.
func e5() Experiment {
	vouchers := []string{"params.platform.tiktok.voucher=.25"} // the upper end of its range: some orders are below cost then
	arms := []Arm{{"ban", "ban", nil}, {"import floor", "import-floor-only", nil}, {"no sales below cost", "anti-dumping", nil}, {"the same, large vouchers", "anti-dumping", vouchers}, {"data apart", "data-separation", nil}}
	base := map[string]string{"the same, large vouchers": "large vouchers"} // of the others it is "open"
	return Experiment{
		ID: "e5", Claim: "The rule protects small local merchants, offline ones too, and shoppers' data.",
		Source:    "S0, S2, the government",
		Design:    "ban, import-floor-only, anti-dumping and data-separation against no-ban, from October 2023 to March 2024; anti-dumping also where TikTok Shop pays a quarter of a price, against no-ban with the same vouchers.",
		Falsifier: "under the ban local SMEs earn clearly less than without it, or no more than under an alternative",
		Buyers:    5000, Seeds: 8, Until: "2024-03-31", Arms: append(arms, Arm{"open", "no-ban", nil}, Arm{"large vouchers", "no-ban", vouchers}),
		Read: func(l *Lab) {
			from := "2023-10-05"
			rows := [][]string{{"rule", "local SMEs, income", "local SMEs, sales", "offline sales", "imports in GMV, points", "GMV of platforms"}}
			ban := l.Effect("ban", "open", local, income, from, "")
			var idle []string
			for _, a := range arms {
				if !l.Has(a.Name) {
					continue
				}
				without := cmp.Or(base[a.Name], "open")
				m, platforms := l.Effect(a.Name, without, local, income, from, ""), l.tracked(a.Name, without, from)
				rows = append(rows, []string{a.Name, m.Percent(), l.Effect(a.Name, without, local, sales, from, "").Percent(), l.Shift(a.Name, without, "offline_sales", "", "", from, "").Percent(),
					l.Shift(a.Name, without, "import_share", "", "", from, "").Number(.01), platforms.Percent()})
				if platforms.Mean == 0 && platforms.Half == 0 {
					idle = append(idle, a.Name)
				}
			}
			l.Table(rows)
			for _, name := range idle {
				l.say("\n%s changes nothing here: nobody does what it forbids.", name)
			}
			l.say("\nLocal SMEs: %d in all seeds. Income is what is settled, less goods, packing and overhead. What privacy is worth to shoppers is not in the model.", l.count("open", known, local))
			if ban.Below(0) {
				l.Falsified("local SMEs earn %s under the ban", ban.Percent())
			} else if !ban.Above(0) {
				l.vague = append(l.vague, "local SMEs earn "+ban.Percent()+" under the ban")
			}
			for _, a := range arms {
				if a.Name == "ban" || base[a.Name] != "" || slices.Contains(idle, a.Name) {
					continue
				}
				switch m := l.Effect(a.Name, "ban", local, income, from, ""); {
				case m.Above(0):
					l.Falsified("%s leaves local SMEs with more than the ban does: %s", a.Name, m.Percent())
				case !m.Below(0):
					l.vague = append(l.vague, a.Name+" leaves local SMEs "+m.Percent()+" beside the ban")
				}
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
