package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// join sets the sellers that a buyer knows, by how much they sell, and the creators it follows.
func (k *Buyers) join(t *m.Turn, b *Buyer) {
	l := t.Luck(buyerTies, 0)
	for i := range b.Ties {
		tie := &b.Ties[i]
		of := k.BySize[tie.Good]
		if len(of.smes) == 0 {
			b.Ties[i] = Tie{}
			continue
		}
		j := of.smes[searchSum(of.sum, l.U(uint32(i)))]
		tie.SME = j + 1
		tie.Chat = tie.Chat && k.Traits[j].Lists>>m.WhatsApp&1 == 1
	}
	follow := int(l.Below(20, 4))
	for i := range min(follow, len(b.Follow)) {
		b.Follow[i] = k.someMaker(&l, uint32(21+i)) + 1
	}
}

// someMaker draws a creator by followers.
func (k *Common) someMaker(l *sim.Luck, alt uint32) uint32 {
	return uint32(searchSum(k.Reach, l.U(alt)))
}

// searchSum is the item that a share of a running sum falls on.
func searchSum(sum []float64, u float64) int {
	u *= sum[len(sum)-1]
	lo, hi := 0, len(sum)-1
	for lo < hi {
		if mid := (lo + hi) / 2; sum[mid] < u {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
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
		if c < m.Platforms {
			chance = k.Delta.Member[c]
		}
		if c == m.TikTok {
			chance *= min(max(float64(b.Affinity), .6), 1.2)
		}
		if l.U(uint32(c)) < chance {
			b.Members |= 1 << c
		}
		b.Prior[c] = uint8(255 * min(max(k.P.Platforms[c].Trust+float64(.12*l.Normal(uint32(20+c))), 0), 1))
		b.Trust[c] = b.prior(c)
	}
	for i := range b.Ties {
		l := luck(buyerTies, uint32(1+i))
		b.Ties[i].Good = k.needGood(&l, b)
		b.Ties[i].Chat = l.U(2) < p.TieChat
	}
	k.past(luck, b)
	b.Social = b.Members // who has a marketplace's app has paid in it
	if l.U(40) >= p.Social {
		b.Social &^= 1 << m.TikTok
	}
	k.late(&l, b)
}

// refDay is the reference date, 2023-01-01.
const refDay = 61

// late lets some buyers begin to buy online only later (§7.14): until then they have no habits, and their apps wait.
func (k *Common) late(l *sim.Luck, b *Buyer) {
	if l.U(41) >= k.P.Growth.LateShare {
		return
	}
	u := l.U(42)
	began := float64(refDay) + k.P.Growth.LateMid + float64(k.P.Growth.LateScale*num.Log(u/(1-u)))
	if began <= refDay {
		return
	}
	b.Adopt = sim.Time(began * float64(m.Day))
	b.Habit = [m.Platforms]float32{}
	for c, until := range b.Until {
		b.keepUntil(m.Channel(c), min(endless, b.Adopt+sim.Time(until)))
	}
}

// adopt is the day on which a late buyer begins: its apps are counted, and their views begin.
func (k *Buyers) adopt(t *m.Turn, b *Buyer) {
	b.Adopt = 0
	for c := range m.Direct {
		if b.Members>>c&1 == 1 {
			t.Tally(t.Now, m.MemberCell(c), 1)
			if c < m.Platforms {
				k.startViews(t, b, c)
			}
		}
	}
}

// prior is what the buyer expects of a channel: its trust there as long as all goes as usual.
func (b *Buyer) prior(c m.Channel) float32 { return float32(b.Prior[c]) / 255 }

// normalShare is the standard normal distribution function, by a logistic approximation good enough for bins.
func normalShare(z float64) float64 {
	return 1 / (1 + num.Exp(-float64(1.5976*z)-float64(.07056*z*z*z)))
}
