package agents

import (
	"encoding/binary"
	"errors"
	"math"
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
	Show []show      // by creator; none where there is no content
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
	Usual   [m.Categories]float64
	Mean    [m.Categories]float64 // SMEs a platform has on average, at the start
	books
}

// A show is what a creator does on this app.
type show struct {
	Hours, Reach float64
	Sells        [m.Slots]uint32
	Rates        [m.Slots]uint16
	Shares       [m.Slots]uint8
	Class        int64 // by the most it could weigh, judged on the first day
}

// Streams of a platform's luck.
const (
	platformFloor sim.Stream = iota + 1
	platformShort
	platformBelow
)

// Born opens the venue.
func (k *PlatformKind) Born(t *m.Turn, p *Platform) {
	p.Channel = int64(t.Number)
	p.List = make([]m.Listing, len(k.Traits))
	if c := m.Channel(t.Number); c < m.Platforms && k.P.Platforms[c].Views > 0 {
		p.Show = make([]show, len(k.MakerTraits))
	}
	for i := range k.Traits {
		for c := range m.Platforms {
			if s := &k.Traits[i]; !s.Spare && s.Lists>>c&1 == 1 {
				p.Mean[s.Good] += 1 / k.there()
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
		i := k.SMEs.Index(e.From)
		p.List[i] = *m.Bodily[m.Listing](&e.Msg)
	case m.Posted:
		x := m.Bodily[m.Content](&e.Msg)
		s := &p.Show[k.Makers.Index(e.From)]
		s.Hours, s.Reach = float64(x.Hours)/100, float64(x.Reach)
		copy(s.Sells[x.Half*m.Slots/2:], x.Sells[:])
		copy(s.Rates[x.Half*m.Slots/2:], x.Rates[:])
		copy(s.Shares[x.Half*m.Slots/2:], x.Shares[:])
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
	live := 0
	for i := range p.List {
		if p.List[i].Live > 0 {
			live++
		}
	}
	s := m.NewSnapshot(len(p.List), len(p.Show), live)
	s.Date = day
	k.pay(t, p, c)
	k.steer(t, p, c, day)
	k.promote(t, p, s, c, at)
	s.Linkout = float64(k.book(t).Value(m.Linkout, c, at)) / 1e6
	s.Slow = float64(k.book(t).Value(m.DaysMore, c, at)) / 1e6
	first := p.Began == 0
	p.Began = 1
	listed := k.offers(t, c, p, s, at)
	k.bounds(c, p, s, first)
	k.resemble(t, p, s, c, at)
	k.inclusive(c, p, s, listed, first)
	k.hosts(t, c, p, s, first)
	if c < m.Platforms && k.ViewMax[c] > 0 {
		s.Keep = min(1, k.Growth(c, day)*s.Supply*(1+p.Live)*float64(k.book(t).Value(m.Density, c, at))/1e6)
		if k.book(t).Value(m.ContentMore, c, at) == -m.One {
			s.Keep = 0 // it has left
		}
	}
	if first || day%7 == 0 {
		k.peers(t, p, c, at)
	}
	s.Peer, s.Usual = p.Peer, p.Usual
	t.Post(m.TopicSnapshot+sim.Topic(c), s.Bytes())
}

// promote sets what the platform, and the government, pay for buyers.
func (k *PlatformKind) promote(t *m.Turn, p *Platform, s *m.Snapshot, c m.Channel, at sim.Time) {
	value := func(l m.Lever) float64 { return float64(k.book(t).Value(l, c, at)) / 1e6 }
	if c < m.Platforms && (k.Cal.Campaign(s.Date) > 1.2 || k.book(t).Value(m.Banner, c, at) == 1) {
		s.Campaign = 1
	}
	s.Voucher = value(m.Vouchers)
	if k.book(t).Value(m.SubsidyRule, c, at) == m.ByFeedback {
		s.Voucher = p.Voucher
	}
	s.Voucher += value(m.VoucherMore)
	if s.Campaign == 1 {
		s.Voucher *= 1.6 // twice as much on 60 % of offers
	}
	if most := k.book(t).Value(m.VoucherMax, c, at); most > 0 {
		s.Voucher = min(s.Voucher, float64(most-1)/1e6)
	}
	if budget := k.book(t).Value(m.PublicBudget, c, at); budget == 0 || p.Public < budget {
		s.Voucher += value(m.PublicVoucher)
	}
	s.Voucher = min(s.Voucher, .9)
	s.Ship = min(k.P.Platforms[c].ShipShare+value(m.ShipMore), 1)
}

// there is how many platforms there are at the start.
func (k *Common) there() (n float64) {
	for c := range m.Platforms {
		if k.P.Intent[c].Share > 0 {
			n++
		}
	}
	return max(n, 1)
}

// offers fills in what each SME shows, and how often: exposure is exp(r_j) for each of its listings, of which it has as many
// as its size, relative to its category's mean (§7.4).
func (k *PlatformKind) offers(t *m.Turn, c m.Channel, p *Platform, s *m.Snapshot, at sim.Time) (listed [m.Categories]float64) {
	var sum [m.Categories]float64
	w := k.watch(t, c, at, s)
	limit, room := k.book(t).Value(m.OrderCap, c, at), 1.0 // room: share of visitors that see offers whose orders are capped
	if limit >= 0 {
		room = min(float64(limit)/1e6, 1)
	}
	r, q := &k.P.Rank, &k.P.Choice
	for i := range p.List {
		l := &p.List[i]
		tr := &k.Traits[i]
		s.Offer[i].Rate, s.Offer[i].Told = l.Rate, l.Told
		if l.Listed == 0 || l.InStock == 0 || limit >= 0 && (l.Before == 0 || int64(l.Again) > s.Date) {
			continue
		}
		price, shown := w.price(t, uint32(i), tr, l.Price)
		if !shown {
			continue
		}
		o := &s.Offer[i]
		rating, skill := float64(l.Rating)/1e4, float64(l.Skill)/1e4
		o.Price = int32(min(price, math.MaxInt32))
		o.Links, o.Stars, o.Live = l.Links, l.Rating, l.Live
		o.Worth = float32(float64(q.Quality*tr.Quality) + float64(q.Rating*(rating-.9)*10) + float64(k.P.SME.SkillConv*(skill-.5)))
		rank := float64(r.Quality*tr.Quality) + float64(r.Sales*num.Log(1+float64(l.Sold)/tr.Size)) -
			float64(r.Price*float64(price)/k.P.Categories[tr.Good].Price) + float64(r.Skill*skill) +
			k.noticed(tr, m.Money(l.Ads)) + float64(r.Fresh*float64(l.Fresh))
		if tr.Type == m.Local {
			rank += w.boost
		}
		e := tr.Size * num.Exp(rank)
		o.Exposure = float32(e)
		sum[tr.Good] += e
		listed[tr.Good]++
	}
	for i := range s.Offer {
		if o := &s.Offer[i]; o.Exposure > 0 {
			g := k.Traits[i].Good
			o.Exposure = float32(float64(float64(o.Exposure)*listed[g]) / sum[g] * room)
			o.Held = uint16(1e4 * (1 - room))
		}
	}
	w.reserve(k, s, &sum)
	return listed
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
	if len(b) < 4 {
		return errors.New("platform: memory is cut")
	}
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
