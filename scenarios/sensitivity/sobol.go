package sensitivity

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"pasar/scenarios/stats"
)

// leastSamples is how few base samples the bootstrap can make intervals of.
const leastSamples = 16

// Sobol works out first and total indices from Saltelli's design: the first by the estimator of Saltelli and others (2010, Computer Physics
// Communications 181:259, formula b of table 2), the total by that of Jansen (1999, same journal 117:35; formula f), of outcomes less
// their mean. Intervals are percentiles of a bootstrap over base samples (Archer, Saltelli and Sobol' 1997); samples of a quasi-random sequence
// are spread more evenly than luck would, so that these intervals are rather too wide. An estimate can lie a little outside 0 and 1.
//
// Luck adds to the variance between points, and to all total indices. How much it does follows from the spread of replications: the mean
// difference of two points varies by luck with the variance of their differences over the number of replications, whether luck is common or
// not. The net indices have it taken off.
//
// Where luck is common, the bootstrap holds it fixed: intervals are those of the indices that these seeds give, and all can be off together with
// others. Where each sample has luck of its own (nested), it is drawn with the sample, and intervals hold for luck, too.
//
// A failed point costs the samples that need it: one of A or B all factors, one of AB its own factor.
func Sobol(t *Table, samples []Sample, label string) (*Indices, error) {
	const analysis = "Sobol"
	if err := t.scan(analysis); err != nil {
		return nil, err
	}
	t = t.levelled()
	out := &Indices{Lost: t.lost()}
	var whole []*terms
	for _, s := range t.sorted(samples) {
		if !t.designed(s) {
			return nil, &Error{Analysis: analysis, Why: NotDesigned}
		}
		x := t.terms(s)
		for _, f := range x.factors {
			out.Lost.Parts++
			if !x.ok || !f.ok {
				out.Lost.LostParts++
			}
		}
		if x.ok {
			whole = append(whole, x)
		}
	}
	if len(whole) < leastSamples {
		return nil, few(analysis, len(whole), leastSamples, "samples")
	}
	every := make([]int, len(whole))
	for i := range every {
		every[i] = i
	}
	value := sums(whole, every, len(t.Factors))
	if out.Variance = value.variance; !(out.Variance > 0) {
		return nil, &Error{Analysis: analysis, Why: Constant}
	}
	draws := make([]*solved, resamples)
	luck := rand.New(stats.Luck(label + " Sobol"))
	drawn := make([]int, len(whole))
	for k := range draws {
		for i := range drawn {
			drawn[i] = luck.IntN(len(whole))
		}
		draws[k] = sums(whole, drawn, len(t.Factors))
	}
	of := func(get func(*solved) float64, otherwise Reason) Estimate {
		return percentiles(value, draws, get, t.Confidence(), otherwise)
	}
	luckless := OneRun // why there is no net index
	if finite(value.noise) {
		luckless = AllNoise
	}
	out.Noise = of(func(s *solved) float64 { return min(s.noise, 1) }, OneRun)
	for i, f := range t.Factors {
		x := Shares{Factor: f.Name}
		for _, w := range whole {
			if w.factors[i].ok {
				x.N++
			}
		}
		if x.N < leastSamples {
			x.First, x.Total, x.NetFirst, x.NetTotal = unknown(TooFew), unknown(TooFew), unknown(TooFew), unknown(TooFew)
		} else {
			x.First = of(func(s *solved) float64 { return s.first[i] }, TooFew)
			x.Total = of(func(s *solved) float64 { return s.total[i] }, TooFew)
			x.NetFirst = of(func(s *solved) float64 { return s.netFirst[i] }, luckless)
			x.NetTotal = of(func(s *solved) float64 { return s.netTotal[i] }, luckless)
		}
		out.Factors = append(out.Factors, x)
	}
	return out, nil
}

// resamples is how often the bootstrap draws anew.
const resamples = 1000

// percentiles are the estimate of all samples with the middle part (.95) of those of resamples; of the latter, a few may be unknown.
func percentiles(all *solved, draws []*solved, get func(*solved) float64, level float64, otherwise Reason) Estimate {
	value := get(all)
	if !finite(value) {
		return unknown(otherwise)
	}
	var known []float64
	for _, d := range draws {
		if v := get(d); finite(v) {
			known = append(known, v)
		}
	}
	if len(known) < len(draws)*39/40 {
		return Estimate{Value: value, NoInterval: otherwise}
	}
	slices.Sort(known)
	return Estimate{Value: value, Low: stats.Quantile(known, (1-level)/2), High: stats.Quantile(known, (1+level)/2)}
}

// terms are what one base sample adds to the sums.
type terms struct {
	ok      bool    // A and B finished
	a, b    float64 // outcomes
	noise   float64 // of half their squared difference; NaN if not known
	factors []term
}

// A term is what it adds to those of one factor.
type term struct {
	ok              bool
	a, b, ab        float64
	noise, together float64 // that luck adds to half the squared difference of a and ab, and to the product of b and ab - a
}

// terms reads the outcomes of a sample.
func (t *Table) terms(s Sample) *terms {
	y := t.together(s.A, s.B)
	x := &terms{ok: finite(y[0]) && finite(y[1]), a: y[0], b: y[1], noise: t.between(s) / 2, factors: make([]term, len(s.AB))}
	for i, ab := range s.AB {
		y := t.together(s.A, s.B, ab)
		x.factors[i] = term{ok: finite(y[0]) && finite(y[1]) && finite(y[2]), a: y[0], b: y[1], ab: y[2], noise: t.noise(s.A, ab) / 2, together: t.covaried(s.A, s.B, ab)}
	}
	return x
}

// between is what luck gives the squared difference of A and B of different samples: nested luck, too, differs there.
func (t *Table) between(s Sample) float64 {
	if t.Common {
		return t.noise(s.A, s.B)
	}
	return t.apart(s.A, s.B)
}

// covaried is how much luck makes the mean of b vary together with the difference of the means of ab and a; 0 where they share none.
func (t *Table) covaried(a, b, ab int) float64 {
	if !t.paired() {
		return 0
	}
	v := t.shared(a, b, ab)
	n := float64(len(v[0]))
	d := make([]float64, len(v[0]))
	for r := range d {
		d[r] = v[2][r] - v[0][r]
	}
	meanB, meanD, sum := mean(v[1]), mean(d), 0.
	for r := range d {
		sum += float64((v[1][r] - meanB) * (d[r] - meanD))
	}
	return sum / (n - 1) / n
}

// solved are the indices of some samples. NaN is unknown.
type solved struct {
	variance, noise                  float64
	first, total, netFirst, netTotal []float64
}

// sums works out indices of the samples drawn.
func sums(all []*terms, drawn []int, factors int) *solved {
	centre, noise, known := 0., 0., 0.
	for _, i := range drawn {
		centre += all[i].a + all[i].b
		if finite(all[i].noise) {
			noise += all[i].noise
			known++
		}
	}
	n := float64(2 * len(drawn))
	centre /= n
	squares := 0.
	for _, i := range drawn {
		a, b := all[i].a-centre, all[i].b-centre
		squares += float64(a*a) + float64(b*b)
	}
	if squares <= 1e-24*n*centre*centre { // what rounding left over
		squares = 0
	}
	s := &solved{variance: squares / (n - 1)}
	noise /= known // NaN if none is known
	s.noise = noise / s.variance
	net := s.variance - noise
	if !(net > 0) {
		net = math.NaN()
	}
	for f := range factors {
		var first, total, luckFirst, luckTotal, m, lucky float64
		for _, i := range drawn {
			x := &all[i].factors[f]
			if !x.ok {
				continue
			}
			m++
			d := x.ab - x.a
			first += float64((x.b - centre) * d)
			total += float64(d*d) / 2
			if finite(x.noise) && finite(x.together) {
				luckFirst += x.together
				luckTotal += x.noise
				lucky++
			}
		}
		first, total = first/m, total/m
		s.first, s.total = append(s.first, first/s.variance), append(s.total, total/s.variance)
		s.netFirst = append(s.netFirst, (first-luckFirst/lucky)/net)
		s.netTotal = append(s.netTotal, (total-luckTotal/lucky)/net)
	}
	return s
}

// designed tells whether rows are a sample of Saltelli's design.
func (t *Table) designed(s Sample) bool {
	n := len(t.X)
	if s.A < 0 || s.A >= n || s.B < 0 || s.B >= n || len(s.AB) != len(t.Factors) {
		return false
	}
	for i, ab := range s.AB {
		if ab < 0 || ab >= n {
			return false
		}
		for j, v := range t.X[ab] {
			from := s.A
			if i == j {
				from = s.B
			}
			if v != t.X[from][j] {
				return false
			}
		}
	}
	return true
}

// sorted are samples in an order that hangs on the values of their points only.
func (t *Table) sorted(samples []Sample) []Sample {
	names := t.byName()
	for _, s := range samples {
		if !t.designed(s) {
			return samples
		}
	}
	return slices.SortedStableFunc(slices.Values(samples), func(a, b Sample) int {
		return cmp.Or(compareRows(t.X[a.A], t.X[b.A], names), compareRows(t.X[a.B], t.X[b.B], names))
	})
}
