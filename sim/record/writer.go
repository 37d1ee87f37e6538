package record

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/nats-io/nats.go/jetstream"

	"pasar/sim"
)

const inFlight = 64 // frames that may wait for their acknowledgement

// A writer makes frames and publishes them to the stream, each on condition that it is the next one.
type writer[M any] struct {
	*codec[M]
	store   *store
	dir     string
	spare   int64
	run     string
	stream  jetstream.StreamConfig
	waiting []jetstream.PubAckFuture
	seq     uint64        // frames published
	acked   atomic.Uint64 // and acknowledged, so that they outlive the process
	heads   []byte        // of all of them

	keys    []uint64
	runs    []run // of pending
	pending []sim.Event[M]
	cut     bool // the first window of pending began in an earlier frame
	total   uint64
	digest  sim.Digest
	reached int64 // the window after the last one written

	base   []byte // the last state that was written whole
	since  int    // states written from there on
	differ []byte // of a piece
}

func newWriter[M any](s *store, dir string, o *Options) (*writer[M], error) {
	c, err := newCodec[M](o.Window)
	if err != nil {
		return nil, err
	}
	w := &writer[M]{codec: c, store: s, dir: dir, spare: o.Spare, run: o.Run}
	w.stream = jetstream.StreamConfig{
		Name: prefix + o.Run, Subjects: []string{"run." + o.Run + ".>"}, Storage: jetstream.FileStorage,
		Discard: jetstream.DiscardNew, MaxBytes: o.Limit, DenyDelete: true, DenyPurge: true, AllowDirect: true,
	}
	if w.stream.MaxBytes == 0 {
		w.stream.MaxBytes = DefaultLimit
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if _, err := s.js.CreateStream(ctx, w.stream); err != nil {
		return nil, refusal(err)
	}
	h := head{kind: aboutFrame, schema: w.hash, first: int64(o.Window), raw: uint32(len(o.About))}
	if err := w.publish(&h, append(make([]byte, headSize), o.About...)); err != nil {
		return nil, err
	}
	return w, w.settle(0)
}

// events writes a window.
func (w *writer[M]) events(window int64, parts [][]sim.Event[M]) error {
	before := len(w.pending)
	w.pending = merge(w.pending, parts, &w.keys)
	w.runs = append(w.runs, run{window, len(w.pending) - before})
	w.reached = window + 1
	for len(w.pending) >= w.perFrame() {
		if err := w.flush(w.perFrame()); err != nil {
			return err
		}
	}
	return nil
}

// flush writes the first n events that are pending.
func (w *writer[M]) flush(n int) error {
	if n == 0 {
		return nil
	}
	h := head{flags: whole}
	if w.cut {
		h.flags |= begun
	}
	last, left := 0, n // runs in the frame, events of the last one
	for left > w.runs[last].n {
		left -= w.runs[last].n
		last++
	}
	full := w.runs[last].n
	if w.runs[last].n = left; left < full {
		h.flags &^= whole
	}
	for i := range w.pending[:n] {
		w.digest.Add(w.pending[i].Digest())
	}
	w.total += uint64(n)
	h.total, h.digest = w.total, w.digest
	frame := w.encode(&h, w.runs[:last+1], w.pending[:n])
	w.pending = w.pending[:copy(w.pending, w.pending[n:])]
	w.cut = left < full
	if w.cut {
		w.runs[last].n = full - left
		last--
	}
	w.runs = w.runs[:copy(w.runs, w.runs[last+1:])]
	return w.publish(&h, frame)
}

// finish writes the closing frame, waits until everything is acknowledged and seals the stream.
func (w *writer[M]) finish(until int64) error {
	if err := w.flush(len(w.pending)); err != nil {
		return err
	}
	h := head{kind: closeFrame, schema: w.hash, first: until, last: until, total: w.total, digest: w.digest}
	if err := w.publish(&h, make([]byte, headSize)); err != nil {
		return err
	}
	if err := w.settle(0); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	w.stream.Sealed = true
	if _, err := w.store.js.UpdateStream(ctx, w.stream); err != nil {
		return fmt.Errorf("sealing: %w", err)
	}
	return nil
}

// publish sends a frame behind those that are on their way: a payload behind room for its head.
func (w *writer[M]) publish(h *head, frame []byte) error {
	if err := w.settle(inFlight - 1); err != nil {
		return err
	}
	if room(w.dir) < w.spare {
		return fmt.Errorf("frame %d: %w: less than %d MiB of the disk are free, which it leaves to others", w.seq+1, ErrFull, w.spare>>20)
	}
	h.number = w.seq + 1
	frame = h.seal(frame)
	f, err := w.store.js.PublishAsync("run."+w.run+"."+string(h.kind), frame, jetstream.WithExpectLastSequence(w.seq), jetstream.WithStallWait(patience))
	if err != nil {
		return fmt.Errorf("frame %d: %w", w.seq+1, err)
	}
	w.seq++
	w.heads = append(w.heads, frame[:headSize]...)
	w.waiting = append(w.waiting, f)
	return nil
}

// settle waits until at most so many frames wait for their acknowledgement.
func (w *writer[M]) settle(most int) error {
	for len(w.waiting) > most {
		if err := w.store.answer(w.waiting[0]); err != nil {
			return fmt.Errorf("frame %d: %w", w.acked.Load()+1, err)
		}
		w.waiting = w.waiting[1:]
		w.acked.Add(1)
	}
	return nil
}
