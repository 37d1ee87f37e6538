package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// enter opens in channels that look worth it (step 7). How well a channel suits an SME is drawn for life, so that under usual
// conditions it wants the channels it was born with, and another only if that looks better than usual. After an announcement that
// names alternatives an SME looks at all of them at once.
func (k *SMEs) enter(t *m.Turn, s *SME, now bool) {
	if t.Now < k.Start {
		return // in burn-in the SME is where it wants to be
	}
	tr := &k.Traits[t.Number]
	for c := range m.Direct {
		p, v, shop := &s.Shop[c], &k.P.Platforms[c], k.snapshot(t, c)
		if p.Listed || !k.book(t).Open(c, t.Now) || s.expects(c, t.Now) || shop == nil || c != m.WhatsApp && k.hours(s)+v.Hours > s.Hours {
			continue // it is there, or cannot be: the channel is closed, unknown, or takes more hours than there are left
		}
		free := k.waived(t, s, c)
		profit := k.outlook(t, s, c, shop.Peer[tr.Good], k.lost(t, s), t.Now)
		hope, need := k.hope(c, profit, free), k.need(t, s, c, shop)
		aware := k.P.SME.Aware
		if now || t.Now < s.Aware {
			aware = 1
		}
		cost := m.Money(v.Entry)
		l := t.Luck(smeEnter, s.Weeks<<4|uint32(c))
		if l.U(0) >= aware || hope <= need {
			continue
		}
		was := t.Why()
		if l.U(0) >= k.P.SME.Aware {
			t.Because(s.Made) // it would not have looked
		} else if calm := k.outlook(t, s, c, shop.Peer[tr.Good], 0, t.Now); k.hope(c, calm, free) <= need { // it hopes to bring along what it sold elsewhere
			t.Because(k.closure(t, s))
		}
		k.invest(t, s, max(cost-free-max(s.Cash, 0), 0)) // what the business cannot pay, its owner does
		s.Cash -= cost - free
		m.Move(t, k.cash(t), m.Costs, cost-free)
		k.public(t, m.Costs, free)
		k.branch(t, s, c)
		p.Usual = min(0, 1.1*profit)
		t.Tally(t.Now, m.EnterCell(c), 1)
		k.list(t, s, c)
		t.Because(was)
	}
}

// outlook is the profit a week that an SME expects where it does not sell: that of a new shop like it, given the median orders of
// those that sell there, and what it hopes to bring along by its own links of a channel that closes, of which lost is its part.
func (k *SMEs) outlook(t *m.Turn, s *SME, c m.Channel, peer, lost float64, at sim.Time) float64 {
	tr, v := &k.Traits[t.Number], &k.P.Platforms[c]
	orders, hours := float64(peer/4*num.Exp(.3*tr.Quality)*k.P.SME.NewShare), v.Hours
	if c == m.WhatsApp {
		orders, hours = s.Demand*.05, .15*s.Demand*.05
	}
	orders += float64(k.P.SME.Bring * lost)
	price := k.best(t, tr, c, s.Rate, at)
	margin := float64(price*(1-k.take(t, c, tr.Good, at)-k.commission(c, s.Rate))) - float64(tr.Cost) - k.P.SME.Pack
	return float64(margin*orders) - v.Overhead - float64(k.P.SME.Wage*hours)
}

// hope is how worthwhile opening in a channel looks, 0 to 1: half a year of profit against what entry costs, less what others pay of it.
func (k *SMEs) hope(c m.Channel, profit float64, free m.Money) float64 {
	return logistic((float64(26*profit) - float64(m.Money(k.P.Platforms[c].Entry)-free)) / k.P.SME.EntryNoise)
}

// need is how worthwhile opening in a channel has to look: below what is usual there if it suits the SME, above if it does not. Of a
// platform that opens later nothing was hoped for.
func (k *SMEs) need(t *m.Turn, s *SME, c m.Channel, shop *m.Snapshot) float64 {
	tr, l, usual := &k.Traits[t.Number], t.Luck(smeTraits, 2), 0.0
	if k.book(t).Open(c, k.Start) {
		usual = k.hope(c, k.outlook(t, s, c, shop.Usual[tr.Good], 0, k.Start), 0)
	}
	fit := l.U(uint32(c))
	if tr.Lists>>c&1 == 1 {
		return usual * fit
	}
	return usual + float64((1-usual)*fit)
}

// lost is the orders a week that each channel could get of one that the SME was told will close, if it believes that this comes within
// a week or sees that it has come. What the book holds for later it does not know: a closure may be decided on the day.
func (k *SMEs) lost(t *m.Turn, s *SME) float64 {
	soon := s.expects(s.Doomed, t.Now) && s.Closing <= t.Now+m.Week
	if s.Doomed >= m.Platforms || s.Closing == 0 || !soon && k.book(t).Open(s.Doomed, t.Now) {
		return 0
	}
	return float64(s.Shop[s.Doomed].Pre) / 4 / float64(1+k.others(t, s))
}

// closure is the entry that takes away what the SME has lost: the closure, or while the channel is open what it heard of it.
func (k *SMEs) closure(t *m.Turn, s *SME) uint32 {
	if k.book(t).Open(s.Doomed, t.Now) {
		return s.Heard
	}
	return k.book(t).At(m.Checkout, s.Doomed, t.Now).Why
}

// others is on how many platforms the SME sells that stay open.
func (k *SMEs) others(t *m.Turn, s *SME) (n int) {
	for c := range m.Platforms {
		if s.Shop[c].Listed && c != s.Doomed && k.book(t).Open(c, t.Now) {
			n++
		}
	}
	return n
}

// hours is the work of all of an SME's shops, a week.
func (k *SMEs) hours(s *SME) (sum float64) {
	for c := range m.Direct {
		if p := &s.Shop[c]; p.Listed {
			sum += k.hoursAt(p, c, p.Orders)
		}
	}
	return sum
}

// branch opens in one more channel: with the prices, relative to costs, and the advertisements of the shop that sells most, without
// skill or reviews, except what a rule of portability lets the SME take along (§9.1).
func (k *SMEs) branch(t *m.Turn, s *SME, c m.Channel) {
	tr, main := &k.Traits[t.Number], s.main(c)
	from := s.Shop[main]
	k.open(t, s, c, 0)
	p := &s.Shop[c]
	if !from.Listed {
		return
	}
	p.Price = m.Money(float64(from.Price) * k.best(t, tr, c, s.Rate, t.Now) / k.best(t, tr, main, s.Rate, t.Now))
	if c < m.Platforms {
		p.Ads = from.Ads
	}
	if share := float64(k.book(t).Value(m.PortRatings, c, t.Now)) / 1e6; share > 0 {
		p.Rating += float64(share * (from.Rating - p.Rating))
		p.Reviews = uint32(share * float64(from.Reviews))
		p.Skill = share * from.Skill
	}
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
		if !p.Listed || c == m.WhatsApp || !k.book(t).Open(c, t.Now) || p.Profit >= p.Usual {
			p.Loss = 0
			continue
		}
		p.Loss = min(p.Loss+1, 100)
		if l := t.Luck(smeQuit, s.Weeks<<4|uint32(c)); p.Loss >= 6 && n > 1 && l.U(0) < .5 {
			p.Listed = false
			n--
			k.list(t, s, c)
		}
	}
}

// hear takes in an announcement, outside the weekly cycle. Some days later those who believe it react, the others when what is
// announced is a closure and it has come.
func (k *SMEs) hear(t *m.Turn, s *SME, e *m.Event) {
	if s.State != m.Active || k.Frozen.Supply {
		return
	}
	s.Heard, s.News = e.Why, e.Msg.Order
	l := t.Luck(smeReact, s.News)
	doubts, closing := l.U(1)*1000 >= float64(e.Msg.Rate), e.Msg.Reason == m.CheckoutClosed
	if closing {
		if e.Msg.Shop != s.Doomed {
			s.sellNoMore()
		}
		s.Doomed, s.Closing, s.Doubts = e.Msg.Shop, sim.Time(e.Msg.Placed), doubts
	}
	switch {
	case !doubts:
		s.React = min(s.React, t.Now+k.wait(t, s))
	case closing:
		s.React = min(s.React, s.Closing+k.wait(t, s))
	}
}

// wait is how long the SME takes to react to what it heard last.
func (k *SMEs) wait(t *m.Turn, s *SME) sim.Time {
	l := t.Luck(smeReact, s.News)
	return sim.Time(l.Exp(0)*k.P.SME.ReactDays/s.Agility*float64(m.Day)) + 1
}

// react looks at all other channels at once, and for some weeks more closely than usual: after an announcement, and again after the
// closure that was announced, which brings home what is lost (docs/adr/0030).
func (k *SMEs) react(t *m.Turn, s *SME) {
	s.React = never
	if s.State != m.Active {
		return
	}
	if t.Now < s.Closing {
		s.React = s.Closing + k.wait(t, s)
	} else {
		s.Doubts = false
	}
	s.Aware, s.Made = max(s.Aware, t.Now+8*m.Week), s.Heard
	k.enter(t, s, true)
	k.sellOff(t, s)
}

// expects tells whether the SME thinks that a channel will close.
func (s *SME) expects(c m.Channel, now sim.Time) bool {
	return s.Doomed == c && now < s.Closing && !s.Doubts
}

// selling tells whether the SME sells off before a closure.
func (s *SME) selling() bool { return s.Before > 0 }

// sellNoMore takes the price back.
func (s *SME) sellNoMore() {
	if s.selling() {
		s.Shop[s.Doomed].Price, s.Before = s.Before, 0
	}
}

// sellOff lowers the price in a channel that will close, if it brought much, as soon as more stock is left than days (D19), until the closure.
func (k *SMEs) sellOff(t *m.Turn, s *SME) {
	if s.selling() || !s.expects(s.Doomed, t.Now) {
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
	s.Before = p.Price
	excess := float64(s.Stock)/all - left
	p.Price = m.Money(float64(p.Price) * (1 - min(k.P.SME.Liquidate, .15+float64(.05*excess))))
	k.list(t, s, s.Doomed)
}
