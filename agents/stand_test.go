package agents

import (
	"testing"

	m "pasar/agents/market"
	"pasar/sim"
)

// A stand is one agent by itself, to whom a test does what it wants at 10 o'clock of day 100. Everyone else is an ear that keeps what it
// hears: ears 0 to 19 are the channels, 20 to 39 creators, 40 to 59 buyers, 60 to 79 SMEs, 80 the Desk, as far as the stand is not that itself.
type stand[S any] struct{ act func(t *m.Turn, s *S) }

func (x stand[S]) Born(t *m.Turn, _ *S) { t.Wake(standAt, m.Wake, m.Msg{}) }

func (x stand[S]) React(t *m.Turn, s *S, e *m.Event) {
	if e.Kind == m.Wake && t.Now == standAt {
		x.act(t, s)
	}
}

const standAt = 100*m.Day + 10*m.Hour

type ears struct{ heard *[]m.Event }

func (x ears) Born(*m.Turn, *uint64) {}

func (x ears) React(_ *m.Turn, _ *uint64, e *m.Event) { *x.heard = append(*x.heard, *e) }

// play puts up a stand. Default rules are those of a lab: all is open, nothing is capped.
func (x stand[S]) play(t *testing.T, lot sim.Lot, rules []m.Rule, act func(k *Common, t *m.Turn, s *S)) (heard []m.Event, o *out) {
	t.Helper()
	p, book := params(), &m.Book{}
	for c := range m.Channels {
		for l, v := range map[m.Lever]int64{m.OrderCap: -1, m.Friction: -1, m.PortFans: -1, m.Personal: -1, m.Density: m.One, m.Checkout: 1} {
			book.Add(m.Rule{Lever: l, On: c, Value: v})
		}
	}
	for _, r := range rules {
		book.Add(r)
	}
	mk := &m.Market{P: p, Book: book, Delta: &m.Delta{}, W: 1e5, Seed: 3, Start: 5 * m.Day, End: 200 * m.Day}
	mk.Cal = m.NewCalendar(&p.Calendar, 5, 202)
	k := NewCommon(mk, 20)
	x.act = func(t *m.Turn, s *S) { act(k, t, s) }
	w := sim.New(sim.Options[m.Msg]{Seed: 3, Window: m.Hour, Until: mk.End, Period: m.Day, Lag: 2 * m.Hour, Cells: m.Cells, Topics: int(m.Topics)})
	one := sim.Add(w, lot, 1, sim.Agent[S, m.Msg](x))
	all := sim.Add(w, 90, 81, sim.Agent[uint64, m.Msg](ears{&heard}))
	group := func(l sim.Lot, from int) sim.Group {
		if l == lot {
			return one
		}
		return sim.Group{First: all.ID(from), N: 20}
	}
	mk.Venues, mk.Makers, mk.Buyers, mk.SMEs = group(m.LotPlatform, 0), group(m.LotCreator, 20), group(m.LotBuyer, 40), group(m.LotSME, 60)
	mk.Desk = all.ID(80)
	if _, err := w.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	return heard, &out{k: k, w: w}
}

// sme, buyer and maker are stands of these kinds.
func sme(t *testing.T, rules []m.Rule, act func(k *SMEs, t *m.Turn, s *SME)) ([]m.Event, *out) {
	t.Helper()
	return stand[SME]{}.play(t, m.LotSME, rules, func(k *Common, t *m.Turn, s *SME) {
		s.State, s.Report, s.React, s.Review = m.Active, never, never, never
		act(&SMEs{k, Frozen{}}, t, s)
	})
}

func buyer(t *testing.T, rules []m.Rule, act func(k *Buyers, t *m.Turn, b *Buyer)) ([]m.Event, *out) {
	t.Helper()
	return stand[Buyer]{}.play(t, m.LotBuyer, rules, func(k *Common, t *m.Turn, b *Buyer) { act(&Buyers{k}, t, b) })
}

func maker(t *testing.T, rules []m.Rule, act func(k *Creators, t *m.Turn, c *Creator)) ([]m.Event, *out) {
	t.Helper()
	return stand[Creator]{}.play(t, m.LotCreator, rules, func(k *Common, t *m.Turn, c *Creator) { act(&Creators{k, Frozen{}}, t, c) })
}

// of are the events of some kinds.
func of(heard []m.Event, kinds ...sim.Kind) (list []m.Event) {
	for _, e := range heard {
		for _, kind := range kinds {
			if e.Kind == kind {
				list = append(list, e)
			}
		}
	}
	return list
}
