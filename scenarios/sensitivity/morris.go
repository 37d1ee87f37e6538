package sensitivity

import (
	"math"
	"strconv"

	"pasar/scenarios/stats"
)

// least is how many effects, samples or values an interval is made of at least.
const least = 4

// Morris works out elementary effects (Morris 1991, Factorial sampling plans for preliminary computational experiments, Technometrics 33:161;
// mu* is of Campolongo, Cariboni and Saltelli 2007, Environmental Modelling & Software 22:1509). Each path lists the rows of one trajectory, in
// which each row differs from the one before in one factor. Intervals are by the bootstrap over trajectories. A failed point costs the two
// effects that need it, not its trajectory.
//
// Where luck is common, both ends of an effect are taken over the replications that finished at both.
func Morris(t *Table, paths [][]int, label string) (*Screened, error) {
	const analysis = "Morris"
	if err := t.scan(analysis); err != nil {
		return nil, err
	}
	t = t.levelled()
	out := &Screened{Lost: t.lost()}
	effects, noises := make([][]float64, len(t.Factors)), make([][]float64, len(t.Factors))
	for _, path := range paths {
		for j := 1; j < len(path); j++ {
			from, to := path[j-1], path[j]
			if min(from, to) < 0 || max(from, to) >= len(t.X) {
				return nil, &Error{Analysis: analysis, Why: NotDesigned}
			}
			i, step := t.step(from, to)
			if step == 0 {
				return nil, &Error{Analysis: analysis, Why: NotDesigned}
			}
			out.Lost.Parts++
			y := t.together(from, to)
			if !finite(y[0]) || !finite(y[1]) {
				out.Lost.LostParts++
				continue
			}
			effects[i] = append(effects[i], (y[1]-y[0])/step)
			noises[i] = append(noises[i], t.noise(from, to)/(step*step))
		}
	}
	if out.Lost.Parts == 0 {
		return nil, few(analysis, 0, len(t.Factors), "effects")
	}
	for i, f := range t.Factors {
		out.Factors = append(out.Factors, screening(f.Name, effects[i], noises[i], label))
	}
	return out, nil
}

// screening sums up the effects of a factor.
func screening(name string, effects, noises []float64, label string) Screening {
	s := Screening{Factor: name, N: len(effects)}
	if s.N == 0 {
		s.MuStar, s.Mu, s.Sigma, s.Noise = unknown(Nothing), unknown(Nothing), unknown(Nothing), unknown(Nothing)
		return s
	}
	sizes := make([]float64, s.N)
	for i, e := range effects {
		sizes[i] = math.Abs(e)
	}
	of := func(values []float64, what string) Estimate {
		mean, _, n := stats.MeanVariance(values)
		if n < least {
			return Estimate{Value: mean, NoInterval: TooFew}
		}
		return within(mean, stats.Bootstrap(values, level, label+" "+name+" "+what+" "+strconv.Itoa(n)))
	}
	s.MuStar, s.Mu = of(sizes, "mu*"), of(effects, "mu")
	s.MuStar.Low = max(s.MuStar.Low, 0)
	_, variance, n := stats.MeanVariance(effects)
	if s.Sigma = (Estimate{Value: math.Sqrt(variance), NoInterval: TooFew}); n < 2 {
		s.Sigma = unknown(TooFew)
	}
	if variance, _, n := stats.MeanVariance(noises); n > 0 {
		s.Noise = Estimate{Value: math.Sqrt(variance), NoInterval: TooFew}
	} else {
		s.Noise = unknown(OneRun)
	}
	return s
}

// step says which factor alone differs between two points, and by which part of its range; 0 if it is not one, or not known.
func (t *Table) step(from, to int) (factor int, part float64) {
	differ := 0
	for i, v := range t.X[from] {
		if w := t.X[to][i]; v != w {
			factor, part = i, w-v
			differ++
		}
	}
	f := t.Factors[factor]
	width := f.High - f.Low
	if f.kinds() {
		width = float64(len(f.Categories) - 1)
	}
	if differ != 1 || !(width > 0) {
		return factor, 0
	}
	return factor, part / width
}
