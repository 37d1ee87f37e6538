package sweep

import (
	"context"
	"fmt"
	"strings"
	"time"

	"pasar/scenarios/compare"
	"pasar/scenarios/diff"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/results/measure"
	"pasar/scenarios/store"
)

// Play plays the worlds, made in some way each, on one goroutine, what they have in common only once, and returns a run for each, in the order of the
// worlds. A world that fails takes no other with it: the others are played alone. The error says why nothing at all can be said
// of the cell; it is that of ctx where this ended first.
func (t *Task) Play(ctx context.Context, made []load.Overrides) ([]*Run, error) {
	worlds, err := t.worlds(made)
	if err != nil {
		return nil, err
	}
	h, err := compare.HeadlineOf(worlds, t.Window)
	if err != nil {
		return nil, err
	}
	runs := make([]*Run, len(worlds))
	done := func(i int, r *play.Result) (err error) {
		runs[i], err = t.read(h, r)
		return err
	}
	if err := t.family(ctx, worlds, done); err == nil {
		return runs, nil
	}
	for i, s := range worlds {
		if runs[i] != nil {
			continue
		}
		err := t.family(ctx, worlds[i:i+1], func(_ int, r *play.Result) error { return done(i, r) })
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if err != nil {
			line, _, _ := strings.Cut(err.Error(), "\n")
			runs[i] = &Run{Key: store.Key(s, t.Version), Hash: s.Hash, Seed: s.Seed, Error: line}
		}
	}
	return runs, nil
}

// worlds loads the worlds, and checks that they can be compared.
func (t *Task) worlds(made []load.Overrides) ([]*load.Scenario, error) {
	worlds := make([]*load.Scenario, len(t.Worlds))
	for i := range worlds {
		s, err := t.Load(i, made[i])
		if err != nil {
			return nil, err
		}
		worlds[i] = s
	}
	return worlds, compare.Alike(worlds)
}

// family plays worlds; a panic is an error of theirs.
func (t *Task) family(ctx context.Context, worlds []*load.Scenario, done func(i int, r *play.Result) error) (err error) {
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("running %s: %v", worlds[0].Name, x)
		}
	}()
	if t.spoil != nil {
		if err := t.spoil(worlds); err != nil {
			return err
		}
	}
	return play.Family{First: diff.First, Done: done}.Play(ctx, worlds)
}

// read keeps of a result what the study asks for.
func (t *Task) read(h compare.Headline, r *play.Result) (*Run, error) {
	x := measure.Of(r)
	columns := make([]measure.Column, len(t.Outcomes))
	for i, o := range t.Outcomes {
		columns[i] = o.Column
	}
	s := r.Scenario
	run := &Run{
		Key: store.Key(s, t.Version), Hash: s.Hash, Seed: s.Seed, Digest: r.Digest.String(), Events: r.Events,
		From: measure.DateOf(h.First + int64(h.From)).Format(time.DateOnly), To: measure.DateOf(h.First + int64(h.To) - 1).Format(time.DateOnly),
		Values: numbers(h.Levels(x, columns)),
	}
	for _, k := range t.Keep {
		series, err := k.read(x)
		if err != nil {
			return nil, err
		}
		run.Kept = append(run.Kept, series)
	}
	return run, nil
}
