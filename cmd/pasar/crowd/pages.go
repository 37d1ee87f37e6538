package crowd

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// How users read.
const (
	reading = 2 * time.Second // a page, on average
	asks    = 12              // every how manieth page, on average, a user asks for a run of his own
)

// Pages has a crowd open pages for a while, and waits for the runs that it asked for.
func Pages(ctx context.Context, o Options) (*PageShow, error) {
	t, begin := newTally(), time.Now()
	until := begin.Add(o.For)
	err := each(o.Users, func(i int) error {
		b, err := newBrowser(&o, t, i)
		if err != nil {
			return err
		}
		defer b.close()
		return b.openPages(ctx, until)
	})
	if err != nil {
		return nil, err
	}
	return &PageShow{Users: o.Users, Seconds: time.Since(begin).Seconds(), Pages: timesOf(t.times[page]), Runs: timesOf(t.times[playing]), Failures: t.f}, nil
}

// openPages opens pages, and asks for a run now and then.
func (b *browser) openPages(ctx context.Context, until time.Time) error {
	if err := b.enter(ctx); err != nil {
		return err
	}
	mine, err := b.ask(ctx, request{world: world{Scenario: shown}, Base: world{Scenario: beside}})
	if err != nil {
		return err
	}
	asked, begin := []status{mine}, time.Now()
	for ctx.Err() == nil && time.Now().Before(until) {
		sleep(ctx, around(b.luck, reading))
		var no *answer
		if err := b.open(ctx, mine); err != nil && !errors.As(err, &no) {
			return err
		}
		if mine, err = b.status(ctx, mine); err != nil {
			return err
		}
		if !mine.over() {
			continue // one run at a time
		}
		if begin.IsZero() {
			if b.luck.IntN(asks) > 0 {
				continue
			}
			begin = time.Now()
			set := fmt.Sprintf("sep.linkout=%.2f", float64(b.luck.IntN(21))/20)
			if mine, err = b.ask(ctx, request{world: world{shown, []string{set}}, Base: world{Scenario: beside}}); err != nil {
				return err
			}
			asked = append(asked, mine)
			continue
		}
		b.t.took(playing, time.Since(begin))
		begin = time.Time{}
	}
	return b.collect(ctx, asked)
}

// collect waits for the runs that were asked for.
func (b *browser) collect(ctx context.Context, asked []status) (err error) {
	for _, s := range asked {
		for !s.over() && ctx.Err() == nil {
			if s, err = b.status(ctx, s); err != nil {
				return err
			}
			if !s.over() {
				sleep(ctx, time.Second)
			}
		}
		if err := s.broken(); err != nil {
			b.t.lost(err)
		}
	}
	return ctx.Err()
}

// status asks how far a run is.
func (b *browser) status(ctx context.Context, s status) (status, error) {
	base := s.BaseKey
	err := b.get(ctx, "/api/runs/"+s.Key, &s)
	s.BaseKey = base
	return s, err
}

// open opens a page: what the front end asks for on one of its screens, or a page without scripts.
func (b *browser) open(ctx context.Context, s status) error {
	pages := [][]string{
		{"/", "/api/meta", "/api/scenarios"},
		{"/api/scenarios/deal", "/api/scenarios/deal/strip.svg"},
		{"/api/scenarios/" + shown, "/api/runs/" + s.Key},
		{"/api/runs", "/api/sweeps"},
		{"/plain"},
		{"/plain/scenarios/" + shown},
	}
	if s.Done > 1 {
		pages = append(pages,
			[]string{"/api/runs/" + s.Key + "/series?by=week&runs=64&metric=gmv:storefront", "/api/runs/" + s.Key + "/flows", "/api/runs/" + s.Key + "/log"},
			[]string{"/api/compare?a=" + s.BaseKey + "&b=" + s.Key},
			[]string{"/api/runs/" + s.Key + "/series.csv"},
			[]string{"/plain/runs/" + s.Key})
	}
	for _, path := range pages[b.luck.IntN(len(pages))] {
		if err := b.get(ctx, path, nil); err != nil {
			return err
		}
	}
	return nil
}
