package record

import (
	"bytes"
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sort"
	"sync"

	"pasar/sim"
)

// A state lies in pieces of equal size, each compressed in a frame of its own. Of states in a row each wholeEach-th is whole. In
// those between, a piece that is much as it was holds the bytes of the two, one exclusive-or the other; the frame's flags then
// say how many states back the whole one is. So a state needs at most one other, and states close together cost little.
const (
	pieceSize = 512 << 10
	wholeEach = 4
)

// state writes the state of the world before a window. It keeps the state.
func (w *writer[M]) state(window int64, state []byte) error {
	if err := w.flush(len(w.pending)); err != nil {
		return err
	}
	if w.since++; w.base == nil || w.since == wholeEach {
		w.base, w.since = nil, 0
	}
	h := head{kind: stateFrame, schema: w.hash, first: window, last: int64((len(state)+pieceSize-1)/pieceSize) - 1, total: w.total, digest: w.digest}
	for piece := range slices.Chunk(state, pieceSize) {
		h.flags, h.raw = 0, uint32(len(piece))
		if from := int(h.count) * pieceSize; from+len(piece) <= len(w.base) {
			w.differ = slices.Grow(w.differ[:0], len(piece))[:len(piece)]
			subtle.XORBytes(w.differ, piece, w.base[from:])
			if bytes.Count(w.differ, []byte{0}) > len(piece)*3/4 {
				h.flags, piece = byte(w.since), w.differ
			}
		}
		frame := w.zip.EncodeAll(piece, make([]byte, headSize, headSize+len(piece)/2+sumSize))
		if err := w.publish(&h, frame); err != nil {
			return err
		}
		h.count++
	}
	if w.base == nil {
		w.base = state
	}
	return nil
}

// copy writes what is in another recording, the first frame aside, up to a state.
func (w *writer[M]) copy(ctx context.Context, from *Recording[M], state *entry) error {
	for seq := w.seq + 1; seq <= state.seq+uint64(state.last); seq++ {
		h, payload, err := from.fetch(ctx, seq)
		if err != nil {
			return err
		}
		if err := w.publish(&h, append(make([]byte, headSize, headSize+len(payload)+sumSize), payload...)); err != nil {
			return err
		}
	}
	w.total, w.digest, w.reached = state.total, state.digest, state.first
	return nil
}

// stateAt is which state is the last one at or before t; -1: there is none.
func (r *Recording[M]) stateAt(t sim.Time) int {
	return sort.Search(len(r.states), func(i int) bool { return sim.Time(r.states[i].first)*r.codec.window > t }) - 1
}

// state reads the i-th recorded state of the world, several pieces at a time.
func (r *Recording[M]) state(ctx context.Context, i int) ([]byte, error) {
	pieces := int(r.states[i].last) + 1
	state, errs := make([]byte, pieces*pieceSize), make([]error, pieces)
	var end int
	readers := min(runtime.GOMAXPROCS(0), pieces)
	var all sync.WaitGroup
	for reader := range readers {
		all.Go(func() {
			base := make([]byte, pieceSize)
			for k := reader; k < pieces; k += readers {
				n, err := r.piece(ctx, i, k, state[k*pieceSize:][:pieceSize:pieceSize], base)
				if errs[k] = err; k == pieces-1 {
					end = k*pieceSize + n
				}
			}
		})
	}
	all.Wait()
	return state[:end], errors.Join(errs...)
}

// piece reads piece k of the i-th state into b, and says how long it is. Base is memory to work with.
func (r *Recording[M]) piece(ctx context.Context, i, k int, b, base []byte) (int, error) {
	h, n, err := r.part(ctx, i, k, b)
	if err != nil || h.flags == 0 {
		return n, err
	}
	back := int(h.flags)
	if back > i || k > int(r.states[i-back].last) {
		return 0, fmt.Errorf("frame %d: %w: there is no state %d before it", h.number, ErrDamaged, back)
	}
	whole, m, err := r.part(ctx, i-back, k, base)
	if err != nil {
		return 0, err
	}
	if whole.flags > 0 || m < n {
		return 0, fmt.Errorf("frame %d: %w: frame %d is not what it differs from", h.number, ErrDamaged, whole.number)
	}
	subtle.XORBytes(b, b[:n], base)
	return n, nil
}

// part reads piece k of the i-th state, as it was written, into b, and says how long it is.
func (r *Recording[M]) part(ctx context.Context, i, k int, b []byte) (head, int, error) {
	s := &r.states[i]
	h, payload, err := r.fetch(ctx, s.seq+uint64(k))
	if err != nil {
		return h, 0, err
	}
	if h.kind != stateFrame || h.first != s.first || h.last != s.last || int(h.count) != k || h.raw > pieceSize || h.raw < pieceSize && k < int(s.last) {
		return h, 0, fmt.Errorf("frame %d: %w: it is not piece %d of a state", h.number, ErrDamaged, k)
	}
	got, err := r.codec.unzip.DecodeAll(payload, b[:0])
	switch {
	case err != nil:
		return h, 0, fmt.Errorf("frame %d: %w: %w", h.number, ErrDamaged, err)
	case len(got) != int(h.raw):
		return h, 0, fmt.Errorf("frame %d: %w: %d bytes after decompression, not %d", h.number, ErrDamaged, len(got), h.raw)
	}
	return h, copy(b, got), nil // which is b, unless the decoder found it too small
}
