package queue

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"

	"pasar/sim/natsd"
)

const (
	roomy      = 1 << 50 // bytes on disk: results are small, and a full disk says so itself
	maxPayload = 8 << 20 // of a message: a result
	anyone     = "anyone"
)

// ServerOptions say where a server keeps its streams, and who may join.
type ServerOptions struct {
	Dir     string   // of its own; made if need be, and locked
	Listen  string   // host:port where workers outside this process may join; empty: nowhere; port 0: any free one
	Keys    []string // public keys of those who may; see NewKey. None: whoever can reach a loopback address, and no other is allowed
	Durable bool     // the disk is told to write at each message, not once a second, whose results a power cut may cost; slower
}

// A Server is NATS with JetStream within this process.
type Server struct {
	inner   *natsd.Server
	lock    *os.File
	self    nkeys.KeyPair // lets our own connections in
	started time.Time
}

// Serve starts a server on a folder. What was in its streams when it ended last, however it ended, is in them again.
func Serve(o ServerOptions) (*Server, error) {
	s := &Server{}
	if err := s.start(o); err != nil {
		s.Close()
		return nil, fmt.Errorf("queue of sweeps: %w", err)
	}
	return s, nil
}

func (s *Server) start(o ServerOptions) (err error) {
	n := &server.Options{
		ServerName:            "pasar-sweeps",
		DontListen:            true,
		JetStream:             true,
		StoreDir:              o.Dir,
		JetStreamMaxMemory:    64 << 20,
		JetStreamMaxStore:     roomy,
		SyncAlways:            o.Durable,
		SyncInterval:          time.Second,
		MaxPayload:            maxPayload,
		NoSystemAccount:       true,
		PingInterval:          natsd.Never,
		DisableShortFirstPing: true,
	}
	if s.self, err = nkeys.CreateUser(); err != nil {
		return err
	}
	if err := admit(n, o, s.self); err != nil {
		return err
	}
	if err := os.MkdirAll(o.Dir, 0o755); err != nil {
		return err
	}
	if s.lock, err = natsd.Lock(o.Dir); err != nil {
		return err
	}
	s.started = time.Now()
	if s.inner, err = natsd.Start(n); err != nil && o.Listen != "" {
		return fmt.Errorf("listen on %s: %w", o.Listen, err)
	}
	return err
}

// admit says who may connect: this process, and outside of it whoever has one of the keys.
func admit(n *server.Options, o ServerOptions, self nkeys.KeyPair) error {
	public, err := self.PublicKey()
	if err != nil {
		return err
	}
	n.Nkeys = []*server.NkeyUser{{Nkey: public}}
	for _, key := range o.Keys {
		switch {
		case nkeys.IsValidPublicUserKey(key):
		case strings.HasPrefix(key, "S"): // not told again: it may be the secret half
			return fmt.Errorf("%w of a worker that may join: one begins with S, as a secret one does; give the public one, U followed by 55 letters and digits", ErrKey)
		default:
			return fmt.Errorf("%w of a worker that may join: %q is no public key of a user, such as U followed by 55 letters and digits", ErrKey, key)
		}
		n.Nkeys = append(n.Nkeys, &server.NkeyUser{Nkey: key, Permissions: WorkerPermissions()})
	}
	if o.Listen == "" {
		if len(o.Keys) > 0 {
			return errors.New("keys of workers are given, but no address to listen on")
		}
		return nil
	}
	host, port, err := natsd.Address(o.Listen)
	if err != nil {
		return err
	}
	n.DontListen, n.Host, n.Port = false, host, port
	if len(o.Keys) == 0 {
		if !natsd.Loopback(host) {
			return fmt.Errorf("listen on %q: others than this machine could reach it, and there is no key\n"+
				"give the public keys of the workers that may join, or listen on a loopback address such as 127.0.0.1:4222", o.Listen)
		}
		guest, err := nkeys.CreateUser()
		if err != nil {
			return err
		}
		key, err := guest.PublicKey()
		if err != nil {
			return err
		}
		n.Nkeys = append(n.Nkeys, &server.NkeyUser{Nkey: key, Permissions: WorkerPermissions()})
		n.NoAuthUser = key
	}
	return nil
}

// URL is the address at which workers outside this process join, or empty.
func (s *Server) URL() string {
	if s.inner.Addr() == nil {
		return ""
	}
	return s.inner.ClientURL()
}

// Connect connects this process with its server.
func (s *Server) Connect() (*Conn, error) {
	public, err := s.self.PublicKey()
	if err != nil {
		return nil, err
	}
	c, err := connect("", nats.InProcessServer(s.inner), nats.PingInterval(natsd.Never), nats.Nkey(public, s.self.Sign))
	if err != nil {
		return nil, err
	}
	c.started = s.started
	return c, nil
}

// Close ends the server and lets its folder go. Connections and workers of this process are to be closed before.
func (s *Server) Close() {
	if s.inner != nil {
		s.inner.Stop()
	}
	if s.lock != nil {
		s.lock.Close()
	}
}

// WorkerPermissions are what a worker needs, and all it may do: take jobs, write records, read what they are about.
func WorkerPermissions() *server.Permissions {
	publish := []string{
		"res.>", "$JS.ACK.JOBS.>", "$JS.API.CONSUMER.MSG.NEXT.JOBS.*", "$JS.API.CONSUMER.INFO.JOBS.*",
		"$JS.API.STREAM.MSG.GET.RES", "$JS.API.DIRECT.GET.KV_SWEEPS.>", "$JS.API.DIRECT.GET.OBJ_FILES.>", "$JS.FC.>", "$JS.API.INFO",
	}
	for _, stream := range []string{"JOBS", "RES", "KV_SWEEPS", "OBJ_FILES"} {
		publish = append(publish, "$JS.API.STREAM.INFO."+stream)
	}
	for _, stream := range []string{"KV_SWEEPS", "OBJ_FILES"} {
		publish = append(publish, "$JS.API.CONSUMER.CREATE."+stream+".>", "$JS.API.CONSUMER.DELETE."+stream+".>", "$JS.API.STREAM.MSG.GET."+stream)
	}
	return &server.Permissions{
		Publish:   &server.SubjectPermission{Allow: publish},
		Subscribe: &server.SubjectPermission{Allow: []string{inboxes + ".>", "$SRV.>", "pasar.sweep.>"}},
		Response:  &server.ResponsePermission{MaxMsgs: 1, Expires: time.Minute},
	}
}
