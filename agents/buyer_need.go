package agents

import (
	"slices"

	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// A need is something that a buyer wants now.
type need struct {
	n      uint32 // its number: all luck on its way is keyed by it
	good   m.Category
	tries  uint8  // how often it was deferred
	sme    uint32 // remembered from content, number + 1
	saved  bool   // it came from content
	not    uint32 // SME that turned the buyer down, number + 1
	shop   m.Channel
	second bool
}

// times is how often a need arises where it would once: the draws of a need stay its own whatever a shock does.
func (k *Buyers) times(t *m.Turn, l *sim.Luck, good m.Category) uint32 {
	more := k.book(t).Value(m.NeedsMore+m.Lever(good), m.Everywhere, t.Now)
	if more == 0 {
		return 1
	}
	return uint32(min(float64(more)/1e6+1+l.U(2), 4))
}

// arise meets a need, unless a discovery purchase has satisfied it before.
func (k *Buyers) arise(t *m.Turn, b *Buyer, x need) {
	m.Count(t, m.Needs, 1)
	if b.Disp[x.good] > 0 {
		b.Disp[x.good]--
		m.Count(t, m.Voided, 1)
		return
	}
	k.need(t, b, x)
}

// need chooses a channel for a need, and an offer there (§7.3, §7.4).
func (k *Buyers) need(t *m.Turn, b *Buyer, x need) {
	var v [m.Channels]float64
	open := k.utilities(t, b, x.good, &v)
	l := t.Luck(needChoice, x.n<<2|uint32(x.tries))
	c := m.Choose(&l, &v, open, &k.P.Choice)
	t.Tally(t.Now, m.IntentCell(c), 1)
	if x.tries == 0 && !x.saved && weighed(t, x.n) { // what is saved has its worth in front of the content already
		k.surplus(t, b, x.good, &v, open)
	}
	switch c {
	case m.Offline:
		price := m.Money(k.P.Categories[x.good].Price * k.street(t).Price[x.good][b.Region])
		if price > b.Wallet+b.Credit {
			k.putOff(t, b, x, m.NoBudget)
			return
		}
		b.Wallet -= price
		m.Move(t, m.Wallets, m.OffLine, price)
		m.Count(t, m.OfflineSales, price)
		t.Tally(t.Now, m.StreetCell(x.good, b.Region), 1)
	case m.Defer:
		k.putOff(t, b, x, m.Deferrals)
	default:
		x.shop = c
		k.shop(t, b, x)
	}
}

// surplusEvery is how many needs, or views, one stands for whose surplus is computed.
const surplusEvery = 8

// weighed tells whether the surplus of a buyer's need or view of a number is computed. The number is nobody's choice, and buyers begin
// at different ones, so that at all times one in so many is.
func weighed(t *m.Turn, n uint32) bool { return (n+uint32(t.Number))%surplusEvery == 0 }

// surplus counts what the choice of a channel is worth to a buyer, in Rp: the log-sum over the marginal utility of money (§7.4).
func (k *Buyers) surplus(t *m.Turn, b *Buyer, good m.Category, v *[m.Channels]float64, open uint16) {
	rp := k.P.Categories[good].Price / (k.P.Choice.Lambda * float64(b.Alpha)) * m.LogSum(v, open, &k.P.Choice)
	m.Count(t, m.SurplusNeed, int64(surplusEvery*rp))
}

// utilities fills v for the channels that are open to the buyer, and says which.
func (k *Buyers) utilities(t *m.Turn, b *Buyer, good m.Category, v *[m.Channels]float64) (open uint16) {
	p, q := &k.P.Buyer, &k.P.Choice
	b.fade(t.Now, p.HabitTau)
	g := b.segment()
	street := k.street(t)
	v[m.Offline] = k.Delta.Need[good][m.Offline] - float64(q.Lambda*float64(b.Alpha)*(street.Price[good][b.Region]-1)) - street.Drift
	v[m.Defer] = k.Delta.Need[good][m.Defer]
	open = 1<<m.Offline | 1<<m.Defer
	if b.Adopt > 0 {
		return open
	}
	for c := range m.Platforms {
		s := k.snapshot(t, c)
		if s == nil || s.Draws[good] == 0 || !k.book(t).Open(c, t.Now) {
			continue
		}
		open |= 1 << c
		v[c] = k.base(b, good, c) + float64(q.Campaign*s.Campaign) + float64(q.Lambda*s.Incl[good][g]) + s.Head[good] -
			float64(p.Delivery*k.Days(c, b.Region)*s.Slow)
		if via := k.book(t).Processor(c, t.Now); via != c {
			v[c] -= float64(q.Redirect * (1 - float64(k.book(t).Value(m.Seamless, c, t.Now))/1e6))
		}
	}
	if sum := k.tieSum(t, b, good, m.WhatsApp); sum > 0 {
		open |= 1 << m.WhatsApp
		v[m.WhatsApp] = k.base(b, good, m.WhatsApp) + float64(q.Lambda*num.Log(sum))
	}
	open |= 1 << m.Web
	v[m.Web] = k.base(b, good, m.Web) + float64(q.Lambda*num.Log(1+k.tieSum(t, b, good, m.Web)))
	return open
}

// base is the part of a channel's utility that follows from the buyer alone.
func (k *Common) base(b *Buyer, good m.Category, c m.Channel) float64 {
	return k.taste(b, c).over(k.Delta.Need[good][c])
}

// A taste is what a channel is to a buyer, apart from δ.
type taste struct{ trust, delivery, habit, install float64 }

func (k *Common) taste(b *Buyer, c m.Channel) (x taste) {
	p := &k.P.Buyer
	x.trust, x.delivery = float64(p.TrustBeta*(float64(b.Trust[c])-.75)), float64(p.Delivery*(k.Days(c, b.Region)-3))
	if c < m.Platforms {
		x.habit = float64(p.HabitBeta * float64(b.Habit[c]))
	}
	if b.Members>>c&1 == 0 {
		x.install = p.Install
	}
	return x
}

// over is a utility: δ with a taste on top.
func (x taste) over(delta float64) float64 { return delta + x.trust - x.delivery + x.habit - x.install }

// tieSum is Σ exp(v) over the known sellers of a category that a direct channel reaches.
func (k *Buyers) tieSum(t *m.Turn, b *Buyer, good m.Category, c m.Channel) (sum float64) {
	for _, tie := range b.Ties {
		if tie.SME == 0 || tie.Good != good || c == m.WhatsApp && !tie.Chat {
			continue
		}
		if s := k.snapshot(t, c); s != nil && s.Offer[tie.SME-1].Exposure > 0 {
			sum += num.Exp(k.worth(b, s, c, good, &s.Offer[tie.SME-1]))
		}
	}
	return sum
}

// worth is v_ijc less that of a usual offer: price in units of P̄, quality and rating.
func (k *Common) worth(b *Buyer, s *m.Snapshot, c m.Channel, good m.Category, o *m.Offer) float64 {
	return float64(-float64(b.Alpha)*(k.paid(b.Region, s, c, good, o)-k.Ref[good])) + float64(o.Worth)
}

// paid is what a buyer would pay, in units of P̄.
func (k *Common) paid(r m.Region, s *m.Snapshot, c m.Channel, good m.Category, o *m.Offer) float64 {
	return (float64(float64(o.Price)*(1-s.Voucher)) + float64(k.Freight(r)*(1-s.Ship))) / k.P.Categories[good].Price
}

// maxDraws is the size of a consideration set at most.
const maxDraws = 16

// shop draws a consideration set in a channel and buys the offer that is best for the buyer, if it can afford one.
func (k *Buyers) shop(t *m.Turn, b *Buyer, x need) {
	s := k.snapshot(t, x.shop)
	if s == nil {
		m.Count(t, m.NoOffer, 1)
		return
	}
	var set [maxDraws + 1 + len(b.Ties)]uint32
	n := 0
	var seen uint64 // bits of what is in the set, by number modulo 64
	add := func(j uint32) {
		if j+1 == x.not || s.Offer[j].Exposure <= 0 {
			return
		}
		bit := uint64(1) << (j % 64)
		if seen&bit != 0 && slices.Contains(set[:n], j) {
			return
		}
		seen |= bit
		set[n] = j
		n++
	}
	key := x.n<<2 | uint32(x.tries)
	if x.shop != m.WhatsApp {
		l := t.Luck(needOffers, key)
		consider(&l, s, x.good, add)
	}
	if x.sme > 0 {
		add(x.sme - 1)
	}
	for _, tie := range b.Ties {
		if tie.SME > 0 && tie.Good == x.good && (x.shop != m.WhatsApp || tie.Chat) {
			add(tie.SME - 1)
		}
	}
	if n == 0 {
		m.Count(t, m.NoOffer, 1)
		return
	}
	var w [len(set)]float64
	some := false
	for i, j := range set[:n] {
		o := &s.Offer[j]
		if money := k.price(b, s, x.shop, o.Price); money.Pays() > b.Wallet+b.Credit {
			continue
		}
		v := k.worth(b, s, x.shop, x.good, o)
		if j+1 == x.sme {
			v += k.P.Choice.Remember
		}
		for _, tie := range b.Ties {
			if tie.SME == j+1 {
				v += k.P.Choice.Tie
			}
		}
		w[i] = num.Exp(v)
		some = true
	}
	if !some {
		k.putOff(t, b, x, m.NoBudget)
		return
	}
	l := t.Luck(needRace, key)
	best := set[m.Race(&l, set[:n], w[:n])]
	o := k.price(b, s, x.shop, s.Offer[best].Price)
	o.Good, o.Shop, o.Rate = x.good, x.shop, 0
	switch x.shop {
	case m.TikTok:
		o.Mode = m.ShopTab
	case m.WhatsApp:
		o.Mode = m.ByChat
	case m.Web:
		o.Mode = m.ByWeb
	}
	if x.second {
		o.Flags |= m.Retry
	}
	k.place(t, b, best, o)
	if camp := k.Cal.Campaign(m.DayOf(t.Now)); camp > 1 || x.saved {
		l := t.Luck(needDefer, key)
		moved := k.P.Calendar.Moved * (camp - 1) / camp
		if x.saved {
			moved = k.P.Disc.Rho
		}
		if l.U(2) < moved {
			b.displace(x.good)
		}
	}
}

// consider draws offers by keyed rejection: a place on the shelf is drawn by what it may show at most, and counts if the SME
// that stands there shows that much today (decisions B8).
func consider(l *sim.Luck, s *m.Snapshot, good m.Category, add func(uint32)) {
	shelf := &s.Shelves[good]
	var got [maxDraws + 1]uint32
	n, draws := 0, int(s.Draws[good])
	for try := uint32(0); n < draws && try < uint32(16*draws); try++ {
		place, ok := shelf.Draw(l.Quarter(try))
		got[n] = shelf.Item[place]
		if ok { // no more than that: a processor cannot guess it
			n++
		}
	}
	for _, j := range got[:n] {
		add(j)
	}
}

// price is an order's money: the SME's price, the platform's voucher, freight and its share of it.
func (k *Common) price(b *Buyer, s *m.Snapshot, c m.Channel, price int32) m.Msg {
	freight := k.Freight(b.Region)
	return m.Msg{
		Amount:  m.Money(price),
		Voucher: int32(float64(price) * s.Voucher),
		Freight: int32(freight),
		FreeFrt: int32(freight * s.Ship),
	}
}

// putOff ends a need for now; it may come back, twice at most.
func (k *Buyers) putOff(t *m.Turn, b *Buyer, x need, why m.Counter) {
	m.Count(t, why, 1)
	l := t.Luck(needDefer, x.n<<2|uint32(x.tries))
	if x.tries >= 2 || l.U(0) >= k.P.Buyer.DeferReturn {
		return
	}
	after := max(sim.Time(l.Exp(1)*k.P.Buyer.DeferDays*float64(m.Day)), 1)
	b.remember(Later{At: t.Now + after, Need: x.n, SME: x.sme, Good: x.good, Tries: x.tries + 1, Saved: x.saved})
}

// remember keeps a need for later; the one that is furthest off is forgotten.
func (b *Buyer) remember(s Later) {
	at := 0
	for i := range b.Later {
		if b.Later[i].At == 0 {
			at = i
			break
		}
		if b.Later[i].At > b.Later[at].At {
			at = i
		}
	}
	b.Later[at] = s
}
