package study

import (
	"cmp"
	"math"
	"slices"
	"strconv"
)

// At is the value of a factor at a coordinate in [0, 1]: the quantile of its law, or the value whose turn it is; NaN is its centre.
func (f *Factor) At(u float64) Value {
	switch {
	case math.IsNaN(u):
		return f.Centre
	case f.Law == nil && len(f.Values) == 0:
		return Value{}
	case f.Law == nil:
		return f.Values[f.turn(u)]
	}
	lo, hi := f.Law.Ends()
	return number(min(max(round(f.Law.Quantile(u)), lo), hi))
}

// Change is by how much the factor changes between two coordinates, as a part of its whole range: of a law that of its coordinate, of a list of
// numbers that of their place in the list. Words have no distance: another word is a whole change, up if it stands later in the list.
func (f *Factor) Change(from, to float64) float64 {
	n := len(f.Values)
	if f.Law != nil || n < 2 {
		return to - from
	}
	a, b := f.turn(from), f.turn(to)
	if slices.ContainsFunc(f.Values, func(v Value) bool { return v.Word != "" }) {
		return float64(cmp.Compare(b, a))
	}
	return float64(b-a) / float64(n-1)
}

// turn is the number of the value at a coordinate.
func (f *Factor) turn(u float64) int { return min(int(u*float64(len(f.Values))), len(f.Values)-1) }

// round keeps twelve digits: a quantile's last bits may differ between processors, and .30000000000000004 is nobody's value.
func round(x float64) float64 {
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 12, 64), 64)
	if err != nil {
		panic("study: a number that does not read back: " + err.Error())
	}
	return y
}

// Points are the points of the design, in its order.
func (s *Study) Points() []Point { return s.points }

// lay makes the points from the design.
func (s *Study) lay() {
	k := len(s.Factors)
	for i, row := range s.Design.Points(k) {
		values := make([]Value, k)
		for j, u := range row {
			values[j] = s.Factors[j].At(u)
		}
		s.points = append(s.points, Point{i, s.Design.Group(k, i), values})
	}
}
