package simtest

import (
	"testing"

	"pasar/sim"
)

// act is what one agent of a script does at one time; at 0 when it is born.
type act struct {
	who int
	at  sim.Time
	do  func(*sim.Turn[Jump])
}

// A stage is a crowd that follows a script: agent i does all acts of who i.
type stage []act

type nothing struct{ Heard uint32 }

func (c stage) Born(t *sim.Turn[Jump], _ *nothing) {
	for i, a := range c {
		if a.who != int(t.Number) {
			continue
		}
		if a.at == 0 {
			a.do(t)
		} else {
			t.Wake(a.at, 100+sim.Kind(i), Jump{})
		}
	}
}

func (c stage) React(t *sim.Turn[Jump], s *nothing, e *sim.Event[Jump]) {
	s.Heard++
	if e.Kind >= 100 {
		c[e.Kind-100].do(t)
	}
}

// actors of a script, the busy ones first.
const extras = 5

// script plays a script.
func script(t *testing.T, l Layout, o sim.Options[Jump], acts []act) (Run[Jump], error) {
	t.Helper()
	r := Spread(l, 1, nil, o, func(o sim.Options[Jump]) *sim.World[Jump] {
		w := sim.New(o)
		sim.Add(w, 1, extras, sim.Agent[nothing, Jump](stage(acts)))
		return w
	})
	_, err := r.To(t.Context(), o.Until)
	return r, err
}

// recorderFunc makes a function a Recorder; it is meant for one shard.
type recorderFunc[M any] func(shard int, window int64, events []sim.Event[M])

func (f recorderFunc[M]) Record(shard int, window int64, events []sim.Event[M]) {
	f(shard, window, events)
}
