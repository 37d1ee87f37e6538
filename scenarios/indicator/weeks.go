package indicator

import (
	"math"

	"pasar/agents/market"
)

// Weekly computes the weekly indicators from the Desk's counts. Numbers of agents and hours are of the real market; incomes
// are those of one SME or creator, in Rp of four weeks.
func (r *Published) Weekly() []Series {
	per := "IDR/4 weeks"
	var all []Series
	add := func(name, by, unit string, keys []string, value func(w *market.WeekRow, key int) float64) {
		s := Series{Name: name, By: by, Unit: unit, Keys: keys, Values: grid(len(keys), len(r.Count))}
		for key := range keys {
			for i := range r.Count {
				s.Values[key][i] = value(&r.Count[i], key)
			}
		}
		all = append(all, s)
	}
	single := func(name, unit string, value func(w *market.WeekRow) float64) {
		add(name, "", unit, []string{""}, func(w *market.WeekRow, _ int) float64 { return value(w) })
	}
	known := func(there bool, v int64, scale float64) float64 {
		if !there {
			return math.NaN()
		}
		return float64(v) * scale
	}
	of := func(n, whole int64) float64 { return finite(float64(n) / float64(whole)) }

	single("active", "SMEs", func(w *market.WeekRow) float64 { return float64(w.Active) * r.W })
	add("sme_income_median", "sme_type", per, names(market.Types), func(w *market.WeekRow, y int) float64 {
		return known(w.Active > 0 && r.SMEs[y] > 0, w.Median[y], 1)
	})
	add("sme_income", "quantile", per, []string{"p10", "p90"}, func(w *market.WeekRow, q int) float64 {
		return known(w.Active > 0, [2]int64{w.P10, w.P90}[q], 1)
	})
	single("gini_income", "share", func(w *market.WeekRow) float64 { return known(w.Active > 0, w.Gini, 1e-6) })
	single("top1_share", "share", func(w *market.WeekRow) float64 { return known(w.Active > 0, w.TopShare, 1e-6) })
	single("dependent_share", "share", func(w *market.WeekRow) float64 { return of(w.Depend, w.Active) })
	single("tiktok_dependent_share", "share", func(w *market.WeekRow) float64 { return of(w.DependTik, w.Active) })
	single("multi_home_sellers", "SMEs", func(w *market.WeekRow) float64 { return float64(w.MultiHome) * r.W })
	add("listed", "channel", "SMEs", market.ChannelKeys(market.Direct), func(w *market.WeekRow, c int) float64 {
		return float64(w.Listed[c]) * r.W
	})
	add("members", "channel", "buyers", market.ChannelKeys(market.Direct), func(w *market.WeekRow, c int) float64 {
		return float64(w.Members[c]) * r.W
	})
	for at, by := range []string{"category_java", "category_other"} {
		add("offline_index", by, "share", market.CategoryKeys(), func(w *market.WeekRow, g int) float64 {
			return known(w.Street[g][at] > 0, w.Street[g][at], 1e-6)
		})
	}
	add("offline_price", "category", "share", market.CategoryKeys(), func(w *market.WeekRow, g int) float64 {
		return float64(w.Prices[g][0]+w.Prices[g][1]) / 2e6
	})
	single("price_level", "share", func(w *market.WeekRow) float64 {
		return math.Pow(1+r.P.Growth.Inflation, float64(w.Day-r.First)/365)
	})
	single("live_hours", "hours a week", func(w *market.WeekRow) float64 { return float64(w.LiveHours) * r.W / 100 })
	add("creators_active", "tier", "creators", names(market.Tiers), func(w *market.WeekRow, t int) float64 {
		return known(r.Makers[t] > 0, w.Makers[t], r.W*r.Weight[t])
	})
	add("creators_income_median", "tier", per, names(market.Tiers), func(w *market.WeekRow, t int) float64 {
		return known(w.Makers[t] > 0, w.MakerMid[t], 1)
	})
	add("agents", "sme_type", "simulated", names(market.Types), func(_ *market.WeekRow, y int) float64 { return float64(r.SMEs[y]) })
	add("agents", "tier", "simulated", names(market.Tiers), func(w *market.WeekRow, t int) float64 { return float64(w.Makers[t]) })
	groups := func(by string, keys []string, row func(w *market.WeekRow, key int) *market.GroupRow) {
		add("sme_income_median", by, per, keys, func(w *market.WeekRow, key int) float64 {
			g := row(w, key)
			return known(g.Active > 0, g.Median, 1)
		})
		add("smes_active", by, "SMEs", keys, func(w *market.WeekRow, key int) float64 { return float64(row(w, key).Active) * r.W })
		add("smes_losing", by, "share", keys, func(w *market.WeekRow, key int) float64 { return of(row(w, key).Lost, row(w, key).Active) })
	}
	groups("sme_size", market.SizeKeys(), func(w *market.WeekRow, i int) *market.GroupRow { return &w.BySize[i] })
	groups("sme_region", market.RegionKeys(), func(w *market.WeekRow, i int) *market.GroupRow { return &w.ByRegion[i] })
	groups("sme_tiktok_tenth", market.TenthKeys(), func(w *market.WeekRow, i int) *market.GroupRow { return &w.ByTenth[i] })
	single("smes_losing", "share", func(w *market.WeekRow) float64 { return of(w.Lost, w.Active) })
	single("closures", "SMEs", func(w *market.WeekRow) float64 { return float64(w.Closures) * r.W })
	return all
}

// names are the keys of types or tiers.
func names[T interface {
	~uint8
	String() string
}](n T) []string {
	all := make([]string, n)
	for i := range n {
		all[i] = i.String()
	}
	return all
}
