package agents

import (
	"testing"

	m "pasar/agents/market"
	"pasar/sim"
)

// Who takes the place of an SME that has gone has its own alternatives, not those that its predecessor had come to be content with, and
// no sales, income or news of a time before it came.
func TestNewcomerHasNoPast(t *testing.T) {
	p := params(flat, func(p *m.Params) { p.SME.Entrants, p.SME.ExitHazard = .1, 1 })
	closed := sim.Time(200 * m.Day)
	o := (&lab{p: p, delta: solved(p), buyers: 300, smes: 1500, start: 30, days: 400, seed: 11, free: true, rules: closing(m.TikTok, closed, -1),
		plan: []m.Entry{{At: 100 * m.Day, Deed: m.Announce, Why: 1, Shop: m.TikTok, Effective: closed, Closing: true, Trust: m.One}}}).run(t)
	weeks, own, late := 0, 0, 0
	for i, s := range sim.State[SME](o.w, o.k.SMEs) {
		tr := &o.k.Traits[i]
		if tr.Spare || s.State != m.Active || s.Came <= 0 {
			continue // not in the place of another
		}
		own++
		if tik := &s.Shop[m.TikTok]; s.Came > closed+28*m.Day {
			late++
			if s.Closing != 0 || s.OnTik != 0 || tik.Pre != 0 {
				t.Errorf("SME %d came after the closure: it waits for day %d, sold %d ppm on TikTok, %d orders in four weeks", i, m.DayOf(s.Closing), s.OnTik, tik.Pre)
			}
		}
		l := sim.NewLuck(11, m.LotSME, smeTraits, uint32(i), 0)
		scale := o.k.Promise(tr, tr.Lists) / o.k.Usual
		if want := m.LogNormal(l.Normal(2), p.SME.Outside, .5) * reserve * min(scale, sqrt(scale)); s.Outside != want {
			t.Errorf("SME %d could earn Rp %.0f elsewhere, of its own Rp %.0f", i, s.Outside, want)
		}
		for w := range s.Sold {
			if at := o.k.End - sim.Time(w+1)*m.Week; at < s.Came && (s.Sold[w] != 0 || s.Gain[w] != 0) {
				weeks++
			}
		}
	}
	if weeks > 0 || own < 5 || late < 5 {
		t.Errorf("%d newcomers in places of others, %d after the closure, with %d weeks of income from before they came", own, late, weeks)
	}
}
