package sim

import (
	"context"
	"encoding/binary"
	"fmt"
	"runtime/debug"
	"sync"
	"unsafe"
)

// Actors mode: every agent is a shard of its own with its own goroutine and mailbox, and every event, also one an agent
// says to itself, is a message of its own. Only a wake within the window stays with its agent: it is never said. A barrier
// of all pairs would be n² empty frames, so a coordinator counts instead: an actor reports what it sent, and is told how
// many messages to wait for before it may play a window. It sorts them like any shard; arrival decides nothing.

// What is in a message: one byte, then the rest.
const (
	sayEvent = 'e' // the bytes of an event
	sayGo    = 'g' // coordinator to actor: window i64, events to expect u32
	sayAudit = 'a' // coordinator to actor: count; events that must be under way to it in all u32
	sayQuit  = 'q' // coordinator to actor: end; events that must be under way to it in all u32
	sayDone  = 'd' // actor to coordinator: actor u32, then for each event sent: to u32, window i64
)

// act is the life of one actor.
func (s *shard[M]) act(ctx context.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = s.fault(p)
		}
	}()
	var e Event[M]
	raw := unsafe.Slice((*byte)(unsafe.Pointer(&e)), unsafe.Sizeof(e))
	var order []byte // a go or quit that waits for its events
	for {
		if order == nil || !s.ready(order) {
			m, err := s.w.o.Wire.Hear(ctx, s.me)
			if err != nil {
				return err
			}
			switch {
			case len(m) == 1+len(raw) && m[0] == sayEvent:
				copy(raw, m[1:])
				s.q.push(&e)
			case len(m) == 13 && m[0] == sayGo, len(m) == 5 && (m[0] == sayAudit || m[0] == sayQuit):
				order = append([]byte(nil), m...)
			default:
				return fmt.Errorf("%w to actor %d", errFrame, s.me)
			}
			continue
		}
		if order[0] == sayQuit {
			return nil
		}
		if order[0] == sayAudit {
			s.counted = s.audit()
		} else if w := int64(binary.LittleEndian.Uint64(order[1:])); w < 0 {
			s.begin()
		} else {
			s.walk(w)
		}
		order = nil
		if err := s.deliver(); err != nil {
			return err
		}
	}
}

// ready tells whether all events that an order speaks of have come.
func (s *shard[M]) ready(order []byte) bool {
	if order[0] != sayGo {
		return s.q.n == int(binary.LittleEndian.Uint32(order[1:]))
	}
	w := int64(binary.LittleEndian.Uint64(order[1:]))
	if w < 0 {
		return true
	}
	s.q.reach(w) // what waits far ahead cannot be counted
	return s.q.waiting(w) == int(binary.LittleEndian.Uint32(order[9:]))
}

// deliver sends each event on its own and reports to the coordinator.
func (s *shard[M]) deliver() error {
	report := binary.LittleEndian.AppendUint32([]byte{sayDone}, uint32(s.me))
	for i := range s.letters {
		e := &s.letters[i]
		m := append([]byte{sayEvent}, unsafe.Slice((*byte)(unsafe.Pointer(e)), unsafe.Sizeof(*e))...)
		if err := s.w.o.Wire.Say(int(e.To), m); err != nil {
			return err
		}
		report = binary.LittleEndian.AppendUint32(report, uint32(e.To))
		report = binary.LittleEndian.AppendUint64(report, uint64(e.At/s.w.o.Window))
	}
	s.letters = s.letters[:0]
	return s.w.o.Wire.Say(s.w.agents, report)
}

// runActors plays all windows before end, in actors mode.
func (w *World[M]) runActors(ctx context.Context, end int64) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	for box := 0; box <= w.agents && !w.opened; box++ {
		if err := w.o.Wire.Open(box); err != nil {
			return err
		}
	}
	w.opened = true
	var all sync.WaitGroup
	for _, s := range w.shards {
		all.Go(func() {
			err := errGone
			defer func() {
				if err != nil {
					cancel(err) // ends all others, and the coordinator
				}
			}()
			err = s.act(ctx)
		})
	}
	if err := w.coordinate(ctx, end); err != nil {
		cancel(err)
	}
	all.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	w.total, w.count = nil, 0
	for _, s := range w.shards {
		for len(w.total) < len(s.marks) {
			w.total = append(w.total, Digest{})
		}
		for i, m := range s.marks {
			w.total[i].Add(m)
		}
		w.count += s.events
	}
	return nil
}

// coordinate leads the actors through the windows. Between a report and the next order an actor is idle, so the
// coordinator may read and write what belongs to its shard.
func (w *World[M]) coordinate(ctx context.Context, end int64) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &Fault{Window: w.next, Between: true, Cause: p, Stack: debug.Stack()}
		}
	}()
	if w.due == nil {
		w.due = map[int64]map[uint32]uint32{}
		everyone := map[uint32]uint32{}
		for i := range w.agents {
			everyone[uint32(i)] = 0
		}
		w.due[-1] = everyone
		w.next = -1
	}
	for w.next < end {
		go_ := binary.LittleEndian.AppendUint64([]byte{sayGo}, uint64(w.next))
		turn := w.due[w.next]
		delete(w.due, w.next)
		for i := range w.agents {
			if n, ok := turn[uint32(i)]; ok {
				if err := w.o.Wire.Say(i, binary.LittleEndian.AppendUint32(go_, n)); err != nil {
					return err
				}
			}
		}
		if err := w.collect(ctx, len(turn)); err != nil {
			return err
		}
		if err := w.closeWindow(ctx, w.next); err != nil {
			return err
		}
	}
	return w.tell(sayQuit)
}

// tell gives all actors an order that can be followed once everything under way has arrived.
func (w *World[M]) tell(order byte) error {
	under := make([]uint32, w.agents)
	for _, turn := range w.due { // a sum has no order
		for i, n := range turn { // likewise
			under[i] += n
		}
	}
	for i, n := range under {
		if err := w.o.Wire.Say(i, binary.LittleEndian.AppendUint32([]byte{order}, n)); err != nil {
			return err
		}
	}
	return nil
}

// collect waits for the reports of n actors.
func (w *World[M]) collect(ctx context.Context, n int) error {
	for range n {
		m, err := w.o.Wire.Hear(ctx, w.agents)
		switch {
		case err != nil:
			return err
		case len(m) < 5 || m[0] != sayDone || (len(m)-5)%12 != 0:
			return fmt.Errorf("%w to the coordinator", errFrame)
		}
		for m = m[5:]; len(m) > 0; m = m[12:] {
			at := int64(binary.LittleEndian.Uint64(m[4:]))
			if w.due[at] == nil {
				w.due[at] = map[uint32]uint32{}
			}
			w.due[at][binary.LittleEndian.Uint32(m)]++
		}
	}
	return nil
}

// closeWindow does for all actors what shards do for themselves when they meet: balance, notices, tallies, next window.
func (w *World[M]) closeWindow(ctx context.Context, window int64) error {
	tally := &w.shards[0].tally
	closes := tally.closing(w.o.Window) == window
	period := tally.first
	var totals, audit []int64
	if closes {
		totals = make([]int64, w.o.Cells)
		if w.o.Audit > 0 && (period+1)%int64(w.o.Audit) == 0 {
			audit = make([]int64, w.o.Cells)
			if err := w.tell(sayAudit); err != nil {
				return err
			}
			if err := w.collect(ctx, w.agents); err != nil {
				return err
			}
		}
	}
	var events uint64
	for _, s := range w.shards {
		if sum := s.tally.balance(); sum != 0 {
			return fmt.Errorf("conservation: accounts of agent %d sum to %d after window %d (%s)", s.me, sum, window, w.when(window))
		}
		for _, n := range s.posts {
			w.shards[0].board[n.Topic] = n // one board for all, see begin
		}
		s.posts = s.posts[:0]
		events += s.events
		if !closes {
			continue
		}
		for c, n := range s.tally.rows[period%open] {
			totals[c] += n
		}
		for c := range audit {
			audit[c] += s.counted[c]
		}
		clear(s.tally.rows[period%open])
		s.tally.first++
	}
	if closes {
		w.rows.put(period, totals)
		if w.o.Check != nil {
			if err := w.o.Check(period, totals, audit); err != nil {
				return err
			}
		}
	}
	w.next = tally.closing(w.o.Window)
	for at := range w.due { // a minimum has no order
		w.next = min(w.next, at)
	}
	if w.o.Progress != nil && window >= 0 {
		w.o.Progress(Time(window+1)*w.o.Window, events)
	}
	return nil
}
