package natsbus

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"
)

const brief = 100 * time.Millisecond

func alone(t *testing.T, b *Bus, shard int, round uint64) error {
	t.Helper()
	_, err := b.Exchange(t.Context(), shard, round, make([][]byte, b.o.Shards))
	return err
}

// A stranger plays shard 1, and two parts of its frame get lost.
func TestMissingPart(t *testing.T) {
	b := open(t, Options{Shards: 3, Deadline: brief})
	c := stranger(t, b)
	h := header{sender: 1, round: 7, parts: 4, length: 3*partSize + 5}
	for _, h.part = range []uint32{3, 1} {
		size := partSize
		if h.part == 3 {
			size = 5
		}
		c.Publish(b.frames[0], appendPart(nil, h, make([]byte, size)))
	}
	err := alone(t, b, 0, 7)
	wants(t, err, "shard 0, round 7", "parts 1, 3 of 4 (2 have come) from shard 1", "everything from shard 2 of process 0", "100ms")
	if again := alone(t, b, 2, 7); again == nil || again.Error() != err.Error() {
		t.Errorf("the other shard fails with %v", again)
	}
}

func TestStrangers(t *testing.T) {
	whole := header{sender: 1, round: 3, parts: 1, length: 2}
	two := header{sender: 1, round: 3, parts: 2, length: partSize + 1}
	spoil := func(b []byte, at int) []byte { b[at]++; return b }
	for name, c := range map[string]struct {
		messages [][]byte
		words    string
	}{
		"garbage":      {[][]byte{[]byte("hello")}, "no part of a frame"},
		"empty":        {[][]byte{nil}, "no part of a frame"},
		"magic":        {[][]byte{spoil(appendPart(nil, whole, []byte("ab")), 0)}, "no part of a frame"},
		"flipped bit":  {[][]byte{spoil(appendPart(nil, whole, []byte("ab")), headSize)}, "checksum"},
		"short":        {[][]byte{appendPart(nil, whole, []byte("a"))}, "1 bytes and not 2"},
		"twice":        {[][]byte{appendPart(nil, whole, []byte("ab")), appendPart(nil, whole, []byte("ab"))}, "twice"},
		"twice of two": {[][]byte{appendPart(nil, two, make([]byte, partSize)), appendPart(nil, two, make([]byte, partSize))}, "twice"},
		"other length": {[][]byte{appendPart(nil, whole, []byte("ab")), appendPart(nil, two, make([]byte, partSize))}, "an earlier part said"},
		"itself":       {[][]byte{appendPart(nil, header{sender: 0, round: 3, parts: 1}, nil)}, "no such sender"},
		"nobody":       {[][]byte{appendPart(nil, header{sender: 1 << 31, round: 3, parts: 1}, nil)}, "no such sender"},
		"past":         {[][]byte{appendPart(nil, header{sender: 1, round: 2, parts: 1}, nil)}, "while round 3 is due"},
		"far future":   {[][]byte{appendPart(nil, header{sender: 1, round: 5, parts: 1}, nil)}, "while round 3 is due"},
		"parts":        {[][]byte{appendPart(nil, header{sender: 1, round: 3, parts: 3, length: 2}, nil)}, "no part of a frame of 2"},
		"part":         {[][]byte{appendPart(nil, header{sender: 1, round: 3, part: 1, parts: 1}, nil)}, "no part of a frame of 0"},
		"huge":         {[][]byte{appendPart(nil, header{sender: 1, round: 3, parts: 1 << 18, length: 1<<32 - 1}, nil)}, "4294967295 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, Options{Shards: 3})
			failed := make(chan error)
			go func() {
				_, err := b.Exchange(t.Context(), 0, 3, make([][]byte, 3))
				failed <- err
			}()
			for !b.ports[0].isWaiting() {
				time.Sleep(time.Millisecond)
			}
			for _, m := range c.messages {
				if err := stranger(t, b).Publish(b.frames[0], m); err != nil {
					t.Fatal(err)
				}
			}
			wants(t, <-failed, "shard 0 received", c.words)
		})
	}
}

func (p *port) isWaiting() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.waiting
}

// A frame of the next round must wait for this round's Exchange to begin, or it would overwrite what the shard still reads.
func TestAheadOfIdleShard(t *testing.T) {
	b := open(t, Options{Shards: 2})
	var all sync.WaitGroup
	for s := range 2 {
		all.Go(func() {
			if err := alone(t, b, s, 1); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	stranger(t, b).Publish(b.frames[0], appendPart(nil, header{sender: 1, round: 3, parts: 1}, nil))
	<-b.broken
	wants(t, b.err, "round 3 while round 2 is due")
}

func TestRoundsInOrder(t *testing.T) {
	b := open(t, Options{Shards: 2})
	var all sync.WaitGroup
	for s := range 2 {
		all.Go(func() {
			if err := alone(t, b, s, 5); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	wants(t, alone(t, b, 0, 5), "turns to round 5 where round 6 is due")
}

func TestCancel(t *testing.T) {
	b := open(t, Options{Shards: 2, Boxes: 2})
	ctx, cancel := context.WithCancel(t.Context())
	failed := make(chan error)
	go func() {
		_, err := b.Exchange(ctx, 0, 0, make([][]byte, 2))
		failed <- err
	}()
	go func() {
		_, err := b.Hear(ctx, 0)
		failed <- err
	}()
	for !b.ports[0].isWaiting() {
		time.Sleep(time.Millisecond)
	}
	cancel()
	for range 2 {
		if err := <-failed; !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled with %v", err)
		}
	}
	wants(t, alone(t, b, 0, 1), "did not finish round 0", "context canceled")
}

func TestCloseWakes(t *testing.T) {
	b := open(t, Options{Shards: 2, Boxes: 1})
	failed := make(chan error)
	go func() { failed <- alone(t, b, 0, 0) }()
	go func() {
		_, err := b.Hear(t.Context(), 0)
		failed <- err
	}()
	for !b.ports[0].isWaiting() {
		time.Sleep(time.Millisecond)
	}
	b.Close()
	for range 2 {
		if err := <-failed; !errors.Is(err, ErrClosed) {
			t.Errorf("closed with %v", err)
		}
	}
}

func TestConnectionLost(t *testing.T) {
	b, err := Open(t.Context(), Options{Run: "test", Shards: 2, Boxes: 1})
	if err != nil {
		t.Fatal(err)
	}
	b.server.Shutdown()
	wants(t, alone(t, b, 0, 0), "natsbus: the connection of", "failed")
	_, err = b.Hear(t.Context(), 0)
	wants(t, err, "failed")
	wants(t, b.Close(), "published last")
}

func TestNotTheSame(t *testing.T) {
	url := outside(t)
	var all sync.WaitGroup
	for p := range 2 {
		all.Go(func() {
			same := []string{"tax seed 1", "tax seed 2"}[p]
			_, err := Open(t.Context(), Options{Run: "test", Shards: 2, Proc: p, Procs: 2, URL: url, Same: same})
			wants(t, err, `"tax seed 1"`, `"tax seed 2"`, "not the same run")
		})
	}
	all.Wait()
}

func TestDoubles(t *testing.T) {
	url := outside(t)
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() {
			_, err := Open(t.Context(), Options{Run: "test", Shards: 2, Proc: 1, Procs: 2, URL: url})
			wants(t, err, "two processes play as process 1")
		})
	}
	all.Wait()
}

func TestNobodyThere(t *testing.T) {
	url := outside(t)
	o := Options{Run: "test", Shards: 2, Procs: 2, URL: url, Deadline: brief}
	_, err := Open(t.Context(), o)
	wants(t, err, "wait for process 1 of 2", "100ms")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	o.Deadline = 0
	_, err = Open(ctx, o)
	wants(t, err, "wait for process 1 of 2", "canceled")
}

// Who leaves in the middle is missed at once, with the reason, by whoever needs more of it; not by others.
func TestGoodbye(t *testing.T) {
	b := pair(t, Options{URL: outside(t), Shards: 2})
	done := make(chan error, 1)
	go func() { done <- alone(t, b[1], 1, 0) }()
	if err := alone(t, b[0], 0, 0); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	go func() { done <- alone(t, b[1], 1, 1) }()
	b[0].Leave(errors.New("the books are short by 3"))
	wants(t, <-done, "shard 1 waits in round 1 for shard 0 of process 0", "short by 3")
}
