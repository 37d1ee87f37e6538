package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
)

// Aid is what programmes of the government do for an SME now.
type Aid struct {
	Waive    float64 // share of the cost of entry that is paid for it
	WaiveOn  uint16  // bits: where
	WaiveTo  sim.Time
	Cash     m.Money // Rp a week
	Share    float64 // of sales lost
	CashTo   sim.Time
	Credit   float64 // weeks of usual sales
	CreditTo sim.Time
}

// join takes part in a programme, if the SME is one of those it is for and luck has it among those asked and those who accept. The
// luck is keyed by the programme, so that a change of another one does not touch it.
func (k *SMEs) join(t *m.Turn, s *SME, x *m.Programme) {
	tr := &k.Traits[t.Number]
	l := t.Luck(smeAid, x.Number)
	if s.State != m.Active || !x.For(tr, s.OnTik, m.SizeOf(s.year())) || m.PPM(l.U(0)*1e6) >= m.PPM(x.Sample) || m.PPM(l.U(1)*1e6) >= m.PPM(x.TakeUp) {
		return
	}
	m.Count(t, m.Joined, 1)
	until := t.Now + sim.Time(x.Weeks)*m.Week
	switch x.Kind {
	case m.Training:
		for c := range m.Direct {
			if p := &s.Shop[c]; x.Channels>>c&1 == 1 && p.Listed {
				p.Skill = min(p.Skill+float64(x.Share)/1e6, 1)
			}
		}
		k.public(t, m.Costs, x.Amount)
		k.listAll(t, s)
	case m.EntryAid:
		s.Aid.Waive, s.Aid.WaiveOn, s.Aid.WaiveTo = float64(x.Share)/1e6, x.Channels, until
		s.Aware, s.Made = max(s.Aware, until), t.Why()
	case m.Compensation:
		s.Aid.Cash, s.Aid.Share, s.Aid.CashTo = x.Amount, float64(x.Share)/1e6, until
	case m.CreditLine:
		s.Aid.Credit, s.Aid.CreditTo = float64(x.Share)/1e6, until
	case m.Information:
		s.Aware, s.Made = max(s.Aware, until), t.Why()
	}
}

// waived is the part of the cost of entry that the government pays.
func (k *SMEs) waived(t *m.Turn, s *SME, c m.Channel) m.Money {
	if t.Now >= s.Aid.WaiveTo || s.Aid.WaiveOn>>c&1 == 0 {
		return 0
	}
	return m.Money(float64(s.Aid.Waive * k.P.Platforms[c].Entry))
}

// public pays for something out of the government's money.
func (k *SMEs) public(t *m.Turn, to m.Account, amount m.Money) {
	m.Move(t, m.Government, to, amount)
	m.Count(t, m.PublicCost, amount)
}

// compensate pays what the SME gets this week, and tells it: a sum, or a share of the sales it has lost since a platform was closed to it.
func (k *SMEs) compensate(t *m.Turn, s *SME) (amount m.Money) {
	if t.Now >= s.Aid.CashTo {
		return 0
	}
	amount = s.Aid.Cash + m.Money(s.Aid.Share*float64(max(s.Base-s.Sold[0], 0)))
	s.Cash += amount
	s.Gain[0] += amount
	k.public(t, k.cash(t), amount)
	return amount
}

// remember keeps in mind what is usual: weekly sales and the part that TikTok has of them, for as long as all platforms that the
// SME sells on take orders without a cap.
func (k *SMEs) remember(t *m.Turn, s *SME) {
	for c := range m.Platforms {
		if s.Shop[c].Listed && (!k.book(t).Open(c, t.Now) || k.book(t).Value(m.OrderCap, c, t.Now) >= 0) {
			return
		}
	}
	var all, tik m.Money
	for c := range m.Direct {
		for _, week := range s.Shop[c].Last8 {
			all += week
			if c == m.TikTok {
				tik += week
			}
		}
	}
	s.Base = all / 8
	if all > 0 {
		s.OnTik = uint32(tik * m.One / all)
	}
}

// year is what an SME sells in a year, going by the last quarter.
func (s *SME) year() (sum m.Money) {
	for _, week := range s.Sold {
		sum += week * 4
	}
	return sum
}
