package report

import (
	"cmp"
	"slices"
	"strings"

	"pasar/scenarios/sensitivity"
	"pasar/scenarios/stats"
)

// A tally counts points by what is known of their sign.
type tally struct{ more, less, open, alone int }

// tally counts the points of a difference. Alone are those of one replication, of which nothing is clear.
func (o *SweepOutcome) tally() (t tally) {
	rows, _ := o.finished()
	for _, p := range rows {
		switch l := stats.LevelOf(o.Table.Y[p], o.Table.Confidence()); {
		case l.N < 2:
			t.alone++
		case l.T.Lo > 0:
			t.more++
		case l.T.Hi < 0:
			t.less++
		default:
			t.open++
		}
	}
	return t
}

// over is what an outcome does over all points.
func (s *swept) over() versusTable {
	t := versusTable{Head: []string{s.t.Outcome, s.t.Unit, s.t.PointsH, s.t.MeanH, s.t.LowestH, s.t.MedianH, s.t.HighestH, s.t.MoreH, s.t.LessH, s.t.OpenH}, Words: 2, Notes: []string{text(s.t.OverNote, s.confidence())}}
	for i := range s.sweep.Outcomes {
		o := &s.sweep.Outcomes[i]
		_, means := o.finished()
		if len(means) == 0 {
			t.Rows = append(t.Rows, versusRow{Cells: []string{upper(s.full(o)), "", "0", "–", "–", "–", "–", "–", "–", "–"}, Grey: true})
			continue
		}
		slices.Sort(means)
		x := s.scaleOf(o)
		mean, _, _ := stats.MeanVariance(means)
		write := func(v float64) string {
			if o.Less != "" {
				return s.signed(v/x.by, x.decimals)
			}
			return s.num(v/x.by, x.decimals)
		}
		row := []string{upper(s.full(o)), x.unit, s.num(float64(len(means)), 0), write(mean), write(means[0]), write(stats.Quantile(means, .5)), write(means[len(means)-1]), "", "", ""}
		if c := o.tally(); o.Less != "" {
			row[7], row[8], row[9] = s.num(float64(c.more), 0), s.num(float64(c.less), 0), s.num(float64(c.open+c.alone), 0)
		}
		t.Rows = append(t.Rows, versusRow{Cells: row})
	}
	return t
}

// tables are those of the analyses of an outcome.
func (s *swept) tables(o *SweepOutcome) (all []versusTable) {
	a := o.Analyses
	if a.Tornado != nil {
		all = append(all, s.swings(o, a.Tornado))
	}
	if a.Morris != nil {
		all = append(all, s.screened(o, a.Morris))
	}
	if a.Sobol != nil {
		all = append(all, s.indices(a.Sobol)...)
	}
	if a.Scores != nil || a.Regression != nil {
		all = append(all, s.scores(a))
	}
	return all
}

func (s *swept) swings(o *SweepOutcome, x *sensitivity.Swings) versusTable {
	var sizes []float64
	for _, f := range x.Factors {
		sizes = append(sizes, f.Size)
	}
	y := s.scaleTo(o.Unit, slices.Max(append(sizes, 0)))
	t := versusTable{Caption: text(s.t.TornadoCaption, y.unit), Head: []string{s.t.Factor, s.t.At, s.t.AtLow, text(s.t.Interval, s.confidence()), s.t.At, s.t.AtHigh, text(s.t.Interval, s.confidence())}, Words: 1, Notes: []string{s.t.TornadoNote}}
	for _, f := range x.Factors {
		low, lowIn := s.estimate(f.Low, y, true)
		high, highIn := s.estimate(f.High, y, true)
		t.Rows = append(t.Rows, versusRow{Cells: []string{s.factor(f.Factor), s.at(o, f.Factor, f.LowAt, f.Low), low, lowIn, s.at(o, f.Factor, f.HighAt, f.High), high, highIn}})
	}
	return s.gaps(t, x.Lost)
}

func (s *swept) screened(o *SweepOutcome, x *sensitivity.Screened) versusTable {
	largest := 0.0
	for _, f := range x.Factors {
		largest = max(largest, f.MuStar.Value)
	}
	y := s.scaleTo(o.Unit, largest)
	t := versusTable{Caption: text(s.t.MorrisCaption, y.unit), Head: []string{s.t.Factor, "μ*", text(s.t.Interval, s.confidence()), "μ", "σ", s.t.NoiseH, s.t.EffectsH}, Words: 1, Notes: []string{s.t.MorrisNote}}
	order := slices.Clone(x.Factors)
	slices.SortStableFunc(order, func(a, b sensitivity.Screening) int { return cmp.Compare(b.MuStar.Value, a.MuStar.Value) })
	for _, f := range order {
		star, interval := s.estimate(f.MuStar, y, false)
		mu, _ := s.estimate(f.Mu, y, true)
		sigma, _ := s.estimate(f.Sigma, y, false)
		noise, _ := s.estimate(f.Noise, y, false)
		t.Rows = append(t.Rows, versusRow{Cells: []string{s.factor(f.Factor), star, interval, mu, sigma, noise, s.num(float64(f.N), 0)}})
	}
	return s.gaps(t, x.Lost)
}

// indices are those of Sobol as they come and, where luck is known, those without it.
func (s *swept) indices(x *sensitivity.Indices) []versusTable {
	order := slices.Clone(x.Factors)
	slices.SortStableFunc(order, func(a, b sensitivity.Shares) int { return cmp.Compare(b.Total.Value, a.Total.Value) })
	table := func(caption string, of func(*sensitivity.Shares) (first, total sensitivity.Estimate), notes ...string) versusTable {
		interval, share := text(s.t.Interval, s.confidence()), scale{by: 1, decimals: 2}
		t := versusTable{Caption: caption, Head: []string{s.t.Factor, s.t.First, interval, s.t.Total, interval}, Words: 1, Notes: notes}
		for i := range order {
			alone, together := of(&order[i])
			first, firstIn := s.estimate(alone, share, false)
			total, totalIn := s.estimate(together, share, false)
			t.Rows = append(t.Rows, versusRow{Cells: []string{s.factor(order[i].Factor), first, firstIn, total, totalIn}})
		}
		return t
	}
	all := table(s.t.SobolCaption, func(f *sensitivity.Shares) (first, total sensitivity.Estimate) { return f.First, f.Total }, s.t.SobolNote, s.noise(x))
	list := []versusTable{s.gaps(all, x.Lost)}
	if x.Noise.Known() {
		list = append(list, table(s.t.NetCaption, func(f *sensitivity.Shares) (first, total sensitivity.Estimate) {
			return bounded(f.NetFirst), bounded(f.NetTotal)
		}, s.t.NetNote))
	}
	return list
}

// bounded is an estimate that has an interval: of what is left where nearly all is luck, a number alone says nothing.
func bounded(e sensitivity.Estimate) sensitivity.Estimate {
	if !e.Sure() {
		return sensitivity.Estimate{NoValue: cmp.Or(e.NoValue, e.NoInterval)}
	}
	return e
}

// noise says how much of the variance is luck.
func (s *swept) noise(x *sensitivity.Indices) string {
	if !x.Noise.Known() {
		return text(s.t.NoNoise, s.reason(x.Noise.NoValue))
	}
	value := s.share(x.Noise.Value)
	if x.Noise.Sure() {
		value += " (" + s.share(x.Noise.Low) + " " + s.v.To + " " + s.share(x.Noise.High) + ")"
	}
	return text(s.t.Noise, value)
}

// scores are the shares of variance and the slopes, side by side.
func (s *swept) scores(a *sensitivity.Results) versusTable {
	t := versusTable{Caption: s.t.ScoresCaption, Head: []string{s.t.Factor, s.t.Share, s.t.Chance, s.t.Beta, text(s.t.Interval, s.confidence())}, Words: 1}
	slope := map[string]sensitivity.Estimate{}
	var names []string
	share := map[string]sensitivity.Score{}
	lost := sensitivity.Lost{}
	if a.Regression != nil {
		for _, f := range a.Regression.Factors {
			slope[f.Factor] = f.Beta
			names = append(names, f.Factor)
		}
		lost = a.Regression.Lost
		t.Notes = append(t.Notes, text(s.t.RegressionNote, s.num(a.Regression.R2, 2)))
	}
	if a.Scores != nil {
		order := slices.Clone(a.Scores.Factors)
		slices.SortStableFunc(order, func(x, y sensitivity.Score) int { return cmp.Compare(y.Share, x.Share) })
		names = nil
		for _, f := range order {
			share[f.Factor] = f
			names = append(names, f.Factor)
		}
		lost = a.Scores.Lost
		t.Notes = append([]string{s.t.ScoresNote}, t.Notes...)
	}
	two := scale{by: 1, decimals: 2}
	for _, n := range names {
		row := []string{s.factor(n), "–", "–", "–", ""}
		f, ok := share[n]
		if ok && f.NoShare == sensitivity.None {
			row[1], row[2] = s.num(f.Share, 2), s.num(f.Chance, 2)
		} else if ok {
			row[1] = s.reason(f.NoShare)
		}
		if e, ok := slope[n]; ok {
			row[3], row[4] = s.estimate(e, two, true)
		}
		t.Rows = append(t.Rows, versusRow{Cells: row, Grey: ok && f.NoShare == sensitivity.None && !f.Clear})
	}
	return s.gaps(t, lost)
}

// gaps adds what failed runs cost an analysis.
func (s *swept) gaps(t versusTable, l sensitivity.Lost) versusTable {
	if l.FailedRuns > 0 {
		t.Notes = append(t.Notes, text(s.t.Gaps, s.num(float64(l.FailedRuns), 0), s.num(float64(l.Runs), 0), s.num(float64(l.FailedPoints), 0), s.num(float64(l.ThinPoints), 0), s.num(float64(l.LostParts), 0), s.num(float64(l.Parts), 0)))
	}
	return t
}

// factors lists what was varied.
func (s *swept) factors() versusTable {
	t := versusTable{Head: []string{s.t.Factor, s.t.Path, s.t.Values, s.w.Unit, s.w.Source}, Words: 5}
	for i, f := range s.sweep.Factors {
		values := s.figure6(f.Low) + " – " + s.figure6(f.High)
		if len(f.Words) > 0 {
			values = strings.Join(f.Words, ", ")
		}
		t.Rows = append(t.Rows, versusRow{Cells: []string{s.factor(s.sweep.Outcomes[0].Table.Factors[i].Name), f.Path, values, s.w.UnitWord(f.Unit), s.w.SourceWords(f.Source)}})
	}
	return t
}

// failures lists errors.
func (s *swept) failures() versusTable {
	t := versusTable{Head: []string{s.t.Error, s.t.FirstAt, s.t.RunsH}, Words: 2}
	const most = 12
	for i, e := range s.sweep.Errors {
		if i == most {
			t.Notes = append(t.Notes, text(s.t.MoreErrors, s.num(float64(len(s.sweep.Errors)-most), 0)))
			break
		}
		t.Rows = append(t.Rows, versusRow{Cells: []string{e.Error, e.First, s.num(float64(e.Runs), 0)}})
	}
	return t
}
