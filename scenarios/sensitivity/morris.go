package sensitivity

import (
	"math"
	"strconv"

	"pasar/scenarios/design"
	"pasar/scenarios/stats"
)

// least is how many effects, samples or values an interval is made of at least.
const least = 4

// Morris works out elementary effects (Morris 1991, Factorial sampling plans for preliminary computational experiments, Technometrics 33:161;
// mu* is of Campolongo, Cariboni and Saltelli 2007, Environmental Modelling & Software 22:1509) from the steps of a Morris design, of which points
// are rows. Intervals are by the bootstrap over trajectories. A failed point costs the two effects that need it, not its trajectory.
//
// Where points share luck, both ends of an effect are taken over the replications that finished at both.
func Morris(t *Table, steps []design.Step, label string) (*Screened, error) {
	const analysis = "Morris"
	if err := t.scan(analysis); err != nil {
		return nil, err
	}
	t = t.levelled()
	out := &Screened{Lost: t.lost()}
	effects, noises := make([][]float64, len(t.Factors)), make([][]float64, len(t.Factors))
	for _, step := range steps {
		if !t.steps(step) {
			return nil, &Error{Analysis: analysis, Why: NotDesigned}
		}
		out.Lost.Parts++
		y := t.together(step.From, step.To)
		if !finite(y[0]) || !finite(y[1]) {
			out.Lost.LostParts++
			continue
		}
		effects[step.Factor] = append(effects[step.Factor], (y[1]-y[0])/step.Delta)
		noises[step.Factor] = append(noises[step.Factor], t.noise(step.From, step.To)/(step.Delta*step.Delta))
	}
	if out.Lost.Parts == 0 {
		return nil, few(analysis, 0, len(t.Factors), "effects")
	}
	for i, f := range t.Factors {
		out.Factors = append(out.Factors, screening(f.Name, effects[i], noises[i], t.Confidence(), label))
	}
	return out, nil
}

// screening sums up the effects of a factor.
func screening(name string, effects, noises []float64, level float64, label string) Screening {
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

// steps tells whether the rows of a step differ in its factor only.
func (t *Table) steps(s design.Step) bool {
	if min(s.From, s.To, s.Factor) < 0 || max(s.From, s.To) >= len(t.X) || s.Factor >= len(t.Factors) || s.Delta == 0 {
		return false
	}
	for i, v := range t.X[s.From] {
		if i != s.Factor && v != t.X[s.To][i] {
			return false
		}
	}
	return true
}
