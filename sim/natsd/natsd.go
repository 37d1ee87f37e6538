// Package natsd starts NATS servers within this process, in the one way that suits it: silent, deaf to signals, and nowhere to be reached
// unless its user says so.
package natsd

import (
	"fmt"
	"net"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// Never is the interval of pings on a connection that cannot die alone, such as one within a process.
const Never = 100 * 365 * 24 * time.Hour

const patience = 30 * time.Second // a server that is not ready by then never will be

// A Server runs within this process until Stop.
type Server struct {
	running
	pending func() bool
	words   *lastWords
}

// running is what is used of a server. It is no struct of the library: every package that holds one, at whatever depth, compiles
// all of the library's generic lists and trees for itself.
type running interface {
	Addr() net.Addr
	ClientURL() string
	InProcessConn() (net.Conn, error)
	Name() string
	Shutdown()
	WaitForShutdown()
}

// Start starts a server. Its host is loopback if o names none, never the default of NATS, which is everywhere. The error of a server that
// does not start is what it said last.
func Start(o *server.Options) (*Server, error) {
	if o.Host == "" {
		o.Host = "127.0.0.1"
	}
	o.NoSigs = true // else the server would take over SIGINT
	o.NoLog, o.DisableJetStreamBanner = true, true
	inner, err := server.NewServer(o)
	if err != nil {
		return nil, fmt.Errorf("server: %w", err)
	}
	s := &Server{inner, func() bool { return pending(inner) }, &lastWords{spoke: make(chan struct{}), died: make(chan struct{})}}
	inner.SetLoggerV2(s.words, false, false, false)
	go inner.Start()
	late := time.After(patience)
	for !inner.ReadyForConnections(20 * time.Millisecond) {
		select {
		case <-s.words.died:
		case <-late:
		default:
			continue
		}
		s.Stop()
		return nil, fmt.Errorf("server did not start: %s", s.Said())
	}
	if o.JetStream && !inner.JetStreamEnabled() {
		s.Stop()
		return nil, fmt.Errorf("server did not start its JetStream: %s", s.Said())
	}
	return s, nil
}

// Stop ends the server and waits until its files are closed. Connections are to be closed before.
func (s *Server) Stop() {
	s.Shutdown()
	s.WaitForShutdown()
}

// Drain waits until those who listen have what was sent to them, or are too slow to matter.
func (s *Server) Drain() {
	for range 100 {
		if !s.pending() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func pending(s *server.Server) bool {
	list, err := s.Connz(&server.ConnzOptions{Limit: 1000})
	return err == nil && slices.ContainsFunc(list.Conns, func(c *server.ConnInfo) bool { return c.Pending > 0 })
}

// Said is the last error that the server would have logged, or empty.
func (s *Server) Said() string {
	s.words.mu.Lock()
	defer s.words.mu.Unlock()
	return s.words.text
}

// Spoke is closed when the server would have logged its first error. Some, as of a full disk, it tells in no other way.
func (s *Server) Spoke() <-chan struct{} { return s.words.spoke }

// Address reads host:port. The port is server.RANDOM_PORT for 0; localhost is 127.0.0.1.
func Address(text string) (host string, port int, err error) {
	host, digits, err := net.SplitHostPort(text)
	if err != nil {
		return "", 0, fmt.Errorf("listen on %q: %w", text, err)
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	port, err = strconv.Atoi(digits)
	if err != nil || port < -1 || port > 65535 {
		return "", 0, fmt.Errorf("listen on %q: %q is not a port", text, digits)
	}
	if port == 0 {
		port = server.RANDOM_PORT
	}
	return host, port, nil
}

// Loopback tells whether only this machine can reach a host, as Address returns it.
func Loopback(host string) bool {
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// lastWords is the server's logger: it is silent and remembers the last error.
type lastWords struct {
	spoke, died chan struct{} // closed at the first error, at the first fatal one
	mu          sync.Mutex
	text        string
	dead        bool
}

func (l *lastWords) keep(fatal bool, format string, v ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.text == "" {
		close(l.spoke)
	}
	if fatal && !l.dead {
		l.dead = true
		close(l.died)
	}
	l.text = fmt.Sprintf(format, v...)
}

// Fatalf and Errorf keep what was said.
func (l *lastWords) Fatalf(format string, v ...any) { l.keep(true, format, v...) }
func (l *lastWords) Errorf(format string, v ...any) { l.keep(false, format, v...) }

// Warnf and the others say nothing.
func (l *lastWords) Warnf(string, ...any)   {}
func (l *lastWords) Noticef(string, ...any) {}
func (l *lastWords) Debugf(string, ...any)  {}
func (l *lastWords) Tracef(string, ...any)  {}

// InUse is the error of a folder that another process has locked.
type InUse struct{ Dir, Process string }

func (e *InUse) Error() string { return e.Dir + " is in use by process " + e.Process }
