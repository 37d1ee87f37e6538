package compare

import (
	"math"
	"slices"
	"time"

	"pasar/agents/market"
	"pasar/scenarios/results/measure"
	"pasar/scenarios/stats"
)

// A Target is a figure of the real market that the model is meant to meet (model 11.1), beside what a comparison gives, misses included.
// T1 to T3 and T12 are of its base. T4 to T8 are of the first pair of which one world alone closes TikTok Shop in October 2023: in the
// first 30 full days Shopee's GMV (T4) and that of all platforms (T5) against the world in which it stays open, in the first eight weeks what
// other platforms gain for each rupiah that TikTok Shop loses (T6), and in the first four by how much SMEs' loss of sales
// rises with TikTok Shop's part in their sales before (T8).
type Target struct {
	measure.Target                // Value is the mean over replications
	Pair           int            // in Pairs; -1: of the base alone
	T              stats.Interval // of Value, by Student's t
}

// Missed tells whether no number in the interval is within two standard deviations of the target.
func (t *Target) Missed() bool {
	near := max(min(t.Goal, t.T.Hi), t.T.Lo) // of the interval, the nearest to the target
	return t.Target.Missed() && (math.IsNaN(near) || math.Abs(near-t.Goal) > 2*t.SD)
}

// Unsure tells whether the interval holds numbers that miss the target and numbers that do not: it takes more replications to say.
func (t *Target) Unsure() bool {
	return t.Known() && !t.Missed() && max(t.Goal-t.T.Lo, t.T.Hi-t.Goal) > 2*t.SD
}

// A natural is the natural experiment of October 2023: the pair of which T4 to T8 speak, and where the reader has what they need.
type natural struct {
	pair         int
	month, eight int // windows of the reader; -1: TikTok Shop was open again before their end
}

// newNatural finds it and makes the reader read what it needs; nil if there is none.
func (e *engine) newNatural() *natural {
	for i := range e.c.Pairs {
		s := e.c.Pairs[i].Shock
		if s == nil || s.Shop != market.TikTok.String() || e.c.Scenarios[0].Market != "" {
			continue
		}
		if d := e.c.Date(s.From); d.Year() != 2023 || d.Month() != time.October {
			continue
		}
		e.reader.sold, e.reader.soldAsOf = measure.Window{From: s.From, To: s.From + 28}, e.c.Pairs[i].AsOf
		return &natural{i, e.within(s, 30), e.within(s, 56)}
	}
	return nil
}

// within is the place of the first days of a closure among the reader's windows; -1 if it was shorter.
func (e *engine) within(s *Shock, days int) int {
	w := measure.Window{From: s.From, To: s.From + days}
	if w.To > s.To {
		return -1
	}
	if i := slices.Index(e.reader.windows, w); i >= 0 {
		return i
	}
	e.reader.windows = append(e.reader.windows, w)
	return len(e.reader.windows) - 1
}

// targets holds the comparison against the targets of the model.
func (e *engine) targets() (all []Target) {
	for i, t := range e.runs[0][0].targets {
		all = append(all, e.target(t, -1, func(rep int) float64 { return e.runs[0][rep].targets[i].Value }))
	}
	if e.natural == nil {
		return all
	}
	shock := e.c.Pairs[e.natural.pair].Shock
	with, without := e.runs[shock.With], e.runs[shock.Without]
	values := func(rep, window int, key string) (in, out float64) {
		c := measure.Column{Metric: "gmv", By: "storefront", Key: key, Unit: "IDR/day"}
		if key == "all" {
			c.By = "platforms"
		}
		return with[rep].at(window, c), without[rep].at(window, c)
	}
	add := func(t measure.Target, window int, value func(rep int) float64) {
		all = append(all, e.target(t, e.natural.pair, func(rep int) float64 {
			if window < 0 {
				return math.NaN()
			}
			return value(rep)
		}))
	}
	relative := func(key string) func(rep int) float64 {
		return func(rep int) float64 {
			in, out := values(rep, e.natural.month, key)
			return in/out - 1
		}
	}
	add(measure.Target{ID: "T4", Key: market.Shopee.String(), Unit: "share", Goal: .17, SD: .08, Source: "W-GS", Grade: "C"}, e.natural.month, relative(market.Shopee.String()))
	add(measure.Target{ID: "T5", Unit: "share", Goal: -.05, SD: .03, Source: "W-GS", Grade: "C"}, e.natural.month, relative("all"))
	add(measure.Target{ID: "T6", Unit: "number", Goal: .45, SD: .13, Source: "W-DET; W-GS", Grade: "C"}, e.natural.eight, func(rep int) float64 {
		in, out := values(rep, e.natural.eight, shock.Shop)
		allIn, allOut := values(rep, e.natural.eight, "all")
		lost := out - in
		return 1 - (allOut-allIn)/lost
	})
	add(measure.Target{ID: "T8", Unit: "number", Goal: .85, SD: .12, Source: "W-DTK; W-KD; W-TM; W-BIS", Grade: "C"}, 0, func(rep int) float64 {
		return measure.LossSlope(without[rep].sellers, with[rep].sellers)
	})
	return all
}

// target is a target with the mean over replications.
func (e *engine) target(t measure.Target, pair int, value func(rep int) float64) Target {
	var values []float64
	for rep := range e.c.Seeds {
		values = append(values, value(rep))
	}
	l := stats.LevelOf(values, e.c.Level)
	t.Value = l.Mean
	return Target{t, pair, l.T}
}
