package sim

import "fmt"

// A Turn is one agent's chance to act on one event. It is valid only during the call it was given to.
type Turn[M any] struct {
	Now    Time   // the moment of the event
	Self   ID     // the agent
	Number uint32 // the agent's number within its kind

	sh   *shard[M]
	seed uint64
	lot  Lot
	nth  uint32
	why  uint32
}

// Luck is the luck of the decision that need or view n of the agent gives rise to; it keeps no state between calls.
func (t *Turn[M]) Luck(stream Stream, n uint32) Luck {
	return NewLuck(t.seed, t.lot, stream, t.Number, n)
}

// Because says what the agent's further sends in this turn are a reaction to.
func (t *Turn[M]) Because(why uint32) { t.why = why }

// Why is what the event of this turn, or the last Because, named as its reason.
func (t *Turn[M]) Why() uint32 { return t.why }

// Send says something to an agent, who hears it one window from now.
func (t *Turn[M]) Send(to ID, k Kind, m M) { t.SendIn(t.sh.w.o.Window, to, k, m) }

// SendIn says something that is heard after a delay of at least one window; less is a mistake of the model and panics.
func (t *Turn[M]) SendIn(after Time, to ID, k Kind, m M) {
	if after < t.sh.w.o.Window {
		panic(fmt.Sprintf("sim: agent %d sends kind %d in %d ticks, less than the window of %d", t.Self, k, after, t.sh.w.o.Window))
	}
	if int(to) >= t.sh.w.agents {
		panic(fmt.Sprintf("sim: agent %d sends kind %d to agent %d of %d", t.Self, k, to, t.sh.w.agents))
	}
	t.write(t.sh.send(t.Now+after, to), t.Now+after, to, k, m)
}

// Wake reminds the agent itself after a delay of at least one tick, also within the window.
func (t *Turn[M]) Wake(after Time, k Kind, m M) {
	if after < 1 {
		panic(fmt.Sprintf("sim: agent %d wakes itself in %d ticks", t.Self, after))
	}
	at := t.Now + after
	var e *Event[M]
	if at < Time(t.sh.window+1)*t.sh.w.o.Window {
		e = t.sh.wakeNow(at)
	} else {
		e = t.sh.send(at, t.Self)
	}
	t.write(e, at, t.Self, k, m)
}

// write says an event where there is room for it. It sets all fields: what was there before is of no account.
func (t *Turn[M]) write(e *Event[M], at Time, to ID, k Kind, m M) {
	e.At, e.Said = at, t.Now
	e.To, e.From = to, t.Self
	e.Nth, e.Why = t.nth, t.why
	e.Kind, e.Answers = k, 0
	e.Msg = m
	t.nth++
}

// Tally adds n to a cell of the period that at falls in. Counters are write-only: their totals can be read with Closed when
// the period is over. A tally to a period that is closed panics.
func (t *Turn[M]) Tally(at Time, cell Cell, n int64) { t.sh.tally.add(at, cell, n) }

// Closed is the totals of a period over all agents, or nil while it is open. It must not be changed.
func (t *Turn[M]) Closed(period int64) []int64 {
	if period >= t.sh.tally.first {
		return nil
	}
	return t.sh.w.rows.get(period)
}

// Post publishes a notice that everyone can read from the next window on, in place of the one before. A topic has one
// author; at most one notice a window. The bytes must not be changed afterwards.
func (t *Turn[M]) Post(topic Topic, notice []byte) { t.sh.post(t.Self, topic, notice) }

// Posted is the notice on a topic that was posted last before this window, or nil.
func (t *Turn[M]) Posted(topic Topic) *Notice { return t.sh.board[topic] }
