package replay

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"time"

	"pasar/agents/market"
	"pasar/sim"
	"pasar/sim/record"
)

// tick is how long a player waits at least before it shows more, so that many events are shown at once.
const tick = 20 * time.Millisecond

// ErrOver is what a player answers that has ended.
var ErrOver = errors.New("the replay is over")

// Options of a player.
type Options struct {
	Window      sim.Time // of the recorded world
	From, Until sim.Time // what is played; Until 0: as far as the recording reaches
	Speed       Speed
	Paused      bool // it begins so
	Stay        bool // at the end it waits for somebody to seek
	Show        func(Moment) error
}

// A Player plays a recording back. Run does it and calls Show; the other methods may be called from anywhere meanwhile. Time is the
// recording's: an event is shown when its moment has come, at the speed chosen since the last change of speed.
type Player struct {
	from Source
	o    Options
	asks chan func() error
	over chan struct{}

	mu    sync.Mutex
	state State

	// of Run
	begin   sim.Time  // simulated time at wall
	wall    time.Time // when the speed was last chosen
	next    func() (record.Window[market.Msg], error, bool)
	end     func()
	pending []market.Event // of the window under way, by time
	jumped  bool
}

// New makes a player.
func New(from Source, o Options) (*Player, error) {
	if o.Until == 0 || o.Until > from.Until() {
		o.Until = from.Until()
	}
	if o.From < 0 || o.From > o.Until {
		return nil, fmt.Errorf("%s is not within what is recorded, which ends at %s", Stamp(o.From), Stamp(o.Until))
	}
	p := &Player{from: from, o: o, asks: make(chan func() error), over: make(chan struct{})}
	p.state = State{Now: o.From, Until: o.Until, Speed: o.Speed, Paused: o.Paused}
	return p, nil
}

// Stamp is a moment as it is typed and read, in Jakarta's time.
func Stamp(t sim.Time) string { return market.Clock.Date(t).Format("2006-01-02T15:04:05") }

// State is where the player stands.
func (p *Player) State() State {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state
}

// Play goes on.
func (p *Player) Play() error {
	return p.change(func(s *State) { s.Paused = false })
}

// Pause stops where it is.
func (p *Player) Pause() error {
	return p.change(func(s *State) { s.Paused = true })
}

// Step pauses and shows what is left of the window under way, or the next one.
func (p *Player) Step(ctx context.Context) error {
	return p.ask(func() error {
		p.set(func(s *State) { s.Paused = true })
		return p.advance(ctx, p.state.Now/p.o.Window*p.o.Window+p.o.Window)
	})
}

// Seek goes to a moment, forwards or back. What lies between is not shown.
func (p *Player) Seek(ctx context.Context, t sim.Time) error {
	if t < 0 || t > p.o.Until {
		return fmt.Errorf("%s is not within what is recorded, from %s to %s", Stamp(t), Stamp(0), Stamp(p.o.Until))
	}
	return p.ask(func() error {
		p.seek(ctx, t)
		return p.show(nil)
	})
}

// Speed chooses another speed.
func (p *Player) Speed(v Speed) error {
	return p.change(func(s *State) { s.Speed = v })
}

// change has the state changed, and shown.
func (p *Player) change(to func(*State)) error {
	return p.ask(func() error {
		p.set(to)
		return p.show(nil)
	})
}

// ask has something done by Run, and waits for it.
func (p *Player) ask(do func() error) error {
	done := make(chan error, 1)
	select {
	case p.asks <- func() error {
		err := do()
		done <- err
		return err
	}:
		return <-done
	case <-p.over:
		return ErrOver
	}
}

// set changes the state; from here on time runs from where it is.
func (p *Player) set(change func(*State)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(&p.state)
	p.begin, p.wall = p.state.Now, time.Now()
}

// Run plays to the end, or until ctx ends or Show fails.
func (p *Player) Run(ctx context.Context) error {
	defer close(p.over)
	p.seek(ctx, p.o.From)
	defer func() { p.end() }()
	p.jumped = false
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		s := p.state // only this goroutine changes it
		if s.Now >= s.Until && !p.o.Stay {
			return nil
		}
		wait := tick
		switch {
		case s.Paused || s.Now >= s.Until:
			wait = time.Hour // until somebody asks
		case s.Speed == Max:
			wait = 0
			if err := p.advance(ctx, s.Now/p.o.Window*p.o.Window+p.o.Window); err != nil {
				return err
			}
		default:
			due := p.begin + sim.Time(time.Since(p.wall).Seconds()*float64(s.Speed))
			if edge := s.Now/p.o.Window*p.o.Window + p.o.Window; due > edge {
				due, wait = edge, 0 // the next window at once
			}
			if due > s.Now {
				if err := p.advance(ctx, due); err != nil {
					return err
				}
			}
		}
		timer.Reset(wait)
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case do := <-p.asks:
			if err := do(); err != nil {
				return err
			}
		case <-timer.C:
		}
	}
}

// seek goes to a moment.
func (p *Player) seek(ctx context.Context, t sim.Time) {
	if p.end != nil {
		p.end()
	}
	p.next, p.end = iter.Pull2(p.from.Windows(ctx, t))
	p.pending, p.jumped = nil, true
	p.set(func(s *State) { s.Now = t })
}

// advance shows all that happens before a moment, which is not beyond the window under way.
func (p *Player) advance(ctx context.Context, to sim.Time) error {
	to = min(to, p.o.Until)
	if len(p.pending) == 0 && p.next != nil {
		w, err, more := p.next()
		if err != nil {
			return err
		}
		if p.pending = w.Events; !more {
			p.next = nil
		}
		record.ByTime(p.pending)
		for len(p.pending) > 0 && p.pending[0].At < p.state.Now { // of the window that was sought
			p.pending = p.pending[1:]
		}
	}
	n := 0
	for n < len(p.pending) && p.pending[n].At < to {
		n++
	}
	now := p.pending[:n:n]
	p.pending = p.pending[n:]
	p.mu.Lock()
	p.state.Now, p.state.Shown = to, p.state.Shown+uint64(n)
	p.mu.Unlock()
	return p.show(now)
}

func (p *Player) show(events []market.Event) error {
	m := Moment{Now: p.state.Now, Events: events, Jumped: p.jumped}
	p.jumped = false
	if p.o.Show == nil {
		return nil
	}
	return p.o.Show(m)
}
