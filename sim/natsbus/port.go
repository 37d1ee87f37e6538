package natsbus

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"pasar/sim/natsd"
)

// NATS hands a frame on through four goroutines. If all threads but one sleep, waking one takes longer than the handing on. So a
// shard that has sent lets these goroutines run in its place, and one that waits stays awake for a while: that takes 0.1 ms off
// a round of two shards, where a window of the market takes 0.5 ms (docs/adr/0013).
const (
	yields = 16
	spins  = 1000
)

// A port is where one shard of this process takes part. NATS calls receive while the shard is at work or waits; the shard
// calls exchange. What both touch is behind mu.
type port struct {
	bus     *Bus
	shard   int
	conn    *nats.Conn
	sub     *nats.Subscription
	scratch []byte      // the part being sent
	timer   *time.Timer // the deadline
	ready   chan struct{}

	mu      sync.Mutex
	known   bool   // round is set: by the first Exchange, or by the first part to arrive
	round   uint64 // the round under way, or the next one
	waiting bool   // an Exchange is under way, so that others may already be a round ahead
	arrived uint64 // parts so far
	slots   [2]slot
	gone    map[int]string // who sends no more, and why
	spoiled error          // an Exchange failed: there is no next one
}

// A slot holds the frames of one round: one slot for the round under way, one for the next, of which fast shards may have
// sent parts already. Round r uses slot r%2, so what Exchange returns stays untouched until the shard calls again.
type slot struct {
	whole  int
	frames []frame  // by sender
	in     [][]byte // what Exchange returns
}

func (b *Bus) openPort(shard int) error {
	conn, err := b.connect(fmt.Sprintf("shard %d", shard))
	if err != nil {
		return err
	}
	p := &port{
		bus: b, shard: shard, conn: conn,
		scratch: make([]byte, 0, headSize+partSize),
		timer:   time.NewTimer(natsd.Never),
		ready:   make(chan struct{}, 1),
		gone:    map[int]string{},
	}
	for i := range p.slots {
		p.slots[i] = slot{frames: make([]frame, b.o.Shards), in: make([][]byte, b.o.Shards)}
	}
	if p.sub, err = conn.Subscribe(b.frames[shard], p.receive); err != nil {
		return err
	}
	if err := p.sub.SetPendingLimits(-1, -1); err != nil { // the rounds limit what can be pending
		return err
	}
	b.ports[shard] = p
	return conn.FlushTimeout(b.o.Deadline) // others may send from now on
}

// Exchange implements sim.Bus. The rounds of a shard must be consecutive numbers.
func (b *Bus) Exchange(ctx context.Context, shard int, round uint64, out [][]byte) ([][]byte, error) {
	if shard < 0 || shard >= b.o.Shards || !b.Hosts(shard) || len(out) != b.o.Shards {
		panic(fmt.Sprintf("natsbus: process %d of %d exchanges %d frames for shard %d of %d",
			b.o.Proc, b.o.Procs, len(out), shard, b.o.Shards))
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if b.o.Shards == 1 {
		return make([][]byte, 1), b.failure()
	}
	return b.ports[shard].exchange(ctx, round, out)
}

func (p *port) exchange(ctx context.Context, round uint64, out [][]byte) ([][]byte, error) {
	if err := p.begin(round); err != nil {
		return nil, err
	}
	err := p.send(round, out)
	for range yields {
		runtime.Gosched()
	}
	if err == nil {
		err = p.wait(ctx, round)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting = false
	if err != nil {
		p.spoiled = fmt.Errorf("natsbus: shard %d did not finish round %d: %w", p.shard, round, err)
		return nil, err
	}
	p.round = round + 1
	s := &p.slots[round%2]
	for i := range s.frames {
		s.in[i] = s.frames[i].data
	}
	return s.in, nil
}

// begin turns to the given round and makes room for what comes early of the next.
func (p *port) begin(round uint64) error {
	if err := p.bus.failure(); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.spoiled != nil {
		return p.spoiled
	}
	if p.known && round != p.round {
		return fmt.Errorf("natsbus: shard %d turns to round %d where round %d is due", p.shard, round, p.round)
	}
	p.known, p.round, p.waiting = true, round, true
	next := &p.slots[(round+1)%2]
	next.whole = 0
	for i := range next.frames {
		next.frames[i].reset()
	}
	return nil
}

// send publishes the frames, beginning with the next neighbour so that not all begin with shard 0.
func (p *port) send(round uint64, out [][]byte) error {
	n := len(out)
	for i := 1; i < n; i++ {
		to := (p.shard + i) % n
		frame := out[to]
		if len(frame) > maxFrame {
			return fmt.Errorf("natsbus: shard %d has %d bytes for shard %d in round %d, more than %d",
				p.shard, len(frame), to, round, maxFrame)
		}
		h := header{sender: uint32(p.shard), round: round, parts: uint32(partsOf(len(frame))), length: uint32(len(frame))}
		subject := p.bus.frames[to]
		for ; h.part < h.parts; h.part++ {
			piece := frame[min(len(frame), int(h.part)*partSize):]
			p.scratch = appendPart(p.scratch[:0], h, piece[:min(len(piece), partSize)])
			if err := p.conn.Publish(subject, p.scratch); err != nil {
				return fmt.Errorf("natsbus: send %v to shard %d: %w", h, to, err)
			}
		}
	}
	return nil
}

// wait returns when all frames of the round are there. The deadline is for the next part of any frame: a shard that keeps
// sending is slow, not missing.
func (p *port) wait(ctx context.Context, round uint64) error {
	deadline := p.bus.o.Deadline
	p.timer.Reset(deadline)
	defer p.timer.Stop()
	for seen, late := uint64(0), false; ; {
		p.mu.Lock()
		done, err := p.look(round, late && seen == p.arrived)
		seen = p.arrived
		p.mu.Unlock()
		if err != nil {
			p.bus.fail(err)
		}
		if done || err != nil {
			return err
		}
		late = false
		for i := 0; i < spins && len(p.ready) == 0; i++ {
			runtime.Gosched()
		}
		select {
		case <-p.ready:
		case <-ctx.Done():
			return ctx.Err()
		case <-p.bus.broken:
			return p.bus.err
		case <-p.timer.C:
			p.timer.Reset(deadline)
			late = true
		}
	}
}

// look tells whether the round is complete, or why it never will be.
func (p *port) look(round uint64, late bool) (done bool, err error) {
	s := &p.slots[round%2]
	if s.whole == len(s.frames)-1 {
		return true, nil
	}
	for sender, why := range p.gone { // any reason will do
		if !s.frames[sender].whole() {
			return false, fmt.Errorf("natsbus: shard %d waits in round %d for shard %d of process %d, which has left: %s",
				p.shard, round, sender, p.bus.owner(sender), why)
		}
	}
	if !late {
		return false, nil
	}
	var list []string
	for sender := range s.frames {
		if f := &s.frames[sender]; sender != p.shard && !f.whole() {
			list = append(list, fmt.Sprintf("%s from shard %d of process %d", f.missing(), sender, p.bus.owner(sender)))
		}
	}
	return false, fmt.Errorf("natsbus: shard %d, round %d: nothing came for %v and these are missing: %s",
		p.shard, round, p.bus.o.Deadline, strings.Join(list, "; "))
}

// receive files one part. NATS calls it for one part after the other.
func (p *port) receive(m *nats.Msg) {
	h, piece, err := readPart(m.Data)
	if err == nil {
		err = p.file(h, piece)
	}
	if err != nil {
		p.bus.fail(fmt.Errorf("natsbus: shard %d received %w", p.shard, err))
	}
}

func (p *port) file(h header, piece []byte) error {
	if int64(h.sender) >= int64(p.bus.o.Shards) || int(h.sender) == p.shard {
		return fmt.Errorf("%v: no such sender", h)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	sender := int(h.sender)
	if h.parts == 0 {
		p.gone[sender] = string(piece)
		p.wake()
		return nil
	}
	if !p.known {
		p.known, p.round = true, h.round
	}
	if h.round != p.round && !(p.waiting && h.round == p.round+1) {
		return fmt.Errorf("%v while round %d is due", h, p.round)
	}
	s := &p.slots[h.round%2]
	f := &s.frames[sender]
	if err := f.put(h, piece); err != nil {
		return err
	}
	p.arrived++
	if f.whole() {
		if s.whole++; s.whole == len(s.frames)-1 && h.round == p.round {
			p.wake()
		}
	}
	return nil
}

// wake lets a waiting Exchange look again.
func (p *port) wake() {
	select {
	case p.ready <- struct{}{}:
	default:
	}
}
