package load

import (
	"regexp"
	"slices"
	"strings"
)

const setForm = `params.<path>=<value>, vars.<name>=<value>, branches.<name>=<option> or <action id>.<field>=<value>`

// flags are those for what stands outside the tables that --set takes. Simulated buyers are not those of params.scale.buyers, who are real.
var flags = []string{"buyers", "seed", "until"}

// override applies what the command line sets, in order: first what decides which branches are taken, then all of it.
func (p *problems) override(d *draft, sets []string, first bool) {
	for _, set := range sets {
		if first && !strings.HasPrefix(set, "vars.") && !strings.HasPrefix(set, "branches.") {
			continue
		}
		at := &node{file: "--set " + short(set)}
		name, value, ok := strings.Cut(set, "=")
		keys := strings.Split(name, ".")
		switch {
		case !ok || slices.Contains(keys, ""):
			p.at(at, "", "is not of the form path=value").Allowed = setForm
			continue
		case slices.Contains(flags, name):
			p.at(at, "", "%s is no path: it has a flag of its own, and a study a key", name).Allowed = "--" + name
			continue
		case len(keys) < 2:
			if e := p.at(at, "", "%s is not a whole path: it lacks what it stands in", quote(name)); !e.whole(name, d.paths()) {
				e.Allowed = setForm
			}
			continue
		}
		v := p.inline(at.file, value)
		if v == nil {
			continue
		}
		switch keys[0] {
		case "params":
			d.params = plant(d.params, keys[1:], v)
		case "vars":
			if len(keys) != 2 || d.vars.get(keys[1]) == nil {
				p.at(at, "", "this scenario has no such variable").among(keys[len(keys)-1], d.vars.keys)
				continue
			}
			d.vars = plant(d.vars, keys[1:], v)
		case "branches":
			if b := d.branches.get(keys[1]); len(keys) != 2 || b == nil || b.kind != table {
				p.at(at, "", "this scenario has no such branch").among(keys[1], d.branches.keys)
				continue
			}
			d.branches = plant(d.branches, []string{keys[1], "drawn"}, v)
		case "measure", "assert":
			all := map[string]**node{"measure": &d.measure, "assert": &d.assert}[keys[0]]
			if (*all).get(keys[1]) == nil {
				p.at(at, "", "there is no such entry in %s", keys[0]).among(keys[1], (*all).keys)
				continue
			}
			*all = plant(*all, keys[1:], v)
		case "phases":
			if d.phases.get(keys[1]) == nil || len(keys) != 3 {
				p.at(at, "", "this scenario has no such phase").among(keys[1], d.phases.keys)
				continue
			}
			d.phases = plant(d.phases, keys[1:], v)
		default:
			if slices.Contains(d.idle, keys[0]) { // it belongs to a branch that this run does not take
				continue
			}
			i := slices.Index(d.ids, keys[0])
			if i < 0 || d.actions[i] == nil {
				e := p.at(at, "", "this scenario has no action %s", quote(keys[0]))
				if !e.whole(name, d.paths()) {
					e.among(keys[0], append([]string{"params", "vars", "branches", "phases", "measure", "assert"}, d.ids...))
				}
				continue
			}
			if keys[1] == "id" || keys[1] == "do" {
				p.at(at, "", "the %s of an action cannot be set from outside", keys[1])
				continue
			}
			d.actions = slices.Clone(d.actions)
			a := plant(d.actions[i], keys[1:], v)
			a.date(keys[1])
			d.actions[i] = a
		}
	}
}

// dates are the keys that say when an action takes place; it has one of them.
var dateKeys = []string{"at", "after", "when"}

// date drops what another file said of when an action takes place, where a key says it now.
func (n *node) date(key string) {
	if !slices.Contains(dateKeys, key) {
		return
	}
	for _, other := range dateKeys {
		if other != key {
			n.drop(other)
		}
	}
	if key != "when" {
		for _, k := range waitKeys {
			n.drop(k)
		}
	}
}

// inline reads a value given on the command line, as YAML would.
func (p *problems) inline(file, value string) *node {
	if strings.TrimSpace(value) == "" {
		p.at(&node{file: file}, "", "has no value")
		return nil
	}
	var own problems
	n := parse(file, []byte("value: "+value), &own)
	for _, e := range own.list {
		e.Line, e.Col = 0, 0
		p.list = append(p.list, e)
	}
	if n == nil || len(n.keys) != 1 || n.get("value") == nil {
		if len(own.list) == 0 {
			p.at(&node{file: file}, "", "is not a value")
		}
		return nil
	}
	n = n.get("value")
	n.unplace()
	return n
}

func (n *node) unplace() {
	n.line, n.col, n.keyLine, n.keyCol = 0, 0, 0, 0
	for _, k := range n.kids {
		k.unplace()
	}
	for _, k := range n.items {
		k.unplace()
	}
}

// plant puts a value at a path below a table.
func plant(n *node, keys []string, v *node) *node {
	m := &node{file: v.file, kind: table, kids: map[string]*node{}}
	if n != nil && n.kind == table {
		m = copyTable(n)
	}
	if len(keys) == 1 {
		m.set(keys[0], v)
		return m
	}
	kid := plant(m.get(keys[0]), keys[1:], v)
	m.set(keys[0], kid)
	return m
}

var varUse = regexp.MustCompile(`\$\{([^}]*)\}`)

// substitute puts the values of variables in the place of ${name}.
func (p *problems) substitute(d *draft) {
	for _, name := range d.vars.keys {
		v := d.vars.kids[name]
		switch {
		case v.kind != scalar:
			p.at(v, "vars."+name, "a variable is %s, not %s", scalar, v.kind)
		case strings.Contains(v.text, "${"):
			p.at(v, "vars."+name, "a variable cannot be made of variables")
		case !varForm.MatchString(name):
			p.key(v, "vars."+name, "is not a name for a variable").Allowed = "letters, digits, _ and -"
		}
	}
	d.world = p.replace(d.world, "world", d.vars)
	d.params = p.replace(d.params, "params", d.vars)
	if d.seed != nil {
		d.seed = p.replace(d.seed, "seed", d.vars)
	}
	d.phases = p.replace(d.phases, "phases", d.vars)
	d.measure, d.assert = p.replace(d.measure, "measure", d.vars), p.replace(d.assert, "assert", d.vars)
	d.actions = slices.Clone(d.actions)
	for i, a := range d.actions {
		if a != nil {
			d.actions[i] = p.replace(a, d.ids[i], d.vars)
		}
	}
}

var varForm = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`)

func (p *problems) replace(n *node, at string, vars *node) *node {
	switch n.kind {
	case table:
		m := copyTable(n)
		for _, k := range m.keys {
			m.kids[k] = p.replace(m.kids[k], join(at, k), vars)
		}
		return m
	case list:
		m := *n
		m.items = slices.Clone(n.items)
		for i := range m.items {
			m.items[i] = p.replace(m.items[i], join(at, itoa(i)), vars)
		}
		return &m
	}
	if !strings.Contains(n.text, "${") {
		return n
	}
	m := *n
	m.text = varUse.ReplaceAllStringFunc(n.text, func(use string) string {
		name := use[2 : len(use)-1]
		v := vars.get(name)
		if v == nil || v.kind != scalar {
			if v == nil {
				p.at(n, at, "there is no variable %s", quote(name)).among(name, vars.keys)
			}
			return "0"
		}
		m.style = '$'
		if use == n.text {
			m.quoted = v.quoted
		}
		return v.text
	})
	if len(m.text) > 4096 {
		p.at(n, at, "is too long with its variables filled in")
		m.text = ""
	}
	return &m
}
