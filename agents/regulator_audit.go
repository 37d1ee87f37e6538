package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// judge scores a pilot by the rule that the audit brings along (§7.12).
func (k *Regulators) judge(t *m.Turn, r *Regulator, e *m.Entry) m.Audit {
	l := t.Luck(auditNoise, uint32(len(r.Audits)))
	a := m.Audit{At: t.Now, Why: e.Why, Objections: r.Objected}
	c := 0.0
	for i, w := range e.Rule.Weights {
		x := k.progress(t, r, i)
		a.Parts[i] = int64(1e6 * x)
		c += float64(w * x)
	}
	c = min(max(c+float64(k.P.Regulator.Noise*l.Normal(0)), 0), 1)
	market := k.marketScore(t, &e.Rule) - float64(k.P.Pilot.Object[2]*float64(r.Objected))
	a.C, a.M = int64(1e6*c), int64(1e6*market)
	a.Rule = e.Rule.Decide(c, market)
	return a
}

// progress is how far a component's integration is (§7.11): 1-exp(-κt), in the last 14 days before the deadline a straight line to
// 1-η, and from then on the rest at rate κ. η is Beta(1, b) times 2 less the effort.
func (k *Regulators) progress(t *m.Turn, r *Regulator, component int) float64 {
	if r.Watching == 0 {
		return 0
	}
	p := &k.P.Pilot
	l := t.Luck(pilotSlack, uint32(m.DayOf(r.Watching)))
	missing := min((2-p.Effort)*(1-num.Pow(1-l.U(uint32(component)), 1/p.Slack)), 1)
	left := func(days sim.Time) float64 { return num.Exp(-p.Integration * float64(days) / float64(m.Day)) }
	ramp := max(r.Deadline-14*m.Day, r.Watching)
	switch {
	case t.Now <= ramp:
		return 1 - left(t.Now-r.Watching)
	case t.Now >= r.Deadline:
		return 1 - float64(missing*left(t.Now-r.Deadline))
	}
	from := 1 - left(ramp-r.Watching)
	return from + float64((1-missing-from)*float64(t.Now-ramp)/float64(r.Deadline-ramp))
}

// marketScore is M: how SMEs fared in the last eight weeks, compared with the eight before the first announcement (D18).
func (k *Regulators) marketScore(t *m.Turn, rule *m.AuditRule) float64 {
	last := m.DayOf(t.Now) - 2
	first := last
	for i := range k.book(t).Plan {
		if k.book(t).Plan[i].Deed == m.Announce {
			first = m.DayOf(k.book(t).Plan[i].At) - 1
			break
		}
	}
	before, after := k.days(t, first-55, first), k.days(t, last-55, last)
	if before.local == 0 || before.all == 0 || after.all == 0 {
		return 0
	}
	w := rule.MWeights
	return float64(w[0]*(after.local/before.local-1)) + float64(w[1]*(after.local/after.all-before.local/before.all)) -
		float64(w[2]*after.under) - float64(w[3]*max(0, after.hhi-2500)/1000)
}

// A stretch of days, summed: GMV in platforms by kind of SME, sales below cost as a share of orders, and concentration.
type stretch struct {
	local, imports, all, tiktok float64
	offline                     float64
	under                       float64
	hhi, via                    float64 // by owner and by processor
	exits, complaints           float64
}

// days sums the closed days from one to another.
func (k *Common) days(t *m.Turn, first, last int64) (x stretch) {
	var by [m.Owners]float64
	var via [m.Platforms]float64
	var orders, placed, bad, under float64
	for d := max(0, first); d <= last; d++ {
		row := t.Closed(d)
		if row == nil {
			continue
		}
		one := func(c m.Counter) float64 { return float64(row[m.CounterCell(c)]) }
		for c := range m.Platforms {
			x.local += float64(row[m.TypeCell(c, m.Local)])
			x.imports += float64(row[m.TypeCell(c, m.Import)])
			for y := range m.Types {
				x.all += float64(row[m.TypeCell(c, y)])
			}
			owners := k.book(t).Owners(c, sim.Time(d)*m.Day)
			for shop := range m.Platforms {
				gmv := float64(row[m.GMVCell(shop, c)])
				via[c] += gmv
				for o, share := range owners {
					by[o] += float64(gmv * share)
				}
				if shop == m.TikTok {
					x.tiktok += gmv
				}
			}
		}
		for c := range m.Direct {
			placed += float64(row[m.PlacedCell(c)])
			bad += float64(row[m.RejectCell(c)])
		}
		orders += one(m.NAccepted)
		under += one(m.SoldUnder)
		bad += one(m.NSentBack) + one(m.Lates)
		x.offline += one(m.OfflineSales)
		x.exits += one(m.Bankruptcies) + one(m.GaveUp)
	}
	x.under, x.complaints = ratio(under, orders), 1000*ratio(bad, placed)
	x.hhi, x.via = hhi(by[:], x.all), hhi(via[:], x.all)
	return x
}

// hhi is the concentration of parts of a whole: 10,000 is one alone.
func hhi(parts []float64, whole float64) (h float64) {
	for _, v := range parts {
		h += float64(1e4 * ratio(v, whole) * ratio(v, whole))
	}
	return h
}

// ratio is a part of a whole; of nothing it is 0.
func ratio(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return part / whole
}
