package agents

import (
	"slices"

	m "pasar/agents/market"
)

// week counts SMEs and creators from their last reports.
func (k *Desks) week(d *Desk, day int64) {
	r := m.WeekRow{Day: day}
	var income [m.Types][]int64
	var all, sales []int64
	for i := range d.SME {
		x := &d.SME[i]
		if x.State != m.Active {
			continue
		}
		r.Active++
		income[x.Class] = append(income[x.Class], x.Income)
		all, sales = append(all, x.Income), append(sales, x.Sales)
		if x.OnTop > .75e6 {
			r.Depend++
		}
		if x.OnTik > .75e6 {
			r.DependTik++
		}
		homes := 0
		for c := range m.Direct {
			if x.Lists>>c&1 == 1 {
				r.Listed[c]++
				if c < m.Platforms {
					homes++
				}
			}
		}
		if homes > 1 {
			r.MultiHome++
		}
		r.LiveHours += int64(x.Hours)
	}
	for y := range income {
		r.Median[y] = quantile(income[y], 50)
	}
	r.P10, r.P90 = quantile(all, 10), quantile(all, 90)
	r.Gini, r.TopShare = gini(all), topShare(sales)
	var made [m.Tiers][]int64
	for i := range d.Maker {
		if x := &d.Maker[i]; x.State == m.Active {
			r.Makers[x.Class]++
			made[x.Class] = append(made[x.Class], x.Income)
		}
	}
	for tier := range made {
		r.MakerMid[tier] = quantile(made[tier], 50)
	}
	d.Weeks = append(d.Weeks, r)
}

// quantile is the value below which q per cent of v lie; it sorts v. 0 if v is empty.
func quantile(v []int64, q int) int64 {
	if len(v) == 0 {
		return 0
	}
	slices.Sort(v)
	return v[min(len(v)*q/100, len(v)-1)]
}

// gini is the Gini coefficient of the positive values of v, in ppm; v is sorted.
func gini(v []int64) int64 {
	var sum, weighted float64
	n := 0
	for _, x := range v {
		if x > 0 {
			n++
			sum += float64(x)
			weighted += float64(float64(n) * float64(x))
		}
	}
	if sum == 0 {
		return 0
	}
	return int64(1e6 * (2*weighted/(float64(n)*sum) - float64(n+1)/float64(n)))
}

// topShare is the share of the largest hundredth in the sum of v, in ppm; it sorts v.
func topShare(v []int64) int64 {
	slices.Sort(v)
	var top, sum int64
	for i, x := range v {
		sum += x
		if i >= len(v)-max(len(v)/100, 1) {
			top += x
		}
	}
	if sum == 0 {
		return 0
	}
	return int64(1e6 * float64(top) / float64(sum))
}
