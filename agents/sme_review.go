package agents

import (
	"math"

	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// review is an SME's weekly review (§7.8), its steps in the order of the model.
func (k *SMEs) review(t *m.Turn, s *SME) {
	s.Weeks++
	if s.State == m.Spare {
		k.newcomer(t, s)
		return
	}
	if s.State != m.Active {
		return
	}
	if k.Frozen.Supply {
		k.results(t, s)
		k.listAll(t, s)
		return
	}
	k.results(t, s)
	for c := range m.Direct {
		if s.Shop[c].Listed {
			k.reprice(t, s, c)
		}
	}
	k.liveHours(t, s)
	k.enter(t, s, false)
	k.settleIn(t, s)
	k.leave(t, s)
	k.restock(t, s)
	k.liquidity(t, s)
	k.listAll(t, s)
	k.census(t, s)
}

const ema = .3 // weight of the newest week in moving averages

// margin is what a unit sold in a channel leaves, before goods are returned.
func (k *Common) margin(t *m.Turn, tr *m.Traits, p *Shop, c m.Channel, at sim.Time) float64 {
	price := float64(p.Price)
	aff := 0.0
	if c < m.Platforms && k.P.Platforms[c].Views > 0 {
		aff = float64(tr.Rate) / 10_000 * .5
	}
	return float64(price*(1-k.take(t, c, tr.Good, at)-aff)) - float64(k.book(t).Value(m.FeeFixed, c, at)) - float64(tr.Cost) - k.P.SME.Pack
}

// results closes the week (step 1): orders, profit, skill.
func (k *SMEs) results(t *m.Turn, s *SME) {
	tr := &k.Traits[t.Number]
	total, sales, gain := 0.0, m.Money(0), 0.0
	for c := range m.Direct {
		p := &s.Shop[c]
		open := k.book(t).Open(c, t.Now)
		copy(p.Last4[1:], p.Last4[:3])
		copy(p.Last8[1:], p.Last8[:7])
		p.Last4[0], p.Last8[0] = p.Week, p.Sales
		if c >= m.Platforms || k.book(t).Value(m.Checkout, c, t.Now) == 1 {
			p.Pre = p.Last4[0] + p.Last4[1] + p.Last4[2] + p.Last4[3]
		}
		n := float64(p.Week)
		profit := float64(n*k.margin(t, tr, p, c, t.Now)) - float64(k.hoursAt(p, c, n)*k.P.SME.Wage) - k.P.Platforms[c].Overhead
		p.Orders += float64(ema * (n - p.Orders))
		p.Profit = (float64(p.Profit*p.Spell) + profit) / (p.Spell + 1)
		p.Spell++
		if p.Listed && open {
			p.Skill += float64(k.P.SME.SkillRate * (1 - p.Skill))
			gain += profit + float64(k.hoursAt(p, c, n)*k.P.SME.Wage) // the owner's own time
		} else {
			p.Skill *= .98
		}
		total += n + float64(p.Missed)
		sales += p.Sales
		p.Week, p.Missed, p.Sales = 0, 0, 0
	}
	s.Demand += float64(ema * (total - s.Demand))
	cost := m.Money(k.overhead(tr))
	s.Cash -= cost
	m.Move(t, m.SMECash, m.Costs, cost)
	copy(s.Sold4[1:], s.Sold4[:3])
	copy(s.Gain4[1:], s.Gain4[:3])
	s.Sold4[0], s.Gain4[0] = sales, s.Earned-cost
	s.Earned = 0
	s.Income += float64(ema * (gain - float64(cost) - s.Income))
}

// overhead is what being in business costs a week, in Rp.
func (k *Common) overhead(tr *m.Traits) float64 { return k.P.SME.Overhead * tr.Size }

// busy is the orders a week at which a shop takes half of the hours that a large one does.
const busy = 10

// hoursAt is the work that a channel takes a week.
func (k *Common) hoursAt(p *Shop, c m.Channel, orders float64) float64 {
	if c == m.WhatsApp {
		return .15 * orders
	}
	return float64(k.P.Platforms[c].Hours*orders)/(orders+busy) + p.Live
}

// reprice is win-continue, lose-reverse (step 2): now and then the price moves on in the direction that paid, else back.
func (k *SMEs) reprice(t *m.Turn, s *SME, c m.Channel) {
	p := &s.Shop[c]
	l := t.Luck(smePrice, s.Weeks<<4|uint32(c))
	if s.Selling || l.U(0) >= k.P.SME.Calvo {
		return
	}
	tr := &k.Traits[t.Number]
	step := k.P.SME.StepLow + float64((k.P.SME.StepHigh-k.P.SME.StepLow)*l.U(1))
	if (p.Step > 0) == (p.Profit < p.Before) {
		step = -step
	}
	p.Before, p.Profit, p.Spell, p.Step = p.Profit, 0, 0, step
	cost := float64(tr.Cost) + k.P.SME.Pack
	low := cost / (1 - k.take(t, c, tr.Good, t.Now) - float64(tr.Rate)/10_000) * 1.02
	price := min(max(float64(p.Price)*num.Exp(step), low), 3*float64(tr.Cost))
	if m.Money(price) != p.Price {
		m.Count(t, m.PriceChanges, 1)
	}
	p.Price = m.Money(price)
}

// liveHours shares live hours among the apps by what an hour has brought (step 6); they move slowly.
func (k *SMEs) liveHours(t *m.Turn, s *SME) {
	budget := min(s.Hours*.15, 20)
	var w [m.Platforms]float64
	sum := 0.0
	for c := range m.Platforms {
		p := &s.Shop[c]
		if !p.Listed || k.P.Platforms[c].Views == 0 {
			continue
		}
		brought := float64(p.Orders*float64(p.Price)) / (p.Live + 5)
		if !k.book(t).Open(c, t.Now) {
			brought = float64(s.Shop[s.main(c)].Price) * .2 // content still sells by links
		}
		w[c] = num.Pow(brought+1, 1/k.P.SME.LiveSpread) * k.P.Platforms[c].Views
		sum += w[c]
	}
	for c := range m.Platforms {
		p := &s.Shop[c]
		target := 0.0
		if sum > 0 {
			target = budget * w[c] / sum
		}
		p.Live += float64(k.P.SME.LiveMove * (target - p.Live))
	}
}

// main is the marketplace, other than c, that sells most.
func (s *SME) main(c m.Channel) m.Channel {
	best, most := m.Direct, -1.0
	for o := range m.Platforms {
		if o != c && s.Shop[o].Listed && s.Shop[o].Orders > most {
			best, most = o, s.Shop[o].Orders
		}
	}
	if best == m.Direct {
		return c
	}
	return best
}

// restock orders goods when they run low (step 8), as far as cash and credit go: at each review, and after a day of sales.
func (k *SMEs) restock(t *m.Turn, s *SME) {
	tr := &k.Traits[t.Number]
	lead := k.P.SME.LeadLocal
	if tr.Type == m.Import {
		lead = k.P.SME.LeadImport
	}
	d := s.Demand
	if float64(s.Stock+s.OnOrder) >= float64(d*(lead+.5))+float64(k.P.SME.StockZ*sqrt(d*lead)) {
		return
	}
	l := t.Luck(smeStock, uint32(m.DayOf(t.Now)))
	want := int64(d*(lead+2)) + 2 - int64(s.Stock+s.OnOrder)
	can := int64(s.Cash+k.credit(s)) / int64(max(tr.Cost, 1))
	n := min(want, can)
	if n <= 0 {
		return
	}
	s.OnOrder += int32(n)
	s.Cash -= n * tr.Cost
	m.Move(t, m.SMECash, m.Suppliers, n*tr.Cost)
	after := sim.Time(m.LogNormal(l.Normal(0), lead, .25) * float64(m.Week))
	t.SendIn(max(after, m.Hour), t.Self, m.Restock, m.Msg{Amount: n})
}

// credit is how far cash may fall below zero.
func (k *Common) credit(s *SME) m.Money {
	return m.Money(k.P.SME.CreditWeeks * float64(s.Sold4[0]+s.Sold4[1]+s.Sold4[2]+s.Sold4[3]) / 4)
}

// liquidity ends a business that cannot pay, or is not worth its owner's time (step 9).
func (k *SMEs) liquidity(t *m.Turn, s *SME) {
	if s.Cash < -k.credit(s) {
		s.Debt++
	} else {
		s.Debt = 0
	}
	if s.Income < s.Outside {
		s.Thin++
	} else {
		s.Thin = 0
	}
	l := t.Luck(smeQuit, s.Weeks<<4|15)
	switch {
	case s.Debt >= 4:
		s.State = m.Bankrupt
		m.Count(t, m.Bankruptcies, 1)
	case s.Thin >= 8 && l.U(1) < k.P.SME.ExitHazard:
		s.State = m.Closed
		m.Count(t, m.GaveUp, 1)
	default:
		return
	}
	s.Thin = min(s.Thin, 250)
	value := m.Money(s.Stock) * k.Traits[t.Number].Cost / 2
	s.Cash += value
	m.Move(t, m.TheWorld, m.SMECash, value)
	s.store(t, -s.Stock, m.UnitsLost)
	for c := range m.Direct {
		s.Shop[c].Listed = false
	}
}

// newcomer lets a spare member enter the market (§7.8): by a keyed coin each week.
func (k *SMEs) newcomer(t *m.Turn, s *SME) {
	if t.Now < k.Start || k.Frozen.Supply {
		return
	}
	l := t.Luck(smeSpare, s.Weeks)
	if l.U(0) >= k.P.SME.Entrants {
		return
	}
	m.Count(t, m.Entries, 1)
	tr := &k.Traits[t.Number]
	k.start(t, s, 0, 1<<tr.Home|tr.Lists&(1<<m.WhatsApp))
	s.Review, s.Settled = t.Now+m.Week, true
	if !k.book(t).Open(tr.Home, t.Now) {
		s.Shop[tr.Home].Listed = false
		k.open(t, s, m.Shopee, s.Demand)
	}
	s.Shop[tr.Home].Skill = 0
	k.listAll(t, s)
}

func (k *SMEs) listAll(t *m.Turn, s *SME) {
	if s.Selling && t.Now > s.Closing {
		s.Selling = false
	}
	for c := range m.Direct {
		if s.Shop[c].Listed || s.Shop[c].Told {
			k.list(t, s, c)
		}
	}
}

// list tells a channel what the SME offers there.
func (k *SMEs) list(t *m.Turn, s *SME, c m.Channel) {
	if k.Frozen.Supply && t.Now > 0 {
		return
	}
	p := &s.Shop[c]
	x := m.Listing{Rate: k.Traits[t.Number].Rate, Links: [2]m.Channel{m.Channels, m.Channels}}
	if p.Listed && s.State == m.Active {
		x.Listed = 1
		x.Price = p.Price
		x.Sold = p.Last4[0] + p.Last4[1] + p.Last4[2] + p.Last4[3]
		x.Reviews = p.Reviews
		x.Rating, x.Skill = uint16(p.Rating*1e4), uint16(p.Skill*1e4)
		x.Live = uint16(p.Live + .5)
		if s.Stock > 0 || k.Frozen.Supply {
			x.InStock = 1
		}
		if best := s.main(c); best != c {
			x.Links[0] = best
		}
		if s.Shop[m.WhatsApp].Listed {
			x.Links[1] = m.WhatsApp
		} else if s.Shop[m.Web].Listed {
			x.Links[1] = m.Web
		}
	}
	p.Told = x.Listed == 1
	t.Send(k.Venues.ID(int(c)), m.Listed, m.Carry(x))
}

// census reports the week to the Desk.
func (k *SMEs) census(t *m.Turn, s *SME) {
	x := m.Census{Class: uint8(k.Traits[t.Number].Type), State: s.State, Cash: s.Cash, Stock: uint32(max(s.Stock, 0)), Top: m.Channels}
	var top, sum, tik m.Money
	live := 0.0
	for c := range m.Direct {
		p := &s.Shop[c]
		var last m.Money
		for _, r := range p.Last8 {
			last += r
		}
		sum += last
		if last > top {
			top, x.Top = last, c
		}
		if c == m.TikTok {
			tik = last
		}
		if p.Listed {
			x.Lists |= 1 << c
		}
		live += p.Live
	}
	for i := range s.Sold4 {
		x.Sales += s.Sold4[i]
		x.Income += s.Gain4[i]
	}
	if sum > 0 {
		x.OnTop, x.OnTik = uint32(top*m.One/sum), uint32(tik*m.One/sum)
	}
	x.Hours = uint32(100 * live)
	t.Send(k.Desk, m.Counted, m.Carry(x))
}

func logistic(x float64) float64 { return 1 / (1 + num.Exp(-x)) }
func sqrt(x float64) float64     { return math.Sqrt(x) }
