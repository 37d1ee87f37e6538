package sensitivity

import (
	"cmp"
	"math"
	"slices"
)

// A hunt is a search for boxes among points that are cases or not.
type hunt struct {
	table *Table
	x     [][]float64
	is    []bool
	names []int // factors in the order of their names: that in which ties are decided
}

// A box is limits to each factor.
type box struct{ limits []limits }

// limits of one factor, both values included.
type limits struct {
	low, high float64
	without   []bool // kinds that are left out
}

func (l limits) on() bool {
	return !math.IsInf(l.low, -1) || !math.IsInf(l.high, 1) || slices.Contains(l.without, true)
}

func (l limits) has(v float64) bool {
	if l.without != nil {
		return !l.without[int(v)]
	}
	return l.low <= v && v <= l.high
}

// open are limits that leave nothing out.
func (h *hunt) open(factor int) limits {
	l := limits{low: math.Inf(-1), high: math.Inf(1)}
	if f := h.table.Factors[factor]; f.kinds() {
		l.without = make([]bool, len(f.Categories))
	}
	return l
}

func (b *box) clone() *box {
	c := &box{slices.Clone(b.limits)}
	for i := range c.limits {
		c.limits[i].without = slices.Clone(c.limits[i].without)
	}
	return c
}

// with is the box with other limits to a factor.
func (b *box) with(factor int, l limits) *box {
	c := b.clone()
	c.limits[factor] = l
	return c
}

// has tells whether a point is in the box, one factor aside (-1 for none).
func (h *hunt) has(b *box, point, aside int) bool {
	for i, v := range h.x[point] {
		if i != aside && !b.limits[i].has(v) {
			return false
		}
	}
	return true
}

// inside are the points that a box has, a factor aside.
func (h *hunt) inside(b *box, points []int, aside int) (in []int) {
	for _, p := range points {
		if h.has(b, p, aside) {
			in = append(in, p)
		}
	}
	return in
}

func (h *hunt) cases(points []int) (n int) {
	for _, p := range points {
		if h.is[p] {
			n++
		}
	}
	return n
}

// count says how many points are in a box and how many of them are cases.
func (h *hunt) count(b *box, points []int) (in, cases int) {
	inside := h.inside(b, points, -1)
	return len(inside), h.cases(inside)
}

func (h *hunt) fit(b *box, points []int) Fit {
	in, cases := h.count(b, points)
	f := Fit{Coverage: float64(cases) / float64(h.cases(points)), Mass: float64(in) / float64(len(points))}
	if in > 0 {
		f.Density = float64(cases) / float64(in)
	}
	for _, l := range b.limits {
		if l.on() {
			f.Restricted++
		}
	}
	return f
}

// find peels, chooses, pastes and drops limits that do nothing.
func (h *hunt) find(points []int) (*box, []Fit) {
	b := &box{make([]limits, len(h.table.Factors))}
	for i := range b.limits {
		b.limits[i] = h.open(i)
	}
	best, top := b, h.fit(b, points)
	way := []Fit{top}
	least := max(int(math.Ceil(leastMass*float64(len(points)))), 2)
	for in := h.ordered(points); ; {
		if b, in = h.peel(b, in, least); b == nil {
			break
		}
		f := h.fit(b, points)
		way = append(way, f)
		if f.balance() > top.balance() {
			best, top = b, f
		}
		if f.Density == 1 {
			break
		}
	}
	best = h.paste(best, points)
	for {
		factor, worst := -1, mostP
		for _, i := range h.names {
			if best.limits[i].on() {
				if p := h.quasiP(best, i, points); p > worst {
					factor, worst = i, p
				}
			}
		}
		if factor < 0 {
			return best, way
		}
		best = best.with(factor, h.open(factor))
	}
}

// ordered are points by factor, from its lowest value to its highest.
func (h *hunt) ordered(points []int) [][]int {
	by := make([][]int, len(h.table.Factors))
	for i := range by {
		by[i] = slices.Clone(points)
		slices.SortFunc(by[i], func(a, b int) int { return cmp.Or(cmp.Compare(h.x[a][i], h.x[b][i]), cmp.Compare(a, b)) })
	}
	return by
}

// A slice is what may be cut off from a box, and the limits of its factor that are left.
type slice struct {
	gone []int
	left limits
}

// peel is the box without the slice that raises density most for each point given up, and what it holds; nil if none may go.
func (h *hunt) peel(b *box, in [][]int, least int) (next *box, left [][]int) {
	n, cases := len(in[0]), h.cases(in[0])
	density, top, factor := float64(cases)/float64(n), math.Inf(-1), -1
	var best slice
	for _, i := range h.names {
		for _, s := range h.slices(b.limits[i], i, in[i]) {
			kept, had := n-len(s.gone), cases-h.cases(s.gone)
			if kept < least {
				continue
			}
			if gain := (float64(had)/float64(kept) - density) / float64(n-kept); gain > top {
				best, top, factor = s, gain, i
			}
		}
	}
	if factor < 0 {
		return nil, nil
	}
	for _, points := range in {
		var stay []int
		for _, p := range points {
			if best.left.has(h.x[p][factor]) {
				stay = append(stay, p)
			}
		}
		left = append(left, stay)
	}
	return b.with(factor, best.left), left
}

// slices are those of a factor that may go, of points in its order: at the bottom, at the top, or one kind. Equal values go together.
func (h *hunt) slices(l limits, factor int, in []int) (list []slice) {
	at := func(i int) float64 { return h.x[in[i]][factor] }
	n := len(in)
	if l.without != nil {
		for from, to := 0, 0; from < n; from = to {
			for to = from; to < n && at(to) == at(from); to++ {
			}
			left := limits{low: l.low, high: l.high, without: slices.Clone(l.without)}
			left.without[int(at(from))] = true
			list = append(list, slice{in[from:to], left})
		}
		return list
	}
	cut := max(int(peelShare*float64(n)), 1)
	low := cut
	for low < n && at(low) == at(0) {
		low++
	}
	for low > 0 && low < n && at(low-1) == at(low) { // as far as the value that stays
		low--
	}
	if low < n {
		list = append(list, slice{in[:low], limits{low: at(low), high: l.high}})
	}
	high := n - 1 - cut
	for high >= 0 && at(high) == at(n-1) {
		high--
	}
	for high >= 0 && high < n-1 && at(high+1) == at(high) {
		high++
	}
	if high >= 0 {
		list = append(list, slice{in[high+1:], limits{low: l.low, high: at(high)}})
	}
	return list
}

// paste widens a box by slices as long as the harmonic mean of coverage and density rises.
func (h *hunt) paste(b *box, points []int) *box {
	top := h.fit(b, points).balance()
	for {
		var next *box
		for _, i := range h.names {
			if !b.limits[i].on() {
				continue
			}
			for _, l := range h.wider(b, i, points) {
				c := b.with(i, l)
				if v := h.fit(c, points).balance(); v > top {
					next, top = c, v
				}
			}
		}
		if next == nil {
			return b
		}
		b = next
	}
}

// wider are limits of a factor with a slice more: at the bottom, at the top, or one kind.
func (h *hunt) wider(b *box, factor int, points []int) (more []limits) {
	l := b.limits[factor]
	if l.without != nil {
		for k, out := range l.without {
			if out {
				c := limits{low: l.low, high: l.high, without: slices.Clone(l.without)}
				c.without[k] = false
				more = append(more, c)
			}
		}
		return more
	}
	var below, above []float64
	near := h.inside(b, points, factor)
	in := 0
	for _, p := range near {
		switch v := h.x[p][factor]; {
		case v < l.low:
			below = append(below, -v)
		case v > l.high:
			above = append(above, v)
		default:
			in++
		}
	}
	cut := max(int(peelShare*float64(in)), 1)
	reach := func(values []float64, most float64) float64 { // the farthest value of the nearest slice
		slices.Sort(values)
		if cut >= len(values) {
			return most
		}
		return values[cut-1]
	}
	if len(below) > 0 {
		more = append(more, limits{low: -reach(below, math.Inf(1)), high: l.high})
	}
	if len(above) > 0 {
		more = append(more, limits{low: l.low, high: reach(above, math.Inf(1))})
	}
	return more
}
