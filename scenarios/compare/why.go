package compare

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"pasar/scenarios/diff"
	"pasar/scenarios/play"
	"pasar/scenarios/stats"
	"pasar/sim"
)

// A Through is how much of the effect on a main outcome goes through one mechanism: the effect as it is, less the effect with the mechanism
// switched off in both worlds, pair by pair with the same seeds.
//
// Mechanisms are switched off one at a time and from the first day, so that both worlds of a pair lack it and still share their past; constants
// of choice are solved anew, so that channels begin with the same shares. What this cannot do: where mechanisms work together, each of them
// counts what needs both, so shares may add up to more than 1, or to less where one stands in for another; a mechanism that softens an effect has a
// share below 0; and a market without a mechanism is another market, with other levels, of which nobody claims that it could be. It is
// an answer about this model, not about Indonesia.
type Through struct {
	Mechanism string
	Without   stats.Paired   // the effect with the mechanism off: other − base
	Diff      stats.Paired   // Base: that, Other: the effect as it is, both of the same pairs; Mean: what goes through the mechanism
	Share     float64        // of the effect as it is
	Range     stats.Interval // of Share, by Fieller; unbounded where the effect itself is not clear in these pairs
}

// Known tells whether there is a share to speak of.
func (t *Through) Known() bool { return t.Range != anyShare && t.Diff.N > 1 }

// Carriers are the mechanisms through which an effect clearly goes, the largest share first. Of many that are asked about, luck makes some
// stand out, so each has its part of the error; and what goes through them is said only of an effect that is clear in all pairs, too.
func (f *Finding) Carriers(level float64) (list []Through) {
	for _, t := range f.Through {
		i := t.Diff.Within(stats.Shared(level, len(f.Through)))
		if f.Effect.Diff.Clear() && t.Known() && (i.Lo > 0 || i.Hi < 0) {
			list = append(list, t)
		}
	}
	slices.SortStableFunc(list, func(a, b Through) int { return cmp.Compare(math.Abs(b.Share), math.Abs(a.Share)) })
	return list
}

// anyShare is the range of a share of an effect that is not clear.
var _, anyShare = stats.Share(nil, nil, level)

// UsualWhy is how many pairs are played with each mechanism off where nobody says otherwise.
const UsualWhy = 8

// A without is what was found with a mechanism off.
type without struct {
	mechanism string
	elsewhere
}

// An elsewhere is the main outcomes in worlds that are played beside those of the comparison: by pair, outcome and replication.
type elsewhere struct{ base, other [][][]float64 }

// mainsOf reads them from runs by world.
func (e *engine) mainsOf(runs [][]*run) (x elsewhere) {
	for i := range e.c.Pairs {
		var base, other [][]float64
		for _, o := range e.mains() {
			b, y := e.pairsOf(runs, i, o.Column, 0)
			base, other = append(base, b), append(other, y)
		}
		x.base, x.other = append(x.base, base), append(x.other, other)
	}
	return x
}

// why plays all worlds with each mechanism off, with the first seeds of the comparison.
func (e *engine) why(ctx context.Context) error {
	reps := min(e.o.Why, len(e.c.Seeds))
	if reps < 2 {
		return nil
	}
	e.stage(Asking, reps*len(e.c.Worlds)*len(e.o.asked()))
	for _, m := range e.o.asked() {
		if err := e.switchOff(ctx, m, reps); err != nil {
			return err
		}
	}
	return nil
}

// asked are the mechanisms that are asked about.
func (o *Options) asked() []Mechanism {
	if o.mechanisms != nil {
		return o.mechanisms
	}
	return Mechanisms()
}

// switchOff plays the worlds without a mechanism and keeps what differs.
func (e *engine) switchOff(ctx context.Context, m Mechanism, reps int) error {
	worlds, err := m.Without(e.c.Worlds, e.c.Seeds[:reps])
	if err != nil {
		return fmt.Errorf("without %s: %w", m.Name, err)
	}
	there := newRuns(len(worlds), reps)
	if err := e.play(ctx, worlds, e.c.Seeds[:reps], there); err != nil {
		return fmt.Errorf("without %s: %w", m.Name, err)
	}
	e.off = append(e.off, without{m.Name, e.mainsOf(there)})
	return nil
}

// through is how much of the effect of a pair on a main outcome goes through each mechanism that was switched off.
func (e *engine) through(pair int, o Outcome) (all []Through) {
	at := slices.IndexFunc(e.mains(), func(m Outcome) bool { return m.Name == o.Name })
	for _, x := range e.off {
		b, y := x.base[pair][at], x.other[pair][at]
		base, other := e.pairs(pair, o.Column, 0)
		here, there := less(other, base, len(b)), less(y, b, len(b))
		parts := less(here, there, len(b))
		t := Through{Mechanism: x.mechanism, Without: stats.PairT(b, y, e.c.Level), Diff: stats.PairT(there, here, e.c.Level)}
		t.Share, t.Range = stats.Share(parts, here, e.c.Level)
		all = append(all, t)
	}
	return all
}

// Why plays both worlds of a look with one mechanism after the other off, from the store where they are there, and tells after each what is
// known so far. The look must have all of its replications.
func (l *Look) Why(ctx context.Context, o Options, told func(*Comparison)) error {
	e := l.e
	o.Reps, o.Seed, o.Parallel = e.o.Reps, e.o.Seed, max(o.Parallel, 1)
	e.o, e.off, e.begin = o, nil, time.Now()
	e.work = play.Family{First: diff.First}.Work(e.c.Scenarios) * sim.Time(o.Reps*len(o.asked()))
	e.stage(Asking, o.Reps*len(e.c.Worlds)*len(o.asked()))
	for _, m := range o.asked() {
		if err := e.switchOff(ctx, m, o.Reps); err != nil {
			return err
		}
		told(l.Comparison())
	}
	return nil
}
