package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
)

// Traces (§10, docs/adr/0024): a fixed sample of SMEs, creators and buyers tells the Desk about every week; the Desk posts the
// week and forgets it, and a run collects what was posted. A trace is not part of the history: nobody reacts to one.

// told is the event that carries one, and the wake of a buyer to tell.
const told = m.Told | sim.Quiet

// tellHour is when tracked buyers look back on their week: before the Desk posts it.
const tellHour = 3 * m.Hour

// A Spell is what a buyer bought since it last told.
type Spell struct {
	Spent  m.Money // Rp
	Orders uint32
}

// track sets a tracked buyer's weekly wake.
func (k *Buyers) track(t *m.Turn) {
	if m.InSample(k.Seed, m.LotBuyer, t.Number, k.Buyers.N, m.TrackedBuyers) {
		t.Wake(m.Week+tellHour, told, m.Msg{})
	}
}

// tell is a buyer's week.
func (k *Buyers) tell(t *m.Turn, b *Buyer) {
	x := m.Trace{Sales: b.Week.Spent, Orders: b.Week.Orders, Cash: b.Wallet, Lists: b.Members, State: m.Active, Top: m.Channels, Region: b.Region, Bin: b.Bin}
	b.Week = Spell{}
	t.Send(k.Desk, told, m.Carry(x))
	t.Wake(m.Week, told, m.Msg{})
}

// tell is an SME's week, from what it reports to the Desk anyway. One that gave up goes on telling that it sells nothing: of it
// there is no report.
func (k *SMEs) tell(t *m.Turn, s *SME, c *m.Census) {
	if !m.InSample(k.Seed, m.LotSME, t.Number, len(k.Traits)/2, m.TrackedSMEs) {
		return
	}
	x := m.Trace{State: s.State, Cash: s.Cash, Stock: uint32(max(s.Stock, 0)), Top: m.Channels}
	if c != nil {
		x.Sales, x.Income = s.Sold[0], s.Gain[0]
		x.Lists, x.OnTik, x.Hours, x.Top = c.Lists, uint16(c.OnTik/100), c.Hours, c.Top
		if c.Top < m.Channels {
			x.Price = uint32(s.Shop[c.Top].Price)
		}
	}
	t.Send(k.Desk, told, m.Carry(x))
}

// tell is a creator's week, after its review.
func (k *Creators) tell(t *m.Turn, c *Creator) {
	if !m.InSample(k.Seed, m.LotCreator, t.Number, len(k.MakerTraits), m.TrackedMakers) {
		return
	}
	x := m.Trace{State: c.State, Sales: c.Gain4[0], Income: c.Gain4[0], Cash: c.Cash, Top: m.TikTok}
	if c.State == m.Active {
		x.Hours, x.OnTik = uint32(100*c.Hours), uint16(1e4*c.Share[m.TikTok])
		for a := range m.Platforms {
			if c.Share[a] > .05 {
				x.Lists |= 1 << a
			}
			if c.Share[a] > c.Share[x.Top] {
				x.Top = a
			}
		}
	}
	t.Send(k.Desk, told, m.Carry(x))
}

// postSample posts the week's traces and forgets them.
func (k *Desks) postSample(t *m.Turn, d *Desk) {
	t.Post(m.TopicSample, append([]byte(nil), raw(m.Latest(d.Told))...))
	d.Told = d.Told[:0]
}
