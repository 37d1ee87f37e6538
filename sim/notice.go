package sim

import (
	"fmt"
	"sync"
)

// A Notice is a value posted by one agent and readable by all from the next window on.
type Notice struct {
	From   ID
	Topic  Topic
	Window int64 // in which it was posted
	Bytes  []byte

	once    sync.Once
	decoded any
}

// Decoded is what decode makes of the notice's bytes: done once in a process, however many agents ask. All callers of one
// topic must pass the same function and must not change the result.
func Decoded[T any](n *Notice, decode func(*Notice) *T) *T {
	n.once.Do(func() { n.decoded = decode(n) })
	return n.decoded.(*T)
}

// A pinboard holds the notices of one process, so that all its shards share one copy and one decoding. It keeps the last
// two of each topic: a fast shard may post again before a slow one has opened the frame with the notice before.
type pinboard struct {
	mu   sync.Mutex
	last [][2]*Notice // by topic, the newer first
}

// pin is the process's copy of a notice; of several shards that bring the same one, the first wins.
func (p *pinboard) pin(from ID, topic Topic, window int64, b []byte, own bool) *Notice {
	p.mu.Lock()
	defer p.mu.Unlock()
	l := &p.last[topic]
	for _, n := range l {
		if n != nil && n.From != from {
			panic(fmt.Sprintf("sim: agent %d posts on topic %d of agent %d", from, topic, n.From))
		}
		if n != nil && n.Window == window {
			return n
		}
	}
	if !own {
		b = append([]byte(nil), b...)
	}
	n := &Notice{From: from, Topic: topic, Window: window, Bytes: b}
	l[1], l[0] = l[0], n
	if l[1] != nil && l[1].Window > window {
		l[0], l[1] = l[1], l[0]
	}
	return n
}

func (s *shard[M]) post(from ID, topic Topic, b []byte) {
	if int(topic) >= len(s.board) {
		panic(fmt.Sprintf("sim: agent %d posts on topic %d of %d", from, topic, len(s.board)))
	}
	for _, p := range s.posts {
		if p.Topic == topic {
			panic(fmt.Sprintf("sim: agent %d posts twice on topic %d in one window", from, topic))
		}
	}
	s.posts = append(s.posts, s.w.pins.pin(from, topic, s.window, b, true))
}
