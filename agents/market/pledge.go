package market

import (
	"slices"
	"unsafe"

	"pasar/sim"
)

// A Pledge is an entry of the timeline whose date or outcome the run itself decides: by a condition, a rule of the regulator, or
// a hazard. Once a day, when the day's indicators are closed, the Desk asks each pledge; what it decides it posts, and
// everyone's book then holds what follows (decisions A2). A pledge is a pure function of what is published.
type Pledge struct {
	Entry uint32 // number of the scenario's entry
	Name  uint32 // of the entry, which keys the luck
	part  uint32 // how many-th pledge of the name
	// Ask tells whether it has come to that, with which outcome (a number that Enact understands), and when it takes effect:
	// not before v.Soonest. It may be asked again after it has been enacted.
	Ask func(v *View) (outcome uint32, at sim.Time, yes bool)
	// Enact writes the rules and deeds that follow.
	Enact func(b *Book, at sim.Time, outcome uint32)
	Times bool // it decides when the entry takes place (outcome 0) or ends (outcome 1), and nothing else
}

// Promise adds a pledge.
func (b *Book) Promise(x Pledge) {
	for i := range b.Pledges {
		if b.Pledges[i].Name == x.Name {
			x.part++
		}
	}
	b.Pledges = append(b.Pledges, x)
}

// LuckOn is a pledge's luck of a day: of its entry's name, so that other pledges change nothing about it.
func (x *Pledge) LuckOn(seed uint64, day int64) sim.Luck {
	return sim.NewLuck(seed, LotDesk, sim.Stream(x.part), x.Name, uint32(day))
}

// Lift takes an entry's rules back from a second on: each lever is as if the entry had never been.
func (b *Book) Lift(entry uint32, at sim.Time) {
	for l := range b.lines {
		for c := range b.lines[l] {
			line := slices.DeleteFunc(b.lines[l][c], func(r Rule) bool { return r.Why == entry && r.From >= at })
			for i := range line {
				if r := &line[i]; r.Why == entry && r.holds(at) {
					r.Until = at
				}
			}
			b.lines[l][c] = line
		}
	}
}

// An Enacted is a pledge that was kept.
type Enacted struct {
	Pledge  uint32 // index of Book.Pledges
	Outcome uint32
	At      sim.Time // when it takes effect
	Asked   sim.Time // when it was decided
}

// A View is what a pledge may look at: what is published, up to the day that closed last.
type View struct {
	*Market
	Now     sim.Time
	Soonest sim.Time // earliest moment that a decision made now can take effect
	Day     int64    // the last day that is closed
	Book    *Book    // the rules in force, with what was enacted before today
	Pledge  int      // the one that is asked
	Done    []Enacted
	Closed  func(day int64) []int64 // totals of a closed day, by cell; nil before the first
	Weeks   []WeekRow
	Audits  []Audit
	Watch   []WatchRow // the regulator's weekly reports
	Reviews []Review   // of the competition desk
	Luck    sim.Luck   // the pledge's own, of today
}

// Kept lists what was enacted of the pledge that is asked, in order.
func (v *View) Kept() (list []Enacted) {
	for _, e := range v.Done {
		if e.Pledge == uint32(v.Pledge) {
			list = append(list, e)
		}
	}
	return list
}

// With is the book with what was enacted. What is enacted may make pledges of its own; as the list of what was enacted only
// grows, so does the list of pledges, and each keeps its number.
func (b *Book) With(done []Enacted) *Book {
	n := &Book{Plan: slices.Clone(b.Plan), Pledges: slices.Clip(b.Pledges), Done: done[:0:0]}
	for l := range b.lines {
		for c := range b.lines[l] {
			n.lines[l][c] = slices.Clone(b.lines[l][c])
		}
	}
	for _, e := range done {
		n.Done = append(n.Done, e)
		n.Pledges[e.Pledge].Enact(n, e.At, e.Outcome)
	}
	slices.SortStableFunc(n.Plan, func(x, y Entry) int { return int(x.At - y.At) })
	return n
}

// Reader reads the book as it stands after a notice of the Desk.
func (b *Book) Reader() func(*sim.Notice) *Book {
	return func(n *sim.Notice) *Book { return b.With(Enactments(n)) }
}

// Enactments reads what the Desk has posted of the pledges that were kept.
func Enactments(n *sim.Notice) []Enacted {
	if n == nil {
		return nil
	}
	done := make([]Enacted, len(n.Bytes)/int(unsafe.Sizeof(Enacted{})))
	copy(memory(done), n.Bytes)
	return done
}
