package agents

import (
	"fmt"

	m "pasar/agents/market"
	"pasar/sim"
)

// judge accepts or rejects an order (§7.7): what was open, and the cap's day, go by the second it was placed; stock and the
// SME's own state by now (decisions A1).
func (k *SMEs) judge(t *m.Turn, s *SME, o m.Msg) {
	placed := sim.Time(o.Placed)
	shop := &s.Shop[o.Shop]
	switch {
	case s.State != m.Active:
		o.Reason = m.SellerGone
	case !k.book(t).Open(o.Shop, placed):
		o.Reason = m.CheckoutClosed
		t.Because(k.book(t).At(m.Checkout, o.Shop, placed).Why)
	case !shop.Listed:
		o.Reason = m.SellerGone
	case !k.underCap(t, s, &o):
		o.Reason = m.CapReached
		t.Because(k.book(t).At(m.OrderCap, o.Shop, placed).Why)
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
	o.Fee = int32(k.fee(t, &o, tr.Good))
	via := m.Account(o.Via)
	m.Move(t, m.Transit, m.Escrow+via, o.Pays())
	m.Move(t, m.Till+via, m.Escrow+via, o.Subsidy())
	k.owe(t, s, o.Via, -o.Subsidy())
	s.store(t, -1, m.UnitsOut)
	if s.Stock == 0 {
		k.listAll(t, s)
	}
	if o.Amount-m.Money(o.Voucher) < tr.Cost {
		t.Tally(placed, m.CounterCell(m.SoldUnder), 1)
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
func (k *Common) fee(t *m.Turn, o *m.Msg, good m.Category) m.Money {
	at := sim.Time(o.Placed)
	whose := k.charges(t, o.Shop, o.Via, at)
	share := float64(k.book(t).Value(m.FeeShare, whose, at)) / 1e6 * k.P.Categories[good].FeeFactor
	if o.Via < m.Platforms {
		share += k.P.Order.Payment
	}
	return m.Money(float64(o.Amount)*share) + k.book(t).Value(m.FeeFixed, whose, at)
}

// charges is the channel whose fees an order pays: the processor's, unless a deal leaves the storefront's in force.
func (k *Common) charges(t *m.Turn, shop, via m.Channel, at sim.Time) m.Channel {
	if via != shop && k.book(t).Value(m.StoreFee, shop, at) == 1 {
		return shop
	}
	return via
}

// take is the share of the price that a channel and the tax on orders keep.
func (k *Common) take(t *m.Turn, c m.Channel, good m.Category, at sim.Time) float64 {
	via := k.book(t).Processor(c, at)
	share := float64(k.book(t).Value(m.FeeShare, k.charges(t, c, via, at), at)) / 1e6 * k.P.Categories[good].FeeFactor
	share += float64(k.book(t).Value(m.TaxOrders, via, at)) / 1e6
	if via < m.Platforms {
		share += k.P.Order.Payment
	}
	return share
}

// ship hands the parcel over, unless the order has been cancelled, the SME is gone, or the deadline of a closed checkout has
// passed.
func (k *SMEs) ship(t *m.Turn, s *SME, o m.Msg) {
	l := k.parcel(&o)
	deadline := k.book(t).Value(m.Deadline, o.Shop, t.Now)
	switch {
	case s.State != m.Active:
		o.Reason = m.SellerGone
	case deadline > 0 && int64(t.Now) >= deadline && int64(o.Placed) < deadline:
		o.Reason = m.NotShipped
		t.Because(k.book(t).At(m.Deadline, o.Shop, t.Now).Why)
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
	mean := k.Days(from, k.regionOf(o.Freight)) * (1 + float64(k.book(t).Value(m.DaysMore, from, t.Now))/1e6)
	days := m.LogNormal(l.Normal(1), mean, k.P.Order.MoveCV)
	if days > tooLate*mean {
		o.Flags |= m.Late
		m.Count(t, m.Lates, 1)
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
	t.Tally(t.Now, m.BackCell(o.Via), used)
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
	m.Move(t, escrow, k.cash(t), net)
	k.owe(t, s, o.Via, m.Money(o.Fee))
	if creator > 0 {
		c := m.Msg{Amount: creator, Order: o.Order, Party: o.Party, Good: o.Good, Shop: o.Shop, Via: o.Via, Mode: o.Mode, Flags: o.Flags}
		t.SendIn(sim.Time(k.P.Creator.PayDays)*m.Day, sim.ID(o.Third), m.Commission, c)
		t.Tally(t.Now, m.AffCell(o.Shop), creator)
	}
	t.Tally(t.Now, m.FeeCell(o.Via), m.Money(o.Fee))
	m.Count(t, m.NKept, 1)
	pack := m.Money(k.P.SME.Pack)
	tax := o.Amount * k.book(t).Value(m.TaxOrders, o.Via, sim.Time(o.Placed)) / m.One
	s.Cash += net - pack - tax
	m.Move(t, k.cash(t), m.Costs, pack)
	m.Move(t, k.cash(t), m.Government, tax)
	m.Count(t, m.Taxes, tax)
	s.Earned += net - pack - tax - k.Traits[t.Number].Cost
	y := 1.0
	if o.Flags&m.Late != 0 {
		y = .7
	}
	if l := k.parcel(&o); l.U(6) < reviewed {
		s.Shop[o.Shop].rate(y, k.P.SME.RatingKappa)
	}
}

// reviewed is the share of orders kept that are reviewed.
const reviewed = .25

func (p *Shop) rate(y, kappa float64) {
	p.Rating += float64(kappa * (y - p.Rating))
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

// underCap takes one order out of the tokens that the cap of its day gives. Who has used them up tells the channel, which
// does not show the offer on the days until there are tokens again.
func (k *SMEs) underCap(t *m.Turn, s *SME, o *m.Msg) bool {
	if o.Shop >= m.Platforms {
		return true
	}
	most := k.book(t).At(m.OrderCap, o.Shop, sim.Time(o.Placed))
	if most.Value < 0 {
		return true
	}
	p := &s.Shop[o.Shop]
	p.Tokens, p.Filled = p.tokens(most.Value, m.DayOf(sim.Time(o.Placed)))
	under := p.Tokens >= m.One
	if under {
		p.Tokens -= m.One
	}
	if p.Tokens < m.One && p.Again != k.again(t, p, o.Shop) {
		was := t.Why()
		t.Because(most.Why)
		k.list(t, s, o.Shop)
		t.Because(was)
	}
	return under
}

// tokens are the orders that a cap allows on a day, in ppm, and the day up to which they were given.
func (p *Shop) tokens(share m.PPM, day int64) (tokens, filled int64) {
	if day <= p.Filled {
		return p.Tokens, p.Filled
	}
	daily := int64(p.Pre) * m.One / 28 * share / m.One
	return min(min(p.Tokens, m.One)+(day-p.Filled)*daily, max(m.One, 2*daily)), day
}

// again is the first day from tomorrow on with tokens for an order, by today's cap; 0: there are some today, or there is no cap.
func (k *SMEs) again(t *m.Turn, p *Shop, c m.Channel) uint32 {
	b, today, q := k.book(t), m.DayOf(t.Now), *p
	share := b.Value(m.OrderCap, c, t.Now)
	if c >= m.Platforms || !b.Open(c, t.Now) || share < 0 {
		return 0
	}
	for day := today; day < today+horizon; day++ {
		if q.Tokens, q.Filled = q.tokens(share, day); q.Tokens >= m.One {
			if day == today {
				return 0
			}
			return uint32(day)
		}
	}
	return uint32(today + horizon)
}

// horizon is how many days an SME looks ahead at caps.
const horizon = 60
