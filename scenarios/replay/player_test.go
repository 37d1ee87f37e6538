package replay

import (
	"context"
	"errors"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pasar/agents/market"
	"pasar/sim"
	"pasar/sim/record"
)

// A script is a recording in memory, in windows of an hour.
type script struct {
	events []market.Event // by time
	until  sim.Time
	broken sim.Time // where it cannot be read; 0: nowhere
}

var errBroken = errors.New("torn")

func (s *script) Until() sim.Time { return s.until }

// Windows has the events of each window in the order of the kernel, which is not that of time.
func (s *script) Windows(_ context.Context, from sim.Time) iter.Seq2[record.Window[market.Msg], error] {
	return func(yield func(record.Window[market.Msg], error) bool) {
		for n := int64(from / market.Hour); sim.Time(n)*market.Hour < s.until; n++ {
			w := record.Window[market.Msg]{N: n}
			for _, e := range s.events {
				if int64(e.At/market.Hour) == n {
					w.Events = append(w.Events, e)
				}
			}
			if s.broken > 0 && sim.Time(n)*market.Hour >= s.broken {
				yield(w, errBroken)
				return
			}
			slices.SortStableFunc(w.Events, func(a, b market.Event) int { return int(a.To) - int(b.To) })
			if len(w.Events) > 0 && !yield(w, nil) {
				return
			}
		}
	}
}

// written is a script of n events in so many hours, some of them at one moment, with empty hours between.
func written(n int, hours int64) *script {
	rng := rand.New(rand.NewPCG(7, 7))
	s := &script{until: sim.Time(hours) * market.Hour}
	for i := range n {
		at := sim.Time(rng.Int64N(hours*3600)) / 60 * 60
		if at/market.Hour%5 == 3 {
			continue
		}
		s.events = append(s.events, market.Event{At: at, To: sim.ID(rng.IntN(50)), Nth: uint32(i), Kind: market.Placed})
	}
	record.ByTime(s.events)
	return s
}

// A screen keeps what it is shown, and when.
type screen struct {
	began time.Time
	seen  []market.Event
	late  []time.Duration // since began, of each event
	jumps []sim.Time
}

func (s *screen) show(m Moment) error {
	s.seen = append(s.seen, m.Events...)
	for range m.Events {
		s.late = append(s.late, time.Since(s.began))
	}
	if m.Jumped {
		s.jumps = append(s.jumps, m.Now)
	}
	return nil
}

// All events are shown, in order of time, each within a tick of its moment, and at any speed.
func TestPace(t *testing.T) {
	s := written(400, 50)
	for _, v := range []Speed{Speed(market.Hour) / 10, Speed(market.Day), Speed(market.Week), Max} {
		synctest.Test(t, func(t *testing.T) {
			x := &screen{began: time.Now()}
			p, err := New(s, Options{Window: market.Hour, Speed: v, Show: x.show})
			if err != nil {
				t.Fatal(err)
			}
			if err := p.Run(t.Context()); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(x.seen, s.events) || p.State().Shown != uint64(len(s.events)) {
				t.Fatalf("%v: %d of %d events are shown, or not in order", v, len(x.seen), len(s.events))
			}
			for i, e := range x.seen {
				due := time.Duration(float64(e.At) / float64(v) * float64(time.Second))
				if x.late[i] < due || x.late[i] > due+2*tick {
					t.Fatalf("%v: event of second %d was shown after %v, due after %v", v, e.At, x.late[i], due)
				}
			}
			if err := p.Pause(); !errors.Is(err, ErrOver) {
				t.Errorf("pausing what is over: %v", err)
			}
		})
	}
}

// A player pauses, steps window by window, seeks both ways and changes its speed; at the end it waits if it should.
func TestControls(t *testing.T) {
	s := written(400, 50)
	upTo := func(from, to sim.Time) (list []market.Event) {
		for _, e := range s.events {
			if e.At >= from && e.At < to {
				list = append(list, e)
			}
		}
		return list
	}
	synctest.Test(t, func(t *testing.T) {
		x := &screen{began: time.Now()}
		p, err := New(s, Options{Window: market.Hour, From: 1800, Speed: Speed(market.Hour), Paused: true, Stay: true, Show: x.show})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- p.Run(ctx) }()
		is := func(what string, now sim.Time, paused bool, want []market.Event) {
			t.Helper()
			synctest.Wait()
			if st := p.State(); st.Now != now || st.Paused != paused {
				t.Errorf("%s: at %d, paused %v; not at %d", what, st.Now, st.Paused, now)
			}
			if !slices.Equal(x.seen, want) {
				t.Errorf("%s: %d events are shown, not %d", what, len(x.seen), len(want))
			}
			x.seen = nil
		}
		try := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(time.Hour)
		is("paused from the beginning", 1800, true, nil)
		try(p.Step(ctx))
		is("a step", 3600, true, upTo(1800, 3600))
		try(p.Step(ctx))
		try(p.Step(ctx))
		is("two steps", 3*3600, true, upTo(3600, 3*3600))
		try(p.Play())
		time.Sleep(2*time.Second + tick/2) // two hours
		try(p.Pause())
		is("playing", p.State().Now, true, upTo(3*3600, p.State().Now))
		if now := p.State().Now; now < 5*3600-300 || now > 5*3600+300 {
			t.Errorf("after two hours in two seconds it is at %d", now)
		}
		try(p.Seek(ctx, 40*3600+100))
		is("seeking", 40*3600+100, true, nil)
		try(p.Step(ctx))
		is("a step from there", 41*3600, true, upTo(40*3600+100, 41*3600))
		try(p.Seek(ctx, 10*3600))
		try(p.Speed(Max))
		try(p.Play())
		is("to the end", s.until, false, upTo(10*3600, s.until))
		time.Sleep(time.Hour)
		try(p.Seek(ctx, 48*3600))
		is("and again", s.until, false, upTo(48*3600, s.until))
		if want := []sim.Time{40*3600 + 100, 10 * 3600, 48 * 3600}; !slices.Equal(x.jumps, want) {
			t.Errorf("jumps to %v, not %v", x.jumps, want)
		}
		if err := p.Seek(ctx, s.until+1); err == nil {
			t.Error("it seeks beyond the end")
		}
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("ended with %v", err)
		}
	})
}

// What cannot be read, or shown, ends the replay with the reason.
func TestPlayerFails(t *testing.T) {
	s := written(100, 50)
	s.broken = 30 * market.Hour
	p, err := New(s, Options{Window: market.Hour, Speed: Max})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Run(t.Context()); !errors.Is(err, errBroken) || p.State().Now > 30*market.Hour+market.Hour {
		t.Errorf("ended at %d: %v", p.State().Now, err)
	}
	p, _ = New(written(100, 50), Options{Window: market.Hour, Speed: Max, Show: func(Moment) error { return errBroken }})
	if err := p.Run(t.Context()); !errors.Is(err, errBroken) {
		t.Errorf("shown nowhere: %v", err)
	}
	if _, err := New(s, Options{Window: market.Hour, From: s.until + 1}); err == nil {
		t.Error("it begins after the end")
	}
}

// Speeds are read as they are written, and those that are none are refused.
func TestSpeeds(t *testing.T) {
	for _, c := range []struct {
		text, again string
		want        Speed
	}{{"7d/s", "7d/s", 604800}, {"1w/s", "7d/s", 604800}, {"12h/s", "12h/s", 43200}, {"90m/s", "90m/s", 5400}, {"1.5h/s", "90m/s", 5400}, {"1s/s", "1s/s", 1}, {"max", "max", Max}} {
		if v, err := ParseSpeed(c.text); v != c.want || err != nil || v.String() != c.again {
			t.Errorf("%s: %v (%v), %v", c.text, float64(v), v, err)
		}
	}
	for _, bad := range []string{"", "7d", "d/s", "0d/s", "-1h/s", "1y/s", "nan h/s", "NaNh/s", "1e300d/s", "fast"} {
		if v, err := ParseSpeed(bad); err == nil {
			t.Errorf("%q is %v", bad, v)
		}
	}
	v := Speed(7)
	for range 20 {
		v = v.Faster()
	}
	if v != Max || v.Slower() != 365*Speed(market.Day) || Speed(1).Slower() != 60 {
		t.Errorf("the ladder: %v, %v", v, v.Slower())
	}
}
