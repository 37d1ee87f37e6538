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

// A Creator is one of them. It may stand for fewer real creators than W, or more (MakerTraits.Weight): its cash is theirs
// together, what it earns an hour is that of one.
type Creator struct {
	State   uint8
	Weekday uint8
	Thin    uint8  // weeks of low income
	Good    uint8  // weeks of good income among peers, while dormant
	Shut    uint16 // bits: apps whose checkout was closed at the last review
	Weeks   uint32
	Cash    m.Money
	Outside float64                // Rp a week
	Hours   float64                // a week
	Income  float64                // Rp a week, moving average
	Trade   float64                // of which from commerce
	Share   [m.Platforms]float64   // of hours by app
	Fans    [m.Platforms]float64   // followers by app
	Rate    [m.Platforms]float64   // Rp an hour from commerce, moving average
	Follow  [m.Platforms]following // who follows elsewhere, by the app they come from
	Week    [m.Platforms]m.Money   // commissions since the last review
	Fees    m.Money                // flat fees since the last review
	Gain4   [4]m.Money             // from commerce in the last weeks
	Slot    [m.Slots]Slot
	Review  sim.Time
}

// Streams of a creator's luck.
const (
	makerTraits sim.Stream = iota + 1
	makerPlans
	makerQuit
	makerOffer
)

// Born sets a creator up with followers, hours and first products.
func (k *Creators) Born(t *m.Turn, c *Creator) {
	tr := &k.MakerTraits[t.Number]
	l := t.Luck(makerTraits, 0)
	c.State = m.Active
	c.Weekday = uint8(l.Below(0, 7))
	c.Outside = k.outside(t)
	c.Hours = tr.Hours
	c.Fans[m.TikTok] = tr.Followers
	rest := 0.0
	for a := m.Shopee; a < m.Platforms; a++ {
		c.Fans[a] = tr.Followers * k.P.Creator.Elsewhere * l.U(10+uint32(a))
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
	c.Income = k.brand(c)
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
		t.Because(0)
		t.Wake(c.Review-t.Now, m.Wake, m.Msg{})
	case m.Commission:
		tr := &k.MakerTraits[t.Number]
		c.Cash += e.Msg.Amount
		m.Move(t, m.MakerDue, m.MakerCash, e.Msg.Amount)
		t.Tally(t.Now, m.TierCell(tr.Tier), e.Msg.Amount)
		if app := e.Msg.App(); app < m.Platforms {
			c.Week[app] += m.Money(float64(e.Msg.Amount) / tr.Weight)
		}
	case m.Offered:
		k.answer(t, c, e)
	}
}

// Audit counts the creator's money.
func (k *Creators) Audit(count func(sim.Cell, int64), c *Creator) {
	count(m.AccountCell(m.MakerCash), c.Cash)
}

// review is a creator's week, in the order of the model.
func (k *Creators) review(t *m.Turn, c *Creator) {
	c.Weeks++
	k.income(t, c)
	if !k.Frozen.Supply {
		peers := k.peers(t)
		k.settleIn(t, c, peers)
		k.goOn(t, c, peers)
		k.choose(t, c)
		k.moveHours(t, c)
		k.follow(t, c)
		k.audience(t, c)
	}
	k.post(t, c)
	k.count(t, c)
	k.tell(t, c)
}

// income closes the week (steps 1 and 5): what commerce paid, brand deals that no checkout rule touches, and what the creator
// lives on: all beyond some weeks of income.
func (k *Creators) income(t *m.Turn, c *Creator) {
	tr := &k.MakerTraits[t.Number]
	week := c.Fees
	for a := range m.Platforms {
		week += c.Week[a]
		if h := c.Hours * c.Share[a]; h > .05 && c.State == m.Active {
			got := float64(c.Week[a]) + float64(float64(c.Fees)*c.Share[a])
			c.Rate[a] += float64(ema * (got/h - c.Rate[a]))
		}
		c.Week[a] = 0
	}
	c.Fees = 0
	brand := k.brand(c)
	c.Trade += float64(ema * (float64(week) - c.Trade))
	c.Income += float64(ema * (float64(week) + brand - c.Income))
	copy(c.Gain4[1:], c.Gain4[:3])
	c.Gain4[0] = week

	pay := m.Money(brand * tr.Weight)
	c.Cash += pay
	m.Move(t, m.TheWorld, m.MakerCash, pay)
	m.Count(t, m.BrandPay, pay)
	spent := max(0, c.Cash-m.Money(k.P.Creator.Reserve*c.Income*tr.Weight))
	c.Cash -= spent
	m.Move(t, m.MakerCash, m.MakerHomes, spent)
	m.Count(t, m.MakersSpent, spent)
}

// brand is what brands and adverts outside commerce pay: Rp a week. It goes with followers, and nothing to those who are silent.
func (k *Creators) brand(c *Creator) float64 {
	if c.State != m.Active {
		return 0
	}
	return k.brandOf(c)
}

func (k *Creators) brandOf(c *Creator) float64 {
	fans := 0.0
	for _, f := range c.Fans {
		fans += f
	}
	return k.P.Creator.Brand * num.Pow(fans, .8)
}

// outside is what a creator could earn elsewhere in the time: Rp a week.
func (k *Creators) outside(t *m.Turn) float64 {
	l := t.Luck(makerTraits, 0)
	return m.LogNormal(l.Normal(1), k.P.Creator.Outside, .8)
}

// peers is the Desk's latest count, or nil.
func (k *Common) peers(t *m.Turn) *m.WeekRow {
	n := t.Posted(m.TopicDesk)
	if n == nil {
		return nil
	}
	return sim.Decoded(n, m.LastWeek)
}

// settleIn takes the state at the end of burn-in as one that creators have chosen: who makes content then finds it worth the
// time, judged by what it and its peers earn, so that one good month does not make a creator give up later.
func (k *Creators) settleIn(t *m.Turn, c *Creator, peers *m.WeekRow) {
	if t.Now >= k.Start || peers == nil {
		return
	}
	usual := (c.Trade + float64(peers.MakerMid[k.MakerTraits[t.Number].Tier])/4) / 2
	c.Outside = min(k.outside(t), .85*(usual+k.brandOf(c)))
}

// goOn decides whether to fall silent, or to come back (step 6).
func (k *Creators) goOn(t *m.Turn, c *Creator, peers *m.WeekRow) {
	if t.Now < k.Start || peers == nil {
		return
	}
	l, tr := t.Luck(makerQuit, c.Weeks), &k.MakerTraits[t.Number]
	switch {
	case c.State == m.Active && c.Income < c.Outside:
		if c.Thin++; c.Thin >= 8 && l.U(0) < k.P.Creator.QuitHazard {
			c.State, c.Thin = m.Dormant, 0
			m.Count(t, m.MakersQuit, int64(tr.Weight*1e6))
		}
		c.Thin = min(c.Thin, 100)
	case c.State == m.Dormant && float64(peers.MakerMid[tr.Tier])/4+k.brandOf(c) > c.Outside:
		if c.Good++; c.Good >= 4 && l.U(1) < back {
			c.State, c.Good = m.Active, 0
			c.Income = c.Outside
			m.Count(t, m.MakersBack, int64(tr.Weight*1e6))
		}
		c.Good = min(c.Good, 100)
	default:
		c.Thin, c.Good = 0, 0
	}
}

// back is the probability a week that a silent creator returns once its peers do well.
const back = .1

// count reports the week to the Desk.
func (k *Creators) count(t *m.Turn, c *Creator) {
	var four m.Money
	for _, g := range c.Gain4 {
		four += g
	}
	x := m.Output{Class: uint8(k.MakerTraits[t.Number].Tier), State: c.State, Income: four}
	if all := float64(four) + float64(4*k.brand(c)); all > 0 {
		x.Commerce = uint16(1e4 * float64(four) / all)
	}
	for a := range m.Platforms {
		x.Hours[a] = uint16(100 * c.Hours * c.Share[a])
		x.Pay[a] = uint16(min(c.Rate[a]/100, (1<<16)-1))
	}
	t.Send(k.Desk, m.Counted, m.Carry(x))
}
