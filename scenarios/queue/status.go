package queue

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// A Status is where a sweep stands, counted in its streams.
type Status struct {
	Sweep
	Done, Failed, Conflicts int
	Queued, Running         int
}

// Complete tells whether every cell is done or given up.
func (s Status) Complete() bool { return s.Cells > 0 && s.Done+s.Failed >= s.Cells }

// Status counts all cells of the sweep, or only those that are ours: the streams hold the cells of every size that was ever asked for. Which
// jobs workers have JetStream does not tell by name; where others play cells that are not ours, Running may be some of theirs.
func (k *Coordinator) Status(ctx context.Context, ours func(cell string) bool) (s Status, err error) {
	if err = k.count(ctx, &s, ours); err != nil {
		return s, fmt.Errorf("sweep %s: %w", k.id, err)
	}
	return s, nil
}

func (k *Coordinator) count(ctx context.Context, s *Status, ours func(cell string) bool) error {
	var waiting []string // jobs
	err := k.c.retry(ctx, func(ctx context.Context) error {
		sweep, _, err := k.read(ctx)
		if err != nil {
			return err
		}
		s.Sweep = *sweep
		info, err := k.queue.Info(ctx)
		if err != nil {
			return err
		}
		s.Queued, s.Running = int(info.NumPending), info.NumAckPending
		return nil
	})
	if err == nil && ours != nil {
		waiting, err = k.subjects(ctx, k.jobs, subjectOfJobs(k.id))
	}
	if err != nil {
		return err
	}
	over := map[string]bool{} // done or given up
	for _, x := range []struct {
		kind  string
		cells *int
	}{{"done", &s.Done}, {"failed", &s.Failed}} {
		list, err := k.subjects(ctx, k.res, k.subject(x.kind+".*"))
		if err != nil {
			return err
		}
		for _, subject := range list {
			if cell := cellOf(subject); !over[cell] && (ours == nil || ours(cell)) {
				over[cell] = true
				*x.cells++
			}
		}
	}
	list, err := k.subjects(ctx, k.res, k.subject("conflict.*"))
	for _, subject := range list {
		if ours == nil || ours(cellOf(subject)) {
			s.Conflicts++
		}
	}
	if ours != nil {
		n := 0
		for _, subject := range waiting {
			if cell := jobOf(subject); ours(cell) && !over[cell] {
				n++
			}
		}
		s.Running = min(s.Running, n)
		s.Queued = n - s.Running
	}
	return err
}

// cellOf is the cell that a record is of.
func cellOf(subject string) string { return strings.SplitN(subject, ".", 5)[3] }

// jobOf is the cell that a job is of.
func jobOf(subject string) string { return subject[strings.LastIndexByte(subject, '.')+1:] }

// Failures are those of cells that are not done, by cell.
func (k *Coordinator) Failures(ctx context.Context) ([]*Failure, error) {
	list, err := k.failures(ctx)
	if err != nil {
		return nil, fmt.Errorf("sweep %s: %w", k.id, err)
	}
	return list, nil
}

func (k *Coordinator) failures(ctx context.Context) (list []*Failure, err error) {
	subjects, err := k.subjects(ctx, k.res, k.subject("failed.*"))
	if err != nil {
		return nil, err
	}
	slices.Sort(subjects)
	for _, subject := range subjects {
		done, err := k.c.record(ctx, k.res, k.subject("done."+cellOf(subject)))
		if err != nil {
			return nil, err
		}
		m, err := k.c.record(ctx, k.res, subject)
		if err != nil {
			return nil, err
		}
		if done != nil || m == nil {
			continue
		}
		f, err := decode[Failure](m.Data)
		if err != nil {
			return nil, fmt.Errorf("record %s: %w", subject, err)
		}
		list = append(list, f)
	}
	return list, nil
}

// bury records that a job was given up because no worker that had it ever answered, and takes it out of the queue: JetStream keeps such a
// message and gives it to nobody.
func (k *Coordinator) bury(ctx context.Context, seq uint64, attempts int) error {
	var m *jetstream.RawStreamMsg
	err := k.c.retry(ctx, func(ctx context.Context) (err error) {
		if m, err = k.jobs.GetMsg(ctx, seq); errors.Is(err, jetstream.ErrMsgNotFound) {
			m, err = nil, nil
		}
		return err
	})
	if err != nil || m == nil {
		return err // nil: it was finished after all
	}
	cell := jobOf(m.Subject)
	done, err := k.c.record(ctx, k.res, k.subject("done."+cell))
	if err != nil {
		return err
	}
	if done == nil {
		f := Failure{Cell: cell, Error: "no worker that had it answered: each ended, or hung", Attempt: attempts, Data: m.Data}
		if _, err := k.c.create(ctx, &nats.Msg{Subject: k.subject("failed." + cell), Data: encode(f)}); err != nil {
			return err
		}
	}
	return k.c.retry(ctx, func(ctx context.Context) error {
		if err := k.jobs.DeleteMsg(ctx, seq); err != nil && !errors.Is(err, jetstream.ErrMsgNotFound) && !errors.Is(err, jetstream.ErrMsgDeleteUnsuccessful) {
			return err
		}
		return nil
	})
}

// buryAll buries the jobs that are in the stream while the queue says that none waits and none is played. Their advisories may have come
// while nobody listened.
func (k *Coordinator) buryAll(ctx context.Context) error {
	list, err := k.subjects(ctx, k.jobs, subjectOfJobs(k.id))
	if err != nil {
		return err
	}
	for _, subject := range list {
		var m *jetstream.RawStreamMsg
		err := k.c.retry(ctx, func(ctx context.Context) (err error) {
			if m, err = k.jobs.GetLastMsgForSubject(ctx, subject); errors.Is(err, jetstream.ErrMsgNotFound) {
				m, err = nil, nil
			}
			return err
		})
		if err != nil {
			return err
		}
		if m != nil && m.Sequence <= k.queue.CachedInfo().Delivered.Stream { // else it was queued just now
			if err := k.bury(ctx, m.Sequence, k.queue.CachedInfo().Config.MaxDeliver); err != nil {
				return err
			}
		}
	}
	return nil
}
