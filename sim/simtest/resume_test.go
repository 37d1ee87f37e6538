package simtest

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pasar/sim"
)

// A ledger is a state with memory of its own: what its agent has heard, by day, and at -1 when it posted.
type ledger struct{ heard map[sim.Time]uint64 }

func (l *ledger) Append(b []byte) []byte {
	var at []sim.Time
	for t := range l.heard {
		at = append(at, t)
	}
	slices.Sort(at)
	for _, t := range at {
		b = binary.LittleEndian.AppendUint64(b, uint64(t))
		b = binary.LittleEndian.AppendUint64(b, l.heard[t])
	}
	return b
}

func (l *ledger) Read(b []byte) error {
	l.heard = map[sim.Time]uint64{}
	for ; len(b) >= 16; b = b[16:] {
		l.heard[sim.Time(binary.LittleEndian.Uint64(b))] = binary.LittleEndian.Uint64(b[8:])
	}
	if len(b) > 0 {
		return errors.New("rest")
	}
	return nil
}

// clerks pass on what they have heard so far; they also post, read and tally, so that all that a world keeps matters.
type clerks struct {
	n    uint32
	rule uint64 // not part of the history: a resumed world may have another
}

func (c *clerks) Born(t *sim.Turn[Jump], s *ledger) {
	s.heard = map[sim.Time]uint64{}
	t.Wake(1+sim.Time(t.Number), 1, Jump{1})
}

func (c *clerks) React(t *sim.Turn[Jump], s *ledger, e *sim.Event[Jump]) {
	s.heard[t.Now/day] += e.Msg.Hops + c.rule
	sum := s.heard[t.Now/day]
	if n := t.Posted(0); n != nil {
		sum += uint64(n.Window)
	}
	if day := t.Closed(int64(t.Now/day) - 2); day != nil {
		sum += uint64(day[0])
	}
	if window := uint64(t.Now/hour) + 1; t.Number == 0 && s.heard[-1]+3 < window {
		s.heard[-1] = window
		t.Post(0, []byte{1})
	}
	t.Tally(t.Now, 0, int64(sum%1000))
	l := t.Luck(1, uint32(sum))
	t.SendIn(hour+sim.Time(l.Below(0, uint32(day))), sim.ID(l.Below(1, c.n)), 1, Jump{sum})
}

// A world resumed from another goes on as that one does, and that one is not disturbed.
func TestResume(t *testing.T) {
	const stop, until = 10*day + 5*hour, 16 * day
	for _, l := range append(few, Layout{Shards: 8}) {
		build := func(rule uint64) Run[Jump] {
			o := sim.Options[Jump]{Seed: 7, Window: hour, Until: until, Period: day, Lag: 2 * hour, Cells: 1, Topics: 1}
			return Spread(l, 7, nil, o, func(o sim.Options[Jump]) *sim.World[Jump] {
				w := sim.New(o)
				sim.Add(w, 1, 20, sim.Agent[ledger, Jump](&clerks{n: 30, rule: rule}))
				p := PHOLD{Agents: 20, Start: 1, Remote: .5, Window: hour, Mean: float64(20 * hour)} // plain, among the clerks
				sim.Add(w, 2, 10, sim.Agent[Token, Jump](&p))
				return w
			})
		}
		want := to(t, build(0), until)
		a := build(0)
		before := to(t, a, stop)
		resume := func(rule uint64) Run[Jump] {
			b := build(rule)
			for i, w := range b.Worlds {
				if err := w.Resume(a.Worlds[i]); err != nil {
					t.Fatalf("%v: %v", l, err)
				}
				if w.Digest() != before || w.Events() != a.Worlds[i].Events() || !alike(w.Posted(0), a.Worlds[i].Posted(0)) {
					t.Errorf("%v: a resumed world differs before it goes on", l)
				}
			}
			return b
		}
		b, other, again := resume(0), resume(1), resume(0)
		if got := to(t, other, until); got == want {
			t.Errorf("%v: another rule changes nothing", l)
		}
		last := fmt.Sprint(other.Worlds[0].Closed(14))
		for name, r := range map[string]Run[Jump]{"first": a, "resumed": b, "resumed, too": again} { // independent
			if got := to(t, r, until); got != want {
				t.Errorf("%v: %s gives %v, not %v", l, name, got, want)
			}
		}
		for p := range int64(16) {
			if x, y := a.Worlds[0].Closed(p), b.Worlds[0].Closed(p); !slices.Equal(x, y) || (x == nil) != (p == 15) {
				t.Errorf("%v: day %d: %v and %v", l, p, x, y)
			}
		}
		if now := fmt.Sprint(other.Worlds[0].Closed(14)); now != last || now == fmt.Sprint(a.Worlds[0].Closed(14)) {
			t.Errorf("%v: a finished world changes from %v to %v", l, last, now)
		}
		if fmt.Sprint(a.Worlds[0].Digests()) != fmt.Sprint(b.Worlds[0].Digests()) {
			t.Errorf("%v: digests by day differ", l)
		}
	}
}

// alike tells whether two notices say the same, in worlds of their own.
func alike(a, b *sim.Notice) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a != b && a.From == b.From && a.Window == b.Window && string(a.Bytes) == string(b.Bytes)
}

// Worlds that are not alike are not resumed.
func TestResumeRefused(t *testing.T) {
	o := sim.Options[Jump]{Seed: 1, Window: hour, Until: day, Period: day, Lag: hour, Cells: 1, Topics: 1}
	build := func(n int, change func(*sim.Options[Jump])) *sim.World[Jump] {
		o := o
		change(&o)
		w := sim.New(o)
		sim.Add(w, 1, n, sim.Agent[nothing, Jump](stage{}))
		return w
	}
	keep := func(*sim.Options[Jump]) {}
	from := build(3, keep)
	if build(3, keep).Resume(from) == nil {
		t.Error("resumed from a world that has not begun")
	}
	if _, err := from.RunTo(t.Context(), 5*hour); err != nil {
		t.Fatal(err)
	}
	if err := build(3, func(o *sim.Options[Jump]) { o.Until = 2 * day }).Resume(from); err != nil {
		t.Error(err)
	}
	if from.Resume(from) == nil {
		t.Error("a world that has begun resumes")
	}
	if build(4, keep).Resume(from) == nil {
		t.Error("resumed with another population")
	}
	for i, change := range []func(*sim.Options[Jump]){
		func(o *sim.Options[Jump]) { o.Seed = 2 }, func(o *sim.Options[Jump]) { o.Window *= 2; o.Lag *= 2 },
		func(o *sim.Options[Jump]) { o.Lag = 0 }, func(o *sim.Options[Jump]) { o.Period *= 2 },
		func(o *sim.Options[Jump]) { o.Cells = 2 }, func(o *sim.Options[Jump]) { o.Topics = 2 },
		func(o *sim.Options[Jump]) { o.Shards, o.Bus = 2, NewBus(2, 1) },
		func(o *sim.Options[Jump]) { o.Actors, o.Wire = true, NewWire(1) },
	} {
		if build(3, change).Resume(from) == nil {
			t.Errorf("resumed with change %d", i)
		}
	}
}
