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
	switch s.State {
	case m.Active:
	case m.Spare:
		k.newcomer(t, s)
		return
	default:
		if s.Idle++; s.Idle == rest {
			s.State = m.Spare
		}
		return
	}
	if k.Frozen.Supply {
		k.results(t, s)
		k.listAll(t, s)
		return
	}
	k.results(t, s)
	for c := range m.Direct {
		if !s.Shop[c].Listed {
			continue
		}
		s.Gain[0] -= k.payAds(t, s, c)
		if !s.selling() {
			l := t.Luck(smePrice, s.Weeks<<4|uint32(c))
			was := s.Shop[c].Price
			k.reprice(t, s, c, &l)
			if s.Shop[c].Price != was {
				m.Count(t, m.PriceChanges, 1)
			}
		}
		k.advertise(s, c, s.Weeks)
	}
	k.affiliate(t, s)
	k.liveHours(t, s)
	k.contract(t, s)
	k.enter(t, s, false)
	k.settleIn(t, s)
	k.leave(t, s)
	k.restock(t, s)
	k.sellOff(t, s)
	k.liquidity(t, s)
	k.takeHome(t, s)
	k.listAll(t, s)
	k.census(t, s)
}

const ema = .3 // weight of the newest week in moving averages

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
		if c >= m.Platforms || k.book(t).Value(m.Checkout, c, t.Now) == 1 && k.book(t).Value(m.OrderCap, c, t.Now) < 0 {
			p.Pre = p.Last4[0] + p.Last4[1] + p.Last4[2] + p.Last4[3]
		}
		n := float64(p.Week)
		profit := k.profit(t, s, tr, p, c, n)
		p.Orders += float64(ema * (n - p.Orders))
		p.Profit += float64(ema * (profit - p.Profit))
		p.Try.see(profit)
		p.Adv.see(profit)
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
	cost := m.Money(k.overhead(s))
	s.Cash -= cost
	m.Move(t, k.cash(t), m.Costs, cost)
	copy(s.Sold[1:], s.Sold[:])
	copy(s.Gain[1:], s.Gain[:])
	s.Sold[0], s.Gain[0] = sales, s.Earned-cost
	s.Earned = 0
	aid := k.compensate(t, s)
	k.remember(t, s)
	s.Income += float64(ema * (gain + float64(aid-cost) - s.Income))
	s.Plan.see(gain)
}

// profit is what a week of so many orders in a channel brings, with the owner's time paid for.
func (k *SMEs) profit(t *m.Turn, s *SME, tr *m.Traits, p *Shop, c m.Channel, orders float64) float64 {
	return float64(orders*k.margin(t, s, tr, p, c, t.Now)) - float64(k.hoursAt(p, c, orders)*k.P.SME.Wage) - k.P.Platforms[c].Overhead
}

// busy is the orders a week at which a shop takes half of the hours that a large one does.
const busy = 10

// hoursAt is the work that a channel takes a week.
func (k *Common) hoursAt(p *Shop, c m.Channel, orders float64) float64 {
	if c == m.WhatsApp {
		return .15 * orders
	}
	return float64(k.P.Platforms[c].Hours*orders)/(orders+busy) + p.Live
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
	lead := k.lead(tr)
	d := s.Demand
	if float64(s.Stock+s.OnOrder) >= float64(d*(lead+.5))+float64(k.P.SME.StockZ*sqrt(d*lead)) {
		return
	}
	l := t.Luck(smeStock, uint32(m.DayOf(t.Now)))
	want := int64(d*(lead+2)) + 2 - int64(s.Stock+s.OnOrder)
	can := int64(s.Cash+k.credit(t, s)) / int64(max(tr.Cost, 1))
	n := min(want, can)
	if n <= 0 {
		return
	}
	s.OnOrder += int32(n)
	s.Cash -= n * tr.Cost
	m.Move(t, k.cash(t), tr.Type.Supplier(), n*tr.Cost)
	after := sim.Time(m.LogNormal(l.Normal(0), lead, .25) * float64(m.Week))
	t.SendIn(max(after, m.Hour), t.Self, m.Restock, m.Msg{Amount: n})
}

func (k *SMEs) listAll(t *m.Turn, s *SME) {
	if t.Now > s.Closing {
		s.sellNoMore()
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
	x := m.Listing{Told: 1, Rate: s.Rate, Links: [2]m.Channel{m.Channels, m.Channels}}
	if p.Listed && s.State == m.Active {
		x.Listed = 1
		x.Price = p.Price
		x.Sold = p.Last4[0] + p.Last4[1] + p.Last4[2] + p.Last4[3]
		x.Reviews = p.Reviews
		x.Rating, x.Skill = uint16(p.Rating*1e4), uint16(p.Skill*1e4)
		x.Live = uint16(p.Live + .5)
		x.Ads = uint32(p.Spent)
		if t.Now-p.Since < 8*m.Week {
			x.Fresh = 1
		}
		if s.Stock > 0 || k.Frozen.Supply {
			x.InStock = 1
		}
		p.Again = k.again(t, p, c)
		x.Again, x.Before = p.Again, p.Pre
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
	for i := range s.Sold[:4] {
		x.Sales += s.Sold[i]
		x.Income += s.Gain[i]
	}
	quarter := m.Money(0)
	for _, gain := range s.Gain {
		quarter += gain
	}
	tenth := uint8(0)
	if s.OnTik > 0 {
		tenth = uint8(min((s.OnTik+99_999)/100_000, 10))
	}
	x.Mark = m.Mark(quarter < 0, tenth)
	x.Wish = uint16(min(k.wish(t, s)/1000, 65_535))
	if sum > 0 {
		x.OnTop, x.OnTik = uint32(top*m.One/sum), uint32(tik*m.One/sum)
	}
	x.Hours = uint32(100 * live)
	t.Send(k.Desk, m.Counted, m.Carry(x))
	k.tell(t, s, &x)
}

func logistic(x float64) float64 { return 1 / (1 + num.Exp(-x)) }
func sqrt(x float64) float64     { return math.Sqrt(x) }
