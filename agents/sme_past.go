package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// past gives a shop what a past brings: sales, skill, reviews, and prices and advertisements that have been tried. Shops are as old
// as they get when they come and go at the rate ν0. Years of trials meet orders that follow the demand curve of buyers, and the
// chance to be seen that advertisements buy.
func (k *SMEs) past(t *m.Turn, s *SME, c m.Channel, orders float64) {
	tr, p := &k.Traits[t.Number], &s.Shop[c]
	l := t.Luck(smePast, uint32(c))
	age := l.Exp(0) / k.P.SME.Entrants
	p.Since = t.Now - sim.Time(age*float64(m.Week))
	p.Ads = k.P.SME.AdMost * l.U(2)
	p.Skill = 1 - num.Exp(-float64(k.P.SME.SkillRate*age))
	p.Rating, p.Reviews = k.Stars[tr.Good], uint32(float64(10*orders)+.5)
	for i := range p.Last4 {
		p.Last4[i] = uint32(orders + l.U(1))
	}
	best, unit := k.best(t, tr, c, s.Rate, t.Now), k.P.Categories[tr.Good].Price
	for week := range uint32(trials) {
		l := t.Luck(smePast, (week+1)<<4|uint32(c))
		n := poisson(&l, 8, float64(orders*k.curve(tr, c, (float64(p.Price)-best)/unit))*k.seen(tr, c, p.Spent))
		p.Spent = m.Money(p.Ads * n * float64(p.Price))
		profit := k.profit(t, s, tr, p, c, n)
		p.Try.see(profit)
		p.Adv.see(profit)
		k.reprice(t, s, c, &l)
		k.advertise(s, c, week)
	}
}

// trials is how many weeks of trials a shop has behind it: enough for those that sell little, which learn slowly (docs/adr/0039).
const trials = 208

// curve is how orders go with a price that is x·P̄ above the first-order one, as buyers choose: among the rivals in a set; of the platform,
// which loses as much of its inclusive value as the SME's part of what it shows; and in front of content, where there are no rivals.
func (k *Common) curve(tr *m.Traits, c m.Channel, x float64) (sum float64) {
	rivals, content := k.Rivals[c][tr.Good], k.Content[c][tr.Good]
	part := k.part(tr, c)
	for _, alpha := range k.Alpha {
		worth := num.Exp(-alpha * x)
		need := float64(rivals*worth) / (worth + rivals - 1)
		if c < m.Platforms {
			nest, pull := k.Nest[c][tr.Good], num.Pow(1+float64(part*(worth-1)), k.P.Choice.Lambda/k.P.Choice.TauOnline)
			need *= pull / (1 + float64(nest*(pull-1)))
		}
		sum += (need + float64(content*(num.Exp(-float64(k.P.Disc.Lambda*alpha)*x)-need))) / m.Bins
	}
	return sum
}

// seen is the chance that one of the offers that a buyer compares is the SME's, relative to the chance without advertisements.
func (k *Common) seen(tr *m.Traits, c m.Channel, spent m.Money) float64 {
	draws := k.P.Choice.K0 * standing(tr) / k.Pull[c][tr.Good]
	return (1 - num.Exp(-draws*num.Exp(k.noticed(tr, spent)))) / (1 - num.Exp(-draws))
}

// noticed is the weight of advertisements in the ranking of a platform: θ_ad·ln(1 + ad/ad0), for each of an SME's listings.
func (k *Common) noticed(tr *m.Traits, spent m.Money) float64 {
	return k.P.Rank.Ads * num.Log(1+float64(spent)/(k.P.SME.AdUnit*tr.Size))
}

// poisson is a Poisson variate, from draws alt and alt+1; a normal one where the mean is large.
func poisson(l *sim.Luck, alt uint32, mean float64) float64 {
	if mean > 30 {
		return max(mean+float64(sqrt(mean)*l.Normal(alt)), 0)
	}
	u, n := l.U(alt), 0.0
	for q := num.Exp(-mean); u > q && n < 200; q *= mean / n {
		u -= q
		n++
	}
	return n
}

// stars is the mean of reviews in the long run: full marks, fewer for what came late, few for what was sent back.
func (k *Common) stars(g m.Category) float64 {
	const z = 1.41 // of a delivery 1.6 times as long as usual, where days vary by .4
	late := 1 / (1 + num.Exp(1.702*z))
	sent := k.P.Categories[g].Returns
	kept := reviewed * (1 - sent)
	return (float64(kept*(1-float64(.3*late))) + float64(.3*sent)) / (kept + sent)
}
