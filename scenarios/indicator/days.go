package indicator

import (
	"math"

	"pasar/agents/market"
	"pasar/sim"
)

// Daily computes the daily indicators: the metrics of the tallies, then what follows from them.
func (r *Published) Daily() []Series {
	var all []Series
	for _, m := range market.Metrics() {
		s := Series{Name: m.Name, By: m.By, Unit: m.Unit, Keys: m.Keys}
		for key := range m.Keys {
			s.Values = append(s.Values, m.Values(r.Rows, key, r.W))
		}
		all = append(all, s)
	}
	owner := Series{Name: "gmv", By: "owner", Unit: "IDR", Keys: market.OwnerKeys(), Values: grid(len(market.OwnerKeys()), len(r.Rows))}
	list, derived := ratios(), []Series(nil)
	for _, x := range list {
		derived = append(derived, Blank(x.name, x.by, x.unit, x.keys, len(r.Rows)))
	}
	for d := range r.Rows {
		x := r.Sums(d, d+1)
		for o, v := range x.Owner {
			owner.Values[o][d] = v
		}
		for i := range list {
			for key, values := range derived[i].Values {
				values[d] = finite(list[i].value(x, key))
			}
		}
	}
	return append(append(all, owner), append(r.together(all), derived...)...)
}

// together adds up the platforms: where several worlds are compared, one number each.
func (r *Published) together(all []Series) (out []Series) {
	for _, s := range all {
		if s.By != "storefront" || s.Name != "gmv" && s.Name != "orders" {
			continue
		}
		sum := Series{Name: s.Name, By: "platforms", Unit: s.Unit, Keys: []string{"all"}, Values: grid(1, len(r.Rows))}
		for c := range market.Tracked {
			for d, v := range s.Of(c.String()) {
				sum.Values[0][d] += v
			}
		}
		out = append(out, sum)
	}
	return out
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
	bought, linked float64                   // orders from content
	kept           [market.Platforms]float64 // Rp of fees and advertising
	n              counts
}

// counts are what ratios are made of, in the units of the real market.
type counts struct {
	orders, placed, rejected [market.Direct]float64
	found, intents           [market.Platforms]float64    // orders of searches, and needs that chose the platform
	shown, sold              [market.Platforms][2]float64 // views and orders by format: video, live
	views, taken             [market.Platforms]float64    // and in all, links included
	types                    [market.Types]float64        // Rp
	offline                  float64                      // Rp
}

// Sums adds up the days from one up to but not including another.
func (r *Published) Sums(from, to int) *Sums {
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
			x.Shop[shop] += float64(float64(n) * r.W)
		}
		at := sim.Time(r.First+int64(d)) * market.Day
		for v, n := range via {
			x.Via[v] += float64(float64(n) * r.W)
			if market.Channel(v) < market.Platforms {
				for o, share := range r.Rules.Owners(market.Channel(v), at) {
					x.Owner[o] += float64(float64(n) * r.W * share)
				}
			}
		}
		for app := range market.Platforms {
			x.kept[app] += float64(float64(row[market.FeeCell(app)]+row[market.AdCell(app)]) * r.W)
			x.bought += float64(float64(row[market.BoughtCell(app)]) * r.W)
			x.linked += float64(float64(row[market.LinkedCell(app)]) * r.W)
		}
		x.n.add(r, row)
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

// finite is a value, or not a number: a part of nothing.
func finite(v float64) float64 {
	if math.IsInf(v, 0) {
		return math.NaN()
	}
	return v
}

func total(v []float64) (sum float64) {
	for _, x := range v {
		sum += x
	}
	return sum
}
