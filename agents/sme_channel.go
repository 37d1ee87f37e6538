package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// bring is the part of the orders of a closing channel that an SME hopes to bring along to another by its own links.
const bring = .2

// enter opens in channels that look worth it (step 7). An SME begins in the channels that suit it, so another has to look
// better than it did at first. After an announcement that names alternatives an SME looks at all of them at once.
func (k *SMEs) enter(t *m.Turn, s *SME, now bool) {
	tr := &k.Traits[t.Number]
	lost := 0.0
	if s.Doomed < m.Platforms && s.Closing > 0 && !k.book(t).Open(s.Doomed, t.Now+m.Week) {
		lost = float64(s.Shop[s.Doomed].Pre) / 4
	}
	for c := range m.Direct {
		snap := k.snapshot(t, c)
		if s.Shop[c].Listed || snap == nil || !k.book(t).Open(c, t.Now) || s.Doomed == c && t.Now < s.Closing {
			continue
		}
		l := t.Luck(smeEnter, s.Weeks<<4|uint32(c))
		aware := k.P.SME.Aware
		if now || t.Now < s.Aware {
			aware = 1
		}
		v := &k.P.Platforms[c]
		orders := float64(snap.Peer[tr.Good]/4*num.Exp(.3*tr.Quality)*k.P.SME.NewShare) + float64(bring*lost)
		if c == m.WhatsApp {
			orders = float64(s.Demand*.05) + float64(bring*lost)
		}
		margin := float64(tr.Cost) * k.P.SME.Markup
		profit := float64(margin*orders) - v.Overhead - float64(k.P.SME.Wage*v.Hours)
		hope := logistic((float64(26*profit) - v.Entry) / k.P.SME.EntryNoise)
		if p := &s.Shop[c]; p.Hope == 0 || t.Now < k.Start {
			p.Hope = hope // burn-in: the SME is where it wants to be
			continue
		}
		fit := t.Luck(smeTraits, 2) // how well the channel suits the SME: for life
		first := s.Shop[c].Hope
		if l.U(0) < aware && first+float64((1-first)*fit.U(uint32(c))) < hope && s.Cash > m.Money(v.Entry) {
			s.Cash -= m.Money(v.Entry)
			m.Move(t, m.SMECash, m.Costs, m.Money(v.Entry))
			hope := s.Shop[c].Hope
			k.open(t, s, c, 0)
			s.Shop[c].Rating, s.Shop[c].Hope = .9, hope
			t.Tally(t.Now, m.EnterCell(c), 1)
			k.list(t, s, c)
		}
	}
}

// settleIn takes the state at the end of burn-in as one that SMEs have chosen: who is in business finds it worth the time, and
// keeps the shops it has, unless things get worse from there.
func (k *SMEs) settleIn(t *m.Turn, s *SME) {
	if s.Settled {
		return
	}
	s.Settled = t.Now >= k.Start
	s.Outside = min(s.Outside, max(.9*s.Income, 0))
	for c := range m.Direct {
		s.Shop[c].Usual = min(0, 1.1*s.Shop[c].Profit)
		s.Shop[c].Loss = 0
	}
	s.Thin, s.Debt = 0, 0
}

// leave closes shops that have lost money for six weeks, more than they did when all was usual.
func (k *SMEs) leave(t *m.Turn, s *SME) {
	n := 0
	for c := range m.Direct {
		if s.Shop[c].Listed {
			n++
		}
	}
	for c := range m.Direct {
		p := &s.Shop[c]
		if !p.Listed || c == m.WhatsApp || !k.book(t).Open(c, t.Now) {
			p.Loss = 0
			continue
		}
		if p.Profit >= p.Usual || p.Spell < 2 {
			p.Loss = 0
			continue
		}
		p.Loss++
		if l := t.Luck(smeQuit, s.Weeks<<4|uint32(c)); p.Loss >= 6 && n > 1 && l.U(0) < .5 {
			p.Listed = false
			n--
			k.list(t, s, c)
		}
	}
}

// hear reacts to an announcement after some days, outside the weekly cycle.
func (k *SMEs) hear(t *m.Turn, s *SME, e *m.Event) {
	if s.State != m.Active || k.Frozen.Supply || e.Msg.Rate == 0 {
		return
	}
	l := t.Luck(smeReact, e.Msg.Order)
	days := l.Exp(0) * k.P.SME.ReactDays / s.Agility
	s.Heard = e.Why
	s.React = min(s.React, t.Now+sim.Time(days*float64(m.Day))+1)
	if e.Msg.Reason == m.CheckoutClosed {
		s.Doomed, s.Closing = e.Msg.Shop, sim.Time(e.Msg.Placed)
	}
}

// sellOff lowers the price in a channel that will close, if it brought much and more stock is left than days (D19).
func (k *SMEs) sellOff(t *m.Turn, s *SME) {
	if s.Closing <= t.Now {
		return
	}
	p := &s.Shop[s.Doomed]
	all := 0.0
	for c := range m.Direct {
		all += s.Shop[c].Orders
	}
	left := float64(s.Closing-t.Now) / float64(m.Week)
	if !p.Listed || p.Orders < .3*all || all == 0 || left > float64(s.Stock)/all {
		return
	}
	m.Count(t, m.Liquidations, 1)
	s.Selling = true
	excess := float64(s.Stock)/all - left
	p.Price = m.Money(float64(p.Price) * (1 - min(k.P.SME.Liquidate, .15+float64(.05*excess))))
	k.list(t, s, s.Doomed)
}
