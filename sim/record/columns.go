package record

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"unsafe"

	"github.com/klauspost/compress/zstd"

	"pasar/sim"
)

// The events of a frame lie column by column, so that like stands beside like; all numbers are varints. First comes a list of
// windows (windows since the one before, events of it), then the columns of the event and of the message. A column
// is a mode and its numbers. Within a window events are in their total order: (To, At, From, Said, Nth).
const (
	constant = iota // one number stands for all
	plain
	delta // differences, folded
)

const (
	columns  = 8    // of an event, without its message
	maxCount = 4096 // events in a frame, which then has some 16 to 64 KiB
)

// A codec turns events into frames and back. It is not for several goroutines at a time, but its unzip is.
type codec[M any] struct {
	*schema[M]
	zip    *zstd.Encoder
	unzip  *zstd.Decoder
	raw    []byte
	values []uint64
}

func newCodec[M any](window sim.Time) (*codec[M], error) {
	zip, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false))
	if err != nil {
		return nil, err
	}
	c := &codec[M]{schema: newSchema[M](window), zip: zip}
	c.unzip, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(max(c.most(), pieceSize)))
	return c, err
}

// perFrame is how many events a frame holds: fewer where messages are so large that it might not fit.
func (c *codec[M]) perFrame() int {
	return min(maxCount, maxFrame/2/int(unsafe.Sizeof(sim.Event[M]{})))
}

// most is how many bytes a frame can have before compression.
func (c *codec[M]) most() uint64 {
	return maxCount * uint64((columns+len(c.leaves)+2)*binary.MaxVarintLen64)
}

// encode makes the payload of a frame of events that lie in runs, behind room for the head, and says in the head what is in it.
func (c *codec[M]) encode(h *head, runs []run, events []sim.Event[M]) []byte {
	h.kind, h.schema, h.count = eventFrame, c.hash, uint32(len(events))
	h.first, h.last = runs[0].window, runs[len(runs)-1].window
	b := binary.AppendUvarint(c.raw[:0], uint64(len(runs)))
	at := h.first
	for _, r := range runs {
		b = binary.AppendUvarint(b, uint64(r.window-at))
		b = binary.AppendUvarint(b, uint64(r.n))
		at = r.window
	}
	c.values = slices.Grow(c.values[:0], len(events))[:len(events)]
	v := c.values
	for k := range columns {
		i := 0
		for _, r := range runs {
			start := sim.Time(r.window) * c.window
			for range r.n {
				e := &events[i]
				switch k {
				case 0:
					v[i] = uint64(e.To)
				case 1:
					v[i] = uint64(e.At - start)
				case 2:
					v[i] = fold(int64(e.From) - int64(e.To))
				case 3:
					v[i] = uint64(e.At - e.Said)
				case 4:
					v[i] = uint64(e.Nth)
				case 5:
					v[i] = uint64(e.Why)
				case 6:
					v[i] = uint64(e.Kind)
				case 7:
					v[i] = uint64(e.Answers)
				}
				i++
			}
		}
		b = appendColumn(b, v)
	}
	for k := range c.leaves {
		l := &c.leaves[k]
		for i := range events {
			v[i] = l.get(unsafe.Pointer(&events[i].Msg))
		}
		b = appendColumn(b, v)
	}
	c.raw, h.raw = b, uint32(len(b))
	return c.zip.EncodeAll(b, make([]byte, headSize, headSize+len(b)/2+sumSize))
}

// appendColumn writes a column in the mode that takes least.
func appendColumn(b []byte, v []uint64) []byte {
	same, asPlain, asDelta := true, 0, 0
	last := uint64(0)
	for i, x := range v {
		same = same && (i == 0 || x == last)
		asPlain += bits.Len64(x|1) + 6 // bits of a varint, about
		asDelta += bits.Len64(fold(int64(x-last))|1) + 6
		last = x
	}
	switch {
	case same:
		return binary.AppendUvarint(append(b, constant), last)
	case asDelta < asPlain:
		b, last = append(b, delta), 0
		for _, x := range v {
			b = binary.AppendUvarint(b, fold(int64(x-last)))
			last = x
		}
		return b
	}
	b = append(b, plain)
	for _, x := range v {
		b = binary.AppendUvarint(b, x)
	}
	return b
}

// A scanner reads varints; after the first mistake it reads zeros.
type scanner struct {
	b   []byte
	at  int
	bad bool
}

func (s *scanner) next() uint64 {
	if s.at < len(s.b) && s.b[s.at] < 0x80 { // most are this short
		s.at++
		return uint64(s.b[s.at-1])
	}
	v, n := binary.Uvarint(s.b[s.at:])
	if n <= 0 {
		s.bad, s.at = true, len(s.b)
		return 0
	}
	s.at += n
	return v
}

// column reads a column into v.
func (s *scanner) column(v []uint64) {
	if s.at == len(s.b) {
		s.bad = true
		return
	}
	s.at++
	switch s.b[s.at-1] {
	case constant:
		x := s.next()
		for i := range v {
			v[i] = x
		}
	case plain:
		for i := range v {
			v[i] = s.next()
		}
	case delta:
		last := uint64(0)
		for i := range v {
			last += uint64(unfold(s.next()))
			v[i] = last
		}
	default:
		s.bad = true
	}
}

// decode reads a frame of events: those of each window, and all of them in one slice. What is not as encode writes it, or not in
// order, is damage.
func (c *codec[M]) decode(h *head, payload []byte) ([]run, []sim.Event[M], error) {
	switch {
	case h.kind != eventFrame:
		return nil, nil, fmt.Errorf("%w: a frame of kind %q, not of events", ErrDamaged, h.kind)
	case h.schema != c.hash:
		return nil, nil, fmt.Errorf("events of layout %016x; this program has layout %016x", h.schema, c.hash)
	case h.count == 0 || h.count > maxCount || uint64(h.raw) > c.most() || h.first < 0 || h.last < h.first || h.last > math.MaxInt64/int64(c.window)-1:
		return nil, nil, fmt.Errorf("%w: %d events in %d bytes of windows %d to %d", ErrDamaged, h.count, h.raw, h.first, h.last)
	}
	b, err := c.unzip.DecodeAll(payload, c.raw[:0])
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if c.raw = b; len(b) != int(h.raw) {
		return nil, nil, fmt.Errorf("%w: %d bytes after decompression, not %d", ErrDamaged, len(b), h.raw)
	}
	s := &scanner{b: b}
	runs, err := c.runs(s, h)
	if err != nil {
		return nil, nil, err
	}
	events := make([]sim.Event[M], h.count)
	if err := c.scatter(s, runs, events); err != nil {
		return nil, nil, err
	}
	return runs, events, nil
}

// runs reads the windows of a frame.
func (c *codec[M]) runs(s *scanner, h *head) ([]run, error) {
	n := s.next()
	if n == 0 || n > uint64(h.count) {
		return nil, fmt.Errorf("%w: %d windows for %d events", ErrDamaged, n, h.count)
	}
	runs := make([]run, n)
	at, left := h.first, uint64(h.count)
	for i := range runs {
		step, n := s.next(), s.next()
		if n == 0 || n > left || step > uint64(h.last-at) || (step == 0) != (i == 0) {
			return nil, fmt.Errorf("%w: %d events %d windows after window %d", ErrDamaged, n, step, at)
		}
		at, left = at+int64(step), left-n
		runs[i] = run{at, int(n)}
	}
	if at != h.last || left != 0 {
		return nil, fmt.Errorf("%w: windows end at %d with %d events to go", ErrDamaged, at, left)
	}
	return runs, nil
}

// scatter reads the columns.
func (c *codec[M]) scatter(s *scanner, runs []run, events []sim.Event[M]) error {
	c.values = slices.Grow(c.values[:0], len(events))[:len(events)]
	v := c.values
	fits := true
	for k := range columns {
		s.column(v)
		i := 0
		for _, r := range runs {
			start := sim.Time(r.window) * c.window
			for range r.n {
				e, x := &events[i], v[i]
				switch k {
				case 0:
					fits = fits && x <= math.MaxUint32
					e.To = sim.ID(x)
				case 1:
					fits = fits && x < uint64(c.window)
					e.At = start + sim.Time(x)
				case 2:
					from := unfold(x) + int64(e.To)
					fits = fits && from >= 0 && from <= math.MaxUint32
					e.From = sim.ID(from)
				case 3:
					fits = fits && x <= uint64(e.At)
					e.Said = e.At - sim.Time(x)
				case 4:
					fits = fits && x <= math.MaxUint32
					e.Nth = uint32(x)
				case 5:
					fits = fits && x <= math.MaxUint32
					e.Why = uint32(x)
				case 6:
					fits = fits && x <= math.MaxUint32
					e.Kind = sim.Kind(x)
				case 7:
					fits = fits && x <= math.MaxUint32
					e.Answers = uint32(x)
				}
				i++
			}
		}
	}
	for k := range c.leaves {
		s.column(v)
		l := &c.leaves[k]
		for i, x := range v {
			fits = l.set(unsafe.Pointer(&events[i].Msg), x) && fits
		}
	}
	if !fits || s.bad || s.at < len(s.b) {
		return fmt.Errorf("%w: a column does not hold what it should", ErrDamaged)
	}
	i := 0
	for _, r := range runs {
		for j := i + 1; j < i+r.n; j++ {
			if order(&events[j-1], &events[j]) >= 0 {
				return fmt.Errorf("%w: event %d of window %d is out of order", ErrDamaged, j-i, r.window)
			}
		}
		i += r.n
	}
	return nil
}
