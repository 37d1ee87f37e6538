package stats

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// A toy is a pair of worlds whose true difference is known. Sales of the base are lognormal around 100: a good year or a bad one,
// which both worlds share, and some luck of their own. The policy changes them by a share that varies around its mean.
type toy struct {
	year, own      float64 // standard deviations of the logarithm
	effect, varies float64 // mean and standard deviation of the share
}

func (w toy) truth() float64 { return 100 * w.effect }

// play adds pairs.
func (w toy) play(r *rand.Rand, base, other []float64, n int) (b, o []float64) {
	sales := func(year float64) float64 {
		return 100 * math.Exp(w.year*year-w.year*w.year/2+w.own*r.NormFloat64()-w.own*w.own/2)
	}
	for range n {
		year := r.NormFloat64()
		base = append(base, sales(year))
		other = append(other, sales(year)*(1+w.effect+w.varies*r.NormFloat64()))
	}
	return base, other
}

const experiments = 1000

// ban has skewed levels, and differences that are skewed less.
var ban = toy{year: .3, own: .02, effect: -.1, varies: .05}

// An interval of 95 % holds the truth in 93 to 97 of 100 experiments (issue 4, show 2).
func TestCoverage(t *testing.T) {
	for _, n := range []int{8, 20} {
		r := rand.New(rand.NewPCG(1, uint64(n)))
		byT, byBoot, gains := 0, 0, 0.
		for range experiments {
			base, other := ban.play(r, nil, nil, n)
			p := Pair(base, other, .95, "coverage")
			if p.T.Has(ban.truth()) {
				byT++
			}
			if p.Boot.Has(ban.truth()) {
				byBoot++
			}
			gains += p.Gain / experiments
		}
		t.Logf("%d pairs: t covers in %d of %d, the bootstrap in %d; pairing gains %.1f", n, byT, experiments, byBoot, gains)
		if byT < 930 || byT > 970 {
			t.Errorf("%d pairs: t covers in %d", n, byT)
		}
		if byBoot < 920 || byBoot > 970 {
			t.Errorf("%d pairs: the bootstrap covers in %d", n, byBoot)
		}
	}
}

// With the rule, at least 95 of 100 intervals at the stop hold the truth. Stopping by the same precision, but at the usual 95 % at
// each look, keeps fewer. Effects around zero end too.
func TestCoverageOfTheRule(t *testing.T) {
	for _, c := range []struct {
		name string
		toy
		share float64
		loses bool // the usual level is seen to lose
	}{
		{"even", toy{year: .05, own: .003, effect: -.1, varies: .007}, .05, true},
		{"skewed", ban, .2, false},
		{"nothing", toy{year: .3, own: .002, varies: .004}, .05, false},
	} {
		planned := rule(t, c.share, .95, 200)
		usual := planned
		usual.Level = 1 - .05*float64(len(usual.Looks))
		covered, pairs, ended := stops(c.toy, planned)
		naive, fewer, _ := stops(c.toy, usual)
		t.Logf("%s: covers in %d of %d after %.1f pairs, ends %v; usual level %d after %.1f", c.name, covered, experiments, pairs, ended, naive, fewer)
		if covered < 950 {
			t.Errorf("%s: covers in %d", c.name, covered)
		}
		if naive >= covered || c.loses && naive >= 945 {
			t.Errorf("%s: looking at the usual level covers in %d: this test would not see a rule that is none", c.name, naive)
		}
		if ended[len(ended)-1] > experiments/20 || slices.Max(ended) == experiments {
			t.Errorf("%s: ends %v at the looks: the rule decided nothing", c.name, ended)
		}
	}
}

// stops plays experiments until the rule ends them: how many intervals hold the truth, after how many pairs on average, and how
// many ended at each look.
func stops(w toy, rule Rule) (covered int, pairs float64, ended []int) {
	r := rand.New(rand.NewPCG(2, 0))
	ended = make([]int, len(rule.Looks))
	for range experiments {
		var base, other []float64
		for look, n := range rule.Looks {
			base, other = w.play(r, base, other, n-len(base))
			p, _, _ := pair(base, other, rule.Each())
			if !rule.Precise(p) && rule.Next(n) > 0 {
				continue
			}
			if p.T.Has(w.truth()) {
				covered++
			}
			pairs += float64(n) / experiments
			ended[look]++
			break
		}
	}
	return covered, pairs, ended
}

// Shares of the base hold the truth as often as they say, where the policy takes a share of a base that varies, and where it takes an amount that
// does not hang on it. With the base taken for known, the second was held in 417 of 1,000.
func TestCoverageOfRelative(t *testing.T) {
	for _, n := range []int{8, 20} {
		r := rand.New(rand.NewPCG(5, uint64(n)))
		var share, amount, unlike int
		for range experiments {
			base, part, fixed := make([]float64, n), make([]float64, n), make([]float64, n)
			for i := range base {
				base[i] = 100 + 20*r.NormFloat64()
				part[i], fixed[i] = base[i]*(.9+.02*r.NormFloat64()), base[i]-10+.5*r.NormFloat64()
			}
			count := func(covered *int, other []float64) {
				p := PairT(base, other, .95)
				_, in := p.Relative()
				if in.Has(-.1) {
					*covered++
				}
				if p.Clear() == in.Has(0) {
					unlike++
				}
			}
			count(&share, part)
			count(&amount, fixed)
		}
		t.Logf("%d pairs: covers %d shares and %d amounts of %d", n, share, amount, experiments)
		if min(share, amount) < 930 || max(share, amount) > 970 || unlike > 0 {
			t.Errorf("%d pairs: covers %d shares and %d amounts; %d unlike what is clear", n, share, amount, unlike)
		}
	}
}

// Of three bootstraps, the studentised one covers best with few pairs: the other two are too narrow.
func TestBootstraps(t *testing.T) {
	for _, w := range []toy{ban, {year: .5, effect: .2, varies: .05}} {
		for _, n := range []int{8, 20} {
			r := rand.New(rand.NewPCG(3, uint64(n)))
			const experiments = 500
			var percentile, bca, ours, byT int
			count := func(n *int, i Interval) {
				if i.Has(w.truth()) {
					*n++
				}
			}
			for range experiments {
				base, other := w.play(r, nil, nil, n)
				p, d, variance := pair(base, other, .95)
				means := resampled(d)
				count(&byT, p.T)
				count(&percentile, Interval{Quantile(means, .025), Quantile(means, .975)})
				count(&bca, accelerated(d, means, p.Mean))
				count(&ours, bootstrap(d, p.Mean, variance, .95, "bootstraps"))
			}
			t.Logf("%+v, %d pairs, of %d: percentile %d, BCa %d, studentised %d, t %d", w, n, experiments, percentile, bca, ours, byT)
			if ours < percentile || ours < bca {
				t.Errorf("%+v, %d pairs: percentile %d, BCa %d, ours only %d", w, n, percentile, bca, ours)
			}
		}
	}
}

// resampled are the sorted means of resamples.
func resampled(d []float64) []float64 {
	luck := rand.New(Luck("means"))
	means := make([]float64, resamples)
	for k := range means {
		for range d {
			means[k] += d[luck.IntN(len(d))]
		}
		means[k] /= float64(len(d))
	}
	slices.Sort(means)
	return means
}

// accelerated is the BCa interval of a mean (Efron 1987), with the acceleration of the jackknife.
func accelerated(d, means []float64, mean float64) Interval {
	below, _ := slices.BinarySearch(means, mean)
	bias := distuv.UnitNormal.Quantile((float64(below) + .5) / (resamples + 1))
	var squares, cubes float64
	for _, x := range d {
		squares += (x - mean) * (x - mean)
		cubes += (x - mean) * (x - mean) * (x - mean)
	}
	acceleration := cubes / (6 * math.Pow(squares, 1.5))
	at := func(p float64) float64 {
		z := bias + distuv.UnitNormal.Quantile(p)
		return Quantile(means, distuv.UnitNormal.CDF(bias+z/(1-acceleration*z)))
	}
	return Interval{at(.025), at(.975)}
}
