package simtest

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"testing"

	"pasar/sim"
)

// A reel is a Recorder that keeps all events and checks that they come in order.
type reel struct {
	mu     sync.Mutex
	shards int
	last   map[int]int64
	events []sim.Event[Jump]
	wrong  []string
}

// order is the one order of the events of a window.
func order(a, b sim.Event[Jump]) int {
	return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(a.At, b.At), cmp.Compare(a.From, b.From), cmp.Compare(a.Said, b.Said),
		cmp.Compare(a.Nth, b.Nth))
}

func (r *reel) Record(shard int, window int64, events []sim.Event[Jump]) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if last, ok := r.last[shard]; ok && last >= window {
		r.wrong = append(r.wrong, fmt.Sprintf("shard %d: window %d after %d", shard, window, last))
	}
	r.last[shard] = window
	for i, e := range events {
		if int64(e.At/hour) != window || int(e.To)%r.shards != shard || i > 0 && order(events[i-1], e) >= 0 {
			r.wrong = append(r.wrong, fmt.Sprintf("shard %d, window %d: %+v after %+v", shard, window, e, events[max(i, 1)-1]))
		}
	}
	r.events = append(r.events, events...)
}

// A watcher looks on quietly, also within a window, or sleeps.
type watcher struct{ on bool }

func (o watcher) Born(t *sim.Turn[Jump], _ *nothing) { o.React(t, &nothing{}, nil) }

func (o watcher) React(t *sim.Turn[Jump], s *nothing, _ *sim.Event[Jump]) {
	if s.Heard++; o.on {
		t.Wake(300, sim.Quiet|5, Jump{})
	}
}

// reasons is PHOLD that gives reasons, or none.
type reasons struct {
	PHOLD
	why bool
}

func (r *reasons) React(t *sim.Turn[Jump], s *Token, e *sim.Event[Jump]) {
	if r.why {
		if t.Why() != uint32(e.Msg.Hops) {
			panic("the reason of an event is lost")
		}
		t.Because(uint32(e.Msg.Hops) + 1)
	}
	r.PHOLD.React(t, s, e)
}

// Recording, progress, quiet observers and reasons change no history; a recorder sees it all, in order, in every layout.
func TestRecorder(t *testing.T) {
	const until = 30 * hour
	play := func(l Layout, rec bool, quiet, why bool) (sim.Digest, uint64, *reel, uint32) {
		var watch sim.Group
		tape := &reel{shards: l.Shards, last: map[int]int64{}}
		o := sim.Options[Jump]{Seed: 5, Window: hour, Until: until}
		if l.Actors {
			tape.shards = 65
		}
		if rec {
			o.Recorder = tape
			o.Progress = func(now sim.Time, events uint64) {
				if now <= 0 || now > until {
					t.Errorf("%v: progress to %d", l, now)
				}
			}
		}
		r := Spread(l, 5, nil, o, func(o sim.Options[Jump]) *sim.World[Jump] {
			w := sim.New(o)
			p := PHOLD{Agents: 60, Start: 3, Remote: .5, Window: hour, Mean: 2000}
			sim.Add(w, 1, 60, sim.Agent[Token, Jump](&reasons{p, why}))
			sim.Add(w, 3, 4, sim.Agent[nothing, Jump](stage{})) // they hear nothing
			watch = sim.Add(w, 2, 1, sim.Agent[nothing, Jump](watcher{quiet}))
			return w
		})
		d := to(t, r, until)
		var heard uint32
		for _, w := range r.Worlds {
			heard += sim.State[nothing](w, watch)[0].Heard
		}
		return d, r.Worlds[0].Events(), tape, heard
	}
	digest, events, tape, _ := play(Layouts[0], false, false, false)
	if len(tape.events) > 0 {
		t.Fatal("recorded without a recorder")
	}
	var first []sim.Event[Jump]
	for _, l := range Layouts {
		d, n, tape, heard := play(l, true, true, true)
		if d != digest || n != events {
			t.Errorf("%v: %v of %d events, unobserved %v of %d", l, d, n, digest, events)
		}
		if want := uint32(until)/300 - 1; heard != want || len(tape.events) != int(n)+int(heard) {
			t.Errorf("%v: %d recorded, %d in the digest, %d quiet", l, len(tape.events), n, heard)
		}
		for _, s := range tape.wrong {
			t.Error(l, s)
		}
		slices.SortFunc(tape.events, func(a, b sim.Event[Jump]) int { return cmp.Or(cmp.Compare(a.At/hour, b.At/hour), order(a, b)) })
		if first == nil {
			first = tape.events
		}
		if !slices.Equal(tape.events, first) {
			t.Errorf("%v: recorded other events", l)
		}
	}
	for i := range first {
		e := &first[i]
		cause := e.Parent(first[:i])
		switch {
		case (cause == nil) != (e.Said == 0):
			t.Fatalf("%+v: cause %+v", e, cause)
		case cause != nil && e.Kind == jump && (cause.Why != e.Why-1 || cause.Msg.Hops != e.Msg.Hops-1):
			t.Fatalf("%+v is no reaction to %+v", e, cause)
		}
	}
	if d, _, _, _ := play(Layouts[0], true, false, false); d != digest {
		t.Error("recording changes the digest")
	}
}

// What is said at one second, on account of several events, has numbers of its own; wakes come in their order among the rest.
func TestSameSecond(t *testing.T) {
	say := func(n uint64) func(*sim.Turn[Jump]) {
		return func(t *sim.Turn[Jump]) { t.Send(1, 7, Jump{n}); t.Wake(10, 8, Jump{n}); t.Wake(5, 9, Jump{n}) }
	}
	both := func(t *sim.Turn[Jump]) {
		t.SendIn(2*hour-t.Now, 0, 10, Jump{1})
		t.SendIn(2*hour+7-t.Now, 0, 10, Jump{2})
	}
	acts := []act{{at: 2 * hour, do: say(1)}, {at: 2 * hour, do: say(2)}, {who: 3, at: 50, do: both}, {who: 2, at: 60, do: both}}
	// What agent 0 hears in window 2: at, from, kind, number said.
	want := []string{"2000 0 100 0", "2000 0 101 0", "2000 2 10 1", "2000 3 10 1", "2005 0 9 1", "2005 0 9 2", "2007 2 10 2", "2007 3 10 2",
		"2010 0 8 1", "2010 0 8 2"}
	for _, l := range Layouts {
		tape := &reel{shards: l.Shards, last: map[int]int64{}}
		if l.Actors {
			tape.shards = extras
		}
		if _, err := script(t, l, sim.Options[Jump]{Window: hour, Until: 9 * hour, Recorder: tape}, acts); err != nil {
			t.Fatal(err)
		}
		var got []string
		said := map[[5]int64]bool{}
		for _, e := range tape.events {
			key := [5]int64{int64(e.To), int64(e.At), int64(e.From), int64(e.Said), int64(e.Nth)}
			if said[key] {
				t.Errorf("%v: %v twice", l, key)
			}
			if cause := e.Parent(tape.events); e.Said == 2*hour && (cause == nil || cause.Kind != 99+sim.Kind(e.Msg.Hops)) {
				t.Errorf("%v: kind %d, number %d is said on account of %+v", l, e.Kind, e.Msg.Hops, cause)
			}
			if said[key] = true; e.To == 0 && e.At/hour == 2 {
				got = append(got, fmt.Sprint(e.At, e.From, uint32(e.Kind), e.Msg.Hops))
			}
		}
		if len(tape.wrong) > 0 || !slices.Equal(got, want) {
			t.Errorf("%v: %v\n%v", l, got, tape.wrong)
		}
	}
}
