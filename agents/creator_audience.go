package agents

import (
	m "pasar/agents/market"
	"pasar/sim/num"
)

// moveHours shifts hours to the apps that pay more an hour (step 3): x* = softmax(ln R̂/ς). A creator judges an app by its own
// pay there as far as it has experience, and else by what it hears: see heard. One that stands for few real creators sees few of
// their sales, and so learns from its own pay in that proportion.
func (k *Creators) moveHours(t *m.Turn, c *Creator) {
	if c.State != m.Active {
		return
	}
	p, tr := &k.P.Creator, &k.MakerTraits[t.Number]
	var w [m.Platforms]float64
	sum := 0.0
	for a := range m.Platforms {
		if k.P.Platforms[a].Views == 0 {
			continue
		}
		heard, hours := k.heard(t, c, tr, a), c.Hours*c.Share[a]*min(1, tr.Weight)
		if c.Weeks <= firstPay {
			c.Rate[a], hours = heard, 0
		}
		pay := (float64(hours*c.Rate[a]) + float64(p.Hearsay*heard)) / (hours + p.Hearsay)
		w[a] = num.Pow(pay+1, 1/p.HoursSoft)
		sum += w[a]
	}
	move := p.HoursMove
	switch {
	case t.Now < k.Start:
		move = .5 // burn-in: hours go where they belong
	case tr.Tier >= m.Macro:
		move = p.MoveLarge
	}
	for a := range m.Platforms {
		c.Share[a] += float64(move * (w[a]/sum - c.Share[a]))
	}
}

// firstPay is how many weeks it takes until commissions tell something: parcels have to arrive and be settled.
const firstPay = 4

// heard is what an hour on an app would pay a creator as far as everyone can know: the orders that content brought there in the
// last seven days, in proportion to its part in the app's content with the followers that it has there or could bring along, times
// the commission on its own products. By a link it gets a part of that.
func (k *Creators) heard(t *m.Turn, c *Creator, tr *m.MakerTraits, a m.Channel) float64 {
	s, today := k.snapshot(t, a), m.DayOf(t.Now)
	if s == nil || s.Hosts <= 0 || today < 8 {
		return 0
	}
	orders := 0.0
	for d := today - 8; d < today-1; d++ {
		row := t.Closed(d)
		linked := float64(row[m.LinkedCell(a)])
		orders += float64(row[m.BoughtCell(a)]) - linked + float64(linked*k.P.Creator.AttrLink)
	}
	fans := c.Fans[a]
	for b := range m.Platforms {
		fans = max(fans, c.Fans[b]*k.P.Creator.Port[tr.Tier]*k.P.Creator.Elsewhere)
	}
	each, shares := 0.0, 0.0
	for i := range c.Slot {
		x := &c.Slot[i]
		if x.SME == 0 {
			continue
		}
		part := float64(x.Score * x.Score)
		shares += part
		each += float64(part * float64(x.Rate) * float64(s.Offer[x.SME-1].Price) / 10_000)
	}
	if shares == 0 {
		return 0
	}
	return orders / s.Hosts * num.Pow(fans+1, k.P.Creator.ReachExp) * tr.Engage * each / shares
}

// pull is the weight with which a creator shares in an app's new followers: F^γ·e·hours.
func pull(followers, hours, engage, gamma float64) float64 {
	return num.Pow(followers+1, gamma) * engage * hours
}

// audience lets followers come with content and go with time, and shares out the new ones of each app (step 4). There are the
// more of these the more the app is watched, by the exogenous path.
func (k *Creators) audience(t *m.Turn, c *Creator) {
	p, tr := &k.P.Creator, &k.MakerTraits[t.Number]
	for a := range m.Platforms {
		s := k.snapshot(t, a)
		if k.P.Platforms[a].Views == 0 || s == nil {
			continue
		}
		hours := 0.0
		if c.State == m.Active {
			hours = c.Hours * c.Share[a]
		}
		base := k.Reach[len(k.Reach)-1]
		if a != m.TikTok {
			base *= p.Elsewhere / 2
		}
		fresh := p.Pool * base * k.Growth(a, m.DayOf(t.Now)) / k.Growth(a, 0)
		own := pull(c.Fans[a], hours, tr.Engage, p.Attach)
		more := float64(c.Fans[a]*(float64(p.Grow*tr.Engage*hours/10)-p.Fade)) + newFans(fresh, own, s.Pull)
		c.Fans[a] = min(c.Fans[a]+more, p.Most)
	}
}

// newFans is one creator's part of an app's new followers.
func newFans(fresh, own, all float64) float64 {
	if all <= 0 {
		return 0
	}
	return fresh * own / all
}

// A following is a part of a creator's followers on an app that follows elsewhere after a checkout there has closed.
type following struct {
	Daily float64 // followers a day
	Left  float64 // days
}

// follow notices a checkout that closed and lets a share of the followers there follow elsewhere, too, bit by bit: once for each
// closure, and no longer when the checkout is open again. Larger creators take more along.
func (k *Creators) follow(t *m.Turn, c *Creator) {
	p := &k.P.Creator
	tier := k.MakerTraits[t.Number].Tier
	for a := range m.Platforms {
		f, was := &c.Follow[a], c.Shut>>a&1 == 1
		shut := k.P.Platforms[a].Views > 0 && !k.book(t).Open(a, t.Now)
		switch {
		case shut && !was:
			share := p.Port[tier]
			if set := k.book(t).Value(m.PortFans, a, t.Now); set >= 0 {
				share = float64(set) / 1e6
			}
			*f = following{Daily: share * c.Fans[a] / p.PortDays, Left: p.PortDays}
			c.Shut |= 1 << a
		case !shut && was:
			*f = following{}
			c.Shut &^= 1 << a
		}
		if f.Left > 0 {
			days := min(f.Left, 7)
			f.Left -= days
			k.bring(c, a, f.Daily*days)
		}
	}
}

// bring shares followers out among the other apps by those that the creator has there already.
func (k *Creators) bring(c *Creator, from m.Channel, fans float64) {
	rest := 0.0
	for a := range m.Platforms {
		if a != from && k.P.Platforms[a].Views > 0 {
			rest += c.Fans[a]
		}
	}
	for a := range m.Platforms {
		if a != from && k.P.Platforms[a].Views > 0 && rest > 0 {
			c.Fans[a] = min(c.Fans[a]+float64(fans*(c.Fans[a]/rest)), k.P.Creator.Most)
		}
	}
}
