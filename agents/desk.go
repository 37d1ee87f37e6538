package agents

import (
	"encoding/binary"
	"errors"
	"slices"
	"unsafe"

	m "pasar/agents/market"
	"pasar/sim"
)

// Desks is the one agent that does what the scenario's timeline says (decisions A2): it sends announcements as events, moves
// corporate money, and keeps the weekly count of SMEs and creators. It is present in every world, and its own wakes are not
// part of the history.
type Desks struct {
	*Common
}

// A Desk is its memory.
type Desk struct {
	deskHead
	SME   []m.Census // the last report of each
	Maker []m.Census
	Weeks []WeekRow
}

type deskHead struct {
	Owner [m.Owners]m.Money
	Next  int64 // entry of the plan
}

// A WeekRow is the state of SMEs and creators in one week (§10): amounts in Rp of four weeks.
type WeekRow struct {
	Day       int64
	Active    int64
	Median    [m.Types]int64 // income of active SMEs
	P10, P90  int64
	Gini      int64 // of income above 0, ppm
	TopShare  int64 // of sales by the top 1 %, ppm
	Depend    int64 // SMEs with more than .75 of sales on one channel
	DependTik int64
	MultiHome int64 // SMEs on two platforms or more
	Listed    [m.Direct]int64
	LiveHours int64          // hundredths
	Makers    [m.Tiers]int64 // active
	MakerMid  [m.Tiers]int64 // median income from commerce
}

const deskWake = m.Act | sim.Quiet

// Born sets the first wake.
func (k *Desks) Born(t *m.Turn, d *Desk) {
	d.SME, d.Maker = make([]m.Census, len(k.Traits)), make([]m.Census, len(k.MakerTraits))
	k.sleep(t, d, 0)
}

// React hears an event.
func (k *Desks) React(t *m.Turn, d *Desk, e *m.Event) {
	switch e.Kind {
	case deskWake:
		for ; d.Next < int64(len(k.Book.Plan)) && k.Book.Plan[d.Next].At <= t.Now; d.Next++ {
			k.do(t, d, &k.Book.Plan[d.Next])
		}
		if t.Now%m.Week == 6*m.Hour {
			k.week(d, m.DayOf(t.Now))
			t.Post(m.TopicDesk, append([]byte(nil), raw(d.Weeks)...))
		}
		k.sleep(t, d, t.Now)
	case m.Counted:
		x := *m.Bodily[m.Census](&e.Msg)
		switch {
		case k.SMEs.Has(e.From):
			d.SME[k.SMEs.Index(e.From)] = x
		case k.Makers.Has(e.From):
			d.Maker[k.Makers.Index(e.From)] = x
		}
	}
}

// sleep wakes the Desk for the next entry or the next week's count.
func (k *Desks) sleep(t *m.Turn, d *Desk, now sim.Time) {
	next := (now-6*m.Hour+m.Week)/m.Week*m.Week + 6*m.Hour
	if now < 6*m.Hour {
		next = 6 * m.Hour
	}
	if d.Next < int64(len(k.Book.Plan)) {
		next = min(next, max(k.Book.Plan[d.Next].At, now+1))
	}
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
		msg := m.Msg{Shop: e.Shop, Placed: uint32(e.Effective), Order: e.Why, Rate: uint16(e.Trust / 1000)}
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
	case m.OpenPilot, m.Judge:
		// the regulator keeps its own eye on the plan
	}
}

// pay changes what an owner has, or sends it to a platform.
func (k *Desks) pay(t *m.Turn, d *Desk, a m.Account, amount m.Money) {
	switch {
	case a >= m.OwnerCash && a < m.TheWorld:
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

// week counts SMEs and creators from their last reports.
func (k *Desks) week(d *Desk, day int64) {
	r := WeekRow{Day: day}
	var income [m.Types][]int64
	var all, sales []int64
	for i := range d.SME {
		x := &d.SME[i]
		if x.State != m.Active {
			continue
		}
		r.Active++
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
	for y := range income {
		r.Median[y] = quantile(income[y], 50)
	}
	r.P10, r.P90 = quantile(all, 10), quantile(all, 90)
	r.Gini, r.TopShare = gini(all), topShare(sales)
	var made [m.Tiers][]int64
	for i := range d.Maker {
		if x := &d.Maker[i]; x.State == m.Active {
			r.Makers[x.Class]++
			made[x.Class] = append(made[x.Class], x.Income)
		}
	}
	for tier := range made {
		r.MakerMid[tier] = quantile(made[tier], 50)
	}
	d.Weeks = append(d.Weeks, r)
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

// Weeks reads what the Desk has posted: its count of every week so far.
func Weeks(n *sim.Notice) []WeekRow {
	if n == nil {
		return nil
	}
	rows := make([]WeekRow, len(n.Bytes)/int(unsafe.Sizeof(WeekRow{})))
	copy(raw(rows), n.Bytes)
	return rows
}

// Append writes the Desk's memory.
func (d *Desk) Append(b []byte) []byte {
	b = append(b, raw(unsafe.Slice(&d.deskHead, 1))...)
	for _, part := range [][]byte{raw(d.SME), raw(d.Maker), raw(d.Weeks)} {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(part)))
		b = append(b, part...)
	}
	return b
}

// Read reads what Append wrote.
func (d *Desk) Read(b []byte) error {
	b = b[copy(raw(unsafe.Slice(&d.deskHead, 1)), b):]
	var part [3][]byte
	for i := range part {
		if len(b) < 4 || len(b) < 4+int(binary.LittleEndian.Uint32(b)) {
			return errors.New("desk: memory is cut")
		}
		n := int(binary.LittleEndian.Uint32(b))
		part[i], b = b[4:4+n], b[4+n:]
	}
	const census = int(unsafe.Sizeof(m.Census{}))
	d.SME, d.Maker = make([]m.Census, len(part[0])/census), make([]m.Census, len(part[1])/census)
	d.Weeks = make([]WeekRow, len(part[2])/int(unsafe.Sizeof(WeekRow{})))
	copy(raw(d.SME), part[0])
	copy(raw(d.Maker), part[1])
	copy(raw(d.Weeks), part[2])
	return nil
}
