package queue

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const inFlight = 512 // publishes whose answer is awaited

// Enqueue queues the cells that have no record yet, and are not queued. They must be all cells of the sweep, and total counts them: the
// sweep is complete when so many are done or failed. It tells how many were queued.
func (k *Coordinator) Enqueue(ctx context.Context, total int, cells iter.Seq[Cell]) (queued int, err error) {
	known := map[string]bool{} // those that somebody queues meanwhile are refused by the stream
	for _, x := range []struct {
		in     jetstream.Stream
		filter string
	}{{k.jobs, subjectOfJobs(k.id)}, {k.res, k.subject("done.*")}, {k.res, k.subject("failed.*")}} {
		list, err := k.subjects(ctx, x.in, x.filter)
		if err != nil {
			return 0, fmt.Errorf("sweep %s: %w", k.id, err)
		}
		for _, s := range list {
			known[jobOf(s)] = true // a record has the cell at its end, too
		}
	}
	if err := k.change(ctx, func(s *Sweep) { s.Cells, s.Open, s.Stopped = total, true, false }); err != nil {
		return 0, fmt.Errorf("sweep %s: %w", k.id, err)
	}
	p := pipeline{c: k.c}
	for cell := range cells {
		if known[cell.ID] {
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
	switch {
	case err == nil:
		p.fresh++
		return nil
	case taken(err):
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

// Redo takes back the cells of which a result is bad, as if they had never been played: the next Enqueue queues them. It tells how many.
// Nobody may watch the sweep meanwhile.
func (k *Coordinator) Redo(ctx context.Context, bad func(*Result) bool) (cells int, err error) {
	if cells, err = k.redo(ctx, bad); err != nil {
		return cells, fmt.Errorf("sweep %s: %w", k.id, err)
	}
	return cells, nil
}

func (k *Coordinator) redo(ctx context.Context, bad func(*Result) bool) (cells int, err error) {
	var list []string
	for _, filter := range []string{"result.*.*", "done.*"} {
		some, err := k.subjects(ctx, k.res, k.subject(filter))
		if err != nil {
			return 0, err
		}
		list = append(list, some...)
	}
	gone := map[string]bool{}
	for _, subject := range list {
		cell := cellOf(subject)
		if gone[cell] {
			continue
		}
		results, err := k.c.results(ctx, k.res, subject)
		if err != nil {
			return cells, err
		}
		if !slices.ContainsFunc(results, func(r Result) bool { return bad(&r) }) {
			continue
		}
		// First that the cell is done: should the rest not come about, its bad result is found again.
		for _, filter := range []string{"*." + cell, "result." + cell + ".*"} {
			if err := k.purge(ctx, k.res, k.subject(filter)); err != nil {
				return cells, err
			}
		}
		gone[cell] = true
		cells++
	}
	return cells, nil
}
