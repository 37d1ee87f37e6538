package indicator

import "pasar/agents/market"

// add adds a day.
func (n *counts) add(r *Published, row []int64) {
	real := func(v int64) float64 { return float64(v) * r.W }
	for c := range market.Direct {
		for via := range market.Direct {
			n.orders[c] += real(row[market.OrdersCell(c, via)])
		}
		n.placed[c] += real(row[market.PlacedCell(c)])
		n.rejected[c] += real(row[market.RejectCell(c)])
		for y := range market.Types {
			n.types[y] += real(row[market.TypeCell(c, y)])
		}
	}
	for a := range market.Platforms {
		n.found[a] += real(row[market.ModeCell(a, market.Search)] + row[market.ModeCell(a, market.ShopTab)])
		n.intents[a] += real(row[market.IntentCell(a)])
		views, video := real(row[market.KeptCell(a)])/market.ViewUnit, r.P.Platforms[a].Video
		n.views[a] += views
		n.shown[a][0] += float64(views * video)
		n.shown[a][1] += float64(views * (1 - video))
		n.sold[a][0] += real(row[market.ModeCell(a, market.Video)])
		n.sold[a][1] += real(row[market.ModeCell(a, market.Live)])
		n.taken[a] += real(row[market.BoughtCell(a)])
	}
	n.offline += real(row[market.CounterCell(market.OfflineSales)])
}

// A ratio is an indicator that follows from sums: one value for each key.
type ratio struct {
	name, by, unit string
	keys           []string
	value          func(x *Sums, key int) float64
}

// ratios lists them in the order of the outputs.
func ratios() []ratio {
	tracked, direct, apps := market.ChannelKeys(market.Tracked), market.ChannelKeys(market.Direct), market.ChannelKeys(market.Platforms)
	list := func(name, by, unit string, keys []string, value func(x *Sums, i int) float64) ratio {
		return ratio{name, by, unit, keys, value}
	}
	hhi := func(by string, parts func(x *Sums) []float64) ratio {
		return list("hhi", by, "points", []string{""}, func(x *Sums, _ int) float64 { return HHI(parts(x)) })
	}
	single := func(name, unit string, value func(x *Sums) float64) ratio {
		return list(name, "", unit, []string{""}, func(x *Sums, _ int) float64 { return value(x) })
	}
	ofGoods := func(y market.Type) func(x *Sums) float64 {
		return func(x *Sums) float64 { return x.n.types[y] / total(x.n.types[:]) }
	}
	return []ratio{
		list("share", "storefront", "share", tracked, func(x *Sums, i int) float64 { return x.Share(market.Channel(i)) }),
		list("share", "processor", "share", tracked, func(x *Sums, i int) float64 { return x.Via[i] / x.Tracked() }),
		list("share", "owner", "share", market.OwnerKeys(), func(x *Sums, i int) float64 { return x.Owner[i] / x.Tracked() }),
		hhi("storefront", func(x *Sums) []float64 { return x.Shop[:market.Tracked] }),
		hhi("processor", func(x *Sums) []float64 { return x.Via[:market.Tracked] }),
		hhi("owner", func(x *Sums) []float64 { return x.Owner[:] }),
		single("off_platform_share", "share", func(x *Sums) float64 { return (x.All() - x.Tracked()) / x.All() }),
		single("offline_share", "share", func(x *Sums) float64 { return x.n.offline / (x.n.offline + x.All()) }),
		single("link_share", "share", func(x *Sums) float64 { return x.linked / x.bought }),
		single("local_sme_share", "share", ofGoods(market.Local)), single("import_share", "share", ofGoods(market.Import)),
		single("aov", "IDR/order", func(x *Sums) float64 { return x.All() / total(x.n.orders[:]) }),
		list("aov", "storefront", "IDR/order", direct, func(x *Sums, i int) float64 { return x.Shop[i] / x.n.orders[i] }),
		single("reject_rate", "share", func(x *Sums) float64 { return total(x.n.rejected[:]) / total(x.n.placed[:]) }),
		list("reject_rate", "storefront", "share", direct, func(x *Sums, i int) float64 { return x.n.rejected[i] / x.n.placed[i] }),
		list("take_rate", "platform", "share", apps, func(x *Sums, i int) float64 { return x.kept[i] / x.Via[i] }),
		list("conv_search", "storefront", "share", tracked, func(x *Sums, i int) float64 { return x.n.found[i] / x.n.intents[i] }),
		list("conv_view", "app", "share", apps, func(x *Sums, i int) float64 { return x.n.taken[i] / x.n.views[i] }),
		list("conv_video", "app", "share", apps, func(x *Sums, i int) float64 { return x.n.sold[i][0] / x.n.shown[i][0] }),
		list("conv_live", "app", "share", apps, func(x *Sums, i int) float64 { return x.n.sold[i][1] / x.n.shown[i][1] }),
	}
}

// Ratios are the indicators that follow from sums.
func (x *Sums) Ratios() (all []Series) {
	for _, r := range ratios() {
		s := Blank(r.name, r.by, r.unit, r.keys, 1)
		for key := range r.keys {
			s.Values[key][0] = finite(r.value(x, key))
		}
		all = append(all, s)
	}
	return all
}
