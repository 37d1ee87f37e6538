package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
)

// serviceFees pays first owners, each week, their part of what their former platforms checked out in the week before (§7.11).
func (k *Desks) serviceFees(t *m.Turn, d *Desk) {
	b := k.book(t)
	today := m.DayOf(t.Now)
	for c := range m.Platforms {
		fee := m.Money(0)
		for day := max(today-7, 0); day < today; day++ {
			rate, row := b.Value(m.ServiceFee, c, sim.Time(day)*m.Day), t.Closed(day)
			if rate == 0 || row == nil {
				continue
			}
			for shop := range m.Direct {
				fee += row[m.GMVCell(shop, c)] / 1000 * rate / 1000
			}
		}
		if fee == 0 {
			continue
		}
		from, to := m.Till+m.Account(c), m.OwnerCash+m.Account(m.FirstOwner(c))
		m.Move(t, from, to, fee)
		k.pay(t, d, from, -fee)
		k.pay(t, d, to, fee)
		m.Count(t, m.ServiceFees, fee)
	}
}
