package simtest

import (
	"context"
	"math/rand/v2"
	"runtime"
	"sync"
)

// Bus carries frames in memory, and is as unkind as a bus may be: it delays shards at random and lets fast ones run ahead.
// A world must give the same history over it as over NATS. Several worlds may share one, as the processes of one run.
type Bus struct {
	// Spoil, if set, is shown each frame on its way and returns what arrives: for tests of damage. It is called under a lock.
	Spoil func(from, to int, round uint64, frame []byte) []byte

	mu    sync.Mutex
	boxes []box // by receiver
	rng   *rand.Rand
}

// A box holds the frames that wait for one shard.
type box struct {
	frames map[uint64][][]byte // by round and sender
	came   map[uint64]int      // how many, by round
	full   chan struct{}       // a token says: look again
}

// NewBus joins a number of shards; seed moves its delays.
func NewBus(shards int, seed uint64) *Bus {
	b := &Bus{boxes: make([]box, shards), rng: rand.New(rand.NewPCG(seed, 1))}
	for i := range b.boxes {
		b.boxes[i] = box{map[uint64][][]byte{}, map[uint64]int{}, make(chan struct{}, 1)}
	}
	return b
}

// Exchange implements sim.Bus.
func (b *Bus) Exchange(ctx context.Context, shard int, round uint64, out [][]byte) ([][]byte, error) {
	b.mu.Lock()
	for i, d := range b.rng.Perm(len(b.boxes)) {
		if d != shard {
			b.put(shard, d, round, out[d])
		}
		if i%8 > 0 { // with many shards, a pause after every frame would be all that is tested
			continue
		}
		n := b.rng.IntN(4)
		b.mu.Unlock()
		for range n {
			runtime.Gosched()
		}
		b.mu.Lock()
	}
	mine := &b.boxes[shard]
	for mine.came[round] < len(b.boxes)-1 {
		b.mu.Unlock()
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-mine.full:
		}
		b.mu.Lock()
	}
	in := mine.frames[round]
	delete(mine.frames, round)
	delete(mine.came, round)
	b.mu.Unlock()
	return in, nil
}

func (b *Bus) put(from, to int, round uint64, frame []byte) {
	d := &b.boxes[to]
	if d.frames[round] == nil {
		d.frames[round] = make([][]byte, len(b.boxes))
	}
	frame = append([]byte(nil), frame...)
	if b.Spoil != nil {
		frame = b.Spoil(from, to, round, frame)
	}
	d.frames[round][from] = frame
	if d.came[round]++; d.came[round] == len(b.boxes)-1 {
		select {
		case d.full <- struct{}{}:
		default: // it has not looked since the last token
		}
	}
}

// Wire carries single messages in memory, for actors.
type Wire struct {
	mu    sync.Mutex
	boxes map[int]*letters
	rng   *rand.Rand
}

// letters are the messages that wait in one box.
type letters struct {
	wait [][]byte
	some chan struct{} // a token says: look again
}

// NewWire makes a Wire whose seed moves the order of delivery.
func NewWire(seed uint64) *Wire {
	return &Wire{boxes: map[int]*letters{}, rng: rand.New(rand.NewPCG(seed, 2))}
}

// Open implements sim.Wire.
func (w *Wire) Open(box int) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.boxes[box] = &letters{some: make(chan struct{}, 1)}
	return nil
}

// Say implements sim.Wire.
func (w *Wire) Say(box int, msg []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	b := w.boxes[box]
	b.wait = append(b.wait, append([]byte(nil), msg...))
	select {
	case b.some <- struct{}{}:
	default: // it has not looked since the last token
	}
	return nil
}

// Hear implements sim.Wire; of the messages that wait it takes any.
func (w *Wire) Hear(ctx context.Context, box int) ([]byte, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	b := w.boxes[box]
	for len(b.wait) == 0 {
		w.mu.Unlock()
		select {
		case <-ctx.Done():
			w.mu.Lock()
			return nil, ctx.Err()
		case <-b.some:
			w.mu.Lock()
		}
	}
	last := len(b.wait) - 1
	i := w.rng.IntN(last + 1)
	m := b.wait[i]
	b.wait[i], b.wait[last] = b.wait[last], nil
	b.wait = b.wait[:last]
	return m, nil
}
