package main

import (
	"fmt"
	"math"

	"pasar/agents/market"
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
			line := func(value func(r *measure.Run) float64) []float64 {
				return l.Each(func(i int) float64 { return value(l.Runs["ban"][i]) - value(l.Runs["open"][i]) })
			}
			parts := []struct {
				name  string
				delta []float64
			}{
				{"SMEs' and brands' cash", line(func(r *measure.Run) float64 { return holder(r, "smes") })}, {"creators' cash", line(func(r *measure.Run) float64 { return holder(r, "creators") })},
				{"platforms' cash", line(func(r *measure.Run) float64 { return holder(r, "platforms") })}, {"buyers, needs", line(needs)}, {"buyers, content", line(content)},
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
			l.say("\nSurplus of buyers is a first-order reading of the logits, P̄/(λ α) for each purchase from content, and for each need that chose TikTok and now has to choose again; what follows from there (habits,\nprices, needs that a purchase would have satisfied) is left out, and so are stocks of SMEs, suppliers, logistics and the state.")
			if len(signs) == 1 && !signs["unclear"] {
				l.Falsified("the sum has one sign at all weights")
			}
		},
	}
}

// holder is by how much a group's money changed over the run.
func holder(r *measure.Run, name string) float64 {
	all, _ := r.Ledger()
	for _, h := range all {
		if h.Name == name {
			return h.Change
		}
	}
	return math.NaN()
}

// value is what one utility is worth to a mean buyer, in Rp, at a price: P̄/(λ α), over the distribution of α.
func value(r *measure.Run, lambda, price float64) float64 {
	p := &r.Scenario.Params.Buyer
	return price / lambda * (1 + p.AlphaCV*p.AlphaCV) / p.AlphaMean
}

// needs is the surplus of having TikTok among the channels of a need.
func needs(r *measure.Run) (sum float64) {
	price := 0.0
	for _, g := range r.Scenario.Params.Categories {
		price += g.Price * g.Needs
	}
	for _, v := range measure.Get(r.Daily(), "intents", "channel").Of(market.TikTok.String()) {
		sum += v * value(r, r.Scenario.Params.Choice.Lambda, price)
	}
	return sum
}

// content is the surplus of purchases from content.
func content(r *measure.Run) (sum float64) {
	price := 0.0
	for _, g := range r.Scenario.Params.Categories {
		price += g.Price * g.Views
	}
	for _, app := range market.ChannelKeys(market.Platforms) {
		for _, v := range measure.Get(r.Daily(), "view_orders", "app").Of(app) {
			sum += v * value(r, r.Scenario.Params.Disc.Lambda, price)
		}
	}
	return sum
}
