package agents

import (
	"math"
	"testing"

	m "pasar/agents/market"
	"pasar/sim"
)

// Tests of the demand side against closed forms (model.md §14.2): the whole market runs, with supply frozen.

// "κ=0, habits/trust/learning/adverts off, equal sellers, no discovery, ample stock ⇒ channel shares = nested-logit formula."
// Delivery times stay in, so the formula differs by region; needs weigh buyers by their rate. What is chosen is also ordered.
func TestV09_AnalyticShares(t *testing.T) {
	p := params(flat, rich, alike, calm, noContent, func(p *m.Params) { p.Buyer.Delivery = .1 })
	x := &lab{p: p, buyers: 3000, smes: 120, start: 1, days: 250, seed: 3,
		delta: needs([m.Channels]float64{-.6, 1.2, .8, -.2, -.5, -1, 0, 0, -1.5, 1.7, .2})}
	o := x.run(t)
	got := o.intents(1, o.days)
	var want [m.Channels]float64
	var n int64
	var all float64
	for _, b := range o.buyersOf() {
		var v [m.Channels]float64
		for c := range m.Direct {
			v[c] = x.delta.Need[0][c] - p.Buyer.Delivery*(o.k.Days(c, b.Region)-3)
		}
		v[m.Offline], v[m.Defer] = x.delta.Need[0][m.Offline], x.delta.Need[0][m.Defer]
		for c, s := range m.Shares(&v, there, &p.Choice) {
			want[c] += s * float64(b.Rate)
		}
		all += float64(b.Rate)
	}
	for c := range got {
		n += got[c]
	}
	if live := o.sum(1, o.days, m.CounterCell(m.Needs)); n != live || got[m.WhatsApp] != 0 || got[m.Newco] != 0 {
		t.Errorf("%d channels chosen for %d needs, WhatsApp %d times", n, live, got[m.WhatsApp])
	}
	for c := range m.Channels {
		if c == m.WhatsApp || c == m.Newco {
			continue
		}
		near(t, c.String(), got[c], n, want[c]/all)
		if placed := o.sum(1, o.days, m.PlacedCell(min(c, m.Web))); c < m.Platforms && placed != got[c] {
			t.Errorf("%s is chosen %d times, and %d orders are placed", c, got[c], placed)
		}
	}
}

// only is constants with which one channel has all needs.
func only(c m.Channel) *m.Delta {
	var v [m.Channels]float64
	for i := range v {
		v[i] = -60
	}
	v[c] = 60
	return needs(v)
}

// "One platform, no outside option ⇒ share 1; purchases per buyer = λ_need (Poisson mean/variance)." All buyers have the same
// rate here; 10⁴ of them for 30 days.
func TestV12_OnePlatformPoisson(t *testing.T) {
	p := params(flat, rich, alike, calm, noContent, func(p *m.Params) { p.Buyer.NeedCV = 0 })
	x := &lab{p: p, delta: only(m.Shopee), buyers: 10_000, smes: 100, start: 1, days: 31, seed: 5}
	count := map[sim.ID]float64{}
	x.rec = recorder(func(e *m.Event) {
		if e.Kind == m.Accepted && e.Msg.Placed >= uint32(m.Day) {
			count[e.To]++
		}
	})
	x.days++ // the last orders are answered a day later
	o := x.run(t)
	placed := o.sum(1, o.days-1, m.PlacedCell(m.Shopee))
	if live := o.sum(1, o.days-1, m.CounterCell(m.Needs)); placed != live || o.intents(1, o.days-1)[m.Shopee] != live {
		t.Errorf("share is not 1: %d needs, %d orders", live, placed)
	}
	rate := p.Buyer.NeedRate / 30.4 * 31 // Accepted from the second day to the end
	n := float64(x.buyers)
	var mean, variance float64
	for i := range x.buyers {
		mean += count[o.k.Buyers.ID(i)] / n
	}
	for i := range x.buyers {
		d := count[o.k.Buyers.ID(i)] - mean
		variance += d * d / (n - 1)
	}
	z1 := (mean - rate) / math.Sqrt(rate/n)
	z2 := (variance/mean - 1) / math.Sqrt(2/n) // of the index of dispersion
	if math.Abs(z1) > 4 || math.Abs(z2) > 4 {
		t.Errorf("purchases a buyer: mean %.4f, λ %.4f (z %.1f); variance/mean %.4f (z %.1f)", mean, rate, z1, variance/mean, z2)
	}
	t.Logf("mean %.4f, λ %.4f, z %.2f; variance/mean %.4f, z %.2f", mean, rate, z1, variance/mean, z2)
}

// recorder makes a function a Recorder, for one shard.
type recorder func(e *m.Event)

func (f recorder) Record(_ int, _ int64, events []m.Event) {
	for i := range events {
		f(&events[i])
	}
}

// content lets TikTok show content of which everyone who sees it buys with one probability, and others none: no affinity, match,
// format, followed host or first use matters.
func content(p *m.Params) {
	noContent(p)
	p.Platforms[m.TikTok].Views, p.Platforms[m.TikTok].ViewsTo = .8, .8
	for c := range p.Platforms {
		p.Platforms[c].Member = 2 // everyone is a member, also those of little affinity
	}
	d := &p.Disc
	d.Match, d.Follow, d.FirstUse, d.Lambda, d.PsiLearn, d.SupplyExp = 0, 0, 0, 0, 0, 0
	p.SME.MoreChans = 60 // everyone sells everywhere
	p.SME.LiveDisc = 0
}

// converting sets the probability with which a view on TikTok leads to an order.
func converting(d *m.Delta, probability float64) *m.Delta {
	u := math.Log(probability / (1 - probability))
	d.Buy[m.TikTok] = [2]float64{u, u}
	return d
}

// "Displacement ρ=0/1: in a discovery-only perturbation, need orders fall by exactly ρ·discovery orders (±1/√n)." The world
// without content is the one to compare with; all live needs are bought on Shopee. Content ends on day 100, so that what was
// displaced has time to show. Buyers have many needs and equal affinity, so that no counter reaches its limit of 3, which the
// formula does not know.
func TestV13_Displacement(t *testing.T) {
	if testing.Short() {
		t.Skip("four worlds with many needs")
	}
	run := func(rho float64, show bool) *out {
		p := params(flat, rich, alike, calm, content, func(p *m.Params) {
			p.Disc.Rho, p.Buyer.NeedRate, p.Buyer.NeedCV, p.Buyer.Affinity = rho, 40, 0, 100
		})
		x := &lab{p: p, delta: converting(only(m.Shopee), .04), buyers: 1000, smes: 80, start: 1, days: 130, seed: 11}
		x.rules = closing(m.TikTok, 100*m.Day, 0)
		x.rules = append(x.rules, m.Rule{Lever: m.Linkout, On: m.TikTok, Value: 0})
		if !show {
			x.rules = append(x.rules, m.Rule{Lever: m.Checkout, On: m.TikTok, Value: 0})
		}
		return x.run(t)
	}
	base := run(0, false)
	for _, rho := range []float64{0, .5, 1} {
		o := run(rho, true)
		bought := o.modes(0, o.days, m.TikTok, m.Video, m.Live)
		before, after := base.modes(0, o.days, m.Shopee, m.Search), o.modes(0, o.days, m.Shopee, m.Search)
		voided, displaced := o.sum(0, o.days, m.CounterCell(m.Voided)), o.sum(0, o.days, m.CounterCell(m.Displacements))
		waiting := int64(0)
		for _, b := range o.buyersOf() {
			for _, n := range b.Disp {
				waiting += int64(n)
			}
		}
		fell := before - after
		if displaced != voided+waiting || fell != voided || 100*waiting > displaced { // exact
			t.Errorf("ρ=%v: of %d displaced needs %d were voided and %d wait; need orders fell by %d", rho, displaced, voided, waiting, fell)
		}
		share, root := float64(fell+waiting)/float64(bought), 1/math.Sqrt(float64(bought))
		if math.Abs(share-rho) > 4*root*math.Sqrt(rho*(1-rho)) || bought < 2500 {
			t.Errorf("ρ=%v: need orders fell by %.4f of %d discovery orders", rho, share, bought)
		}
		t.Logf("ρ=%v: %d discovery orders, need orders fell by %d, %d wait: %.4f; 1/√n is %.4f", rho, bought, fell, waiting, share, root)
	}
}

// "Link-out retention with one target, ℓ=1, everyone member ⇒ odds ratio e^{−ψ}", for three ψ. In one world views sell and do
// not link, in the other they link and do not sell. The first must sell with the probability that was set, too.
func TestV15_LinkoutOdds(t *testing.T) {
	const prob = .08
	odds := func(psi float64, links bool) (float64, int64) {
		p := params(flat, rich, alike, calm, content, func(p *m.Params) {
			p.Disc.PsiMarket, p.Disc.Rho = psi, 0
			for g := range p.Categories { // content shows fashion, and everyone who shows anything shows some
				p.Categories[g].Views = 0
			}
			p.Categories[0].Views, p.Platforms[m.TikTok].Match = 1, 0
		})
		x := &lab{p: p, delta: converting(only(m.Offline), prob), buyers: 1500, smes: 120, start: 1, days: 70, seed: 13}
		x.rules = []m.Rule{{Lever: m.Linkout, On: m.TikTok, Value: 0}}
		if links {
			x.rules = closing(m.TikTok, 0, 1)
		}
		o := x.run(t)
		views := float64(o.sum(1, o.days, m.KeptCell(m.TikTok))) / m.ViewUnit
		n := o.sum(1, o.days, m.BoughtCell(m.TikTok))
		if linked := o.sum(1, o.days, m.LinkedCell(m.TikTok)); links && linked != n || !links && linked != 0 {
			t.Errorf("%d orders from content, %d by links", n, linked)
		}
		share := float64(n) / views
		return share / (1 - share), n
	}
	for _, psi := range []float64{.5, 1.31, 2.2} {
		sell, n := odds(psi, false)
		link, k := odds(psi, true)
		z := (sell/(1+sell) - prob) / (prob / math.Sqrt(float64(n)))
		ratio, err := math.Log(link/sell), math.Sqrt(1/float64(n)+1/float64(k))
		if math.Abs(ratio+psi) > 4*err || math.Abs(z) > 4 {
			t.Errorf("ψ=%v: odds ratio e^%.4f from %d sales and %d links (z %.1f); sales z %.1f", psi, ratio, n, k, (ratio+psi)/err, z)
		}
		t.Logf("ψ=%v: odds ratio e^%.4f ± %.4f; views sell %.4f, z %.2f", psi, ratio, err, sell/(1+sell), z)
	}
}
