package agents

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// sampleSize is how many buyers the alternative-specific constants are solved on (decisions B11).
const sampleSize = 2000

// rounds is how often buyers' pasts and the constants are solved in turn, each given the other.
const rounds = 12

// essence is the parameters that the constants follow from, and nothing else: whoever solves them sees no more, so that no other
// parameter can have a say, and none of these can be forgotten.
func essence(p *m.Params) *m.Params {
	x := &m.Params{Intent: p.Intent}
	for g := range x.Categories {
		x.Categories[g].Needs = p.Categories[g].Needs
	}
	for c := range x.Platforms {
		v := &p.Platforms[c]
		x.Platforms[c] = m.Venue{
			Member: v.Member, Trust: v.Trust, DaysJava: v.DaysJava, DaysOther: v.DaysOther, Views: v.Views, Video: v.Video, Match: v.Match,
		}
	}
	b, d := &p.Buyer, &p.Disc
	x.Buyer = m.BuyerParams{
		NeedRate: b.NeedRate, NeedCV: b.NeedCV, Affinity: b.Affinity, Java: b.Java, Social: b.Social, TieChat: b.TieChat,
		HabitBeta: b.HabitBeta, HabitTau: b.HabitTau, HabitKappa: b.HabitKappa,
		TrustBeta: b.TrustBeta, Install: b.Install, Delivery: b.Delivery,
	}
	x.Choice = m.ChoiceParams{TauOnline: p.Choice.TauOnline, TauDirect: p.Choice.TauDirect}
	x.Disc = m.DiscoveryParams{ConvVideo: d.ConvVideo, ConvLive: d.ConvLive, SaveProb: d.SaveProb, Match: d.Match, FirstUse: d.FirstUse}
	x.SME.Chat = p.SME.Chat
	x.Growth = m.GrowthParams{LateShare: p.Growth.LateShare, LateMid: p.Growth.LateMid, LateScale: p.Growth.LateScale}
	return x
}

// DeltaInputs is the hash of all that the constants follow from.
func DeltaInputs(p *m.Params) string {
	const version = 4 // of the way they are solved
	x := essence(p)
	b, err := json.Marshal([]any{version, x.Intent, x.Categories, x.Platforms, x.Buyer, x.Choice, x.Disc, x.SME.Chat, x.Growth})
	if err != nil {
		panic(err) // numbers always marshal
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// SolveDelta finds the constants with which a fixed sample of buyers, at the reference date and with all channels as
// attractive as on the first day, chooses channels with the target shares (§5.5), and buys and saves in discovery at the
// target rates (§7.5). It is a pure function of the parameters.
func SolveDelta(p *m.Params) *m.Delta {
	d, _ := solve(p)
	return d
}

// solve is SolveDelta; it shows the sample, too.
func solve(p *m.Params) (*m.Delta, []Buyer) {
	d := &m.Delta{Inputs: DeltaInputs(p)}
	p = essence(p)
	k := &Common{Market: &m.Market{P: p, Delta: d}}
	for g := range k.NeedShare {
		k.NeedShare[g] = p.Categories[g].Needs
	}
	target := Targets(p)
	for g := range target {
		for c := range m.Platforms {
			if share := target[g][c]; share > 0 {
				d.Need[g][c] = float64(p.Choice.TauOnline * num.Log(share))
			}
		}
	}
	for c := range d.Lapse {
		d.Lapse[c], d.Member[c] = 1./pastDays, p.Platforms[c].Member
	}
	var sample []Buyer
	for range rounds {
		sample = k.sample()
		tastes := make([][m.Direct]taste, len(sample))
		for i := range tastes {
			for c := range tastes[i] {
				tastes[i][c] = k.taste(&sample[i], m.Channel(c))
			}
		}
		var joins [m.Platforms]float64
		for g := range m.Category(m.Categories) {
			k.contract(sample, tastes, g, &target[g], &joins)
		}
		k.balance(sample, joins)
	}
	for a := range m.Platforms {
		d.Save[a] = k.conversion(sample, a, -1)
		for format := range 2 {
			d.Buy[a][format] = k.conversion(sample, a, format)
		}
	}
	return d, sample
}

// sample draws the buyers that the constants are solved on.
func (k *Common) sample() []Buyer {
	list := make([]Buyer, sampleSize)
	for i := range list {
		luck := func(s sim.Stream, n uint32) sim.Luck {
			return sim.NewLuck(0, m.LotPopulation, 100+s, uint32(i), n)
		}
		b := &list[i]
		k.draw(luck, b)
		for x := range b.Ties {
			l := luck(buyerTies, uint32(1+x))
			b.Ties[x].Chat = b.Ties[x].Chat && l.U(3) < k.P.SME.Chat
		}
	}
	return list
}

// balance sets memberships so that, by now, there are as many as the target says, and as many lapse a day as are begun.
func (k *Common) balance(sample []Buyer, joins [m.Platforms]float64) {
	for c := range m.Platforms {
		members := 0.0
		for i := range sample {
			if sample[i].Adopt == 0 {
				members += float64(sample[i].Members >> c & 1)
			}
		}
		target := sampleSize * k.P.Platforms[c].Member
		if members > 0 && target > 0 {
			k.Delta.Member[c] *= target / members
			k.Delta.Lapse[c] = max(joins[c]/members, 1e-6)
		}
	}
}

// Targets are the shares of channels by category: the platforms' tilts, raked so that categories sum to 1 and channels to
// their totals. A channel without a share is closed, and its cells are 0.
func Targets(p *m.Params) (s [m.Categories][m.Channels]float64) {
	for g := range s {
		for c := range s[g] {
			s[g][c] = p.Intent[c].Share * p.Intent[c].Tilt[g]
		}
	}
	for range 200 {
		for c := range m.Channels {
			sum := 0.0
			for g := range s {
				sum += float64(s[g][c] * p.Categories[g].Needs)
			}
			if sum == 0 {
				continue // not in this market: closed, and nobody means to go there (decisions C14)
			}
			for g := range s {
				if sum > 0 {
					s[g][c] *= p.Intent[c].Share / sum
				}
			}
		}
		for g := range s {
			sum := 0.0
			for c := range s[g] {
				sum += s[g][c]
			}
			for c := range s[g] {
				s[g][c] /= sum
			}
		}
	}
	return s
}

// contract solves δ of one category by damped contraction (Berry 1994, for a nested logit), and adds how many of the sample a day
// become members by what they need of it.
func (k *Common) contract(sample []Buyer, tastes [][m.Direct]taste, g m.Category, target *[m.Channels]float64, joins *[m.Platforms]float64) {
	p := &k.P.Choice
	for range 200 {
		var share [m.Channels]float64
		var first [m.Platforms]float64
		const late = 1<<m.Offline | 1<<m.Defer // all that is open to those who are not online yet
		v := k.Delta.Need[g]
		lates := m.Shares(&v, late, p)
		for i := range sample {
			b, open, shares := &sample[i], uint16(late), lates
			if b.Adopt == 0 {
				for c := range m.Direct {
					if v[c] = tastes[i][c].over(k.Delta.Need[g][c]); target[c] > 0 && (c != m.WhatsApp || b.chats(g)) {
						open |= 1 << c
					}
				}
				shares = m.Shares(&v, open, p)
			}
			need := float64(b.Rate) * (float64(b.Interest[g]) + k.NeedShare[g]) / 2
			for c, s := range shares {
				share[c] += s
				if c < len(first) && b.Members>>c&1 == 0 {
					first[c] += float64(need * s)
				}
			}
		}
		worst := 0.0
		for c := range m.Channels {
			if target[c] == 0 {
				continue
			}
			tau := 1.0
			switch {
			case c < m.Platforms:
				tau = p.TauOnline
			case c < m.Direct:
				tau = p.TauDirect
			}
			step := float64(tau * num.Log(target[c]*sampleSize/share[c]))
			k.Delta.Need[g][c] += step
			worst = max(worst, max(step, -step))
		}
		base := k.Delta.Need[g][m.Defer]
		for c := range k.Delta.Need[g] {
			if target[c] > 0 {
				k.Delta.Need[g][c] -= base
			}
		}
		if worst < 1e-9 {
			for c := range joins {
				joins[c] += first[c]
			}
			return
		}
	}
}

// chats tells whether a buyer of the sample knows a seller of the category by chat.
func (b *Buyer) chats(g m.Category) bool {
	for _, tie := range b.Ties {
		if tie.Good == g && tie.Chat {
			return true
		}
	}
	return false
}

// conversion solves the intercept of buying in a format (or of saving, format -1) so that the average view at the reference
// date leads to it with the target probability.
func (k *Common) conversion(sample []Buyer, a m.Channel, format int) float64 {
	d := &k.P.Disc
	if k.P.Platforms[a].Member == 0 {
		return 0 // nobody is there
	}
	target := d.SaveProb
	switch format {
	case 0:
		target = d.ConvVideo
	case 1:
		target = d.ConvLive
	}
	lo, hi := -15.0, 5.0
	for range 60 {
		mid := (lo + hi) / 2
		if k.meanConversion(sample, a, format, mid) < target {
			lo = mid
		} else {
			hi = mid
		}
	}
	return (lo + hi) / 2
}

func (k *Common) meanConversion(sample []Buyer, a m.Channel, format int, x float64) (mean float64) {
	d := &k.P.Disc
	weight := 0.0
	for i := range sample {
		b := &sample[i]
		if b.Members>>a&1 == 0 || b.Adopt > 0 {
			continue
		}
		w := float64(b.Affinity)
		weight += w
		if format < 0 {
			e := num.Exp(x)
			mean += w * e / (1 + e + d.ConvVideo)
			continue
		}
		u := x
		if b.Social>>a&1 == 0 {
			u -= d.FirstUse
		}
		for match := range 2 {
			share := k.P.Platforms[a].Match
			e := num.Exp(u + d.Match)
			if match == 0 {
				share, e = 1-share, num.Exp(u)
			}
			mean += w * share * e / (1 + e + d.SaveProb)
		}
	}
	return mean / max(weight, 1)
}
