// Package record keeps what happened in a run and gives it back: all events, in frames, and now and then the state of the world.
//
// A recording is a folder with one stream of NATS JetStream. A Recorder fills it while the world is played, without changing
// anything there; Open reads it. Message 1 of the stream says what was recorded, the others are frames of events, pieces of
// states and, if the recording came to its end, a closing frame, after which the stream is sealed. The order is the
// stream's: message n is frame n, so that a missing one is seen.
//
// What was acknowledged survives the end of the process, however sudden, but not a power cut: the disk is told to write
// once a second. What is damaged is refused with the place, and is never played.
package record

import (
	"errors"
	"fmt"
	"regexp"

	"pasar/sim"
)

// ErrDamaged is wrapped by every error that tells of bytes that are not those recorded.
var ErrDamaged = errors.New("the recording is damaged")

// ErrFull is wrapped by the error of a Recorder that found no more room: the limit is reached, or the disk is full.
var ErrFull = errors.New("no more room for the recording")

// DefaultLimit is how many bytes a recording may have if nothing is said.
const DefaultLimit = 8 << 30

// Options of a recording.
type Options struct {
	Run     string   // names the run: letters, digits, - and _
	Window  sim.Time // of the world
	About   []byte   // what is played, in the words of the caller; at most 512 KiB
	Limit   int64    // bytes it may take on disk; default: DefaultLimit
	Spare   int64    // bytes of the disk that it leaves free, for what is written after it
	Durable bool     // the disk is told to write after every message: survives a power cut, and is slower
}

var runName = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

func (o *Options) check() error {
	switch {
	case !runName.MatchString(o.Run):
		return fmt.Errorf("run name %q: letters, digits, - and _ only, 1 to 64 of them", o.Run)
	case o.Window < 1:
		return fmt.Errorf("window of %d ticks", o.Window)
	case len(o.About) > maxFrame/2:
		return fmt.Errorf("%d bytes about the run; at most %d", len(o.About), maxFrame/2)
	case o.Limit < 0 || o.Spare < 0:
		return fmt.Errorf("limit of %d bytes, %d to spare", o.Limit, o.Spare)
	}
	return nil
}

// A Window is all that happened in one window of a recording.
type Window[M any] struct {
	N      int64 // the window; those in which nothing happened are left out
	Events []sim.Event[M]
}

// A run of events: those of one window within a frame.
type run struct {
	window int64
	n      int
}
