package main

// E9 asks how other ways out would have ended.
func e9() Experiment {
	arms := []Arm{{"never reopened", "ban", nil}, {"deal", "deal", nil}, {"deal falls through", "deal-falls-through", nil}, {"joint venture", "joint-venture", nil}, {"new platform", "new-platform", nil}, {"own licence", "licence-only", nil}}
	return Experiment{
		ID: "e9", Claim: "The deal could fall through; a joint venture or a new platform would have been other ways.",
		Source:    "S1, November 2023",
		Design:    "ways out of the ban against no-ban, from February 2024 on, in order of what SMEs earn and of concentration by owner.",
		Falsifier: "never reopening is not the worst for SMEs that sold half or more on TikTok",
		Buyers:    4000, Seeds: 8, Arms: append([]Arm{{"open", "no-ban", nil}}, arms...),
		Read: func(l *Lab) {
			from := "2024-02-01"
			rows := [][]string{{"against no-ban, from February 2024", "SMEs, income", "dependent SMEs, sales", "HHI by owner, points"}}
			for _, a := range arms {
				if !l.Has(a.Name) {
					continue
				}
				m := l.Effect(a.Name, "open", dependent, sales, from, "")
				rows = append(rows, []string{a.Name, l.Effect(a.Name, "open", everyone, income, from, "").Percent(), m.Percent(), l.Shift(a.Name, "open", "hhi", "owner", "", from, "").Number(1)})
				if a.Name != "never reopened" {
					gain := l.Effect(a.Name, "never reopened", dependent, sales, from, "")
					l.Expect(gain, "dependent SMEs under %s against never reopening: %s", a.Name, gain.Percent())
				}
			}
			l.Table(rows)
		},
	}
}
