package queue

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// An attempt is a job in the hands of one worker.
type attempt struct {
	worker *worker
	job    Job
}

// do plays a job and writes what came of it, then acknowledges. That an acknowledgement gets lost is no failure: the job comes again and is
// found to be done. The error is one of writing.
func (w *worker) do(hard context.Context, l *line, q jetstream.Consumer, m jetstream.Msg) error {
	meta, err := m.Metadata()
	if err != nil {
		return err
	}
	config := q.CachedInfo().Config
	a := &attempt{w, Job{l.Sweep, Cell{m.Subject()[strings.LastIndexByte(m.Subject(), '.')+1:], m.Data()}, int(meta.NumDelivered)}}
	quiet := beat(m, config.AckWait/3)
	defer quiet()
	done, err := w.c.record(hard, w.res, a.subject("done", ""))
	switch {
	case hard.Err() != nil:
		_ = m.Nak()
		return nil
	case err != nil:
		return err
	case done != nil: // whoever was done did not come to acknowledge it
		confirm(m)
		return nil
	}
	start := time.Now()
	results, failed := a.play(hard)
	wall := time.Since(start)
	if failed == nil {
		failed = a.check(results)
	}
	keep := context.WithoutCancel(hard) // what has been played is written even if the worker is to end now
	switch {
	case failed == nil:
		err = a.write(keep, results, wall)
		for transient(err) && hard.Err() == nil { // what took long to play is not thrown away
			err = a.write(keep, results, wall)
		}
		if quiet(); err == nil {
			confirm(m)
		}
	case hard.Err() != nil: // handed back: it did not fail
		_ = m.Nak()
	case !errors.As(failed, new(*permanent)) && a.job.Attempt < config.MaxDeliver:
		_ = m.NakWithDelay(time.Duration(a.job.Attempt) * config.AckWait / 10)
	default:
		err = a.fail(keep, failed)
		if quiet(); err == nil {
			_ = m.TermWithReason("given up: its failure is on record")
		}
	}
	return err
}

// confirm acknowledges and waits for the answer.
func confirm(m jetstream.Msg) {
	ctx, cancel := context.WithTimeout(context.Background(), answer)
	defer cancel()
	_ = m.DoubleAck(ctx)
}

// beat tells the queue now and then that the job is being played, until the function it returns is called.
func beat(m jetstream.Msg, every time.Duration) (stop func()) {
	ended, beaten := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(beaten)
		t := time.NewTicker(max(every, time.Millisecond))
		defer t.Stop()
		for {
			select {
			case <-t.C:
				_ = m.InProgress() // without it the job comes again, that is all
			case <-ended:
				return
			}
		}
	}()
	return sync.OnceFunc(func() { close(ended); <-beaten })
}

// play calls the handler and turns its panic into an error.
func (a *attempt) play(ctx context.Context) (results []Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return a.worker.play(ctx, a.job)
}

// subject of a record of the cell.
func (a *attempt) subject(kind, key string) string {
	s := "res." + a.job.ID + "." + kind + "." + a.job.Cell.ID
	if key != "" {
		s += "." + key
	}
	return s
}

// check refuses results that could not be kept.
func (a *attempt) check(results []Result) error {
	seen := map[string]bool{}
	for i := range results {
		r := &results[i]
		if err := checkToken("key of a result", r.Key); err != nil {
			return Permanent(err)
		}
		if seen[r.Key] {
			return Permanent(fmt.Errorf("two results have the key %s", r.Key))
		}
		if most := a.worker.c.MaxResult(); len(r.Data) > most {
			return Permanent(fmt.Errorf("result %s has %d bytes; this server takes at most %d (max_payload)", r.Key, len(r.Data), most))
		}
		seen[r.Key] = true
	}
	return nil
}

// write writes the results, each unless it is there, and that the cell is done, in one record if they are small. What is there and differs is a conflict.
func (a *attempt) write(ctx context.Context, results []Result, wall time.Duration) error {
	w := a.worker
	done := Done{Cell: a.job.Cell.ID, Worker: w.o.Name, Version: w.o.Version, Attempt: a.job.Attempt, Wall: wall}
	for i := range results {
		done.Keys = append(done.Keys, results[i].Key)
	}
	held := results
	if !w.c.small(results) {
		held = nil
		for i := range results {
			if err := a.write1(ctx, &results[i]); err != nil {
				return fmt.Errorf("writing result %s of cell %s: %w", results[i].Key, done.Cell, err)
			}
		}
	}
	exists, err := w.c.create(ctx, &nats.Msg{Subject: a.subject("done", ""), Data: encodeDone(done, held)})
	if err == nil && exists {
		err = a.compareAll(ctx, done, results)
	}
	if err != nil {
		return fmt.Errorf("writing that cell %s is done: %w", done.Cell, err)
	}
	return nil
}

// write1 writes one result, or compares it with the one that is there.
func (a *attempt) write1(ctx context.Context, r *Result) error {
	m := &nats.Msg{Subject: a.subject("result", r.Key), Data: r.Data, Header: nats.Header{}}
	m.Header.Set(workerHeader, a.worker.o.Name)
	m.Header.Set(versionHeader, a.worker.o.Version)
	exists, err := a.worker.c.create(ctx, m)
	if err == nil && exists {
		err = a.compare(ctx, r)
	}
	return err
}

// compare compares a result with the one that is there.
func (a *attempt) compare(ctx context.Context, r *Result) error {
	first, err := a.worker.c.record(ctx, a.worker.res, a.subject("result", r.Key))
	if err != nil || first == nil || bytes.Equal(first.Data, r.Data) {
		return err // nil: somebody forgot the sweep meanwhile
	}
	return a.disagree(ctx, Conflict{
		Key: r.Key, First: first.Header.Get(workerHeader), Versions: [2]string{first.Header.Get(versionHeader)},
		FirstHash: hash(first.Data), Hash: hash(r.Data),
	})
}

// compareAll compares which results a cell has, and each of them.
func (a *attempt) compareAll(ctx context.Context, done Done, results []Result) error {
	m, err := a.worker.c.record(ctx, a.worker.res, a.subject("done", ""))
	if err != nil || m == nil {
		return err
	}
	first, held, err := decodeDone(m.Data)
	if err != nil {
		return err
	}
	c := Conflict{First: first.Worker, Versions: [2]string{first.Version}}
	if !slices.Equal(first.Keys, done.Keys) {
		c.FirstHash, c.Hash = hash(encode(first.Keys)), hash(encode(done.Keys))
		return a.disagree(ctx, c)
	}
	for i := range results {
		r := &results[i]
		if len(held) == 0 {
			err = a.compare(ctx, r)
		} else if !bytes.Equal(held[i].Data, r.Data) {
			c.Key, c.FirstHash, c.Hash = r.Key, hash(held[i].Data), hash(r.Data)
			return a.disagree(ctx, c)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *attempt) disagree(ctx context.Context, c Conflict) error {
	c.Cell, c.Second, c.Versions[1] = a.job.Cell.ID, a.worker.o.Name, a.worker.o.Version
	_, err := a.worker.c.create(ctx, &nats.Msg{Subject: a.subject("conflict", ""), Data: encode(c)})
	return err
}

// fail records that the cell is given up.
func (a *attempt) fail(ctx context.Context, why error) error {
	f := Failure{
		Cell: a.job.Cell.ID, Error: why.Error(), Attempt: a.job.Attempt, Worker: a.worker.o.Name, Version: a.worker.o.Version, Data: a.job.Cell.Data,
	}
	if _, err := a.worker.c.create(ctx, &nats.Msg{Subject: a.subject("failed", ""), Data: encode(f)}); err != nil {
		return fmt.Errorf("writing that cell %s failed: %w", f.Cell, err)
	}
	return nil
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
