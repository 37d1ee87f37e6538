package natsbus

import (
	"crypto/rand"
	"fmt"
	"net"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

const (
	insider  = "pasar"
	outsider = "outsider"
	never    = 100 * 365 * 24 * time.Hour
	started  = 10 * time.Second // a server that is not ready by then never will be
)

// serve starts the server inside this process.
func (b *Bus) serve() error {
	o := &server.Options{
		ServerName: "pasar-" + b.o.Run,
		DontListen: true,
		Host:       "127.0.0.1", // never the default, which is everywhere
		NoSigs:     true,        // else the server would take over SIGINT
		NoLog:      true,

		// All frames of a round to one shard may have to wait for it, or NATS cuts its connection.
		MaxPending: 1 << 30,
		// See dial for why there are no pings within a process. Other processes ping the server, not it them.
		PingInterval:          never,
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
			b.guard(o)
		}
	}
	s, err := server.NewServer(o)
	if err != nil {
		return fmt.Errorf("server: %w", err)
	}
	b.server, b.logger = s, &lastWords{}
	s.SetLoggerV2(b.logger, false, false, false)
	go s.Start()
	for late := time.After(started); !s.ReadyForConnections(20 * time.Millisecond); {
		words := b.logger.get()
		select {
		case <-late:
		default:
			if words == "" {
				continue
			}
		}
		if b.o.Listen != "" {
			return fmt.Errorf("server cannot listen on %s: %s", b.o.Listen, words)
		}
		return fmt.Errorf("server did not start: %s", words)
	}
	if b.o.Listen != "" {
		b.url = s.ClientURL()
	}
	return nil
}

// loopback reads a host:port that only this machine can reach.
func loopback(address string) (host string, port int, err error) {
	host, text, err := net.SplitHostPort(address)
	if err != nil {
		return "", 0, fmt.Errorf("listen on %q: %w", address, err)
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return "", 0, fmt.Errorf("listen on %q: not a loopback address, and without credentials and TLS anyone who can reach it "+
			"could take part in the run; use 127.0.0.1, or an outside NATS server", address)
	}
	port, err = strconv.Atoi(text)
	if err != nil || port < -1 || port > 65535 {
		return "", 0, fmt.Errorf("listen on %q: %q is not a port", address, text)
	}
	if port == 0 {
		port = server.RANDOM_PORT
	}
	return host, port, nil
}

// guard lets outsiders look on without a password and keeps them away from the frames, which they could slow or spoil.
func (b *Bus) guard(o *server.Options) {
	b.secret = rand.Text()
	inside := &server.SubjectPermission{Deny: []string{
		"pasar." + b.o.Run + ".frame.>", "pasar." + b.o.Run + ".box.>", "pasar." + b.o.Run + ".hello.>",
	}}
	o.Users = []*server.User{
		{Username: insider, Password: b.secret},
		{Username: outsider, Password: rand.Text(), Permissions: &server.Permissions{Publish: inside, Subscribe: inside}},
	}
	o.NoAuthUser = outsider
}

// shut stops the server when those who listen have what was sent to them, or are too slow to matter.
func (b *Bus) shut() {
	if b.server == nil {
		return
	}
	if b.url != "" {
		for range 100 {
			if !b.pending() {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	b.server.Shutdown()
	b.server.WaitForShutdown()
}

func (b *Bus) pending() bool {
	list, err := b.server.Connz(&server.ConnzOptions{Limit: 1000})
	if err != nil {
		return false
	}
	for _, c := range list.Conns {
		if c.Pending > 0 {
			return true
		}
	}
	return false
}

// lastWords is the server's logger: it is silent and remembers the last error, which is why a server did not start.
type lastWords struct {
	mu   sync.Mutex
	text string
}

func (l *lastWords) keep(format string, v ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = fmt.Sprintf(format, v...)
}

func (l *lastWords) get() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text
}

func (l *lastWords) Fatalf(format string, v ...any) { l.keep(format, v...) }
func (l *lastWords) Errorf(format string, v ...any) { l.keep(format, v...) }
func (l *lastWords) Warnf(string, ...any)           {}
func (l *lastWords) Noticef(string, ...any)         {}
func (l *lastWords) Debugf(string, ...any)          {}
func (l *lastWords) Tracef(string, ...any)          {}
