package serve

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"pasar/agents/market"
	"pasar/scenarios/compare"
	"pasar/scenarios/files"
	"pasar/scenarios/lab"
	"pasar/scenarios/load"
	"pasar/scenarios/report/svgplot"
	"pasar/scenarios/say"
)

// A finding is what the card of a scenario shows of its quick run beside its base. It is worked out once and kept in a file by the keys of both
// runs, which hold the program and the scenario: what is stale has another name, and is absent.
type finding struct {
	Headline *headline   `json:"headline"` // null: it is the base
	Dates    []string    `json:"dates"`
	Low      lab.Numbers `json:"p05"` // sales on TikTok Shop, Rp a day by week, over runs
	Middle   lab.Numbers `json:"p50"`
	High     lab.Numbers `json:"p95"`
	Base     lab.Numbers `json:"base"` // middle
}

// resultJSON is how far the quick run of a card is, and what came of it.
type resultJSON struct {
	State    string    `json:"state"`
	A        string    `json:"a"` // key of the base's run; "": it is the base
	B        string    `json:"b"`
	Done     int       `json:"done"`
	N        int       `json:"n"`
	Buyers   int       `json:"buyers"`
	Headline *headline `json:"headline"`
	Picture  string    `json:"picture"` // address; "": there is none yet
}

// A pairing is the quick run of a card and that of its base, nil for the base itself. Both are nil where the two cannot be compared: a card of
// another market has no result.
type pairing struct{ main, base *lab.Run }

// thumbs are the findings of cards.
type thumbs struct {
	mu    sync.Mutex
	dir   string
	size  lab.Request         // seed, replications and buyers; 0: those of a quick run
	pairs map[string]pairing  // by scenario
	known map[string]*finding // the same
}

func newThumbs(dir string) *thumbs {
	return &thumbs{dir: filepath.Join(dir, "lab", "cards"), pairs: map[string]pairing{}, known: map[string]*finding{}}
}

// pairing finds the runs of a card; the thumbs are locked.
func (l *Lab) pairing(name string) (p pairing, err error) {
	if p, ok := l.thumbs.pairs[name]; ok {
		return p, nil
	}
	q := l.thumbs.size
	q.World = lab.World{Scenario: name}
	if name != lab.Usual {
		q.Base = &lab.World{Scenario: lab.Usual}
	}
	var wrong *lab.Wrong
	if p.main, p.base, err = q.Runs(l.o.Version, l.limits); err != nil && !errors.As(err, &wrong) {
		return p, err
	}
	l.thumbs.pairs[name] = p
	return p, nil
}

// file is where a finding is kept.
func (t *thumbs) file(p pairing) string {
	name := p.main.Key
	if p.base != nil {
		name += "-" + p.base.Key
	}
	return filepath.Join(t.dir, name+".json")
}

// finding is what came of a card's run, worked out if both runs are done and it is not kept; nil: they are not.
func (l *Lab) finding(name string) (p pairing, f *finding, err error) {
	t := l.thumbs
	t.mu.Lock()
	defer t.mu.Unlock()
	if p, err = l.pairing(name); err != nil || p.main == nil {
		return p, nil, err
	}
	if f = t.known[name]; f != nil {
		return p, f, nil
	}
	if data, err := os.ReadFile(t.file(p)); err == nil {
		f = &finding{}
		if json.Unmarshal(data, f) == nil {
			t.known[name] = f
			return p, f, nil
		}
	}
	if f, err = l.find(p); f == nil || err != nil {
		return p, nil, err
	}
	t.known[name] = f
	if err := os.MkdirAll(t.dir, 0o755); err != nil {
		return p, nil, err
	}
	data, err := json.Marshal(f)
	if err != nil {
		return p, nil, err
	}
	return p, f, files.Replace(t.file(p), data)
}

// sales is what the pictures show.
func sales(c lab.Column) bool {
	return c.Metric == "gmv" && c.By == "storefront" && c.Key == market.TikTok.String()
}

// find works out what came of two runs; nil unless all of their replications are there.
func (l *Lab) find(p pairing) (*finding, error) {
	f := &finding{}
	for _, x := range []*lab.Run{p.main, p.base} {
		if x == nil {
			continue
		}
		if err := l.pool.fetch(x.Key); errors.Is(err, errUnknown) {
			return nil, nil
		} else if err != nil {
			return nil, err
		}
		_, done, _ := l.pool.readings(x.Key)
		dates, bands := lab.Bands(done, sales, 0)
		if len(bands) == 0 || len(done) != x.N || bands[0].N[0] != x.N {
			return nil, nil
		}
		if x == p.base {
			f.Base = bands[0].P50
		} else {
			f.Dates, f.Low, f.Middle, f.High = dates, bands[0].P05, bands[0].P50, bands[0].P95
		}
	}
	if p.base == nil {
		return f, nil
	}
	look, err := l.whole(p.base, p.main)
	if err != nil {
		return nil, err
	}
	c := look.Glance()
	h := headlineOf(&c.Pairs[0].Main[0], p.base, func(day int) string { return c.Date(day).Format(time.DateOnly) }, c.Weeks)
	f.Headline = &h
	return f, nil
}

// resultOf is how far a card's run is, and what came of it.
func (l *Lab) resultOf(name string) (x resultJSON, err error) {
	p, f, err := l.finding(name)
	if err != nil {
		return x, err
	}
	if p.main == nil {
		return resultJSON{State: absent}, nil
	}
	x = resultJSON{State: absent, B: p.main.Key, N: p.main.N, Buyers: p.main.Buyers}
	if p.base != nil {
		x.A = p.base.Key
	}
	if f != nil {
		x.State, x.Done, x.Headline, x.Picture = over, x.N, f.Headline, "/api/scenarios/"+name+"/result.svg?of="+x.B[:8]
		return x, nil
	}
	for _, key := range []string{x.A, x.B} { // the state of the run itself, unless only its base is still played
		l.pool.view(key, func(r *run) {
			if s := r.state(); key == x.B && s != over || s == queued || s == running {
				x.State = s
			}
			x.Done, _, _ = r.count()
		})
	}
	return x, nil
}

// result tells what came of a scenario's quick run.
func (l *Lab) resultCard(w http.ResponseWriter, r *http.Request) error {
	name, err := l.name(r)
	if err != nil {
		return err
	}
	x, err := l.resultOf(name)
	if err != nil {
		return err
	}
	return send(w, x)
}

// thumb draws it.
func (l *Lab) thumb(w http.ResponseWriter, r *http.Request) error {
	name, err := l.name(r)
	if err != nil {
		return err
	}
	_, f, err := l.finding(name)
	if err != nil {
		return err
	}
	if f == nil {
		return refuse(http.StatusNotFound, "%s has not been played yet: POST /api/runs plays it", name)
	}
	s, err := load.Load(name, load.Overrides{})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Cache-Control", "no-cache")
	_, err = w.Write(f.draw(s, l.lang(r)))
	return err
}

// draw draws the sales of a scenario on TikTok Shop beside those of its base.
func (f *finding) draw(s *load.Scenario, lang string) []byte {
	in := say.In(lang)
	days, err := svgplot.ParseDays(f.Dates)
	if err != nil {
		panic("serve: " + err.Error()) // we wrote them
	}
	day := func(t time.Time) svgplot.Day { return svgplot.DayOf(t) }
	plain := func(list lab.Numbers) (out []float64) {
		for _, v := range list {
			out = append(out, float64(v))
		}
		return out
	}
	words := map[string][3]string{"en": {"Sales on", "Rp %s billion a day", "no ban"}, "id": {"Penjualan di", "Rp %s miliar per hari", "tanpa larangan"}}[lang]
	shop := in.Channels[market.TikTok.String()]
	return svgplot.Thumb{Title: words[0] + " " + shop, Lang: lang, From: day(market.Clock.Date(s.Start)), To: day(market.Clock.Date(s.End - 1)), Days: days, Key: market.TikTok.String(), Name: words[0] + " " + shop,
		Base: plain(f.Base), BaseName: words[2], Middle: plain(f.Middle), Low: plain(f.Low), High: plain(f.High), Unit: words[1], By: 1e9}.SVG()
}

// Said is what came of a card in a sentence.
func (v view) Said(x resultJSON) string {
	h := x.Headline
	if h == nil {
		return v.W.ResultBase
	}
	form := v.W.Result
	if h.Verdict != compare.Clear.String() {
		form = v.W.ResultNot
	}
	in := say.In(v.W.Lang)
	percent := func(n lab.Number) string {
		sign := map[bool]string{true: "+", false: "\u2212"}[n > 0]
		return sign + in.Num(math.Abs(100*float64(n)), 1) + "%"
	}
	return fmt.Sprintf(form, percent(h.Relative), percent(h.RelativeLo)+v.W.To+percent(h.RelativeHi), h.N)
}

// playHistory plays the scenarios of history that have no result yet, in the background: their runs take turns with those that browsers ask for.
func (l *Lab) playHistory() error {
	cards, err := lab.Gallery()
	if err != nil {
		return err
	}
	for _, c := range cards {
		if c.Group != "history" || c.Name == lab.Usual {
			continue
		}
		p, f, err := l.finding(c.Name)
		if err != nil {
			return err
		}
		if f == nil && p.main != nil {
			if _, err := l.pool.ask(nobody, p.main, p.base, mostOrders); err != nil {
				return err
			}
		}
	}
	return nil
}
