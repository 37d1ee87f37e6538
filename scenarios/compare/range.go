package compare

import (
	"context"
	"math"
	"slices"
	"strconv"

	"pasar/scenarios/stats"
)

// Key lists the unsourced parameters that conclusions are known to hinge on (model 12.6): whether a verdict turns within their range is
// part of every comparison.
func Key() []string { return []string{"params.disc.rho"} }

// An end is the effects on the main outcomes at an end of the range of a parameter.
type end struct {
	path    string
	value   float64
	effects [][]stats.Paired // by pair, then main outcome
}

// ends plays the worlds at the ends of the range of each key parameter, with fewer replications.
func (e *engine) ends(ctx context.Context) error {
	reps := min(e.o.Range, len(e.c.Seeds))
	if reps < 2 {
		return nil
	}
	e.stage(Ranging, 2*reps*len(e.c.Worlds)*len(Key()))
	for _, path := range Key() {
		for _, v := range e.c.Scenarios[0].Values {
			if v.Path != path {
				continue
			}
			for _, value := range []float64{v.Lo, v.Hi} {
				if err := e.end(ctx, path, value, reps); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (e *engine) end(ctx context.Context, path string, value float64, reps int) error {
	var worlds []World
	for _, w := range e.c.Worlds {
		w.Overrides.Set = append(slices.Clone(w.Overrides.Set), path+"="+strconv.FormatFloat(value, 'g', -1, 64))
		worlds = append(worlds, w)
	}
	there := newRuns(len(worlds), reps)
	if err := e.play(ctx, worlds, e.c.Seeds[:reps], there); err != nil {
		return err
	}
	x := end{path: path, value: value}
	for i := range e.c.Pairs {
		var all []stats.Paired
		for _, o := range e.mains() {
			base, other := e.pairsOf(there, i, o.Column, 0)
			all = append(all, stats.PairT(base, other, e.c.Level))
		}
		x.effects = append(x.effects, all)
	}
	e.atEnds = append(e.atEnds, x)
	return nil
}

// turns says what becomes of an effect at the ends. The verdict turns where the effect is clear on the other side of 0, or where it is
// clear here and there holds both 0 and no part of what it is here.
func (e *engine) turns(pair int, o Outcome, here stats.Paired) (all []Turn) {
	at := slices.IndexFunc(e.mains(), func(m Outcome) bool { return m.Name == o.Name })
	for _, x := range e.atEnds {
		d := x.effects[pair][at]
		t := Turn{Path: x.path, Value: x.value, Diff: d}
		switch {
		case d.Clear() && here.Clear():
			t.Turns = math.Signbit(d.Mean) != math.Signbit(here.Mean)
		case here.Clear():
			t.Turns = d.N > 1 && (here.Mean > d.T.Hi || here.Mean < d.T.Lo)
		case d.Clear():
			t.Turns = d.T.Lo > here.T.Hi || d.T.Hi < here.T.Lo || here.Mean < d.T.Lo || here.Mean > d.T.Hi
		}
		all = append(all, t)
	}
	return all
}
