package sensitivity

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/stat/distuv"

	"pasar/scenarios/stats"
)

func (c Case) holds(y float64) bool {
	if c.Above {
		return y > c.Limit
	}
	return y < c.Limit
}

// balance is the harmonic mean of coverage and density.
func (f Fit) balance() float64 {
	if f.Coverage+f.Density == 0 {
		return 0
	}
	return 2 * f.Coverage * f.Density / (f.Coverage + f.Density)
}

// How PRIM goes about it.
const (
	peelShare = .05 // of the points in the box, cut off at once
	leastMass = .05 // of all points, in a box
	mostP     = .05 // of a limit that stays
	halves    = 20
	leastMore = .1 // of all cases, in a second box
)

// PRIM looks for the box of assumptions in which an outcome is as asked for: the patient rule induction method of Friedman and Fisher (1999,
// Statistics and Computing 9:123), used for scenario discovery as by Bryant and Lempert (2010, Technological Forecasting and Social Change
// 77:34). It peels off the slice of 5 % of the points, or the level or kind of a factor, that raises the share of cases most for each point
// given up (the lenient rule of Kwakkel and Jaxa-Rozen 2016), until a twentieth of all points is left. Of the boxes on that way it takes
// the one with the highest harmonic mean of coverage and density, pastes slices back as long as this mean rises, and drops limits whose
// quasi-p-value (the binomial test of Bryant and Lempert) is above .05.
//
// Coverage and density are those of the points that the box was made from. Elsewhere tells how boxes do among others, and Reproduced whether
// the same factors come up. A failed point is left out; Worst and Best tell what the box would be if all of these spoke against it or for it.
// Where replications differ, a point counts by their mean.
//
// A second box is looked for among the points that the first leaves (the covering of Friedman and Fisher). It is told if it holds a tenth of all cases,
// is at least half as dense as the first, and keeps half of what it gains over the points that are left in points that it was not made from.
func PRIM(t *Table, c Case, label string) (*Box, error) {
	const analysis = "PRIM"
	if err := t.Check(); err != nil {
		return nil, err
	}
	s := t.levelled().sample()
	h := &hunt{table: t, x: s.x, names: s.names}
	out := &Box{Case: c, Points: len(s.y), Lost: t.lost()}
	out.Lost.Parts, out.Lost.LostParts = out.Lost.Points, out.Lost.FailedPoints
	for _, y := range s.y {
		h.is = append(h.is, c.holds(y))
		if c.holds(y) {
			out.Cases++
		}
	}
	switch {
	case out.Points == 0:
		return nil, &Error{Analysis: analysis, Why: Nothing}
	case out.Points < leastPoints:
		return nil, few(analysis, out.Points, leastPoints, "points")
	case out.Cases == 0:
		return nil, &Error{Analysis: analysis, Why: NoCases}
	case out.Cases == out.Points:
		return nil, &Error{Analysis: analysis, Why: AllCases}
	}
	out.Base = float64(out.Cases) / float64(out.Points)
	every := make([]int, out.Points)
	for i := range every {
		every[i] = i
	}
	b, way := h.find(every)
	out.Trajectory, out.Fit = way, h.fit(b, every)
	again := h.halves(every, label)
	out.Elsewhere = again.density
	out.Limits = h.limitsOf(b, every, again)
	out.Second = h.second(b, every, out.Density, label)
	in, cases := h.count(b, every)
	out.Worst, out.Best = h.bounds(out, in, cases)
	out.Unclear, out.Replicated = t.unclear(c)
	return out, nil
}

// second looks for a box among the points that the first leaves; nil if there is none worth telling.
func (h *hunt) second(first *box, every []int, density float64, label string) *Second {
	var rest []int
	for _, p := range every {
		if !h.has(first, p, -1) {
			rest = append(rest, p)
		}
	}
	cases := h.cases(rest)
	if len(rest) < leastPoints || cases == 0 || cases == len(rest) {
		return nil
	}
	b, _ := h.find(rest)
	x := &Second{Fit: h.fit(b, rest), Base: float64(cases) / float64(len(rest))}
	x.Coverage *= float64(cases) / float64(h.cases(every))
	x.Mass *= float64(len(rest)) / float64(len(every))
	if x.Restricted == 0 || x.Coverage < leastMore || x.Density < density/2 {
		return nil
	}
	again := h.halves(rest, label+" second")
	if x.Elsewhere = again.density; !x.Elsewhere.Known() || x.Elsewhere.Value < x.Base+(x.Density-x.Base)/2 {
		return nil
	}
	x.Limits = h.limitsOf(b, rest, again)
	return x
}

// limitsOf are the limits of a box, by factor.
func (h *hunt) limitsOf(b *box, points []int, again repeat) (list []Limit) {
	for i, f := range h.table.Factors {
		if l := b.limits[i]; l.on() {
			list = append(list, h.limit(f, i, l, h.quasiP(b, i, points), float64(again.limited[i])/halves))
		}
	}
	return list
}

// limit puts a limit into words of the table.
func (h *hunt) limit(f Factor, i int, l limits, p, reproduced float64) Limit {
	x := Limit{Factor: f.Name, P: p, Reproduced: reproduced}
	if f.kinds() {
		for k, name := range f.Categories {
			if !l.without[k] {
				x.Categories = append(x.Categories, name)
			}
		}
		return x
	}
	below, above := math.Inf(-1), math.Inf(1) // nearest values outside
	for _, row := range h.x {
		if v := row[i]; v < l.low {
			below = max(below, v)
		} else if v > l.high {
			above = min(above, v)
		}
	}
	if finite(below) {
		v := between(below, l.low)
		x.Low = &v
	}
	if finite(above) {
		v := between(l.high, above)
		x.High = &v
	}
	return x
}

// between is a number between two others with as few digits as tell them apart.
func between(low, high float64) float64 {
	middle := low + (high-low)/2
	for digits := 1; digits < 17; digits++ {
		v, err := strconv.ParseFloat(strconv.FormatFloat(middle, 'g', digits, 64), 64)
		if err == nil && low < v && v < high {
			return v
		}
	}
	return middle
}

// quasiP is the probability of as many cases among the points of a box, or more, if they were drawn from the box without its limits to a factor.
func (h *hunt) quasiP(b *box, factor int, points []int) float64 {
	wide := b.clone()
	wide.limits[factor] = h.open(factor)
	in, cases := h.count(b, points)
	of, had := h.count(wide, points)
	share := float64(had) / float64(of)
	if share == 1 || cases == 0 {
		return 1
	}
	return min(max(distuv.Binomial{N: float64(in), P: share}.Survival(float64(cases-1)), 0), 1)
}

// A repeat is what came of looking in halves of the points.
type repeat struct {
	density Estimate
	limited []int // halves in which a factor was limited
}

// halves looks for boxes in random halves of the points, and at how these do in the other halves.
func (h *hunt) halves(points []int, label string) repeat {
	r := repeat{limited: make([]int, len(h.table.Factors))}
	luck := rand.New(stats.Luck(label + " PRIM"))
	drawn := slices.Clone(points)
	var densities []float64
	for range halves {
		luck.Shuffle(len(drawn), func(i, j int) { drawn[i], drawn[j] = drawn[j], drawn[i] })
		half, rest := slices.Sorted(slices.Values(drawn[:len(drawn)/2])), drawn[len(drawn)/2:]
		if cases := h.cases(half); cases == 0 || cases == len(half) {
			continue
		}
		b, _ := h.find(half)
		for i, l := range b.limits {
			if l.on() {
				r.limited[i]++
			}
		}
		if in, cases := h.count(b, rest); in > 0 {
			densities = append(densities, float64(cases)/float64(in))
		}
	}
	if len(densities) < halves/2 {
		r.density = unknown(TooFew)
		return r
	}
	slices.Sort(densities)
	r.density = Estimate{Value: mean(densities), Low: densities[0], High: densities[len(densities)-1]}
	return r
}

// bounds are fits of a box if all failed points spoke against it, and if they spoke for it: those within are no cases and those outside are, or
// the other way round.
func (h *hunt) bounds(b *Box, in, cases int) (worst, best Fit) {
	within, outside := 0, 0 // failed points
	for p, x := range h.table.X {
		if _, _, n := h.table.Mean(p); n > 0 {
			continue
		}
		if b.Has(h.table.Factors, x) {
			within++
		} else {
			outside++
		}
	}
	of := func(cases, all int) Fit {
		n := in + within
		return Fit{Coverage: float64(cases) / float64(all), Density: float64(cases) / float64(n), Mass: float64(n) / float64(b.Points+within+outside), Restricted: b.Restricted}
	}
	return of(cases, b.Cases+outside), of(cases+within, b.Cases+within)
}

// Has tells whether the values of a point are within the limits.
func (b *Box) Has(factors []Factor, x []float64) bool {
	for i, f := range factors {
		for _, l := range b.Limits {
			if l.Factor != f.Name {
				continue
			}
			if l.Low != nil && x[i] <= *l.Low || l.High != nil && x[i] >= *l.High || f.kinds() && !slices.Contains(l.Categories, f.Categories[int(x[i])]) {
				return false
			}
		}
	}
	return true
}

// unclear counts points whose interval by Student's t has the limit of a case in it, of those that have one.
func (t *Table) unclear(c Case) (unclear, replicated int) {
	for p := range t.X {
		l := stats.LevelOf(t.Y[p], t.Confidence())
		if l.N < 2 {
			continue
		}
		replicated++
		if l.T.Has(c.Limit) {
			unclear++
		}
	}
	return unclear, replicated
}
