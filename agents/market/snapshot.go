package market

import (
	"math"
	"unsafe"

	"pasar/sim"
)

// An Offer is what buyers see of an SME in one channel on one day: 32 bytes, plain.
type Offer struct {
	Price    int32   // Rp, after the SME's discount
	Exposure float32 // how often it is considered, relative to the mean of its category; 0: not on offer
	Worth    float32 // β_q·q + β_R·(R-.9)·10 + skill: the part of v that is not price
	Rate     uint16  // affiliate commission
	Links    [2]Channel
	Stars    uint16
	Live     uint16 // hours of live selling a week
	Spare    [8]uint8
}

// A Host is someone whose content sells: a creator, or an SME that goes live.
type Host struct {
	Weight float32 // reach^.7 · hours · engagement · real creators stood for
	Maker  uint32  // number of the creator + 1, or 0
	Sells  [Slots]uint32
	Rates  [Slots]uint16
	Reach  uint32
	Class  uint8 // bucket, fixed for life
	Spare  [3]uint8
}

// Classes is how many buckets of starting size there are for keyed draws (decisions B8).
const Classes = 12

// DayHead is the part of a snapshot that has one size.
type DayHead struct {
	Date     int64
	Supply   float64                       // (L/L0)^χL
	Keep     float64                       // probability that a candidate view is kept, for a member
	Linkout  float64                       // ℓ
	Voucher  float64                       // share of price
	Campaign float64                       // 1: banner
	Hosts    float64                       // Σ weights
	Incl     [Categories][Segments]float64 // inclusive value, less that of the first day
	Draws    [Categories]float64           // size of the consideration set
	Bound    [Categories][Classes]float64  // exposure at most, by class
	HostTop  [Classes]float64              // weight at most, by class
	Peer     [Categories]float64           // median orders of an SME here in four weeks
	Offers   int64                         // counts of what follows
	Content  int64
}

// A Snapshot is what one channel publishes each day at 23:00 for the next (§7.4, §8.5).
type Snapshot struct {
	DayHead
	Offer []Offer // by SME
	Host  []Host
	ByTop [Classes][]int32 // hosts by class; a place that is empty (-1) keeps its number
}

// Append writes a snapshot as the bytes of a notice.
func (s *Snapshot) Append(b []byte) []byte {
	s.Offers, s.Content = int64(len(s.Offer)), int64(len(s.Host))
	b = append(b, memory(unsafe.Slice(&s.DayHead, 1))...)
	b = append(b, memory(s.Offer)...)
	return append(b, memory(s.Host)...)
}

// ReadSnapshot is the snapshot in a notice.
func ReadSnapshot(n *sim.Notice) *Snapshot {
	s := new(Snapshot)
	b := n.Bytes
	b = b[copy(memory(unsafe.Slice(&s.DayHead, 1)), b):]
	s.Offer, s.Host = make([]Offer, s.Offers), make([]Host, s.Content)
	b = b[copy(memory(s.Offer), b):]
	copy(memory(s.Host), b)
	for i := range s.Host {
		c := s.Host[i].Class
		s.ByTop[c] = append(s.ByTop[c], int32(i))
	}
	return s
}

// SnapshotOf is today's snapshot of a channel.
func SnapshotOf(t *Turn, c Channel) *Snapshot {
	n := t.Posted(TopicSnapshot + sim.Topic(c))
	if n == nil {
		return nil
	}
	return sim.Decoded(n, ReadSnapshot)
}

func memory[T any](v []T) []byte {
	if len(v) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&v[0])), len(v)*int(unsafe.Sizeof(v[0])))
}

// Shelf is where the SMEs of a category stand in a channel for keyed draws: by class of starting size, each in a place that is
// its own for life; class 0 is for those that were not there at the start. Who leaves leaves a hole, so a draw that did not
// fall on it stays as it was (decisions B8).
type Shelf [Direct][Categories][Classes][]uint32

// NewShelf places all SMEs, spare ones too.
func NewShelf(all []Traits) *Shelf {
	var s Shelf
	for i := range all {
		for c := range s {
			class := 0
			if !all[i].Spare && all[i].Lists>>c&1 == 1 {
				class = ClassOf(all[i].Size)
			}
			at := &s[c][all[i].Good][class]
			*at = append(*at, uint32(i))
		}
	}
	return &s
}

// ClassOf is the class of a starting size around 1: steps of 2, the middle class holding sizes from 1/2 to 1.
func ClassOf(size float64) int {
	_, e := math.Frexp(size)
	return min(max(e+Classes-6, 1), Classes-1)
}

// HostOf is the host that is a creator (by number + 1), or nil.
func (s *Snapshot) HostOf(maker uint32) *Host {
	if maker == 0 || int(maker) > len(s.Host) || s.Host[maker-1].Weight <= 0 {
		return nil
	}
	return &s.Host[maker-1]
}
