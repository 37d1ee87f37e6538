package sensitivity

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"pasar/scenarios/stats"
)

// Regression works out standardised regression coefficients by least squares (Saltelli and others 2008, Global Sensitivity Analysis: The Primer,
// section 1.2.5), with the usual intervals by Student's t. A factor whose values are kinds is in the line as one step for each kind, and has no
// coefficient; one that has one value only is left out. Points are of any design in which factors do not vary together.
//
// A failed point is left out. If runs fail more often where the outcome is high, say, the slopes are biased, which no table tells.
func Regression(t *Table) (*Line, error) {
	const analysis = "regression"
	if err := t.scan(analysis); err != nil {
		return nil, err
	}
	s := t.levelled().sample()
	out := &Line{Points: len(s.y), Lost: t.lost()}
	out.Lost.Parts, out.Lost.LostParts = out.Lost.Points, out.Lost.FailedPoints
	var columns [][]float64
	of := make([]int, len(t.Factors)) // column of a factor; -1 for none
	for _, i := range s.names {
		of[i] = -1
		if !t.Factors[i].kinds() {
			if c := standard(s.column(i)); c != nil {
				of[i] = len(columns)
				columns = append(columns, c)
			}
			continue
		}
		for k := range s.kinds(i) {
			if c := standard(s.indicator(i, float64(k))); k > 0 && c != nil {
				columns = append(columns, c)
			}
		}
	}
	n, k := len(s.y), len(columns)
	if need := k + 3; n < need {
		return nil, few(analysis, n, need, "points")
	}
	if k == 0 {
		return nil, &Error{Analysis: analysis, Why: Fixed}
	}
	y := standard(s.y)
	x := mat.NewDense(n, k, nil)
	for j, c := range columns {
		x.SetCol(j, c)
	}
	var qr mat.QR
	qr.Factorize(x)
	var beta mat.VecDense
	if qr.Cond() > 1e8 || qr.SolveVecTo(&beta, false, mat.NewVecDense(n, y)) != nil {
		return nil, &Error{Analysis: analysis, Why: Together}
	}
	var fitted mat.VecDense
	fitted.MulVec(x, &beta)
	rest := 0.
	for i := range y {
		e := y[i] - fitted.AtVec(i)
		rest += float64(e * e)
	}
	out.R2 = min(max(1-rest/float64(n-1), 0), 1) // standardised values have squares of n - 1
	errors := qrErrors(&qr, k, rest/float64(n-k-1))
	for i, f := range t.Factors {
		slope := Slope{Factor: f.Name}
		switch {
		case f.kinds():
			slope.Beta = unknown(Unordered)
		case of[i] < 0:
			slope.Beta = unknown(Fixed)
		default:
			b := beta.AtVec(of[i])
			slope.Beta = within(b, stats.Within(b, errors[of[i]], n-k-1, t.Confidence()))
		}
		out.Factors = append(out.Factors, slope)
	}
	return out, nil
}

// qrErrors are the standard errors of coefficients: the lengths of the rows of the inverse of R, times the standard deviation of residuals.
func qrErrors(qr *mat.QR, k int, variance float64) []float64 {
	var r mat.Dense
	qr.RTo(&r)
	var inverse mat.TriDense
	upper := mat.NewTriDense(k, mat.Upper, nil)
	for i := range k {
		for j := i; j < k; j++ {
			upper.SetTri(i, j, r.At(i, j))
		}
	}
	_ = inverse.InverseTri(upper) // the condition was looked at before
	out := make([]float64, k)
	for i := range k {
		sum := 0.
		for j := i; j < k; j++ {
			sum += float64(inverse.At(i, j) * inverse.At(i, j))
		}
		out[i] = math.Sqrt(sum * variance)
	}
	return out
}

// column are the values of a factor, indicator is 1 where it has a value and 0 elsewhere.
func (s *sample) column(factor int) []float64 {
	out := make([]float64, len(s.x))
	for i, x := range s.x {
		out[i] = x[factor]
	}
	return out
}

func (s *sample) indicator(factor int, value float64) []float64 {
	out := s.column(factor)
	for i, v := range out {
		out[i] = 0
		if v == value {
			out[i] = 1
		}
	}
	return out
}

// kinds are the values of a factor that occur, ascending.
func (s *sample) kinds(factor int) []float64 { return distinct(s.column(factor)) }

// standard are values with mean 0 and standard deviation 1; nil if they are equal.
func standard(values []float64) []float64 {
	if constant(values) {
		return nil
	}
	m, variance, _ := stats.MeanVariance(values)
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = (v - m) / math.Sqrt(variance)
	}
	return out
}
