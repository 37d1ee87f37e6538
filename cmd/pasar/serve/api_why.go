package serve

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"

	"pasar/scenarios/compare"
	"pasar/scenarios/lab"
	"pasar/scenarios/say"
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

// A mechanism is one that is switched off, as browsers are told.
type mechanism struct {
	Name string   `json:"name"`
	Text lab.Text `json:"text"`
	What lab.Text `json:"what"`
}

// A through is what goes through a mechanism: an amount, and its share of the effect; null where the effect is not clear.
type through struct {
	Mechanism string     `json:"mechanism"`
	N         int        `json:"n"`
	Diff      lab.Number `json:"diff"`
	Lo        lab.Number `json:"lo"`
	Hi        lab.Number `json:"hi"`
	Share     lab.Number `json:"share"`
	ShareLo   lab.Number `json:"share_lo"`
	ShareHi   lab.Number `json:"share_hi"`
}

// whyJSON is a question and what is known of its answer.
type whyJSON struct {
	State      string               `json:"state"`
	Pairs      int                  `json:"pairs"`   // that both worlds have finished; it can be asked when these are all
	Wanting    string               `json:"wanting"` // what keeps it from being asked: queued, running, stopped or failed runs; else empty
	Ahead      int                  `json:"ahead"`   // questions of others that are answered before
	Done       int                  `json:"done"`
	Runs       int                  `json:"runs"`     // that it takes
	Left       *int64               `json:"left_ms"`  // until it is answered; before it can be asked, until it can
	About      *int64               `json:"about_ms"` // that it takes, by how long the two runs took; null where that is not known
	N          int                  `json:"n"`
	Mechanisms []mechanism          `json:"mechanisms"`
	Through    map[string][]through `json:"through"` // by outcome, of the mechanisms that are done
	Error      string               `json:"error,omitempty"`
	Command    string               `json:"command"`
}

// why tells how far a question is and what is known.
func (l *Lab) why(w http.ResponseWriter, r *http.Request) error {
	a, b, _, err := l.pair(r)
	if err != nil {
		return err
	}
	return send(w, l.whyOf(a, b))
}

// wants tells how many pairs both runs have, what keeps the others, and how long that takes. A run that others have asked for, too, may be
// behind the one that it is compared with, and may have been given up by them.
func (l *Lab) wants(a, b *lab.Run) (pairs int, wanting string, left *int64) {
	done := make([]int, a.N)
	for _, x := range []*lab.Run{a, b} {
		l.pool.view(x.Key, func(r *run) {
			for i := range r.done {
				if r.done[i] != nil {
					done[i]++
				}
			}
			s := l.pool.status(r)
			if s.State != over && (wanting == "" || s.State == stopped || s.State == broken) {
				wanting = s.State
			}
			if s.Left != nil && (left == nil || *s.Left > *left) {
				left = s.Left
			}
		})
	}
	for _, n := range done {
		pairs += n / 2
	}
	return pairs, wanting, left
}

func (l *Lab) whyOf(a, b *lab.Run) whyJSON {
	all := compare.Mechanisms()
	x := whyJSON{State: absent, N: a.N, Runs: 2 * a.N * len(all), Mechanisms: []mechanism{}, Through: map[string][]through{}, Command: commandOf(a, b) + " --why=" + lab.Number(a.N).String(), About: l.about(a, b)}
	x.Pairs, x.Wanting, x.Left = l.wants(a, b)
	en, id := say.In("en").Mechanisms, say.In("id").Mechanisms
	for _, m := range all {
		x.Mechanisms = append(x.Mechanisms, mechanism{m.Name, lab.Text{EN: en[m.Name].Name, ID: id[m.Name].Name}, lab.Text{EN: en[m.Name].What, ID: id[m.Name].What}})
	}
	l.asker.change(func() {
		q := l.asker.all[a.Key+b.Key]
		if q == nil {
			return
		}
		x.State, x.Done, x.Error = q.state, q.now.Done, q.err
		for _, key := range l.asker.keys[:slices.Index(l.asker.keys, a.Key+b.Key)] {
			if q.state == queued && l.asker.all[key].open() {
				x.Ahead++
			}
		}
		if ms := q.now.Left.Milliseconds(); q.open() && ms > 0 {
			x.Left = &ms
		}
		if q.found == nil {
			return
		}
		p := &q.found.Pairs[0]
		for i := range p.Main {
			f := &p.Main[i]
			if a.Quick() && lab.OfGroup(f.Outcome.Name) || f.Effect.Few() {
				continue
			}
			for j := range f.Through {
				x.Through[f.Outcome.Name] = append(x.Through[f.Outcome.Name], throughOf(&f.Through[j]))
			}
		}
	})
	return x
}

func throughOf(t *compare.Through) through {
	none := lab.None()
	x := through{t.Mechanism, t.Diff.N, lab.Number(t.Diff.Mean), lab.Number(t.Diff.T.Lo), lab.Number(t.Diff.T.Hi), none, none, none}
	if t.Known() {
		x.Share, x.ShareLo, x.ShareHi = lab.Number(t.Share), lab.Number(t.Range.Lo), lab.Number(t.Range.Hi)
	}
	return x
}

// about is how long a question takes at most, by how long its two runs took together where they were played here and now.
func (l *Lab) about(a, b *lab.Run) (ms *int64) {
	var took time.Duration
	for _, x := range []*lab.Run{a, b} {
		l.pool.view(x.Key, func(r *run) {
			if r.state() == over && r.stored == 0 {
				took = max(took, r.ended.Sub(r.began))
			}
		})
	}
	if took <= 0 {
		return nil
	}
	half := max(l.o.Workers/2, 1)
	all := (took * time.Duration(len(compare.Mechanisms())*l.o.Workers) / time.Duration(half)).Milliseconds()
	return &all
}

// askWhy asks a question. In a class, of quick runs only.
func (l *Lab) askWhy(w http.ResponseWriter, r *http.Request) error {
	if err := l.guard.spend(r, asking); err != nil {
		return err
	}
	a, b, done, err := l.pair(r)
	if err != nil {
		return err
	}
	most := l.guard.limits(r, l.limits)
	switch {
	case a.Buyers > most.Buyers || a.N > most.N:
		return refuse(http.StatusForbidden, "why is asked of quick runs here: at most %d pairs of %d buyers", most.N, most.Buyers)
	case a.N < 2:
		return refuse(http.StatusConflict, "a single pair has no range: ask for at least 2")
	case slices.Contains(done[0], nil) || slices.Contains(done[1], nil):
		return refuse(http.StatusConflict, "the runs are not done yet: why is asked of all of their replications")
	}
	if err := l.asker.begin(l.ctx, waiterOf(r), a, b, l.answer); err != nil {
		return err
	}
	sendStatus(w, http.StatusAccepted, l.whyOf(a, b))
	return nil
}

// endWhy takes a browser's interest off a question.
func (l *Lab) endWhy(w http.ResponseWriter, r *http.Request) error {
	a, b, _, err := l.pair(r)
	if err != nil {
		return err
	}
	l.asker.cancel(waiterOf(r), a.Key+b.Key)
	return send(w, l.whyOf(a, b))
}
