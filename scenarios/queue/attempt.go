package queue

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/nats-io/nats.go"
)

// An attempt is a job in the hands of one worker.
type attempt struct {
	worker *worker
	job    Job
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

// write writes the results, each unless it is there, and then that the cell is done. What is there and differs is a conflict.
func (a *attempt) write(ctx context.Context, results []Result, wall time.Duration) error {
	w := a.worker
	done := Done{Cell: a.job.Cell.ID, Worker: w.o.Name, Version: w.o.Version, Attempt: a.job.Attempt, Wall: wall}
	for i := range results {
		if err := a.write1(ctx, &results[i]); err != nil {
			return fmt.Errorf("writing result %s of cell %s: %w", results[i].Key, done.Cell, err)
		}
		done.Keys = append(done.Keys, results[i].Key)
	}
	exists, err := w.c.create(ctx, &nats.Msg{Subject: a.subject("done", ""), Data: encode(done)})
	if err == nil && exists {
		err = a.compareKeys(ctx, done)
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

// compareKeys compares which results a cell has.
func (a *attempt) compareKeys(ctx context.Context, done Done) error {
	m, err := a.worker.c.record(ctx, a.worker.res, a.subject("done", ""))
	if err != nil || m == nil {
		return err
	}
	first, err := decode[Done](m.Data)
	if err != nil || slices.Equal(first.Keys, done.Keys) {
		return err
	}
	return a.disagree(ctx, Conflict{First: first.Worker, Versions: [2]string{first.Version}, FirstHash: hash(encode(first.Keys)), Hash: hash(encode(done.Keys))})
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
