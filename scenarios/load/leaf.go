package load

import (
	"fmt"
	"slices"
)

// A leaf is one parameter: where it stands in market.Params and in the files.
type leaf struct {
	Value
	node *node // where its value was given
	len  int   // 0: a number; otherwise a list
}

// take reads a leaf: a number, a list, or a table with the value and what is known about it.
func (l *leaf) take(n *node, at string, p *problems) {
	v := n
	if n.kind == table {
		for _, k := range n.keys {
			if !slices.Contains(leafKeys, k) {
				p.key(n.kids[k], join(at, k), "does not belong to a parameter").among(k, leafKeys)
			}
		}
		if v = n.get("value"); v == nil {
			p.at(n, at, "has no value")
			return
		}
		if r := n.get("range"); r != nil {
			if lo, hi, ok := p.pair(r, join(at, "range")); ok {
				l.Lo, l.Hi = lo, hi
			}
		}
		if u := n.get("unit"); u != nil && text(u) != l.Unit {
			p.at(u, join(at, "unit"), "the unit is %s; values are not converted", quote(l.Unit))
			l.node = n
			return
		}
		for _, k := range []string{"unit", "source", "grade"} {
			if s := n.get(k); s != nil && s.kind != scalar {
				p.at(s, join(at, k), "must be text, not %s", s.kind)
			}
		}
		if g := n.get("grade"); g != nil && !slices.Contains(grades, text(g)) {
			p.at(g, join(at, "grade"), "%s is not a grade", quote(text(g))).among(text(g), grades)
		}
		if s := n.get("source"); s != nil {
			l.Source = text(s)
		}
		if g := n.get("grade"); g != nil {
			l.Grade = text(g)
		}
	}
	l.node = n
	if l.len == 0 {
		if x, ok := p.number(v, at); ok {
			l.Value.Value = x
			l.within(v, at, x, p)
		}
		return
	}
	if v.kind != list || len(v.items) != l.len {
		p.at(v, at, "must be a list of %d numbers", l.len)
		return
	}
	xs := make([]float64, l.len)
	for i, item := range v.items {
		if x, ok := p.number(item, join(at, itoa(i))); ok {
			xs[i] = x
			l.within(item, join(at, itoa(i)), x, p)
		}
	}
	l.Value.Value = xs
}

var (
	leafKeys = []string{"value", "unit", "range", "source", "grade"}
	grades   = []string{"A", "B", "C", "D", "none"}
)

// within refuses a value outside its range; whoever wants one gives the range with it.
func (l *leaf) within(n *node, at string, x float64, p *problems) {
	lo, hi := l.Lo, l.Hi
	if (l.Unit == "share" || l.Unit == "probability") && (x < 0 || x > 1) {
		p.at(n, at, "%s is not a %s", show(x), l.Unit).Allowed = "0 to 1"
		return
	}
	if x < lo || x > hi {
		e := p.at(n, at, "%s is outside its range", show(x))
		e.Allowed = fmt.Sprintf("%s to %s (%s), or a wider range given with it: {value: %s, range: [%s, %s]}",
			show(lo), show(hi), l.Unit, show(x), show(min(x, lo)), show(max(x, hi)))
	}
}
