package simtest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pasar/sim"
)

var errModel = errors.New("model")

// A panic of the model is an error that says where; all goroutines end (see TestMain) and the world goes no further.
func TestFaults(t *testing.T) {
	boom := func(*sim.Turn[Jump]) { panic(errModel) }
	for _, l := range Layouts {
		for _, c := range []struct {
			name string
			acts []act
			at   sim.Fault
		}{
			{"react", []act{{who: 2, at: 7*hour + 3, do: boom}}, sim.Fault{Window: 7, At: 7*hour + 3, To: 2, From: 2, Kind: 100}},
			{"born", []act{{who: 4, do: boom}}, sim.Fault{Window: -1, To: 4}},
			{"wake", []act{{who: 1, at: hour, do: func(t *sim.Turn[Jump]) { t.Wake(2, 101, Jump{}) }}, {who: 1, at: 99 * hour, do: boom}},
				sim.Fault{Window: 1, At: hour + 2, To: 1, From: 1, Kind: 101}},
		} {
			r, err := script(t, l, sim.Options[Jump]{Window: hour, Until: 9 * hour}, c.acts)
			f := new(sim.Fault)
			if !errors.As(err, &f) || !errors.Is(err, errModel) {
				t.Fatalf("%s, %v: %v", c.name, l, err)
			}
			g := sim.Fault{Window: f.Window, At: f.At, To: f.To, From: f.From, Kind: f.Kind, Between: f.Between}
			if fmt.Sprint(g) != fmt.Sprint(c.at) || !strings.Contains(string(f.Stack), "fault_test.go") {
				t.Errorf("%s, %v: %+v", c.name, l, g)
			}
			for _, w := range r.Worlds {
				if _, err := w.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "cannot go on") {
					t.Errorf("%s, %v: run again: %v", c.name, l, err)
				}
			}
		}
	}
}

// What an agent may not do.
func TestForbidden(t *testing.T) {
	for _, l := range []Layout{{Shards: 1}, {Shards: 3}, {Actors: true}} {
		for _, c := range []struct {
			want string
			do   func(*sim.Turn[Jump])
		}{
			{"", func(t *sim.Turn[Jump]) {
				t.SendIn(hour, 1, 1, Jump{})
				t.SendIn(hour, t.Self, 1, Jump{})
				t.Wake(1, 1, Jump{})
			}},
			{"agent 3 sends kind 8 in 999 ticks, less than the window of 1000", func(t *sim.Turn[Jump]) { t.SendIn(hour-1, 1, 8, Jump{}) }},
			{"in -5 ticks", func(t *sim.Turn[Jump]) { t.SendIn(-5, 3, 8, Jump{}) }},
			{"to agent 5 of 5", func(t *sim.Turn[Jump]) { t.Send(extras, 8, Jump{}) }},
			{"wakes itself in 0 ticks", func(t *sim.Turn[Jump]) { t.Wake(0, 8, Jump{}) }},
			{"tally of cell 0", func(t *sim.Turn[Jump]) { t.Tally(t.Now, 0, 1) }},
			{errGone, func(*sim.Turn[Jump]) { runtime.Goexit() }},
		} {
			_, err := script(t, l, sim.Options[Jump]{Window: hour, Until: 9 * hour}, []act{{who: 3, at: 2*hour + 999, do: c.do}})
			if (err != nil) != (c.want != "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v: %v, want %q", l, err, c.want)
			}
		}
	}
}

const errGone = "the model ended a goroutine"

// A mistake in what is called between windows is an error as well, and no event is blamed.
func TestFaultBetweenWindows(t *testing.T) {
	for _, l := range []Layout{{Shards: 1}, {Shards: 3}, {Actors: true}} {
		o := sim.Options[Jump]{Window: hour, Until: 99 * hour, Period: day, Cells: 1}
		o.Check = func(int64, []int64, []int64) error { panic(errModel) }
		_, err := script(t, l, o, []act{{at: 5, do: func(*sim.Turn[Jump]) {}}})
		f := new(sim.Fault)
		if !errors.Is(err, errModel) || !errors.As(err, &f) || !f.Between || f.Window != 23 {
			t.Errorf("%v: %v", l, err)
		}
	}
}

// Cancelled in the midst, a run returns the cause.
func TestCancel(t *testing.T) {
	for _, l := range Layouts {
		ctx, cancel := context.WithCancelCause(context.Background())
		var events atomic.Int64
		r := Spread(l, 1, nil, sim.Options[Jump]{Until: 1e15, Window: hour}, func(o sim.Options[Jump]) *sim.World[Jump] {
			o.Progress = func(sim.Time, uint64) {
				if events.Add(1) == 20 {
					cancel(errModel)
				}
			}
			return phold(PHOLD{Agents: 70, Start: 2, Remote: .5, Window: hour, Mean: 1000})(o)
		})
		late := time.AfterFunc(time.Minute, func() { panic("a cancelled run goes on") })
		if _, err := r.To(ctx, 1e15); !errors.Is(err, errModel) && !errors.Is(err, context.Canceled) {
			t.Errorf("%v: %v", l, err)
		}
		late.Stop()
	}
}

// Options that contradict each other and types that are not plain are refused at once.
func TestRefused(t *testing.T) {
	bus, wire := NewBus(2, 1), NewWire(1)
	for i, o := range []sim.Options[Jump]{
		{Window: 0}, {Window: -1}, {Window: 10, Until: 15}, {Window: 10, Period: 15}, {Window: 10, Period: 20, Lag: 5},
		{Window: 10, Period: 10, Lag: 30}, {Window: 10, Period: 10, Lag: -10}, {Window: 10, Lag: 10}, {Window: 10, Until: -10},
		{Window: 10, Shards: 2}, {Window: 10, Actors: true}, {Window: 10, Shards: 2, Procs: 3, Bus: bus},
		{Window: 10, Shards: 2, Procs: 2, Proc: 2, Bus: bus}, {Window: 10, Shards: 2, Procs: 2, Proc: -1, Bus: bus},
		{Window: 10, Actors: true, Wire: wire, Procs: 2}, {Window: 10, Cells: 2, Balanced: []sim.Cell{1, 2}}, {Window: 10, Topics: -1},
	} {
		if !panics(func() { sim.New(o) }) {
			t.Errorf("options %d are accepted", i)
		}
	}
	for name, f := range map[string]func(){
		"pointer": refused[struct{ P *int64 }], "float": refused[struct{ F [2]float64 }], "string": refused[struct{ S string }],
		"int": refused[struct{ N int }], "slice": refused[struct{ S []byte }], "odd": refused[struct{ A int32 }],
		"padding": refused[struct {
			A int64
			B int32
			C int64
		}], "end": refused[struct {
			A int64
			B int8
		}], "inner": refused[struct {
			A [2]struct {
				B int32
				C int64
			}
		}],
	} {
		if !panics(f) {
			t.Errorf("a message with %s is accepted", name)
		}
	}
	for name, f := range map[string]func(){"plain": refused[struct {
		A int32
		B [2]uint16
		C [8]bool
	}], "empty": refused[struct{}]} {
		if panics(f) {
			t.Errorf("a message that is %s is refused", name)
		}
	}
}

func refused[M any]() { sim.New(sim.Options[M]{Window: 1}) }

func panics(f func()) (yes bool) {
	defer func() { yes = recover() != nil }()
	f()
	return false
}
