package measure

import (
	"math"
	"testing"

	"pasar/agents/market"
	"pasar/sim/num"
)

// near fails if two numbers differ by more than rounding.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9*max(1, math.Abs(want)) {
		t.Errorf("%s is %.12g, not %.12g", what, got, want)
	}
}

// flat is what is counted where a view leads to a purchase with probability prob, and, once it cannot, a link to a market or a chat is
// followed with odds smaller by e^ψ; a tenth as visible while it can.
func flat(v *[market.Channels]float64, open uint16, p *market.ChoiceParams, prob, psi, chat float64) Diversion {
	x := Diversion{Shop: market.TikTok, Days: 30, Views: 1e6, Tab: 3e4}
	const visible = .1
	buy := prob / (1 - prob)
	links := visible * buy * (num.Exp(-psi) + num.Exp(-chat))
	all := 1 + buy + links
	x.Content, x.Links = x.Views*buy/all, x.Views*links/all
	x.Landed[market.Shopee], x.Landed[market.WhatsApp] = 7*num.Exp(-psi), 7*num.Exp(-chat)
	x.Landed[market.TikTok] = 1e9 // from other apps
	for c, s := range market.Shares(v, open, p) {
		x.Needs[c] = 5e5 * s
	}
	return x
}

// "DR = [ D·( R·w_m + ρ(1−R)·s_on ) + T·Δs_on/s_T ] / (D + T)" (§14.3), with R by ψ and the shares by the nested logit itself.
func TestIdentity(t *testing.T) {
	v := [market.Channels]float64{-.3, .6, .4, -.3, -.6, -.8, 0, -1, -1.2, 1.5, .3}
	const open = 1<<market.Channels - 1
	for _, tau := range []float64{1, .6, .2} {
		for _, rho := range []float64{0, .5, 1} {
			p := market.ChoiceParams{TauOnline: tau, TauDirect: .8}
			const prob, psi, chat = .1, 1.31, 2.5
			x := flat(&v, open, &p, prob, psi, chat)
			got, ok := x.Identity(rho, tau, 10)
			if !ok {
				t.Fatal("there is no identity")
			}
			before, after := market.Shares(&v, open, &p), market.Shares(&v, open&^(1<<market.TikTok), &p)
			odds := prob / (1 - prob) * (num.Exp(-psi) + num.Exp(-chat))
			r := (odds/(1+odds) - x.Links/x.Views) / (x.Content / x.Views)
			wm := num.Exp(-psi) / (num.Exp(-psi) + num.Exp(-chat))
			var on, more float64
			for c := market.Shopee; c < market.Platforms; c++ {
				on += after[c]
				more += after[c] - before[c]
			}
			near(t, "R", got.Kept, r)
			near(t, "w_m", got.ToMarkets, wm)
			near(t, "s_on", got.On, on)
			near(t, "Δs_on", got.More, more)
			near(t, "s_T", got.Tabs, before[market.TikTok])
			near(t, "DR", got.Ratio, (x.Content*(r*wm+rho*(1-r)*on)+x.Tab*more/before[market.TikTok])/(x.Content+x.Tab))
			gain := x.Content*(r*(1-wm)+rho*(1-r)*after[market.WhatsApp]) + x.Tab*(after[market.WhatsApp]-before[market.WhatsApp])/before[market.TikTok]
			near(t, "chat's gain", got.Gain[market.WhatsApp], gain/(x.Content+x.Tab))
			sum := got.Gain[market.TikTok]
			for _, g := range got.Gain[:market.Platforms] {
				sum += g
			}
			near(t, "the platforms' gains", sum, got.Ratio)
		}
	}
}

// Without ρ, links or a nest, the shop tab's needs alone go elsewhere, in proportion to all shares: independence of irrelevant alternatives.
func TestIdentityWithoutNests(t *testing.T) {
	x := Diversion{Shop: market.TikTok, Days: 1, Content: 1, Tab: 3, Views: 100, Links: 1}
	x.Landed[market.Shopee] = 1
	x.Needs[market.TikTok], x.Needs[market.Shopee], x.Needs[market.Tokopedia], x.Needs[market.Offline] = 10, 20, 30, 40
	i, ok := x.Identity(0, 1, 1)
	near(t, "R where links are no more visible than before", i.Kept, (1./98/(1+1./98)-.01)/.01)
	for c, want := range map[market.Channel]float64{market.Shopee: .2 / .9 * .75, market.Tokopedia: .3 / .9 * .75} {
		if c == market.Shopee {
			want += .25 * i.Kept
		}
		near(t, c.String(), i.Gain[c], want)
	}
	if !ok {
		t.Error("there is no identity")
	}
	for name, empty := range map[string]func(x *Diversion){
		"orders": func(x *Diversion) { x.Content = 0 }, "links": func(x *Diversion) { x.Links = 0 }, "needs": func(x *Diversion) { x.Needs[market.TikTok] = 0 },
		"rivals": func(x *Diversion) { x.Needs[market.Shopee], x.Needs[market.Tokopedia] = 0, 0 }, "days": func(x *Diversion) { x.Days = 0 },
	} {
		y := x
		empty(&y)
		if _, ok := y.Identity(0, 1, 1); ok {
			t.Errorf("without %s there is an identity", name)
		}
	}
	if _, ok := x.Identity(0, 1, math.Inf(1)); ok {
		t.Error("from no links at all there is an identity")
	}
}

// What two runs count is what is counted in both, and doubling all counts changes no share.
func TestDiversionAdds(t *testing.T) {
	r := played()
	w := Window{From: 100, To: 260}
	one := r.Diversion(market.TikTok, w)
	both := r.Diversion(market.TikTok, Window{From: 100, To: 180})
	both.Add(r.Diversion(market.TikTok, Window{From: 180, To: 260}))
	near(t, "views", both.Views, one.Views)
	both.Views = one.Views // a sum of fractions
	if one != both || one.Content == 0 || one.Tab == 0 || one.Views == 0 || one.Needs[market.TikTok] == 0 {
		t.Fatalf("%+v is not %+v", both, one)
	}
	both.Add(one)
	a, _ := one.Identity(.65, .6, 5)
	b, _ := both.Identity(.65, .6, 5)
	near(t, "DR of two", b.Ratio, a.Ratio)
	near(t, "orders a day of two", b.Content, a.Content)
}

// The others' shares among themselves stay, and the total does.
func TestProportional(t *testing.T) {
	sales := []float64{30, 50, 10, math.NaN(), 10, 0}
	got, sum := Proportional(sales, 0), 0.0
	for i, want := range []float64{-30, 30 * 50. / 70, 30 * 10. / 70, math.NaN(), 30 * 10. / 70, 0} {
		if math.IsNaN(want) {
			if !math.IsNaN(got[i]) {
				t.Errorf("a storefront that is not there gains %g", got[i])
			}
			continue
		}
		near(t, "change", got[i], want)
		sum += got[i]
	}
	near(t, "all changes", sum, 0)
}
