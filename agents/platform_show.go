package agents

import (
	"math"
	"slices"

	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// lateBound is how much SMEs that were not in a channel at the start may be shown there: of sizes to 1/2, 1, 2 and above.
var lateBound = [m.Newcomers]float64{.06, .2, .5, 1}

// bounds fixes on the first day how much an SME may be shown at most, by class, and holds to it.
func (k *PlatformKind) bounds(c m.Channel, p *Platform, s *m.Snapshot, first bool) {
	if first {
		for g := range p.Bound {
			for class := range p.Bound[g] {
				n, sum := 0.0, 0.0
				for _, j := range k.Shelf[c][g].Class(class) {
					if e := float64(s.Offer[j].Exposure); e > 0 {
						n++
						sum += e
					}
				}
				if class < m.Newcomers {
					p.Bound[g][class] = lateBound[class]
					if k.P.Intent[c].Share == 0 { // all come late
						p.Bound[g][class] *= 8
					}
				} else {
					p.Bound[g][class] = max(.1, 2*sum/max(n, 1))
				}
			}
		}
	}
	s.Bound = p.Bound
	for g := range k.Shelf[c] {
		for class := range m.Classes {
			for _, j := range k.Shelf[c][g].Class(class) {
				s.Offer[j].Exposure = min(s.Offer[j].Exposure, float32(p.Bound[g][class]))
			}
		}
	}
}

// binZ is the standard normal z in the middle of each fifth of a normal distribution.
var binZ = [m.Bins]float64{-1.4, -.532, 0, .532, 1.4}

// inclusive computes what a category is worth to a segment: ln K + ln Σ e·exp(v) with Σ e = 1, less that of the first day, and the size
// of consideration sets, which variety widens by the exponent κ (§7.4).
func (k *PlatformKind) inclusive(c m.Channel, p *Platform, s *m.Snapshot, listed [m.Categories]float64, first bool) {
	var sum [m.Categories][m.Segments]float64
	for i := range s.Offer {
		o := &s.Offer[i]
		if o.Exposure <= 0 {
			continue
		}
		g := k.Traits[i].Good
		for r := range m.Region(m.Regions) {
			gap := k.paid(r, s, c, g, o) - k.Ref[g]
			for b, alpha := range k.Alpha {
				sum[g][int(r)*m.Bins+b] += float64(float64(o.Exposure) * num.Exp(float64(o.Worth)-float64(alpha*gap)))
			}
		}
	}
	for g := range sum {
		if listed[g] == 0 {
			continue
		}
		set := k.P.Choice.K0 * num.Pow(listed[g]/max(p.Mean[g], 1), k.P.Choice.Kappa)
		s.Draws[g] = math.Floor(min(max(set, 1), maxDraws) + .5)
		for seg := range sum[g] {
			v := num.Log(set) + num.Log(sum[g][seg]/listed[g])
			if first {
				p.Base[g][seg] = v
			}
			s.Incl[g][seg] = v - p.Base[g][seg]
		}
	}
	s.Base = p.Base
}

// resemble gives a platform that opens later what the one it resembles has: its δ, and the inclusive value of its first day, so
// that fewer offers count against it (ADR 0021).
func (k *PlatformKind) resemble(t *m.Turn, p *Platform, s *m.Snapshot, c m.Channel, at sim.Time) {
	like := k.book(t).Value(m.Like, c, at)
	if like == 0 || k.P.Intent[c].Share > 0 {
		return
	}
	o := m.Channel(like - 1)
	if model := k.snapshot(t, o); model != nil {
		p.Base = model.Base
	}
	for g := range s.Head {
		s.Head[g] = k.Delta.Need[g][o] - k.Delta.Need[g][c] + float64(k.book(t).Value(m.Ahead, c, at))/1e6
	}
}

// hosts compiles who shows what: creators first, by number, then SMEs that go live.
func (k *PlatformKind) hosts(t *m.Turn, c m.Channel, p *Platform, s *m.Snapshot, first bool) {
	supply := 0.0
	for i := range p.Show {
		h, x, tr := &s.Host[i], &p.Show[i], &k.MakerTraits[i]
		h.Maker, h.Sells, h.Rates, h.Shares, h.Reach = uint32(i+1), x.Sells, x.Rates, x.Shares, uint32(x.Reach)
		weight := num.Pow(x.Reach+1, k.P.Creator.ReachExp) * x.Hours * tr.Engage * tr.Weight
		h.Weight = float32(weight)
		h.Goods = k.goods(&h.Sells)
		if first { // room for all its hours, and for followers from a closed app
			most := num.Pow(x.Reach+float64(tr.Followers*k.P.Creator.Port[tr.Tier])+1, k.P.Creator.ReachExp)
			x.Class = int64(hostClass(1.4 * most * tr.Hours * tr.Engage * tr.Weight))
		}
		h.Class = uint8(x.Class)
		supply += float64(x.Hours * tr.Weight * sqrt(x.Reach))
		s.Pull += float64(pull(x.Reach, x.Hours, tr.Engage, k.P.Creator.Attach) * tr.Weight)
	}
	for i := range s.Offer {
		o := &s.Offer[i]
		if o.Live == 0 {
			continue
		}
		tr := &k.Traits[i]
		h := m.Host{Reach: uint32(2000 * tr.Size)}
		h.Sells[0], h.Shares[0] = uint32(i+1), 255
		h.Goods = k.goods(&h.Sells)
		reach := num.Pow(2000*tr.Size, k.P.Creator.ReachExp)
		weight := reach * float64(o.Live) * k.P.Creator.Engage
		h.Weight = float32(weight)
		h.Class = uint8(hostClass(reach * 3 * k.P.Creator.Engage))
		s.Host = append(s.Host, h)
		supply += float64(float64(o.Live) * sqrt(2000*tr.Size))
	}
	if t.Now < k.Start || p.Supply0 == 0 { // creators settle in until then
		p.Supply0 = supply
	}
	if first {
		for class := range p.HostTop {
			p.HostTop[class] = float64(int(1) << class)
		}
	}
	s.Supply = 0
	if p.Supply0 > 0 {
		s.Supply = num.Pow(supply/p.Supply0, k.P.Disc.SupplyExp)
	}
	s.HostTop = p.HostTop
	for i := range s.Host {
		h := &s.Host[i]
		h.Weight = min(h.Weight, float32(p.HostTop[h.Class]))
		s.Hosts += float64(h.Weight)
	}
}

// goods is the categories of a host's products, as bits.
func (k *Common) goods(sells *[m.Slots]uint32) (bits uint8) {
	for _, j := range sells {
		if j > 0 {
			bits |= 1 << k.Traits[j-1].Good
		}
	}
	return bits
}

// hostClass is the class of a starting weight: steps of 2 up to 2^11.
func hostClass(w float64) int {
	_, e := math.Frexp(w)
	return min(max(e, 0), m.Classes-1)
}

// peers computes the median orders of an SME here, which others learn from the weekly category report; they go by its moving average. A
// platform that opens later promises a part of what SMEs have on the one it resembles.
func (k *PlatformKind) peers(t *m.Turn, p *Platform, c m.Channel, at sim.Time) {
	var promise [m.Categories]float64
	if like := k.book(t).Value(m.Like, c, at); like > 0 {
		if model := k.snapshot(t, m.Channel(like-1)); model != nil {
			promise = model.Peer
		}
	}
	var sold [m.Categories][]uint32
	for i := range p.List {
		if p.List[i].Listed == 1 {
			g := k.Traits[i].Good
			sold[g] = append(sold[g], p.List[i].Sold)
		}
	}
	for g := range sold {
		median := k.P.Firm.Promise * promise[g]
		if n := len(sold[g]); n > 0 {
			slices.Sort(sold[g])
			median = max(median, float64(sold[g][n/2]))
		}
		if p.Peer[g] == 0 {
			p.Peer[g] = median
		}
		p.Peer[g] += float64(ema * (median - p.Peer[g]))
	}
	if t.Now < k.Start {
		p.Usual = p.Peer
	}
}
