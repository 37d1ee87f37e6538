package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// join sets memberships, known sellers, followed creators, and the habits of a buyer that has long been as it is.
func (k *Buyers) join(t *m.Turn, b *Buyer) {
	l := t.Luck(buyerTies, 0)
	ties := min(int(-float64(k.P.Buyer.Ties)*num.Log(l.U(0))), len(b.Ties))
	for i := range ties {
		j := l.Below(uint32(1+2*i), uint32(len(k.Traits)/2))
		s := &k.Traits[j]
		b.Ties[i] = Tie{SME: j + 1, Good: s.Good, Chat: s.Lists>>m.WhatsApp&1 == 1 && l.U(uint32(2+2*i)) < k.P.Buyer.TieChat}
	}
	follow := int(l.Below(20, 4))
	for i := range min(follow, len(b.Follow)) {
		b.Follow[i] = k.someMaker(&l, uint32(21+i)) + 1
	}
}

// someMaker draws a creator by followers.
func (k *Buyers) someMaker(l *sim.Luck, alt uint32) uint32 {
	u := l.U(alt) * k.Reach[len(k.Reach)-1]
	lo, hi := 0, len(k.Reach)-1
	for lo < hi {
		if mid := (lo + hi) / 2; k.Reach[mid] < u {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return uint32(lo)
}

// draw sets the traits that make a buyer. It is used for the sample that solves the constants, too.
func (k *Common) draw(luck func(sim.Stream, uint32) sim.Luck, b *Buyer) {
	p := &k.P.Buyer
	l := luck(buyerTraits, 0)
	if l.U(0) >= p.Java {
		b.Region = 1
	}
	age := m.Pick(l.U(1), []float64{.32, .31, .22, .15})
	z := l.Normal(2)
	b.Alpha = float32(min(max(m.LogNormal(z, p.AlphaMean, p.AlphaCV), 1.5), 10))
	b.Bin = uint8(min(int(normalShare(z)*m.Bins), m.Bins-1))
	rich := l.Normal(4)
	b.Rate = float32(m.LogNormal(float64(.6*rich)+float64(.8*l.Normal(3)), p.NeedRate/30.4, p.NeedCV)) // who has more, needs more
	b.Budget = m.Money(m.LogNormal(rich, p.Budget, p.BudgetCV))
	b.Wallet = m.Money(float64(b.Budget) * l.U(5))
	if l.U(6) < p.Credit {
		b.Credit = b.Budget
	}
	if b.Weekly = l.U(7) < .3; b.Weekly {
		b.PayDay = uint8(l.Below(8, 7))
	} else {
		b.PayDay = []uint8{25, 28, 1}[m.Pick(l.U(8), []float64{.35, .2, .15})]
	}
	g := luck(buyerTraits, 1)
	b.Affinity = float32(m.Gamma(&g, p.Affinity) / p.Affinity * []float64{1.5, 1.15, .7, .4}[age] / 1.0505)
	var sum float32
	for c := range b.Interest {
		g := luck(buyerTraits, uint32(2+c))
		b.Interest[c] = float32(m.Gamma(&g, 3*k.NeedShare[c]))
		sum += b.Interest[c]
	}
	for c := range b.Interest {
		b.Interest[c] /= sum
	}
	l = luck(buyerMembers, 0)
	for c := range m.Direct {
		chance := k.P.Platforms[c].Member
		if c == m.TikTok {
			chance *= min(max(float64(b.Affinity), .6), 1.2)
		}
		if l.U(uint32(c)) < chance {
			b.Members |= 1 << c
		}
		b.Trust[c] = float32(min(max(k.P.Platforms[c].Trust+float64(.12*l.Normal(uint32(20+c))), 0), 1))
	}
	b.Social = b.Members // who has a marketplace's app has paid in it
	if l.U(40) >= p.Social {
		b.Social &^= 1 << m.TikTok
	}
	k.past(luck, b)
}

// past plays the purchases of half a year so that habits start from what they tend to: each purchase moves one habit up by κ_H
// of what is left, time lets all fade, and a habit draws the next purchase, so that buyers differ and stay different.
func (k *Common) past(luck func(sim.Stream, uint32) sim.Luck, b *Buyer) {
	p := &k.P.Buyer
	var share, usual, h, w [m.Platforms]float64
	all := 0.0
	for c := range share {
		share[c] = k.P.Intent[c].Share
		all += share[c]
		often := float64(p.HabitKappa * float64(b.Rate) * share[c] * p.HabitTau)
		usual[c] = often / (1 + often)
	}
	l := luck(buyerPast, 0)
	for i, at := uint32(0), -3*p.HabitTau; ; i++ {
		gap := l.Exp(2*i) / (float64(b.Rate) * all)
		fade := num.Exp(-min(gap, -at) / p.HabitTau)
		for c := range h {
			h[c] *= fade
			w[c] = share[c] * num.Exp(p.HabitBeta/k.P.Choice.TauOnline*(h[c]-usual[c]))
		}
		if at += gap; at > 0 {
			break
		}
		c := m.Pick(l.U(2*i+1), w[:])
		h[c] += float64(p.HabitKappa * (1 - h[c]))
	}
	for c := range h {
		b.Habit[c] = float32(h[c])
	}
}

// normalShare is the standard normal distribution function, by a logistic approximation good enough for bins.
func normalShare(z float64) float64 {
	return 1 / (1 + num.Exp(-float64(1.5976*z)-float64(.07056*z*z*z)))
}
