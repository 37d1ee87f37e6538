package agents

import (
	"encoding/binary"
	"errors"
	"unsafe"

	m "pasar/agents/market"
	"pasar/sim"
)

// Desks is the one agent that does what the scenario's timeline says (decisions A2): it sends announcements as events, moves
// corporate money, asks pledges once a day, and keeps the weekly count of SMEs and creators (desk_count.go). It is present in every
// world, and its own wakes are not part of the history.
type Desks struct {
	*Common
}

// A Desk is its memory.
type Desk struct {
	deskHead
	SME   []m.Census // the last report of each
	Maker []m.Output
	Weeks []m.WeekRow
	Done  []m.Enacted  // pledges that were kept
	Told  []m.Tracking // this week's traces; forgotten once posted
}

type deskHead struct {
	Owner [m.Owners]m.Money
	Last  sim.Time // entries of the plan up to here are done
}

// askHour is when a day is closed, at the end of its orders' way to an answer, and pledges are asked (decisions A1).
const askHour = 2 * m.Hour

const deskWake = m.Act | sim.Quiet

// Born sets the first wake.
func (k *Desks) Born(t *m.Turn, d *Desk) {
	d.SME, d.Maker = make([]m.Census, len(k.Traits)), make([]m.Output, len(k.MakerTraits))
	d.Last = -1
	k.sleep(t, d, 0)
}

// React hears an event.
func (k *Desks) React(t *m.Turn, d *Desk, e *m.Event) {
	switch e.Kind {
	case deskWake:
		for plan, i := k.kept(t, d).Plan, 0; i < len(plan); i++ {
			if plan[i].At > d.Last && plan[i].At <= t.Now {
				k.do(t, d, &plan[i])
			}
		}
		d.Last = t.Now
		if t.Now%m.Day == askHour {
			k.ask(t, d)
		}
		if t.Now%m.Week == m.CountHour {
			k.week(t, d, m.DayOf(t.Now))
			k.serviceFees(t, d)
			t.Post(m.TopicDesk, append([]byte(nil), raw(d.Weeks)...))
			k.postSample(t, d)
		}
		k.sleep(t, d, t.Now)
	case told:
		d.Told = append(d.Told, m.Tracking{Agent: e.From, Trace: *m.Bodily[m.Trace](&e.Msg)})
	case m.Counted:
		switch {
		case k.SMEs.Has(e.From):
			d.SME[k.SMEs.Index(e.From)] = *m.Bodily[m.Census](&e.Msg)
		case k.Makers.Has(e.From):
			d.Maker[k.Makers.Index(e.From)] = *m.Bodily[m.Output](&e.Msg)
		}
	}
}

// kept is the book with what was enacted so far: the one that everyone reads, unless that does not hold yet what was enacted just now.
func (k *Desks) kept(t *m.Turn, d *Desk) *m.Book {
	if b := k.book(t); len(b.Done) == len(d.Done) {
		return b
	}
	return k.Book.With(d.Done)
}

// ask asks each pledge whether it has come to that, and posts what was decided. It takes effect an hour later at the earliest,
// when everyone can have read it.
func (k *Desks) ask(t *m.Turn, d *Desk) {
	before := len(d.Done)
	v := m.View{
		Market: k.Market, Now: t.Now, Soonest: t.Now + m.Hour, Day: m.DayOf(t.Now) - 1, Book: k.kept(t, d),
		Done: d.Done[:before:before], Closed: t.Closed, Weeks: d.Weeks, Audits: m.Audits(t.Posted(m.TopicRegulator)),
		Watch: m.Watches(t.Posted(m.TopicWatch)), Reviews: m.Reviews(t.Posted(m.TopicReview)),
	}
	for i := range v.Book.Pledges {
		v.Pledge, v.Luck = i, v.Book.Pledges[i].LuckOn(k.Seed, v.Day)
		if outcome, at, yes := v.Book.Pledges[i].Ask(&v); yes {
			d.Done = append(d.Done, m.Enacted{Pledge: uint32(i), Outcome: outcome, At: max(at, v.Soonest), Asked: t.Now})
		}
	}
	if len(d.Done) > before {
		t.Post(m.TopicBook, append([]byte(nil), raw(d.Done)...))
	}
}

// sleep wakes the Desk for the next entry, the next week's count, or the next day's pledges.
func (k *Desks) sleep(t *m.Turn, d *Desk, now sim.Time) {
	next := (now-m.CountHour+m.Week)/m.Week*m.Week + m.CountHour
	if now < m.CountHour {
		next = m.CountHour
	}
	if len(k.Book.Pledges) > 0 {
		next = min(next, (now-askHour+m.Day)/m.Day*m.Day+askHour)
		if now < askHour {
			next = askHour
		}
	}
	for _, e := range k.kept(t, d).Plan {
		if e.At > d.Last {
			next = min(next, max(e.At, now+1))
		}
	}
	t.Because(0)
	t.Wake(next-now, deskWake, m.Msg{})
}

// do carries out an entry of the plan.
func (k *Desks) do(t *m.Turn, d *Desk, e *m.Entry) {
	t.Because(e.Why)
	switch e.Deed {
	case m.Announce:
		if e.Trust == 0 {
			return
		}
		msg := m.Msg{Shop: e.Shop, Placed: uint32(e.Effective), Order: e.Name, Rate: uint16(e.Trust / 1000)}
		if e.Closing {
			msg.Reason = m.CheckoutClosed
		}
		for _, g := range []sim.Group{k.SMEs, k.Makers, k.Venues} {
			for i := range g.N {
				t.Send(g.ID(i), m.Announced, msg)
			}
		}
	case m.Pay:
		m.Move(t, e.From, e.To, e.Amount)
		k.pay(t, d, e.From, -e.Amount)
		k.pay(t, d, e.To, e.Amount)
	case m.Assist:
		for i := range k.SMEs.N {
			t.Send(k.SMEs.ID(i), m.Enrol, m.Carry(e.Programme))
		}
	case m.OpenPilot, m.Judge:
		// the regulator keeps its own eye on the plan
	}
}

// pay changes what an owner has, or sends it to a platform.
func (k *Desks) pay(t *m.Turn, d *Desk, a m.Account, amount m.Money) {
	switch {
	case a >= m.OwnerCash && a < m.SMEHomes:
		d.Owner[a-m.OwnerCash] += amount
	case a >= m.Till && a < m.SMECash:
		c := m.Channel(a - m.Till)
		t.Send(k.Venues.ID(int(c)), m.Capital, m.Msg{Amount: amount, Shop: c, Via: c})
	}
}

// Audit counts the owners' money.
func (k *Desks) Audit(count func(sim.Cell, int64), d *Desk) {
	for o, cash := range d.Owner {
		count(m.AccountCell(m.OwnerCash+m.Account(o)), cash)
	}
}

// Append writes the Desk's memory.
func (d *Desk) Append(b []byte) []byte {
	b = append(b, raw(unsafe.Slice(&d.deskHead, 1))...)
	for _, part := range [][]byte{raw(d.SME), raw(d.Maker), raw(d.Weeks), raw(d.Done), raw(d.Told)} {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(part)))
		b = append(b, part...)
	}
	return b
}

// Read reads what Append wrote.
func (d *Desk) Read(b []byte) error {
	b = b[copy(raw(unsafe.Slice(&d.deskHead, 1)), b):]
	var part [5][]byte
	for i := range part {
		if len(b) < 4 || len(b) < 4+int(binary.LittleEndian.Uint32(b)) {
			return errors.New("desk: memory is cut")
		}
		n := int(binary.LittleEndian.Uint32(b))
		part[i], b = b[4:4+n], b[4+n:]
	}
	d.SME, d.Maker = fromRaw[m.Census](part[0]), fromRaw[m.Output](part[1])
	d.Weeks, d.Done = fromRaw[m.WeekRow](part[2]), fromRaw[m.Enacted](part[3])
	d.Told = fromRaw[m.Tracking](part[4])
	return nil
}

// fromRaw is a copy of values from their bytes.
func fromRaw[T any](b []byte) []T {
	var one T
	v := make([]T, len(b)/int(unsafe.Sizeof(one)))
	copy(raw(v), b)
	return v
}
