package measure

import (
	"math"

	"pasar/agents/market"
	"pasar/sim"
)

// days computes the daily indicators: the metrics of the tallies, then what follows from them.
func (r *Run) days() []Series {
	var all []Series
	for _, m := range market.Metrics() {
		s := Series{Name: m.Name, By: m.By, Unit: m.Unit, Keys: m.Keys}
		for key := range m.Keys {
			values := make([]float64, len(r.Rows))
			for d, row := range r.Rows {
				values[d] = m.Value(row, key, r.W)
			}
			s.Values = append(s.Values, values)
		}
		all = append(all, s)
	}
	owner := Series{Name: "gmv", By: "owner", Unit: "IDR", Keys: market.OwnerKeys(), Values: grid(len(market.OwnerKeys()), len(r.Rows))}
	derived := none.Ratios()
	for i := range derived {
		derived[i].Values = grid(len(derived[i].Keys), len(r.Rows))
	}
	for d := range r.Rows {
		x := r.Sums(d, d+1)
		for o, v := range x.Owner {
			owner.Values[o][d] = v
		}
		for i, s := range x.Ratios() {
			for key := range s.Keys {
				derived[i].Values[key][d] = s.Values[key][0]
			}
		}
	}
	return append(append(all, owner), derived...)
}

func grid(keys, n int) [][]float64 {
	g := make([][]float64, keys)
	for i := range g {
		g[i] = make([]float64, n)
	}
	return g
}

// Sums are the amounts of a stretch of days from which shares and concentration follow: GMV in Rp by storefront, by processor
// and by who owned the processor on the day.
type Sums struct {
	Shop, Via      [market.Direct]float64
	Owner          [market.Owners]float64
	bought, linked float64 // orders from content
}

var none Sums

// Sums adds up the days from one up to but not including another.
func (r *Run) Sums(from, to int) *Sums {
	x := &Sums{}
	for d := from; d < to; d++ {
		row := r.Rows[d]
		var via [market.Direct]int64
		for shop := range market.Direct {
			var n int64
			for v := range market.Direct {
				gmv := row[market.GMVCell(shop, v)]
				n += gmv
				via[v] += gmv
			}
			x.Shop[shop] += float64(n) * r.W
		}
		at := sim.Time(r.First+int64(d)) * market.Day
		for v, n := range via {
			x.Via[v] += float64(n) * r.W
			if market.Channel(v) < market.Platforms {
				for o, share := range r.Book.Owners(market.Channel(v), at) {
					x.Owner[o] += float64(float64(n) * r.W * share)
				}
			}
		}
		for app := range market.Platforms {
			x.bought += float64(row[market.BoughtCell(app)]) * r.W
			x.linked += float64(row[market.LinkedCell(app)]) * r.W
		}
	}
	return x
}

// Tracked is the GMV of the platforms, whichever way it is counted.
func (x *Sums) Tracked() float64 { return total(x.Shop[:market.Tracked]) }

// All is the GMV of platforms and direct channels.
func (x *Sums) All() float64 { return total(x.Shop[:]) }

// Share is a storefront's share of the platforms' GMV.
func (x *Sums) Share(c market.Channel) float64 { return x.Shop[c] / x.Tracked() }

// HHI is the concentration of parts: 10,000 is one alone.
func HHI(parts []float64) float64 {
	sum, h := total(parts), 0.0
	for _, v := range parts {
		h += float64(1e4 * (v / sum) * (v / sum))
	}
	return h
}

// Ratios are the indicators that follow from sums: one value for each key.
func (x *Sums) Ratios() []Series {
	share := Series{Name: "share", By: "storefront", Unit: "share", Keys: market.ChannelKeys(market.Tracked)}
	for c := range market.Tracked {
		share.Values = append(share.Values, one(x.Share(c)))
	}
	hhi := func(by string, parts []float64) Series {
		return Series{Name: "hhi", By: by, Unit: "points", Keys: []string{""}, Values: [][]float64{one(HHI(parts))}}
	}
	single := func(name string, part, whole float64) Series {
		return Series{Name: name, Unit: "share", Keys: []string{""}, Values: [][]float64{one(part / whole)}}
	}
	return []Series{
		share, hhi("storefront", x.Shop[:market.Tracked]), hhi("processor", x.Via[:market.Tracked]), hhi("owner", x.Owner[:]),
		single("off_platform_share", x.All()-x.Tracked(), x.All()), single("link_share", x.linked, x.bought),
	}
}

// one is a list of one value; a part of nothing is not a number.
func one(v float64) []float64 {
	if math.IsInf(v, 0) {
		v = math.NaN()
	}
	return []float64{v}
}

func total(v []float64) (sum float64) {
	for _, x := range v {
		sum += x
	}
	return sum
}
