package study

import (
	"math"
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
		return f.Values[min(int(u*float64(len(f.Values))), len(f.Values)-1)]
	}
	lo, hi := f.Law.Ends()
	return number(min(max(round(f.Law.Quantile(u)), lo), hi))
}

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
