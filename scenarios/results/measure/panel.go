package measure

import (
	"fmt"
	"math"
	"time"

	"pasar/agents/market"
	"pasar/scenarios/indicator"
	"pasar/scenarios/play"
	"pasar/sim"
)

// A Member is one tracked agent, with what it told about each week of Count; nil in weeks in which it did not exist yet.
type Member struct {
	Lot    sim.Lot
	Number uint32
	Weight float64 // real agents that it stands for
	Weeks  []*market.Trace
	SME    *market.Traits      // of an SME
	Maker  *market.MakerTraits // of a creator
}

// ID is the member's id in outputs: sme:1234.
func (m *Member) ID() string {
	return fmt.Sprintf("%s:%d", lotNames[m.Lot-market.LotBuyer], m.Number)
}

// Kind is what the member is: buyer, sme, creator.
func (m *Member) Kind() string { return lotNames[m.Lot-market.LotBuyer] }

var lotNames = [...]string{"buyer", "sme", "creator"}

// Sales are what the member sold (earned, spent) in each week, in Rp of the real market; 0 before it existed.
func (m *Member) Sales() []float64 {
	v := make([]float64, len(m.Weeks))
	for i, w := range m.Weeks {
		if w != nil {
			v[i] = float64(w.Sales) * m.Weight
		}
	}
	return v
}

// Size is the legal size of an SME, by a year's sales at the pace of the first eight weeks that it told about (UU 20/2008 as
// amended by PP 7/2021): the same in all worlds that part later. Empty if it told nothing.
func (m *Member) Size() string {
	var sum, n float64
	for _, w := range m.Weeks {
		if w != nil && n < 8 {
			sum += float64(w.Sales)
			n++
		}
	}
	if n == 0 {
		return ""
	}
	year := sum / n * 52
	for i, most := range []float64{2e9, 15e9, 50e9} {
		if year <= most {
			return Sizes[i]
		}
	}
	return Sizes[3]
}

// Sizes are the legal sizes.
var Sizes = []string{"micro", "small", "medium", "large"}

// panel puts what the sample told in order, by kind and number.
func (r *Run) panel() []Member {
	m := r.Market
	_, smes, w := play.Sizes(r.Scenario)
	traits, makers := market.NewTraits(m.P, m.Seed, smes), market.NewMakers(m.P, m.Seed, w)
	at := map[int64]int{}
	for i, c := range r.Count {
		at[c.Day] = i
	}
	var all []Member
	group := func(lot sim.Lot, g sim.Group, n, about int, weight func(i int) float64) {
		place, picked := map[sim.ID]int{}, 0
		from := len(all)
		for i := range g.N {
			if market.InSample(r.Scenario.Seed, lot, uint32(i), n, about) {
				place[g.ID(i)] = len(all)
				x := Member{Lot: lot, Number: uint32(i), Weight: weight(i), Weeks: make([]*market.Trace, len(r.Count))}
				switch lot {
				case market.LotSME:
					x.SME = &traits[i]
				case market.LotCreator:
					x.Maker = &makers[i]
				}
				all = append(all, x)
				if i < n {
					picked++
				}
			}
		}
		for i := from; i < len(all); i++ {
			all[i].Weight *= float64(n) / float64(max(picked, 1))
		}
		for i := range r.Sample {
			w, ok := at[r.Sample[i].Day]
			if !ok {
				continue
			}
			for j := range r.Sample[i].Rows {
				x := &r.Sample[i].Rows[j]
				if p, yes := place[x.Agent]; yes {
					all[p].Weeks[w] = &x.Trace
				}
			}
		}
	}
	group(market.LotSME, m.SMEs, smes, market.TrackedSMEs, func(int) float64 { return r.W })
	group(market.LotCreator, m.Makers, m.Makers.N, market.TrackedMakers, func(i int) float64 { return r.W * makers[i].Weight })
	group(market.LotBuyer, m.Buyers, m.Buyers.N, market.TrackedBuyers, func(int) float64 { return r.W })
	return all
}

// Dependence is how many bins there are of the share that an SME sold on TikTok.
const Dependence = 10

// DependenceKeys names the bins by per cent.
func DependenceKeys() []string {
	keys := make([]string, Dependence)
	for i := range keys {
		keys[i] = fmt.Sprintf("%d-%d", i*10, i*10+10)
	}
	return keys
}

// PreBan is the week of Count that says how much SMEs depended on TikTok: the last before the announcement of history, or before an
// earlier one, also in worlds in which nothing is announced, or later, so that they share it. -1 if the run does not reach it.
func (r *Run) PreBan() int {
	until := r.day(2023, time.September, 25)
	if first, found := r.announced(); found {
		until = min(until, r.floor(first))
	} else if closed := r.Closures(); len(closed) > 0 {
		until = min(until, r.floor(closed[0].From))
	}
	if until > r.Days() {
		return -1
	}
	for i := len(r.Count) - 1; i >= 0; i-- {
		if int(r.Count[i].Day-r.First) < until {
			return i
		}
	}
	return -1
}

// Bin is an SME's bin of dependence as of a week; -1 if it was not active then, or sold nothing.
func (m *Member) Bin(week int) int {
	if m.SME == nil || week < 0 || week >= len(m.Weeks) || m.Weeks[week] == nil || m.Weeks[week].Top == market.Channels {
		return -1
	}
	return min(int(m.Weeks[week].OnTik)*Dependence/10_000, Dependence-1)
}

// panelSeries are the weekly indicators that come from the sample.
func (r *Run) panelSeries() []Series {
	week, n := r.PreBan(), len(r.Count)
	sales := indicator.Blank("revenue", "dependence", "IDR/week", DependenceKeys(), n)
	count := indicator.Blank("agents", "dependence", "simulated", DependenceKeys(), n)
	stress := indicator.Blank("cash_stress", "", "share", []string{""}, n)
	for i := range n {
		var some [Dependence]float64
		var active, short float64
		for j := range r.Panel {
			x := &r.Panel[j]
			if w := x.Weeks[i]; x.SME != nil && w != nil {
				if w.State == market.Active {
					active++
					if w.Cash < 0 {
						short++
					}
				}
				if b := x.Bin(week); b >= 0 {
					sales.Values[b][i] += float64(w.Sales) * x.Weight
					some[b]++
				}
			}
		}
		for b := range some {
			count.Values[b][i] = some[b]
			if some[b] == 0 {
				sales.Values[b][i] = math.NaN()
			}
		}
		stress.Values[0][i] = short / active
	}
	if week < 0 {
		return []Series{stress, r.priceIndex()}
	}
	return []Series{sales, count, stress, r.priceIndex()}
}

// priceIndex is a chained Törnqvist index of listed prices by category: of SMEs that were active and sold most in the same
// channel in two weeks running, with the mean of their shares in sales as weights; 100 in the first week. What is bought,
// and what vouchers and freight do to the price paid, is not in it.
func (r *Run) priceIndex() Series {
	s := indicator.Blank("price_index", "category", "index", market.CategoryKeys(), len(r.Count))
	for g := range s.Keys {
		level := math.NaN()
		for i := range r.Count {
			var sum, before, now float64
			type pair struct{ old, new *market.Trace }
			var pairs []pair
			for j := range r.Panel {
				x := &r.Panel[j]
				if i == 0 || x.SME == nil || int(x.SME.Good) != g {
					continue
				}
				p := pair{x.Weeks[i-1], x.Weeks[i]}
				if p.old == nil || p.new == nil || p.old.Top == market.Channels || p.old.Top != p.new.Top || p.old.Price == 0 || p.new.Price == 0 {
					continue
				}
				pairs = append(pairs, p)
				before += float64(p.old.Sales)
				now += float64(p.new.Sales)
			}
			switch {
			case math.IsNaN(level) && i == 0:
				level = 100
			case before > 0 && now > 0:
				for _, p := range pairs {
					weight := (float64(p.old.Sales)/before + float64(p.new.Sales)/now) / 2
					sum += weight * math.Log(float64(p.new.Price)/float64(p.old.Price))
				}
				level *= math.Exp(sum)
			}
			s.Values[g][i] = level
		}
	}
	return s
}
