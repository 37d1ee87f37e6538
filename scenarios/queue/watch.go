package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nats.go/micro"
)

const (
	tick   = time.Second // between two Progress
	inHand = 64          // records that wait for the watcher: results may be large
)

// Watch hands over every record of the sweep, from its first one on: what came before the call, then what comes. In between, about once a
// second, it tells the Progress. Each is called from one goroutine, and its error ends the Watch.
//
// A Watch ends with nil when each cell is done or given up, with the first *Conflict if there was one, with ErrStopped, or with ctx. There
// should be one at any time, for it also gives up the jobs whose workers die.
func (k *Coordinator) Watch(ctx context.Context, each func(Event) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	w := &watcher{Coordinator: k, each: each, failed: map[string]bool{}, moved: time.Now(), seen: time.Now()}
	err := w.watch(ctx)
	if conflict, ok := errors.AsType[*Conflict](err); ok {
		return conflict
	}
	if err != nil {
		return fmt.Errorf("sweep %s: %w", k.id, err)
	}
	return nil
}

// A watcher is one Watch.
type watcher struct {
	*Coordinator
	each     func(Event) error
	sweep    Sweep           // as of the last tick
	done     int             // cells
	failed   map[string]bool // cells that were given up and are not done
	conflict *Conflict       // the first
	wall     time.Duration   // that handlers took for what is done
	squares  float64         // of its parts, s²
	longest  time.Duration   // that one took
	fresh    int             // cells done since the end of what was there
	seen     time.Time       // that end
	moved    time.Time       // something was finished
	idle     int             // ticks in a row at which nothing was queued or played
}

// A news is a record as it comes from the stream.
type news struct {
	subject string
	header  nats.Header
	data    []byte
	left    uint64 // records behind it, as far as the server knew
}

func (w *watcher) watch(ctx context.Context) error {
	advisories := make(chan *nats.Msg, 1000)
	dead, err := w.c.nc.ChanSubscribe("$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES."+jobs+"."+consumer(w.id), advisories)
	if err != nil {
		return err
	}
	defer func() { _ = dead.Unsubscribe() }()
	workers := make(chan *nats.Msg, 1000)
	inbox := w.c.nc.NewInbox()
	roll, err := w.c.nc.ChanSubscribe(inbox, workers)
	if err != nil {
		return err
	}
	defer func() { _ = roll.Unsubscribe() }()
	come := make(chan news, inHand)
	broken := make(chan error, 1)
	go func() { broken <- w.follow(ctx, come) }()
	ticks := time.NewTicker(tick)
	defer ticks.Stop()
	if err := w.tick(ctx, workers, inbox); err != nil {
		return err
	}
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case err := <-broken:
			return err
		case n := <-come:
			if err := w.take(n); err != nil {
				return err
			}
			if w.done+len(w.failed) < w.sweep.Cells || n.left > 0 {
				continue
			}
		case m := <-advisories:
			var a advisory
			if err := json.Unmarshal(m.Data, &a); err != nil {
				return fmt.Errorf("advisory of JetStream: %w", err)
			}
			if err := w.bury(ctx, a.Seq, a.Deliveries); err != nil {
				return err
			}
			continue
		case <-ticks.C:
			if err := w.tick(ctx, workers, inbox); err != nil {
				return err
			}
		}
		if over, err := w.over(ctx); over || err != nil {
			return err
		}
	}
}

// advisory is what JetStream says of a job that was delivered too often.
type advisory struct {
	Seq        uint64 `json:"stream_seq"`
	Deliveries int    `json:"deliveries"`
}

// follow reads the records of the sweep in order until ctx ends. If the server goes away it goes on behind the last one it read.
func (w *watcher) follow(ctx context.Context, come chan<- news) error {
	next := uint64(1)
	for ctx.Err() == nil {
		var m jetstream.MessagesContext
		err := w.c.retry(ctx, func(ctx context.Context) error {
			c, err := w.res.OrderedConsumer(ctx, jetstream.OrderedConsumerConfig{
				FilterSubjects: []string{w.subject(">")}, DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: next,
			})
			if err == nil {
				m, err = c.Messages(jetstream.PullMaxMessages(inHand))
			}
			return err
		})
		if err != nil {
			return err
		}
		next, err = w.read(ctx, m, next, come)
		m.Stop()
		if err != nil {
			return err
		}
		pause(ctx, 50*time.Millisecond)
	}
	return context.Cause(ctx)
}

// read reads until the consumer fails, and tells where to go on.
func (w *watcher) read(ctx context.Context, m jetstream.MessagesContext, next uint64, come chan<- news) (uint64, error) {
	for {
		msg, err := m.Next(jetstream.NextContext(ctx))
		if err != nil {
			return next, nil // the consumer is made anew
		}
		meta, err := msg.Metadata()
		if err != nil {
			return next, err
		}
		select {
		case come <- news{msg.Subject(), msg.Headers(), msg.Data(), meta.NumPending}:
			next = meta.Sequence.Stream + 1
		case <-ctx.Done():
			return next, nil
		}
	}
}

// take hands a record over.
func (w *watcher) take(n news) (err error) {
	if n.left == 0 && w.fresh == 0 {
		w.seen = time.Now()
	}
	parts := strings.SplitN(n.subject, ".", 5) // res.<sweep>.<kind>.<cell>[.<key>]
	if len(parts) < 4 {
		return fmt.Errorf("record %s is of no kind that is known", n.subject)
	}
	var e Event
	switch cell := parts[3]; parts[2] {
	case "result":
		e = &Result{cell, parts[len(parts)-1], n.data, n.header.Get(workerHeader), n.header.Get(versionHeader)}
	case "done":
		var d *Done
		var results []Result
		if d, results, err = decodeDone(n.data); err == nil {
			for i := range results {
				if err := w.each(&results[i]); err != nil {
					return err
				}
			}
			w.done++
			w.wall += d.Wall
			w.squares += d.Wall.Seconds() * d.Wall.Seconds()
			w.longest = max(w.longest, d.Wall)
			delete(w.failed, cell)
			if n.left == 0 || w.fresh > 0 {
				w.fresh++
			}
			w.moved = time.Now()
		}
		e = d
	case "failed":
		var f *Failure
		if f, err = decode[Failure](n.data); err == nil {
			w.failed[cell] = true
			w.moved = time.Now()
		}
		e = f
	case "conflict":
		var c *Conflict
		if c, err = decode[Conflict](n.data); err == nil && w.conflict == nil {
			w.conflict = c
		}
		e = c
	default:
		err = errors.New("it is of no kind that is known")
	}
	if err != nil {
		return fmt.Errorf("record %s: %w", n.subject, err)
	}
	return w.each(e)
}

// tick tells the progress, and looks for jobs that nobody will ever finish.
func (w *watcher) tick(ctx context.Context, workers <-chan *nats.Msg, inbox string) error {
	p := Progress{Sweep: w.id, Done: w.done, Failed: len(w.failed)}
	err := w.c.retry(ctx, func(ctx context.Context) error {
		s, _, err := w.Coordinator.read(ctx)
		if err != nil {
			return err
		}
		w.sweep = *s
		info, err := w.queue.Info(ctx)
		if err != nil {
			return err
		}
		p.Cells, p.Queued, p.Running = s.Cells, int(info.NumPending), info.NumAckPending
		return nil
	})
	if err != nil {
		return err
	}
	for len(workers) > 0 { // that answered since the last tick
		var info micro.Info
		if m := <-workers; json.Unmarshal(m.Data, &info) == nil && info.Name == service {
			n, _ := strconv.Atoi(info.Metadata["slots"])
			p.Workers, p.Slots = p.Workers+1, p.Slots+n
		}
	}
	if err := w.c.nc.PublishRequest("$SRV.INFO."+service, inbox, nil); err != nil && !transient(err) {
		return err
	}
	if w.idle++; p.Queued+p.Running > 0 || !w.sweep.Open {
		w.idle = 0
	}
	if w.idle >= 2 && w.done+len(w.failed) < w.sweep.Cells {
		if err := w.buryAll(ctx); err != nil {
			return err
		}
	}
	now := time.Now()
	if seconds := now.Sub(w.seen).Seconds(); seconds > 0 {
		p.Rate = float64(w.fresh) / seconds
	}
	p.Left, _ = Pace{p.Queued, p.Running, w.done, w.wall, w.squares}.Left()
	patient := max(2*w.queue.CachedInfo().Config.AckWait, 3*w.longest)
	if still := now.Sub(w.moved); p.Queued+p.Running > 0 && still > patient {
		p.Still = still
	}
	if err := w.c.nc.Publish("pasar.sweep."+w.id+".progress", encode(p)); err != nil && !transient(err) {
		return err
	}
	return w.each(&p)
}

// over tells whether the sweep is complete, and asks the streams before it says so: cells may have been queued again.
func (w *watcher) over(ctx context.Context) (bool, error) {
	if w.sweep.Cells == 0 || w.done+len(w.failed) < w.sweep.Cells {
		if w.sweep.Stopped {
			return true, ErrStopped
		}
		return false, nil
	}
	var s Status
	if err := w.count(ctx, &s, nil); err != nil || !s.Complete() {
		return false, err
	}
	if err := w.change(ctx, func(s *Sweep) { s.Open = s.Cells > w.sweep.Cells }); err != nil {
		return false, err
	}
	if w.conflict != nil {
		return true, w.conflict
	}
	return true, nil
}
