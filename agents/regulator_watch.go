package agents

import (
	"slices"

	m "pasar/agents/market"
	"pasar/sim"
)

// watch writes the report on the week before last (§7.12): each signal as it was and as the regulator measures it, with an error of
// some per cent. Reports begin when burn-in is over.
func (k *Regulators) watch(t *m.Turn, r *Regulator) {
	last := m.DayOf(t.Now) - 8
	if last-6 < m.DayOf(k.Start) {
		return
	}
	row := m.WatchRow{Day: last + 1, Published: m.DayOf(t.Now)}
	x := k.days(t, last-6, last)
	n := float64(len(r.Watch))
	for i, sales := range [2]float64{x.local, x.offline} {
		if n < 8 {
			r.Base[i] += (sales - r.Base[i]) / (n + 1)
		}
	}
	v := [m.Signals]float64{
		m.LocalSales: ratio(x.local, r.Base[0]), m.LocalShare: ratio(x.local, x.all), m.ImportShare: ratio(x.imports, x.all),
		m.UnderCost: x.under, m.OfflineSale: ratio(x.offline, r.Base[1]), m.OwnerHHI: x.hhi, m.ProcessorHHI: x.via,
		m.SMEExits: x.exits, m.Complaints: x.complaints, m.OnePlatform: k.dependent(t, last), m.TikTokShare: ratio(x.tiktok, x.all),
	}
	l := t.Luck(watchNoise, uint32(row.Published))
	measured := func(x float64, n uint32) float64 { return x * (1 + float64(k.P.Regulator.Noise*l.Normal(n))) }
	for i, w := range k.P.Pilot.Weights {
		part := k.progress(t, r, i)
		v[m.Compliance] += float64(w * part)
		row.Parts[i] = int64(1e6 * min(max(measured(part, uint32(m.Signals)+uint32(i)), 0), 1))
	}
	seen := v
	for s := range seen {
		seen[s] = measured(v[s], uint32(s))
	}
	for i, y := range [2]*[m.Signals]float64{&v, &seen} {
		w := k.P.Regulator.Pressure
		now := float64(w[0]*(1-y[m.OfflineSale])) + float64(w[1]*y[m.UnderCost]) + float64(w[2]*y[m.TikTokShare])
		if n == 0 {
			r.Pressure[i] = now
		}
		r.Pressure[i] += float64(pressureEMA * (now - r.Pressure[i]))
		y[m.Pressure] = r.Pressure[i]
	}
	for s := range v {
		row.True[s], row.Seen[s] = int64(1e6*v[s]), int64(1e6*seen[s])
	}
	r.Watch = append(r.Watch, row)
	k.object(t, r)
	r.Watch[len(r.Watch)-1].Objections = r.Objected
	t.Post(m.TopicWatch, slices.Clone(raw(r.Watch)))
}

// pressureEMA is the weight of a new week in a moving average of eight weeks.
const pressureEMA = 2. / 9

// dependent is the share of SMEs that depend on one channel, by the Desk's last count up to a day.
func (k *Regulators) dependent(t *m.Turn, day int64) (share float64) {
	for _, w := range m.Weeks(t.Posted(m.TopicDesk)) {
		if w.Day <= day+1 {
			share = ratio(float64(w.Depend), float64(w.Active))
		}
	}
	return share
}

// object is the SME desk: while a pilot runs under which local SMEs sell less than in the eight weeks before the first announcement
// (or before the pilot, if there is no report from then), as far as it can see, it files an objection now and then.
func (k *Regulators) object(t *m.Turn, r *Regulator) {
	b := k.book(t)
	if r.Watching == 0 {
		return
	}
	if s := b.Value(m.Trial, m.Channel(r.Shop), t.Now); s != m.PilotRuns && s != m.PilotExtended {
		return
	}
	first := r.Watching
	for i := range b.Plan {
		if b.Plan[i].Deed == m.Announce {
			first = min(first, b.Plan[i].At)
		}
	}
	sum, n := r.seen(first)
	if n == 0 {
		sum, n = r.seen(r.Watching)
	}
	p := k.P.Pilot.Object
	last := &r.Watch[len(r.Watch)-1]
	l := t.Luck(objection, uint32(last.Published))
	if sim.Time(last.Day)*m.Day > r.Watching && n > 0 && last.See(m.LocalSales) < p[0]*sum/n && l.U(0) < p[1] {
		r.Objected++
	}
}

// seen sums up the sales of local SMEs in the reports on the eight weeks up to a moment, and counts them.
func (r *Regulator) seen(until sim.Time) (sum, n float64) {
	last := m.DayOf(until)
	for i := range r.Watch {
		if w := &r.Watch[i]; w.Day <= last && w.Day > last-56 {
			sum += w.See(m.LocalSales)
			n++
		}
	}
	return sum, n
}
