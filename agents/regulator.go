package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// Regulators is the ministry (ODD §2.11, §7.12). At this stage it watches a pilot and audits it: it computes the compliance
// score C and the market score M, and what its rule would decide; the decision itself is imposed by the scenario.
type Regulators struct {
	*Common
}

// A Regulator is its file on the audits so far.
type Regulator struct {
	Watching sim.Time // start of the pilot; 0: none
	Audits   int64
	Audit    [4]m.Audit
}

const auditNoise sim.Stream = 1

// Born sets the first wake.
func (k *Regulators) Born(t *m.Turn, r *Regulator) { k.sleep(t) }

// React hears an event: only its own wakes, for entries of the plan that are its business.
func (k *Regulators) React(t *m.Turn, r *Regulator, e *m.Event) {
	for i := range k.book(t).Plan {
		p := &k.book(t).Plan[i]
		if p.At != t.Now {
			continue
		}
		switch p.Deed {
		case m.OpenPilot:
			r.Watching = p.At
		case m.Judge:
			if r.Audits < int64(len(r.Audit)) {
				r.Audit[r.Audits] = k.judge(t, r, p)
				r.Audits++
				t.Post(m.TopicRegulator, append([]byte(nil), raw(r.Audit[:r.Audits])...))
			}
		}
	}
	k.sleep(t)
}

func (k *Regulators) sleep(t *m.Turn) {
	next := never
	for i := range k.book(t).Plan {
		p := &k.book(t).Plan[i]
		if (p.Deed == m.OpenPilot || p.Deed == m.Judge) && p.At > t.Now {
			next = min(next, p.At)
		}
	}
	if next < never {
		t.Wake(next-t.Now, deskWake, m.Msg{})
	}
}

// judge scores a pilot.
func (k *Regulators) judge(t *m.Turn, r *Regulator, e *m.Entry) m.Audit {
	p := &k.P.Pilot
	l := t.Luck(auditNoise, uint32(r.Audits))
	a := m.Audit{At: t.Now, Why: e.Why}
	c := 0.0
	for _, w := range p.Weights {
		c += float64(w * k.progress(r.Watching, e.Deadline, t.Now))
	}
	c = min(max(c+float64(k.P.Regulator.Noise*l.Normal(0)), 0), 1)
	mScore := k.marketScore(t)
	a.C, a.M = int64(1e6*c), int64(1e6*mScore)
	switch {
	case c >= p.ApproveC && mScore >= p.LeastM:
		a.Rule = 2
	case c >= p.ExtendC:
		a.Rule = 1
	}
	return a
}

// progress is the integration index of a component: 1-exp(-κt), and a straight line to the end in the last 14 days before
// the deadline (§7.11).
func (k *Regulators) progress(start, deadline, now sim.Time) float64 {
	if start == 0 {
		return 0
	}
	curve := func(at sim.Time) float64 {
		return 1 - num.Exp(-k.P.Pilot.Integration*float64(at-start)/float64(m.Day))
	}
	ramp := deadline - 14*m.Day
	switch {
	case deadline == 0 || now <= ramp:
		return curve(now)
	case now >= deadline:
		return 1
	}
	from := curve(ramp)
	return from + float64((1-from)*float64(now-ramp)/float64(14*m.Day))
}

// marketScore is M: how SMEs fared in the last eight weeks, compared with the eight before the first announcement (D18).
func (k *Regulators) marketScore(t *m.Turn) float64 {
	last := m.DayOf(t.Now) - 2
	first := last
	for i := range k.book(t).Plan {
		if k.book(t).Plan[i].Deed == m.Announce {
			first = m.DayOf(k.book(t).Plan[i].At) - 1
			break
		}
	}
	before, after := k.eightWeeks(t, first), k.eightWeeks(t, last)
	if before.local == 0 || before.all == 0 || after.all == 0 {
		return 0
	}
	w := k.P.Pilot.MWeights
	return float64(w[0]*(after.local/before.local-1)) + float64(w[1]*(after.local/after.all-before.local/before.all)) -
		float64(w[3]*max(0, after.hhi-2500)/1000)
}

type eight struct{ local, all, hhi float64 }

// eightWeeks sums GMV up to a day: of local SMEs, of all, and the concentration by owner.
func (k *Regulators) eightWeeks(t *m.Turn, last int64) (x eight) {
	var by [m.Owners]float64
	for d := max(0, last-55); d <= last; d++ {
		row := t.Closed(d)
		if row == nil {
			continue
		}
		for c := range m.Platforms {
			x.local += float64(row[m.TypeCell(c, m.Local)])
			for y := range m.Types {
				x.all += float64(row[m.TypeCell(c, y)])
			}
			for via := range m.Platforms {
				gmv := float64(row[m.GMVCell(c, via)])
				for o, share := range k.book(t).Owners(via, sim.Time(d)*m.Day) {
					by[o] += float64(gmv * share)
				}
			}
		}
	}
	for _, v := range by {
		if x.all > 0 {
			x.hhi += float64(1e4 * (v / x.all) * (v / x.all))
		}
	}
	return x
}
