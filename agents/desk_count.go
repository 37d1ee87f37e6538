package agents

import (
	"slices"

	m "pasar/agents/market"
)

// week counts SMEs and creators from their last reports, and takes down what others have published.
func (k *Desks) week(t *m.Turn, d *Desk, day int64) {
	r := m.WeekRow{Day: day}
	k.publics(t, d, &r)
	var income [m.Types][]int64
	var all, sales []int64
	var size, region, tenth [m.Tenths]group
	for i := range d.SME {
		x := &d.SME[i]
		if x.State != m.Active {
			if x.State == m.Bankrupt || x.State == m.Closed {
				r.Closures++
				x.State = m.Spare // counted
			}
			continue
		}
		r.Active++
		tr, g := &k.Traits[i], &r.Goods[k.Traits[i].Good]
		g.Active++
		g.Income += x.Income / 4000
		g.Wish += int64(x.Wish)
		size[m.SizeOf(x.Sales*13)].add(x)
		region[tr.Region].add(x)
		tenth[x.Tenth()].add(x)
		if x.Lost() {
			r.Lost++
		}
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
	for i := range r.BySize {
		r.BySize[i] = size[i].row()
	}
	for i := range r.ByRegion {
		r.ByRegion[i] = region[i].row()
	}
	for i := range r.ByTenth {
		r.ByTenth[i] = tenth[i].row()
	}
	for y := range income {
		r.Median[y] = quantile(income[y], 50)
	}
	r.P10, r.P90 = quantile(all, 10), quantile(all, 90)
	r.Gini, r.TopShare = gini(all), topShare(sales)
	countMakers(&r, d.Maker)
	d.Weeks = append(d.Weeks, r)
}

// countMakers counts creators by tier. Those of a tier stand for the same number of real ones, so medians need no weights.
func countMakers(r *m.WeekRow, makers []m.Output) {
	var made, commerce [m.Tiers][]int64
	var pay [m.Tiers][m.Platforms][]int64
	for i := range makers {
		x := &makers[i]
		switch x.State {
		case m.Dormant:
			r.Silent[x.Class]++
		case m.Active:
			r.Makers[x.Class]++
			made[x.Class] = append(made[x.Class], x.Income)
			commerce[x.Class] = append(commerce[x.Class], 100*int64(x.Commerce))
			for a, p := range x.Pay {
				r.AppHours[x.Class][a] += int64(x.Hours[a])
				if p > 0 {
					pay[x.Class][a] = append(pay[x.Class][a], 100*int64(p))
				}
			}
		}
	}
	for tier := range made {
		r.MakerMid[tier], r.Commerce[tier] = quantile(made[tier], 50), quantile(commerce[tier], 50)
		for a := range pay[tier] {
			r.AppHours[tier][a] /= max(r.Makers[tier], 1)
			r.AppPay[tier][a] = quantile(pay[tier][a], 50)
		}
	}
}

// publics adds members of channels, by the days since the last count, and trade offline.
func (k *Desks) publics(t *m.Turn, d *Desk, r *m.WeekRow) {
	from := int64(0)
	if n := len(d.Weeks); n > 0 {
		r.Members, from = d.Weeks[n-1].Members, d.Weeks[n-1].Day
	}
	for day := from; day < r.Day; day++ {
		for c, row := m.Channel(0), t.Closed(day); c < m.Direct && row != nil; c++ {
			r.Members[c] += row[m.MemberCell(c)]
		}
	}
	s := k.street(t)
	for g := range s.Price {
		for at := range s.Price[g] {
			r.Street[g][at], r.Prices[g][at] = int64(1e6*s.Index[g][at]), int64(1e6*s.Price[g][at])
		}
	}
}

// A group gathers SMEs for a GroupRow.
type group struct {
	income []int64
	lost   int64
}

func (g *group) add(x *m.Census) {
	g.income = append(g.income, x.Income)
	if x.Lost() {
		g.lost++
	}
}

func (g *group) row() m.GroupRow {
	return m.GroupRow{Active: int64(len(g.income)), Median: quantile(g.income, 50), Lost: g.lost}
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
