package natsbus

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
)

// A hello is what a process says of itself before the first round.
type hello struct {
	Proc, Procs, Shards int
	Same                string
	Mark                string // tells two processes apart that think they are the same one
}

const (
	again    = 50 * time.Millisecond // between two questions to a process that is not there yet
	parting  = 3 * time.Second       // what a goodbye may take
	farewell = 1 << 10               // bytes of a reason that a goodbye carries
)

// meet waits until every other process has subscribed, and makes sure that all play the same run. It answers as soon as
// this process's own subscriptions stand, so two who meet never wait for each other.
func (b *Bus) meet(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, b.o.Deadline, fmt.Errorf("it did not answer for %v", b.o.Deadline))
	defer cancel()
	me := hello{Proc: b.o.Proc, Procs: b.o.Procs, Shards: b.o.Shards, Same: b.o.Same, Mark: rand.Text()}
	mine, err := json.Marshal(me)
	if err != nil {
		return err
	}
	if b.control, err = b.connect("handshake"); err != nil {
		return err
	}
	place := b.subject("hello", b.o.Proc)
	_, err = b.control.Subscribe(place, func(m *nats.Msg) {
		if err := me.compare(m.Data); err != nil && b.failure() == nil {
			b.fail(fmt.Errorf("natsbus: %w", err)) // do not wait to ask: the other may have given up by then
			if m.Reply == "" {
				_ = b.control.Publish(place, mine) // a double of ours: let it know too
			}
		}
		if m.Reply != "" {
			_ = m.Respond(mine)
		}
	})
	if err != nil {
		return err
	}
	if err := b.control.Publish(place, mine); err != nil {
		return err
	}
	if err := b.control.FlushTimeout(b.o.Deadline); err != nil {
		return err
	}
	for proc := range b.o.Procs {
		if proc != b.o.Proc {
			if err := b.greet(ctx, proc, me, mine); err != nil {
				return err
			}
		}
	}
	return nil
}

// greet asks one process until it answers.
func (b *Bus) greet(ctx context.Context, proc int, me hello, mine []byte) error {
	for {
		// A question can get lost with the process that it was for, so each waits for a second only.
		one, cancel := context.WithTimeout(ctx, time.Second)
		m, err := b.control.RequestWithContext(one, b.subject("hello", proc), mine)
		cancel()
		if err == nil {
			return me.compare(m.Data)
		}
		if failed := b.failure(); failed != nil {
			return failed
		}
		if ctx.Err() == nil && !errors.Is(err, nats.ErrNoResponders) && !errors.Is(err, context.DeadlineExceeded) {
			return fmt.Errorf("ask process %d: %w", proc, err)
		}
		select {
		case <-time.After(again):
		case <-b.broken:
			return b.err
		case <-ctx.Done():
			return fmt.Errorf("wait for process %d of %d: %w", proc, b.o.Procs, context.Cause(ctx))
		}
	}
}

// compare reads another process's hello and says what differs.
func (h hello) compare(data []byte) error {
	var other hello
	if err := json.Unmarshal(data, &other); err != nil {
		return fmt.Errorf("read a hello: %w", err)
	}
	switch {
	case other.Procs != h.Procs || other.Shards != h.Shards:
		return fmt.Errorf("process %d plays with %d processes and %d shards, process %d with %d and %d",
			h.Proc, h.Procs, h.Shards, other.Proc, other.Procs, other.Shards)
	case other.Same != h.Same:
		return fmt.Errorf("process %d plays %q, process %d plays %q: not the same run", h.Proc, h.Same, other.Proc, other.Same)
	case other.Proc == h.Proc && other.Mark != h.Mark:
		return fmt.Errorf("two processes play as process %d", h.Proc)
	}
	return nil
}

// goodbye tells the shards of other processes that this process's shards send no more. It goes the way of the frames and
// so arrives behind them: whoever has all frames it needs is not disturbed.
func (b *Bus) goodbye(why error) {
	if b.o.Procs == 1 {
		return
	}
	reason := "its run ended"
	if why != nil {
		reason = why.Error()
	}
	reason = reason[:min(len(reason), farewell)]
	for s, p := range b.ports {
		if p == nil {
			continue
		}
		h := header{sender: uint32(s), length: uint32(len(reason))}
		for to := range b.ports {
			if !b.Hosts(to) {
				_ = p.conn.Publish(b.frames[to], appendPart(nil, h, []byte(reason))) // who does not hear it has the deadline
			}
		}
		_ = p.conn.FlushTimeout(parting)
	}
}

// outstay waits a little until all other processes have said goodbye too, for their last frames may still be on their way
// through the server of this one.
func (b *Bus) outstay() {
	for late := time.Now().Add(parting); time.Now().Before(late); time.Sleep(5 * time.Millisecond) {
		if !b.othersHere() {
			return
		}
	}
}

func (b *Bus) othersHere() bool {
	for _, p := range b.ports {
		if p == nil {
			continue
		}
		p.mu.Lock()
		gone := len(p.gone)
		p.mu.Unlock()
		hosted := 0
		for s := range b.ports {
			if b.Hosts(s) {
				hosted++
			}
		}
		return gone < b.o.Shards-hosted
	}
	return false
}
