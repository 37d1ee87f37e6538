package queue

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const (
	jobs    = "JOBS"
	records = "RES"
	sweeps  = "SWEEPS"
	objects = "FILES"
	inboxes = "_INBOX_pasar" // a prefix of our own, so that others on the server need not be let into it

	answer   = 5 * time.Second  // that a server may take to answer
	patience = 60 * time.Second // that a server may be away, or without a leader, before work on it ends
)

// A Conn is a connection with a server that has JetStream. It may be used by several goroutines.
type Conn struct {
	nc      *nats.Conn
	js      jetstream.JetStream
	started time.Time // of the server, if it is one of this process

	mu     sync.Mutex
	last   error // that came without being asked for, such as a missing permission
	lastAt time.Time
}

// DialOptions say which server to connect with, and as whom.
type DialOptions struct {
	URL string // one address or several of one cluster, separated by commas
	Key string // a file with a key, as NewKey writes it, or with credentials (.creds); empty: none
	CA  string // a file with the certificates of those who vouch for the server; empty: those of the system
}

// Dial connects with a server elsewhere. Once connected, it goes on trying if the connection is lost.
func Dial(o DialOptions) (*Conn, error) {
	var options []nats.Option
	if o.Key != "" {
		key, err := keyOption(o.Key)
		if err != nil {
			return nil, err
		}
		options = append(options, key)
	}
	if o.CA != "" {
		options = append(options, nats.RootCAs(o.CA))
	}
	return connect(o.URL, options...)
}

func connect(url string, options ...nats.Option) (*Conn, error) {
	c := &Conn{}
	options = append(options, nats.Name("pasar sweep"), nats.Timeout(answer), nats.MaxReconnects(-1), nats.ReconnectWait(100*time.Millisecond),
		nats.CustomInboxPrefix(inboxes), nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { c.note(err) }))
	var err error
	if c.nc, err = nats.Connect(url, options...); err != nil {
		return nil, refusal(url, err)
	}
	if c.js, err = jetstream.New(c.nc, jetstream.WithDefaultTimeout(answer), jetstream.WithPublishAsyncTimeout(patience)); err == nil {
		err = c.retry(context.Background(), func(ctx context.Context) error {
			_, err := c.js.AccountInfo(ctx)
			return err
		})
	}
	if err != nil {
		c.Close()
		if errors.Is(err, jetstream.ErrJetStreamNotEnabled) || errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount) {
			return nil, fmt.Errorf("the NATS server at %s has no JetStream, which keeps the jobs: start it with -js", url)
		}
		return nil, fmt.Errorf("NATS server at %s: %w", url, err)
	}
	return c, nil
}

// refusal is why a connection did not come about, in words.
func refusal(url string, err error) error {
	switch {
	case errors.Is(err, nats.ErrAuthorization), errors.Is(err, nats.ErrNkeyButNoSigCB), errors.Is(err, nats.ErrNkeysNotSupported):
		return fmt.Errorf("the NATS server at %s refuses these credentials, or wants some and got none: %w\n"+
			"a worker needs a key file whose public key the server knows", url, err)
	case errors.Is(err, nats.ErrNoServers):
		return fmt.Errorf("no NATS server answers at %s: %w", url, err)
	}
	return fmt.Errorf("NATS server at %s: %w", url, err)
}

// Close ends the connection. What was published before has been sent.
func (c *Conn) Close() {
	if c.nc.IsConnected() {
		_ = c.nc.FlushTimeout(answer) // every record has been acknowledged; this is for acknowledgements of ours
	}
	c.nc.Close()
}

// MaxResult is how many bytes a result may have.
func (c *Conn) MaxResult() int { return int(c.nc.MaxPayload()) - 1024 } // headers

func (c *Conn) note(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last, c.lastAt = err, time.Now()
}

// explain adds to an error what came without being asked for: a server that forbids something does not answer the question.
func (c *Conn) explain(err error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.last == nil:
	case errors.Is(c.last, nats.ErrPermissionViolation):
		return fmt.Errorf("the server does not let this key do that; a key of a worker plays cells, and can begin or stop no sweep: %w", c.last)
	case !c.nc.IsConnected():
		return fmt.Errorf("%w (%w)", err, c.last)
	}
	return err
}

// retry does something until it works, fails for good, ctx ends, or the server has been away for too long. A question to a cluster that
// elects a leader gets lost, so the first wait for an answer is short.
func (c *Conn) retry(ctx context.Context, do func(context.Context) error) error {
	start := time.Now()
	for wait := time.Second; ; wait = min(2*wait, 16*time.Second) {
		one, cancel := context.WithTimeout(ctx, wait)
		err := do(one)
		cancel()
		if err == nil || !transient(err) {
			return err
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		c.mu.Lock()
		forbidden := errors.Is(c.last, nats.ErrPermissionViolation) && c.lastAt.After(start)
		c.mu.Unlock()
		if time.Since(start) > patience || forbidden {
			return c.explain(err)
		}
		pause(ctx, 50*time.Millisecond)
	}
}

// pause waits for a while, or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// transient tells whether an error may pass by itself: a server is gone or elects a leader.
func transient(err error) bool {
	for _, passing := range []error{
		context.DeadlineExceeded, nats.ErrTimeout, nats.ErrNoResponders, nats.ErrDisconnected, nats.ErrConnectionReconnecting, nats.ErrStaleConnection,
		jetstream.ErrNoStreamResponse, jetstream.ErrNoHeartbeat, jetstream.ErrServerShutdown, errLater,
	} {
		if errors.Is(err, passing) {
			return true
		}
	}
	var api *jetstream.APIError
	return errors.As(err, &api) && (api.Code == 503 && api.ErrorCode != storeFailed || api.ErrorCode == noPeers)
}

const (
	noPeers     = 10005 // a cluster that is not complete yet
	storeFailed = 10077 // there is no room; with one message a subject: there is one
)

// errLater asks retry to try again.
var errLater = errors.New("not yet")

// create publishes a record that must not exist yet, and tells whether it does.
func (c *Conn) create(ctx context.Context, m *nats.Msg) (exists bool, err error) {
	err = c.retry(ctx, func(ctx context.Context) error {
		_, err := c.js.PublishMsg(ctx, m, jetstream.WithExpectLastSequencePerSubject(0))
		return err
	})
	var api *jetstream.APIError
	if taken(err) || errors.As(err, &api) && (api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence || api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant) {
		return true, nil
	}
	return false, err
}

// taken tells whether a message was refused since there is one with its subject.
func taken(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && api.ErrorCode == storeFailed && strings.Contains(api.Description, "per subject")
}

// record reads the record with a subject, or nil if there is none.
func (c *Conn) record(ctx context.Context, res jetstream.Stream, subject string) (m *jetstream.RawStreamMsg, err error) {
	err = c.retry(ctx, func(ctx context.Context) (err error) {
		if m, err = res.GetLastMsgForSubject(ctx, subject); errors.Is(err, jetstream.ErrMsgNotFound) {
			m, err = nil, nil
		}
		return err
	})
	return m, err
}

// put stores a file for workers, once, and returns its hash.
func (c *Conn) put(ctx context.Context, data []byte) (string, error) {
	name := hash(data)
	err := c.retry(ctx, func(ctx context.Context) error {
		store, err := c.js.ObjectStore(ctx, objects)
		if err != nil {
			return err
		}
		if _, err := store.GetInfo(ctx, name); !errors.Is(err, jetstream.ErrObjectNotFound) {
			return err
		}
		_, err = store.PutBytes(ctx, name, data)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("storing a file for workers: %w", err)
	}
	return name, nil
}

// Get is the file with a hash, such as the study of a sweep.
func (c *Conn) Get(ctx context.Context, name string) (data []byte, err error) {
	err = c.retry(ctx, func(ctx context.Context) error {
		store, err := c.js.ObjectStore(ctx, objects)
		if err == nil {
			data, err = store.GetBytes(ctx, name)
		}
		return err
	})
	if err == nil && hash(data) != name {
		err = errors.New("it is not what its name says")
	}
	if err != nil {
		return nil, fmt.Errorf("file %.16s for workers: %w", name, err)
	}
	return data, nil
}

// Sweeps are all that the server knows, by name.
func (c *Conn) Sweeps(ctx context.Context) (list []Sweep, err error) {
	err = c.retry(ctx, func(ctx context.Context) error {
		list = nil
		bucket, err := c.js.KeyValue(ctx, sweeps)
		if errors.Is(err, jetstream.ErrBucketNotFound) {
			return nil
		} else if err != nil {
			return err
		}
		names, err := bucket.Keys(ctx)
		if errors.Is(err, jetstream.ErrNoKeysFound) {
			return nil
		} else if err != nil {
			return err
		}
		for _, name := range names {
			e, err := bucket.Get(ctx, name)
			if errors.Is(err, jetstream.ErrKeyNotFound) { // deleted meanwhile
				continue
			} else if err != nil {
				return err
			}
			var s Sweep
			if err := json.Unmarshal(e.Value(), &s); err != nil {
				return fmt.Errorf("sweep %s: %w", name, err)
			}
			list = append(list, s)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("listing sweeps: %w", err)
	}
	return list, nil
}

func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("queue: %v", err)) // of plain structs
	}
	return b
}

// decode reads a record, strictly.
func decode[T any](data []byte) (*T, error) {
	v := new(T)
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	return v, d.Decode(v)
}
