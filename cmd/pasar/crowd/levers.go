package crowd

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// What the run screen does.
const (
	shown    = "pilot"  // the scenario on it
	beside   = "no-ban" // its base
	debounce = 150 * time.Millisecond
)

// A lever is one of the screen.
type lever struct {
	Path  string  `json:"path"`
	Scope string  `json:"scope"`
	Min   float64 `json:"min"`
	Max   float64 `json:"max"`
	Step  float64 `json:"step"`
	Value float64 `json:"value"`
}

// spell is a place of the lever as --set takes it.
func (l *lever) spell(place int) string {
	decimals := max(int(math.Ceil(-math.Log10(l.Step)-1e-9)), 0)
	return strconv.FormatFloat(l.Min+float64(place)*l.Step, 'f', decimals, 64)
}

// Levers has a crowd move levers, and says what it saw until ctx ended if it had not done with it.
func Levers(ctx context.Context, o Options) (*LeverShow, error) {
	t, begin := newTally(), time.Now()
	err := each(o.Browsers, func(i int) error {
		b, err := newBrowser(&o, t, i)
		if err != nil {
			return err
		}
		defer b.close()
		return b.moveLevers(ctx)
	})
	if err != nil && ctx.Err() == nil {
		return nil, err
	}
	return &LeverShow{Stopped: ctx.Err() != nil, Browsers: o.Browsers, Moves: o.Moves, Look: o.Look.Seconds(), Seconds: time.Since(begin).Seconds(),
		Opening: timesOf(t.times[opening]), Weeks: timesOf(t.times[weeks]), Glance: timesOf(t.times[glance]), Result: timesOf(t.times[result]), Full: timesOf(t.times[full]), Waiting: timesOf(t.times[waiting]), Failures: t.f}, nil
}

// each does n things at once.
func each(n int, do func(i int) error) error {
	errs := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { errs[i] = do(i) })
	}
	all.Wait()
	return errors.Join(errs...)
}

// moveLevers opens the run screen and moves levers on it, each from where the others are.
func (b *browser) moveLevers(ctx context.Context) error {
	if err := b.enter(ctx); err != nil {
		return err
	}
	var scene struct {
		Levers []lever `json:"levers"`
	}
	for _, x := range []struct {
		path string
		into any
	}{{"/", nil}, {"/api/meta", nil}, {"/api/scenarios", nil}, {"/api/scenarios/" + shown, &scene}} {
		if err := b.get(ctx, x.path, x.into); err != nil {
			return err
		}
	}
	if len(scene.Levers) == 0 {
		return fmt.Errorf("%s has no levers", shown)
	}
	q := request{world: world{Scenario: shown}, Base: world{Scenario: beside}}
	last := b.look(ctx, q, "", opening)
	places := map[string]string{}
	for range b.o.Moves {
		sleep(ctx, around(b.luck, b.o.Look))
		last.leave()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		l := &scene.Levers[b.luck.IntN(len(scene.Levers))]
		to := l.spell(b.luck.IntN(int(math.Round((l.Max-l.Min)/l.Step)) + 1))
		if b.o.Apart {
			clear(places)
		}
		places[l.Path] = l.Path + "=" + to
		q.Set, q.Base.Set = slices.Sorted(maps.Values(places)), nil
		for _, x := range q.Set {
			if strings.HasPrefix(x, "params.") { // of the world: in the base as well
				q.Base.Set = append(q.Base.Set, x)
			}
		}
		last = b.look(ctx, q, last.unfinished(), result)
	}
	if b.o.Leave {
		sleep(ctx, around(b.luck, b.o.Look))
		last.leave()
		return nil
	}
	last.wait()
	return nil
}

// A screen is one that shows a run and follows it.
type screen struct {
	mu    sync.Mutex
	last  status
	stop  context.CancelFunc
	ended chan struct{}
}

// leave stops following.
func (s *screen) leave() {
	s.stop()
	<-s.ended
}

// wait follows to the end.
func (s *screen) wait() {
	<-s.ended
	s.stop()
}

// unfinished is the key of a run that is still being played; "": there is none.
func (s *screen) unfinished() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last.over() {
		return ""
	}
	return s.last.Key
}

// look asks for a run in place of another that it gives up, and returns when the first result is there, or lost. It follows the run
// from then on.
func (b *browser) look(ctx context.Context, q request, instead, what string) *screen {
	begin := time.Now()
	follow, stop := context.WithCancel(ctx)
	s := &screen{stop: stop, ended: make(chan struct{})}
	first := make(chan struct{})
	go func() {
		defer close(s.ended)
		once := sync.OnceFunc(func() { close(first) })
		defer once()
		if instead != "" {
			if err := b.call(follow, "DELETE", "/api/runs/"+instead, nil, nil); err != nil {
				return
			}
		}
		if what != opening {
			sleep(follow, debounce-time.Since(begin))
		}
		if err := b.show(follow, s, q, begin, what, once); err != nil && follow.Err() == nil {
			b.t.lost(err)
		}
	}()
	var late <-chan time.Time // nil: it never comes
	if b.o.Patience > 0 {
		late = time.After(b.o.Patience)
	}
	select {
	case <-first:
	case <-late:
		b.t.lost(fmt.Errorf("no result after %v", b.o.Patience))
	case <-ctx.Done():
		if what == result {
			b.t.took(waiting, time.Since(begin))
		}
	}
	return s
}

// show asks for a run and draws what comes of it.
func (b *browser) show(ctx context.Context, s *screen, q request, begin time.Time, what string, seen func()) error {
	now, err := b.ask(ctx, q)
	if err != nil {
		return err
	}
	var news <-chan event
	if !now.over() {
		if news, err = b.follow(ctx, now.Key); err != nil {
			return err
		}
	}
	drawn, pairs, base := 0, 0, now.BaseKey
	weeksYet, resultYet := false, false
	glanced := sync.OnceFunc(func() {
		if what == result {
			b.t.took(glance, time.Since(begin))
		}
		seen()
	})
	var sketching context.CancelFunc
	var sketches sync.WaitGroup
	defer sketches.Wait()
	for {
		s.mu.Lock()
		s.last = now
		s.mu.Unlock()
		if sketching == nil && what == result && now.Sketch != nil && !resultYet {
			var own context.Context
			own, sketching = context.WithCancel(ctx)
			defer sketching()
			small := q
			small.N, small.Buyers = now.Sketch.N, now.Sketch.Buyers
			sketches.Go(func() {
				if there, err := b.sketch(own, small); err != nil && own.Err() == nil {
					b.t.lost(err)
				} else if there {
					glanced()
				}
			})
		}
		if now.Done > 0 && !weeksYet && what == result {
			b.t.took(weeks, time.Since(begin))
			weeksYet = true
		}
		if now.Done > drawn || pairs < now.Done { // the base may have got further
			drawn = now.Done
			if pairs, err = b.draw(ctx, now.Key, base, drawn); err != nil {
				return err
			}
			if pairs >= 2 && !resultYet {
				b.t.took(what, time.Since(begin))
				resultYet = true
				glanced()
				if sketching != nil {
					sketching() // the run itself was quicker
				}
			}
		}
		if err := now.broken(); err != nil {
			return err
		}
		if now.over() {
			if pairs >= now.N {
				if what == result {
					b.t.took(full, time.Since(begin))
				}
				return nil
			}
			sleep(ctx, 500*time.Millisecond) // the base is not as far
			if ctx.Err() != nil {
				return ctx.Err()
			}
			continue
		}
		e, open := <-news
		switch {
		case !open:
			return fmt.Errorf("the stream of %s ended before the run", now.Key)
		case e.Key == "":
			if !weeksYet && what == result {
				b.t.took(weeks, time.Since(begin))
				weeksYet = true
			}
		default:
			now = e.status
		}
	}
}

// Views are the series that the run screen asks for, as views.ts of the front end has them.
const Views = "?by=week&metric=gmv:storefront&metric=share:storefront&metric=orders:storefront&metric=sme_income_median:sme_type" +
	"&metric=cohort_income_median:cohort_sme_type&metric=cohort_income_median:cohort_dependence&metric=active&metric=closures" +
	"&metric=creators_income_median:tier&metric=cohort_income:cohort_tier&metric=creators_active:tier&metric=gmv:platforms" +
	"&metric=price_index:category&metric=cs_need&metric=hhi:owner&metric=hhi:storefront&metric=dependent_share&metric=local_sme_share" +
	"&metric=offline_sales&metric=off_platform_share&runs=64"

// draw reads all that the screen shows of a run, and says how many pairs there are.
func (b *browser) draw(ctx context.Context, key, base string, done int) (pairs int, err error) {
	paths := []string{"/series" + Views, "/flows", "/log"}
	if err := each(len(paths), func(i int) error { return b.get(ctx, "/api/runs/"+key+paths[i], nil) }); err != nil {
		return 0, err
	}
	var x struct {
		Seeds []uint64 `json:"seeds"`
	}
	if err := b.get(ctx, "/api/runs/"+base+"/series"+Views, &x); err != nil || len(x.Seeds) < 2 || done < 2 {
		return 0, err
	}
	if err := b.get(ctx, "/api/compare?a="+base+"&b="+key, &x); err != nil {
		return 0, err
	}
	return len(x.Seeds), nil
}
