package main

// E6 asks whether the pilot let SMEs resume.
func e6() Experiment {
	arms := []Arm{{"open", "no-ban", nil}, {"never reopened", "ban", nil}, {"no caps (deal)", "deal", nil}, {"caps as they were", "pilot", nil},
		{"caps at 10 %", "pilot", []string{"pilot.caps.share_of_pre=.1"}}, {"caps until June", "pilot", []string{"pilot.caps.ramp_to_none=2024-06-15"}}, {"revoked in April", "revoked", nil}}
	return Experiment{
		ID: "e6", Claim: "The pilot lets SMEs resume their sales.",
		Source:    "S0, 12 December 2023",
		Design:    "pilot with caps on orders of several kinds, deal (no caps) and ban (never) against no-ban; sales of SMEs that sold half or more on TikTok.",
		Falsifier: "under the pilot dependent SMEs sell no more from February to June 2024 than if it never reopened",
		Buyers:    4000, Seeds: 8, Arms: arms,
		Read: func(l *Lab) {
			rows := [][]string{{"dependent SMEs, sales", "closed", "Dec and Jan", "Feb and Mar", "Apr to Jun", "all SMEs, Dec to Jun"}}
			for _, a := range arms[1:] {
				if !l.Has(a.Name) {
					continue
				}
				e := func(from, to string) string { return l.Effect(a.Name, "open", dependent, sales, from, to).Percent() }
				rows = append(rows, []string{a.Name, e("2023-10-05", "2023-12-12"), e("2023-12-12", "2024-02-01"), e("2024-02-01", "2024-04-01"), e("2024-04-01", ""),
					l.Effect(a.Name, "open", everyone, sales, "2023-12-12", "").Percent()})
			}
			l.Table(rows)
			gain := l.Effect("caps as they were", "never reopened", dependent, sales, "2024-02-01", "")
			l.say("\nFrom February on dependent SMEs (%d in all seeds) sell %s under the pilot against never reopening.", l.count("open", known, dependent), gain.Percent())
			l.Expect(gain, "the pilot against never reopening: %s", gain.Percent())
		},
	}
}
