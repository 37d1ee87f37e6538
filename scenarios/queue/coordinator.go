package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go/jetstream"
)

// Options of the streams of a sweep. They count when the streams are made.
type Options struct {
	Replicas int           // servers that keep each stream; default 3 in a cluster that has so many, 1 elsewhere
	AckWait  time.Duration // after which a job of a worker that is silent is given to another; default 30 s
	Attempts int           // after which a cell is given up; default 5
}

// pending is how many jobs workers may have, all together: JetStream's own limit of 1,000 would leave slots idle.
const pending = 100_000

// smallBlocks is the limit in bytes with which streams are made, and which is taken away before they are used. From it JetStream takes how large
// their blocks are: 32 kB. Else they would be of 4 MB, and one that is written to or read is in memory as a whole (adr/0034).
const smallBlocks = server.FileStoreMinBlkSize

// A Coordinator is a handle on one sweep. Several may have the same sweep at a time.
type Coordinator struct {
	c     *Conn
	id    string
	jobs  jetstream.Stream
	res   jetstream.Stream
	book  jetstream.KeyValue
	queue jetstream.Consumer // what workers take jobs from
}

// Begin begins a sweep, or goes on with the one of this name, which must be of the same program (see ErrVersion) and about the same study:
// whatever workers need to play its jobs, in one file.
func (c *Conn) Begin(ctx context.Context, id, version string, study []byte, o Options) (*Coordinator, error) {
	if err := checkToken("sweep", id); err != nil {
		return nil, err
	}
	o = c.orDefault(o)
	k := &Coordinator{c: c, id: id}
	s := Sweep{ID: id, Version: version}
	err := c.retry(ctx, func(ctx context.Context) error { return k.makeStreams(ctx, o) })
	if err == nil {
		s.Study, err = c.put(ctx, study)
	}
	if err == nil {
		err = k.enter(ctx, s)
	}
	if err == nil {
		err = c.retry(ctx, func(ctx context.Context) error { return k.makeQueue(ctx, o) })
	}
	if err != nil {
		return nil, fmt.Errorf("sweep %s: %w", id, err)
	}
	return k, nil
}

// Open is a handle on a sweep that somebody began.
func (c *Conn) Open(ctx context.Context, id string) (*Coordinator, error) {
	k := &Coordinator{c: c, id: id}
	err := checkToken("sweep", id)
	if err == nil {
		err = c.retry(ctx, func(ctx context.Context) (err error) {
			if k.book, err = c.js.KeyValue(ctx, sweeps); err != nil {
				return err
			}
			if _, err = k.book.Get(ctx, id); err != nil {
				return err
			}
			if k.jobs, err = c.js.Stream(ctx, jobs); err != nil {
				return err
			}
			if k.res, err = c.js.Stream(ctx, records); err != nil {
				return err
			}
			k.queue, err = k.jobs.Consumer(ctx, consumer(id))
			return err
		})
	}
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound), errors.Is(err, jetstream.ErrBucketNotFound):
		return nil, fmt.Errorf("sweep %s: the server knows none of that name", id)
	case err != nil:
		return nil, fmt.Errorf("sweep %s: %w", id, err)
	}
	return k, nil
}

func (c *Conn) orDefault(o Options) Options {
	if o.Replicas <= 0 {
		o.Replicas = 1
		if c.nc.ConnectedClusterName() != "" && len(c.nc.Servers()) >= 3 {
			o.Replicas = 3
		}
	}
	if o.AckWait <= 0 {
		o.AckWait = 30 * time.Second
	}
	if o.Attempts <= 0 {
		o.Attempts = 5
	}
	return o
}

// makeStreams makes those of all sweeps, unless they are there. Workers never do: in a cluster that has lost messages (nats-server#5526).
func (k *Coordinator) makeStreams(ctx context.Context, o Options) (err error) {
	stream := func(config jetstream.StreamConfig) (jetstream.Stream, error) {
		config.Storage, config.Replicas = jetstream.FileStorage, o.Replicas
		config.MaxMsgsPerSubject, config.Discard, config.DiscardNewPerSubject = 1, jetstream.DiscardNew, true
		s, err := k.c.js.Stream(ctx, config.Name)
		if errors.Is(err, jetstream.ErrStreamNotFound) {
			small := config
			small.MaxBytes = smallBlocks
			s, err = k.c.js.CreateStream(ctx, small)
		}
		if err == nil && s.CachedInfo().Config.MaxBytes > 0 { // also where whoever made it died before this
			s, err = k.c.js.UpdateStream(ctx, config)
		}
		return s, err
	}
	// A cell that is queued is not queued again, also after a restart.
	if k.jobs, err = stream(jetstream.StreamConfig{Name: jobs, Subjects: []string{"job.*.*"}, Retention: jetstream.WorkQueuePolicy}); err != nil {
		return err
	}
	if k.res, err = stream(jetstream.StreamConfig{Name: records, Subjects: []string{"res.>"}}); err != nil {
		return err
	}
	if k.book, err = k.c.js.KeyValue(ctx, sweeps); errors.Is(err, jetstream.ErrBucketNotFound) {
		k.book, err = k.c.js.CreateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: sweeps, Replicas: o.Replicas})
	}
	if err != nil {
		return err
	}
	if _, err = k.c.js.ObjectStore(ctx, objects); errors.Is(err, jetstream.ErrBucketNotFound) {
		_, err = k.c.js.CreateObjectStore(ctx, jetstream.ObjectStoreConfig{Bucket: objects, Replicas: o.Replicas})
	}
	return err
}

// enter writes the sweep into the book, or compares it with what stands there.
func (k *Coordinator) enter(ctx context.Context, s Sweep) error {
	var found *Sweep
	err := k.c.retry(ctx, func(ctx context.Context) (err error) {
		if found, _, err = k.read(ctx); !errors.Is(err, jetstream.ErrKeyNotFound) {
			return err
		}
		// What a worker wrote after a sweep of this name was forgotten is not of this one.
		if err := k.res.Purge(ctx, jetstream.WithPurgeSubject(k.subject(">"))); err != nil {
			return err
		}
		if _, err = k.book.Create(ctx, s.ID, encode(s)); errors.Is(err, jetstream.ErrKeyExists) { // somebody was quicker
			return errLater
		}
		found = &s
		return err
	})
	switch {
	case err != nil:
		return err
	case found.Version != s.Version:
		return fmt.Errorf("%w: it was begun by version %s, this is version %s", ErrVersion, found.Version, s.Version)
	case found.Study != s.Study:
		return fmt.Errorf("it is about another study: %.16s, not %.16s", found.Study, s.Study)
	}
	return k.change(ctx, func(s *Sweep) { s.Stopped = false })
}

// makeQueue makes what workers take jobs from. Where the server is of this process, workers of the processes before are dead: a queue of
// theirs is made anew, so that their jobs need not wait until they have been silent for long enough.
func (k *Coordinator) makeQueue(ctx context.Context, o Options) (err error) {
	if k.queue, err = k.jobs.Consumer(ctx, consumer(k.id)); err == nil && k.queue.CachedInfo().Created.Before(k.c.started) {
		if err = k.jobs.DeleteConsumer(ctx, consumer(k.id)); err == nil {
			err = jetstream.ErrConsumerNotFound
		}
	}
	if errors.Is(err, jetstream.ErrConsumerNotFound) {
		k.queue, err = k.jobs.CreateConsumer(ctx, jetstream.ConsumerConfig{
			Durable: consumer(k.id), FilterSubject: subjectOfJobs(k.id), AckPolicy: jetstream.AckExplicitPolicy,
			AckWait: o.AckWait, MaxDeliver: o.Attempts, MaxAckPending: pending,
		})
	}
	return err
}

func consumer(sweep string) string      { return "workers-" + sweep }
func subjectOfJobs(sweep string) string { return "job." + sweep + ".*" }

// subject of the records of a sweep.
func (k *Coordinator) subject(rest string) string { return "res." + k.id + "." + rest }

// read reads the sweep from the book, with its revision there.
func (k *Coordinator) read(ctx context.Context) (*Sweep, uint64, error) {
	e, err := k.book.Get(ctx, k.id)
	if err != nil {
		return nil, 0, err
	}
	s := &Sweep{}
	if err := json.Unmarshal(e.Value(), s); err != nil {
		return nil, 0, err
	}
	return s, e.Revision(), nil
}

// change changes what stands in the book.
func (k *Coordinator) change(ctx context.Context, do func(*Sweep)) error {
	return k.c.retry(ctx, func(ctx context.Context) error {
		s, revision, err := k.read(ctx)
		if err != nil {
			return err
		}
		before := *s
		if do(s); *s == before {
			return nil
		}
		if _, err = k.book.Update(ctx, k.id, encode(s), revision); errors.Is(err, jetstream.ErrKeyExists) { // somebody else changed it
			return errLater
		}
		return err
	})
}

func (k *Coordinator) purge(ctx context.Context, s jetstream.Stream, filter string) error {
	return k.c.retry(ctx, func(ctx context.Context) error { return s.Purge(ctx, jetstream.WithPurgeSubject(filter)) })
}

// Stop takes all jobs out of the queue. Results stay, and those of jobs that are being played still come; Enqueue goes on from there.
func (k *Coordinator) Stop(ctx context.Context) error {
	err := k.change(ctx, func(s *Sweep) { s.Open, s.Stopped = false, true })
	if err == nil {
		err = k.purge(ctx, k.jobs, subjectOfJobs(k.id))
	}
	if err != nil {
		return fmt.Errorf("sweep %s: stopping: %w", k.id, err)
	}
	return nil
}

// Forget removes all that the streams hold of the sweep, its results too.
func (k *Coordinator) Forget(ctx context.Context) error {
	err := k.Stop(ctx)
	if err == nil {
		err = k.purge(ctx, k.res, k.subject(">"))
	}
	if err == nil {
		err = k.c.retry(ctx, func(ctx context.Context) error {
			if err := k.jobs.DeleteConsumer(ctx, consumer(k.id)); err != nil && !errors.Is(err, jetstream.ErrConsumerNotFound) {
				return err
			}
			return k.book.Purge(ctx, k.id)
		})
	}
	if err != nil {
		return fmt.Errorf("sweep %s: forgetting: %w", k.id, err)
	}
	return nil
}
