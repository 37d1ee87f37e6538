package serve

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"pasar/agents/market"
	"pasar/agents/policy"
	"pasar/scenarios/compare"
	"pasar/scenarios/files"
	"pasar/scenarios/lab"
)

// A look is two runs side by side, for one request at a time.
type look struct {
	mu    sync.Mutex
	l     *compare.Look
	base  *side
	pairs int               // of which there are answers
	told  map[string][]byte // by language: comparisonJSON
}

func (*look) drop() {}

// A side is what looks keep of the base that they have in common: what a class compares has the same one more often than not, whose replications
// would have to be read from the store again for each.
type side struct {
	mu  sync.Mutex
	all map[int]compare.Kept // by replication
}

func (*side) drop() {}

// of is a replication, read if nobody has.
func (s *side) of(rep int, read func() (compare.Kept, error)) (compare.Kept, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if k, ok := s.all[rep]; ok {
		return k, nil
	}
	k, err := read()
	if err == nil {
		s.all[rep] = k
	}
	return k, err
}

// pair are the two runs that a request compares.
func (l *Lab) pair(r *http.Request) (a, b *lab.Run, done [2][]*lab.Reading, err error) {
	var runs [2]*lab.Run
	for i, name := range []string{"a", "b"} {
		key, err := l.run(r, name)
		if err != nil {
			return nil, nil, done, err
		}
		var ok bool
		if runs[i], done[i], ok = l.pool.readings(key); !ok {
			return nil, nil, done, errUnknown
		}
	}
	a, b = runs[0], runs[1]
	if a.Seed != b.Seed || a.N != b.N || a.Buyers != b.Buyers {
		return nil, nil, done, refuseIn(http.StatusConflict, "these runs cannot be compared: they need the same first seed, as many runs and as many buyers",
			"simulasi ini tidak bisa dibandingkan: benih acak pertama, jumlah simulasi, dan jumlah pembelinya harus sama")
	}
	return a, b, done, nil
}

// compared shows two runs, as far as both have finished.
func (l *Lab) compared(r *http.Request, show func(k *look, a, b *lab.Run) error) error {
	a, b, done, err := l.pair(r)
	if err != nil {
		return err
	}
	k := l.looks.get(a.Key+b.Key, func() *look { return &look{} })
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.l == nil {
		if k.l, err = compare.NewLook(a.World, b.World, a.Seed, a.N); err != nil {
			return refuse(http.StatusConflict, "%s", err)
		}
		k.base = l.sides.get(a.Key+k.l.Reads(), func() *side { return &side{all: map[int]compare.Kept{}} })
	}
	for i := range a.N {
		if done[0][i] == nil || done[1][i] == nil {
			continue
		}
		for w, x := range []*lab.Run{a, b} {
			if k.l.Has(w, i) {
				continue
			}
			read := func() (compare.Kept, error) {
				m, err := l.measured(x, i)
				if err != nil {
					return compare.Kept{}, err
				}
				return k.l.Read(w, m, done[w][i].Values), nil
			}
			var kept compare.Kept
			if w == 0 {
				kept, err = k.base.of(i, read)
			} else {
				kept, err = read()
			}
			if err != nil {
				return err
			}
			k.l.Take(w, i, kept)
		}
		if err := r.Context().Err(); err != nil {
			return err
		}
	}
	if n := k.l.Pairs(); k.told == nil || n > k.pairs {
		k.pairs, k.told = n, map[string][]byte{}
	}
	return show(k, a, b)
}

// compare tells how far two runs are, which changes all the time, and then what was found, which is worked out once for the pairs that there are.
func (l *Lab) compare(w http.ResponseWriter, r *http.Request) error {
	var found []byte
	var states struct {
		A status `json:"a"`
		B status `json:"b"`
	}
	lang := l.lang(r)
	err := l.compared(r, func(k *look, a, b *lab.Run) (err error) {
		if found = k.told[lang]; found == nil {
			if found, err = json.Marshal(comparisonOf(k.l.Glance(), a, b, lang)); err != nil {
				return err
			}
			k.told[lang] = found
		}
		l.pool.view(a.Key, func(y *run) { states.A = l.pool.status(y) })
		l.pool.view(b.Key, func(y *run) { states.B = l.pool.status(y) })
		return nil
	})
	if err != nil {
		return err
	}
	head, err := json.Marshal(states)
	if err != nil {
		return err
	}
	sendJSON(w, http.StatusOK, slices.Concat(head[:len(head)-1], []byte{','}, found[1:])) // as one object
	return nil
}

// comparisonOf is what was found of two runs.
func comparisonOf(c *compare.Comparison, a, b *lab.Run, lang string) comparisonJSON {
	x := comparisonJSON{Seeds: append([]uint64{}, c.Seeds...), Level: c.Level, Differs: []differs{}, Headlines: []headline{}, Effects: []effectJSON{}, Dates: []string{}, Weekly: []weekly{},
		Command: commandOf(a, b), Report: "/report/" + a.Key + ".." + b.Key + ".html?lang=" + lang}
	p := &c.Pairs[0]
	date := func(day int) string { return c.Date(day).Format(time.DateOnly) }
	x.From = date(p.Periods[0].From)
	for i := range p.Differs {
		d := &p.Differs[i]
		y := differs{Path: d.Path, Kind: d.Kind.String(), A: d.A, B: d.B, Unit: d.Unit, Text: d.Called("A", "B").Text(lang)}
		if d.At > 0 && d.At != policy.Never {
			at := market.Clock.Date(d.At).Format(time.DateOnly)
			y.Date = &at
		}
		x.Differs = append(x.Differs, y)
	}
	for _, q := range p.Periods {
		x.Periods = append(x.Periods, period{q.Name, q.Shop, date(q.From), date(q.To - 1)})
	}
	for i := range p.Main {
		x.Headlines = append(x.Headlines, headlineOf(&p.Main[i], a, date, c.Weeks))
	}
	for i := range p.Effects {
		e := &p.Effects[i]
		y := effectJSON{differenceOf(e), outcomeOf(p, e), e.Metric, e.By, e.Key, p.Periods[e.Period].Name, false}
		if y.Withheld = a.Quick() && lab.OfGroup(y.Outcome); y.Withheld {
			y.hide()
		}
		x.Effects = append(x.Effects, y)
	}
	for _, day := range c.Weeks {
		x.Dates = append(x.Dates, date(day))
	}
	x.Weekly = weeklyOf(p, len(c.Weeks))
	return x
}

func headlineOf(f *compare.Finding, a *lab.Run, date func(int) string, weeks []int) headline {
	h := headline{difference: differenceOf(&f.Effect), Outcome: f.Outcome.Name, Name: lab.OutcomeName(f.Outcome.Name), Metric: f.Outcome.Metric, By: f.Outcome.By, Key: f.Outcome.Key,
		Bad: f.Outcome.Bad, Fitted: f.Fitted, Verdict: f.Verdict.String()}
	h.Unit = f.Outcome.Unit
	if k := f.Worst.Week; k >= 0 {
		d := &f.Worst.Diff
		h.Worst = &worst{date(weeks[k]), date(weeks[k] + 27), lab.Number(d.Mean), lab.Number(d.T.Lo), lab.Number(d.T.Hi), lab.Number(d.Base)}
	}
	if a.Quick() && lab.OfGroup(h.Outcome) {
		why := lab.Withheld(a.Buyers)
		h.hide()
		h.Unit, h.Verdict, h.Worst, h.Withheld = f.Outcome.Unit, compare.NotClear.String(), nil, &why
	}
	return h
}

// outcomeOf is the main outcome that an effect is, or is a part of.
func outcomeOf(p *compare.Pair, e *compare.Effect) string {
	for i := range p.Main {
		o := &p.Main[i].Outcome
		if o.Column == e.Column || slices.Contains(o.Parts, e.Column) {
			return o.Name
		}
	}
	return ""
}

func weeklyOf(p *compare.Pair, weeks int) []weekly {
	all := []weekly{}
	blank := func() lab.Numbers {
		list := make(lab.Numbers, weeks)
		for i := range list {
			list[i] = lab.None()
		}
		return list
	}
	for i := range p.Weekly {
		e := &p.Weekly[i]
		at := slices.IndexFunc(all, func(w weekly) bool { return w.Column == lab.Column(e.Column) })
		if at < 0 {
			at = len(all)
			all = append(all, weekly{lab.Column(e.Column), blank(), blank(), blank(), blank(), blank()})
		}
		w, d := &all[at], &e.Diff
		w.Base[e.Week], w.Other[e.Week], w.Diff[e.Week] = lab.Number(d.Base), lab.Number(d.Other), lab.Number(d.Mean)
		w.Lo[e.Week], w.Hi[e.Week] = lab.Number(d.T.Lo), lab.Number(d.T.Hi)
	}
	return all
}

// commandOf is the line that compares two runs again.
func commandOf(a, b *lab.Run) string {
	q := compare.Request{Seeds: a.Seeds(), Buyers: a.Buyers, Until: untilOf(a, b), Checked: 1}
	for _, x := range []*lab.Run{a, b} {
		q.Worlds = append(q.Worlds, compare.Asked{Name: x.World.Name, Ref: x.World.Ref, Set: x.World.Overrides.Set})
	}
	return q.Command()
}

// untilOf is the last day of two runs where one of them was asked to stop before its end, and then both stop.
func untilOf(a, b *lab.Run) string {
	if a.World.Overrides.Until == b.World.Overrides.Until {
		return a.World.Overrides.Until
	}
	return ""
}

func (l *Lab) compareCSV(w http.ResponseWriter, r *http.Request) error {
	var name string
	var text []byte
	err := l.compared(r, func(k *look, a, b *lab.Run) error {
		c := k.l.Comparison()
		p, err := files.CSV(c.PairRows())
		if err != nil {
			return err
		}
		weeks, err := files.CSV(c.WeekRows())
		if err != nil {
			return err
		}
		_, below, _ := strings.Cut(string(weeks), "\n")
		name, text = "difference-"+a.Key[:8]+"-"+b.Key[:8]+".csv", append([]byte("# "+commandOf(a, b)+"\n"), append(p, below...)...)
		return nil
	})
	if err != nil {
		return err
	}
	file(w, "text/csv; charset=utf-8", name)
	_, err = w.Write(text)
	return err
}

// whole is a look at all replications of two runs, which are in the store.
func (l *Lab) whole(a, b *lab.Run) (*compare.Look, error) {
	look, err := compare.NewLook(a.World, b.World, a.Seed, a.N)
	if err != nil {
		return nil, err
	}
	for w, x := range []*lab.Run{a, b} {
		for i := range x.N {
			m, err := l.measured(x, i)
			if err != nil {
				return nil, err
			}
			look.Add(w, i, m)
		}
	}
	return look, nil
}
