package report

import (
	"math"
	"strconv"

	"pasar/scenarios/sensitivity"
	"pasar/scenarios/stats"
)

// scaleOf writes numbers of an outcome: with the decimals that show two figures of the middle distance of points from their mean, or of another
// number that must show.
func (s *swept) scaleOf(o *SweepOutcome, show ...float64) scale {
	_, means := o.finished()
	largest, distance := 0.0, 0.0
	mean, variance, _ := stats.MeanVariance(means)
	for _, m := range means {
		largest = max(largest, math.Abs(m))
	}
	distance = math.Sqrt(variance)
	x := s.unit(o.Unit, largest)
	x.decimals = figures(distance/x.by, mean/x.by)
	for _, v := range show {
		if v != 0 {
			x.decimals = max(x.decimals, figures(v/x.by))
		}
	}
	if x.points && o.Less != "" {
		x.unit = s.v.Points
	}
	return x
}

// table is that of the first outcome; luck and the level of intervals are those of all.
func (s *swept) table() *sensitivity.Table { return s.sweep.Outcomes[0].Table }

// confidence is the level of intervals, as 95%.
func (s *swept) confidence() string {
	return s.figure6(math.Round(1e4*s.table().Confidence())/100) + "%"
}

// figure2 is a number of things, in two figures where it is small.
func (s *swept) figure2(v float64) string {
	if v < 10 {
		return s.num(v, 1)
	}
	return s.num(v, 0)
}

// finished are the rows that finished, and their means.
func (o *SweepOutcome) finished() (rows []int, means []float64) {
	for p := range o.Table.X {
		if m, _, n := o.Table.Mean(p); n > 0 {
			rows, means = append(rows, p), append(means, m)
		}
	}
	return rows, means
}

// estimate writes a number and its interval in a scale.
func (s *swept) estimate(e sensitivity.Estimate, x scale, signed bool) (value, interval string) {
	write := func(v float64) string {
		if signed {
			return s.signed(v/x.by, x.decimals)
		}
		return s.num(v/x.by, x.decimals)
	}
	switch {
	case !e.Known():
		return "–", s.reason(e.NoValue)
	case !e.Sure():
		return write(e.Value), s.reason(e.NoInterval)
	}
	return solid(write(e.Value)), solid(write(e.Low) + " " + s.v.To + " " + write(e.High))
}

// at is a value of a factor at which there is an estimate.
func (s *swept) at(o *SweepOutcome, factor string, v float64, e sensitivity.Estimate) string {
	if !e.Known() {
		return "–"
	}
	return s.valueOf(o, factor, v)
}

// valueOf writes a value of a factor.
func (s *swept) valueOf(o *SweepOutcome, factor string, v float64) string {
	for _, f := range o.Table.Factors {
		if f.Name == factor && len(f.Categories) > 0 {
			return f.Categories[int(v)]
		}
	}
	return s.figure6(v)
}

// figure6 is a value of a factor in six figures.
func (s *swept) figure6(v float64) string {
	if short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 6, 64), 64); err == nil {
		v = short
	}
	return s.plain(v)
}
