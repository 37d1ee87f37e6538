package agents

import (
	"encoding/binary"
	"errors"
	"slices"
	"unsafe"

	m "pasar/agents/market"
	"pasar/sim"
)

// Regulators is the ministry and its three desks (ODD §2.11, §7.12). The trade desk reports on the market each week, watches a
// pilot and judges it at an audit (regulator_watch.go, regulator_audit.go); the SME desk objects to a pilot under which local SMEs
// do badly; the competition desk reviews changes of owner on the day they close (regulator_merger.go). What follows from its
// findings is in pledges of the scenario.
type Regulators struct {
	*Common
}

// A Regulator is its file.
type Regulator struct {
	regulatorHead
	Watch   []m.WatchRow
	Audits  []m.Audit
	Reviews []m.Review
}

type regulatorHead struct {
	Last     sim.Time // the plan is done up to here
	Watching sim.Time // start of the pilot; 0: none
	Deadline sim.Time // of its integration
	Shop     int64    // its storefront
	Objected int64    // times that the SME desk objected to it
	Base     [2]float64
	Pressure [2]float64 // OP, without and with error
}

// Streams of the regulator's luck.
const (
	auditNoise sim.Stream = iota + 1
	watchNoise
	pilotSlack
	objection
)

// reportHour is when the weekly report appears, an hour after the Desk's count.
const reportHour = 7 * m.Hour

// Born sets the first wake.
func (k *Regulators) Born(t *m.Turn, r *Regulator) {
	r.Last = -1
	k.sleep(t)
}

// React hears its own wakes only: for entries of the plan that are its business, for changes of owner, and each week.
func (k *Regulators) React(t *m.Turn, r *Regulator, _ *m.Event) {
	b := k.book(t)
	for i := range b.Plan {
		p := &b.Plan[i]
		if p.At <= r.Last || p.At > t.Now {
			continue
		}
		switch p.Deed {
		case m.OpenPilot:
			r.Watching, r.Deadline, r.Shop, r.Objected = p.At, p.Deadline, int64(p.Shop), 0
		case m.Judge:
			r.Audits = append(r.Audits, k.judge(t, r, p))
			t.Post(m.TopicRegulator, slices.Clone(raw(r.Audits)))
		}
	}
	k.mergers(t, r)
	r.Last = t.Now
	if t.Now%m.Week == reportHour {
		k.watch(t, r)
	}
	k.sleep(t)
}

// sleep wakes the regulator for the next report, and for what the plan holds; where the run itself adds to the plan it looks
// each day, an hour after the Desk may have.
func (k *Regulators) sleep(t *m.Turn) {
	next := after(t.Now, m.Week, reportHour)
	b := k.book(t)
	if len(b.Pledges) > 0 {
		next = min(next, after(t.Now, m.Day, askHour+m.Hour))
	}
	for i := range b.Plan {
		p := &b.Plan[i]
		if (p.Deed == m.OpenPilot || p.Deed == m.Judge) && p.At > t.Now {
			next = min(next, p.At)
		}
	}
	for c := range m.Platforms {
		for _, x := range b.Changes(m.Stake, c) {
			if x.From > t.Now {
				next = min(next, x.From)
			}
		}
	}
	t.Wake(next-t.Now, deskWake, m.Msg{})
}

// after is the first moment after now that lies so far into a period.
func after(now, period, offset sim.Time) sim.Time {
	if now < offset {
		return offset
	}
	return (now-offset)/period*period + period + offset
}

// Append writes the regulator's file.
func (r *Regulator) Append(b []byte) []byte {
	b = append(b, raw(unsafe.Slice(&r.regulatorHead, 1))...)
	for _, part := range [][]byte{raw(r.Watch), raw(r.Audits), raw(r.Reviews)} {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(part)))
		b = append(b, part...)
	}
	return b
}

// Read reads what Append wrote.
func (r *Regulator) Read(b []byte) error {
	b = b[copy(raw(unsafe.Slice(&r.regulatorHead, 1)), b):]
	var part [3][]byte
	for i := range part {
		if len(b) < 4 || len(b) < 4+int(binary.LittleEndian.Uint32(b)) {
			return errors.New("regulator: memory is cut")
		}
		n := int(binary.LittleEndian.Uint32(b))
		part[i], b = b[4:4+n], b[4+n:]
	}
	r.Watch, r.Audits, r.Reviews = fromRaw[m.WatchRow](part[0]), fromRaw[m.Audit](part[1]), fromRaw[m.Review](part[2])
	return nil
}
