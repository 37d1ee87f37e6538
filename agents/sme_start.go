package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// SMEs begin near where their own rules lead (docs/adr/0016): what they sell follows from the market's orders and their part of
// them, their prices from a past of trial and error, their skill from the age of their shops, their ratings from what reviews say.

// Born opens the shops an SME has at the start, with goods and cash of a business that has been running.
func (k *SMEs) Born(t *m.Turn, s *SME) {
	tr := &k.Traits[t.Number]
	l := t.Luck(smeTraits, 0)
	s.Weekday = uint8(l.Below(0, 7))
	s.Type = tr.Type
	s.Agility = m.LogNormal(l.Normal(1), 1, .53)
	k.setOut(t, s)
	s.Thrift = m.LogNormal(l.Normal(3), 1, .8)
	s.Came = -sim.Time(l.Exp(4) / k.P.SME.Entrants * float64(m.Week))
	s.Review = sim.Time(s.Weekday)*m.Day + 2*m.Hour + 7*m.Day
	s.Report, s.React = never, never
	s.State = m.Spare
	if !tr.Spare {
		k.start(t, s, tr.Lists)
		k.invest(t, s, s.Sold[0]) // the sales of a week that are always under way
	}
	k.listAll(t, s)
	k.sleep(t, s)
}

// setOut gives an owner the scale that suits its traits, and what it could earn elsewhere.
func (k *SMEs) setOut(t *m.Turn, s *SME) {
	tr := &k.Traits[t.Number]
	s.Scale = k.Promise(tr, tr.Lists) / k.Usual
	s.Outside = k.wish(t, s)
}

// wish is what an owner could earn elsewhere in the time that the business takes.
func (k *SMEs) wish(t *m.Turn, s *SME) float64 {
	l := t.Luck(smeTraits, 0)
	return m.LogNormal(l.Normal(2), k.P.SME.Outside, .5) * reserve * min(s.Scale, sqrt(s.Scale))
}

// settleIn takes the state at the end of burn-in as one that SMEs have chosen (docs/adr/0011): who is in business finds it worth the
// time, rents and has the capital that its sales need, and keeps the shops it has, unless things get worse from there by more than
// chance. A newcomer has half a year to find its scale, but finds it worth the time or not.
func (k *SMEs) settleIn(t *m.Turn, s *SME) {
	if s.Settled {
		return
	}
	s.Settled = t.Now >= k.Start
	s.Scale = s.Demand / k.Usual
	if t.Now < s.Came+trying {
		s.Settled = false
		return
	}
	if s.Came > 0 {
		return
	}
	s.Thin, s.Debt = 0, 0
	tr := &k.Traits[t.Number]
	noise := 0.0 // variance of an average week's profit: orders are few and come by chance
	for c := range m.Direct {
		p := &s.Shop[c]
		if !p.Listed {
			continue
		}
		unit := k.margin(t, s, tr, p, c, t.Now)
		part := float64(unit*unit) * max(p.Orders, k.promise(tr, c)) * ema / (2 - ema)
		noise += part
		p.Usual, p.Loss = min(0, min(.9*p.Profit, 1.1*p.Profit)-float64(2*sqrt(part))), 0
	}
	k.invest(t, s, max(k.capital(tr, s)-s.Cash, 0))
	s.Outside = min(k.wish(t, s), s.Income-float64(2*sqrt(noise)))
}

// trying is how long a newcomer tries before its scale is fixed.
const trying = 26 * m.Week

// reserve is the share of a week that a business of size 1 takes. A smaller one takes less in proportion, so that its owner
// compares its income with less outside pay; a larger one is run with help (docs/adr).
const reserve = .3

// start makes an SME active: listings, goods for three weeks, and the owner's capital.
func (k *SMEs) start(t *m.Turn, s *SME, lists uint16) {
	tr := &k.Traits[t.Number]
	s.State = m.Active
	s.Hours = min(max(50*sqrt(s.Scale), 15), 2000)
	s.Income = s.Outside * 1.5
	s.Demand, s.Rate, s.LowerAt = k.Promise(tr, lists), tr.Rate, 0
	l := t.Luck(smeTraits, 1)
	if s.Plan.Down = l.U(0) < .5; s.Plan.Down {
		s.lower(t.Now + sim.Time(l.U(1)*k.P.SME.RateLock*float64(m.Day)))
	}
	for c := range m.Direct {
		if lists>>c&1 == 1 {
			orders := k.promise(tr, c)
			k.open(t, s, c, orders)
			k.past(t, s, c, orders)
			for i := range s.Sold {
				s.Sold[i] += m.Money(orders * float64(s.Shop[c].Price))
			}
		}
	}
	s.store(t, max(k.OpeningStock(tr, s.Demand)-s.Stock, 0), m.UnitsIn)
	k.invest(t, s, max(k.capital(tr, s)-s.Cash, 0))
}

// invest is money that the owner puts in.
func (k *SMEs) invest(t *m.Turn, s *SME, amount m.Money) {
	s.Cash += amount
	m.Move(t, k.home(t), k.cash(t), amount)
	m.Count(t, m.Invested, amount)
}

// Promise is the orders a week that an SME can expect from the channels of a list.
func (k *Common) Promise(tr *m.Traits, lists uint16) (orders float64) {
	for c := range m.Direct {
		if lists>>c&1 == 1 {
			orders += k.promise(tr, c)
		}
	}
	return orders
}

// promise is the orders a week that an SME can expect in a channel. Who was not there at the start takes a part from those who were.
func (k *Common) promise(tr *m.Traits, c m.Channel) float64 {
	mine, all := standing(tr), k.Pull[c][tr.Good]
	if tr.Spare || tr.Lists>>c&1 == 0 {
		all += mine
	}
	return k.Expect[c][tr.Good] * mine / all
}

// OpeningStock is what an SME begins with that expects so many orders a week: goods until the next but one delivery.
func (k *Common) OpeningStock(tr *m.Traits, orders float64) int32 {
	return int32((k.lead(tr)+1.9)*orders) + 2
}

// lead is how many weeks goods take to come.
func (k *Common) lead(tr *m.Traits) float64 {
	if tr.Type == m.Import {
		return k.P.SME.LeadImport
	}
	return k.P.SME.LeadLocal
}

// capital is what an owner keeps in the business to work with: six weeks of overhead, more or less, and goods for three weeks.
func (k *Common) capital(tr *m.Traits, s *SME) m.Money {
	return m.Money(6*k.overhead(s)*s.Thrift) + m.Money(float64(3*s.Demand)+2)*tr.Cost
}

// How orders go with quality, and with a price above others in units of P̄, once rankings have followed sales: measured among SMEs
// that have been in the market for a year and a half (docs/adr/0016).
const (
	standQuality = .65
	standPrice   = 2.6
)

// standing is an SME's part in the orders of its category where it sells, up to a factor.
func standing(tr *m.Traits) float64 {
	return tr.Size * num.Exp(float64(standQuality*tr.Quality)-float64(standPrice*tr.Dear))
}

// expect computes the orders a week that the parameters promise, by channel and category, the pull of who sells there at the start, and
// how many of them a buyer compares.
func (k *Common) expect() {
	buyers := k.P.Scale.Buyers / k.W
	for c := range m.Direct {
		v := &k.P.Platforms[c]
		in := &k.P.Intent[c]
		tilt := 0.0
		for g, share := range k.NeedShare {
			tilt += float64(share * in.Tilt[g])
		}
		seen := v.Member * v.Views * 7 * (float64(v.Video*k.P.Disc.ConvVideo) + float64((1-v.Video)*k.P.Disc.ConvLive))
		for g := range k.Expect[c] {
			needs := k.P.Buyer.NeedRate / 30.4 * 7 * in.Share * k.NeedShare[g] * in.Tilt[g] / tilt
			k.Expect[c][g] = buyers * (needs + float64(seen*k.ViewShare[g]))
		}
	}
	for i := range k.Traits {
		tr := &k.Traits[i]
		for c := range m.Direct {
			if !tr.Spare && tr.Lists>>c&1 == 1 {
				k.Pull[c][tr.Good] += standing(tr)
			}
		}
	}
	n := 0.0
	for i := range k.Traits {
		if tr := &k.Traits[i]; !tr.Spare {
			for c := range m.Direct {
				if tr.Lists>>c&1 == 1 {
					k.Rivals[c][tr.Good] += 1 - num.Exp(-k.P.Choice.K0*standing(tr)/k.Pull[c][tr.Good])
				}
			}
			k.Usual += k.Promise(tr, tr.Lists)
			n += tr.Size
		}
	}
	k.Usual /= n
	for c := range k.Rivals {
		for g := range k.Rivals[c] {
			k.Rivals[c][g] = max(k.Rivals[c][g], 2)
		}
	}
}

// open sets up a place in a channel.
func (k *SMEs) open(t *m.Turn, s *SME, c m.Channel, orders float64) {
	tr := &k.Traits[t.Number]
	l := t.Luck(smePrice, uint32(c))
	price := k.best(t, tr, c, s.Rate, t.Now) * m.LogNormal(l.Normal(0), 1, .12)
	s.Shop[c] = Shop{Price: m.Money(price), Orders: orders, Rating: newRating, Listed: true, Since: t.Now, Filled: m.DayOf(t.Now)}
	s.Shop[c].Try.Down, s.Shop[c].Adv.Down = l.U(1) < .5, l.U(2) < .5
	if k.P.Platforms[c].Views > 0 && tr.Home == c {
		s.Shop[c].Live = 3 * sqrt(tr.Size)
	}
}

// newRating is that of a shop without reviews.
const newRating = .9

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
	rivals := k.Rivals[c][tr.Good]
	best, unit := k.best(t, tr, c, s.Rate, t.Now), k.P.Categories[tr.Good].Price
	for week := range uint32(trials) {
		l := t.Luck(smePast, (week+1)<<4|uint32(c))
		curve := 0.0
		for _, alpha := range k.Alpha {
			curve += rivals / (1 + float64((rivals-1)*num.Exp(alpha*(float64(p.Price)-best)/unit))) / m.Bins
		}
		n := poisson(&l, 8, float64(orders*curve)*k.seen(tr, c, p.Spent))
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
