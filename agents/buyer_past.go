package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// pastDays is how long a buyer's past is.
const pastDays = 180

// past plays half a year of purchases, so that habits and memberships start from the law they tend to, jointly: a purchase moves a
// habit up by κ_H of what is left and makes the buyer a member, time lets habits fade and memberships lapse, and both draw the next
// purchase. So a market without growth has no trend (V-20).
func (k *Common) past(luck func(sim.Stream, uint32) sim.Luck, b *Buyer) {
	p := &k.P.Buyer
	var want, views, h, w [m.Platforms]float64 // want: exp of utility over τ, of a member without habit
	needs := 0.0
	for c := range want {
		needs += k.P.Intent[c].Share
		if k.P.Intent[c].Share > 0 {
			mean := 0.0
			for g := range k.Delta.Need {
				mean += float64(k.NeedShare[g] * k.Delta.Need[g][c])
			}
			u := mean + float64(p.TrustBeta*(float64(b.Trust[c])-.75)) - float64(p.Delivery*(k.Days(m.Channel(c), b.Region)-3))
			want[c] = num.Exp(u / k.P.Choice.TauOnline)
		}
		views[c] = k.viewOrders(m.Channel(c), b)
	}
	needs *= float64(b.Rate) / (1 - k.P.Growth.LateShare) // shares are of all buyers, a late one has no such past
	rate := needs
	for c := range views {
		rate += views[c]
	}
	outside := num.Exp(-p.Install / k.P.Choice.TauOnline)
	l := luck(buyerPast, 0)
	var until [m.Platforms]float64
	first := luck(buyerPast, 1)
	for c := range until {
		until[c] = -pastDays + first.Exp(uint32(c))/k.Delta.Lapse[c]
	}
	for i, at := uint32(0), -float64(pastDays); ; i++ {
		gap := l.Exp(3*i) / rate
		fade := num.Exp(-min(gap, -at) / p.HabitTau)
		at += gap
		for c := range h {
			h[c] *= fade
			if until[c] <= min(at, 0) {
				b.Members &^= 1 << c
			}
		}
		if at > 0 {
			break
		}
		c, u := 0, l.U(3*i+1)*rate
		if u < needs {
			for c := range w {
				w[c] = want[c] * num.Exp(p.HabitBeta/k.P.Choice.TauOnline*h[c])
				if b.Members>>c&1 == 0 {
					w[c] *= outside
				}
			}
			c = m.Pick(u/needs, w[:])
		} else {
			c = m.Pick((u-needs)/(rate-needs), views[:])
			if b.Members>>c&1 == 0 {
				continue // no app, no views
			}
		}
		h[c] += float64(p.HabitKappa * (1 - h[c]))
		if b.Members>>c&1 == 0 {
			b.Members |= 1 << c
			until[c] = at + l.Exp(3*i+2)/k.Delta.Lapse[c]
		}
	}
	for c := range h {
		b.Habit[c] = float32(h[c])
		b.keepUntil(m.Channel(c), ticks(until[c]))
	}
}

// viewOrders is about how many orders a day content brings about at the start, if the buyer is a member.
func (k *Common) viewOrders(a m.Channel, b *Buyer) float64 {
	v, d := &k.P.Platforms[a], &k.P.Disc
	conv := float64(v.Video*d.ConvVideo) + float64((1-v.Video)*d.ConvLive)
	return v.Views * float64(b.Affinity) * conv
}

// ticks is a number of days from the start as a time, at most endless.
func ticks(days float64) sim.Time {
	return sim.Time(min(max(days*float64(m.Day), 0), float64(endless)))
}

// endless is further off than any run, and fits into Until.
const endless sim.Time = 1<<32 - 1

// keepUntil sets when a membership lapses.
func (b *Buyer) keepUntil(c m.Channel, t sim.Time) {
	b.Until[c] = uint32(t)
	b.Lapse = b.Until[0]
	for _, u := range b.Until {
		b.Lapse = min(b.Lapse, u)
	}
}

// lapse ends the memberships that have run out: an app that is deleted, or no longer opened. Its views end, too.
func (b *Buyer) lapse(t *m.Turn) {
	for c := range m.Platforms {
		if sim.Time(b.Until[c]) > t.Now {
			continue
		}
		if b.Members>>c&1 == 1 {
			b.Members &^= 1 << c
			b.View[c] = never
			t.Tally(t.Now, m.MemberCell(c), -1)
		}
		b.keepUntil(c, endless) // also what ran out before the start, so that it is not looked at again
	}
}

// becomeMember registers the buyer in a channel; on a platform the membership lapses at a rate at which, without growth, as many leave
// as come (Delta.Lapse; docs/adr/0026).
func (k *Buyers) becomeMember(t *m.Turn, b *Buyer, c m.Channel) {
	b.Members |= 1 << c
	t.Tally(t.Now, m.MemberCell(c), 1)
	if c < m.Platforms {
		l := t.Luck(buyerLapse, b.Order)
		b.keepUntil(c, ticks(float64(t.Now)/float64(m.Day)+l.Exp(uint32(c))/k.Delta.Lapse[c]))
	}
}
