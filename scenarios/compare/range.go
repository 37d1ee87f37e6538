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
	path  string
	value float64
	elsewhere
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
	e.atEnds = append(e.atEnds, end{path, value, e.mainsOf(there)})
	return nil
}

// turns says what becomes of an effect at the ends.
func (e *engine) turns(pair int, o Outcome, here stats.Paired) (all []Turn) {
	at := slices.IndexFunc(e.mains(), func(m Outcome) bool { return m.Name == o.Name })
	base, other := e.pairs(pair, o.Column, 0)
	for _, x := range e.atEnds {
		b, y := x.base[pair][at], x.other[pair][at]
		d := stats.PairT(b, y, e.c.Level)
		moved := stats.PairT(less(other, base, len(b)), less(y, b, len(b)), stats.Shared(e.c.Level, len(e.atEnds)))
		all = append(all, Turn{Path: x.path, Value: x.value, Diff: d, Turns: turned(here, d, moved)})
	}
	return all
}

// turned tells whether a verdict turns between here and an end: the effect is clear on the other side of 0 there, or clear on one side only and
// the effect here lies outside the interval there; and it moves, pair by pair, by more than luck does. Without the last, where nothing has an
// effect, an end at which luck makes something clear would count as one on which the verdict depends.
func turned(here, there, moved stats.Paired) bool {
	switch {
	case !moved.Clear() || !here.Clear() && !there.Clear():
		return false
	case here.Clear() && there.Clear():
		return math.Signbit(there.Mean) != math.Signbit(here.Mean)
	}
	return !there.T.Has(here.Mean)
}

// less is x − y of the first n replications.
func less(x, y []float64, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = x[i] - y[i]
	}
	return out
}
