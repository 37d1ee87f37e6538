package simtest

import (
	"context"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"pasar/sim"
)

// Where things stand in the frames of PHOLD, see sim/frame.go.
const (
	header    = 32
	eventSize = 48
	why       = 28 // where an event's Why begins
)

// mayHide tells whether a byte of a frame may change unseen: the sender's next busy window, which others can make good; an
// event's Why, which is outside the digest; all of an event that nobody will hear.
func mayHide(frame []byte, at int, until sim.Time) bool {
	if at < header {
		return at/8 == 1
	}
	event := header + (at-header)/eventSize*eventSize
	in := at - event
	return in >= why && in < why+4 || binary.LittleEndian.Uint64(frame[event:]) >= uint64(until)
}

// A frame that is damaged on its way gives an error or another digest, never a panic, a hang or the same as undamaged.
func TestDamage(t *testing.T) {
	const shards, until = 3, 12 * hour
	p := PHOLD{Agents: 30, Start: 2, Remote: .8, Window: hour, Mean: 2000}
	var rounds uint64
	count := NewBus(shards, 1)
	count.Spoil = func(_, _ int, round uint64, f []byte) []byte { rounds = max(rounds, round); return f }
	want := to(t, Spread(Layout{Shards: shards}, 1, count, sim.Options[Jump]{Seed: 1, Until: until}, phold(p)), until)
	rng := rand.New(rand.NewPCG(1, 2))
	failed, other := 0, 0
	for trial := range 900 {
		b := NewBus(shards, uint64(trial))
		from, d := rng.IntN(shards), 1+rng.IntN(shards-1)
		to, round := (from+d)%shards, rng.Uint64N(rounds+1)
		unseen := false // whether this damage may stay unseen
		b.Spoil = func(f, d int, r uint64, frame []byte) []byte {
			if f != from || d != to || r != round {
				return frame
			}
			at := rng.IntN(len(frame))
			unseen = r == rounds || mayHide(frame, at, until)
			switch rng.IntN(8) {
			case 0:
				return frame[:at]
			case 1:
				return append(frame, frame[:at+1]...)
			case 2:
				frame[at] = 0xff - frame[at]
			default:
				frame[at] ^= 1 << rng.IntN(8)
			}
			return frame
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		got, err := Spread(Layout{Shards: shards}, 1, b, sim.Options[Jump]{Seed: 1, Until: until}, phold(p)).To(ctx, until)
		cancel()
		switch {
		case errors.Is(err, context.DeadlineExceeded):
			t.Fatalf("trial %d: hangs", trial)
		case err != nil:
			failed++
		case got != want:
			other++
		case !unseen:
			t.Errorf("trial %d: damage in round %d from %d to %d changes nothing", trial, round, from, to)
		}
	}
	if failed < 300 || other < 100 {
		t.Errorf("%d errors and %d other digests", failed, other)
	}
}

// The same for frames with notices and tallies, which no digest covers: it must end.
func TestDamageOfBooks(t *testing.T) {
	const shards = 3
	rng := rand.New(rand.NewPCG(3, 4))
	failed := 0
	for trial := range 600 {
		bus := NewBus(shards, uint64(trial))
		round := rng.Uint64N(30)
		bus.Spoil = func(_, _ int, r uint64, frame []byte) []byte {
			if r == round && rng.IntN(2) == 0 {
				frame[rng.IntN(len(frame))] ^= 1 << rng.IntN(8)
			}
			return frame
		}
		o := sim.Options[Jump]{Seed: 7, Window: hour, Period: 2 * hour, Lag: 2 * hour, Cells: 1, Topics: 1, Audit: 1}
		r := Spread(Layout{Shards: shards}, 1, bus, o, func(o sim.Options[Jump]) *sim.World[Jump] {
			w := sim.New(o)
			sim.Add(w, 1, 9, sim.Agent[ledger, Jump](&clerks{n: 9}))
			return w
		})
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		if _, err := r.To(ctx, 40*hour); errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("trial %d: hangs", trial)
		} else if err != nil {
			failed++
		}
		cancel()
	}
	if failed < 100 {
		t.Errorf("%d errors", failed)
	}
}
