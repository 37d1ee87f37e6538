package natsbus

import (
	"encoding/binary"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
)

// Every box says something to every box, itself too, and each hears all of it.
func TestWire(t *testing.T) {
	const boxes, each = 100, 5
	b := open(t, Options{Boxes: boxes})
	var all sync.WaitGroup
	for n := range boxes {
		if err := b.Open(n); err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			msg := make([]byte, 8)
			for i := range boxes * each {
				binary.LittleEndian.PutUint32(msg, uint32(n))
				binary.LittleEndian.PutUint32(msg[4:], uint32(i/boxes))
				if err := b.Say(i%boxes, msg); err != nil {
					t.Error(err)
				}
			}
			heard := map[string]bool{}
			for range boxes * each {
				msg, err := b.Hear(t.Context(), n)
				if err != nil {
					t.Error(err)
					return
				}
				heard[string(msg)] = true
			}
			if len(heard) != boxes*each {
				t.Errorf("box %d heard %d different messages", n, len(heard))
			}
		})
	}
	all.Wait()
	wants(t, b.Open(3), "box 3 is open already")
}

func TestWireDeadline(t *testing.T) {
	b := open(t, Options{Boxes: 2, Deadline: brief})
	_, err := b.Hear(t.Context(), 1)
	wants(t, err, "box 1 waits", "100ms")
	wants(t, b.Say(0, nil), "box 1 waits")
}

func TestWireStranger(t *testing.T) {
	b := open(t, Options{Boxes: 2})
	stranger(t, b).Publish(b.subject("box", 2), nil)
	_, err := b.Hear(t.Context(), 1)
	wants(t, err, "box.2, where no box is")
}

// Outsiders hear what is published, to the last message, and can neither hear nor disturb the run itself.
func TestOutsiders(t *testing.T) {
	const messages = 5000
	b := open(t, Options{Shards: 2, Boxes: 1, Listen: "localhost:0"})
	denied := make(chan error, 10)
	// A client that does not try to reconnect would forget what it has received when the server goes away.
	c, err := nats.Connect(b.URL(),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { denied <- err }))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	heard := make(chan string, messages+10)
	if _, err := c.Subscribe("pasar.>", func(m *nats.Msg) { heard <- string(m.Data) }); err != nil {
		t.Fatal(err)
	}
	c.Publish(b.frames[0], []byte("garbage"))
	c.Subscribe(b.subject("box", 0), func(*nats.Msg) {})
	c.Flush()
	for range 2 {
		wants(t, <-denied, "ermissions")
	}
	if err := b.Say(0, []byte("secret")); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Hear(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for s := range 2 {
		all.Go(func() {
			if err := alone(t, b, s, 0); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for i := range messages {
		b.Publish("pasar.test.event.order", []byte(fmt.Sprint(i)))
	}
	b.Publish("no good subject", nil)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	for i := range messages {
		if text := <-heard; text != fmt.Sprint(i) {
			t.Fatalf("message %d is %q", i, text)
		}
	}
	b.Publish("pasar.test.event.order", nil)
	if n := b.Dropped(); n != 2 {
		t.Errorf("%d dropped", n)
	}
}

// A tap that gets nothing rid drops and does not wait.
func TestTapOverflow(t *testing.T) {
	b := open(t, Options{Listen: "127.0.0.1:0"})
	big := make([]byte, 1<<20)
	for range 3 * tapBytes / len(big) {
		b.Publish("pasar.test.event.order", big)
	}
	for range 3 * tapMessages {
		b.Publish("pasar.test.event.order", nil)
	}
	b.Publish("pasar.test.event.order", make([]byte, 2<<20)) // more than NATS takes
	for b.Dropped() == 0 {
		time.Sleep(time.Millisecond)
	}
}
