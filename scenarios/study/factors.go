package study

import (
	"cmp"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pasar/scenarios/design"
	"pasar/scenarios/load"
)

// A factorFile is a factor as files write it. Its values, its centre and the worlds it is in are read apart.
type factorFile struct {
	Path         string        `yaml:"path" doc:"what it sets, as --set takes it: params.disc.rho, vars.x, <action id>.<field>" required:"true"`
	Label        string        `yaml:"label" doc:"what it is, for tables and figures [its name]"`
	LabelID      string        `yaml:"label_id" doc:"the same in Indonesian [label]"`
	Range        []float64     `yaml:"range" doc:"least and largest value, all between equally likely"`
	Distribution *distribution `yaml:"distribution" doc:"its probability law, instead of a range"`
	Levels       int           `yaml:"levels" doc:"levels of a range or a distribution in a grid, both ends included" min:"1" max:"100000"`
	Shares       string        `yaml:"shares" doc:"where it is one of shares that sum to one, all of them, such as params.intent.*.share; the others give way in proportion"`
	In           []string      `yaml:"in" doc:"the scenarios in which it is set [all]"`
}

// A distribution is one law.
type distribution struct {
	Uniform    *design.Uniform    `yaml:"uniform" doc:"all values equally likely"`
	LogUniform *design.LogUniform `yaml:"loguniform" doc:"all doublings equally likely"`
	Triangular *design.Triangular `yaml:"triangular" doc:"likeliest at its mode"`
	Normal     *design.Normal     `yaml:"normal" doc:"normal, cut off at both ends"`
	Beta       *design.Beta       `yaml:"beta" doc:"beta, from min to max"`
}

// law is the one law that is given; nil if there is none or more than one.
func (d *distribution) law() (only design.Law) {
	all := []design.Law{}
	if d.Uniform != nil {
		all = append(all, d.Uniform)
	}
	if d.LogUniform != nil {
		all = append(all, d.LogUniform)
	}
	if d.Triangular != nil {
		all = append(all, d.Triangular)
	}
	if d.Normal != nil {
		all = append(all, d.Normal)
	}
	if d.Beta != nil {
		all = append(all, d.Beta)
	}
	if len(all) != 1 {
		return nil
	}
	return all[0]
}

var (
	factorForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	pathForm   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)+$`)
	digits     = regexp.MustCompile(`^[-+.]*[0-9]`)
)

// reserved are columns of the results that a factor cannot be called by.
var reserved = []string{"study", "point", "replication", "seed", "scenario", "status", "error", "outcome", "value", "unit"}

// factors reads what varies.
func (r *reader) factors() {
	n := r.top.Get("factors")
	switch {
	case n == nil:
		r.At(r.top, "factors", "is missing: what varies, such as {rho: {path: params.disc.rho, range: [.2, .8]}}")
		return
	case !n.IsTable() || len(n.Keys()) == 0:
		r.At(n, "factors", "must be a table of factors, such as {rho: {path: params.disc.rho, range: [.2, .8]}}")
		return
	case len(n.Keys()) > design.MostFactors:
		r.At(n, "factors", "%d factors are too many", len(n.Keys())).Allowed = "up to " + strconv.Itoa(design.MostFactors)
		return
	}
	for _, name := range n.Keys() {
		v, at := n.Get(name), "factors."+name
		if !factorForm.MatchString(name) || slices.Contains(reserved, name) {
			r.Key(v, at, "%q is not a name for a factor", name).Allowed = "small letters, digits and _, not a column of the results such as seed"
			continue
		}
		f, ok := r.factor(name, v, at)
		if !ok {
			continue
		}
		if i := slices.IndexFunc(r.s.Factors, func(g Factor) bool { return g.owns(f.Path) || f.owns(g.Path) }); i >= 0 {
			r.At(v.Get("path"), at+".path", "%s is set by the factor %s already", f.Path, r.s.Factors[i].Name)
			continue
		}
		for _, s := range r.sets {
			if p, _, _ := strings.Cut(s.text, "="); f.owns(p) {
				r.At(s.node, s.path, "the factor %s sets %s at each point", name, p)
			}
		}
		r.s.Factors = append(r.s.Factors, f)
	}
}

// factor reads one.
func (r *reader) factor(name string, n *load.Node, at string) (f Factor, ok bool) {
	before := r.Count()
	var x factorFile
	if !n.IsTable() {
		r.At(n, at, "must be a table such as {path: params.disc.rho, range: [.2, .8]}, not %s", n.What())
		return f, false
	}
	r.Decode(&x, n, at, "values", "centre")
	f = Factor{Name: name, Path: x.Path, Label: x.Label, LabelID: cmp.Or(x.LabelID, x.Label), Levels: x.Levels, Shares: x.Shares, place: n}
	if x.Path != "" && !pathForm.MatchString(x.Path) {
		r.At(n.Get("path"), at+".path", "%q is not a path", x.Path).Allowed = "params.<path>, vars.<name>, <action id>.<field>"
	}
	given := 0
	for _, key := range []string{"range", "distribution", "values"} {
		if v := n.Get(key); v != nil {
			if given++; given > 1 {
				r.At(v, at+"."+key, "a factor has one of range, distribution and values")
			}
		}
	}
	if v := n.Get("range"); v != nil && r.Count() == before {
		if len(x.Range) != 2 || x.Range[0] >= x.Range[1] {
			r.At(v, at+".range", "must be two numbers, the least first").Allowed = "such as [.2, .8]"
		} else {
			f.Law = &design.Uniform{Min: x.Range[0], Max: x.Range[1]}
		}
	}
	if v := n.Get("distribution"); v != nil && r.Count() == before {
		f.Law = r.law(x.Distribution, v, at+".distribution")
	}
	if v := n.Get("values"); v != nil {
		f.Values = r.values(v, at+".values")
	}
	if v := n.Get("centre"); v != nil {
		f.Centre, _ = r.value(v, at+".centre")
	}
	r.in(&f, n, at)
	if r.Count() == before {
		r.known(&f, n, at)
	}
	if v := n.Get("shares"); v != nil && r.Count() == before {
		r.shares(&f, v, at+".shares")
	}
	return f, r.Count() == before
}

// in finds the worlds that the factor is set in.
func (r *reader) in(f *Factor, n *load.Node, at string) {
	f.In = make([]bool, len(r.s.Worlds))
	list := n.Get("in")
	if !list.IsList() {
		for i := range f.In {
			f.In[i] = true
		}
		return
	}
	var names []string
	for _, w := range r.s.Worlds {
		names = append(names, w.Name)
	}
	for i, item := range list.Items() {
		w := slices.Index(names, item.Text())
		if w < 0 {
			r.At(item, at+".in."+strconv.Itoa(i), "%q is not one of the scenarios of this study", item.Text()).Among(item.Text(), names)
			continue
		}
		f.In[w] = true
	}
	if len(list.Items()) == 0 {
		r.At(list, at+".in", "names no scenario; leave it out for all")
	}
}

// law is the law that is given.
func (r *reader) law(d *distribution, n *load.Node, at string) design.Law {
	l := d.law()
	if l == nil {
		r.At(n, at, "must be one law, such as {uniform: {min: 0, max: 1}}").Allowed = "uniform, loguniform, triangular, normal, beta"
		return nil
	}
	if err := l.Check(); err != nil {
		name := n.Keys()[0]
		r.remark(err, n.Get(name), at+"."+name)
		return nil
	}
	return l
}

// remark reports what a design or a law says of one of its settings.
func (r *reader) remark(err error, n *load.Node, at string) {
	var s *design.SettingError
	if !errors.As(err, &s) {
		r.At(n, at, "%v", err)
		return
	}
	if v := n.Get(s.Setting); v != nil {
		n = v
	}
	r.At(n, at+"."+s.Setting, "%s", s.What).Allowed = s.Allowed
}

// values reads a list of values.
func (r *reader) values(n *load.Node, at string) (all []Value) {
	if !n.IsList() || len(n.Items()) == 0 {
		r.At(n, at, "must be a list of values, such as [.1, .2, .3]")
		return nil
	}
	for i, item := range n.Items() {
		if v, ok := r.value(item, at+"."+strconv.Itoa(i)); ok {
			all = append(all, v)
		}
	}
	return all
}

// value reads a number or a word.
func (r *reader) value(n *load.Node, at string) (v Value, ok bool) {
	switch {
	case !n.Single() || n.Text() == "":
		r.At(n, at, "must be a number or a word, not %s", n.What())
		return v, false
	case !n.Quoted() && digits.MatchString(n.Text()):
		if x, err := strconv.ParseFloat(n.Text(), 64); err == nil || errors.Is(err, strconv.ErrRange) {
			x, ok = r.Number(n, at)
			return number(x), ok
		}
	}
	return word(n.Text()), true // a date, a length of time, an option
}
