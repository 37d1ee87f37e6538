package measure

import (
	"math"

	"pasar/agents/market"
	"pasar/sim/num"
)

// A Diversion is what is counted, while a storefront is open, to say by the diversion identity where its orders would go (§14.3). All are
// numbers of the simulation, added up over days.
type Diversion struct {
	Shop         market.Channel
	Days         float64
	Content, Tab float64                  // D and T: orders from its content, and from its search or shop tab
	Views, Links float64                  // engaged views of its content, and orders by links out of it
	Landed       [market.Direct]float64   // orders by links, of all apps, by where they led: the app of a link is not counted there
	Needs        [market.Channels]float64 // by the channel chosen
}

// Diversion counts in a window.
func (r *Run) Diversion(shop market.Channel, w Window) (x Diversion) {
	x.Shop, x.Days = shop, float64(w.To-w.From)
	for _, row := range r.Rows[w.From:w.To] {
		count := func(n *float64, modes ...market.Mode) {
			for _, m := range modes {
				*n += float64(row[market.ModeCell(shop, m)])
			}
		}
		count(&x.Content, market.Video, market.Live)
		count(&x.Tab, market.Search, market.ShopTab)
		x.Views += float64(row[market.KeptCell(shop)]) / market.ViewUnit
		x.Links += float64(row[market.LinkedCell(shop)])
		for c := range market.Direct {
			x.Landed[c] += float64(row[market.ModeCell(c, market.Link)])
		}
		for c := range market.Channels {
			x.Needs[c] += float64(row[market.IntentCell(c)])
		}
	}
	return x
}

// Add adds what another run counted.
func (x *Diversion) Add(o Diversion) {
	x.Days += o.Days
	x.Content, x.Tab = x.Content+o.Content, x.Tab+o.Tab
	x.Views, x.Links = x.Views+o.Views, x.Links+o.Links
	for c := range x.Landed {
		x.Landed[c] += o.Landed[c]
	}
	for c := range x.Needs {
		x.Needs[c] += o.Needs[c]
	}
}

// An Identity is the static nested logit's answer to where the orders of a closed storefront go (§14.3): no habit, price or
// supply moves, and all buyers are alike.
type Identity struct {
	Content, Tab float64                // D and T: orders of the simulation a day
	Kept         float64                // R: links followed for each order from content, beyond those that were followed before
	ToMarkets    float64                // w_m: share of links that lead to marketplaces
	Rho          float64                // ρ: share of purchases from content that stand for a need
	On, More     float64                // s_on: share of needs that choose a marketplace once it is closed, and by how much that is more
	Tabs         float64                // s_T: share of needs that chose it
	Gain         [market.Direct]float64 // of each storefront, as a share of what the closed one loses
	Ratio        float64                // DR: of the marketplaces together
}

// Identity works the identity out. Rho is ρ, tau the nest's parameter of the marketplaces, and visible by what factor links in the
// storefront's content are more visible once it is closed. R is not assumed but counted: among those who do not buy on the spot the
// odds of following a link are as before, but for how visible it is. Without orders, needs, or links to count there is none.
func (x *Diversion) Identity(rho, tau, visible float64) (i Identity, ok bool) {
	on, all, landed := 0.0, 0.0, 0.0
	for c, n := range x.Needs {
		all += n
		if market.Channel(c) < market.Platforms {
			on += n
		}
	}
	for c, n := range x.Landed {
		if market.Channel(c) != x.Shop {
			landed += n
		}
	}
	tab := x.Needs[x.Shop]
	if x.Days == 0 || x.Content == 0 || x.Links == 0 || landed == 0 || tab == 0 || on == tab || math.IsNaN(visible) || math.IsInf(visible, 0) {
		return i, false
	}
	i = Identity{Content: x.Content / x.Days, Tab: x.Tab / x.Days, Rho: rho, Tabs: tab / all}
	bought, linked := x.Content/x.Views, x.Links/x.Views
	odds := linked / (1 - bought - linked) * visible
	i.Kept = (odds/(1+odds) - linked) / bought

	// Closing one of a nest's alternatives leaves (1−q)^τ of its weight, q being its part of the nest.
	rest := 1 - tab/on
	left := num.Pow(rest, tau)
	nest := float64(on / all * left)
	open := nest + 1 - on/all
	for c := range market.Direct {
		if c == x.Shop {
			continue
		}
		was, now := x.Needs[c]/all, x.Needs[c]/all/open
		if c < market.Platforms {
			now *= left / rest
		}
		link := x.Landed[c] / landed
		moved := float64(i.Kept*link) + float64(rho*(1-i.Kept)*now)
		i.Gain[c] = (float64(x.Content*moved) + float64(x.Tab*(now-was)/i.Tabs)) / (x.Content + x.Tab)
		if c < market.Platforms {
			i.ToMarkets += link
			i.On += now
			i.More += now - was
			i.Ratio += i.Gain[c]
		}
	}
	return i, true
}

// Proportional spreads what a storefront sells over the others as they are (decisions E23): the change of each, which sum to 0.
func Proportional(sales []float64, shop int) []float64 {
	change, others := make([]float64, len(sales)), 0.0
	for i, v := range sales {
		if i != shop && !math.IsNaN(v) {
			others += v
		}
	}
	for i, v := range sales {
		change[i] = sales[shop] * v / others
	}
	change[shop] = -sales[shop]
	return change
}
