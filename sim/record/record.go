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

	"pasar/sim"
)

// ErrDamaged is wrapped by every error that tells of bytes that are not those recorded.
var ErrDamaged = errors.New("the recording is damaged")

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
