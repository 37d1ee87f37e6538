package report

import (
	"pasar/scenarios/sensitivity"
)

// box puts a box of PRIM into words: "Ban lowers income where displacement > 0.6 and offline share < 0.35: coverage 82%, density 91%."
func (s *swept) box(o *SweepOutcome, b *sensitivity.Box) string {
	if len(b.Limits) == 0 {
		return text(s.t.NoBox, upper(s.what(o, b.Case)))
	}
	said := text(s.t.Box, upper(s.what(o, b.Case)), s.limits(b.Limits), s.percent0(b.Coverage), s.percent0(b.Density))
	if x := b.Second; x != nil {
		said += " " + text(s.t.Second, s.limits(x.Limits), s.percent0(x.Coverage), s.percent0(x.Density))
	}
	return said
}

// limits are what a box asks of the factors.
func (s *swept) limits(limits []sensitivity.Limit) string {
	var list []string
	for _, l := range limits {
		list = append(list, s.limit(l))
	}
	return s.list(list)
}

// what is the case in words: an effect against 0 has a direction.
func (s *swept) what(o *SweepOutcome, c sensitivity.Case) string {
	x := s.scaleOf(o, c.Limit)
	number := s.num(c.Limit/x.by, x.decimals) + " " + x.unit
	switch {
	case o.Less != "" && c.Limit == 0 && c.Above:
		return text(s.t.Raises, o.World, s.outcome(o), o.Less)
	case o.Less != "" && c.Limit == 0:
		return text(s.t.Lowers, o.World, s.outcome(o), o.Less)
	case c.Above:
		return text(s.t.IsAbove, s.full(o), number)
	}
	return text(s.t.IsBelow, s.full(o), number)
}

// limit is what a box asks of a factor.
func (s *swept) limit(l sensitivity.Limit) string {
	name := s.factor(l.Factor)
	switch {
	case len(l.Categories) > 0:
		return text(s.t.OneOf, name, s.listOr(l.Categories))
	case l.Low != nil && l.High != nil:
		return s.figure6(*l.Low) + " < " + name + " < " + s.figure6(*l.High)
	case l.Low != nil:
		return name + " > " + s.figure6(*l.Low)
	case l.High != nil:
		return name + " < " + s.figure6(*l.High)
	}
	return name
}

// listOr joins words of which one is the case.
func (s *swept) listOr(words []string) string {
	out := ""
	for i, w := range words {
		switch {
		case i == 0:
		case i == len(words)-1:
			out += " " + s.t.Or + " "
		default:
			out += ", "
		}
		out += w
	}
	return out
}

// caveats say what a box is worth.
func (s *swept) caveats(b *sensitivity.Box) (list []string) {
	list = append(list, text(s.t.BoxOf, s.num(float64(b.Cases), 0), s.num(float64(b.Points), 0), s.percent0(b.Base), s.percent0(b.Mass)))
	switch e := b.Elsewhere; {
	case !e.Known():
		list = append(list, text(s.t.NoElsewhere, s.reason(e.NoValue)))
	case weak(b):
		list = append(list, text(s.t.WeakBox, s.percent0(e.Value), s.percent0(e.Low), s.percent0(e.High), s.percent0(b.Base)))
	default:
		list = append(list, text(s.t.Elsewhere, s.percent0(e.Value), s.percent0(e.Low), s.percent0(e.High), s.percent0(b.Base)))
	}
	if b.Lost.FailedPoints > 0 {
		list = append(list, text(s.t.BoxFailed, s.num(float64(b.Lost.FailedPoints), 0), s.percent0(b.Worst.Coverage), s.percent0(b.Worst.Density), s.percent0(b.Best.Coverage), s.percent0(b.Best.Density)))
	}
	if b.Replicated > 0 {
		list = append(list, text(s.t.BoxUnclear, s.num(float64(b.Unclear), 0), s.num(float64(b.Replicated), 0)))
	} else {
		list = append(list, s.t.BoxOneRun)
	}
	return append(list, s.t.BoxNoCause)
}

// weak tells whether a box keeps less than half of what it gains in points that such boxes were not made from.
func weak(b *sensitivity.Box) bool { return b.Elsewhere.Value < b.Base+(b.Density-b.Base)/2 }

// percent0 is a share in whole per cent.
func (s *swept) percent0(v float64) string { return s.num(100*v, 0) + "%" }

// boxTable has a row for each limit.
func (s *swept) boxTable(b *sensitivity.Box) versusTable {
	t := versusTable{Head: []string{s.t.Limit, s.t.QuasiP, s.t.Reproduced}, Words: 1, Notes: []string{s.t.LimitNote}}
	for _, l := range b.Limits {
		p := s.num(l.P, 3)
		if l.P < .001 {
			p = "< " + s.num(.001, 3)
		}
		t.Rows = append(t.Rows, versusRow{Cells: []string{s.limit(l), p, s.percent0(l.Reproduced)}})
	}
	return t
}

// way is a few of the boxes that were peeled, for who prefers another balance of coverage and density.
func (s *swept) way(b *sensitivity.Box) versusTable {
	const most = 8
	t := versusTable{Caption: s.t.Way, Head: []string{s.t.Coverage, s.t.Density, s.t.Mass, s.t.Restricted}}
	n := len(b.Trajectory)
	for i := range min(n, most) {
		f := b.Trajectory[i]
		if n > most {
			f = b.Trajectory[i*(n-1)/(most-1)]
		}
		t.Rows = append(t.Rows, versusRow{Cells: []string{s.percent0(f.Coverage), s.percent0(f.Density), s.percent0(f.Mass), s.num(float64(f.Restricted), 0)}})
	}
	return t
}
