// Package natsbus carries events between goroutines and processes over NATS.
//
// Each shard has a connection and a subject of its own. In every round it sends one frame to every other shard, cut into
// parts, and waits for the frames of all others. Shards of one process talk through a server inside the process, to which
// nothing outside can connect unless asked for; shards of several processes talk through a server they share. The code is
// the same for both, so a run in one process tests what a run in many does.
//
// NATS delivers at most once and promises little about order. So parts are counted by (round, sender, part), what does not
// fit is an error, and what does not come is an error after Options.Deadline: a run stops rather than lose an event.
package natsbus

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"

	"pasar/sim"
	"pasar/sim/natsd"
)

var (
	_ sim.Bus  = (*Bus)(nil)
	_ sim.Wire = (*Bus)(nil)
)

// ErrClosed is what a wait ends with when its own process closes the bus.
var ErrClosed = errors.New("natsbus: the bus is closed")

// Options of a bus. All processes of a run must agree on Run, Shards, Procs and Same.
type Options struct {
	Run         string // names the run in the subjects; no dots, spaces or wildcards
	Shards      int    // goroutines that host agents, over all processes; default 1
	Proc, Procs int    // this process and how many there are; default 0 of 1
	Same        string // what must be equal in all processes: a hash of scenario, seed and version
	Boxes       int    // boxes of the Wire; 0: no Wire

	URL      string        // a NATS server that runs elsewhere; empty: one inside this process
	Listen   string        // host:port where the server inside listens for others; empty: nowhere; port 0 or -1: any free one
	Deadline time.Duration // how long a part, a message or another process may be missing; default 60 s
}

// A Bus is this process's place in the exchange of one run. It implements sim.Bus and, with Boxes, sim.Wire.
type Bus struct {
	o      Options
	server *natsd.Server // nil when the server runs elsewhere
	secret string        // lets our own connections in where outsiders may only look on
	url    string        // for outsiders; empty: none

	conns   []*nats.Conn // all but the tap's
	control *nats.Conn   // the handshake between processes; nil for one process
	ports   []*port      // by shard; nil for shards hosted elsewhere
	frames  []string     // by shard: the subject of the frames it receives
	wire    *wire        // nil without Boxes
	tap     *tap

	closing atomic.Bool
	once    sync.Once
	broken  chan struct{} // closed after err is set
	err     error
}

// Open starts or joins the server, subscribes this process's shards and waits until all other processes have done so.
// ctx ends the wait, not the bus.
func Open(ctx context.Context, o Options) (*Bus, error) {
	o.Shards, o.Procs = max(o.Shards, 1), max(o.Procs, 1)
	if o.Deadline <= 0 {
		o.Deadline = time.Minute
	}
	if err := check(o); err != nil {
		return nil, err
	}
	b := &Bus{o: o, url: o.URL, broken: make(chan struct{}), ports: make([]*port, o.Shards)}
	for s := range o.Shards {
		b.frames = append(b.frames, b.subject("frame", s))
	}
	if err := b.open(ctx); err != nil {
		b.leave(err)
		return nil, fmt.Errorf("natsbus: open run %s: %w", o.Run, err)
	}
	return b, nil
}

func check(o Options) error {
	switch {
	case o.Run == "" || strings.ContainsAny(o.Run, " \t\r\n.*>"):
		return fmt.Errorf("natsbus: run name %q is empty or has a dot, a space or a wildcard in it", o.Run)
	case o.Proc < 0 || o.Proc >= o.Procs:
		return fmt.Errorf("natsbus: process %d of %d: processes count from 0", o.Proc, o.Procs)
	case o.Shards < o.Procs:
		return fmt.Errorf("natsbus: %d shards are too few for %d processes", o.Shards, o.Procs)
	case o.URL != "" && o.Listen != "":
		return fmt.Errorf("natsbus: either use the server at %s or listen on %s, not both", o.URL, o.Listen)
	case o.Procs > 1 && o.URL == "" && o.Listen == "":
		return fmt.Errorf("natsbus: %d processes need a server they can all reach", o.Procs)
	}
	return nil
}

func (b *Bus) open(ctx context.Context) error {
	if b.o.URL == "" {
		if err := b.serve(); err != nil {
			return err
		}
	}
	if b.o.Shards > 1 {
		for s := range b.ports {
			if b.Hosts(s) {
				if err := b.openPort(s); err != nil {
					return fmt.Errorf("shard %d: %w", s, err)
				}
			}
		}
	}
	if b.o.Boxes > 0 {
		if err := b.openWire(); err != nil {
			return fmt.Errorf("wire: %w", err)
		}
	}
	if err := b.openTap(); err != nil {
		return fmt.Errorf("tap: %w", err)
	}
	if b.o.Procs > 1 {
		return b.meet(ctx)
	}
	return nil
}

func (b *Bus) owner(shard int) int { return sim.Owner(shard, b.o.Shards, b.o.Procs) }

// Hosts tells whether this process hosts a shard.
func (b *Bus) Hosts(shard int) bool { return b.owner(shard) == b.o.Proc }

// URL is the address under which outsiders reach the server, or empty if they cannot.
func (b *Bus) URL() string { return b.url }

// Close leaves the run. Processes that still wait for this one are told, so that they need not wait for the deadline.
func (b *Bus) Close() error { return b.Leave(nil) }

// Leave is Close with a reason, which is what the processes that still wait for this one will report.
func (b *Bus) Leave(why error) error {
	if !b.closing.CompareAndSwap(false, true) {
		return nil
	}
	return b.leave(why)
}

// leave says goodbye first, so that it arrives behind the last frame, and stops the server last.
func (b *Bus) leave(why error) error {
	b.closing.Store(true)
	if why == nil {
		why = b.failure()
	}
	b.fail(ErrClosed)
	b.goodbye(why)
	var err error
	if b.tap != nil {
		err = b.tap.close()
	}
	if b.server != nil && b.o.Procs > 1 {
		b.outstay()
	}
	for _, c := range b.conns {
		c.Close()
	}
	b.shut()
	return err
}

// fail ends all waits of this process with err. Only the first failure counts.
func (b *Bus) fail(err error) {
	b.once.Do(func() {
		b.err = err
		close(b.broken)
	})
}

// failure is what the bus failed with, or nil.
func (b *Bus) failure() error {
	select {
	case <-b.broken:
		return b.err
	default:
		return nil
	}
}

// connect makes a connection on which nothing may be lost: that it breaks, or that NATS drops anything, fails the bus.
func (b *Bus) connect(name string) (*nats.Conn, error) {
	lost := func(c *nats.Conn) {
		if !b.closing.Load() {
			b.fail(fmt.Errorf("natsbus: the connection of %s failed: %w", name, orEOF(c.LastError())))
		}
	}
	c, err := b.dial(name, nats.NoReconnect(), nats.ClosedHandler(lost),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			if !b.closing.Load() {
				b.fail(fmt.Errorf("natsbus: the connection of %s failed: %w", name, err))
			}
		}))
	if err == nil {
		b.conns = append(b.conns, c)
	}
	return c, err
}

func orEOF(err error) error {
	if err == nil {
		return errors.New("the server went away")
	}
	return err
}

func (b *Bus) dial(name string, options ...nats.Option) (*nats.Conn, error) {
	options = append(options, nats.Name("pasar "+b.o.Run+" "+name), nats.Timeout(10*time.Second))
	if b.server == nil {
		return nats.Connect(b.o.URL, options...)
	}
	// A pipe within a process cannot die alone, so pings would find nothing; and they could come between two pipes that
	// wait for each other.
	options = append(options, nats.InProcessServer(b.server), nats.PingInterval(natsd.Never))
	if b.secret != "" {
		options = append(options, nats.UserInfo(insider, b.secret))
	}
	return nats.Connect("", options...)
}

// subject names a place of this run.
func (b *Bus) subject(what string, n int) string {
	return fmt.Sprintf("pasar.%s.%s.%d", b.o.Run, what, n)
}
