package agents

import (
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
	Settled bool     // its first months are over, see settleIn
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
	Usual   float64 // Rp a week, at most 0: the profit with which it began, see settleIn
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
				s.Shop[c].Skill = .9
			} else {
				l := t.Luck(smeTraits, 1)
				s.Shop[c].Skill = .7 + float64(.2*l.U(uint32(c)))
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
	price := float64(tr.Cost) / ((1 - k.take(t, c, tr.Good, t.Now)) * (1 - k.P.SME.Markup)) * m.LogNormal(l.Normal(0), 1, .12)
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
