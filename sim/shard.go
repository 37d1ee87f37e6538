package sim

import "math"

// none is the window of something that never happens.
const none = math.MaxInt64

// never is later than any event.
const never = Time(none)

// A hosted is the part of a group that lives on one shard, in slots from ... to-1.
type hosted[M any] struct {
	members[M]
	id       ID // of the group's first member, here or elsewhere
	luck     Lot
	from, to int
}

// A shard hosts every Shards-th agent in one goroutine: it walks them window by window and talks to other shards only by
// frames.
type shard[M any] struct {
	w      *World[M]
	me     int
	shards ID // how many there are
	kinds  []hosted[M]
	slots  int // agents here; an agent's slot is its ID / Shards
	q      *queue[M]
	turn   Turn[M]
	window int64 // the current one, or the next while between windows
	born   bool

	keys   []uint64 // of a window's events: receiver and place
	spare  []uint64 // as long
	chunks []*chunk[M]
	batch  []Event[M] // some events of the window, by receiver
	order  []uint32   // of those of the agent on turn
	seen   byte       // of states that were looked at: of no account, but a look that leaves nothing would be compiled away
	wakes  []Event[M] // of the agent on turn, still within the window, in order
	done   []Event[M] // what the Recorder will be shown

	out       [][]byte // the frames under way
	sent      []uint32
	sentFirst Time // when the first event in them is heard
	tail      []byte
	letters   []Event[M] // actors mode: what this turn said
	counted   []int64    // actors mode: what the last audit found
	posts     []*Notice
	board     []*Notice

	tally  tallies
	marks  []Digest // by period
	events uint64
	at     *Event[M] // being handled; nil between windows
	woken  Event[M]  // the wake being handled
	round  uint64
}

func newShard[M any](w *World[M], me int) *shard[M] {
	s := &shard[M]{w: w, me: me, shards: ID(w.o.Shards), q: newQueue[M](w.o.Window), window: -1, sentFirst: never}
	s.turn.sh = s
	s.turn.seed = w.o.Seed
	if !w.o.Actors {
		s.out = make([][]byte, w.o.Shards)
		s.sent = make([]uint32, w.o.Shards)
	}
	s.board = make([]*Notice, w.o.Topics)
	s.tally = newTallies(w.o.Period, w.o.Lag, w.o.Cells, w.o.Balanced)
	for _, g := range w.groups {
		if n := g.place(me); n > 0 {
			s.kinds = append(s.kinds, hosted[M]{g, g.first(), g.lot(), s.slots, s.slots + n})
			s.slots += n
		}
	}
	return s
}

// send makes room for an event, on its way to the one who hears it.
func (s *shard[M]) send(at Time, to ID) *Event[M] {
	if s.w.o.Actors {
		s.letters = append(s.letters, Event[M]{})
		return &s.letters[len(s.letters)-1]
	}
	if d := int(to % s.shards); d != s.me {
		return s.addEvent(d, at)
	}
	return s.q.add(at)
}

// wakeNow makes room for a wake in the current window, at a time. Of wakes at one time, the last that was asked for is last.
func (s *shard[M]) wakeNow(at Time) *Event[M] {
	i := len(s.wakes)
	s.wakes = append(s.wakes, Event[M]{})
	for ; i > 0 && at < s.wakes[i-1].At; i-- {
		s.wakes[i] = s.wakes[i-1]
	}
	return &s.wakes[i]
}

// begin lets every agent be born, at time 0, before window 0.
func (s *shard[M]) begin() {
	for i := range s.kinds {
		k := &s.kinds[i]
		for at := k.from; at < k.to; at++ {
			s.face(k, at)
			s.woken = Event[M]{To: s.turn.Self}
			s.at = &s.woken
			s.turn.nth, s.turn.why = 0, 0
			k.born(&s.turn, s.me, at-k.from)
		}
	}
	s.at = nil
}

// face turns to the agent in a slot.
func (s *shard[M]) face(k *hosted[M], at int) {
	s.turn.Now = 0
	s.turn.Self = ID(at)*s.shards + ID(s.me)
	s.turn.Number = uint32(s.turn.Self - k.id)
	s.turn.lot = k.luck
}

// walk runs one window: each agent in order of ID with its events in order of time.
func (s *shard[M]) walk(w int64) {
	s.window = w
	b := s.q.take(w)
	s.load(&b)
	s.done = s.done[:0]
	var sum Digest
	k := 0
	var batch []Event[M]
	for keys := s.keys; len(keys) > 0 || len(batch) > 0; {
		if len(batch) == 0 {
			s.fetch(keys)
			batch, keys = s.batch, keys[len(s.batch):]
		}
		to, n := batch[0].To, 1
		for n < len(batch) && batch[n].To == to {
			n++
		}
		mine := batch[:n]
		batch = batch[n:]
		s.order = sortByTime(mine, s.order)
		at := int(to / s.shards)
		for at >= s.kinds[k].to {
			k++
		}
		s.face(&s.kinds[k], at)
		s.visit(&s.kinds[k], at-s.kinds[k].from, mine, &sum)
	}
	s.at = nil
	s.q.drain(&b)
	s.mark(w, sum)
	if s.w.o.Recorder != nil && len(s.done) > 0 {
		s.w.o.Recorder.Record(s.me, w, s.done)
	}
}

// visit gives an agent its events of the window, and the wakes it asks for meanwhile.
func (s *shard[M]) visit(g *hosted[M], k int, mine []Event[M], sum *Digest) {
	order := s.order
	for {
		switch {
		case len(order) > 0 && (len(s.wakes) == 0 || before(&mine[order[0]], &s.wakes[0])):
			s.at = &mine[order[0]]
			order = order[1:]
		case len(s.wakes) > 0:
			s.woken = s.wakes[0]
			s.wakes = s.wakes[:copy(s.wakes, s.wakes[1:])]
			s.at = &s.woken
		default:
			return
		}
		e := s.at
		if e.At != s.turn.Now {
			s.turn.Now, s.turn.nth = e.At, 0
		}
		s.turn.why = e.Why
		if e.Kind&Quiet == 0 {
			sum.add(hashEvent(e))
			s.events++
		}
		if s.w.o.Recorder != nil {
			s.done = append(s.done, *e)
		}
		g.react(&s.turn, s.me, k, e)
		if n := len(s.done); n > 0 {
			s.done[n-1].Answers = s.turn.nth
		}
	}
}

// mark adds the digest of a window to that of its period.
func (s *shard[M]) mark(w int64, d Digest) {
	p := 0
	if s.w.o.Period > 0 {
		p = int(Time(w) * s.w.o.Window / s.w.o.Period)
	}
	for len(s.marks) <= p {
		s.marks = append(s.marks, Digest{})
	}
	s.marks[p].Add(d)
}
