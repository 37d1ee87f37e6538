package policy

import (
	"slices"

	"pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// draw is where a deal stands after another week (§7.11): each state has its hazards.
func (d *PartnershipTalks) draw(v *market.View, s step, since sim.Time) step {
	x, l := &v.P.Deal, v.Luck
	waited := float64(v.Now-since) / float64(market.Week)
	switch s.State {
	case market.DealTalks:
		if l.U(0) < 1-num.Exp(-1/x.Talks) {
			return d.propose(v, l.U(1))
		}
	case market.DealProposed:
		if l.U(0) < x.Agree*sigmoid(d.gain(v, s)/x.Soft) {
			s.State = market.DealAgreed
		}
	case market.DealAgreed:
		switch {
		case l.U(0) < x.Collapse:
			s.State = market.DealCollapsed
		case l.U(1) < x.Sign:
			s.State, s.Price = market.DealSigned, int64(d.price(v, s)/1e6)
		}
	case market.DealSigned:
		if waited < x.ReviewWeeks {
			break
		}
		s.State = market.DealRejected
		if l.U(0) < d.approval(v, s) {
			s.State = market.DealApproved
		}
	case market.DealApproved:
		s.State = market.DealClosed
	case market.DealClosed:
		if waited >= x.Delay[s.Form]*30.4/7 {
			s.State = market.DealOperating
		}
	}
	return s
}

// propose chooses among partners and forms, and a platform of one's own, by softmax of what there is to gain.
func (d *PartnershipTalks) propose(v *market.View, u float64) step {
	considered := func(list []string, key string) bool { return len(list) == 0 || slices.Contains(list, key) }
	var steps []step
	var weights []float64
	for f := range market.DealForms {
		if !considered(d.Forms, f.String()) {
			continue
		}
		if f == market.Build {
			steps, weights = append(steps, step{State: market.DealAlone, Form: f}), append(weights, 1)
			continue
		}
		for with := range market.Partners {
			if considered(d.Candidates, with.String()) {
				s := step{State: market.DealProposed, Form: f, With: with}
				steps, weights = append(steps, s), append(weights, num.Exp(d.gain(v, s)/v.P.Deal.Soft))
			}
		}
	}
	return steps[market.Pick(u, weights)]
}

// gain is G, what a deal is worth to both together beyond what each has without it, in USD. A price moves it from one to the other.
func (d *PartnershipTalks) gain(v *market.View, s step) float64 {
	x := &v.P.Deal
	open := d.lastOpen(v)
	profit := x.Value * yearly(v, open, d.Initiator)
	built := 1 - x.Delay[market.Build]/24
	outside := float64(profit * (x.Promotion + float64(x.Alone*built)))
	back := float64((.6 + float64(.4*x.Logistics[s.With])) * x.Seamless[s.Form])
	value := float64(profit*back*(1-x.Delay[s.Form]/24)) - x.Integration[s.Form]
	threat := 0.0
	if c, ok := s.With.Platform(); ok {
		now := yearly(v, v.Day, c)
		value += float64(x.Synergy * now)
		threat = float64(x.Worth * max(0, now-yearly(v, open, c))) // what the closure has brought the partner
	}
	return value - outside - threat
}

// price is the Nash price of the stake: the partner's reservation price and half of what there is to gain.
func (d *PartnershipTalks) price(v *market.View, s step) float64 {
	half := max(0, d.gain(v, s)) / 2
	if c, ok := s.With.Platform(); ok {
		return half + float64(v.P.Deal.Stake[s.Form]*v.P.Deal.Worth*yearly(v, v.Day, c))
	}
	return half
}

// approval is the probability that the regulator approves: the more domestic, the better SMEs do, the less concentrated.
func (d *PartnershipTalks) approval(v *market.View, s step) float64 {
	x := &v.P.Deal
	domestic, apart, smes := 0.0, 0.0, 0.0
	if s.With.Domestic() {
		domestic = 1 - x.Stake[s.Form]
	}
	if d.Apart || v.Book.Value(market.DataApart, d.Initiator, v.Now) == 1 {
		apart = 1
	}
	if n := len(v.Watch); n > 0 {
		smes = v.Watch[n-1].See(market.LocalSales) - 1
	}
	a := x.Approve
	return sigmoid(a[0] + float64(a[1]*domestic) + float64(a[2]*apart) + float64(a[3]*smes) - float64(a[4]*max(0, d.concentration(v, s)-2500)/1000))
}

// concentration is the HHI by who would control each storefront after the deal, with the sales of the year before the closure for
// the one that is closed.
func (d *PartnershipTalks) concentration(v *market.View, s step) (h float64) {
	to, ok := s.With.Platform()
	merged := ok && v.P.Deal.Stake[s.Form] >= .5
	var by [market.Owners]float64
	all := 0.0
	for c := range market.Platforms {
		last := v.Day
		if c == d.Initiator {
			last = d.lastOpen(v)
		}
		sales, owner := yearly(v, last, c), v.Book.Control(c, v.Now)
		if merged && c == to {
			owner = v.Book.Control(d.Initiator, v.Now)
		}
		by[owner] += sales
		all += sales
	}
	for _, x := range by {
		if all > 0 {
			h += float64(1e4 * (x / all) * (x / all))
		}
	}
	return h
}

// lastOpen is the last day on which the storefront took orders itself.
func (d *PartnershipTalks) lastOpen(v *market.View) int64 {
	day := v.Day
	for day > 0 && v.Book.Value(market.Checkout, d.Initiator, sim.Time(day)*market.Day) == 0 {
		day--
	}
	return day
}

// yearly is a storefront's GMV in the eight weeks up to a day, as of a year, in USD of the real market.
func yearly(v *market.View, last int64, c market.Channel) (usd float64) {
	sum := int64(0)
	for day := max(0, last-55); day <= last; day++ {
		row := v.Closed(day)
		if row == nil {
			continue
		}
		for via := range market.Direct {
			sum += row[market.GMVCell(c, via)]
		}
	}
	return float64(sum) * v.W / v.P.Scale.USDIDR * 365 / 56
}

func sigmoid(x float64) float64 { return 1 / (1 + num.Exp(-x)) }
