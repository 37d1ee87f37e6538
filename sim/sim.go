// Package sim is the kernel of Pasar: a discrete-event simulator that knows no domain.
//
// Nothing happens to an agent except that it receives an event. Time is cut into windows, and what is said in one window is
// never heard before the next, so within a window agents are independent: a shard (one goroutine) sorts the events of the
// window by (To, At, ...) and walks its agents in that order, without locks. Between windows every shard gives every other
// shard one binary frame over a Bus; the frames are the barrier, and each also says when its sender next has something to
// do, so that empty windows are skipped. An event's identity and an agent's luck are pure functions of (seed, who, when,
// how-many-th), so neither the partition nor anyone else's behaviour can change them. The history of a run is a set of
// events with exactly one order, so its digest is a sum of hashes, and anyone can check any run.
//
// This file holds all nouns of the kernel. A model needs New, Add and Run; its agents need only Turn.
package sim

import (
	"context"
	"time"
)

// Time is a moment of the simulation, in ticks since its start. The model chooses what a tick is; see Clock.
type Time int64

// ID is the address of an agent: dense, in order of Add, independent of how agents are spread over shards.
type ID uint32

// Kind says what sort of thing happened. The model numbers its own kinds.
type Kind uint32

// Quiet marks kinds that are left out of the digest: the wakes of an observer, whose presence must not change a history.
const Quiet Kind = 1 << 31

// Lot numbers a kind of agent in the keys of luck. It must not depend on which other kinds take part in a run.
type Lot uint16

// Stream numbers one use of luck by one kind of agent, so that a draw for one purpose never shifts another.
type Stream uint16

// Topic numbers the notices of one agent.
type Topic uint32

// Cell numbers one counter of the tallies.
type Cell uint32

// An Event is something that happens to one agent at one time: a plain value without pointers or padding.
// (To, At, From, Said, Nth) is unique and orders all events of a run.
type Event[M any] struct {
	At, Said Time   // when it is heard, and when it was said
	To, From ID     // who hears it, who said it
	Nth      uint32 // how many-th thing its sender said at that moment
	Why      uint32 // what it was a reaction to, in the model's numbering; not part of the digest
	Kind     Kind
	Answers  uint32 // see Recorder; 0 everywhere else, and not part of the digest
	Msg      M
}

// An Agent is one kind of agent: what its members share (parameters, behaviour). S is what each member has of its own.
// S is plain (no pointers), or *S is a Codec.
type Agent[S, M any] interface {
	// Born sets up one member at time 0, before anything happens.
	Born(t *Turn[M], s *S)
	// React is called for every event that happens to the member, in order of time.
	React(t *Turn[M], s *S, e *Event[M])
}

// A Codec writes and reads a state that is not plain, so that a world can be copied between windows.
type Codec interface {
	Append(b []byte) []byte
	Read(b []byte) error
}

// An Auditor is an Agent whose state can be counted, at Options.Audit, into cells that a check compares with the tallies.
type Auditor[S any] interface {
	Audit(count func(Cell, int64), s *S)
}

// A Group is the agents of one Add: the addresses First ... First+N-1.
type Group struct {
	First ID
	N     int
}

// ID is the address of the i-th member, i from 0.
func (g Group) ID(i int) ID { return g.First + ID(i) }

// Has tells whether id is a member, and Index which one.
func (g Group) Has(id ID) bool { return id >= g.First && int(id-g.First) < g.N }

// Index is the number of a member within its group.
func (g Group) Index(id ID) int { return int(id - g.First) }

// Options of a world. Only Seed, Window, Until, Period, Lag, Cells and Audit can change what happens.
type Options[M any] struct {
	Seed   uint64
	Window Time // look-ahead: a message is heard at least this much later
	Until  Time // the run ends before this time; a multiple of Window

	Period Time // tallies are kept by period (a day); a multiple of Window, 0: no tallies
	Lag    Time // a period closes this long after its end; a multiple of Window
	Cells  int  // number of tally cells
	Topics int  // number of topics of notices
	Audit  int  // every so many periods the agents are counted as well; 0: never

	Shards      int  // goroutines that host the agents, over all processes; default 1
	Actors      bool // every agent its own goroutine, every event its own message: needs Wire
	Proc, Procs int  // this process and how many there are; default 0 of 1
	Bus         Bus  // needed for more than one shard
	Wire        Wire // needed for Actors

	// Balanced lists the cells whose changes must sum to zero in each shard after each window (double entry).
	Balanced []Cell
	// Check is shown the totals of each period when it closes, and by how much the audit's count of each cell differs from all
	// that was ever tallied to it (nil where there was no audit; of use for cells that agents count). An error stops the run.
	Check func(period int64, totals, audit []int64) error
	// CountMsg counts what an event under way carries into the audit.
	CountMsg func(count func(Cell, int64), e *Event[M])
	// Progress is called now and then with the time reached and the events so far in this process.
	Progress func(now Time, events uint64)
	Recorder Recorder[M]
}

// A Bus carries what the shards of one run say to each other, in one process or many.
//
// Exchange hands out[s] to every other shard s and returns their frames of the same round, by sender; in[shard] is nil.
// The frames returned may be overwritten by the shard's next Exchange, and out by the caller. It fails rather than lose a frame.
type Bus interface {
	Exchange(ctx context.Context, shard int, round uint64, out [][]byte) (in [][]byte, err error)
}

// A Wire carries single messages to numbered boxes: the agents of actors mode, and one box more for their coordinator.
type Wire interface {
	// Open makes box ready to receive.
	Open(box int) error
	// Say sends msg to box. The caller may use msg again afterwards.
	Say(box int, msg []byte) error
	// Hear waits for the next message to box. It fails when ctx ends or a message may have been lost.
	Hear(ctx context.Context, box int) ([]byte, error)
}

// A Recorder is shown every event that has happened, by shard and window, in order. Shards call it at the same time. It
// must not keep the slice, and nothing it does can change the run.
//
// Answers of an event is how many things its receiver had said at that moment once it had reacted to it. So it can be told what any
// event was a reaction to: of all that From heard at Said, to the first with Answers > Nth; what was said at 0 has no such cause. See
// Event.Parent.
type Recorder[M any] interface {
	Record(shard int, window int64, events []Event[M])
}

// A Clock turns ticks into dates and back.
type Clock struct {
	Epoch time.Time
	Tick  time.Duration
}

// Date is the date of t.
func (c Clock) Date(t Time) time.Time { return c.Epoch.Add(time.Duration(t) * c.Tick) }

// At is the time of date d, rounded down to a tick.
func (c Clock) At(d time.Time) Time { return Time(d.Sub(c.Epoch) / c.Tick) }
