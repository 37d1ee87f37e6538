package play

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
)

// A Family plays scenarios of one seed and population on one goroutine each, what several have in common only once. Results are
// those of Run, to the bit, but for Wall, which says what a scenario took from where it parted from the others.
type Family struct {
	// First tells until when the worlds of two scenarios are one.
	First func(a, b *load.Scenario) sim.Time
	// Done is handed each scenario, by its number, as soon as it is over. An error ends the family.
	Done func(i int, r *Result) error
	// Tick, if it is there, is told how much simulated time was played.
	Tick func(sim.Time)
	// Closed, if it is there, is shown the totals of each day as it closes, and which scenarios live through it. It must keep none of
	// what it is shown, and nothing it does can change a run.
	Closed func(members []int, day int64, totals []int64)
	// Past, if it is there, has worlds begin where one with the same past stood, and keeps how they stand at their Moments: beginnings of
	// days, by scenario. Work knows nothing of it.
	Past    *Past
	Moments [][]sim.Time

	all []*load.Scenario
}

// Play plays them all, and stops at the first error.
func (f Family) Play(ctx context.Context, all []*load.Scenario) error {
	f.all = all
	return f.play(ctx, upTo(len(all)), nil)
}

// Work is how much simulated time there is to play.
func (f Family) Work(all []*load.Scenario) sim.Time {
	f.all = all
	return f.work(upTo(len(all)), 0)
}

func upTo(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

func (f *Family) work(members []int, from sim.Time) (sum sim.Time) {
	if len(members) == 1 {
		return f.all[members[0]].End - from
	}
	until, groups := f.part(members)
	until = max(until, from)
	for _, g := range groups {
		sum += f.work(g, until)
	}
	return sum + until - from
}

// A branch is a world on its way, with what has been read off it.
type branch struct {
	r    *Result
	w    *market.World
	told sim.Time
	day  int64 // the next to close
}

// grow makes the world of some scenarios, which goes on where another stands, if there is one, or from their past, if that is later.
func (f *Family) grow(members []int, from *branch) (*branch, error) {
	s := f.all[members[0]]
	m := NewMarket(s)
	b := &branch{r: &Result{Scenario: s, Market: m, Goroutines: 1}}
	b.w = World(s, m, sim.Options[market.Msg]{Progress: func(now sim.Time, _ uint64) {
		b.r.sample(b.w)
		if f.Tick != nil {
			f.Tick(now - b.told)
		}
		b.told = now
		f.close(b, members)
	}})
	var now sim.Time
	if from != nil {
		now, b.day = from.w.Now(), from.day
	}
	if x := f.Past.latest(f.of(members), now, f.First); x != nil {
		return b, f.Past.recall(b, x)
	}
	if from == nil {
		return b, nil
	}
	b.told = from.told
	b.r.Sample = append(b.r.Sample, from.r.Sample...)
	return b, b.w.Resume(from.w)
}

// of are some of the scenarios.
func (f *Family) of(members []int) []*load.Scenario {
	list := make([]*load.Scenario, len(members))
	for i, m := range members {
		list[i] = f.all[m]
	}
	return list
}

// moments are those at which a world that some scenarios share is kept, in order.
func (f *Family) moments(members []int) (list []sim.Time) {
	if f.Past == nil || f.Moments == nil {
		return nil
	}
	for _, m := range members {
		list = append(list, f.Moments[m]...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// advance plays a world up to a moment, and keeps how it stands at those on the way.
func (f *Family) advance(ctx context.Context, b *branch, members []int, until sim.Time) error {
	for _, at := range f.moments(members) {
		if at <= b.w.Now() || at >= until {
			continue
		}
		if _, err := b.w.RunTo(ctx, at); err != nil {
			return err
		}
		if err := f.Past.keep(b); err != nil {
			return err
		}
	}
	_, err := b.w.RunTo(ctx, until)
	return err
}

// close shows the days that have closed.
func (f *Family) close(b *branch, members []int) {
	for f.Closed != nil && sim.Time(b.day+1)*market.Day < b.told {
		totals := b.w.Closed(b.day)
		if totals == nil {
			return
		}
		f.Closed(members, b.day, totals)
		b.day++
	}
}

// play plays some of the family, from where a world that they share stands.
func (f *Family) play(ctx context.Context, members []int, from *branch) error {
	if len(members) == 1 {
		return f.alone(ctx, members[0], from)
	}
	until, groups := f.part(members)
	if until > 0 {
		b, err := f.grow(members, from)
		if err == nil {
			err = f.advance(ctx, b, members, until)
		}
		if err != nil {
			return f.failed(members[0], err)
		}
		from = b
	}
	for _, g := range groups {
		if err := f.play(ctx, g, from); err != nil {
			return err
		}
	}
	return nil
}

// alone plays one member to its end.
func (f *Family) alone(ctx context.Context, i int, from *branch) error {
	begin := time.Now()
	b, err := f.grow([]int{i}, from)
	if err == nil {
		err = f.advance(ctx, b, []int{i}, f.all[i].End)
	}
	if err == nil {
		b.r.Digest, err = b.w.Run(ctx)
	}
	if err != nil {
		return f.failed(i, err)
	}
	b.r.Wall = time.Since(begin)
	b.r.collect(b.w)
	return f.Done(i, b.r)
}

func (f *Family) failed(i int, err error) error {
	return fmt.Errorf("running %s: %w", f.all[i].Name, err)
}

// part says until when members can be played as one, and how they fall into groups there: those of a group stay alike beyond.
func (f *Family) part(members []int) (until sim.Time, groups [][]int) {
	until = math.MaxInt64
	for i, a := range members {
		for _, b := range members[:i] {
			until = min(until, f.together(a, b))
		}
	}
members:
	for _, a := range members {
	groups:
		for g, others := range groups {
			for _, b := range others {
				if f.together(a, b) == until {
					continue groups
				}
			}
			groups[g] = append(others, a)
			continue members
		}
		groups = append(groups, []int{a})
	}
	return until, groups
}

// together is how long two members can be played as one: whole days, so that every world is asked for at the same moments.
func (f *Family) together(a, b int) sim.Time {
	x, y := f.all[a], f.all[b]
	return min(f.First(x, y), x.End, y.End) / market.Day * market.Day
}
