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
	Weekday uint8  // of its review
	Type    m.Type // as in its traits, for the audit
	Weeks   uint32
	Came    sim.Time  // into the market; before the start of the clock: at the start
	Debt    uint8     // weeks below its credit line
	Thin    uint8     // weeks below outside income
	Idle    uint8     // weeks since it closed
	Heard   uint32    // why it will react: the entry that was announced
	News    uint32    // its name, which keys the luck of the reaction
	Doomed  m.Channel // the channel that will close, and when
	Closing sim.Time
	Doubts  bool    // does not believe in it until it comes
	Before  m.Money // the price there before it began to sell off; 0: it does not
	Stock   int32
	OnOrder int32
	Cash    m.Money
	Demand  float64 // units a week, moving average
	Income  float64 // Rp a week, moving average
	Outside float64 // Rp a week it could earn elsewhere
	Scale   float64 // of its business, relative to others: orders a week that it can expect
	Thrift  float64 // working capital relative to others
	Hours   float64 // a week
	Agility float64
	Base    m.Money // Rp a week of sales that are usual
	OnTik   uint32  // ppm of them on TikTok
	Aid     Aid
	Settled bool             // its first months are over, see settleIn
	Aware   sim.Time         // until when it knows well of other channels
	Made    uint32           // it so: the entry
	Rate    uint16           // open affiliate commission, in 1/10,000
	Lower   uint16           // and what it will be at LowerAt
	LowerAt sim.Time         // 0: no change is due
	Plan    Trial            // of commissions
	Sold    [quarter]m.Money // by week, the newest first
	Gain    [quarter]m.Money // the same: income before outside pay
	Earned  m.Money          // settled this week, less goods and packing
	Shop    [m.Direct]Shop
	Owed    [m.Direct]m.Money // to platforms, since the last report
	Review  sim.Time
	Report  sim.Time
	React   sim.Time
	Due     sim.Time
}

// quarter is how many weeks an SME looks back on.
const quarter = 13

// A Shop is an SME's place in one channel.
type Shop struct {
	Price   m.Money
	Try     Trial   // of prices
	Adv     Trial   // of advertisements
	Ads     float64 // share of sales
	Spent   m.Money // on advertisements, last week
	Profit  float64 // Rp a week, moving average
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
	Tokens  int64  // orders the cap allows now, ppm
	Filled  int64  // day up to which tokens were given
	Again   uint32 // day from which the channel shows the offer again, see underCap
	Listed  bool
	Told    bool    // the channel knows of it
	Loss    uint8   // weeks of loss
	Usual   float64 // Rp a week, at most 0: the profit with which it began, see settleIn
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
	smeContract
	smePast
	smeAid
)

// store moves units into or out of stock; goods are counted like money (V-04).
func (s *SME) store(t *m.Turn, units int32, why m.Counter) {
	s.Stock += units
	m.Count(t, m.UnitsOnHand, int64(units))
	m.Count(t, why, int64(max(units, -units)))
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
	case m.Answered:
		k.answered(t, s, &e.Msg)
	case m.Announced:
		k.hear(t, s, e)
	case m.Enrol:
		k.join(t, s, m.Bodily[m.Programme](&e.Msg))
	}
	k.sleep(t, s)
}

// Audit counts the SME's money and goods. What it owes to platforms is theirs already.
func (k *SMEs) Audit(count func(sim.Cell, int64), s *SME) {
	count(m.AccountCell(m.SMECash+m.Account(s.Type)), s.Cash)
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
		t.Because(s.Heard)
		k.react(t, s)
	}
	if s.Review <= t.Now {
		t.Because(0)
		s.Review += m.Week
		k.review(t, s)
		if s.State > m.Active {
			k.tell(t, s, nil)
		}
	}
}

func (k *SMEs) sleep(t *m.Turn, s *SME) {
	next := max(min(s.Review, s.Report, s.React), t.Now+1)
	if (next < s.Due || s.Due <= t.Now) && next < never {
		t.Because(0) // a timer is set whatever the SME has just heard
		t.Wake(next-t.Now, m.Wake, m.Msg{})
		s.Due = next
	}
}
