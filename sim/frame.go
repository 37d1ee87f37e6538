package sim

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"unsafe"
)

// A frame is what one shard says to another after a window, little endian:
//
//	window that it ends i64 · next busy window of the sender i64 · events u32 · notices u32 · tallies u32 · audits u32
//	events, each its own bytes
//	notices: topic u32 · from u32 · length u32 · bytes
//	tallies and audits of the period that closes: cell u32 · n i64
//
// The window tells that all shards are of one mind; it is settled in the last frame of a stop, see settle.
const (
	frameHeader = 32
	settled     = math.MinInt64
)

var errFrame = errors.New("sim: damaged frame")

// addEvent makes room for an event in the frame under way to shard d, where its bytes lie as the event must.
func (s *shard[M]) addEvent(d int, at Time) *Event[M] {
	n := max(len(s.out[d]), frameHeader)
	s.out[d] = slices.Grow(s.out[d], n+sizeOf[Event[M]]()-len(s.out[d]))[:n+sizeOf[Event[M]]()]
	s.sent[d]++
	s.sentFirst = min(s.sentFirst, at)
	return (*Event[M])(unsafe.Pointer(&s.out[d][n]))
}

// seal completes the frames of the window.
func (s *shard[M]) seal(next int64, totals, audit []int64) {
	tail := s.tail[:0]
	for _, n := range s.posts {
		tail = binary.LittleEndian.AppendUint32(tail, uint32(n.Topic))
		tail = binary.LittleEndian.AppendUint32(tail, uint32(n.From))
		tail = binary.LittleEndian.AppendUint32(tail, uint32(len(n.Bytes)))
		tail = append(tail, n.Bytes...)
	}
	count := func(row []int64) (n uint32) {
		for c, v := range row {
			if v != 0 {
				tail = binary.LittleEndian.AppendUint32(tail, uint32(c))
				tail = binary.LittleEndian.AppendUint64(tail, uint64(v))
				n++
			}
		}
		return n
	}
	nTotals := count(totals)
	nAudit := count(audit)
	s.tail = tail
	for d := range s.out {
		if d == s.me {
			continue
		}
		if len(s.out[d]) == 0 {
			s.out[d] = append(s.out[d], make([]byte, frameHeader)...)
		}
		s.out[d] = append(s.out[d], tail...)
		h := s.out[d]
		binary.LittleEndian.PutUint64(h, uint64(s.window))
		binary.LittleEndian.PutUint64(h[8:], uint64(next))
		binary.LittleEndian.PutUint32(h[16:], s.sent[d])
		binary.LittleEndian.PutUint32(h[20:], uint32(len(s.posts)))
		binary.LittleEndian.PutUint32(h[24:], nTotals)
		binary.LittleEndian.PutUint32(h[28:], nAudit)
	}
}

// open reads a frame into the shard and returns its sender's next busy window.
func (s *shard[M]) open(from int, f []byte, totals, audit []int64) (int64, error) {
	if len(f) < frameHeader {
		return 0, fmt.Errorf("%w from shard %d: %d bytes", errFrame, from, len(f))
	}
	window, next := int64(binary.LittleEndian.Uint64(f)), int64(binary.LittleEndian.Uint64(f[8:]))
	if window != s.window || next <= window {
		return 0, fmt.Errorf("%w from shard %d: after window %d, next %d, in window %d", errFrame, from, window, next, s.window)
	}
	events, notices := int(binary.LittleEndian.Uint32(f[16:])), int(binary.LittleEndian.Uint32(f[20:]))
	nTotals, nAudit := int(binary.LittleEndian.Uint32(f[24:])), int(binary.LittleEndian.Uint32(f[28:]))
	f = f[frameHeader:]
	size := sizeOf[Event[M]]()
	if len(f) < events*size {
		return 0, fmt.Errorf("%w from shard %d: %d events in %d bytes", errFrame, from, events, len(f))
	}
	var e Event[M]
	raw := unsafe.Slice((*byte)(unsafe.Pointer(&e)), size)
	for range events {
		copy(raw, f)
		f = f[size:]
		if !s.expects(&e) {
			return 0, fmt.Errorf("%w from shard %d: event to agent %d at %d", errFrame, from, e.To, e.At)
		}
		s.q.push(&e)
	}
	for range notices {
		if len(f) < 12 {
			return 0, fmt.Errorf("%w from shard %d: a notice is cut", errFrame, from)
		}
		topic, author := Topic(binary.LittleEndian.Uint32(f)), ID(binary.LittleEndian.Uint32(f[4:]))
		n := int(binary.LittleEndian.Uint32(f[8:]))
		f = f[12:]
		if len(f) < n || int(topic) >= len(s.board) {
			return 0, fmt.Errorf("%w from shard %d: notice on topic %d", errFrame, from, topic)
		}
		s.board[topic] = s.w.pins.pin(author, topic, s.window, f[:n], false)
		f = f[n:]
	}
	for i := range nTotals + nAudit {
		row := totals
		if i >= nTotals {
			row = audit
		}
		if len(f) < 12 || int(binary.LittleEndian.Uint32(f)) >= len(row) {
			return 0, fmt.Errorf("%w from shard %d: tallies", errFrame, from)
		}
		row[binary.LittleEndian.Uint32(f)] += int64(binary.LittleEndian.Uint64(f[4:]))
		f = f[12:]
	}
	if len(f) != 0 {
		return 0, fmt.Errorf("%w from shard %d: %d bytes too many", errFrame, from, len(f))
	}
	return next, nil
}

// expects tells whether an event from outside may have been meant for this shard, after the current window.
func (s *shard[M]) expects(e *Event[M]) bool {
	return e.To%s.shards == ID(s.me) && int(e.To/s.shards) < s.slots && e.At >= Time(s.window+1)*s.w.o.Window && e.Answers == 0
}

// eachSent shows the events in the frames under way.
func (s *shard[M]) eachSent(each func([]Event[M])) {
	size := sizeOf[Event[M]]()
	one := make([]Event[M], 1)
	for d, f := range s.out {
		for i := range int(s.sent[d]) {
			copy(bytesOf(one), f[frameHeader+i*size:])
			each(one)
		}
	}
}
