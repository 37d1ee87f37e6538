package market

import (
	"slices"
	"unsafe"

	"pasar/sim"
)

// How many SMEs, creators and buyers are tracked, about: all of them where there are no more (§10).
const (
	TrackedSMEs   = 500
	TrackedMakers = 200
	TrackedBuyers = 500
)

// InSample tells whether a member of a group of n is one of those tracked, about so many of them. It is a matter of its number and
// the seed alone, so that all worlds of a seed track the same ones, spare members too.
func InSample(seed uint64, lot sim.Lot, number uint32, n, about int) bool {
	l := sim.NewLuck(seed, LotPopulation, drawTracked+sim.Stream(lot), number, 0)
	return n <= about || l.U(0)*float64(n) < float64(about)
}

// A Trace is what a tracked SME, creator or buyer tells the Desk about its week. Amounts are of one real agent.
type Trace struct {
	Sales  Money  // Rp sold; of creators: earned by commissions; of buyers: spent on accepted orders
	Income Money  // Rp settled, less goods, packing and overhead; of creators: commissions; of buyers: 0
	Cash   Money  // Rp; of buyers: what is left to spend
	Stock  uint32 // units
	Hours  uint32 // hundredths of an hour of live selling, or of content
	Price  uint32 // Rp, listed in channel Top
	Orders uint32 // of buyers: accepted
	OnTik  uint16 // 1/10,000 of the sales of eight weeks on TikTok; of creators: of hours
	Lists  uint16 // bits: channels of listings; of creators: apps with content; of buyers: apps installed
	State  uint8
	Top    Channel // largest sales of eight weeks; of creators: most hours; Channels: none
	Region Region  // of buyers
	Bin    uint8   // of buyers: of price sensitivity
}

// A Tracking is a week of a tracked agent. A week in which it did not exist yet has none.
type Tracking struct {
	Agent sim.ID
	Pad   uint32
	Trace
}

// CountHour is the time of the week at which the Desk counts, and posts what tracked agents told it since.
const CountHour = 6 * Hour

// Latest is a week of the tracked agents from what they told the Desk, in the order in which it heard it: by agent, and the last of one
// that told twice. It works in place.
func Latest(told []Tracking) []Tracking {
	slices.SortStableFunc(told, func(a, b Tracking) int { return int(a.Agent) - int(b.Agent) })
	week := told[:0]
	for i, x := range told {
		if i+1 == len(told) || told[i+1].Agent != x.Agent {
			week = append(week, x)
		}
	}
	return week
}

// Sample reads what the Desk posted last about tracked agents: their latest week, by number.
func Sample(n *sim.Notice) []Tracking {
	if n == nil {
		return nil
	}
	rows := make([]Tracking, len(n.Bytes)/int(unsafe.Sizeof(Tracking{})))
	copy(memory(rows), n.Bytes)
	return rows
}
