package agents

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"unsafe"

	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// PlatformKind is the firm-run venues and the direct channels (ODD §2.9, §7.4, §7.10). A platform keeps the listings and the
// content that others tell it of, and at 23:00 publishes what buyers will see the next day: offers with their exposure, the
// inclusive value of each category for each segment of buyers, and the hosts of content.
type PlatformKind struct {
	*Common
}

// A Platform is one of them. Its memory is large; see Append and Read.
type Platform struct {
	platformHead
	List []m.Listing // by SME
	Show []show      // by creator
}

type platformHead struct {
	Cash    m.Money
	Channel int64
	Began   int64 // 1 once it has published
	Supply0 float64
	Base    [m.Categories][m.Segments]float64 // inclusive values of the first day
	Bound   [m.Categories][m.Classes]float64
	HostTop [m.Classes]float64
	Peer    [m.Categories]float64
	Mean    [m.Categories]float64 // SMEs a platform has on average, at the start
}

// A show is what a creator does on this app.
type show struct {
	Hours, Reach float64
	Sells        [m.Slots]uint32
	Rates        [m.Slots]uint16
	Class        int64 // by weight on the first day
}

const platformFloor sim.Stream = 1

// Born opens the venue.
func (k *PlatformKind) Born(t *m.Turn, p *Platform) {
	p.Channel = int64(t.Number)
	p.List = make([]m.Listing, len(k.Traits))
	p.Show = make([]show, len(k.MakerTraits))
	for i := range k.Traits {
		for c := range m.Platforms {
			if s := &k.Traits[i]; !s.Spare && s.Lists>>c&1 == 1 {
				p.Mean[s.Good] += 1 / float64(m.Platforms)
			}
		}
	}
	t.Wake(2*m.Hour, m.Wake, m.Msg{})
}

// React hears an event.
func (k *PlatformKind) React(t *m.Turn, p *Platform, e *m.Event) {
	switch e.Kind {
	case m.Wake:
		k.publish(t, p)
		t.Wake(sim.Time(m.DayOf(t.Now+m.Hour))*m.Day+23*m.Hour-t.Now, m.Wake, m.Msg{})
	case m.Listed:
		p.List[k.SMEs.Index(e.From)] = *m.Bodily[m.Listing](&e.Msg)
	case m.Posted:
		x := m.Bodily[m.Content](&e.Msg)
		s := &p.Show[k.Makers.Index(e.From)]
		s.Hours, s.Reach = float64(x.Hours)/100, float64(x.Reach)
		copy(s.Sells[x.Half*m.Slots/2:], x.Sells[:])
		copy(s.Rates[x.Half*m.Slots/2:], x.Rates[:])
	case m.Report, m.Capital:
		p.Cash += e.Msg.Amount
	}
}

// Audit counts the platform's money.
func (k *PlatformKind) Audit(count func(sim.Cell, int64), p *Platform) {
	count(m.AccountCell(m.Till+m.Account(p.Channel)), p.Cash)
}

// publish compiles the snapshot of the coming day under the rules in force when it begins.
func (k *PlatformKind) publish(t *m.Turn, p *Platform) {
	c := m.Channel(t.Number)
	at := t.Now + m.Hour
	if m.DayOf(t.Now) == m.DayOf(at) {
		at = t.Now // the first one, for the day that has begun
	}
	day := m.DayOf(at)
	s := &m.Snapshot{Offer: make([]m.Offer, len(p.List)), Host: make([]m.Host, len(p.Show))}
	s.Date = day
	if k.Cal.Campaign(day) > 1.2 && c < m.Platforms {
		s.Campaign = 1
	}
	s.Voucher = float64(k.book(t).Value(m.Vouchers, c, at)) / 1e6
	if s.Campaign == 1 {
		s.Voucher *= 1.6 // twice as much on 60 % of offers
	}
	s.Linkout = float64(k.book(t).Value(m.Linkout, c, at)) / 1e6
	first := p.Began == 0
	p.Began = 1
	listed := k.offers(t, c, p, s, at)
	k.bounds(c, p, s, first)
	k.inclusive(c, p, s, listed, first)
	k.hosts(c, p, s, first)
	if c < m.Platforms && k.ViewMax[c] > 0 {
		s.Keep = min(1, k.Growth(c, day)*s.Supply)
	}
	if first || day%7 == 0 {
		k.peers(p)
	}
	s.Peer = p.Peer
	t.Post(m.TopicSnapshot+sim.Topic(c), s.Append(nil))
}

// offers fills in what each SME shows, and how often: exposure is exp(r_j) for each of its listings, of which it has as many
// as its size, relative to its category's mean (§7.4).
func (k *PlatformKind) offers(t *m.Turn, c m.Channel, p *Platform, s *m.Snapshot, at sim.Time) (listed [m.Categories]float64) {
	var sum [m.Categories]float64
	floor := k.book(t).Value(m.PriceFloor, c, at)
	r, q := &k.P.Rank, &k.P.Choice
	for i := range p.List {
		l := &p.List[i]
		tr := &k.Traits[i]
		if l.Listed == 0 || l.InStock == 0 {
			continue
		}
		price := l.Price
		if floor > 0 && tr.Abroad && price < floor {
			coin := t.Luck(platformFloor, uint32(i))
			if m.PPM(coin.U(0)*1e6) < k.book(t).Value(m.FloorKept, c, at) {
				continue
			}
			price = floor
		}
		o := &s.Offer[i]
		rating, skill := float64(l.Rating)/1e4, float64(l.Skill)/1e4
		o.Price = int32(min(price, math.MaxInt32))
		o.Rate, o.Links, o.Stars, o.Live = l.Rate, l.Links, l.Rating, l.Live
		o.Worth = float32(float64(q.Quality*tr.Quality) + float64(q.Rating*(rating-.9)*10) + float64(k.P.SME.SkillConv*(skill-.5)))
		e := tr.Size * num.Exp(float64(r.Quality*tr.Quality)+float64(r.Sales*num.Log(1+float64(l.Sold)/tr.Size))-
			float64(r.Price*float64(price)/k.P.Categories[tr.Good].Price)+float64(r.Skill*skill))
		o.Exposure = float32(e)
		sum[tr.Good] += e
		listed[tr.Good]++
	}
	for i := range s.Offer {
		if o := &s.Offer[i]; o.Exposure > 0 {
			g := k.Traits[i].Good
			o.Exposure = float32(float64(float64(o.Exposure)*listed[g]) / sum[g])
		}
	}
	return listed
}

// lateBound is how much SMEs that were not in a channel at the start may be shown there: of sizes to 1/2, 1, 2 and above.
var lateBound = [m.Newcomers]float64{.06, .2, .5, 1}

// bounds fixes on the first day how much an SME may be shown at most, by class, and holds to it.
func (k *PlatformKind) bounds(c m.Channel, p *Platform, s *m.Snapshot, first bool) {
	if first {
		for g := range p.Bound {
			for class := range p.Bound[g] {
				n, sum := 0.0, 0.0
				for _, j := range k.Shelf[c][g][class] {
					if e := float64(s.Offer[j].Exposure); e > 0 {
						n++
						sum += e
					}
				}
				if class < m.Newcomers {
					p.Bound[g][class] = lateBound[class]
				} else {
					p.Bound[g][class] = max(.1, 2*sum/max(n, 1))
				}
			}
		}
	}
	s.Bound = p.Bound
	for g := range k.Shelf[c] {
		for class, places := range k.Shelf[c][g] {
			for _, j := range places {
				s.Offer[j].Exposure = min(s.Offer[j].Exposure, float32(p.Bound[g][class]))
			}
		}
	}
}

// binZ is the standard normal z in the middle of each fifth of a normal distribution.
var binZ = [m.Bins]float64{-1.4, -.532, 0, .532, 1.4}

// inclusive computes what a category is worth to a segment: ln K + ln Σ e·exp(v), less that of the first day, and the size
// of consideration sets, which variety widens by the exponent κ (§7.4).
func (k *PlatformKind) inclusive(c m.Channel, p *Platform, s *m.Snapshot, listed [m.Categories]float64, first bool) {
	var alpha [m.Bins]float64
	for b := range alpha {
		alpha[b] = m.LogNormal(binZ[b], k.P.Buyer.AlphaMean, k.P.Buyer.AlphaCV)
	}
	var sum [m.Categories][m.Segments]float64
	for i := range s.Offer {
		o := &s.Offer[i]
		if o.Exposure <= 0 {
			continue
		}
		g := k.Traits[i].Good
		for r := range m.Region(m.Regions) {
			gap := k.paid(r, s, c, g, o) - k.Ref[g]
			for b := range alpha {
				sum[g][int(r)*m.Bins+b] += float64(float64(o.Exposure) * num.Exp(float64(o.Worth)-float64(alpha[b]*gap)))
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
}

// hosts compiles who shows what: creators first, by number, then SMEs that go live.
func (k *PlatformKind) hosts(c m.Channel, p *Platform, s *m.Snapshot, first bool) {
	supply := 0.0
	for i := range p.Show {
		h, x, tr := &s.Host[i], &p.Show[i], &k.MakerTraits[i]
		h.Maker, h.Sells, h.Rates, h.Reach = uint32(i+1), x.Sells, x.Rates, uint32(x.Reach)
		weight := num.Pow(x.Reach+1, k.P.Creator.ReachExp) * x.Hours * tr.Engage * tr.Weight
		h.Weight = float32(weight)
		h.Goods = k.goods(&h.Sells)
		if first {
			x.Class = int64(hostClass(1.4 * weight))
		}
		h.Class = uint8(x.Class)
		supply += float64(x.Hours * tr.Weight * sqrt(x.Reach))
	}
	for i := range s.Offer {
		o := &s.Offer[i]
		if o.Live == 0 {
			continue
		}
		tr := &k.Traits[i]
		h := m.Host{Reach: uint32(2000 * tr.Size)}
		h.Sells[0] = uint32(i + 1)
		h.Goods = k.goods(&h.Sells)
		weight := num.Pow(2000*tr.Size, k.P.Creator.ReachExp) * float64(o.Live) * k.P.Creator.Engage
		h.Weight = float32(weight)
		h.Class = uint8(hostClass(num.Pow(2000*tr.Size, k.P.Creator.ReachExp) * 3 * k.P.Creator.Engage))
		s.Host = append(s.Host, h)
		supply += float64(float64(o.Live) * sqrt(2000*tr.Size))
	}
	if first || p.Supply0 == 0 {
		p.Supply0 = supply
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

// peers computes the median orders of an SME here, which others learn from the weekly category report.
func (k *PlatformKind) peers(p *Platform) {
	var sold [m.Categories][]uint32
	for i := range p.List {
		if p.List[i].Listed == 1 {
			g := k.Traits[i].Good
			sold[g] = append(sold[g], p.List[i].Sold)
		}
	}
	for g := range sold {
		p.Peer[g] = 0
		if n := len(sold[g]); n > 0 {
			slices.Sort(sold[g])
			p.Peer[g] = float64(sold[g][n/2])
		}
	}
}

// Append writes the platform's memory.
func (p *Platform) Append(b []byte) []byte {
	b = append(b, raw(unsafe.Slice(&p.platformHead, 1))...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(p.List)))
	b = append(b, raw(p.List)...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(p.Show)))
	return append(b, raw(p.Show)...)
}

// Read reads what Append wrote.
func (p *Platform) Read(b []byte) error {
	head := raw(unsafe.Slice(&p.platformHead, 1))
	if len(b) < len(head)+4 {
		return errors.New("platform: memory is cut")
	}
	b = b[copy(head, b):]
	p.List = make([]m.Listing, binary.LittleEndian.Uint32(b))
	b = b[4:]
	b = b[copy(raw(p.List), b):]
	p.Show = make([]show, binary.LittleEndian.Uint32(b))
	if n := copy(raw(p.Show), b[4:]); n != len(raw(p.Show)) {
		return errors.New("platform: memory is cut")
	}
	return nil
}

func raw[T any](v []T) []byte {
	if len(v) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&v[0])), len(v)*int(unsafe.Sizeof(v[0])))
}
