package lab

import (
	"pasar/agents/market"
	"pasar/scenarios/results/measure"
	"pasar/scenarios/say"
)

// Flows are who pays whom and whose goods go where, by week: Rp of the real market.
type Flows struct {
	Money []Link
	Goods []Link
}

// A Link is a flow between two groups.
type Link struct {
	From   string  `json:"from"`
	To     string  `json:"to"`
	Values Numbers `json:"values"` // by date

	sums []float64
}

// The groups between which money and goods flow, beside the storefronts.
const (
	Buyers    = "buyers"
	SMEs      = "smes"
	Creators  = "creators"
	Fees      = "fees"
	UnderWay  = "under_way" // paid in an earlier week, and handed on in this one
	SMEPrefix = "smes_"     // SMEs by type
)

// flows reads them off the tallies. A storefront hands on what buyers pay: commissions to creators and fees to platforms, as they fall due
// when an order is settled, and the rest to SMEs, now or when it is settled. Fees of a platform that takes the orders of several storefronts
// are laid to them by their sales. Where more falls due than is sold, it comes from what was under way.
func flows(x *measure.Run) *Flows {
	f := &Flows{}
	weeks := x.FullWeeks()
	add := func(list *[]Link, from, to string, week int, v float64) {
		for i := range *list {
			if l := &(*list)[i]; l.From == from && l.To == to {
				l.sums[week] += v
				return
			}
		}
		l := Link{From: from, To: to, sums: make([]float64, len(weeks))}
		l.sums[week] = v
		*list = append(*list, l)
	}
	for i, w := range weeks {
		var sum []int64
		for _, row := range x.Rows[w.From:w.To] {
			if sum == nil {
				sum = make([]int64, len(row))
			}
			for c, n := range row {
				sum[c] += n
			}
		}
		scale := func(n int64) float64 { return float64(n) * x.W }
		var via [market.Direct]int64
		for shop := range market.Direct {
			for p := range market.Direct {
				via[p] += sum[market.GMVCell(shop, p)]
			}
		}
		for shop := range market.Direct {
			if !x.There(shop) {
				continue
			}
			name := shop.String()
			var sales int64
			fees := 0.
			for p := range market.Direct {
				n := sum[market.GMVCell(shop, p)]
				sales += n
				switch {
				case via[p] > 0:
					fees += scale(sum[market.FeeCell(p)]) * float64(n) / float64(via[p])
				case p == shop:
					fees += scale(sum[market.FeeCell(p)])
				}
			}
			creators := scale(sum[market.AffCell(shop)])
			rest := scale(sales) - fees - creators
			add(&f.Money, Buyers, name, i, scale(sales))
			add(&f.Money, UnderWay, name, i, max(-rest, 0))
			add(&f.Money, name, SMEs, i, max(rest, 0))
			add(&f.Money, name, Creators, i, creators)
			add(&f.Money, name, Fees, i, fees)
			for y := range market.Types {
				add(&f.Goods, SMEPrefix+y.String(), name, i, scale(sum[market.TypeCell(shop, y)]))
			}
			add(&f.Goods, name, Buyers, i, scale(sales))
		}
	}
	return f
}

// MeanFlows are flows over replications; nil stands for one that is not done.
func MeanFlows(done []*Reading) (dates []string, f Flows) {
	n := 0
	for _, r := range done {
		if r == nil {
			continue
		}
		n++
		if dates == nil {
			dates = r.Dates
		}
		f.Money, f.Goods = plus(f.Money, r.Flows.Money), plus(f.Goods, r.Flows.Goods)
	}
	for _, list := range [][]Link{f.Money, f.Goods} {
		for i := range list {
			for _, v := range list[i].sums {
				list[i].Values = append(list[i].Values, Number(v/float64(n)))
			}
		}
	}
	return dates, f
}

func plus(sum, more []Link) []Link {
	for _, l := range more {
		found := false
		for i := range sum {
			if s := &sum[i]; s.From == l.From && s.To == l.To {
				for w := range s.sums {
					s.sums[w] += l.sums[w]
				}
				found = true
			}
		}
		if !found {
			sum = append(sum, Link{From: l.From, To: l.To, sums: append([]float64(nil), l.sums...)})
		}
	}
	return sum
}

// A Node is a group between which something flows: payers, storefronts and receivers stand in columns 0 to 2.
type Node struct {
	ID     string `json:"id"`
	Column int    `json:"column"`
	Name   Text   `json:"name"`
}

// Nodes lists the groups of flows, in a fixed order.
func (f *Flows) Nodes() []Node {
	all := []Node{
		{Buyers, 0, Text{"Buyers", "Pembeli"}}, {UnderWay, 0, Text{"Paid in earlier weeks", "Dibayar pekan sebelumnya"}},
		{SMEs, 2, Text{"SMEs", "UMKM"}}, {Creators, 2, Text{"Creators", "Kreator"}}, {Fees, 2, Text{"Platform fees", "Biaya platform"}},
		{SMEPrefix + market.Local.String(), 0, Text{"Local SMEs", "UMKM lokal"}},
		{SMEPrefix + market.Import.String(), 0, Text{"Import resellers", "Penjual impor"}},
		{SMEPrefix + market.Brand.String(), 0, Text{"Brands", "Merek"}},
	}
	en, id := say.In("en"), say.In("id")
	for c := range market.Direct {
		for _, l := range f.Money {
			if l.To == c.String() {
				all = append(all, Node{l.To, 1, Text{en.Channel(c), id.Channel(c)}})
				break
			}
		}
	}
	return all
}
