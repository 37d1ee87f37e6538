package sensitivity

import (
	"cmp"
	"math"
	"slices"

	"pasar/scenarios/stats"
)

// Tornado works out effects one at a time about a centre, which is a row. Every other row differs from it in one factor at most; of a factor with
// several values, the outermost that finished count. Intervals come from replications, by Student's t: of paired differences where points
// share luck, of Welch (1947) otherwise. They say how sure each difference is, not what happens where several factors change at once
// (Saltelli and Annoni 2010, Environmental Modelling & Software 25:1508).
func Tornado(t *Table, centre int) (*Swings, error) {
	const analysis = "tornado"
	if err := t.scan(analysis); err != nil {
		return nil, err
	}
	if centre < 0 || centre >= len(t.X) {
		return nil, &Error{Analysis: analysis, Why: NotDesigned}
	}
	out := &Swings{Lost: t.lost()}
	if _, _, out.N = t.Mean(centre); out.N == 0 {
		return nil, few(analysis, 0, 1, "runs at the centre")
	}
	l := stats.LevelOf(t.Y[centre], t.Confidence())
	out.Centre = within(l.Mean, l.T)
	out.Factors = make([]Swing, len(t.Factors))
	low, high := make([]int, len(t.Factors)), make([]int, len(t.Factors)) // rows
	for i, f := range t.Factors {
		out.Factors[i] = Swing{Factor: f.Name, Low: unknown(Fixed), High: unknown(Fixed)}
		low[i], high[i] = centre, centre
	}
	for p, x := range t.X {
		i, differ := -1, 0
		for j, v := range x {
			if v != t.X[centre][j] {
				i = j
				differ++
			}
		}
		switch differ {
		case 0:
			continue
		case 1:
		default:
			return nil, &Error{Analysis: analysis, Why: NotDesigned}
		}
		s := &out.Factors[i]
		s.Points++
		out.Lost.Parts++
		if y := t.together(centre, p); !finite(y[0]) || !finite(y[1]) {
			s.Failed++
			out.Lost.LostParts++
			continue
		}
		if x[i] < t.X[low[i]][i] {
			low[i] = p
		}
		if x[i] > t.X[high[i]][i] {
			high[i] = p
		}
	}
	for i := range out.Factors {
		s := &out.Factors[i]
		s.LowAt, s.HighAt = t.X[low[i]][i], t.X[high[i]][i]
		s.Low, s.NLow = t.difference(centre, low[i])
		s.High, s.NHigh = t.difference(centre, high[i])
		if s.Failed > 0 {
			if low[i] == centre {
				s.Low = unknown(Nothing)
			}
			if high[i] == centre {
				s.High = unknown(Nothing)
			}
		}
		s.Size = max(math.Abs(s.Low.Value), math.Abs(s.High.Value))
	}
	slices.SortFunc(out.Factors, func(a, b Swing) int { return cmp.Or(cmp.Compare(b.Size, a.Size), cmp.Compare(a.Factor, b.Factor)) })
	return out, nil
}

// difference is that of the outcome at a point to that at the centre; that of the centre itself is none.
func (t *Table) difference(centre, p int) (Estimate, int) {
	if p == centre {
		return unknown(Fixed), 0
	}
	v := t.shared(centre, p)
	if t.paired() {
		d := stats.PairT(v[0], v[1], t.Confidence())
		return within(d.Mean, d.T), d.N
	}
	d, i := stats.Unpaired(v[0], v[1], t.Confidence())
	return within(d, i), min(len(v[0]), len(v[1]))
}
