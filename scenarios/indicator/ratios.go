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

// Ratios are the indicators that follow from sums: one value for each key.
func (x *Sums) Ratios() []Series {
	list := func(name, by, unit string, keys []string, value func(i int) float64) Series {
		s := Series{Name: name, By: by, Unit: unit, Keys: keys}
		for i := range keys {
			s.Values = append(s.Values, one(value(i)))
		}
		return s
	}
	hhi := func(by string, parts []float64) Series {
		return list("hhi", by, "points", []string{""}, func(int) float64 { return HHI(parts) })
	}
	single := func(name, unit string, part, whole float64) Series {
		return list(name, "", unit, []string{""}, func(int) float64 { return part / whole })
	}
	tracked, direct, n := market.ChannelKeys(market.Tracked), market.ChannelKeys(market.Direct), &x.n
	gmv, goods := x.All(), total(n.types[:])
	apps := market.ChannelKeys(market.Platforms)
	return []Series{
		list("share", "storefront", "share", tracked, func(i int) float64 { return x.Share(market.Channel(i)) }),
		list("share", "processor", "share", tracked, func(i int) float64 { return x.Via[i] / x.Tracked() }),
		list("share", "owner", "share", market.OwnerKeys(), func(i int) float64 { return x.Owner[i] / x.Tracked() }),
		hhi("storefront", x.Shop[:market.Tracked]), hhi("processor", x.Via[:market.Tracked]), hhi("owner", x.Owner[:]),
		single("off_platform_share", "share", gmv-x.Tracked(), gmv),
		single("offline_share", "share", n.offline, n.offline+gmv),
		single("link_share", "share", x.linked, x.bought),
		single("local_sme_share", "share", n.types[market.Local], goods), single("import_share", "share", n.types[market.Import], goods),
		single("aov", "IDR/order", gmv, total(n.orders[:])),
		list("aov", "storefront", "IDR/order", direct, func(i int) float64 { return x.Shop[i] / n.orders[i] }),
		single("reject_rate", "share", total(n.rejected[:]), total(n.placed[:])),
		list("reject_rate", "storefront", "share", direct, func(i int) float64 { return n.rejected[i] / n.placed[i] }),
		list("take_rate", "platform", "share", apps, func(i int) float64 { return x.kept[i] / x.Via[i] }),
		list("conv_search", "storefront", "share", tracked, func(i int) float64 { return n.found[i] / n.intents[i] }),
		list("conv_view", "app", "share", apps, func(i int) float64 { return n.taken[i] / n.views[i] }),
		list("conv_video", "app", "share", apps, func(i int) float64 { return n.sold[i][0] / n.shown[i][0] }),
		list("conv_live", "app", "share", apps, func(i int) float64 { return n.sold[i][1] / n.shown[i][1] }),
	}
}
