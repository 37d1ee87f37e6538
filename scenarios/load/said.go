package load

import (
	"slices"

	"pasar/agents/market"
	"pasar/scenarios/cond"
	"pasar/sim"
)

// A Said is an expression of a scenario about its own results: a measure, which is printed, or an assertion, which must hold.
// It looks at what happened, not at what was monitored.
type Said struct {
	Name string
	Expr *cond.Expr
	At   sim.Time // first second after the day at whose end it is read; 0: at the end of the run
	Unit string
	Note string
}

// said reads what the scenario measures and asserts.
func (p *problems) said(s *Scenario, d *draft) {
	var names cond.Names
	for i := range s.Entries {
		names = append(names, s.Entries[i].ID)
	}
	for _, id := range d.ids { // also those that could not be read: what is wrong with them is told once
		if !slices.Contains(names, id) {
			names = append(names, id)
		}
	}
	names = append(append(names, d.phases.keys...), d.idle...)
	for _, b := range d.taken {
		names = append(names, b.Name)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	s.Measures = p.sayings(s, d.measure, "measure", "is", cond.Number, names, []string{"is", "at", "unit", "note"})
	s.Asserts = p.sayings(s, d.assert, "assert", "that", cond.Truth, names, []string{"that", "at", "note"})
}

func (p *problems) sayings(s *Scenario, all *node, at, main string, want cond.Type, names cond.Names, keys []string) (out []Said) {
	for _, name := range all.keys {
		n, path := all.kids[name], join(at, name)
		if !idForm.MatchString(name) {
			p.key(n, path, "%s is not a name", quote(name)).Allowed = "small letters, digits, _ and -, beginning with a letter"
			continue
		}
		x := Said{Name: name}
		e := n
		switch n.kind {
		case list:
			p.at(n, path, "must be an expression, or a table such as {%s: ..., at: 2023-12-31}, not %s", main, n.kind)
			continue
		case table:
			for _, k := range n.keys {
				if !slices.Contains(keys, k) {
					p.key(n.kids[k], join(path, k), "does not belong here").among(k, keys)
				}
			}
			if e = n.get(main); e == nil {
				p.at(n, path, "has no %s: the expression", main)
				continue
			}
			x.Unit, x.Note = text(n.get("unit")), text(n.get("note"))
			if t := n.get("at"); t != nil {
				day, dayOnly, ok := p.date(t, join(path, "at"))
				switch {
				case !ok:
				case !dayOnly:
					p.at(t, join(path, "at"), "must be a day; it is read when the day is over").Allowed = "2023-12-31"
				case day < s.Start:
					p.at(t, join(path, "at"), "%s is before the run starts on %s", text(t), when(s.Start))
				}
				x.At = day + market.Day
			}
			path = join(path, main)
		}
		if x.Expr = p.expr(e, path, want, names); x.Expr != nil {
			out = append(out, x)
		}
	}
	return out
}
