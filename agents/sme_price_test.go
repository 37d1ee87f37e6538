package agents

import (
	"math"
	"testing"

	m "pasar/agents/market"
	"pasar/sim"
)

// opening is the SMEs of a market on its first day: with the past that they begin with.
func opening(t *testing.T, change ...func(*m.Params)) (*out, []SME) {
	p := params(append([]func(*m.Params){flat}, change...)...)
	o := (&lab{p: p, delta: &m.Delta{}, buyers: 300, smes: 2500, start: 5, days: 1, seed: 7, free: true}).run(t)
	return o, sim.State[SME](o.w, o.k.SMEs)
}

// "V-16 Monopolistic pricing with logit_foc, s_j→0: price = mc/(1-f) + P̄/α; pass-through of f as given". The share s of one among
// those that a buyer compares is known; it is below .02 where most SMEs are, and the price of each is mc/(1-f) + P̄/(α(1-s)), with mc the cost of the goods, packing and the fixed fee, and f
// commission, payment fee and what creators get; those that the floor or the ceiling of prices holds are left out. A commission that is
// 5 pp higher raises it by mc/(1-f-.05) - mc/(1-f). And no other price earns more: on a grid around it, profit under logit demand is largest there.
func TestV16_MonopolisticPricing(t *testing.T) {
	base := func(p *m.Params) {
		p.SME.PriceRule, p.Choice.K0 = 2, 1e9
		p.Buyer.AlphaCV = 0
		p.SME.AdStep, p.SME.AdMost = 0, 0
	}
	dear := func(p *m.Params) {
		base(p)
		for c := range p.Platforms {
			p.Platforms[c].Commission += .05
		}
	}
	o, all := opening(t, base)
	_, more := opening(t, dear)
	seen, passed := 0, 0
	for i := range all {
		s, tr := &all[i], &o.k.Traits[i]
		for c := range m.Platforms {
			p := &s.Shop[c]
			if !p.Listed {
				continue
			}
			v, g := &o.k.P.Platforms[c], &o.k.P.Categories[tr.Good]
			mc := float64(tr.Cost) + o.k.P.SME.Pack + v.Fixed
			f := func(commission float64) float64 {
				f := commission*g.FeeFactor + o.k.P.Order.Payment
				if v.Views > 0 {
					f += float64(s.Rate) / 1e4 / 2
				}
				return f
			}
			rivals := o.k.Rivals[c][tr.Good]
			formula := func(f float64) float64 { return mc/(1-f) + g.Price/(o.k.P.Buyer.AlphaMean*(1-1/rivals)) }
			want, after := formula(f(v.Commission)), formula(f(v.Commission+.05))
			low := (float64(tr.Cost) + o.k.P.SME.Pack) / (1 - v.Commission*g.FeeFactor - .05*g.FeeFactor - o.k.P.Order.Payment - float64(s.Rate)/1e4) * 1.02
			if after > 3*float64(tr.Cost) || want < low {
				continue // the ceiling, or the floor
			}
			seen++
			if math.Abs(float64(p.Price)-want) > 2 {
				t.Fatalf("SME %d in %s asks Rp %d, the formula says %.1f", i, c, p.Price, want)
			}
			if got := float64(more[i].Shop[c].Price - p.Price); more[i].Rate == s.Rate {
				passed++
				if math.Abs(got-(after-want)) > 2 {
					t.Fatalf("SME %d in %s raises its price by Rp %.0f, the formula says %.1f", i, c, got, after-want)
				}
			}
			profit := func(price float64) float64 {
				return ((1-f(v.Commission))*price - mc) / (1 + (rivals-1)*math.Exp(o.k.P.Buyer.AlphaMean*(price-want)/g.Price))
			}
			if profit(float64(p.Price)) < profit(want*1.02) || profit(float64(p.Price)) < profit(want*.98) {
				t.Fatalf("SME %d in %s could earn more at another price", i, c)
			}
		}
	}
	if seen < 1000 || passed < 1000 {
		t.Errorf("only %d and %d prices seen", seen, passed)
	}
}

// "wclr mean price within 1.00–1.20 of it" (V-16): after a year and a half of trials on logit demand, by orders a week. Those with few
// orders learn little from them, and their prices wander. The same trials with `fixed` leave every price at its start.
func TestV16_TrialAndError(t *testing.T) {
	base := func(p *m.Params) {
		p.Choice.K0, p.Buyer.AlphaCV = 1e9, 0
		p.Buyer.NeedRate *= 300 // so that there are SMEs with many orders
		p.SME.AdStep, p.SME.AdMost = 0, 0
	}
	o, all := opening(t, base)
	_, still := opening(t, base, func(p *m.Params) { p.SME.PriceRule = 1 })
	edges := []float64{2, 10, 40, math.Inf(1)}
	var sum, profit, n [4]float64
	for i := range all {
		s, tr := &all[i], &o.k.Traits[i]
		for c := range m.Platforms {
			p := &s.Shop[c]
			if !p.Listed {
				continue
			}
			g := &o.k.P.Categories[tr.Good]
			f := o.k.P.Platforms[c].Commission*g.FeeFactor + o.k.P.Order.Payment
			if o.k.P.Platforms[c].Views > 0 {
				f += float64(s.Rate) / 1e4 / 2
			}
			mc := float64(tr.Cost) + o.k.P.SME.Pack + o.k.P.Platforms[c].Fixed
			rivals := o.k.Rivals[c][tr.Good]
			best := mc/(1-f) + g.Price/(o.k.P.Buyer.AlphaMean*(1-1/rivals))
			if best > 2.4*float64(tr.Cost) { // the ceiling of three times the cost would be near
				continue
			}
			earns := func(price float64) float64 {
				return ((1-f)*price - mc) / (1 + (rivals-1)*math.Exp(o.k.P.Buyer.AlphaMean*(price-best)/g.Price))
			}
			size := 0
			for p.Orders > edges[size] {
				size++
			}
			n[size]++
			sum[size] += float64(p.Price) / best
			profit[size] += earns(float64(p.Price)) / earns(best)
			if ratio := float64(still[i].Shop[c].Price) / best; ratio < .6 || ratio > 1.6 {
				t.Errorf("SME %d in %s begins at %.2f of the formula's price", i, c, ratio)
			}
		}
	}
	for size := range n {
		ratio, share := sum[size]/n[size], profit[size]/n[size]
		t.Logf("up to %v orders a week: %.0f prices, %.3f of the formula's, %.2f of its profit", edges[size], n[size], ratio, share)
		if n[size] < 30 || ratio < 1 || ratio > 1.2 || size > 0 && share < .86 {
			t.Errorf("up to %v orders a week: %.0f prices, %.3f of the formula's, %.2f of its profit", edges[size], n[size], ratio, share)
		}
	}
}
