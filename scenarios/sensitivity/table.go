package sensitivity

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"pasar/scenarios/stats"
)

// An Error says why an analysis says nothing at all.
type Error struct {
	Analysis   string
	Why        Reason
	Have, Need int    // of TooFew
	What       string // that there are too few of
}

// Error is the reason in a sentence.
func (e *Error) Error() string {
	if e.Need > 0 {
		return fmt.Sprintf("%s: %s: %d %s, at least %d are needed", e.Analysis, e.Why, e.Have, e.What, e.Need)
	}
	return fmt.Sprintf("%s: %s", e.Analysis, e.Why)
}

// MarshalText is the sentence.
func (e *Error) MarshalText() ([]byte, error) { return []byte(e.Error()), nil }

func few(analysis string, have, need int, what string) error {
	return &Error{Analysis: analysis, Why: TooFew, Have: have, Need: need, What: what}
}

// Check refuses a table that is none.
func (t *Table) Check() error {
	if len(t.Factors) == 0 {
		return fmt.Errorf("sensitivity: a table without factors")
	}
	seen := map[string]bool{}
	for _, f := range t.Factors {
		if f.Name == "" || seen[f.Name] {
			return fmt.Errorf("sensitivity: two factors are called %q; each needs a name of its own", f.Name)
		}
		seen[f.Name] = true
	}
	if len(t.X) != len(t.Y) {
		return fmt.Errorf("sensitivity: %d points and outcomes of %d", len(t.X), len(t.Y))
	}
	for p, x := range t.X {
		if len(x) != len(t.Factors) {
			return fmt.Errorf("sensitivity: point %d has %d values for %d factors", p+1, len(x), len(t.Factors))
		}
		if len(t.Y[p]) != len(t.Y[0]) {
			return fmt.Errorf("sensitivity: point %d has %d replications and the first %d; a run that failed is a NaN", p+1, len(t.Y[p]), len(t.Y[0]))
		}
		for i, v := range x {
			f := t.Factors[i]
			if !finite(v) || f.kinds() && (v != math.Trunc(v) || v < 0 || int(v) >= len(f.Categories)) {
				return fmt.Errorf("sensitivity: point %d: %v is no value of %s", p+1, v, f.Name)
			}
		}
	}
	return nil
}

// Mean is the mean of the outcome at a point over the replications that finished, the variance of that mean, and how many finished. The mean
// of none and the variance for one are NaN.
func (t *Table) Mean(point int) (mean, variance float64, n int) {
	mean, variance, n = stats.MeanVariance(t.Y[point])
	return mean, variance / float64(n), n
}

// lost counts what failed.
func (t *Table) lost() Lost {
	l := Lost{Points: len(t.X)}
	for _, y := range t.Y {
		failed := 0
		for _, v := range y {
			if !finite(v) {
				failed++
			}
		}
		l.Runs += len(y)
		l.FailedRuns += failed
		switch {
		case failed == len(y):
			l.FailedPoints++
		case failed > 0:
			l.ThinPoints++
		}
	}
	return l
}

// together are the means of points over the replications that finished at all of them where they share luck, over their own otherwise; NaN
// where there is none.
func (t *Table) together(points ...int) []float64 {
	means := make([]float64, len(points))
	values := t.shared(points...)
	for i := range points {
		means[i], _, _ = stats.MeanVariance(values[i])
	}
	return means
}

// shared are the values of points, where they share luck of those replications only that all of them have.
func (t *Table) shared(points ...int) [][]float64 {
	out := make([][]float64, len(points))
	for r := range t.Y[points[0]] {
		whole := true
		for _, p := range points {
			whole = whole && finite(t.Y[p][r])
		}
		for i, p := range points {
			if y := t.Y[p][r]; finite(y) && (whole || !t.paired()) {
				out[i] = append(out[i], y)
			}
		}
	}
	return out
}

// noise is the variance that luck alone gives the difference of the means of two points; NaN for one replication.
func (t *Table) noise(a, b int) float64 {
	if t.paired() {
		v := t.shared(a, b)
		d := make([]float64, len(v[0]))
		for i := range d {
			d[i] = v[1][i] - v[0][i]
		}
		_, variance, n := stats.MeanVariance(d)
		return variance / float64(n)
	}
	return t.apart(a, b)
}

// apart is the same for two points that share no luck.
func (t *Table) apart(a, b int) float64 {
	_, va, _ := t.Mean(a)
	_, vb, _ := t.Mean(b)
	return va + vb
}

// levelled is the table with the luck that a replication has at all points taken off, where luck is common and some points lack replications:
// else a point that lacks a lucky one would look worse than it is. What a replication has at all points is its mean distance from
// the means of points that lack none; these means stay.
func (t *Table) levelled() *Table {
	if l := t.lost(); !t.Common || l.ThinPoints == 0 {
		return t
	}
	distances := make([][]float64, len(t.Y[0])) // by replication
	for p, y := range t.Y {
		if mean, _, n := t.Mean(p); n == len(y) {
			for r, v := range y {
				distances[r] = append(distances[r], v-mean)
			}
		}
	}
	luck := make([]float64, len(distances))
	for r, d := range distances {
		if mean, _, n := stats.MeanVariance(d); n > 0 {
			luck[r] = mean
		}
	}
	level := &Table{Factors: t.Factors, X: t.X, Common: true, Level: t.Level}
	for _, y := range t.Y {
		row := slices.Clone(y)
		for r := range row {
			row[r] -= luck[r]
		}
		level.Y = append(level.Y, row)
	}
	return level
}

// A sample is a table of points that finished, in an order that hangs on nothing but what they hold.
type sample struct {
	x     [][]float64
	y     []float64 // means over replications
	names []int     // factors in the order of their names
}

// byName are the factors in the order of their names.
func (t *Table) byName() []int {
	names := make([]int, len(t.Factors))
	for i := range names {
		names[i] = i
	}
	slices.SortFunc(names, func(a, b int) int { return cmp.Compare(t.Factors[a].Name, t.Factors[b].Name) })
	return names
}

// compareRows orders points by their values, factor by factor.
func compareRows(a, b []float64, factors []int) int {
	for _, i := range factors {
		if c := cmp.Compare(a[i], b[i]); c != 0 {
			return c
		}
	}
	return 0
}

// sample takes the points that finished.
func (t *Table) sample() *sample {
	s := &sample{names: t.byName()}
	type row struct {
		x []float64
		y float64
	}
	var rows []row
	for p, x := range t.X {
		if mean, _, n := t.Mean(p); n > 0 {
			rows = append(rows, row{x, mean})
		}
	}
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(compareRows(a.x, b.x, s.names), cmp.Compare(a.y, b.y))
	})
	for _, r := range rows {
		s.x, s.y = append(s.x, r.x), append(s.y, r.y)
	}
	return s
}

// constant tells whether numbers are equal, but for what rounding leaves.
func constant(y []float64) bool {
	low, high := slices.Min(y), slices.Max(y)
	return high-low <= 1e-12*max(math.Abs(low), math.Abs(high))
}

// scan refuses what no analysis can say anything of.
func (t *Table) scan(analysis string) error {
	if err := t.Check(); err != nil {
		return err
	}
	var finished []float64
	for p := range t.X {
		if mean, _, n := t.Mean(p); n > 0 {
			finished = append(finished, mean)
		}
	}
	switch {
	case len(finished) == 0:
		return &Error{Analysis: analysis, Why: Nothing}
	case constant(finished):
		return &Error{Analysis: analysis, Why: Constant}
	}
	return nil
}

// mean is the mean of numbers in their order.
func mean(values []float64) float64 {
	sum := 0.
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}
