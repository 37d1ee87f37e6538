package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// Creators make content and show products in it for a commission (ODD §2.8, §7.9). Once a week a creator chooses products,
// moves hours to the apps that pay, gains and loses followers, and may fall silent when it earns too little.
type Creators struct {
	*Common
	Frozen
}

// A Creator is one of them.
type Creator struct {
	State   uint8
	Weekday uint8
	Weeks   uint32
	Thin    uint8 // weeks of low income
	Good    uint8 // weeks of good income among peers, while dormant
	Cash    m.Money
	Outside float64              // Rp a week
	Hours   float64              // a week
	Share   [m.Platforms]float64 // of hours by app
	Fans    [m.Platforms]float64 // followers by app
	Rate    [m.Platforms]float64 // Rp an hour, moving average
	Week    [m.Platforms]m.Money // earned since the last review, per real creator
	Income  float64              // Rp a week, moving average
	Gain4   [4]m.Money
	Sells   [m.Slots]uint32 // SMEs by number, +1
	Ported  uint16          // bits: apps whose closure has moved followers
	Review  sim.Time
	Due     sim.Time
}

// Streams of a creator's luck.
const (
	makerTraits sim.Stream = iota + 1
	makerPlans
	makerQuit
)

// Born sets a creator up with followers, hours and first products.
func (k *Creators) Born(t *m.Turn, c *Creator) {
	tr := &k.MakerTraits[t.Number]
	l := t.Luck(makerTraits, 0)
	c.State = m.Active
	c.Weekday = uint8(l.Below(0, 7))
	c.Outside = m.LogNormal(l.Normal(1), k.P.Creator.Outside, .8)
	c.Hours = tr.Hours
	c.Income = 1.5 * c.Outside
	c.Fans[m.TikTok] = tr.Followers
	rest := 0.0
	for a := m.Shopee; a < m.Platforms; a++ {
		c.Fans[a] = tr.Followers * .15 * l.U(10+uint32(a))
		if k.P.Platforms[a].Views > 0 {
			rest += c.Fans[a]
		}
	}
	c.Share[m.TikTok] = .85
	for a := m.Shopee; a < m.Platforms; a++ {
		if k.P.Platforms[a].Views > 0 && rest > 0 {
			c.Share[a] = .15 * c.Fans[a] / rest
		}
	}
	for a := range m.Platforms {
		c.Rate[a] = c.Income / c.Hours
	}
	k.choose(t, c)
	k.post(t, c)
	c.Review = sim.Time(c.Weekday)*m.Day + 2*m.Hour + m.Week
	t.Wake(c.Review-t.Now, m.Wake, m.Msg{})
}

// React hears an event.
func (k *Creators) React(t *m.Turn, c *Creator, e *m.Event) {
	switch e.Kind {
	case m.Wake:
		c.Review += m.Week
		k.review(t, c)
		t.Wake(c.Review-t.Now, m.Wake, m.Msg{})
	case m.Commission:
		tr := &k.MakerTraits[t.Number]
		c.Cash += e.Msg.Amount
		m.Move(t, m.MakerDue, m.MakerCash, e.Msg.Amount)
		t.Tally(t.Now, m.TierCell(tr.Tier), e.Msg.Amount)
		app := e.Msg.Shop
		if e.Msg.Mode == m.Link {
			app = m.TikTok // links out come from where the content is
		}
		if app < m.Platforms {
			c.Week[app] += m.Money(float64(e.Msg.Amount) / tr.Weight)
		}
	case m.Announced:
		if e.Msg.Reason == m.CheckoutClosed && e.Msg.Shop < m.Platforms && !k.Frozen.Supply {
			c.port(k, k.MakerTraits[t.Number].Tier, e.Msg.Shop)
		}
	}
}

// Audit counts the creator's money.
func (k *Creators) Audit(count func(sim.Cell, int64), c *Creator) {
	count(m.AccountCell(m.MakerCash), c.Cash)
}

// review is a creator's week.
func (k *Creators) review(t *m.Turn, c *Creator) {
	c.Weeks++
	k.income(t, c)
	if !k.Frozen.Supply {
		if t.Now < k.Start {
			c.Outside = min(c.Outside, .9*c.Income) // who makes content finds it worth the time
		}
		k.goOn(t, c)
		k.choose(t, c)
		k.moveHours(c)
		k.audience(t, c)
	}
	k.post(t, c)
	var four m.Money
	for _, g := range c.Gain4 {
		four += g
	}
	x := m.Census{Class: uint8(k.MakerTraits[t.Number].Tier), State: c.State, Income: four, Sales: four, Cash: c.Cash, Hours: uint32(100 * c.Hours), Top: m.Channels}
	t.Send(k.Desk, m.Counted, m.Carry(x))
}

// income closes the week: what commerce paid, and brand deals that no checkout rule touches.
func (k *Creators) income(t *m.Turn, c *Creator) {
	fans := 0.0
	for _, f := range c.Fans {
		fans += f
	}
	brand := num.Pow(fans, .8) * 60
	var week m.Money
	for a := range m.Platforms {
		week += c.Week[a]
		if h := c.Hours * c.Share[a]; h > .05 {
			c.Rate[a] += float64(ema * (float64(c.Week[a])/h - c.Rate[a]))
		}
		c.Week[a] = 0
	}
	c.Income += float64(ema * (float64(week) + brand - c.Income))
	copy(c.Gain4[1:], c.Gain4[:3])
	c.Gain4[0] = week
}

// choose samples open affiliate plans and keeps the best (step 2).
func (k *Creators) choose(t *m.Turn, c *Creator) {
	tr := &k.MakerTraits[t.Number]
	active := uint32(len(k.Traits) / 2)
	shop := k.snapshot(t, m.TikTok)
	for i := range c.Sells {
		best, bestScore := c.Sells[i], 0.0
		if best > 0 {
			bestScore = 1.2 * k.score(tr, shop, best-1, .5)
		}
		l := t.Luck(makerPlans, c.Weeks<<4|uint32(i))
		for try := range uint32(3) {
			j := l.Below(2*try, active)
			if k.Frozen.Supply && best > 0 {
				continue
			}
			if s := k.score(tr, shop, j, l.U(2*try+1)); s > bestScore {
				best, bestScore = j+1, s
			}
		}
		c.Sells[i] = best
	}
}

// score is what a creator expects of showing an SME's product: commission, how well it sells, and fit with its niche.
func (k *Creators) score(tr *m.MakerTraits, shop *m.Snapshot, j uint32, luck float64) float64 {
	s := &k.Traits[j]
	rate := float64(s.Rate)/10_000 + .01
	sells := sqrt(s.Size)
	if shop != nil {
		sells = .05 + sqrt(float64(shop.Offer[j].Exposure))
	}
	return rate * float64(s.Cost) * sells * (tr.Niche[s.Good] + .02) * num.Exp(.3*-num.Log(-num.Log(luck)))
}

// moveHours shifts hours to the apps that pay more an hour (step 3).
func (k *Creators) moveHours(c *Creator) {
	var w [m.Platforms]float64
	sum := 0.0
	for a := range m.Platforms {
		if k.P.Platforms[a].Views > 0 {
			w[a] = num.Pow(c.Rate[a]+500, 1/k.P.Creator.HoursSoft) * sqrt(c.Fans[a]+100)
			sum += w[a]
		}
	}
	for a := range m.Platforms {
		c.Share[a] += float64(k.P.Creator.HoursMove * (w[a]/sum - c.Share[a]))
	}
}

// audience lets followers come with content and go with time (step 4).
func (k *Creators) audience(t *m.Turn, c *Creator) {
	tr := &k.MakerTraits[t.Number]
	for a := range m.Platforms {
		grow := k.P.Creator.Grow * tr.Engage * 20 * c.Share[a] * c.Hours / 10
		c.Fans[a] *= 1 + min(grow, .05) - k.P.Creator.Fade
	}
}

// port moves a share of followers to the other apps when a checkout closes; larger creators take more along.
func (c *Creator) port(k *Creators, tier m.Tier, from m.Channel) {
	if c.Ported>>from&1 == 1 {
		return
	}
	c.Ported |= 1 << from
	rest := 0.0
	for a := range m.Platforms {
		if a != from && k.P.Platforms[a].Views > 0 {
			rest += c.Fans[a]
		}
	}
	for a := range m.Platforms {
		if a != from && k.P.Platforms[a].Views > 0 && rest > 0 {
			c.Fans[a] += float64(c.Fans[from]*k.P.Creator.Port[tier]*c.Fans[a]) / rest
		}
	}
}

// goOn decides whether to fall silent, or to come back (step 6).
func (k *Creators) goOn(t *m.Turn, c *Creator) {
	l := t.Luck(makerQuit, c.Weeks)
	switch {
	case c.State == m.Active && c.Income < c.Outside && t.Now >= k.Start:
		if c.Thin++; c.Thin >= 8 && l.U(0) < k.P.Creator.QuitHazard {
			c.State, c.Thin = m.Dormant, 0
			m.Count(t, m.MakersQuit, 1)
		}
		c.Thin = min(c.Thin, 100)
	case c.State == m.Dormant && k.book(t).Open(m.TikTok, t.Now):
		if c.Good++; c.Good >= 4 && l.U(1) < .1 {
			c.State, c.Good = m.Active, 0
			c.Income = 1.2 * c.Outside
		}
		c.Good = min(c.Good, 100)
	default:
		c.Thin, c.Good = 0, 0
	}
}

// post tells each app what the coming week will show.
func (k *Creators) post(t *m.Turn, c *Creator) {
	tr := &k.MakerTraits[t.Number]
	for a := range m.Platforms {
		if k.P.Platforms[a].Views == 0 {
			continue
		}
		x := m.Content{Reach: uint32(c.Fans[a]), Weight: uint32(tr.Weight * 1e6), Tier: uint8(tr.Tier)}
		if c.State == m.Active {
			x.Hours = uint32(100 * c.Hours * c.Share[a])
		}
		for half := range uint32(2) {
			x.Half = half
			copy(x.Sells[:], c.Sells[half*m.Slots/2:])
			for i, j := range x.Sells {
				x.Rates[i] = 0
				if j > 0 {
					x.Rates[i] = k.Traits[j-1].Rate
				}
			}
			t.Send(k.Venues.ID(int(a)), m.Posted, m.Carry(x))
		}
	}
}
