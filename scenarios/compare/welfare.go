package compare

import (
	"math"
	"strings"

	"pasar/scenarios/results/measure"
	"pasar/scenarios/stats"
)

// welfare is who gained what over the effect of a pair.
func (e *engine) welfare(pair int) (x Welfare) {
	p := &e.c.Pairs[pair]
	days := float64(p.Periods[0].To - p.Periods[0].From)
	over := func(key string) (base, other []float64) { // Rp over the effect
		base, other = e.pairs(pair, measure.WelfareColumn(key), 0)
		for i := range base {
			base[i], other[i] = base[i]*days, other[i]*days
		}
		return base, other
	}
	diff := func(key string, base, other []float64) stats.Paired {
		return stats.Pair(base, other, e.c.Level, strings.Join([]string{e.c.Worlds[0].Name, e.c.Worlds[p.World].Name, "welfare", key}, "\n"))
	}
	var lines []measured
	for _, g := range measure.WelfareLines() {
		l := measured{Gain: g}
		l.base, l.other = over(g.Key)
		lines = append(lines, l)
		x.Lines = append(x.Lines, WelfareLine{g.Key, g.Part, diff(g.Key, l.base, l.other)})
	}
	for i, weight := range Weights {
		base, other := total(lines, weight, true)
		x.Sum[i] = diff("sum", base, other)
		base, other = total(lines, weight, false)
		x.Net[i] = diff("net", base, other)
	}
	for _, w := range []int{0, p.World} {
		for _, r := range e.runs[w] {
			x.Check += math.Abs(float64(r.over))
		}
	}
	return x
}

// A measured is a line of welfare by replication.
type measured struct {
	measure.Gain
	base, other []float64
}

// total adds up lines by replication, in their order: surplus and gains, and receipts if they are asked for. Discovery surplus has a weight.
func total(lines []measured, weight float64, receipts bool) (base, other []float64) {
	base, other = make([]float64, len(lines[0].base)), make([]float64, len(lines[0].base))
	for _, l := range lines {
		w := 1.0
		switch {
		case l.Part == measure.Apart, l.Part == measure.Receipts && !receipts:
			continue
		case l.Key == measure.Discovery:
			w = weight
		}
		for i := range base {
			base[i] += float64(w * l.base[i])
			other[i] += float64(w * l.other[i])
		}
	}
	return base, other
}
