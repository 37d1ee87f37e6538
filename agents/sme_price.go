package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// A Trial is a try of one direction, by win-continue, lose-reverse: what has been earned since the last change, and in the spell
// before it (§7.8).
type Trial struct {
	Down   bool
	Gain   float64 // Rp a week in this spell, mean
	Spell  float64 // weeks of it
	Before float64 // mean gain in the spell before
}

// see notes what a week has brought.
func (x *Trial) see(gain float64) {
	x.Gain = (float64(x.Gain*x.Spell) + gain) / (x.Spell + 1)
	x.Spell++
}

// next is the direction of the next step: the same as before, or the other one if that brought less.
func (x *Trial) next() (sign float64) {
	if x.Gain < x.Before {
		x.Down = !x.Down
	}
	x.Before, x.Gain, x.Spell = x.Gain, 0, 0
	if x.Down {
		return -1
	}
	return 1
}

// Rules of pricing (params.sme.price_rule).
const (
	ruleTrial = iota
	ruleFixed
	ruleFirstOrder
)

// reprice moves the price of a shop now and then (step 2): by trial; for tests also never, or to where a monopolist's first-order
// condition holds.
func (k *SMEs) reprice(t *m.Turn, s *SME, c m.Channel, l *sim.Luck) {
	p, tr := &s.Shop[c], &k.Traits[t.Number]
	price := float64(p.Price)
	switch k.P.SME.PriceRule {
	case ruleTrial:
		if l.U(0) >= k.P.SME.Calvo {
			return
		}
		step := k.P.SME.StepLow + float64((k.P.SME.StepHigh-k.P.SME.StepLow)*l.U(1))
		price *= num.Exp(p.Try.next() * step)
	case ruleFixed:
		return
	case ruleFirstOrder:
		price = k.best(t, tr, c, s.Rate, t.Now)
	}
	low := (float64(tr.Cost) + k.P.SME.Pack) / (1 - k.take(t, c, tr.Good, t.Now) - float64(s.Rate)/10_000) * 1.02
	p.Price = m.Money(min(max(price, low), 3*float64(tr.Cost)))
}

// best is the price at which the first-order condition of a small SME holds, if buyers have the mean sensitivity to prices: what a unit
// costs after fees, and P̄/(α(1-s)) on top, s the
// share of one in a set of offers.
func (k *Common) best(t *m.Turn, tr *m.Traits, c m.Channel, rate uint16, at sim.Time) float64 {
	unit := float64(tr.Cost) + k.P.SME.Pack + float64(k.book(t).Value(m.FeeFixed, c, at))
	return unit/(1-k.take(t, c, tr.Good, at)-k.commission(c, rate)) + k.P.Categories[tr.Good].Price/(k.P.Buyer.AlphaMean*(1-1/k.Rivals[c][tr.Good]))
}

// commission is the part of sales that goes to creators where there is content: about half of the orders come by one.
func (k *Common) commission(c m.Channel, rate uint16) float64 {
	if c < m.Platforms && k.P.Platforms[c].Views > 0 {
		return float64(rate) / 10_000 * .5
	}
	return 0
}

// margin is what a unit sold in a channel leaves, before goods are returned.
func (k *Common) margin(t *m.Turn, s *SME, tr *m.Traits, p *Shop, c m.Channel, at sim.Time) float64 {
	keep := 1 - k.take(t, c, tr.Good, at) - k.commission(c, s.Rate) - p.Ads
	return float64(float64(p.Price)*keep) - float64(k.book(t).Value(m.FeeFixed, c, at)) - float64(tr.Cost) - k.P.SME.Pack
}

// affiliate tries another open commission once a month (step 4). A higher one holds at once, a lower one after the lock.
func (k *SMEs) affiliate(t *m.Turn, s *SME) {
	if s.LowerAt != 0 && t.Now >= s.LowerAt {
		s.Rate, s.LowerAt = s.Lower, 0
	}
	if s.Weeks%4 != uint32(s.Weekday)%4 || s.LowerAt != 0 || !k.shows(s) {
		return
	}
	if s.Plan.next() > 0 {
		s.Rate = m.Commissions[min(s.grade()+1, len(m.Commissions)-1)]
	} else {
		s.lower(t.Now + sim.Time(k.P.SME.RateLock)*m.Day)
	}
}

// lower plans the next lower commission for a later time.
func (s *SME) lower(at sim.Time) {
	if s.Rate > 0 {
		s.Lower, s.LowerAt = m.Commissions[s.grade()-1], at
	}
}

// grade is the index of the commission among those there are.
func (s *SME) grade() (i int) {
	for m.Commissions[i] < s.Rate {
		i++
	}
	return i
}

// openRate is the commission of an SME's plan, in 1/10,000, as the apps show it: what it begins with before one has been told.
func (k *Common) openRate(t *m.Turn, j uint32) uint16 {
	for a := range m.Platforms {
		if shop := k.snapshot(t, a); k.P.Platforms[a].Views > 0 && shop != nil && shop.Offer[j].Told == 1 {
			return shop.Offer[j].Rate
		}
	}
	return k.Traits[j].Rate
}

// shows tells whether the SME sells where there is content.
func (k *SMEs) shows(s *SME) bool {
	for c := range m.Platforms {
		if s.Shop[c].Listed && k.P.Platforms[c].Views > 0 {
			return true
		}
	}
	return false
}

// advertise tries another share of sales for advertisements in a channel, once a month (step 5).
func (k *SMEs) advertise(s *SME, c m.Channel, week uint32) {
	p := &s.Shop[c]
	if week%4 != uint32(s.Weekday+uint8(c))%4 || c >= m.Platforms {
		return
	}
	p.Ads = min(max(p.Ads+float64(p.Adv.next()*k.P.SME.AdStep), 0), k.P.SME.AdMost)
}

// payAds moves what advertisements of the week cost to the platform.
func (k *SMEs) payAds(t *m.Turn, s *SME, c m.Channel) m.Money {
	p := &s.Shop[c]
	p.Spent = m.Money(p.Ads * float64(p.Last8[0]))
	if p.Spent == 0 {
		return 0
	}
	s.Cash -= p.Spent
	m.Move(t, k.cash(t), m.Till+m.Account(c), p.Spent)
	k.owe(t, s, c, p.Spent)
	t.Tally(t.Now, m.AdCell(c), p.Spent)
	return p.Spent
}
