package compare

import (
	"context"
	"fmt"
	"math"
	"strings"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
)

// The kinds of checks.
const (
	CheckHistory = "history" // the worlds of a pair are equal on all days before they can differ (decisions E25)
	CheckAA      = "a/a"     // the base against itself, played anew on another number of goroutines
	CheckPlacebo = "placebo" // the base against the base with the nulls of what the other world does
)

// anew is the number of goroutines on which worlds are played for checks: more than one, so that they cross the bus.
const anew = 3

// checks plays what must come to exactly 0 (decisions E24). What does not is written down; whoever shows the comparison refuses then.
func (e *engine) checks(ctx context.Context) error {
	for i := range e.c.Pairs {
		e.c.Checks = append(e.c.Checks, e.history(i))
	}
	e.stage(Checking, len(e.c.Worlds)*e.o.Checked)
	var todo []trial
	for rep := range min(e.o.Checked, len(e.c.Seeds)) {
		seed := e.c.Seeds[rep]
		base, err := loaded(e.c.Worlds, seed)
		if err != nil {
			return err
		}
		todo = append(todo, trial{Check{Kind: CheckAA, Seed: seed, Goroutines: anew, What: e.c.Worlds[0].Name}, base[0], rep})
		for i := range e.c.Worlds[1:] {
			again, err := loaded(e.c.Worlds, seed) // the nulls use up what they are made from
			if err != nil {
				return err
			}
			null, ids := base[0].Placebo(again[i+1])
			if len(ids) == 0 { // it differs in numbers alone, which have no null
				continue
			}
			todo = append(todo, trial{Check{Kind: CheckPlacebo, Seed: seed, Goroutines: 1, What: e.c.Worlds[i+1].Name + ": " + strings.Join(ids, ", ")}, null, rep})
		}
	}
	done := make([]Check, len(todo))
	err := e.each(ctx, len(todo), func(ctx context.Context, i int) (err error) {
		done[i], err = e.try(ctx, todo[i])
		return err
	})
	e.c.Checks = append(e.c.Checks, done...)
	return err
}

// A trial is a check to be made: a scenario that must play as the base of a replication did.
type trial struct {
	Check
	scenario *load.Scenario
	rep      int
}

// try plays a trial and holds it against the base, digest and all numbers.
func (e *engine) try(ctx context.Context, t trial) (Check, error) {
	x := t.Check
	if e.o.spoil != nil {
		e.o.spoil(t.scenario)
	}
	r, err := play.Run(ctx, t.scenario, play.Options{Goroutines: x.Goroutines, Version: e.o.Version})
	if err != nil {
		return x, fmt.Errorf("%s of %s: %w", x.Kind, x.What, err)
	}
	e.tick(t.scenario.End)
	e.tell(func(p *Progress) { p.Done++ })
	base, got := e.runs[0][t.rep], e.reader.read(r)
	for day := range base.daily {
		if day >= len(got.daily) || base.daily[day] != got.daily[day] {
			x.Differ = fmt.Sprintf("the history of %s", market.Epoch.AddDate(0, 0, day).Format("2006-01-02"))
			break
		}
	}
	for w := range base.windows {
		for i, c := range base.columns {
			x.Cells++
			if v := got.at(w, c); x.Differ == "" && v != base.windows[w][i] && !(math.IsNaN(v) && math.IsNaN(base.windows[w][i])) {
				x.Differ = fmt.Sprintf("%s %s %s: %g instead of %g", c.Metric, c.By, c.Key, v, base.windows[w][i])
			}
		}
	}
	return x, nil
}

// history holds the worlds of a pair against each other, day by day until they may differ.
func (e *engine) history(pair int) Check {
	p := &e.c.Pairs[pair]
	x := Check{Kind: CheckHistory, Goroutines: 1, What: e.c.Worlds[p.World].Name}
	days := int(market.DayOf(p.From))
	if p.From <= e.c.Scenarios[0].Start {
		days = 0 // they differ from the first day on
	}
	for rep, base := range e.runs[0] {
		other := e.runs[p.World][rep]
		for day := range min(days, len(base.daily), len(other.daily)) {
			x.Cells++
			if x.Differ == "" && base.daily[day] != other.daily[day] {
				x.Seed = e.c.Seeds[rep]
				x.Differ = fmt.Sprintf("seed %d, the history of %s", x.Seed, market.Epoch.AddDate(0, 0, day).Format("2006-01-02"))
			}
		}
	}
	return x
}

// Refused is an error that says which check failed, if one did.
func (c *Comparison) Refused() error {
	for _, x := range c.Checks {
		if x.Differ != "" {
			return fmt.Errorf("the comparison is refused: the check %s (%s) does not come to exactly 0: %s", x.Kind, x.What, x.Differ)
		}
	}
	return nil
}
