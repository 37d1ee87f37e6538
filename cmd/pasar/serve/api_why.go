package serve

import (
	"net/http"
	"slices"
	"time"

	"pasar/scenarios/compare"
	"pasar/scenarios/diff"
	"pasar/scenarios/lab"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/say"
)

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
	About      *int64               `json:"about_ms"` // that it takes, by replications that were played here; null where none was
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

// about is how long a question takes at most, by the quickest replication of as many buyers that was played here; nil: none was.
func (l *Lab) about(a, b *lab.Run) *int64 {
	l.pool.mu.Lock()
	pace, ok := l.pool.pace[a.Buyers]
	l.pool.mu.Unlock()
	if !ok {
		return nil
	}
	pair := play.Family{First: diff.First}.Work([]*load.Scenario{a.First, b.First})
	ms := int64(pace*float64(pair)*float64(a.N*len(compare.Mechanisms()))/float64(max(l.o.Workers/2, 1))) / int64(time.Millisecond)
	return &ms
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
		return refuseIn(http.StatusForbidden, "why is asked of quick runs here: at most %d pairs of %d buyers", "mengapa hanya bisa ditanyakan untuk simulasi singkat di sini: paling banyak %d pasang dengan %d pembeli", most.N, most.Buyers)
	case a.N < 2:
		return refuseIn(http.StatusConflict, "a single pair has no range: ask for at least 2", "satu pasang tidak punya rentang: mintalah paling sedikit 2")
	case slices.Contains(done[0], nil) || slices.Contains(done[1], nil):
		return refuseIn(http.StatusConflict, "the runs are not done yet: why is asked of all of their pairs", "simulasinya belum selesai: mengapa ditanyakan untuk semua pasangannya")
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
