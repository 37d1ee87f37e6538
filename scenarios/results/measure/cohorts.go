package measure

import (
	"cmp"
	"math"
	"slices"

	"pasar/agents/market"
)

// The fixed groups that cohorts are made of.
const (
	ByDependence = "dependence" // per cent of eight weeks' sales on TikTok, as of the cohort's day
	BySize       = "legal_size" // by the pace of the first eight weeks
	ByType       = "sme_type"
	ByRegion     = "sme_region"
	ByTier       = "tier" // of creators
)

// A cohort is a group of tracked agents that were active on a day, whatever became of them.
type cohort struct {
	by, key string
	members []*Member
}

// cohorts puts the tracked SMEs and creators that were active in a week into groups.
func (r *Run) cohorts(week int) []cohort {
	var all []cohort
	place := map[[2]string]int{}
	open := func(by string, keys []string) {
		for _, k := range keys {
			place[[2]string{by, k}] = len(all)
			all = append(all, cohort{by: by, key: k})
		}
	}
	var types, tiers []string
	for t := range market.Types {
		types = append(types, t.String())
	}
	for t := range market.Tiers {
		tiers = append(tiers, t.String())
	}
	open("", []string{"smes", "creators"})
	open(ByDependence, DependenceKeys())
	open(BySize, Sizes)
	open(ByType, types)
	open(ByRegion, market.RegionKeys())
	open(ByTier, tiers)
	put := func(by, key string, m *Member) {
		c := &all[place[[2]string{by, key}]]
		c.members = append(c.members, m)
	}
	for i := range r.Panel {
		m := &r.Panel[i]
		if week < 0 || week >= len(m.Weeks) || m.Weeks[week] == nil || m.Weeks[week].State != market.Active {
			continue
		}
		switch {
		case m.SME != nil:
			put("", "smes", m)
			if b := m.Bin(week); b >= 0 {
				put(ByDependence, DependenceKeys()[b], m)
			}
			put(BySize, m.Size(), m)
			put(ByType, m.SME.Type.String(), m)
			put(ByRegion, market.RegionKeys()[m.SME.Region], m)
		case m.Maker != nil:
			put("", "creators", m)
			put(ByTier, m.Maker.Tier.String(), m)
		}
	}
	return all
}

// Cohorts are weekly indicators of fixed groups: the tracked SMEs and creators that were active at the last count before a day of the
// clock. Members stay in their group whatever becomes of them, and count with 0 after they gave up, so that the same
// agents are compared in all worlds of a seed. Amounts are in Rp of one agent, sales those of all that the group stands for.
func (r *Run) Cohorts(asOf int64) []Series {
	week := -1
	for i, c := range r.Count {
		if c.Day < asOf {
			week = i
		}
	}
	n := len(r.Count)
	var all []Series
	at := map[[2]string]int{}
	series := func(name, by, unit, key string) []float64 {
		i, ok := at[[2]string{name, by}]
		if !ok {
			i = len(all)
			at[[2]string{name, by}] = i
			all = append(all, Series{Name: name, By: by, Unit: unit})
		}
		all[i].Keys = append(all[i].Keys, key)
		v := make([]float64, n)
		for j := range v {
			v[j] = math.NaN()
		}
		all[i].Values = append(all[i].Values, v)
		return v
	}
	for _, c := range r.cohorts(week) {
		size := series("agents", "cohort_"+c.by, "simulated", c.key)
		mean := series("cohort_income", "cohort_"+c.by, "IDR/4 weeks", c.key)
		median := series("cohort_income_median", "cohort_"+c.by, "IDR/4 weeks", c.key)
		sales := series("cohort_sales", "cohort_"+c.by, "IDR/week", c.key)
		losing := series("cohort_losing", "cohort_"+c.by, "share", c.key)
		closed := series("cohort_closed", "cohort_"+c.by, "share", c.key)
		for i := range n {
			size[i] = float64(len(c.members))
			if len(c.members) == 0 || week < 0 {
				continue
			}
			c.week(i, mean, median, sales, losing, closed)
		}
	}
	return all
}

// week reads a cohort in a week: income of the four weeks up to it, losing of thirteen.
func (c *cohort) week(i int, mean, median, sales, losing, closed []float64) {
	var total, n, sold, lost, gone float64
	incomes := make([]income, len(c.members))
	for j, m := range c.members {
		incomes[j] = income{earned(m, i-3, i) * 4 / float64(min(i+1, 4)), m.Weight}
		total += float64(incomes[j].amount * m.Weight)
		n += m.Weight
		if earned(m, i-12, i) < 0 {
			lost += m.Weight
		}
		if w := m.Weeks[i]; w != nil {
			sold += float64(float64(w.Sales) * m.Weight)
			if w.State != market.Active {
				gone += m.Weight
			}
		}
	}
	mean[i], median[i], sales[i] = total/n, medianOf(incomes, n), sold
	losing[i], closed[i] = lost/n, gone/n
}

// An income is of a member that stands for so many.
type income struct{ amount, weight float64 }

// medianOf is the income that half of all have less than; between two if it falls between them.
func medianOf(all []income, n float64) float64 {
	slices.SortFunc(all, func(a, b income) int { return cmp.Compare(a.amount, b.amount) })
	below := 0.0
	for i, x := range all {
		below += x.weight
		if 2*below == n && i+1 < len(all) {
			return (x.amount + all[i+1].amount) / 2
		}
		if 2*below > n {
			return x.amount
		}
	}
	return math.NaN()
}

// earned is what a member kept from one week to another, both counted, in Rp.
func earned(m *Member, from, to int) (total float64) {
	for _, w := range m.Weeks[max(from, 0) : to+1] {
		if w != nil {
			total += float64(w.Income)
		}
	}
	return total
}
