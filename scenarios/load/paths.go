package load

import "strings"

// paths are those that --set takes in a scenario: its parameters, its variables, and what its files say of its actions and phases.
func (d *draft) paths() (all []string) {
	for _, at := range defaults().order {
		all = append(all, join("params", at))
	}
	var below func(at string, n *node)
	below = func(at string, n *node) {
		if n == nil || n.kind != table {
			all = append(all, at)
			return
		}
		for _, k := range n.keys {
			if k != "id" && k != "do" {
				below(join(at, k), n.kids[k])
			}
		}
	}
	if d.vars != nil {
		below("vars", d.vars)
	}
	if d.phases != nil {
		below("phases", d.phases)
	}
	for i, a := range d.actions {
		if a != nil {
			below(d.ids[i], a)
		}
	}
	return all
}

// whole says which paths end in what was written, or else in the last name that is nearest to it; not found if none does.
func (e *Error) whole(name string, paths []string) (found bool) {
	ending := func(with string) (some []string) {
		for _, at := range paths {
			if strings.HasSuffix(at, "."+with) {
				some = append(some, at)
			}
		}
		return some
	}
	some := ending(name)
	if len(some) == 0 && !strings.Contains(name, ".") {
		var last []string
		for _, at := range paths {
			last = append(last, at[strings.LastIndexByte(at, '.')+1:])
		}
		if near := Nearest(name, last); near != "" {
			some = ending(near)
		}
	}
	switch len(some) {
	case 0:
		return false
	case 1:
		e.Near = some[0]
	default:
		e.among("", some)
	}
	return true
}
