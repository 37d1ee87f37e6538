package market

import (
	"math"

	"pasar/sim"
	"pasar/sim/num"
)

// Traits of an SME that never change and that everyone may know (§2.6). They are drawn before the run, by number, so that an
// SME is the same in every world.
type Traits struct {
	Good    Category
	Region  Region
	Type    Type
	Abroad  bool    // sells directly from across the border
	Spare   bool    // not in the market at the start; may enter later
	Quality float64 // q
	Size    float64 // size0, mean about 1
	Cost    Money   // Rp a unit
	Dear    float64 // how far Cost is above that of its category, in units of P̄
	Home    Channel
	Lists   uint16 // bits: channels it sells on at the start
	Rate    uint16 // affiliate commission it offers at the start, in 1/10,000
}

// Commissions are the rates that an affiliate plan can have, in 1/10,000.
var Commissions = [...]uint16{0, 500, 800, 1000, 1500, 2000}

// MakerTraits are those of a creator (§2.8).
type MakerTraits struct {
	Tier      Tier
	Followers float64 // on TikTok, at the start
	Weight    float64 // real creators it stands for, divided by W
	Niche     [Categories]float64
	Hours     float64 // a week
	Engage    float64
}

// Streams of the population's luck.
const (
	drawGood sim.Stream = iota + 1
	drawSize
	drawLists
	drawMaker
	drawNiche
	drawTracked // one for each lot, so it stays the last
)

// NewTraits draws n SMEs, and as many spare ones after them.
func NewTraits(p *Params, seed uint64, n int) []Traits {
	all := make([]Traits, 2*n)
	var goods [Categories]float64
	for k := range goods {
		goods[k] = (p.Categories[k].Needs + p.Categories[k].Views) / 2
	}
	var homes [Platforms]float64
	for c := range homes {
		homes[c] = p.Platforms[c].Sellers
	}
	for i := range all {
		s := &all[i]
		l := sim.NewLuck(seed, LotPopulation, drawGood, uint32(i), 0)
		s.Spare = i >= n
		s.Good = Category(Pick(l.U(0), goods[:]))
		g := &p.Categories[s.Good]
		if l.U(1) >= p.SME.Java {
			s.Region = 1
		}
		switch u := l.U(2); {
		case u < p.SME.Brand:
			s.Type = Brand
		case u < p.SME.Brand+float64((1-p.SME.Brand)*g.Imports):
			s.Type = Import
			s.Abroad = l.U(3) < p.SME.CrossBorder
		}
		s.Quality = l.Normal(4)
		cost := float64(g.Cost*g.Price) * num.Exp(.18*l.Normal(5))
		switch s.Type {
		case Brand:
			s.Quality += .5
		case Import:
			s.Quality -= .2
			cost *= p.SME.ImportCost
		}
		s.Cost, s.Dear = Money(cost), cost/g.Price-g.Cost
		z := sim.NewLuck(seed, LotPopulation, drawSize, uint32(i), 0)
		s.Size = num.Exp(float64(p.SME.Sigma*z.Normal(0)) - float64(p.SME.Sigma*p.SME.Sigma)/2)
		s.Rate = Commissions[Pick(z.U(2), []float64{.35, .2, .15, .15, .1, .05})]
		s.Home, s.Lists = lists(p, seed, uint32(i), homes[:])
	}
	return all
}

// lists draws the channels that an SME sells on: a home, others without repetition, chat and an own web store.
func lists(p *Params, seed uint64, i uint32, homes []float64) (Channel, uint16) {
	l := sim.NewLuck(seed, LotPopulation, drawLists, i, 0)
	home := Channel(Pick(l.U(0), homes))
	bits := uint16(1) << home
	more, most, u, q := 0, -1, l.U(1), num.Exp(-p.SME.MoreChans)
	for _, w := range homes {
		if w > 0 {
			most++ // platforms beside the home
		}
	}
	for c := q; u > c && more < most; c += q { // Poisson by inversion
		more++
		q *= p.SME.MoreChans / float64(more)
	}
	left := append([]float64(nil), homes...)
	left[home] = 0
	for j := range more {
		c := Pick(l.U(uint32(10+j)), left)
		bits |= 1 << c
		left[c] = 0
	}
	if l.U(2) < p.SME.Chat {
		bits |= 1 << WhatsApp
	}
	if l.U(3) < p.SME.OwnWeb {
		bits |= 1 << Web
	}
	return home, bits
}

// Pick is the index that a uniform draw falls on, given weights. What has no weight is never picked.
func Pick(u float64, w []float64) int {
	var sum float64
	last := 0
	for i, x := range w {
		sum += x
		if x > 0 {
			last = i
		}
	}
	u *= sum
	for i, x := range w[:last] {
		if u < x {
			return i
		}
		u -= x
	}
	return last
}

// leastPerTier is how many creators of each tier are simulated, where there are that many (decisions C14).
const leastPerTier = 30

// NewMakers draws creators by tier: at least 30 of each, with the weight that keeps the tiers' true proportions.
func NewMakers(p *Params, seed uint64, w float64) []MakerTraits {
	c := &p.Creator
	edges := [Tiers + 1]float64{c.Least, 1e4, 1e5, 1e6, c.Most}
	above := func(x float64) float64 { return num.Pow(c.Least/x, c.Alpha) - num.Pow(c.Least/c.Most, c.Alpha) }
	var all []MakerTraits
	for tier := range Tiers {
		real := p.Scale.Creators * (above(edges[tier]) - above(edges[tier+1])) / above(c.Least)
		n := max(int(real/w+.5), min(leastPerTier, int(real+.5)))
		for range n {
			i := uint32(len(all))
			l := sim.NewLuck(seed, LotPopulation, drawMaker, i, 0)
			hi, lo := above(edges[tier]), above(edges[tier+1])
			rest := lo + float64((hi-lo)*l.U(0)) + num.Pow(c.Least/c.Most, c.Alpha)
			m := MakerTraits{Tier: tier, Weight: real / w / float64(n), Followers: c.Least * num.Pow(rest, -1/c.Alpha)}
			m.Hours = c.Hours * lognormal(l.Normal(2), c.HoursCV)
			m.Engage = c.Engage * lognormal(l.Normal(3), .6) * num.Pow(m.Followers/1e4, -.1)
			var sum float64
			for k := range m.Niche {
				z := sim.NewLuck(seed, LotPopulation, drawNiche, i, uint32(k))
				m.Niche[k] = Gamma(&z, .5*p.Categories[k].Views*Categories)
				sum += m.Niche[k]
			}
			for k := range m.Niche {
				m.Niche[k] /= sum
			}
			all = append(all, m)
		}
	}
	return all
}

// lognormal is a variate of mean 1 and coefficient of variation cv, from a standard normal one.
func lognormal(z, cv float64) float64 {
	s2 := num.Log(1 + float64(cv*cv))
	return num.Exp(float64(math.Sqrt(s2)*z) - s2/2)
}

// LogNormal is a variate with a mean and a coefficient of variation, from a standard normal one.
func LogNormal(z, mean, cv float64) float64 { return mean * lognormal(z, cv) }

// Gamma is a variate of a shape and scale 1 (Marsaglia and Tsang 2000). It uses draws 0.. of l.
func Gamma(l *sim.Luck, shape float64) float64 {
	boost, d := 1.0, shape-1.0/3
	if shape < 1 {
		boost, d = num.Pow(l.U(0), 1/shape), shape+2.0/3
	}
	c := 1 / math.Sqrt(9*d)
	for alt := uint32(1); ; alt += 2 {
		z := l.Normal(alt)
		v := 1 + float64(c*z)
		if v <= 0 {
			continue
		}
		v = float64(v*v) * v
		if num.Log(l.U(alt+1)) < float64(.5*z*z)+d-float64(d*v)+float64(d*num.Log(v)) {
			return boost * d * v
		}
	}
}
