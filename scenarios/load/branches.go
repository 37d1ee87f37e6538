package load

import (
	"hash/fnv"
	"slices"

	"pasar/agents/market"
	"pasar/sim"
)

// A Branch is a fork of a scenario: each run takes one of its options, by one draw that belongs to the seed and the branch's name.
type Branch struct {
	Name    string
	Drawn   string
	Options []Option
}

// An Option of a branch is drawn with a probability in proportion to its weight.
type Option struct {
	Name   string
	Weight float64
	Holds  []string // ids of its actions and phases, if it is not drawn: conditions may name them
}

// Keys of an option: what it changes.
var optionKeys = []string{"weight", "actions", "remove", "phases", "params", "vars", "measure", "assert", "holds"}

// branches draws from each branch, in the order of the file, and puts what the option changes over the draft.
func (p *problems) branches(s *Scenario, d *draft, o Overrides) {
	if len(d.branches.keys) == 0 {
		return
	}
	d.branches = p.replace(d.branches, "branches", d.vars)
	if d.seed != nil {
		d.seed = p.replace(d.seed, "seed", d.vars)
	}
	seed := &Scenario{}
	before := len(p.list)
	p.readSeed(seed, d, o)
	p.list = p.list[:before] // told later, with the size of the run
	for _, name := range d.branches.keys {
		b := p.branch(d, name)
		if b == nil {
			continue
		}
		if b.Drawn == "" {
			b.Drawn = b.draw(seed.Seed)
		}
		p.layer(d, d.branches.kids[name].get(b.Drawn))
		d.taken = append(d.taken, *b)
	}
	others := slices.Concat(d.ids, d.phases.keys)
	for _, b := range d.taken {
		for i := range b.Options {
			if x := &b.Options[i]; x.Name != b.Drawn {
				x.Holds = holds(d.branches.kids[b.Name].get(x.Name), others)
				d.idle = append(d.idle, x.Holds...)
			}
		}
	}
	s.Branches = d.taken
}

// holds lists the ids in an option that nothing else has, so that conditions and --set may name them whatever is drawn.
func holds(n *node, others []string) (ids []string) {
	note := func(id string) {
		if idForm.MatchString(id) && !slices.Contains(others, id) && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	lists := []*node{n.get("actions")}
	if all := n.get("phases"); all != nil && all.kind == table {
		for _, name := range all.keys {
			note(name)
			lists = append(lists, all.kids[name].get("actions"))
		}
	}
	for _, l := range lists {
		if l != nil {
			for _, a := range l.items {
				note(text(a.get("id")))
			}
		}
	}
	if l := n.get("holds"); l != nil {
		for _, a := range l.items {
			note(text(a))
		}
	}
	return ids
}

// branch reads the options of a branch.
func (p *problems) branch(d *draft, name string) *Branch {
	n, path := d.branches.kids[name], join("branches", name)
	switch {
	case n.kind != table:
		p.at(n, path, "must be a table of options, each with a weight and what it changes, not %s", n.kind)
		return nil
	case !idForm.MatchString(name) || slices.Contains(topKeys, name):
		p.key(n, path, "%s is not a name for a branch", quote(name)).Allowed = "small letters, digits and -, beginning with a letter"
		return nil
	}
	b := &Branch{Name: name}
	before, sum := len(p.list), 0.0
	var names []string
	for _, k := range n.keys {
		v, at := n.kids[k], join(path, k)
		if k == "drawn" {
			continue
		}
		if v.kind != table || !idForm.MatchString(k) {
			p.at(v, at, "must be an option such as {weight: 2, actions: [...]}, with a name of small letters, digits and -")
			continue
		}
		x := Option{Name: k, Weight: 1}
		for _, key := range v.keys {
			if !slices.Contains(optionKeys, key) {
				p.key(v.kids[key], join(at, key), "does not belong to an option of a branch").among(key, optionKeys)
			}
		}
		if w := v.get("weight"); w != nil {
			if weight, ok := p.number(w, join(at, "weight")); ok {
				if x.Weight = weight; weight < 0 || weight > 1e9 {
					p.at(w, join(at, "weight"), "%s is not a weight", show(weight)).Allowed = "0 to 1000000000"
				}
			}
		}
		if l := v.get("holds"); l != nil && l.kind != list {
			p.at(l, join(at, "holds"), "must be a list of ids, not %s", l.kind)
		}
		sum += x.Weight
		names = append(names, k)
		b.Options = append(b.Options, x)
	}
	if drawn := n.get("drawn"); drawn != nil {
		if b.Drawn = text(drawn); !slices.Contains(names, b.Drawn) {
			p.at(drawn, join(path, "drawn"), "the branch has no option %s", quote(b.Drawn)).among(b.Drawn, names)
		}
	}
	if len(p.list) > before {
		return nil
	}
	if sum <= 0 && b.Drawn == "" {
		p.key(n, path, "the weights of the options sum to %s; at least one must be above 0", show(sum))
		return nil
	}
	return b
}

// draw takes an option by the luck of a seed.
func (b *Branch) draw(seed uint64) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(b.Name))
	sum := 0.0
	for _, x := range b.Options {
		sum += x.Weight
	}
	l := sim.NewLuck(seed, market.LotBranch, 0, h.Sum32(), 0)
	left := float64(l.U(0) * sum)
	last := ""
	for _, x := range b.Options {
		if x.Weight == 0 {
			continue
		}
		last = x.Name
		if left -= x.Weight; left < 0 {
			break
		}
	}
	return last
}
