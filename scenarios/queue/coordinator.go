package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Options of the streams of a sweep. They count when the streams are made.
type Options struct {
	Replicas int           // servers that keep each stream; default 3 in a cluster that has so many, 1 elsewhere
	AckWait  time.Duration // after which a job of a worker that is silent is given to another; default 30 s
	Attempts int           // after which a cell is given up; default 5
}

const (
	pending  = 100_000 // jobs in the hands of workers, all together: JetStream's own limit of 1,000 would leave slots idle
	inFlight = 512     // publishes whose answer is awaited
)

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
		s, err := k.c.js.Stream(ctx, config.Name)
		if errors.Is(err, jetstream.ErrStreamNotFound) {
			config.Storage, config.Replicas, config.Discard = jetstream.FileStorage, o.Replicas, jetstream.DiscardNew
			return k.c.js.CreateStream(ctx, config)
		}
		return s, err
	}
	if k.jobs, err = stream(jetstream.StreamConfig{
		Name: jobs, Subjects: []string{"job.*.*"}, Retention: jetstream.WorkQueuePolicy,
		MaxMsgsPerSubject: 1, DiscardNewPerSubject: true, // a cell that is queued is not queued again, also after a restart
	}); err != nil {
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
	for {
		var found *Sweep
		err := k.c.retry(ctx, func(ctx context.Context) error {
			_, err := k.book.Create(ctx, s.ID, encode(s))
			if errors.Is(err, jetstream.ErrKeyExists) {
				found, _, err = k.read(ctx)
			}
			return err
		})
		switch {
		case errors.Is(err, jetstream.ErrKeyNotFound): // it was forgotten just now
			continue
		case err != nil || found == nil:
			return err
		case found.Version != s.Version:
			return fmt.Errorf("%w: it was begun by version %s, this is version %s", ErrVersion, found.Version, s.Version)
		case found.Study != s.Study:
			return fmt.Errorf("it is about another study: %.16s, not %.16s", found.Study, s.Study)
		}
		return k.change(ctx, func(s *Sweep) { s.Stopped = false })
	}
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

// Enqueue queues the cells that have no record yet, and are not queued. They must be all cells of the sweep, and total counts them: the
// sweep is complete when so many are done or failed. It tells how many were queued.
func (k *Coordinator) Enqueue(ctx context.Context, total int, cells iter.Seq[Cell]) (queued int, err error) {
	finished := map[string]bool{}
	for _, kind := range []string{"done", "failed"} {
		list, err := k.subjects(ctx, k.res, k.subject(kind+".*"))
		if err != nil {
			return 0, fmt.Errorf("sweep %s: %w", k.id, err)
		}
		for _, s := range list {
			finished[s[strings.LastIndexByte(s, '.')+1:]] = true
		}
	}
	if err := k.change(ctx, func(s *Sweep) { s.Cells, s.Open, s.Stopped = total, true, false }); err != nil {
		return 0, fmt.Errorf("sweep %s: %w", k.id, err)
	}
	p := pipeline{c: k.c}
	for cell := range cells {
		if finished[cell.ID] {
			continue
		}
		if err := checkToken("cell", cell.ID); err != nil {
			return p.fresh, err
		}
		if err := p.publish(ctx, k.job(cell)); err != nil {
			return p.fresh, fmt.Errorf("sweep %s: queueing cell %s: %w", k.id, cell.ID, err)
		}
	}
	if err := p.settle(ctx, 0); err != nil {
		return p.fresh, fmt.Errorf("sweep %s: queueing: %w", k.id, err)
	}
	return p.fresh, nil
}

func (k *Coordinator) job(c Cell) *nats.Msg {
	return &nats.Msg{Subject: "job." + k.id + "." + c.ID, Data: c.Data}
}

// subjects are those of a stream that fit.
func (k *Coordinator) subjects(ctx context.Context, s jetstream.Stream, filter string) (list []string, err error) {
	err = k.c.retry(ctx, func(ctx context.Context) error {
		info, err := s.Info(ctx, jetstream.WithSubjectFilter(filter))
		if err != nil {
			return err
		}
		list = make([]string, 0, len(info.State.Subjects))
		for subject := range info.State.Subjects {
			list = append(list, subject)
		}
		return nil
	})
	return list, err
}

// A pipeline publishes jobs without waiting for each answer.
type pipeline struct {
	c       *Conn
	waiting []jetstream.PubAckFuture
	fresh   int // that were not queued before
}

func (p *pipeline) publish(ctx context.Context, m *nats.Msg) error {
	if err := p.settle(ctx, inFlight-1); err != nil {
		return err
	}
	f, err := p.c.js.PublishMsgAsync(m, jetstream.WithStallWait(patience))
	if err != nil {
		return p.again(ctx, m, err)
	}
	p.waiting = append(p.waiting, f)
	return nil
}

// settle waits until at most so many answers are missing.
func (p *pipeline) settle(ctx context.Context, most int) error {
	for len(p.waiting) > most {
		f := p.waiting[0]
		select {
		case <-f.Ok():
			p.fresh++
		case err := <-f.Err():
			if err := p.again(ctx, f.Msg(), err); err != nil {
				return err
			}
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		p.waiting = p.waiting[1:]
	}
	return nil
}

// again looks at why a job was refused, and publishes it once more if that may pass. There can be only one of each subject.
func (p *pipeline) again(ctx context.Context, m *nats.Msg, err error) error {
	if transient(err) {
		m.Reply = ""
		err = p.c.retry(ctx, func(ctx context.Context) error {
			_, err := p.c.js.PublishMsg(ctx, m)
			return err
		})
	}
	var api *jetstream.APIError
	switch {
	case err == nil:
		p.fresh++
		return nil
	case errors.As(err, &api) && api.ErrorCode == storeFailed && strings.Contains(api.Description, "per subject"):
		return nil // it is queued
	}
	return err
}

// RetryFailed queues the cells that were given up, and tells how many.
func (k *Coordinator) RetryFailed(ctx context.Context) (queued int, err error) {
	failed, err := k.failures(ctx)
	if err != nil || len(failed) == 0 {
		return 0, err
	}
	if err := k.change(ctx, func(s *Sweep) { s.Open, s.Stopped = true, false }); err != nil {
		return 0, fmt.Errorf("sweep %s: %w", k.id, err)
	}
	p := pipeline{c: k.c}
	for _, f := range failed {
		if err := p.publish(ctx, k.job(Cell{f.Cell, f.Data})); err != nil {
			return p.fresh, fmt.Errorf("sweep %s: queueing cell %s: %w", k.id, f.Cell, err)
		}
		if err := p.settle(ctx, 0); err != nil { // before its record goes, or it could be lost
			return p.fresh, fmt.Errorf("sweep %s: queueing cell %s: %w", k.id, f.Cell, err)
		}
		if err := k.purge(ctx, k.res, k.subject("failed."+f.Cell)); err != nil {
			return p.fresh, fmt.Errorf("sweep %s: %w", k.id, err)
		}
	}
	return p.fresh, nil
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
