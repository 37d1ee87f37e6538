package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// bring is the part of the orders of a closing channel that an SME hopes to bring along by its own links, to all others together.
const bring = .2

// enter opens in channels that look worth it (step 7). How well a channel suits an SME is drawn for life, so that under usual
// conditions it wants the channels it was born with, and another only if that looks better than usual. After an announcement that
// names alternatives an SME looks at all of them at once.
func (k *SMEs) enter(t *m.Turn, s *SME, now bool) {
	tr := &k.Traits[t.Number]
	for c := range m.Direct {
		p := &s.Shop[c]
		if p.Listed || !k.book(t).Open(c, t.Now) || s.expects(c, t.Now) {
			continue
		}
		hope, profit, ok := k.hope(t, s, tr, c, k.lost(t, s))
		if !ok {
			continue
		}
		if t.Now < k.Start || p.Hope == 0 && k.book(t).Open(c, k.Start) {
			p.Hope = hope // burn-in: the SME is where it wants to be; of a platform that opens later it hoped for nothing
			continue
		}
		fit := t.Luck(smeTraits, 2)
		need := p.Hope * fit.U(uint32(c))
		if tr.Lists>>c&1 == 0 {
			need = p.Hope + float64((1-p.Hope)*fit.U(uint32(c)))
		}
		aware := k.P.SME.Aware
		if now || t.Now < s.Aware {
			aware = 1
		}
		cost := m.Money(k.P.Platforms[c].Entry)
		free := k.waived(t, s, c)
		l := t.Luck(smeEnter, s.Weeks<<4|uint32(c))
		if l.U(0) >= aware || hope <= need {
			continue
		}
		was := t.Why()
		if l.U(0) >= k.P.SME.Aware {
			t.Because(s.Made) // it would not have looked
		} else if calm, _, _ := k.hope(t, s, tr, c, 0); calm <= need { // it hopes to bring along what it sold elsewhere
			t.Because(k.book(t).At(m.Checkout, s.Doomed, s.Closing).Why)
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

// hope is how worthwhile opening in a channel looks, 0 to 1: half a year of what an SME like this one earns there at first, against
// the cost of entry. It is not ok if the channel is unknown or there are not hours enough for it.
func (k *SMEs) hope(t *m.Turn, s *SME, tr *m.Traits, c m.Channel, lost float64) (hope, profit float64, ok bool) {
	snap := k.snapshot(t, c)
	v := &k.P.Platforms[c]
	if snap == nil || c != m.WhatsApp && k.hours(s)+v.Hours > s.Hours {
		return 0, 0, false
	}
	orders := float64(snap.Peer[tr.Good] / 4 * num.Exp(.3*tr.Quality) * k.P.SME.NewShare)
	hours := v.Hours
	if c == m.WhatsApp {
		orders, hours = s.Demand*.05, .15*s.Demand*.05
	}
	orders += float64(bring * lost)
	price := k.best(t, tr, c, s.Rate, t.Now)
	margin := float64(price*(1-k.take(t, c, tr.Good, t.Now)-k.commission(c, s.Rate))) - float64(tr.Cost) - k.P.SME.Pack
	profit = float64(margin*orders) - v.Overhead - float64(k.P.SME.Wage*hours)
	cost := m.Money(v.Entry)
	return logistic((float64(26*profit) - float64(cost-k.waived(t, s, c))) / k.P.SME.EntryNoise), profit, true
}

// lost is the orders a week that each channel could get of one that the SME was told will close and that does so within a week, or has.
func (k *SMEs) lost(t *m.Turn, s *SME) float64 {
	if s.Doomed >= m.Platforms || s.Closing == 0 || k.book(t).Open(s.Doomed, t.Now+m.Week) {
		return 0
	}
	return float64(s.Shop[s.Doomed].Pre) / 4 / float64(1+k.others(t, s))
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

// sellOff lowers the price in a channel that will close, if it brought much, as soon as more stock is left than days (D19).
func (k *SMEs) sellOff(t *m.Turn, s *SME) {
	if s.Selling || !s.expects(s.Doomed, t.Now) {
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
