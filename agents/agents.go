// Package agents is the economy: one kind of agent a file, each reading like its page in the ODD (docs/odd.md). What agents
// say to each other, and what everyone knows, is in package market.
package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// Common is what all kinds know: the market, and tables that follow from its parameters. It does not change in a run.
type Common struct {
	*m.Market
	Traits      []m.Traits      // of SMEs, spare ones last
	MakerTraits []m.MakerTraits // of creators
	Shelf       *m.Shelf
	Reach       []float64 // running sum of creators' followers
	NeedShare   [m.Categories]float64
	ViewShare   [m.Categories]float64
	Ref         [m.Categories]float64 // price that a usual offer asks, relative to P̄
	ViewMax     [m.Platforms]float64  // candidate views a member-day, at affinity 1
	Top         [m.Platforms][2]weights
	LateShare   float64 // of parcels
	BySize      [m.Categories]bySize
	Expect      [m.Direct][m.Categories]float64 // orders a week, at the start
	Pull        [m.Direct][m.Categories]float64 // of the SMEs that share them
	Rivals      [m.Direct][m.Categories]float64 // different SMEs in a consideration set
	Alpha       [m.Bins]float64                 // price sensitivity of a fifth of buyers
	Usual       float64                         // orders a week for a unit of size, at the start
	Stars       [m.Categories]float64           // mean rating in the long run
	Members     [m.Categories]int64             // SMEs, spare ones too
	readers     [m.Direct]func(*sim.Notice) *m.Snapshot
	rules       func(*sim.Notice) *m.Book
	calm        m.Street
	monthDays   []uint8
}

// bySize are the SMEs of a category that are there at the start, with the running sum of their sizes.
type bySize struct {
	smes []uint32
	sum  []float64
}

// snapshot is what a channel shows today, or nil before its first day.
func (k *Common) snapshot(t *m.Turn, c m.Channel) *m.Snapshot {
	return m.SnapshotOf(t, c, k.readers[c])
}

// book is the rules in force: the scenario's, and what the Desk has added by now.
func (k *Common) book(t *m.Turn) *m.Book {
	if n := t.Posted(m.TopicBook); n != nil {
		return sim.Decoded(n, k.rules)
	}
	return k.Book
}

// Frozen switches parts of behaviour off, for the tests that need a closed form.
type Frozen struct {
	Supply bool // SMEs have endless stock and never change; creators neither
}

// tried is the mean price paid after trial and error, relative to the first-order condition (docs/adr/0016).
const tried = 1.03

// NewCommon derives the tables.
func NewCommon(market *m.Market, smes int) *Common {
	p := market.P
	k := &Common{Market: market, calm: m.Calm()}
	k.Traits = m.NewTraits(p, market.Seed, smes)
	k.MakerTraits = m.NewMakers(p, market.Seed, market.W)
	k.Shelf = m.NewShelf(k.Traits)
	for c := range k.readers {
		k.readers[c] = k.Shelf.Reader(m.Channel(c))
	}
	k.rules = market.Book.Reader()
	k.LateShare = lateShare(p.Order.MoveCV)
	for j := range k.Traits[:len(k.Traits)/2] {
		of := &k.BySize[k.Traits[j].Good]
		sum := k.Traits[j].Size
		if len(of.sum) > 0 {
			sum += of.sum[len(of.sum)-1]
		}
		of.smes, of.sum = append(of.smes, uint32(j)), append(of.sum, sum)
	}
	var reach float64
	for i := range k.MakerTraits {
		reach += float64(k.MakerTraits[i].Followers * k.MakerTraits[i].Weight)
		k.Reach = append(k.Reach, reach)
	}
	for g := range k.NeedShare {
		c := &p.Categories[g]
		k.NeedShare[g], k.ViewShare[g] = c.Needs, c.Views
		k.Ref[g] = tried * (c.Cost/.95 + 1/(p.Buyer.AlphaMean*(1-1/p.Choice.K0)))
	}
	for a := range m.Platforms {
		k.Top[a] = [2]weights{k.topWeights(a, 0), k.topWeights(a, 1)}
		k.ViewMax[a] = p.Platforms[a].ViewsMost
	}
	for b := range k.Alpha {
		k.Alpha[b] = m.LogNormal(binZ[b], p.Buyer.AlphaMean, p.Buyer.AlphaCV)
	}
	for g := range k.Stars {
		k.Stars[g] = k.stars(m.Category(g))
	}
	k.expect()
	for i := range k.Traits {
		k.Members[k.Traits[i].Good]++
	}
	days := int(market.End/m.Day) + 400
	for d := range days {
		k.monthDays = append(k.monthDays, uint8(m.Epoch.AddDate(0, 0, d).Day()))
	}
	return k
}

// MonthDay is the day of the month of a day.
func (k *Common) MonthDay(day int64) int { return int(k.monthDays[day]) }

// Growth is φ_a(t) as a share of ViewMax: the exogenous path of engaged views (§7.14), frozen during burn-in.
func (k *Common) Growth(a m.Channel, day int64) float64 {
	v := &k.P.Platforms[a]
	s := func(x float64) float64 { return 1 / (1 + num.Exp(-(x-k.P.Disc.MidDay)/k.P.Disc.Steepness)) }
	d := float64(max(0, day-m.DayOf(k.Start)))
	share := (s(d) - s(0)) / (1 - s(0))
	return (v.Views + float64((v.ViewsTo-v.Views)*share)) / k.ViewMax[a]
}

// Days is how long a parcel takes from a channel to a region.
func (k *Common) Days(c m.Channel, r m.Region) float64 {
	if r == 0 {
		return k.P.Platforms[c].DaysJava
	}
	return k.P.Platforms[c].DaysOther
}

// Freight is what shipping to a region costs, in Rp.
func (k *Common) Freight(r m.Region) float64 {
	if r == 0 {
		return k.P.Order.Freight
	}
	return k.P.Order.FreightFar
}

// Build puts all agents of a market into a world. The order of the groups is part of the history.
func Build(w *m.World, market *m.Market, buyers, smes int) *Common {
	return build(w, market, buyers, smes, Frozen{})
}

func build(w *m.World, market *m.Market, buyers, smes int, frozen Frozen) *Common {
	k := NewCommon(market, smes)
	market.Buyers = sim.Add(w, m.LotBuyer, buyers, sim.Agent[Buyer, m.Msg](&Buyers{k}))
	market.SMEs = sim.Add(w, m.LotSME, len(k.Traits), sim.Agent[SME, m.Msg](&SMEs{k, frozen}))
	market.Makers = sim.Add(w, m.LotCreator, len(k.MakerTraits), sim.Agent[Creator, m.Msg](&Creators{k, frozen}))
	market.Venues = sim.Add(w, m.LotPlatform, int(m.Direct), sim.Agent[Platform, m.Msg](&PlatformKind{k}))
	market.Desk = sim.Add(w, m.LotDesk, 1, sim.Agent[Desk, m.Msg](&Desks{k})).First
	market.Watch = sim.Add(w, m.LotRegulator, 1, sim.Agent[Regulator, m.Msg](&Regulators{k})).First
	sim.Add(w, m.LotStreet, 1, sim.Agent[Street, m.Msg](&Streets{k}))
	return k
}
