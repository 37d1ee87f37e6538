package load

import (
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"

	"pasar/agents/market"
	"pasar/scenarios"
)

// A Value is a parameter as the report lists it.
type Value struct {
	Path    string // as --set takes it: params.disc.rho
	Unit    string
	Source  string // "assumption" where there is none
	Grade   string // A, B, C, D; "none" for an assumption
	Value   any    // float64 or []float64
	Lo, Hi  float64
	Default any
	Changed bool // this scenario says otherwise than the default
}

// Defaults are the parameters as scenarios/params gives them.
func Defaults() *market.Params {
	p := &market.Params{}
	fill(p, defaults().leaves)
	return p
}

// A book of parameters: all leaves by path, in the order of market.Params.
type leafBook struct {
	order  []string
	leaves map[string]*leaf
}

var defaults = sync.OnceValue(func() *leafBook {
	var p problems
	b := readLeaves(&p)
	if len(p.list) > 0 {
		panic("load: the files of scenarios/params do not fit market.Params:\n" + p.sorted().Error())
	}
	return b
})

// readLeaves reads the files of scenarios/params and holds them against market.Params.
func readLeaves(p *problems) *leafBook {
	b := &leafBook{leaves: map[string]*leaf{}}
	given := &node{kind: table, kids: map[string]*node{}}
	for _, name := range paramFiles() {
		file := "scenarios/params/" + name
		data, err := scenarios.Files.ReadFile("params/" + name)
		if err != nil {
			panic(err)
		}
		n := parse(file, data, p)
		if n == nil {
			continue
		}
		for _, k := range n.keys {
			if given.get(k) != nil {
				p.key(n.kids[k], k, "is in two files")
			}
			given.set(k, n.kids[k])
		}
	}
	known := map[string][]string{}
	walk(reflect.ValueOf(&market.Params{}).Elem(), "", known, func(at string, v reflect.Value) {
		l := &leaf{Value: Value{Path: "params." + at}}
		if v.Kind() == reflect.Array {
			l.len = v.Len()
		}
		b.order = append(b.order, at)
		b.leaves[at] = l
	})
	b.read(given, "", known, p, func(at string, l *leaf, n *node) {
		if n.kind != table {
			p.at(n, at, "a default is written {value: , unit: , range: [ , ], source: , grade: }")
			return
		}
		for _, k := range []string{"value", "unit", "range", "source", "grade"} {
			if n.get(k) == nil {
				p.at(n, at, "has no %s", k)
			}
		}
		l.Unit = text(n.get("unit"))
		l.take(n, at, p)
		l.Default = l.Value.Value
	})
	for _, at := range b.order {
		if b.leaves[at].node == nil {
			p.add(Error{File: "scenarios/params", Path: at, What: "is missing"})
		}
	}
	return b
}

// paramFiles lists the files of parameters; others in that folder hold what is computed from them.
func paramFiles() []string {
	entries, err := scenarios.Files.ReadDir("params")
	if err != nil {
		panic(err)
	}
	var names []string
	for _, e := range entries {
		if n := e.Name(); path.Ext(n) == ".yaml" && n != "delta.yaml" && n != "calibrated.yaml" && !slices.Contains(markets, strings.TrimSuffix(n, ".yaml")) {
			names = append(names, n)
		}
	}
	return names
}

// walk visits the parameters in the order of the struct. known gets the names below each path.
func walk(v reflect.Value, at string, known map[string][]string, visit func(string, reflect.Value)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			name := v.Type().Field(i).Tag.Get("yaml")
			known[at] = append(known[at], name)
			walk(v.Field(i), join(at, name), known, visit)
		}
	case reflect.Array:
		names := rowNames(v, at)
		if names == nil {
			visit(at, v)
			return
		}
		known[at] = names
		for i, name := range names {
			walk(v.Index(i), join(at, name), known, visit)
		}
	case reflect.Float64:
		visit(at, v)
	default:
		panic("load: market.Params has a field of an unknown type at " + at)
	}
}

// rowNames are the keys of a table's rows; nil for a plain list of numbers.
func rowNames(v reflect.Value, at string) []string {
	switch v.Interface().(type) {
	case [market.Categories]market.Goods:
		return market.CategoryKeys()
	case [market.Direct]market.Venue:
		return market.ChannelKeys(market.Direct)
	case [market.Channels]market.Intent:
		return market.ChannelKeys(market.Channels)
	case [market.Tiers]float64:
		if at == "creator.port" {
			names := make([]string, market.Tiers)
			for t := range market.Tiers {
				names[t] = t.String()
			}
			return names
		}
	}
	return nil
}

// read walks a tree of parameters and hands over the leaves that it gives.
func (b *leafBook) read(n *node, at string, known map[string][]string, p *problems, use func(string, *leaf, *node)) {
	if l := b.leaves[at]; l != nil {
		use(at, l, n)
		return
	}
	if n.kind != table {
		p.at(n, join("params", at), "is a group of parameters, not %s", n.kind).among("", known[at])
		return
	}
	for _, k := range n.keys {
		if !slices.Contains(known[at], k) {
			p.key(n.kids[k], join(join("params", at), k), "there is no such parameter").among(k, known[at])
			continue
		}
		b.read(n.kids[k], join(at, k), known, p, use)
	}
}

// fill writes the values of leaves into the parameters.
func fill(p *market.Params, leaves map[string]*leaf) {
	walk(reflect.ValueOf(p).Elem(), "", map[string][]string{}, func(at string, v reflect.Value) {
		switch x := leaves[at].Value.Value.(type) {
		case float64:
			v.SetFloat(x)
		case []float64:
			for i := range x {
				v.Index(i).SetFloat(x[i])
			}
		}
	})
}

// changed reads what a scenario says about parameters, over a copy of the defaults.
func changed(over *node, p *problems) *leafBook {
	b := &leafBook{order: defaults().order, leaves: map[string]*leaf{}}
	for at, l := range defaults().leaves {
		c := *l
		b.leaves[at] = &c
	}
	if over == nil {
		return b
	}
	known := map[string][]string{}
	walk(reflect.ValueOf(&market.Params{}).Elem(), "", known, func(string, reflect.Value) {})
	b.read(over, "", known, p, func(at string, l *leaf, n *node) {
		l.Source, l.Grade = "this scenario", "none"
		l.take(n, "params."+at, p)
		l.Changed = !reflect.DeepEqual(l.Value.Value, l.Default)
		if !l.Changed && n.get("source") == nil {
			l.Source, l.Grade = defaults().leaves[at].Source, defaults().leaves[at].Grade
		}
	})
	return b
}

// values lists the parameters for the report.
func (b *leafBook) values() []Value {
	all := make([]Value, len(b.order))
	for i, at := range b.order {
		all[i] = b.leaves[at].Value
	}
	return all
}

// num is the value of a parameter that is one number.
func (b *leafBook) num(at string) float64 {
	x, _ := b.leaves[at].Value.Value.(float64)
	return x
}

// under lists the parameters whose path fits a pattern with one *: category.*.needs.
func (b *leafBook) under(pattern string) []*leaf {
	before, after, _ := strings.Cut(pattern, "*")
	var found []*leaf
	for _, at := range b.order {
		if strings.HasPrefix(at, before) && strings.HasSuffix(at, after) && !strings.Contains(at[len(before):len(at)-len(after)], ".") {
			found = append(found, b.leaves[at])
		}
	}
	return found
}
