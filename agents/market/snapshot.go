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
	Held     uint16 // share of viewers that cannot order it, since its orders are capped, in 1/10,000
	Told     uint8  // 1: the SME has been listed here
	Spare    [5]uint8
}

// A Host is someone whose content sells: a creator, or an SME that goes live.
type Host struct {
	Weight float32 // reach^.7 · hours · engagement · real creators stood for
	Maker  uint32  // number of the creator + 1, or 0
	Sells  [Slots]uint32
	Rates  [Slots]uint16
	Shares [Slots]uint8 // of its content, relative to the largest, 255
	Reach  uint32
	Class  uint8 // bucket, fixed for life
	Goods  uint8 // bits: categories among what it sells
	Spare  [2]uint8
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
	Ship     float64                       // share of freight
	Slow     float64                       // how much longer delivery takes, as a share of the usual days
	Head     [Categories]float64           // what is added to δ: 0, but for a platform that was not there at the start
	Base     [Categories][Segments]float64 // inclusive value of the first day
	Campaign float64                       // 1: banner
	Hosts    float64                       // Σ weights
	Pull     float64                       // Σ F^γ·e·hours of creators: who shares in new followers
	Incl     [Categories][Segments]float64 // inclusive value, less that of the first day
	Draws    [Categories]float64           // size of the consideration set
	Bound    [Categories][Classes]float64  // exposure at most, by class
	HostTop  [Classes]float64              // weight at most, by class
	Peer     [Categories]float64           // median orders of an SME here in four weeks, moving average
	Usual    [Categories]float64           // the same when burn-in ended
	Offers   int64                         // counts of what follows
	Content  int64
}

// A Snapshot is what one channel publishes each day at 23:00 for the next (§7.4, §8.5).
type Snapshot struct {
	DayHead
	Offer []Offer // by SME
	Host  []Host

	bytes []byte // of the notice to come, in which Offer and Host lie

	Shelves [Categories]Places // offers for keyed draws
	Stage   Places             // hosts for keyed draws
}

// Places is a set of things to draw from by keyed rejection: each has a place for life, in a class whose members show Bound
// at most, and shows some part of that today. Its arrays are small and close together, since most draws fall on little.
type Places struct {
	share []float32 // by place, classes in order: what it shows today, as a share of its class's bound
	Item  []uint32  // what stands there
	first [Classes + 1]int32
	cum   [Classes + 1]float64 // Σ size · bound of the classes below
	each  [Classes]float64     // 1/bound
	guide [guides]uint8        // class to begin with, by share of the total
	Total float64
}

const guides = 256

// arrange sets the classes up; fill is asked what stands in each place and how much of it is shown.
func (p *Places) arrange(size func(class int) int, bound *[Classes]float64, fill func(class, i int) (uint32, float32)) {
	places := 0
	for c := range Classes {
		places += size(c)
	}
	p.Item, p.share = make([]uint32, 0, places), make([]float32, 0, places)
	for c := range Classes {
		n := size(c)
		p.each[c] = 1 / bound[c]
		for i := range n {
			item, show := fill(c, i)
			p.Item, p.share = append(p.Item, item), append(p.share, float32(float64(show)*p.each[c]))
		}
		p.first[c+1] = p.first[c] + int32(n)
		p.Total += float64(float64(n) * bound[c])
		p.cum[c+1] = p.Total
	}
	c := 0
	for g := range p.guide {
		for c < Classes-1 && p.cum[c+1] <= p.Total*float64(g)/guides {
			c++
		}
		p.guide[g] = uint8(c)
	}
}

// Draw is the place that a uniform draw falls on, if what stands there shows that much today. One draw gives the class, the
// place and the decision.
func (p *Places) Draw(u float64) (place int, ok bool) {
	c := int(p.guide[int(u*guides)])
	u *= p.Total
	for c < Classes-1 && p.cum[c+1] <= u {
		c++
	}
	at := (u - p.cum[c]) * p.each[c]
	i := min(int32(at), p.first[c+1]-p.first[c]-1)
	if i < 0 {
		return 0, false
	}
	place = int(p.first[c] + i)
	return place, at-float64(i) < float64(p.share[place])
}

// NewSnapshot is an empty one. As many hosts may come as more says, without being moved.
func NewSnapshot(offers, hosts, more int) *Snapshot {
	at := headSize + offers*int(unsafe.Sizeof(Offer{}))
	s := &Snapshot{bytes: make([]byte, at+(hosts+more)*int(unsafe.Sizeof(Host{})))}
	s.Offer, s.Host = view[Offer](s.bytes[headSize:], offers), view[Host](s.bytes[at:], hosts+more)[:hosts]
	return s
}

const headSize = int(unsafe.Sizeof(DayHead{}))

// Bytes are those of a notice. The snapshot must not be changed any more.
func (s *Snapshot) Bytes() []byte {
	s.Offers, s.Content = int64(len(s.Offer)), int64(len(s.Host))
	copy(s.bytes, memory(unsafe.Slice(&s.DayHead, 1)))
	return append(s.bytes[:headSize+len(s.Offer)*int(unsafe.Sizeof(Offer{}))], memory(s.Host)...)
}

// Reader reads the snapshots of one channel; all of a process share what it makes of a notice.
func (shelf *Shelf) Reader(c Channel) func(*sim.Notice) *Snapshot {
	return func(n *sim.Notice) *Snapshot {
		s := new(Snapshot)
		b := n.Bytes
		b = b[copy(memory(unsafe.Slice(&s.DayHead, 1)), b):]
		s.Offer = view[Offer](b, int(s.Offers))
		s.Host = view[Host](b[len(memory(s.Offer)):], int(s.Content))
		for g := range s.Shelves {
			at := &shelf[c][g]
			s.Shelves[g].arrange(func(class int) int { return len(at[class]) }, &s.Bound[g], func(class, i int) (uint32, float32) {
				j := at[class][i]
				return j, s.Offer[j].Exposure
			})
		}
		var by [Classes][]uint32
		var many [Classes]int
		for i := range s.Host {
			many[s.Host[i].Class]++
		}
		for class := range by {
			by[class] = make([]uint32, 0, many[class])
		}
		for i := range s.Host {
			by[s.Host[i].Class] = append(by[s.Host[i].Class], uint32(i))
		}
		s.Stage.arrange(func(class int) int { return len(by[class]) }, &s.HostTop, func(class, i int) (uint32, float32) {
			h := by[class][i]
			return h | uint32(s.Host[h].Goods)<<24, s.Host[h].Weight
		})
		return s
	}
}

// SnapshotOf is today's snapshot of a channel, or nil before the first.
func SnapshotOf(t *Turn, c Channel, read func(*sim.Notice) *Snapshot) *Snapshot {
	n := t.Posted(TopicSnapshot + sim.Topic(c))
	if n == nil {
		return nil
	}
	return sim.Decoded(n, read)
}

func memory[T any](v []T) []byte {
	if len(v) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&v[0])), len(v)*int(unsafe.Sizeof(v[0])))
}

// view is memory as numbers of things, where it lies as they must, else a copy. Nobody may change either.
func view[T any](b []byte, n int) []T {
	var one T
	if b = b[:n*int(unsafe.Sizeof(one))]; n == 0 {
		return nil
	}
	if at := unsafe.Pointer(&b[0]); uintptr(at)%unsafe.Alignof(one) == 0 {
		return unsafe.Slice((*T)(at), n)
	}
	v := make([]T, n)
	copy(memory(v), b)
	return v
}

// Shelf is where the SMEs of a category stand in a channel for keyed draws: by class of starting size, each in a place that is
// its own for life. Those that were not there at the start stand in classes of their own, below Newcomers. Who leaves leaves a hole,
// so a draw that did not fall on it stays as it was (decisions B8).
type Shelf [Direct][Categories][Classes][]uint32

// Newcomers is how many classes are for SMEs that were not in a channel at the start.
const Newcomers = 4

// NewShelf places all SMEs, spare ones too.
func NewShelf(all []Traits) *Shelf {
	var s Shelf
	for i := range all {
		_, e := math.Frexp(all[i].Size)
		for c := range s {
			class := min(max(e+1, 0), Newcomers-1)
			if !all[i].Spare && all[i].Lists>>c&1 == 1 {
				class = min(max(e+Classes-5, Newcomers), Classes-1)
			}
			at := &s[c][all[i].Good][class]
			*at = append(*at, uint32(i))
		}
	}
	return &s
}

// HostOf is the host that is a creator (by number + 1), or nil.
func (s *Snapshot) HostOf(maker uint32) *Host {
	if maker == 0 || int(maker) > len(s.Host) || s.Host[maker-1].Weight <= 0 {
		return nil
	}
	return &s.Host[maker-1]
}
