package load

import (
	"regexp"
	"slices"
	"strings"
)

// A draft is a scenario put together from its files, before anything in it is read.
type draft struct {
	top     *node // the file itself
	name    *node
	title   *node
	info    *node
	seed    *node
	world   *node
	vars    *node
	params  *node
	out     *node
	market  *node   // nil: Indonesia
	actions []*node // tables, in order
	ids     []string
	phases  *node
	measure *node
	assert  *node

	branches *node
	taken    []Branch // what was drawn
	idle     []string // ids of actions in branches that are not taken
}

var topKeys = []string{"scenario", "title", "info", "extends", "include", "vars", "world", "seed", "params", "actions", "remove", "outcomes", "phases", "branches", "measure", "assert", "market"}

// Bounds on what a file may name.
const (
	maxFiles   = 16 // that build on one another
	maxActions = 1000
)

// gather reads a file and those it builds on.
func (p *problems) gather(src source, data []byte, chain []string) *draft {
	n := parse(src.file, data, p)
	if n == nil {
		return nil
	}
	d := &draft{top: n, world: empty(n), vars: empty(n), params: empty(n), phases: empty(n), branches: empty(n), measure: empty(n), assert: empty(n)}
	for _, k := range n.keys {
		if !slices.Contains(topKeys, k) {
			p.key(n.kids[k], k, "there is no such key in a scenario").among(k, topKeys)
		}
	}
	chain = append(chain, src.file)
	if e := n.get("extends"); e != nil {
		if base := p.other(src, e, "extends", chain); base != nil {
			d.world, d.vars, d.params, d.seed, d.out = base.world, base.vars, base.params, base.seed, base.out
			d.actions, d.ids, d.market = base.actions, base.ids, base.market
			d.phases, d.branches, d.measure = base.phases, base.branches, base.measure // what it asserts is said of itself alone
		}
	}
	if inc := n.get("include"); inc != nil {
		items := inc.items
		if inc.kind == scalar {
			items = []*node{inc}
		} else if inc.kind == table {
			p.at(inc, "include", "must be a name or a list of names")
		}
		for _, item := range items {
			if part := p.other(src, item, "include", chain); part != nil {
				d.world, d.vars, d.params = merge(d.world, part.world), merge(d.vars, part.vars), merge(d.params, part.params)
				d.phases, d.branches = merge(d.phases, part.phases), merge(d.branches, part.branches)
				d.measure, d.assert = merge(d.measure, part.measure), merge(d.assert, part.assert)
				for i, a := range part.actions {
					d.put(part.ids[i], a)
				}
			}
		}
	}
	p.overlay(d, n)
	return d
}

func empty(at *node) *node {
	return &node{file: at.file, line: at.line, col: at.col, kind: table, kids: map[string]*node{}}
}

// other reads a file that a file refers to.
func (p *problems) other(src source, ref *node, key string, chain []string) *draft {
	if ref.kind != scalar {
		p.at(ref, key, "must be the name of a scenario, not %s", ref.kind)
		return nil
	}
	next, data, ok := p.open(src, ref, key)
	if !ok {
		return nil
	}
	if slices.Contains(chain, next.file) {
		p.at(ref, key, "%s builds on itself: %s", quote(ref.text), strings.Join(append(chain, next.file), " > "))
		return nil
	}
	if len(chain) >= maxFiles {
		p.at(ref, key, "more than %d files build on one another", maxFiles)
		return nil
	}
	return p.gather(next, data, slices.Clone(chain))
}

// overlay puts a file's own keys over what it builds on.
func (p *problems) overlay(d *draft, n *node) {
	d.name, d.title, d.info = n.get("scenario"), n.get("title"), n.get("info")
	if m := n.get("market"); m != nil {
		p.market(d, m)
	}
	if s := n.get("seed"); s != nil {
		d.seed = s
	}
	if o := n.get("outcomes"); o != nil {
		d.out = o
	}
	p.tables(d, n, "world", "branches")
	p.layer(d, n)
}

// tables merges the tables of some keys into the draft.
func (p *problems) tables(d *draft, n *node, keys ...string) {
	to := map[string]**node{"world": &d.world, "branches": &d.branches, "vars": &d.vars, "params": &d.params, "phases": &d.phases, "measure": &d.measure, "assert": &d.assert}
	for _, key := range keys {
		v := n.get(key)
		switch {
		case v == nil:
		case v.kind != table:
			p.at(v, key, "must be a table of keys, not %s", v.kind)
		default:
			*to[key] = merge(*to[key], v)
		}
	}
}

// layer puts over the draft what a file, or an option of a branch, changes in its world: all but the names and the dates of the run.
func (p *problems) layer(d *draft, n *node) {
	if r := n.get("remove"); r != nil {
		p.remove(d, r)
	}
	mine := map[string]int{}
	if a := n.get("actions"); a != nil {
		p.take(d, a, "actions", mine)
	}
	if all := n.get("phases"); all != nil && all.kind == table {
		for _, name := range all.keys {
			ph := all.kids[name]
			a := ph.get("actions")
			if a == nil {
				continue
			}
			for i, act := range a.items {
				if act.kind == table {
					act = copyTable(act)
					act.set("phase", &node{file: act.file, line: act.line, col: act.col, text: name})
					a.items[i] = act
				}
			}
			p.take(d, a, join(join("phases", name), "actions"), mine)
			ph.drop("actions")
		}
	}
	p.tables(d, n, "vars", "params", "phases", "measure", "assert")
}

// take puts a list of actions over those of the draft. mine holds the lines of those of the same file.
func (p *problems) take(d *draft, a *node, path string, mine map[string]int) {
	if a.kind != list {
		p.at(a, path, "must be a list of actions, each with - at its beginning, not %s", a.kind)
		return
	}
	if len(a.items) > maxActions {
		p.at(a, path, "%d actions are too many", len(a.items)).Allowed = "up to " + itoa(maxActions)
		return
	}
	for i, act := range a.items {
		at := join(path, itoa(i))
		if act.kind != table {
			p.at(act, at, "an action is a table such as {id: close, do: close_checkout, ...}, not %s", act.kind)
			continue
		}
		id := act.get("id")
		switch {
		case id == nil:
			p.at(act, at, "has no id; every action has a short name of its own")
			continue
		case id.kind != scalar || !idForm.MatchString(id.text) || slices.Contains(topKeys, id.text):
			p.at(id, at+".id", "%s is not a name for an action", quote(text(id))).Allowed = "small letters, digits and -, beginning with a letter, not a key such as params"
			continue
		case mine[id.text] > 0:
			p.at(id, id.text, "two actions have this id; the first is on line %d", mine[id.text])
			continue
		}
		mine[id.text] = id.line
		if !slices.Contains(d.ids, id.text) && act.get("do") == nil {
			e := p.at(act, id.text, "does not say what to do, and no action of this id is inherited")
			if _, all := byName(""); Nearest(id.text, d.ids) == "" {
				e.among("", all)
			} else {
				e.Near = Nearest(id.text, d.ids)
			}
			d.put(id.text, nil)
			continue
		}
		d.put(id.text, act)
	}
}

var idForm = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,39}$`)

// put adds an action, or puts its fields over those of the inherited action with its id. An action of another kind takes its
// place whole. nil keeps a name known whose action cannot be used.
func (d *draft) put(id string, act *node) {
	i := slices.Index(d.ids, id)
	if i < 0 {
		d.ids, d.actions = append(slices.Clip(d.ids), id), append(slices.Clip(d.actions), act)
		return
	}
	d.actions = slices.Clone(d.actions)
	old := d.actions[i]
	if act == nil || old == nil || act.get("do") != nil && text(act.get("do")) != text(old.get("do")) {
		d.actions[i] = act
		return
	}
	old = copyTable(old)
	for _, key := range dateKeys {
		if act.get(key) != nil {
			old.date(key)
		}
	}
	d.actions[i] = merge(old, act)
}

func (p *problems) remove(d *draft, r *node) {
	if r.kind != list {
		p.at(r, "remove", "must be a list of ids, such as [fee2]")
		return
	}
	for i, item := range r.items {
		at := slices.Index(d.ids, text(item))
		if item.kind != scalar || at < 0 {
			p.at(item, join("remove", itoa(i)), "no action %s is inherited", quote(text(item))).among(text(item), d.ids)
			continue
		}
		d.ids = slices.Delete(slices.Clone(d.ids), at, at+1)
		d.actions = slices.Delete(slices.Clone(d.actions), at, at+1)
	}
}

// merge puts one table over another. A parameter with its value, source and range is replaced whole.
func merge(base, over *node) *node {
	if base.kind != table || over.kind != table || base.get("value") != nil || over.get("value") != nil {
		return over
	}
	m := copyTable(base)
	m.file, m.line, m.col, m.keyLine, m.keyCol = over.file, over.line, over.col, over.keyLine, over.keyCol
	for _, k := range over.keys {
		v := over.kids[k]
		if b := m.get(k); b != nil {
			v = merge(b, v)
		}
		m.set(k, v)
	}
	return m
}

func copyTable(n *node) *node {
	m := *n
	m.keys, m.kids = slices.Clone(n.keys), make(map[string]*node, len(n.kids))
	for k, v := range n.kids {
		m.kids[k] = v
	}
	return &m
}

func (n *node) drop(key string) {
	if n.kids[key] != nil {
		delete(n.kids, key)
		n.keys = slices.DeleteFunc(n.keys, func(k string) bool { return k == key })
	}
}
