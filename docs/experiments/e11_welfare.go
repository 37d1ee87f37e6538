package main

import (
	"fmt"
	"slices"

	"pasar/scenarios/results/measure"
)

// E11 asks whether the verdict depends on what purchases from content are worth to those who make them.
func e11() Experiment {
	return Experiment{
		ID: "e11", Claim: "Most purchases from content are provoked, so that little is lost when they are not made.",
		Source:    "the argument behind T6, November 2023",
		Design:    "ban against no-ban, changes of surplus of buyers, SMEs, creators and platforms, with the surplus of purchases from content counted at 0, a half and in full.",
		Falsifier: "of the claim that the weight matters: the sign of the sum is the same and clear at all weights",
		Buyers:    5000, Seeds: 12, Until: "2024-03-31", Arms: []Arm{{"open", "no-ban", nil}, {"ban", "ban", nil}},
		Read: func(l *Lab) {
			lines := func(r *measure.Run, keys ...string) (sum float64) {
				for _, g := range r.Welfare(measure.Window{To: r.Days()}) {
					if slices.Contains(keys, g.Key) {
						sum += float64(g.Sim) * r.W
					}
				}
				return sum
			}
			parts := []struct {
				name  string
				keys  []string
				delta []float64
			}{
				{name: "SMEs", keys: []string{"local_smes", "import_resellers", "brands"}}, {name: "creators", keys: []string{"creators"}},
				{name: "platforms and their owners", keys: []string{"platforms_domestic", "platforms_foreign", "owners_domestic", "owners_foreign"}},
				{name: "buyers, needs", keys: []string{"cs_need"}}, {name: "buyers, content", keys: []string{measure.Discovery}},
			}
			for i := range parts {
				p := &parts[i]
				p.delta = l.Each(func(seed int) float64 {
					return lines(l.Runs["ban"][seed], p.keys...) - lines(l.Runs["open"][seed], p.keys...)
				})
			}
			rows := [][]string{{"ban against no-ban, to March 2024", "Rp bn"}}
			for _, p := range parts {
				rows = append(rows, []string{p.name, Over(p.delta).Number(1e9)})
			}
			signs := map[string]bool{}
			for _, weight := range []float64{0, .5, 1} {
				m := Over(l.Each(func(i int) (sum float64) {
					for j, p := range parts {
						if w := 1.0; j == len(parts)-1 {
							sum += weight * p.delta[i]
						} else {
							sum += w * p.delta[i]
						}
					}
					return sum
				}))
				sign := "unclear"
				if m.Above(0) {
					sign = "gain"
				} else if m.Below(0) {
					sign = "loss"
				}
				signs[sign] = true
				rows = append(rows, []string{fmt.Sprintf("sum, content at %g", weight), m.Number(1e9) + "  " + sign})
			}
			l.Table(rows)
			l.say("\nLines are those of the welfare tables of reports (model §10): what a group has more in hand, and the surplus of buyers less what they pay. Stocks of SMEs, suppliers, logistics and the state\nare left out.")
			switch {
			case signs["unclear"]:
				l.vague = append(l.vague, "the sign of the sum")
			case len(signs) == 1:
				l.Falsified("the sum has one sign at all weights")
			}
		},
	}
}
