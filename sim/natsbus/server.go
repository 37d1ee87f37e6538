package natsbus

import (
	"crypto/rand"
	"fmt"

	"github.com/nats-io/nats-server/v2/server"

	"pasar/sim/natsd"
)

const (
	insider  = "pasar"
	outsider = "outsider"
)

// serve starts the server inside this process.
func (b *Bus) serve() error {
	o := &server.Options{
		ServerName: "pasar-" + b.o.Run,
		DontListen: true,

		// All frames of a round to one shard may have to wait for it, or NATS cuts its connection.
		MaxPending: 1 << 30,
		// See dial for why there are no pings within a process. Other processes ping the server, not it them.
		PingInterval:          natsd.Never,
		DisableShortFirstPing: true,
		NoSystemAccount:       true,
	}
	if b.o.Listen != "" {
		host, port, err := loopback(b.o.Listen)
		if err != nil {
			return err
		}
		o.DontListen, o.Host, o.Port = false, host, port
		if b.o.Procs == 1 {
			b.secret = guard(o, b.o.Run)
		}
	}
	s, err := natsd.Start(o)
	if err != nil && b.o.Listen != "" {
		return fmt.Errorf("listen on %s: %w", b.o.Listen, err)
	} else if err != nil {
		return err
	}
	b.server = s
	if b.o.Listen != "" {
		b.url = s.ClientURL()
	}
	return nil
}

// loopback reads a host:port that only this machine can reach.
func loopback(address string) (host string, port int, err error) {
	if host, port, err = natsd.Address(address); err == nil && !natsd.Loopback(host) {
		err = fmt.Errorf("listen on %q: not a loopback address, and without credentials and TLS anyone who can reach it "+
			"could take part in the run; use 127.0.0.1, or an outside NATS server", address)
	}
	return host, port, err
}

// guard lets outsiders look on without a password and keeps them away from the frames, which they could slow or spoil. It returns the
// password of the run itself.
func guard(o *server.Options, run string) (secret string) {
	secret = rand.Text()
	inside := &server.SubjectPermission{Deny: []string{
		"pasar." + run + ".frame.>", "pasar." + run + ".box.>", "pasar." + run + ".hello.>",
	}}
	o.Users = []*server.User{
		{Username: insider, Password: secret},
		{Username: outsider, Password: rand.Text(), Permissions: &server.Permissions{Publish: inside, Subscribe: inside}},
	}
	o.NoAuthUser = outsider
	return secret
}

// shut stops the server when those who listen have what was sent to them, or are too slow to matter.
func (b *Bus) shut() {
	if b.server == nil {
		return
	}
	if b.url != "" {
		b.server.Drain()
	}
	b.server.Stop()
}
