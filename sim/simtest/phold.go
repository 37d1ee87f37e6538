// Package simtest holds the toy models that try the kernel: PHOLD (Fujimoto 1990), the benchmark of the field, and a bus
// that misbehaves within what a bus may do.
package simtest

import (
	"pasar/sim"
)

// Jump is the message of PHOLD: how often it has been passed on.
type Jump struct{ Hops uint64 }

// Token is what one PHOLD agent has of its own: the events it has handled.
type Token struct{ Handled uint32 }

// PHOLD is a crowd of agents that hold Start events each. An agent that hears one passes it on after a window and an
// exponential delay, to a uniformly drawn agent with probability Remote, else to itself.
type PHOLD struct {
	Agents int
	Start  int
	Remote float64
	Window sim.Time
	Mean   float64 // of the delay beyond the window, in ticks
}

// DefaultPHOLD is the configuration of the benchmark: 10,000 agents, 10 events each, half of them sent anywhere.
func DefaultPHOLD() PHOLD {
	return PHOLD{Agents: 10_000, Start: 10, Remote: .5, Window: 1000, Mean: 1000}
}

const jump sim.Kind = 1

// NewPHOLD is a world of PHOLD agents.
func NewPHOLD(p PHOLD, o sim.Options[Jump]) (*sim.World[Jump], sim.Group) {
	o.Window = p.Window
	w := sim.New(o)
	return w, sim.Add(w, 1, p.Agents, sim.Agent[Token, Jump](&p))
}

// Born gives an agent its first events.
func (p *PHOLD) Born(t *sim.Turn[Jump], s *Token) {
	for range p.Start {
		p.pass(t, s, Jump{})
	}
}

// React passes an event on.
func (p *PHOLD) React(t *sim.Turn[Jump], s *Token, e *sim.Event[Jump]) {
	p.pass(t, s, Jump{e.Msg.Hops + 1})
}

func (p *PHOLD) pass(t *sim.Turn[Jump], s *Token, m Jump) {
	l := t.Luck(1, s.Handled)
	s.Handled++
	after := p.Window + sim.Time(float64(p.Mean*l.Exp(0)))
	b := l.Bits(1)
	if coin, who := b>>32, b&0xffffffff; float64(coin) < float64(p.Remote*0x1p32) {
		t.SendIn(after, sim.ID(who*uint64(p.Agents)>>32), jump, m)
		return
	}
	t.SendIn(after, t.Self, jump, m)
}
