package agents

import (
	"math"
	"testing"

	m "pasar/agents/market"
	"pasar/sim"
)

// A platform that opens later sells nothing before, then something, more and more; what it is like shows in what it sells: half a
// unit of utility less is fewer sales.
func TestNewcoOpens(t *testing.T) {
	p := params(flat, func(p *m.Params) { p.Platforms[m.Newco].Entry, p.Platforms[m.Newco].Hours, p.SME.Aware = 0, 0, .3 })
	d := SolveDelta(p)
	const at, end = 30, 150
	play := func(ahead int64, opens bool) (before, first, last float64, sellers int) {
		x := lab{p: p, delta: d, buyers: 2400, smes: 80, start: 10, days: end, seed: 3, free: true}
		if opens {
			x.rules = []m.Rule{{From: at * m.Day, Lever: m.Checkout, On: m.Newco, Value: 1},
				{From: at * m.Day, Lever: m.Like, On: m.Newco, Value: int64(m.Tokopedia) + 1}, {From: at * m.Day, Lever: m.Ahead, On: m.Newco, Value: ahead}}
		}
		o := x.run(t)
		for _, s := range sim.State[SME](o.w, o.k.SMEs) {
			if s.Shop[m.Newco].Listed {
				sellers++
			}
		}
		gmv := func(from, to int64) float64 { g, _, _ := o.traded(from, to); return g[m.Newco] }
		return gmv(0, at), gmv(at, at+60), gmv(end-60, end), sellers
	}
	before, first, last, sellers := play(0, true)
	if before != 0 || first == 0 || last <= first || sellers < 5 {
		t.Errorf("newco sells Rp %.0f before it opens, then %.0f and %.0f, with %d SMEs", before, first, last, sellers)
	}
	t.Logf("Rp %.0f, then %.0f and %.0f, %d SMEs", before, first, last, sellers)
	if _, _, less, _ := play(-500_000, true); less >= last {
		t.Errorf("a worse one sells Rp %.0f, not less than %.0f", less, last)
	}
	if b, f, l, n := play(0, false); b+f+l != 0 || n != 0 {
		t.Errorf("one that never opens sells Rp %.0f and has %d SMEs", b+f+l, n)
	}
}

// Buyers who begin late do nothing online before their day, and do from then on; all others are as they would be without them.
func TestLateBuyers(t *testing.T) {
	p := params(flat)
	p.Growth.LateShare, p.Growth.LateMid, p.Growth.LateScale = .3, 40, 10
	x := lab{p: p, delta: solved(p), buyers: 1500, smes: 100, start: 20, days: 200, seed: 5}
	begins := map[sim.ID]sim.Time{}
	draws := 0
	x.more = func(_ *m.World, k *Common) {
		for i := range x.buyers {
			var b Buyer
			k.draw(func(s sim.Stream, n uint32) sim.Luck { return sim.NewLuck(x.seed, m.LotBuyer, s, uint32(i), n) }, &b)
			if b.Adopt > 0 {
				begins[k.Buyers.ID(i)] = b.Adopt
				draws++
			}
		}
	}
	early, late := 0, 0
	x.rec = recorder(func(e *m.Event) {
		if at, ok := begins[e.From]; ok && e.Kind == m.Placed {
			if e.Said < at {
				early++
			} else {
				late++
			}
		}
	})
	o := x.run(t)
	waiting := 0
	for _, b := range o.buyersOf() {
		if b.Adopt > 0 {
			waiting++
		}
	}
	if share := float64(draws) / float64(x.buyers); early != 0 || late == 0 || math.Abs(share-.3) > .05 || waiting >= draws/4 {
		t.Errorf("%d late buyers: %d orders before their day, %d after; %d still wait", draws, early, late, waiting)
	}
}

// Prices offline give way by a step a month while purchases are well below what is usual, to a floor, and come back.
func TestPricesOffline(t *testing.T) {
	k := &Streets{&Common{Market: &m.Market{P: params()}}}
	s := &Street{Street: m.Calm()}
	for g := range s.First {
		for r := range s.First[g] {
			s.First[g][r], s.Index[g][r], s.Usual[g][r] = 100, .8, 1
		}
	}
	s.First[1][1] = 1 // too few to tell
	k.reprice(s)
	if s.Price[0][0] != .98 || s.Price[1][1] != 1 {
		t.Errorf("after a month %v, and %v where nobody buys", s.Price[0][0], s.Price[1][1])
	}
	for range 12 {
		s.Usual[0][0] = 1
		k.reprice(s)
	}
	if s.Price[0][0] != .8 {
		t.Errorf("the floor is .8, the price %v", s.Price[0][0])
	}
	s.Index[0][0] = 1
	for range 12 {
		k.reprice(s)
	}
	if s.Price[0][0] != 1 {
		t.Errorf("when sales are back the price is %v", s.Price[0][0])
	}
}

// "κ ↑ ⇒ HHI ↑ (tipping) in symmetric worlds": six platforms that are alike; one pays vouchers of .25 for half a year, and what
// variety it gains then is what κ multiplies. Five seeds.
func TestV32_VarietyTips(t *testing.T) {
	if testing.Short() {
		t.Skip("ten worlds of a year")
	}
	p := params(flat, noContent, func(p *m.Params) {
		for c := range m.Newco {
			p.Platforms[c] = p.Platforms[m.Shopee]
			p.Platforms[c].Views, p.Platforms[c].ViewsTo, p.Platforms[c].ViewsMost, p.Platforms[c].Sellers = 0, 0, 0, 1./6
			p.Intent[c].Share, p.Intent[c].Tilt = .41/6, p.Intent[m.WhatsApp].Tilt
		}
	})
	d := SolveDelta(p)
	wins, mean := 0, 0.0
	for seed := range uint64(5) {
		var hhi [2]float64
		for i, kappa := range []float64{0, 1} {
			q := *p
			q.Choice.Kappa = kappa
			x := lab{p: &q, delta: d, buyers: 1500, smes: 200, start: 20, days: 330, seed: 100 + seed, free: true,
				rules: []m.Rule{{From: 30 * m.Day, Lever: m.VoucherMore, On: m.Lazada, Value: 250_000}, {From: 210 * m.Day, Lever: m.VoucherMore, On: m.Lazada}}}
			gmv, _, all := x.run(t).traded(240, 330)
			for c := range m.Platforms {
				hhi[i] += 1e4 * (gmv[c] / all) * (gmv[c] / all)
			}
		}
		t.Logf("seed %d: HHI %.0f with κ 0, %.0f with κ 1", seed, hhi[0], hhi[1])
		mean += (hhi[1] - hhi[0]) / 5
		if hhi[1] > hhi[0] {
			wins++
		}
	}
	if mean <= 0 || wins < 4 {
		t.Errorf("HHI is higher with κ 1 in %d of 5 worlds, by %.0f on average", wins, mean)
	}
}
