package agents

import (
	"slices"

	m "pasar/agents/market"
	"pasar/sim"
)

// mergers is the competition desk (§7.12). On the day on which a stake changes hands it computes the concentration of platforms
// before and after, each storefront counted for who controls it; high and rising concentration brings remedies, some
// time after the closing.
func (k *Regulators) mergers(t *m.Turn, r *Regulator) {
	b := k.book(t)
	for c := range m.Platforms {
		for _, x := range b.Changes(m.Stake, c) {
			if x.From <= r.Last || x.From > t.Now || x.From == 0 || x.Value == b.Value(m.Stake, c, x.From-1) {
				continue
			}
			p := &k.P.Regulator
			v := m.Review{At: x.From, Shop: c, Why: x.Why, Before: k.control(t, x.From-1), After: k.control(t, x.From)}
			if float64(v.After)/1e6 > p.Review[0] && float64(v.After-v.Before)/1e6 > p.Review[1] {
				v.Remedies = x.From + sim.Time(p.Remedies*30.4*float64(m.Day))/m.Hour*m.Hour
			}
			r.Reviews = append(r.Reviews, v)
			t.Post(m.TopicReview, slices.Clone(raw(r.Reviews)))
		}
	}
}

// control is the concentration of the last eight weeks' GMV by who controls each storefront at a second, in millionths of points.
func (k *Regulators) control(t *m.Turn, at sim.Time) int64 {
	var by [m.Owners]float64
	all := 0.0
	for d := max(0, m.DayOf(t.Now)-57); d <= m.DayOf(t.Now)-2; d++ {
		row := t.Closed(d)
		if row == nil {
			continue
		}
		for shop := range m.Platforms {
			o := k.book(t).Control(shop, at)
			for via := range m.Direct {
				gmv := float64(row[m.GMVCell(shop, via)])
				by[o] += gmv
				all += gmv
			}
		}
	}
	return int64(1e6 * hhi(by[:], all))
}
