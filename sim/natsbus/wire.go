package natsbus

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"

	"pasar/sim/natsd"
)

// A wire is what actors mode uses: every event is a message of its own to the box of its receiver. One subscription takes
// the messages to all boxes and spreads them over queues: a thousand subscriptions would each need a goroutine, and a
// message would wake two.
type wire struct {
	send    []*nats.Conn // a box's messages always take the same one
	subject []string
	boxes   []box
	heard   atomic.Uint64 // messages so far, to any box
}

// senders spreads the messages over a few connections, so that speakers wait less for each other.
const senders = 2

type box struct {
	mu    sync.Mutex
	open  bool
	queue [][]byte // what has come and not been heard, from first
	first int
	ready chan struct{}
	timer *time.Timer // the deadline, for who hears
}

func (b *Bus) openWire() error {
	w := &wire{boxes: make([]box, b.o.Boxes)}
	for i := range w.boxes {
		w.boxes[i].ready = make(chan struct{}, 1)
		w.subject = append(w.subject, b.subject("box", i))
	}
	for i := range senders {
		c, err := b.connect(fmt.Sprintf("speaker %d", i))
		if err != nil {
			return err
		}
		w.send = append(w.send, c)
	}
	c, err := b.connect("listener")
	if err != nil {
		return err
	}
	b.wire = w
	prefix := strings.TrimSuffix(w.subject[0], "0")
	sub, err := c.Subscribe(prefix+"*", func(m *nats.Msg) { b.deliver(m, prefix) })
	if err != nil {
		return err
	}
	if err := sub.SetPendingLimits(-1, -1); err != nil { // what the actors of one window say
		return err
	}
	return c.FlushTimeout(b.o.Deadline)
}

func (b *Bus) deliver(m *nats.Msg, prefix string) {
	n, err := strconv.Atoi(m.Subject[len(prefix):])
	if err != nil || n < 0 || n >= len(b.wire.boxes) {
		b.fail(fmt.Errorf("natsbus: a message to %s, where no box is", m.Subject))
		return
	}
	x := &b.wire.boxes[n]
	x.mu.Lock()
	x.queue = append(x.queue, m.Data)
	x.mu.Unlock()
	b.wire.heard.Add(1)
	select {
	case x.ready <- struct{}{}:
	default:
	}
}

func (b *Bus) box(n int) *box {
	if b.wire == nil || n < 0 || n >= len(b.wire.boxes) {
		panic(fmt.Sprintf("natsbus: box %d of %d", n, b.o.Boxes))
	}
	return &b.wire.boxes[n]
}

// Open implements sim.Wire. A box is subscribed from the start; what matters is that nobody has it already.
func (b *Bus) Open(n int) error {
	x := b.box(n)
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.open {
		return fmt.Errorf("natsbus: box %d is open already", n)
	}
	x.open = true
	return b.failure()
}

// Say implements sim.Wire. The caller keeps msg.
func (b *Bus) Say(n int, msg []byte) error {
	b.box(n)
	if err := b.failure(); err != nil {
		return err
	}
	if err := b.wire.send[n%senders].Publish(b.wire.subject[n], msg); err != nil {
		return fmt.Errorf("natsbus: say to box %d: %w", n, err)
	}
	return nil
}

// Hear implements sim.Wire. One goroutine at a time may hear a box. It is no failure that one box stays empty for long, for
// an agent may have nothing to do; that no box at all hears anything before the deadline is.
func (b *Bus) Hear(ctx context.Context, n int) ([]byte, error) {
	x := b.box(n)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if msg, ok := x.take(); ok {
		return msg, nil
	}
	seen := b.wire.heard.Load()
	if x.timer == nil {
		x.timer = time.NewTimer(natsd.Never)
	}
	x.timer.Reset(b.o.Deadline)
	defer x.timer.Stop()
	for {
		select {
		case <-x.ready:
			if msg, ok := x.take(); ok {
				return msg, nil
			}
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-b.broken:
			return nil, b.err
		case <-x.timer.C:
			now := b.wire.heard.Load()
			if now == seen {
				err := fmt.Errorf("natsbus: box %d waits, and for %v nobody heard anything", n, b.o.Deadline)
				b.fail(err)
				return nil, err
			}
			seen = now
			x.timer.Reset(b.o.Deadline)
		}
	}
}

func (x *box) take() (msg []byte, ok bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.first == len(x.queue) {
		return nil, false
	}
	msg, x.queue[x.first] = x.queue[x.first], nil
	if x.first++; x.first == len(x.queue) {
		x.queue, x.first = x.queue[:0], 0
	}
	return msg, true
}
