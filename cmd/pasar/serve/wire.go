package serve

import (
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// A wire is a NATS server inside this process, without a listener: what workers find goes over it to the browsers that watch.
//
//	ui.<key>.frame   a week of a replication that is being played (lab.Frame as JSON)
//	ui.<key>.state   something about the run has changed
type wire struct {
	s  ending
	nc *nats.Conn
}

// ending is what is used of a server: no struct of the library, as in sim/natsd.
type ending interface {
	Shutdown()
	WaitForShutdown()
}

func openWire() (*wire, error) {
	s, err := server.NewServer(&server.Options{ServerName: "pasar-lab", DontListen: true, Host: "127.0.0.1", NoSigs: true, NoLog: true, NoSystemAccount: true})
	if err != nil {
		return nil, fmt.Errorf("server of live updates: %w", err)
	}
	go s.Start()
	w := &wire{s: s}
	if !s.ReadyForConnections(10 * time.Second) {
		w.close()
		return nil, errors.New("server of live updates did not start")
	}
	if w.nc, err = nats.Connect("", nats.InProcessServer(s), nats.MaxReconnects(0)); err != nil {
		w.close()
		return nil, fmt.Errorf("server of live updates: %w", err)
	}
	return w, nil
}

func (w *wire) close() {
	if w.nc != nil {
		w.nc.Close()
	}
	w.s.Shutdown()
	w.s.WaitForShutdown()
}

// Parts of a run that one can hear of.
const (
	frameOf = "frame"
	stateOf = "state"
)

// say tells of a run. Who does not listen in time misses it: the state of a run is always there to be asked for.
func (w *wire) say(key, what string, data []byte) {
	_ = w.nc.Publish("ui."+key+"."+what, data) // fails only when the lab is being closed
}

// hear listens to a run, until stop.
func (w *wire) hear(key string) (news <-chan *nats.Msg, stop func(), err error) {
	c := make(chan *nats.Msg, 1024)
	sub, err := w.nc.ChanSubscribe("ui."+key+".>", c)
	if err != nil {
		return nil, nil, fmt.Errorf("live updates: %w", err)
	}
	return c, func() { _ = sub.Unsubscribe() }, w.nc.Flush()
}
