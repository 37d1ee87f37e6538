package serve

import (
	"context"
	"slices"
	"sync"

	"pasar/scenarios/compare"
	"pasar/scenarios/lab"
)

// absent is the state of a question that nobody has asked since the lab was opened.
const absent = "absent"

// A question is one why: two runs whose mechanisms are switched off one after the other. All but the runs is the asker's to change.
type question struct {
	a, b    *lab.Run
	clients []string // who waits for it
	state   string
	stop    context.CancelFunc
	now     compare.Progress
	err     string
	found   *compare.Comparison // of the mechanisms that are done; nil: none yet
}

// An asker plays questions why, one at a time and beside the pool, on half of its workers, so that runs stay quick. It keeps its answers while
// the lab is open; the runs themselves are in the store, so that to ask again after a restart takes a moment.
type asker struct {
	mu   sync.Mutex
	all  map[string]*question
	keys []string // the oldest first
	turn chan struct{}
	jobs sync.WaitGroup
}

// mostQuestions is how many are kept, and mostWaiting how many may be open at a time.
const (
	mostQuestions = 16
	mostWaiting   = 4
)

func newAsker() *asker { return &asker{all: map[string]*question{}, turn: make(chan struct{}, 1)} }

func (q *question) open() bool { return q.state == queued || q.state == running }

// begin asks, or joins those who have asked the same.
func (k *asker) begin(ctx context.Context, client string, a, b *lab.Run, play func(context.Context, *question) error) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	key := a.Key + b.Key
	waiting := 0
	for _, q := range k.all { // a count
		if q.open() {
			waiting++
		}
	}
	switch q := k.all[key]; {
	case q != nil && (q.open() || q.state == over):
		if !slices.Contains(q.clients, client) {
			q.clients = append(q.clients, client)
		}
		return nil
	case waiting >= mostWaiting:
		return errBusy
	}
	q := &question{a: a, b: b, clients: []string{client}, state: queued}
	ctx, q.stop = context.WithCancel(ctx)
	k.all[key] = q
	k.keys = append(slices.DeleteFunc(k.keys, func(x string) bool { return x == key }), key)
	for i := 0; i < len(k.keys) && len(k.keys) > mostQuestions; {
		if old := k.keys[i]; !k.all[old].open() {
			delete(k.all, old)
			k.keys = slices.Delete(k.keys, i, i+1)
		} else {
			i++
		}
	}
	k.jobs.Go(func() {
		select {
		case k.turn <- struct{}{}:
			defer func() { <-k.turn }()
		case <-ctx.Done():
		}
		k.change(func() { q.state = running })
		err := context.Cause(ctx)
		if err == nil {
			err = play(ctx, q)
		}
		k.change(func() { q.end(ctx, err) })
	})
	return nil
}

func (q *question) end(ctx context.Context, err error) {
	switch {
	case err == nil:
		q.state = over
	case ctx.Err() != nil:
		q.state = stopped
	default:
		q.state, q.err = broken, firstLines(err.Error(), 5)
	}
	q.stop()
}

func (k *asker) change(what func()) {
	k.mu.Lock()
	defer k.mu.Unlock()
	what()
}

// cancel takes a browser's interest off a question. What nobody waits for is stopped; what was played of it is kept in the store.
func (k *asker) cancel(client, key string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	q := k.all[key]
	if q == nil || !q.open() {
		return
	}
	if q.clients = slices.DeleteFunc(q.clients, func(c string) bool { return c == client }); len(q.clients) == 0 {
		q.stop()
	}
}

// answer plays what a question asks.
func (l *Lab) answer(ctx context.Context, q *question) error {
	look, err := l.whole(q.a, q.b)
	if err != nil {
		return err
	}
	o := compare.Options{Parallel: max(l.o.Workers/2, 1), Store: l.store, Version: l.o.Version, Human: l.o.Human,
		Progress: func(p compare.Progress) { l.asker.change(func() { q.now = p }) }}
	return look.Why(ctx, o, func(c *compare.Comparison) { l.asker.change(func() { q.found = c }) })
}
