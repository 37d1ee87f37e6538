package market

import (
	"math"
	"slices"
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

// A Row is where things stand that keyed draws fall on: each has a place for life, in a class.
type Row struct {
	Item  []uint32 // by place, classes in order: what stands there
	first [Classes + 1]int32
}

// Class is what stands in the places of a class.
func (r *Row) Class(c int) []uint32 { return r.Item[r.first[c]:r.first[c+1]] }

// Places is a row to draw from by keyed rejection: the members of a class show its bound at most, and some part of that today. Its arrays
// are small and close together, since most draws fall on little. Where nothing is shown it may be empty: no draw falls on anything.
type Places struct {
	Row
	share []float32            // by place: what it shows today, as a share of its class's bound
	cum   [Classes + 1]float64 // Σ size · bound of the classes below
	each  [Classes]float64     // 1/bound
	guide [guides]uint8        // class to begin with, by share of the total
	Total float64
}

const guides = 64

// arrange lets a row show what stands in it: as much as shown tells of each item. It uses the first of shares, and returns the others.
func (p *Places) arrange(row *Row, bound *[Classes]float64, shares []float32, shown func(item uint32) float32) []float32 {
	p.Row = *row
	p.share = shares[:len(row.Item)]
	for c := range Classes {
		p.each[c] = 1 / bound[c]
		for i := row.first[c]; i < row.first[c+1]; i++ {
			p.share[i] = float32(float64(shown(row.Item[i])) * p.each[c])
		}
		p.Total += float64(float64(row.first[c+1]-row.first[c]) * bound[c])
		p.cum[c+1] = p.Total
	}
	c := 0
	for g := range p.guide {
		for c < Classes-1 && p.cum[c+1] <= p.Total*float64(g)/guides {
			c++
		}
		p.guide[g] = uint8(c)
	}
	return shares[len(row.Item):]
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
	places := 0
	for g := range shelf[c] {
		places += len(shelf[c][g].Item)
	}
	return func(n *sim.Notice) *Snapshot {
		s := new(Snapshot)
		b := n.Bytes
		b = b[copy(memory(unsafe.Slice(&s.DayHead, 1)), b):]
		s.Offer = view[Offer](b, int(s.Offers))
		s.Host = view[Host](b[len(memory(s.Offer)):], int(s.Content))
		shares := make([]float32, places+len(s.Host))
		for g := range s.Shelves {
			if s.Draws[g] > 0 {
				shares = s.Shelves[g].arrange(&shelf[c][g], &s.Bound[g], shares, func(j uint32) float32 { return s.Offer[j].Exposure })
			}
		}
		stage := s.stage()
		s.Stage.arrange(&stage, &s.HostTop, shares, func(item uint32) float32 { return s.Host[HostAt(item)].Weight })
		return s
	}
}

// stage is where today's hosts stand: by class. An item is a host by number, and the categories it shows.
func (s *Snapshot) stage() (r Row) {
	var next [Classes + 1]int32
	for i := range s.Host {
		next[s.Host[i].Class+1]++
	}
	for class := range Classes {
		next[class+1] += next[class]
	}
	r.first = next
	r.Item = make([]uint32, len(s.Host))
	for i := range s.Host {
		h := &s.Host[i]
		r.Item[next[h.Class]] = uint32(i) | uint32(h.Goods)<<24
		next[h.Class]++
	}
	return r
}

// HostAt is the number of the host that an item of the stage is, and Shows tells whether it shows a category.
func HostAt(item uint32) uint32             { return item & (1<<24 - 1) }
func Shows(item uint32, good Category) bool { return item>>24>>good&1 == 1 }

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
type Shelf [Direct][Categories]Row

// Newcomers is how many classes are for SMEs that were not in a channel at the start.
const Newcomers = 4

// NewShelf places all SMEs, spare ones too.
func NewShelf(all []Traits) *Shelf {
	var s Shelf
	for c := range s {
		var at [Categories][Classes][]uint32
		for i := range all {
			_, e := math.Frexp(all[i].Size)
			class := min(max(e+1, 0), Newcomers-1)
			if !all[i].Spare && all[i].Lists>>c&1 == 1 {
				class = min(max(e+Classes-5, Newcomers), Classes-1)
			}
			places := &at[all[i].Good][class]
			*places = append(*places, uint32(i))
		}
		for g := range s[c] {
			for class, places := range at[g] {
				s[c][g].Item = append(s[c][g].Item, places...)
				s[c][g].first[class+1] = int32(len(s[c][g].Item))
			}
		}
	}
	return &s
}

// Pays tells whether some offer of a category pays a commission; no plan is found where none does.
func (s *Snapshot) Pays(g int) bool {
	return slices.ContainsFunc(s.Shelves[g].Item, func(j uint32) bool { return s.Offer[j].Exposure > 0 && s.Offer[j].Rate > 0 })
}

// HostOf is the host that is a creator (by number + 1), or nil.
func (s *Snapshot) HostOf(maker uint32) *Host {
	if maker == 0 || int(maker) > len(s.Host) {
		return nil
	}
	if h := &s.Host[maker-1]; h.Maker == maker && h.Weight > 0 {
		return h
	}
	return nil
}
