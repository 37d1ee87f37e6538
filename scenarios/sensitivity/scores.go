package sensitivity

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"pasar/scenarios/stats"
)

// leastPoints is how few points can be put into classes or boxes.
const leastPoints = 20

// Scores works out first-order shares of variance from points of any design: those of one class of a factor's values have a mean, and the
// variance of these means over all variance is the correlation ratio of Pearson, which estimates Sobol's first index (Plischke, Borgonovo and
// Smith 2013, European Journal of Operational Research 226:536). Classes hold about as many points each, the square root of their number,
// 30 at most; a factor of fewer values has a class for each. The share is less what chance gives (Kelley's epsilon squared), and not below 0. Who looks at
// many factors for the largest share finds one: the limit of chance is that of all together (Bonferroni).
// What a factor does only together with others it does not see: Sobol does.
//
// A failed point is left out. If runs fail more often where the outcome is high, say, the shares are biased, which no table tells.
func Scores(t *Table) (*Scored, error) {
	const analysis = "scores"
	if err := t.scan(analysis); err != nil {
		return nil, err
	}
	s := t.levelled().sample()
	out := &Scored{Points: len(s.y), Lost: t.lost()}
	out.Lost.Parts, out.Lost.LostParts = out.Lost.Points, out.Lost.FailedPoints
	if out.Points < leastPoints {
		return nil, few(analysis, out.Points, leastPoints, "points")
	}
	for i, f := range t.Factors {
		out.Factors = append(out.Factors, s.score(f, s.column(i), len(t.Factors)))
	}
	return out, nil
}

// score is that of one factor, of so many that are looked at.
func (s *sample) score(f Factor, values []float64, looked int) Score {
	class, bins := classes(values, f.kinds())
	n := len(values)
	switch {
	case bins < 2:
		return Score{Factor: f.Name, NoShare: Fixed, Bins: bins}
	case n-bins < leastPoints/2:
		return Score{Factor: f.Name, NoShare: TooFew, Bins: bins}
	}
	free := float64(n-1) / float64(n-bins)
	limit := distuv.F{D1: float64(bins - 1), D2: float64(n - bins)}.Quantile(1-.05/float64(looked)) * float64(bins-1) / float64(n-bins)
	x := Score{Factor: f.Name, Bins: bins, Share: max(1-(1-s.ratio(class, bins))*free, 0), Chance: max(1-free/(1+limit), 0)}
	x.Clear = x.Share > x.Chance
	return x
}

// Curve is the mean of the outcome by class of a factor's values, from low to high, over the points that finished: the line through a cloud.
// Intervals are by Student's t, over points.
func Curve(t *Table, factor int) []Bin {
	if t.Check() != nil || factor < 0 || factor >= len(t.Factors) {
		return nil
	}
	s := t.levelled().sample()
	if len(s.y) == 0 {
		return nil
	}
	values := s.column(factor)
	class, bins := classes(values, t.Factors[factor].kinds())
	at, y := make([][]float64, bins), make([][]float64, bins)
	for p, c := range class {
		at[c], y[c] = append(at[c], values[p]), append(y[c], s.y[p])
	}
	out := make([]Bin, bins)
	for b := range out {
		l := stats.LevelOf(y[b], t.Confidence())
		x, _, _ := stats.MeanVariance(at[b])
		out[b] = Bin{At: x, Mean: within(l.Mean, l.T), Points: l.N}
	}
	return out
}

// ratio is the variance of the means of classes over all variance.
func (s *sample) ratio(class []int, bins int) float64 {
	count, sum := make([]float64, bins), make([]float64, bins)
	for p, c := range class {
		count[c]++
		sum[c] += s.y[p]
	}
	centre := mean(s.y)
	between, all := 0., 0.
	for b := range bins {
		d := sum[b]/count[b] - centre
		between += float64(count[b] * d * d)
	}
	for _, y := range s.y {
		all += float64((y - centre) * (y - centre))
	}
	return between / all
}

// classes puts values into classes of about equal size, equal values into the same one; kinds and few values have a class each.
func classes(values []float64, kinds bool) (class []int, bins int) {
	n := len(values)
	most := min(max(int(math.Sqrt(float64(n))), 2), 30)
	sorted := slices.Sorted(slices.Values(values))
	levels := distinct(values)
	each := kinds || len(levels) <= most
	of := make([]int, len(levels)) // class by level
	last := -1                     // part of the points in which the level before begins
	for i, l := range levels {
		first, _ := slices.BinarySearch(sorted, l)
		if part := first * most / n; each || part != last {
			last = part
			bins++
		}
		of[i] = bins - 1
	}
	for _, v := range values {
		i, _ := slices.BinarySearch(levels, v)
		class = append(class, of[i])
	}
	return class, bins
}

// distinct are the values that occur, ascending.
func distinct(values []float64) []float64 {
	return slices.Compact(slices.Sorted(slices.Values(values)))
}
