package agents

import (
	"fmt"

	m "pasar/agents/market"
	"pasar/sim"
)

// SMEs are the small sellers (ODD §2.6, §7.7, §7.8): local ones, import resellers and a few brands. An SME lists one
// representative product in several channels, keeps stock and cash, accepts and ships orders, and once a week reviews its
// prices, live hours, channels, stock and whether to go on.
type SMEs struct {
	*Common
	Frozen
}

// An SME is one of them.
type SME struct {
	State   uint8
	Weekday uint8 // of its review
	Weeks   uint32
	Debt    uint8     // weeks below its credit line
	Thin    uint8     // weeks below outside income
	Heard   uint32    // why it will react: the entry that was announced
	Doomed  m.Channel // the channel that will close, and when
	Closing sim.Time
	Selling bool // selling off before a closure
	Stock   int32
	OnOrder int32
	Cash    m.Money
	Demand  float64 // units a week, moving average
	Income  float64 // Rp a week, moving average
	Outside float64 // Rp a week it could earn elsewhere
	Hours   float64 // a week
	Agility float64
	Aware   sim.Time // until when it knows well of other channels
	Sold4   [4]m.Money
	Gain4   [4]m.Money
	Earned  m.Money // settled this week, less goods and packing
	Shop    [m.Direct]Shop
	Owed    [m.Direct]m.Money // to platforms, since the last report
	Review  sim.Time
	Report  sim.Time
	React   sim.Time
	Due     sim.Time
}

// A Shop is an SME's place in one channel.
type Shop struct {
	Price   m.Money
	Step    float64 // last change of price, +up
	Profit  float64 // Rp a week in this spell of the price, mean
	Spell   float64 // weeks of it
	Before  float64 // mean profit in the spell before
	Orders  float64 // a week, moving average
	Rating  float64
	Skill   float64
	Live    float64 // hours a week
	Since   sim.Time
	Reviews uint32
	Week    uint32 // orders since the last review
	Missed  uint32 // and those it had no stock for
	Sales   m.Money
	Last4   [4]uint32 // orders of the last four weeks
	Pre     uint32    // the same when the channel was last open without a cap
	Last8   [8]m.Money
	Tokens  int64 // orders the cap allows now, ppm
	Filled  int64 // day up to which tokens were given
	Listed  bool
	Told    bool    // the channel knows of it
	Loss    uint8   // weeks of loss
	Hope    float64 // how worthwhile opening here looked at first, 0..1; 0: not looked at yet
}

// Streams of an SME's luck.
const (
	smeTraits sim.Stream = iota + 1
	smeParcel            // keyed by order, and by the buyer's number as alternative
	smePrice
	smeEnter
	smeStock
	smeQuit
	smeReact
	smeSpare
	smeReview
)

// Born opens the shops an SME has at the start, with goods and cash of a business that has been running.
func (k *SMEs) Born(t *m.Turn, s *SME) {
	tr := &k.Traits[t.Number]
	l := t.Luck(smeTraits, 0)
	s.Weekday = uint8(l.Below(0, 7))
	s.Agility = m.LogNormal(l.Normal(1), 1, .53)
	s.Outside = m.LogNormal(l.Normal(2), k.P.SME.Outside, .5) * reserve * min(tr.Size, sqrt(tr.Size))
	s.Review = sim.Time(s.Weekday)*m.Day + 2*m.Hour + 7*m.Day
	s.Report, s.React = never, never
	s.State = m.Spare
	if !tr.Spare {
		k.start(t, s, l.Normal(3), tr.Lists)
	}
	k.listAll(t, s)
	k.sleep(t, s)
}

// reserve is the share of a week that a business of size 1 takes. A smaller one takes less in proportion, so that its owner
// compares its income with less outside pay; a larger one is run with help (docs/adr).
const reserve = .3

// start makes an SME active: stock for three weeks, cash for six weeks of overhead, and listings.
func (k *SMEs) start(t *m.Turn, s *SME, cash float64, lists uint16) {
	tr := &k.Traits[t.Number]
	s.State = m.Active
	s.Demand = k.Orders / 4 * tr.Size
	s.Income = s.Outside * 1.5
	s.Hours = min(max(50*sqrt(tr.Size), 15), 2000)
	s.store(t, int32(3*s.Demand)+2, m.UnitsIn)
	s.Cash = m.Money(6*k.overhead(tr)*m.LogNormal(cash, 1, 1)) + 3*m.Money(s.Demand)*tr.Cost
	m.Move(t, m.TheWorld, m.SMECash, s.Cash)
	n := 0
	for c := range m.Platforms {
		n += int(lists >> c & 1)
	}
	for c := range m.Direct {
		if lists>>c&1 == 1 {
			k.open(t, s, c, s.Demand/float64(max(n, 1)))
			if c == tr.Home {
				s.Shop[c].Skill = .8
			} else {
				l := t.Luck(smeTraits, 1)
				s.Shop[c].Skill = .2 + float64(.5*l.U(uint32(c)))
			}
		}
	}
}

// store moves units into or out of stock; goods are counted like money (V-04).
func (s *SME) store(t *m.Turn, units int32, why m.Counter) {
	s.Stock += units
	m.Count(t, m.UnitsOnHand, int64(units))
	m.Count(t, why, int64(max(units, -units)))
}

// open sets up a place in a channel.
func (k *SMEs) open(t *m.Turn, s *SME, c m.Channel, orders float64) {
	tr := &k.Traits[t.Number]
	l := t.Luck(smePrice, uint32(c))
	price := float64(tr.Cost) / ((1 - k.take(c, tr.Good, t.Now)) * (1 - k.P.SME.Markup)) * m.LogNormal(l.Normal(0), 1, .12)
	s.Shop[c] = Shop{Price: m.Money(price), Orders: orders, Rating: .92, Listed: true, Since: t.Now, Step: .03, Filled: m.DayOf(t.Now)}
	if l.U(1) < .5 {
		s.Shop[c].Step = -.03
	}
	for i := range s.Shop[c].Last4 {
		s.Shop[c].Last4[i] = uint32(orders + .5)
	}
	if k.P.Platforms[c].Views > 0 && tr.Home == c {
		s.Shop[c].Live = 3 * sqrt(tr.Size)
	}
}

// React hears an event.
func (k *SMEs) React(t *m.Turn, s *SME, e *m.Event) {
	switch e.Kind {
	case m.Wake:
		k.wake(t, s)
	case m.Placed:
		k.judge(t, s, e.Msg)
	case m.Ship:
		k.ship(t, s, e.Msg)
	case m.Kept:
		k.settle(t, s, e.Msg)
	case m.Returned:
		k.takeBack(t, s, e.Msg)
	case m.Restock:
		s.OnOrder -= int32(e.Msg.Amount)
		empty := s.Stock <= 0
		s.store(t, int32(e.Msg.Amount), m.UnitsIn)
		if empty && s.State == m.Active {
			k.listAll(t, s)
		}
	case m.Announced:
		k.hear(t, s, e)
	}
	k.sleep(t, s)
}

// Audit counts the SME's money and goods. What it owes to platforms is theirs already.
func (k *SMEs) Audit(count func(sim.Cell, int64), s *SME) {
	count(m.AccountCell(m.SMECash), s.Cash)
	for c, owed := range s.Owed {
		count(m.AccountCell(m.Till+m.Account(c)), owed)
	}
	count(m.CounterCell(m.UnitsOnHand), int64(s.Stock))
}

func (k *SMEs) wake(t *m.Turn, s *SME) {
	if s.Report <= t.Now {
		k.report(t, s)
	}
	if s.React <= t.Now {
		s.React = never
		t.Because(s.Heard)
		if s.State == m.Active {
			s.Aware = t.Now + 8*m.Week
			k.enter(t, s, true)
			k.sellOff(t, s)
		}
	}
	if s.Review <= t.Now {
		s.Review += m.Week
		k.review(t, s)
	}
}

func (k *SMEs) sleep(t *m.Turn, s *SME) {
	next := max(min(s.Review, s.Report, s.React), t.Now+1)
	if (next < s.Due || s.Due <= t.Now) && next < never {
		t.Wake(next-t.Now, m.Wake, m.Msg{})
		s.Due = next
	}
}

// judge accepts or rejects an order (§7.7): what was open, and the cap's day, go by the second it was placed; stock and the
// SME's own state by now (decisions A1).
func (k *SMEs) judge(t *m.Turn, s *SME, o m.Msg) {
	placed := sim.Time(o.Placed)
	shop := &s.Shop[o.Shop]
	switch {
	case s.State != m.Active:
		o.Reason = m.SellerGone
	case !k.Book.Open(o.Shop, placed):
		o.Reason = m.CheckoutClosed
	case !shop.Listed:
		o.Reason = m.SellerGone
	case !k.underCap(shop, &o):
		o.Reason = m.CapReached
	case s.Stock <= 0 && !k.Frozen.Supply:
		o.Reason = m.OutOfStock
		shop.Missed++
	}
	if o.Reason != m.NoReason {
		t.Tally(placed, m.RejectCell(o.Shop), 1)
		t.Send(sim.ID(o.Party), m.Rejected, o)
		return
	}
	tr := &k.Traits[t.Number]
	o.Fee = int32(k.fee(&o, tr.Good))
	via := m.Account(o.Via)
	m.Move(t, m.Transit, m.Escrow+via, o.Pays())
	m.Move(t, m.Till+via, m.Escrow+via, o.Subsidy())
	k.owe(t, s, o.Via, -o.Subsidy())
	s.store(t, -1, m.UnitsOut)
	if s.Stock == 0 {
		k.listAll(t, s)
	}
	shop.Week++
	shop.Sales += o.Amount
	t.Tally(placed, m.GMVCell(o.Shop, o.Via), o.Amount)
	t.Tally(placed, m.OrdersCell(o.Shop, o.Via), 1)
	t.Tally(placed, m.GoodCell(o.Shop, o.Good), o.Amount)
	t.Tally(placed, m.ModeCell(o.Shop, o.Mode), 1)
	t.Tally(placed, m.TypeCell(o.Shop, tr.Type), o.Amount)
	t.Tally(placed, m.RegionCell(o.Shop, tr.Region), o.Amount)
	t.Tally(t.Now, m.SubsidyCell(o.Via), o.Subsidy())
	m.Count(t, m.NAccepted, 1)
	t.Send(sim.ID(o.Party), m.Accepted, o)
	l := k.parcel(&o)
	days := m.LogNormal(l.Normal(0), k.P.Order.ShipDays, k.P.Order.ShipCV)
	if k.Cal.Campaign(m.DayOf(placed)) > 1.5 {
		days *= 2
	}
	t.SendIn(max(sim.Time(days*float64(m.Day)), m.Hour), t.Self, m.Ship, o)
}

// parcel is the luck of an order's way: the buyer's, so that it is the same whichever SME ships.
func (k *Common) parcel(o *m.Msg) sim.Luck {
	return sim.NewLuck(k.Seed, m.LotSME, smeParcel, o.Party, o.Order)
}

// fee is what the processor keeps of an order, by the rules of the second it was placed.
func (k *Common) fee(o *m.Msg, good m.Category) m.Money {
	at := sim.Time(o.Placed)
	share := float64(k.Book.Value(m.FeeShare, o.Via, at)) / 1e6 * k.P.Categories[good].FeeFactor
	if o.Via < m.Platforms {
		share += k.P.Order.Payment
	}
	return m.Money(float64(o.Amount)*share) + k.Book.Value(m.FeeFixed, o.Via, at)
}

// take is the share of the price that a channel keeps.
func (k *Common) take(c m.Channel, good m.Category, at sim.Time) float64 {
	via := k.Book.Processor(c, at)
	share := float64(k.Book.Value(m.FeeShare, via, at)) / 1e6 * k.P.Categories[good].FeeFactor
	if via < m.Platforms {
		share += k.P.Order.Payment
	}
	return share
}

// ship hands the parcel over, unless the order has been cancelled, the SME is gone, or the deadline of a closed checkout has
// passed.
func (k *SMEs) ship(t *m.Turn, s *SME, o m.Msg) {
	l := k.parcel(&o)
	deadline := k.Book.Value(m.Deadline, o.Shop, t.Now)
	switch {
	case s.State != m.Active:
		o.Reason = m.SellerGone
	case deadline > 0 && int64(t.Now) >= deadline && int64(o.Placed) < deadline:
		o.Reason = m.NotShipped
	case l.U(4) < k.P.Order.Cancel:
		o.Reason = m.Cancelled
	}
	if o.Reason != m.NoReason {
		m.Count(t, m.NCancelled, 1)
		s.store(t, 1, m.UnitsBack)
		k.refund(t, s, o, 0)
		return
	}
	from := o.Shop
	if o.Via < m.Platforms {
		from = o.Via
	}
	mean := k.Days(from, k.regionOf(o.Freight))
	days := m.LogNormal(l.Normal(1), mean, k.P.Order.MoveCV)
	if days > 1.6*mean {
		o.Flags |= m.Late
	}
	t.SendIn(max(sim.Time(days*float64(m.Day)), m.Hour), sim.ID(o.Party), m.Delivered, o)
}

// regionOf is where a parcel goes, by its freight.
func (k *Common) regionOf(freight int32) m.Region {
	if float64(freight) <= k.P.Order.Freight {
		return 0
	}
	return 1
}

// refund gives an order's money back where it came from, except the freight that was used.
func (k *SMEs) refund(t *m.Turn, s *SME, o m.Msg, used m.Money) {
	via := m.Account(o.Via)
	m.Move(t, m.Escrow+via, m.Transit, o.Pays())
	m.Move(t, m.Escrow+via, m.Till+via, o.Subsidy())
	m.Move(t, m.Till+via, m.Logistics, used)
	k.owe(t, s, o.Via, o.Subsidy()-used)
	t.Tally(t.Now, m.SubsidyCell(o.Via), -o.Subsidy())
	back := o
	back.Amount = o.Pays()
	back.Voucher, back.Freight, back.FreeFrt = 0, 0, 0
	t.Send(sim.ID(o.Party), m.Refunded, back)
}

// takeBack receives a parcel that was refused or sent back.
func (k *SMEs) takeBack(t *m.Turn, s *SME, o m.Msg) {
	l := k.parcel(&o)
	if o.Reason == m.NotTaken {
		m.Count(t, m.NUntaken, 1)
	} else {
		m.Count(t, m.NSentBack, 1)
		s.Shop[o.Shop].rate(.3, k.P.SME.RatingKappa)
	}
	if l.U(5) < k.P.Order.Resale {
		s.store(t, 1, m.UnitsBack)
	}
	k.refund(t, s, o, m.Money(o.Freight))
}

// settle divides the money of an order (§7.7): what goes out is what was held, line by line (V-05).
func (k *SMEs) settle(t *m.Turn, s *SME, o m.Msg) {
	held := o.Gross()
	creator := m.Money(0)
	if o.Third > 0 {
		creator = o.Amount * m.Money(o.Rate) / 10_000
	}
	net := o.Amount - m.Money(o.Fee) - creator
	if m.Money(o.Freight)+m.Money(o.Fee)+creator+net != held {
		panic(fmt.Sprintf("conservation: order %d of buyer %d holds %d and pays out %d", o.Order, o.Party, held, m.Money(o.Freight)+m.Money(o.Fee)+creator+net))
	}
	escrow := m.Escrow + m.Account(o.Via)
	m.Move(t, escrow, m.Logistics, m.Money(o.Freight))
	m.Move(t, escrow, m.Till+m.Account(o.Via), m.Money(o.Fee))
	m.Move(t, escrow, m.MakerDue, creator)
	m.Move(t, escrow, m.SMECash, net)
	k.owe(t, s, o.Via, m.Money(o.Fee))
	if creator > 0 {
		c := m.Msg{Amount: creator, Order: o.Order, Party: o.Party, Good: o.Good, Shop: o.Shop, Via: o.Via, Mode: o.Mode}
		t.SendIn(sim.Time(k.P.Creator.PayDays)*m.Day, sim.ID(o.Third), m.Commission, c)
		t.Tally(t.Now, m.AffCell(o.Shop), creator)
	}
	t.Tally(t.Now, m.FeeCell(o.Via), m.Money(o.Fee))
	m.Count(t, m.NKept, 1)
	pack := m.Money(k.P.SME.Pack)
	s.Cash += net - pack
	m.Move(t, m.SMECash, m.Costs, pack)
	s.Earned += net - pack - k.Traits[t.Number].Cost
	y := 1.0
	if o.Flags&m.Late != 0 {
		y = .7
	}
	if l := k.parcel(&o); l.U(6) < .25 {
		s.Shop[o.Shop].rate(y, k.P.SME.RatingKappa)
	}
}

func (p *Shop) rate(y, kappa float64) {
	p.Rating += kappa * (y - p.Rating)
	p.Reviews++
}

// owe notes what a platform is to get from the SME (or to give), and sees to the daily report.
func (k *SMEs) owe(t *m.Turn, s *SME, via m.Channel, amount m.Money) {
	s.Owed[via] += amount
	if s.Report == never {
		s.Report = sim.Time(m.DayOf(t.Now)+1)*m.Day + m.Hour
	}
}

// report settles with the platforms for the day, and looks at the stock.
func (k *SMEs) report(t *m.Turn, s *SME) {
	s.Report = never
	for c, owed := range s.Owed {
		if owed != 0 {
			t.Send(k.Venues.ID(c), m.Report, m.Msg{Amount: owed, Shop: m.Channel(c), Via: m.Channel(c)})
			s.Owed[c] = 0
		}
	}
	if s.State == m.Active && !k.Frozen.Supply {
		k.restock(t, s)
	}
}

// underCap takes one order out of the tokens that the cap of its day gives.
func (k *SMEs) underCap(p *Shop, o *m.Msg) bool {
	share := k.Book.Value(m.OrderCap, o.Shop, sim.Time(o.Placed))
	if share < 0 || o.Shop >= m.Platforms {
		return true
	}
	before := int64(p.Pre) * m.One / 28 // orders a day before the closure, ppm
	if day := m.DayOf(sim.Time(o.Placed)); day > p.Filled {
		p.Tokens = min(p.Tokens, m.One) + (day-p.Filled)*(before*share/m.One)
		p.Tokens = min(p.Tokens, max(m.One, 2*before*share/m.One))
		p.Filled = day
	}
	if p.Tokens < m.One {
		return false
	}
	p.Tokens -= m.One
	return true
}
