package record

import (
	"bytes"
	"context"
	"crypto/subtle"
	"fmt"
	"slices"
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
		if err := w.publish("state", &h, frame); err != nil {
			return err
		}
		h.count++
	}
	if w.base == nil {
		w.base = state
	}
	return nil
}

// state reads the i-th recorded state of the world.
func (r *Recording[M]) state(ctx context.Context, i int) ([]byte, error) {
	pieces := int(r.states[i].last) + 1
	state, base := make([]byte, 0, pieces*pieceSize), make([]byte, pieceSize)
	for k := range pieces {
		h, piece, err := r.piece(ctx, i, k, state[len(state):len(state):cap(state)])
		if err != nil {
			return nil, err
		}
		if back := int(h.flags); back > 0 {
			if back > i || k > int(r.states[i-back].last) {
				return nil, fmt.Errorf("frame %d: %w: there is no state %d before it", h.number, ErrDamaged, back)
			}
			b, whole, err := r.piece(ctx, i-back, k, base[:0])
			if err != nil {
				return nil, err
			}
			if b.flags > 0 || len(whole) < len(piece) {
				return nil, fmt.Errorf("frame %d: %w: frame %d is not what it differs from", h.number, ErrDamaged, b.number)
			}
			subtle.XORBytes(piece, piece, whole)
		}
		state = append(state, piece...)
	}
	return state, nil
}

// piece reads piece k of the i-th state into b.
func (r *Recording[M]) piece(ctx context.Context, i, k int, b []byte) (head, []byte, error) {
	seq := r.states[i].seq + uint64(k)
	h, payload, err := r.fetch(ctx, seq)
	if err != nil {
		return h, nil, err
	}
	if h.kind != stateFrame || int(h.count) != k || h.first != r.states[i].first || h.raw > pieceSize {
		return h, nil, fmt.Errorf("frame %d: %w: it is not piece %d of a state", seq, ErrDamaged, k)
	}
	if b, err = r.codec.unzip.DecodeAll(payload, b); err != nil {
		return h, nil, fmt.Errorf("frame %d: %w: %w", seq, ErrDamaged, err)
	}
	if len(b) != int(h.raw) {
		return h, nil, fmt.Errorf("frame %d: %w: %d bytes after decompression, not %d", seq, ErrDamaged, len(b), h.raw)
	}
	return h, b, nil
}
