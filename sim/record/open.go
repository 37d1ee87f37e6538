package record

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/nats-io/nats.go/jetstream"

	"pasar/sim"
)

// A Recording is one that can be read. It is for one goroutine at a time, and its folder for one process.
type Recording[M any] struct {
	dir    string
	store  *store
	stream jetstream.Stream
	codec  *codec[M]
	run    string
	about  []byte
	frames []entry // of events
	states []entry // of worlds, their first pieces
	until  int64   // all that happened in windows before this one is here
	sealed bool
}

// An entry of the index is a frame without its payload.
type entry struct {
	head
	seq uint64
}

// Open opens the recording in a folder, of a model whose messages are M. One that was cut off can be read up to its last whole
// window. One that is damaged is refused with the place; see ErrDamaged.
func Open[M any](ctx context.Context, dir string) (*Recording[M], error) {
	r := &Recording[M]{dir: dir}
	if err := r.open(ctx); err != nil {
		r.Close()
		return nil, fmt.Errorf("recording in %s: %w", dir, err)
	}
	return r, nil
}

func (r *Recording[M]) open(ctx context.Context) (err error) {
	if _, err := os.Stat(filepath.Join(r.dir, "jetstream")); errors.Is(err, fs.ErrNotExist) {
		return errors.New("there is none")
	}
	listed := true
	r.store, err = openStore(r.dir, false, func() error {
		err := checkSums(r.dir)
		if errors.Is(err, fs.ErrNotExist) {
			listed, err = false, nil // cut off before it was sealed; its frames tell how far it is whole
		}
		return err
	})
	if err != nil {
		return err
	}
	if r.stream, err = r.store.find(ctx); err != nil {
		return err
	}
	info := r.stream.CachedInfo()
	r.run = info.Config.Name[len(prefix):]
	r.sealed = info.Config.Sealed
	return r.index(ctx, info.State.LastSeq, listed)
}

// Close lets the folder go.
func (r *Recording[M]) Close() {
	if r.store != nil {
		r.store.close()
		r.store = nil
	}
}

// Run is the name of the run that was recorded.
func (r *Recording[M]) Run() string { return r.run }

// About is what the recorder was told about the run.
func (r *Recording[M]) About() []byte { return r.about }

// Sealed tells whether the recording came to its end. One that did not was cut off: the process ended, or there was no more room.
func (r *Recording[M]) Sealed() bool { return r.sealed }

// Until is how far the recording reaches: all that happened earlier is in it.
func (r *Recording[M]) Until() sim.Time { return sim.Time(r.until) * r.codec.window }

// States are the times at which the state of the world was recorded.
func (r *Recording[M]) States() (at []sim.Time) {
	for _, e := range r.states {
		at = append(at, sim.Time(e.first)*r.codec.window)
	}
	return at
}

// fetch reads a frame.
func (r *Recording[M]) fetch(ctx context.Context, seq uint64) (head, []byte, error) {
	m, err := r.stream.GetMsg(ctx, seq)
	switch {
	case err == nil && m.Sequence != seq, errors.Is(err, jetstream.ErrMsgNotFound):
		return head{}, nil, fmt.Errorf("%w: frame %d is missing", ErrDamaged, seq)
	case ctx.Err() != nil:
		return head{}, nil, context.Cause(ctx)
	case err != nil:
		return head{}, nil, fmt.Errorf("%w: frame %d cannot be read: %w", ErrDamaged, seq, err)
	}
	h, payload, err := unseal(m.Data)
	if err == nil && h.number != seq {
		err = fmt.Errorf("%w: it is frame %d", ErrDamaged, h.number)
	}
	if err == nil && r.codec == nil {
		if h.kind != aboutFrame || h.first < 1 {
			return h, nil, fmt.Errorf("frame %d: %w: it does not say what was recorded", seq, ErrDamaged)
		}
		if r.codec, err = newCodec[M](sim.Time(h.first)); err != nil {
			return h, nil, err
		}
	}
	if err == nil && h.schema != r.codec.hash {
		err = fmt.Errorf("events of layout %016x; this program has layout %016x", h.schema, r.codec.hash)
	}
	if err != nil {
		return h, nil, fmt.Errorf("frame %d: %w", seq, err)
	}
	return h, payload, nil
}

// index goes through the heads of all frames and checks that each follows from the one before. It finds them in the index that was
// written when the recording was sealed; where there is none, it reads all frames.
func (r *Recording[M]) index(ctx context.Context, last uint64, listed bool) (err error) {
	if _, r.about, err = r.fetch(ctx, 1); err != nil {
		return err
	}
	var list []byte
	if listed {
		if list, err = os.ReadFile(filepath.Join(r.dir, indexFile)); err != nil {
			return err
		}
		if uint64(len(list)) != last*headSize {
			return fmt.Errorf("%w: file %s has %d bytes, not %d for each of %d frames", ErrDamaged, indexFile, len(list), headSize, last)
		}
	}
	x := indexer{}
	for seq := uint64(1); seq <= last; seq++ {
		var h head
		if listed {
			h = headOf(list[(seq-1)*headSize:])
		} else if h, _, err = r.fetch(ctx, seq); err != nil {
			return err
		}
		if err := x.add(entry{h, seq}); err != nil {
			return fmt.Errorf("frame %d: %w", seq, err)
		}
	}
	r.frames, r.states, r.until = x.frames, x.states, x.until
	if r.sealed && !x.closed {
		return fmt.Errorf("%w: frame %d is missing, and the recording was sealed", ErrDamaged, last+1)
	}
	return nil
}

// An indexer goes through the frames of a recording, in order.
type indexer struct {
	last   entry
	event  entry // the last frame of events
	frames []entry
	states []entry
	until  int64
	piece  entry // of a state whose last piece has not come
	closed bool
}

var errFollows = fmt.Errorf("%w: it does not follow from the frame before", ErrDamaged)

// split tells whether the last window so far goes on in the next frame.
func (x *indexer) split() bool { return x.event.seq != 0 && x.event.flags&whole == 0 }

func (x *indexer) add(e entry) error {
	follows := !x.closed && e.seq == x.last.seq+1 && e.number == e.seq && (x.last.seq == 0) == (e.kind == aboutFrame) && (x.piece.seq == 0 || e.kind == stateFrame)
	switch e.kind {
	case aboutFrame:
		follows = follows && e.total == 0
	case eventFrame:
		begins := x.event.seq == 0 || e.first > x.event.last
		if x.split() {
			begins = e.first == x.event.last
		}
		follows = follows && begins && x.split() == (e.flags&begun != 0) && e.last >= e.first && e.total == x.last.total+uint64(e.count) && e.first >= 0
		if x.event = e; e.flags&whole != 0 {
			x.until = e.last + 1
		} else {
			x.until = e.last
		}
		x.frames = append(x.frames, e)
	case stateFrame:
		follows = follows && !x.split() && e.first >= x.until && e.total == x.last.total && e.digest == x.last.digest && e.last >= int64(e.count)
		if x.piece.seq == 0 {
			follows = follows && e.count == 0
		} else {
			follows = follows && e.count == x.piece.count+1 && e.first == x.piece.first && e.last == x.piece.last
		}
		if x.piece = e; int64(e.count) == e.last {
			first := e
			first.seq -= uint64(e.count)
			x.states, x.piece, x.until = append(x.states, first), entry{}, e.first
		}
	case closeFrame:
		follows = follows && !x.split() && e.first >= x.until && e.total == x.last.total && e.digest == x.last.digest
		x.closed, x.until = true, e.first
	default:
		return fmt.Errorf("%w: a frame of kind %q", ErrDamaged, e.kind)
	}
	if x.last = e; !follows {
		return errFollows
	}
	return nil
}
