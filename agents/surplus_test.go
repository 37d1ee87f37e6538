package agents

import (
	"math"
	"testing"

	m "pasar/agents/market"
)

// The surplus of needs is P̄/(λ·α)·ln Σ exp(τ ln Σ e^{V/τ}) each (§7.4), that of views P̄/(λ_D·α)·ln(1 + ΣeU) each (§10), and both are
// counted from one in eight. What is saved for later comes back as a need, whose worth was counted when it was saved.
func TestSurplus(t *testing.T) {
	if testing.Short() {
		t.Skip("2,000 buyers")
	}
	const price, lambda, buy, save = 50_000, 1e-4, .1, .05
	v := [m.Channels]float64{-.3, .6, .4, -.3, -.6, -.8, 0, -60, -1.2, 1.5, .3}
	p := params(flat, rich, alike, calm, content, func(p *m.Params) {
		p.Choice.Lambda, p.Disc.Lambda, p.Buyer.AlphaCV, p.Disc.Rho = lambda, lambda, 0, 0
		for g := range p.Categories {
			p.Categories[g].Price = price
		}
	})
	delta := converting(needs(v), buy)
	delta.Save[m.TikTok] = math.Log(save)
	const days = 30
	x := &lab{p: p, delta: delta, buyers: 2000, smes: 120, start: 1, days: days, seed: 11, rules: []m.Rule{{Lever: m.Linkout, On: m.TikTok, Value: 0}}}
	o := x.run(t)
	rp := price / (lambda * p.Buyer.AlphaMean)
	one := func(c m.Counter) float64 { return float64(o.sum(0, days, m.CounterCell(c))) }
	near := func(what string, got, n, each float64) {
		t.Helper()
		t.Logf("%s: %.4g, each of %.0f would have %.4g", what, got/n, n, each)
		if n < 5000 || math.Abs(got/n/each-1) > .03 {
			t.Errorf("%s: %.4g on average of %.0f, not %.4g", what, got/n, n, each)
		}
	}
	near("needs", one(m.SurplusNeed), one(m.Needs), rp*m.LogSum(&v, there, &p.Choice))
	views := float64(o.sum(0, days, m.KeptCell(m.TikTok))) / m.ViewUnit
	near("views", one(m.SurplusView), views, rp*math.Log(1+buy/(1-buy)+save))
	if one(m.Saves) < 500 {
		t.Errorf("only %.0f views are saved", one(m.Saves))
	}
}
