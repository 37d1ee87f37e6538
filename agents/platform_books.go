package agents

import (
	m "pasar/agents/market"
)

// books is a platform's business (§7.10): what it paid, and what its rules have come to.
type books struct {
	Paid    int64   // days up to here have been paid for
	GMV     float64 // Rp a day, at the start
	Share   float64 // of the platforms' GMV, at the start
	Voucher float64 // by the feedback rule
	Live    float64 // views of content beyond their path, as a share of it
	Public  m.Money // vouchers paid by the government so far
}

// A span is what the market's totals say of a platform over some days.
type span struct {
	days                             float64
	own, all                         float64 // GMV in Rp by storefront: here, on all platforms
	via, orders                      float64 // GMV and orders that the platform checked out
	fees, ads, subsidy, cost, public float64
	rivals, given                    float64 // GMV that rivals checked out, and the subsidies in it
}

// span adds up days from one up to but not including another, as far as they are closed.
func (k *PlatformKind) span(t *m.Turn, c m.Channel, from, to int64) (x span) {
	for d := max(from, 0); d < to; d++ {
		row := t.Closed(d)
		if row == nil {
			continue
		}
		x.days++
		for o := range m.Platforms {
			for via := range m.Platforms {
				gmv := float64(row[m.GMVCell(o, via)])
				x.all += gmv
				if o == c {
					x.own += gmv
				}
				if via == c {
					x.via += gmv
					x.orders += float64(row[m.OrdersCell(o, via)])
				} else {
					x.rivals += gmv
				}
			}
			if o != c {
				x.given += float64(row[m.SubsidyCell(o)])
			}
		}
		x.fees += float64(row[m.FeeCell(c)])
		x.ads += float64(row[m.AdCell(c)])
		x.subsidy += float64(row[m.SubsidyCell(c)])
		x.cost += float64(row[m.CostCell(c)] + row[m.BackCell(c)])
		x.public += float64(row[m.PublicCell(c)])
	}
	return x
}

// pay settles the days that have closed since the last time: variable and fixed costs, taxes on fees, and what the government
// owes for its vouchers.
func (k *PlatformKind) pay(t *m.Turn, p *Platform, c m.Channel) {
	if c >= m.Platforms {
		return
	}
	till := m.Till + m.Account(c)
	for d := p.Paid; t.Closed(d) != nil; d++ {
		p.Paid = d + 1
		x := k.span(t, c, d, d+1)
		if d == m.DayOf(k.Start) {
			before := k.span(t, c, d-28, d)
			if before.all > 0 {
				p.GMV, p.Share = before.own/before.days, before.own/before.all
			}
		}
		f := &k.P.Firm
		usual := p.GMV
		if usual == 0 {
			usual = x.own // burn-in, or it was not there
		}
		cost := m.Money(float64(f.PerOrder*x.orders) + float64(f.PerRupiah*x.via) + float64(f.Fixed*usual))
		m.Move(t, till, m.Costs, cost)
		tax := max(0, m.Money(x.fees)*k.book(t).Value(m.TaxFees, c, t.Now)/m.One)
		m.Move(t, till, m.Government, tax)
		m.Count(t, m.Taxes, tax)
		t.Tally(t.Now, m.CostCell(c), cost+tax)
		public := m.Money(x.via) * k.book(t).Value(m.PublicVoucher, c, t.Now) / m.One
		if budget := k.book(t).Value(m.PublicBudget, c, t.Now); budget > 0 {
			public = min(public, max(0, budget-p.Public))
		}
		p.Public += public
		m.Move(t, m.Government, till, public)
		t.Tally(t.Now, m.PublicCell(c), public)
		p.Cash += public - cost - tax
	}
}

// steer is the weekly review of a platform's rules: the ramp of its content, and its vouchers where they follow feedback. It
// knows of its rivals what is published.
func (k *PlatformKind) steer(t *m.Turn, p *Platform, c m.Channel, day int64) {
	if c >= m.Platforms || day%7 != 0 || day < m.DayOf(k.Start) {
		return
	}
	f := &k.P.Firm
	p.Live += float64(f.LiveRamp * (float64(k.book(t).Value(m.ContentMore, c, t.Now))/1e6 - p.Live))
	if k.book(t).Value(m.SubsidyRule, c, t.Now) != m.ByFeedback {
		p.Voucher = float64(k.book(t).Value(m.Vouchers, c, t.Now)) / 1e6
		return
	}
	last := p.Paid
	week, month, before := k.span(t, c, last-7, last), k.span(t, c, last-28, last), k.span(t, c, last-56, last-28)
	if week.all == 0 || month.via == 0 {
		return
	}
	aim := float64(k.book(t).Value(m.SubsidyAim, c, t.Now)) / 1e6
	if aim == 0 {
		aim = p.Share + k.P.Platforms[c].Aim
	}
	rise := 0.0
	if before.rivals > 0 {
		rise = max(0, month.given/month.rivals-before.given/before.rivals) / 4 // a week
	}
	loss := (month.subsidy + month.cost - month.fees - month.ads - month.public) / month.via
	over := max(0, loss-k.P.Platforms[c].Budget)
	p.Voucher += float64(f.GammaAim*(aim-week.own/week.all)) + float64(f.GammaRise*rise) - float64(f.GammaLoss*over)
	p.Voucher = min(max(p.Voucher, 0), f.Most)
}
