package compare

import (
	"math"
	"math/rand/v2"
	"testing"

	"pasar/agents/market"
	"pasar/scenarios/results/measure"
	"pasar/scenarios/stats"
)

// What a comparison says of worlds between which nothing but luck differs.

// noise is n numbers without an effect; half of their luck is shared with others, as of runs with one seed.
func noise(r *rand.Rand, shared []float64, n int) []float64 {
	list := make([]float64, n)
	for i := range list {
		list[i] = math.Sqrt(.5)*shared[i] + math.Sqrt(.5)*r.NormFloat64()
	}
	return list
}

func normal(r *rand.Rand, n int) []float64 {
	list := make([]float64, n)
	for i := range list {
		list[i] = r.NormFloat64()
	}
	return list
}

// Where nothing has an effect, few verdicts depend on a parameter that does nothing; where one end has another sign, they do.
func TestLuckTurnsNoVerdict(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 0))
	zero := make([]float64, 20)
	turns := func(effect float64) (n int) {
		for range 1000 {
			shared := normal(r, 20)
			here := noise(r, shared, 20)
			for i := range here {
				here[i] -= effect
			}
			any := false
			for _, at := range []float64{-effect, effect} {
				there := noise(r, shared, 8)
				for i := range there {
					there[i] += at
				}
				d, moved := stats.PairT(zero[:8], there, .95), stats.PairT(here[:8], there, stats.Shared(.95, 2))
				any = any || turned(stats.PairT(zero, here, .95), d, moved)
			}
			if any {
				n++
			}
		}
		return n
	}
	if n := turns(0); n > 30 {
		t.Errorf("%d of 1,000 verdicts of nothing depend on it", n)
	}
	if n := turns(2.5); n < 950 {
		t.Errorf("%d of 1,000 verdicts with another sign at an end depend on it", n)
	}
}

// Of the worst four weeks of worlds that differ by luck alone few are clear: they were chosen as the worst.
func TestWorstOfLuck(t *testing.T) {
	const weeks, reps = 40, 12
	r := rand.New(rand.NewPCG(7, 0))
	o := Outcomes()[0]
	e := &engine{reader: &reader{}, c: &Comparison{Level: .95, Pairs: []Pair{{World: 1, Periods: []Period{{}}}}}}
	for i := range weeks {
		e.reader.weeks = append(e.reader.weeks, measure.Window{From: 7 * i, To: 7*i + 7})
	}
	columns := &table{[]measure.Column{o.Column}, map[measure.Column]int{o.Column: 0}}
	play := func(effect float64) (clear int) {
		for range 300 {
			e.runs = newRuns(2, reps)
			for w := range e.runs {
				for i := range e.runs[w] {
					x := &run{table: columns}
					for _, v := range normal(r, weeks) {
						x.weeks = append(x.weeks, []float64{100 + v + effect*float64(w)})
					}
					e.runs[w][i] = x
				}
			}
			if e.worst(0, o).Diff.Clear() {
				clear++
			}
		}
		return clear
	}
	if n := play(0); n > 15 {
		t.Errorf("the worst four weeks of nothing are clear in %d of 300", n)
	}
	if n := play(-3); n < 290 {
		t.Errorf("the worst four weeks of a loss are clear in %d of 300 only", n)
	}
}

// Of ten mechanisms that do nothing hardly one is named; one that does much is, if the effect itself is clear in all pairs.
func TestCarriersOfLuck(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 0))
	zero := make([]float64, 8)
	finding := func(first, effect float64) *Finding {
		here := normal(r, 8)
		for i := range here {
			here[i] = -10 + here[i]/2
		}
		f := &Finding{Effect: Effect{Diff: stats.PairT(zero, []float64{effect, effect + 1, effect - 1, effect, effect, effect, effect, effect}, .95)}}
		for k := range 10 {
			parts, there := normal(r, 8), make([]float64, 8)
			for i := range parts {
				if k == 0 {
					parts[i] += first
				}
				there[i] = here[i] - parts[i]
			}
			x := Through{Diff: stats.PairT(there, here, .95)}
			x.Share, x.Range = stats.Share(parts, here, .95)
			f.Through = append(f.Through, x)
		}
		return f
	}
	named, found := 0, 0
	for range 1000 {
		if len(finding(0, -10).Carriers(.95)) > 0 {
			named++
		}
		if list := finding(-4, -10).Carriers(.95); len(list) > 0 && list[0].Share > .2 {
			found++
		}
	}
	if named > 65 || found < 950 {
		t.Errorf("of 1,000: nothing is named in %d, much in %d", named, found)
	}
	if list := finding(-4, .1).Carriers(.95); len(list) > 0 {
		t.Errorf("%v of an effect that is not clear in all pairs", list)
	}
}

// Runs that never come back are long, not left out, and the intervals of targets are as wide as those of the tables.
func TestNeverIsLong(t *testing.T) {
	e := &engine{c: &Comparison{Level: .99, Seeds: []uint64{1, 2, 3, 4}}}
	if l := stats.Censored([]float64{5, 4}, 5, .99); l.N != 2 || l.P05 != 4.2 || !math.IsInf(l.P50, 1) || !math.IsInf(l.P95, 1) {
		t.Errorf("two of five came back: %+v", l)
	}
	if l := stats.Censored([]float64{5, 4, 6}, 3, .99); l.P50 != 5 {
		t.Errorf("all came back: %+v", l)
	}
	values := []float64{1, 2, 4, 3}
	got := e.target(measure.Target{ID: "T1", Key: market.Shopee.String()}, -1, func(rep int) float64 { return values[rep] })
	if want := stats.LevelOf(values, .99).T; got.T != want {
		t.Errorf("a target in %v beside tables of 99 %%: %v", got.T, want)
	}
}
