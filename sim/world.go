package sim

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
)

// A World is one run: its agents, the events under way and the moment it has reached.
type World[M any] struct {
	o      Options[M]
	agents int
	groups []members[M]
	shards []*shard[M] // by number; nil where another process hosts it
	pins   pinboard
	rows   closedRows
	now    int64 // window reached by the last stop
	next   int64 // window in which something happens next
	events atomic.Uint64
	total  []Digest // by period, over all processes, as of the last stop
	count  uint64
	broken error // why the world cannot go on

	due    map[int64]map[uint32]uint32 // actors mode: events under way, by window and agent
	opened bool                        // actors mode: the boxes are open
}

// New makes an empty world. It panics where the options contradict each other or M is not plain: mistakes of the program.
func New[M any](o Options[M]) *World[M] {
	o.Shards, o.Procs = max(o.Shards, 1), max(o.Procs, 1)
	if !littleEndian {
		panic("sim: this machine is big-endian; frames are little-endian")
	}
	if err := checkPlain(reflect.TypeFor[M](), false); err != nil {
		panic(fmt.Sprintf("sim: message %s is not plain: %v", reflect.TypeFor[M](), err))
	}
	if sizeOf[M]()%8 != 0 {
		panic(fmt.Sprintf("sim: message %s has %d bytes, not a multiple of 8", reflect.TypeFor[M](), sizeOf[M]()))
	}
	switch {
	case o.Window < 1:
		panic(fmt.Sprintf("sim: window of %d ticks", o.Window))
	case o.Until < 0 || o.Period < 0 || o.Lag < 0 || o.Cells < 0 || o.Topics < 0 || o.Audit < 0:
		panic("sim: negative until, period, lag, cells, topics or audit")
	case o.Until%o.Window != 0 || o.Period%o.Window != 0 || o.Lag%o.Window != 0:
		panic(fmt.Sprintf("sim: until %d, period %d or lag %d is not a multiple of the window %d", o.Until, o.Period, o.Lag, o.Window))
	case o.Lag > o.Period*(open-2):
		panic(fmt.Sprintf("sim: lag %d with period %d", o.Lag, o.Period))
	case o.Shards > 1 && o.Bus == nil && !o.Actors:
		panic("sim: more than one shard and no Bus")
	case o.Actors && (o.Wire == nil || o.Procs > 1):
		panic("sim: actors need a Wire and live in one process")
	case slices.ContainsFunc(o.Balanced, func(c Cell) bool { return int(c) >= o.Cells }):
		panic(fmt.Sprintf("sim: balanced cells %v of %d", o.Balanced, o.Cells))
	case !o.Actors && o.Procs > o.Shards || o.Proc < 0 || o.Proc >= o.Procs:
		panic(fmt.Sprintf("sim: process %d of %d with %d shards", o.Proc, o.Procs, o.Shards))
	}
	return &World[M]{o: o, pins: pinboard{last: make([][2]*Notice, o.Topics)}}
}

// Owner is the process that hosts a shard.
func Owner(shard, shards, procs int) int { return shard * procs / shards }

func (w *World[M]) begun() bool { return w.shards != nil }

// begin spreads the agents over the shards.
func (w *World[M]) begin() {
	if w.begun() {
		return
	}
	if w.o.Actors {
		w.o.Shards = w.agents
	}
	for _, g := range w.groups {
		g.spread(w.o.Shards)
	}
	w.shards = make([]*shard[M], w.o.Shards)
	for i := range w.shards {
		if Owner(i, w.o.Shards, w.o.Procs) == w.o.Proc {
			w.shards[i] = newShard(w, i)
		}
		if w.o.Actors {
			w.shards[i].board = w.shards[0].board // written only by the coordinator, between windows
		}
	}
}

func (w *World[M]) when(window int64) string {
	return fmt.Sprintf("time %d", Time(window)*w.o.Window)
}

// Run plays the world up to Options.Until and returns the digest of its history. After an error, or when ctx ends, what has
// been closed so far can still be read.
func (w *World[M]) Run(ctx context.Context) (Digest, error) { return w.RunTo(ctx, w.o.Until) }

// RunTo plays the world up to the window that holds t, which has not begun when it returns, so that the world can be looked
// at, go on, or be resumed by another.
func (w *World[M]) RunTo(ctx context.Context, t Time) (Digest, error) {
	if w.broken != nil {
		return w.Digest(), fmt.Errorf("sim: the world cannot go on: %w", w.broken)
	}
	w.begin()
	end := int64(t / w.o.Window)
	play := w.runShards
	if w.o.Actors {
		play = w.runActors
	}
	if w.broken = play(ctx, end); w.broken != nil {
		return w.Digest(), w.broken
	}
	w.now = max(w.now, end)
	for w.o.Period > 0 && Time(len(w.total))*w.o.Period < Time(end)*w.o.Window { // quiet periods have a digest as well
		w.total = append(w.total, Digest{})
	}
	return w.Digest(), nil
}

// runShards plays all windows before end.
func (w *World[M]) runShards(ctx context.Context, end int64) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var all sync.WaitGroup
	var mu sync.Mutex
	var first error
	var reached int64
	for _, s := range w.shards {
		if s == nil {
			continue
		}
		all.Go(func() {
			next, err := int64(none), errGone
			defer func() {
				mu.Lock()
				defer mu.Unlock()
				reached = next // the same for all
				if err != nil && first == nil {
					first = err
					cancel(err)
				}
			}()
			next, err = s.run(ctx, end)
		})
	}
	all.Wait()
	w.next = reached
	return first
}

// run walks window after window until end.
func (s *shard[M]) run(ctx context.Context, end int64) (next int64, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = s.fault(p)
		}
	}()
	next = s.w.next
	if !s.born {
		s.born = true
		s.begin()
		if next, err = s.meet(ctx); err != nil {
			return next, err
		}
	}
	for next < end {
		if err := ctx.Err(); err != nil {
			return next, context.Cause(ctx)
		}
		before := s.events
		s.walk(next)
		s.w.report(s, s.events-before)
		if next, err = s.meet(ctx); err != nil {
			return next, err
		}
	}
	return next, s.settle(ctx)
}

// report counts the events of a window and lets the first shard of the process tell of them.
func (w *World[M]) report(s *shard[M], n uint64) {
	all := w.events.Add(n)
	if w.o.Progress != nil && (s.me == 0 || w.shards[s.me-1] == nil) {
		w.o.Progress(Time(s.window+1)*w.o.Window, all)
	}
}

// settle gives all processes the digest of the whole history.
func (s *shard[M]) settle(ctx context.Context) error {
	head := Digest{1 << 63, s.events} // its first word is settled, where a frame names its window
	mine := append([]Digest{head}, s.marks...)
	total := append([]Digest(nil), mine...)
	if s.w.o.Shards > 1 {
		out := make([][]byte, s.w.o.Shards)
		for d := range out {
			out[d] = bytesOf(mine)
		}
		in, err := s.w.o.Bus.Exchange(ctx, s.me, s.round, out)
		s.round++
		if err != nil {
			return err
		}
		if len(in) != s.w.o.Shards {
			return fmt.Errorf("%w: %d frames of %d shards", errFrame, len(in), s.w.o.Shards)
		}
		for from, f := range in {
			if from == s.me {
				continue
			}
			theirs := make([]Digest, len(f)/sizeOf[Digest]())
			if copy(bytesOf(theirs), f) < len(f) || len(f) == 0 || theirs[0][0] != head[0] {
				return fmt.Errorf("%w from shard %d at a stop", errFrame, from)
			}
			for len(total) < len(theirs) {
				total = append(total, Digest{})
			}
			for i := range theirs {
				total[i].Add(theirs[i])
			}
		}
	}
	s.w.pins.mu.Lock()
	defer s.w.pins.mu.Unlock()
	s.w.count, s.w.total = total[0][1], total[1:]
	return nil
}

// Digest is the digest of the history up to the last stop.
func (w *World[M]) Digest() (d Digest) {
	for _, m := range w.total {
		d.Add(m)
	}
	return d
}

// Digests is the digest of each period (of everything, if there are none), up to the last stop.
func (w *World[M]) Digests() []Digest { return w.total }

// Events is the number of events, over all processes, up to the last stop.
func (w *World[M]) Events() uint64 { return w.count }

// Closed is the totals of a period, or nil if it has not closed.
func (w *World[M]) Closed(period int64) []int64 { return w.rows.get(period) }

// Posted is the last notice on a topic, or nil.
func (w *World[M]) Posted(topic Topic) *Notice {
	for _, s := range w.shards {
		if s != nil {
			return s.board[topic]
		}
	}
	return nil
}
