package record

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"pasar/sim/natsd"
)

const (
	patience = 30 * time.Second // what NATS within this process has not answered by then, it never will
	prefix   = "RUN_"           // of the stream, before the name of the run
	roomy    = 1 << 50
)

// A store is JetStream on a folder of its own, in a server within this process that nobody else can reach.
type store struct {
	lock   *os.File
	server *natsd.Server
	conn   *nats.Conn
	js     jetstream.JetStream
}

// openStore locks a folder, runs prepare there and starts the server. Durable: the disk is told to write at each message.
func openStore(dir string, durable bool, prepare func() error) (*store, error) {
	s := &store{}
	var err error
	if s.lock, err = natsd.Lock(dir); err == nil {
		err = prepare()
	}
	if err == nil {
		err = s.start(dir, durable)
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// start starts the server and connects to it.
func (s *store) start(dir string, durable bool) (err error) {
	s.server, err = natsd.Start(&server.Options{
		ServerName:            "pasar-record",
		DontListen:            true,
		JetStream:             true,
		StoreDir:              dir,
		JetStreamMaxMemory:    64 << 20,
		JetStreamMaxStore:     roomy, // a stream has a limit of its own
		SyncAlways:            durable,
		SyncInterval:          time.Second,
		PingInterval:          natsd.Never,
		DisableShortFirstPing: true,
		MaxPending:            1 << 30,
	})
	if err != nil {
		return err
	}
	s.conn, err = nats.Connect("", nats.InProcessServer(s.server), nats.NoReconnect(), nats.PingInterval(natsd.Never),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {})) // each answer is looked at where it is awaited
	if err != nil {
		return fmt.Errorf("connecting: %w", err)
	}
	s.js, err = jetstream.New(s.conn, jetstream.WithDefaultTimeout(patience), jetstream.WithPublishAsyncTimeout(patience),
		jetstream.WithPublishAsyncMaxPending(2*inFlight))
	return err
}

// Free tells, by an error, who has the recording in a folder open.
func Free(dir string) error {
	f, err := natsd.Lock(dir)
	if err != nil {
		return err
	}
	return f.Close()
}

// close ends the server and then lets the folder go.
func (s *store) close() {
	if s.conn != nil {
		s.conn.Close()
	}
	if s.server != nil {
		s.server.Stop()
	}
	if s.lock != nil {
		s.lock.Close()
	}
}

// find is the one stream of a recording.
func (s *store) find(ctx context.Context) (jetstream.Stream, error) {
	names := s.js.StreamNames(ctx)
	var found []string
	for name := range names.Name() {
		if strings.HasPrefix(name, prefix) {
			found = append(found, name)
		}
	}
	switch {
	case names.Err() != nil:
		return nil, names.Err()
	case len(found) == 0 && s.server.Said() != "":
		return nil, fmt.Errorf("%w: it cannot be opened: %s", ErrDamaged, s.server.Said())
	case len(found) != 1:
		return nil, fmt.Errorf("%w: there are %d streams, not 1", ErrDamaged, len(found))
	}
	return s.js.Stream(ctx, found[0])
}

// files are those that hold the messages of a recording, by name, and its index, if it has one.
func files(dir string) ([]string, error) {
	names, err := filepath.Glob(filepath.Join(dir, "jetstream", "*", "streams", "*", "msgs", "*.blk"))
	if _, none := os.Stat(filepath.Join(dir, indexFile)); none == nil {
		names = append(names, filepath.Join(dir, indexFile))
	}
	return names, err
}

// answer waits for the acknowledgement of a frame. A server that cannot write to its disk says so only to its log.
func (s *store) answer(f jetstream.PubAckFuture) error {
	select {
	case <-f.Ok():
		return nil
	case err := <-f.Err():
		return refusal(err)
	case <-s.server.Spoke():
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second) // it may have spoken of something else
	defer cancel()
	select {
	case <-f.Ok():
		return nil
	case err := <-f.Err():
		return refusal(err)
	case <-ctx.Done():
		return fmt.Errorf("%w: %s", ErrFull, s.server.Said())
	}
}

// refusal is an answer of the stream in words.
func refusal(err error) error {
	var api *jetstream.APIError
	if errors.As(err, &api) && api.ErrorCode == 10077 { // no more room, by the limit of the stream
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
}
