package load

import (
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"pasar/agents/market"
	"pasar/agents/policy"
	"pasar/sim"
)

// A Field is one parameter of an intervention, as its struct's tags declare it. The loader, the schema and the ODD read these.
type Field struct {
	Name, Doc, Unit string
	Type            string // number, whole number, true or false, text, date, length of time, platform, owner, party, table
	Default         string
	Min, Max        float64 // with Bounded
	Bounded         bool
	Enum            []string // allowed words
	Required        bool
	List            bool
	Fields          []Field // of a table

	index []int
	typ   reflect.Type
}

// Fields lists the parameters of an intervention, in the order of its struct.
func Fields(do policy.Intervention) []Field { return fieldsOf(reflect.TypeOf(do).Elem()) }

// tags remembers the fields of structs, which are the same each time: a study reads the same few thousands of times.
var tags sync.Map // reflect.Type to []Field

func fieldsOf(t reflect.Type) []Field {
	all, ok := tags.Load(t)
	if !ok {
		all, _ = tags.LoadOrStore(t, readTags(t))
	}
	return all.([]Field)
}

func readTags(t reflect.Type) (all []Field) {
	for i := range t.NumField() {
		sf := t.Field(i)
		if !sf.IsExported() {
			continue
		}
		tag := sf.Tag.Get("yaml")
		if tag == "-" {
			continue
		}
		if tag == ",inline" {
			for _, f := range fieldsOf(sf.Type) {
				f.index = append([]int{i}, f.index...)
				all = append(all, f)
			}
			continue
		}
		f := Field{Name: tag, Doc: sf.Tag.Get("doc"), Unit: sf.Tag.Get("unit"), Default: sf.Tag.Get("default"),
			Required: sf.Tag.Get("required") == "true", index: []int{i}, typ: sf.Type}
		if lo, hi := sf.Tag.Get("min"), sf.Tag.Get("max"); lo != "" && hi != "" {
			var err1, err2 error
			f.Min, err1 = strconv.ParseFloat(lo, 64)
			f.Max, err2 = strconv.ParseFloat(hi, 64)
			f.Bounded = err1 == nil && err2 == nil
		}
		if f.List = f.typ.Kind() == reflect.Slice; f.List || f.typ.Kind() == reflect.Pointer {
			f.typ = f.typ.Elem()
		}
		switch reflect.Zero(f.typ).Interface().(type) {
		case market.Channel:
			f.Type, f.Enum = "platform", market.ChannelKeys(market.Platforms)
		case market.OwnerID:
			f.Type, f.Enum = "owner", market.OwnerKeys()
		case policy.Party:
			f.Type, f.Enum = "party", policy.PartyKeys()
		case policy.Date:
			f.Type = "date"
		case policy.Span:
			f.Type = "length of time"
		case float64:
			f.Type = "number"
		case int:
			f.Type = "whole number"
		case bool:
			f.Type = "true or false"
		case string:
			f.Type = "text"
			if e := sf.Tag.Get("enum"); e != "" {
				f.Enum = strings.Split(e, ",")
			}
		default:
			if f.typ.Kind() != reflect.Struct {
				panic("load: field " + tag + " of " + t.Name() + " has a type that files cannot hold")
			}
			f.Type, f.Fields = "table", fieldsOf(f.typ)
		}
		all = append(all, f)
	}
	return all
}

// byName is the kind of intervention with a name, and the names of all.
func byName(name string) (policy.Intervention, []string) {
	var found policy.Intervention
	var names []string
	for _, do := range policy.All() {
		names = append(names, do.Doc().Name)
		if do.Doc().Name == name {
			found = do
		}
	}
	slices.Sort(names)
	return found, names
}

// decode fills a struct from a table and reports whether all of it could be used. also lists keys that are read elsewhere.
func (p *problems) decode(v reflect.Value, n *node, at string, also []string) bool {
	before := len(p.list)
	fields := fieldsOf(v.Type())
	names := slices.Clone(also)
	for _, f := range fields {
		names = append(names, f.Name)
	}
	var meant []string // by keys that are misspelt
	for _, k := range n.keys {
		if !slices.Contains(names, k) {
			e := p.key(n.kids[k], join(at, k), "there is no such field here")
			e.among(k, names)
			meant = append(meant, e.Near)
		}
	}
	for _, f := range fields {
		kid := n.get(f.Name)
		to := v.FieldByIndex(f.index)
		switch {
		case kid != nil:
			p.value(f, to, kid, join(at, f.Name))
		case f.Required && slices.Contains(meant, f.Name):
		case f.Required:
			e := p.at(n, join(at, f.Name), "is missing (%s)", f.Doc)
			if len(f.Enum) > 0 {
				e.among("", f.Enum)
			}
		case f.Default != "":
			f.Bounded = false
			p.value(f, to, &node{file: "default", text: f.Default}, join(at, f.Name))
		}
	}
	return len(p.list) == before
}

// value fills one field.
func (p *problems) value(f Field, to reflect.Value, n *node, at string) {
	if f.List {
		if n.kind != list {
			p.at(n, at, "must be a list, not %s", n.kind)
			return
		}
		f.List = false
		to.Set(reflect.MakeSlice(to.Type(), len(n.items), len(n.items)))
		for i, item := range n.items {
			p.value(f, to.Index(i), item, join(at, itoa(i)))
		}
		return
	}
	if f.Type == "table" {
		if n.kind != table {
			p.at(n, at, "must be a table of keys, not %s", n.kind)
			return
		}
		if to.Kind() == reflect.Pointer {
			to.Set(reflect.New(f.typ))
			to = to.Elem()
		}
		p.decode(to, n, at, nil)
		return
	}
	if n.kind != scalar {
		p.at(n, at, "must be a %s, not %s", f.Type, n.kind)
		return
	}
	if len(f.Enum) > 0 && !slices.Contains(f.Enum, n.text) {
		p.at(n, at, "%s is not one of the words allowed here", quote(n.text)).among(n.text, f.Enum)
		return
	}
	switch f.Type {
	case "platform":
		c, _ := market.ParseChannel(n.text)
		to.Set(reflect.ValueOf(c))
	case "owner":
		o, _ := market.ParseOwner(n.text)
		to.Set(reflect.ValueOf(o))
	case "party":
		q, _ := policy.ParseParty(n.text)
		to.Set(reflect.ValueOf(q))
	case "text":
		to.SetString(n.text)
	case "true or false":
		if x, ok := p.flag(n, at); ok {
			to.SetBool(x)
		}
	case "number":
		if x, ok := p.number(n, at); ok {
			if f.Bounded && (x < f.Min || x > f.Max) {
				p.at(n, at, "%s is out of bounds", show(x)).Allowed = bounds(f)
			}
			to.SetFloat(x)
		}
	case "whole number":
		if x, ok := p.whole(n, at, math.MaxInt32); ok {
			if f.Bounded && (float64(x) < f.Min || float64(x) > f.Max) {
				p.at(n, at, "%d is out of bounds", x).Allowed = bounds(f)
			}
			to.SetInt(int64(x))
		}
	case "date":
		if t, ok := parseSpan(n.text); ok {
			if to.SetInt(-int64(t)); t == 0 {
				p.at(n, at, "must be longer than nothing")
			}
		} else if t, _, ok := p.date(n, at); ok {
			to.SetInt(int64(t))
		}
	case "length of time":
		if t, ok := p.span(n, at); ok {
			to.SetInt(int64(t))
		}
	}
}

func bounds(f Field) string {
	s := show(f.Min) + " to " + show(f.Max)
	if f.Unit != "" {
		s += " (" + f.Unit + ")"
	}
	return s
}

// visit calls use for each value of a type in an intervention: all dates, for example.
func visit[T any](v reflect.Value, at string, use func(at string, x T)) {
	for _, f := range fieldsOf(v.Type()) {
		x, path := v.FieldByIndex(f.index), join(at, f.Name)
		switch {
		case f.List && f.Type == "table":
			for i := range x.Len() {
				visit(x.Index(i), join(path, itoa(i)), use)
			}
		case f.Type == "table" && x.Kind() == reflect.Pointer:
			if !x.IsNil() {
				visit(x.Elem(), path, use)
			}
		case f.Type == "table":
			visit(x, path, use)
		default:
			if y, ok := x.Interface().(T); ok {
				use(path, y)
			}
		}
	}
}

// moment is a date as the simulation's time.
func moment(d policy.Date) sim.Time { return sim.Time(d) }
