package natsbus

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
)

// What may wait for the tap's connection.
const (
	tapMessages = 1 << 14
	tapBytes    = 64 << 20
)

// A tap sends to the outside without ever making the simulation wait: what does not fit into its queue is dropped and
// counted. It has a connection of its own, since a slow observer makes NATS slow down who it listens to.
type tap struct {
	conn    *nats.Conn
	queue   chan note
	bytes   atomic.Int64 // in the queue
	dropped atomic.Int64
	done    chan struct{}

	mu     sync.RWMutex
	closed bool
}

type note struct {
	subject string
	data    []byte
}

func (b *Bus) openTap() error {
	t := &tap{queue: make(chan note, tapMessages), done: make(chan struct{})}
	// An observer's trouble is not the run's: this connection comes back when it breaks.
	conn, err := b.dial("tap", nats.MaxReconnects(-1),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}))
	if err != nil {
		return err
	}
	t.conn = conn
	go func() {
		defer close(t.done)
		for n := range t.queue {
			t.bytes.Add(-int64(len(n.data)))
			if err := conn.Publish(n.subject, n.data); err != nil {
				t.dropped.Add(1)
			}
		}
	}()
	b.tap = t
	return nil
}

// Publish sends a message to whoever listens, soon and if it can; it never waits. It copies nothing: data belongs to the
// bus from now on. The message counts as dropped if the queue is full, the bus is closed or NATS refuses it.
func (b *Bus) Publish(subject string, data []byte) {
	t := b.tap
	t.mu.RLock()
	defer t.mu.RUnlock()
	if t.bytes.Add(int64(len(data))) <= tapBytes && !t.closed {
		select {
		case t.queue <- note{subject, data}:
			return
		default:
		}
	}
	t.bytes.Add(-int64(len(data)))
	t.dropped.Add(1)
}

// Dropped is how many messages to Publish were not sent.
func (b *Bus) Dropped() int64 { return b.tap.dropped.Load() }

// close sends what is in the queue and waits until the server has it.
func (t *tap) close() error {
	t.mu.Lock()
	t.closed = true
	t.mu.Unlock()
	close(t.queue)
	select {
	case <-t.done:
	case <-time.After(parting):
	}
	err := nats.ErrDisconnected
	if t.conn.IsConnected() {
		err = t.conn.FlushTimeout(parting)
	}
	t.conn.Close()
	<-t.done
	if err != nil {
		return fmt.Errorf("natsbus: what was published last may be lost: %w", err)
	}
	return nil
}
