package serve

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"pasar/scenarios/compare"
	"pasar/scenarios/lab"
	"pasar/scenarios/report"
)

// A made is a report, made once.
type made struct {
	mu   sync.Mutex
	page []byte
}

func (*made) drop() {}

// report makes the printable report of a run or of a comparison, and waits until it is made.
func (l *Lab) report(w http.ResponseWriter, r *http.Request) error {
	name, html := strings.CutSuffix(r.PathValue("page"), ".html")
	a, b, two := strings.Cut(name, "..")
	if !html || !lab.IsKey(a) || two && !lab.IsKey(b) {
		return refuse(http.StatusNotFound, "a report is called by the key of a run, or by two with .. between them, and .html")
	}
	for _, key := range []string{a, b}[:1+len(b)/32] {
		err := l.pool.fetch(key)
		if err == nil {
			err = l.pool.await(r.Context(), key)
		}
		if err != nil {
			return err
		}
	}
	lang := l.lang(r)
	m := l.pages.get(name+lang, func() *made { return &made{} })
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.page == nil {
		if err := l.guard.spend(r, telling); err != nil {
			return err
		}
		free, err := l.turn(r.Context())
		if err != nil {
			return err
		}
		defer free()
		if two {
			m.page, err = l.comparisonPage(r.Context(), a, b, lang)
		} else {
			m.page, err = l.runPage(a, lang)
		}
		if err != nil {
			return err
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, err := w.Write(m.page)
	return err
}

// turn waits for one's turn at what takes long and is no run: one at a time, so that it slows the runs by no more than that.
func (l *Lab) turn(ctx context.Context) (free func(), err error) {
	select {
	case l.slow <- struct{}{}:
		return func() { <-l.slow }, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case <-l.ctx.Done():
		return nil, refuse(http.StatusServiceUnavailable, "the lab is being closed")
	}
}

func (l *Lab) options(lang string) report.Options {
	return report.Options{Lang: lang, Version: l.o.Version, Human: l.o.Human}
}

func (l *Lab) runPage(key, lang string) ([]byte, error) {
	x, done, ok := l.pool.readings(key)
	if !ok {
		return nil, errUnknown
	}
	rep := slices.IndexFunc(done, func(d *lab.Reading) bool { return d != nil })
	if rep < 0 {
		return nil, refuseIn(http.StatusConflict, "nothing of this run is done yet", "belum ada yang selesai dari simulasi ini")
	}
	r, err := l.result(x, rep)
	if err != nil {
		return nil, err
	}
	return report.HTML(r, l.options(lang))
}

// comparisonPage compares two runs as the command line does, checks and all.
func (l *Lab) comparisonPage(ctx context.Context, a, b, lang string) ([]byte, error) {
	x, _, ok := l.pool.readings(a)
	y, done, found := l.pool.readings(b)
	switch {
	case !ok || !found:
		return nil, errUnknown
	case x.Seed != y.Seed || x.N != y.N || x.Buyers != y.Buyers:
		return nil, refuseIn(http.StatusConflict, "these runs cannot be compared: they need the same first seed, as many runs and as many buyers",
			"simulasi ini tidak bisa dibandingkan: benih acak pertama, jumlah simulasi, dan jumlah pembelinya harus sama")
	case slices.Contains(done, nil):
		return nil, refuseIn(http.StatusConflict, "the run is not done yet: a report holds all of it", "simulasinya belum selesai: laporan memuat seluruhnya")
	}
	c, err := compare.Run(ctx, []compare.World{x.World, y.World}, compare.Options{
		Reps: x.N, Seed: x.Seed, Checked: 1, Parallel: 1, Store: l.store, Version: l.o.Version, Human: l.o.Human,
	})
	if err != nil {
		return nil, fmt.Errorf("the comparison: %w", err)
	}
	return report.ComparisonHTML(c, l.options(lang))
}
