package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
)

// cash is the account of the SME whose turn it is, home that of its owner.
func (k *Common) cash(t *m.Turn) m.Account { return m.SMECash + m.Account(k.Traits[t.Number].Type) }
func (k *Common) home(t *m.Turn) m.Account { return m.SMEHomes + m.Account(k.Traits[t.Number].Type) }

// overhead is what being in business costs a week, in Rp.
func (k *Common) overhead(s *SME) float64 { return k.P.SME.Overhead * s.Scale }

// credit is how far cash may fall below zero: some weeks of sales, going by the last quarter, and more of what they usually are under a
// credit line.
func (k *Common) credit(t *m.Turn, s *SME) m.Money {
	limit := k.P.SME.CreditWeeks * float64(s.year()) / 52
	if t.Now < s.Aid.CreditTo {
		limit += float64(s.Aid.Credit * float64(s.Base))
	}
	return m.Money(limit)
}

// takeHome is what the owner lives on: cash beyond the capital that the business works with (docs/adr/0016).
func (k *SMEs) takeHome(t *m.Turn, s *SME) {
	if rest := s.Cash - k.capital(&k.Traits[t.Number], s); s.State == m.Active && rest > 0 {
		s.Cash -= rest
		m.Move(t, k.cash(t), k.home(t), rest)
		m.Count(t, m.Drawn, rest)
	}
}

// liquidity ends a business that cannot pay, or is not worth its owner's time (step 9).
func (k *SMEs) liquidity(t *m.Turn, s *SME) {
	s.Debt, s.Thin = min(s.Debt+1, 100), min(s.Thin+1, 100)
	if s.Cash >= -k.credit(t, s) {
		s.Debt = 0
	}
	if s.Income >= s.Outside {
		s.Thin = 0
	}
	l := t.Luck(smeQuit, s.Weeks<<4|15)
	switch {
	case s.Debt >= 4:
		s.State = m.Bankrupt
		m.Count(t, m.Bankruptcies, 1)
	case s.Thin >= 8 && l.U(1) < k.P.SME.ExitHazard:
		s.State = m.Closed
		m.Count(t, m.GaveUp, 1)
	default:
		return
	}
	s.Idle = 0
	value := m.Money(s.Stock) * k.Traits[t.Number].Cost / 2
	s.Cash += value
	m.Move(t, m.TheWorld, k.cash(t), value)
	s.store(t, -s.Stock, m.UnitsLost)
	for c := range m.Direct {
		s.Shop[c].Listed = false
	}
}

// settleUp ends the accounts of a business that has closed: what is left is its owner's, and a debt is its lenders' loss.
func (k *SMEs) settleUp(t *m.Turn, s *SME) {
	if s.Cash >= 0 {
		m.Move(t, k.cash(t), k.home(t), s.Cash)
		m.Count(t, m.Drawn, s.Cash)
	} else {
		m.Move(t, k.cash(t), m.TheWorld, s.Cash)
		m.Count(t, m.WrittenOff, -s.Cash)
	}
	s.Cash = 0
}

// rest is how many weeks a place in the market stays empty after its SME has gone, so that its last orders have ended.
const rest = 8

// newcomer lets a spare member enter the market (§7.8, decisions C14): by a keyed coin each week, so that ν0 of the SMEs of a category
// come a week, more where business earns more than outside pay, and fewer where less.
func (k *SMEs) newcomer(t *m.Turn, s *SME) {
	if t.Now < k.Start || k.Frozen.Supply {
		return
	}
	tr := &k.Traits[t.Number]
	g := k.goods4(t)
	if g == nil {
		return
	}
	x := g[tr.Good]
	spare := float64(k.Members[tr.Good]) - float64(x.Active)
	earns := min(max(float64(x.Income)/float64(max(x.Wish, 1)), .25), 4)
	l := t.Luck(smeSpare, s.Weeks)
	if spare <= 0 || l.U(0) >= k.P.SME.Entrants*earns*float64(x.Active)/spare {
		return
	}
	home := k.first(t, tr, &l)
	if home == m.Direct {
		return
	}
	m.Count(t, m.Entries, 1)
	k.settleUp(t, s)
	k.setOut(t, s)
	k.start(t, s, 1<<home|tr.Lists&(1<<m.WhatsApp))
	// What was here is not the newcomer's: neither its past nor what it had heard or was given.
	s.Sold, s.Gain, s.Base, s.OnTik, s.Aid = [quarter]m.Money{}, [quarter]m.Money{}, 0, 0, Aid{}
	s.Doomed, s.Closing, s.Doubts, s.Before, s.Aware, s.React = 0, 0, false, 0, 0, never
	for c := range m.Direct {
		if p := &s.Shop[c]; p.Listed {
			p.Skill, p.Rating, p.Reviews, p.Since, p.Last4, p.Last8 = 0, newRating, 0, t.Now, [4]uint32{}, [8]m.Money{}
		} else {
			*p = Shop{Told: p.Told}
		}
	}
	s.Settled, s.Came, s.Scale = false, t.Now, s.Demand/k.Usual
	k.listAll(t, s)
}

// goods4 is the Desk's last count of SMEs by category.
func (k *Common) goods4(t *m.Turn) *[m.Categories]m.GoodsRow {
	n := t.Posted(m.TopicDesk)
	if n == nil {
		return nil
	}
	return &sim.Decoded(n, m.LastWeek).Goods
}

// first is the platform a new SME begins on: its home if that is open, or else another by how many begin there.
func (k *SMEs) first(t *m.Turn, tr *m.Traits, l *sim.Luck) m.Channel {
	if k.book(t).Open(tr.Home, t.Now) {
		return tr.Home
	}
	var w [m.Platforms]float64
	sum := 0.0
	for c := range m.Platforms {
		if k.book(t).Open(c, t.Now) {
			w[c] = k.P.Platforms[c].Sellers
			sum += w[c]
		}
	}
	if sum == 0 {
		return m.Direct
	}
	return m.Channel(m.Pick(l.U(1), w[:]))
}
