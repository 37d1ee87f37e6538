// Package diff tells in what two scenarios differ, in words that a reader of reports understands, and from which moment on their
// worlds can differ by it. Titles, notes, sources, measures and assertions are no part of a world, and are left out.
package diff

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"pasar/agents/market"
	"pasar/agents/policy"
	"pasar/scenarios/load"
	"pasar/sim"
)

// A Kind says how two scenarios differ.
type Kind uint8

// The kinds.
const (
	Changed   Kind = iota
	OnlyA          // the first scenario has it, the second has not
	OnlyB          // the other way round
	Reordered      // actions of one second stand in another order; the last one wins
)

// String is the kind's name in JSON.
func (k Kind) String() string {
	return [...]string{"changed", "only in a", "only in b", "order"}[k]
}

// A Difference is one thing in which two scenarios differ.
type Difference struct {
	At   sim.Time // first moment at which the worlds can differ by it; 0: from the start; policy.Never: they do not
	Path string   // as --set takes it: params.disc.rho, fee1.commission; fee1 for a whole action
	Kind Kind
	A, B string // what it is in each, as files write it; "" where there is none
	Unit string

	names   [2]string
	entries [2]*load.Entry
	values  [2]load.Given
}

// A pair is two scenarios and what has been found.
type pair struct {
	a, b *load.Scenario
	list []Difference
}

// Of lists the differences of two scenarios by date: first those that hold from the start, last those that change no history.
// Actions are matched by id; one that does something of another kind is two differences. Branches are as drawn with the
// scenarios' seeds.
func Of(a, b *load.Scenario) []Difference {
	p := &pair{a: a, b: b}
	p.world()
	p.params()
	p.entries()
	p.order()
	p.branches()
	slices.SortStableFunc(p.list, func(x, y Difference) int { return cmp.Compare(x.At, y.At) })
	return p.list
}

func (p *pair) add(d Difference) {
	d.names = [2]string{p.a.Name, p.b.Name}
	p.list = append(p.list, d)
}

// value adds a difference of two values, if there is one.
func (p *pair) value(at sim.Time, path string, x, y load.Given) {
	if x.Text != y.Text {
		p.add(Difference{At: at, Path: path, A: x.Text, B: y.Text, Unit: cmp.Or(x.Unit, y.Unit), values: [2]load.Given{x, y}})
	}
}

// world compares the population and the period.
func (p *pair) world() {
	span := func(t sim.Time) load.Given { return load.Given{Value: policy.Span(t), Text: load.Length(t)} }
	moment := func(t sim.Time) load.Given { return load.Given{Value: policy.Date(t), Text: load.Stamp(t)} }
	last := func(t sim.Time) load.Given {
		if t%market.Day == 0 {
			t -= market.Day
		}
		return moment(t)
	}
	whole := func(n uint64) load.Given {
		return load.Given{Value: float64(n), Text: strconv.FormatUint(n, 10)}
	}
	place := func(name string) load.Given { return load.Given{Text: cmp.Or(name, "id")} }
	list := func(names []string) load.Given { return load.Given{Text: strings.Join(names, ", ")} }
	p.value(0, "market", place(p.a.Market), place(p.b.Market))
	p.value(0, "seed", whole(p.a.Seed), whole(p.b.Seed))
	p.value(0, "world.buyers", whole(uint64(p.a.Buyers)), whole(uint64(p.b.Buyers)))
	p.value(0, "world.start", moment(p.a.Start), moment(p.b.Start))
	p.value(0, "world.burn_in", span(p.a.BurnIn), span(p.b.BurnIn))
	p.value(0, "world.window", span(p.a.Window), span(p.b.Window))
	p.value(min(p.a.End, p.b.End), "world.end", last(p.a.End), last(p.b.End))
	p.value(policy.Never, "outcomes", list(p.a.Outcomes), list(p.b.Outcomes))
}

// params compares the parameters, which both scenarios have in one order.
func (p *pair) params() {
	for i, x := range p.a.Values {
		if y := p.b.Values[i]; !reflect.DeepEqual(x.Value, y.Value) {
			p.value(0, x.Path, parameter(x), parameter(y))
		}
	}
}

func parameter(v load.Value) load.Given {
	g := load.Given{Field: load.Field{Unit: v.Unit}, Value: v.Value}
	switch x := v.Value.(type) {
	case float64:
		g.Text = strconv.FormatFloat(x, 'g', -1, 64)
	case []float64:
		parts := make([]string, len(x))
		for i := range x {
			parts[i] = strconv.FormatFloat(x[i], 'g', -1, 64)
		}
		g.Text = "[" + strings.Join(parts, ", ") + "]"
	}
	return g
}

// entries compares the timelines.
func (p *pair) entries() {
	for i := range p.a.Entries {
		x := &p.a.Entries[i]
		if y := match(x, p.b); y != nil {
			p.both(x, y)
		} else {
			p.add(Difference{At: begins(x, p.a), Path: x.ID, Kind: OnlyA, A: x.Do.Doc().Name, entries: [2]*load.Entry{x, nil}})
		}
	}
	for i := range p.b.Entries {
		if y := &p.b.Entries[i]; match(y, p.a) == nil {
			p.add(Difference{At: begins(y, p.b), Path: y.ID, Kind: OnlyB, B: y.Do.Doc().Name, entries: [2]*load.Entry{nil, y}})
		}
	}
}

// match is the entry of a scenario that has the id of another and does the same kind of thing.
func match(e *load.Entry, in *load.Scenario) *load.Entry {
	i := slices.IndexFunc(in.Entries, func(x load.Entry) bool { return x.ID == e.ID && x.Do.Doc().Name == e.Do.Doc().Name })
	if i < 0 {
		return nil
	}
	return &in.Entries[i]
}

// begins is when an entry first makes a difference: on its date, or on the first day on which its condition could be asked.
func begins(e *load.Entry, s *load.Scenario) sim.Time {
	if e.If != nil {
		return s.Start
	}
	return e.When.At
}

// both compares two entries of one id and kind.
func (p *pair) both(x, y *load.Entry) {
	first := min(begins(x, p.a), begins(y, p.b))
	found := len(p.list)
	text := func(s string) load.Given { return load.Given{Text: s} }
	when := func(e *load.Entry) load.Given {
		if e.If == nil {
			return load.Given{Value: policy.Date(e.When.At), Text: load.Stamp(e.When.At)}
		}
		return text(e.Timing())
	}
	p.value(first, x.ID+".at", when(x), when(y))
	p.value(first, x.ID+".phase", text(x.Phase), text(y.Phase))
	p.ends(first, x, y)
	before, after := load.Givens(x.Do), load.Givens(y.Do)
	for _, g := range before {
		if h := given(after, g.Path); h.Path != "" {
			p.value(first, x.ID+"."+g.Path, g, h)
		}
	}
	for _, g := range fresh(before, after) {
		p.value(first, x.ID+"."+g.Path, g, load.Given{})
	}
	for _, h := range fresh(after, before) {
		p.value(first, x.ID+"."+h.Path, load.Given{}, h)
	}
	for i := range p.list[found:] {
		p.list[found+i].entries = [2]*load.Entry{x, y}
	}
}

// ends compares when two entries end. Two dated ones are alike until the earlier end.
func (p *pair) ends(first sim.Time, x, y *load.Entry) {
	key, end := ".until", func(e *load.Entry) load.Given {
		if e.When.Until != 0 && e.Exit == nil {
			return load.Given{Value: policy.Date(e.When.Until), Text: load.Stamp(e.When.Until)}
		}
		return load.Given{Text: e.Ending()}
	}
	if x.IsPhase() {
		key = ".exit"
	}
	if x.If == nil && y.If == nil && x.Exit == nil && y.Exit == nil {
		until := policy.Never
		for _, t := range []sim.Time{x.When.Until, y.When.Until} {
			if t != 0 {
				until = min(until, t)
			}
		}
		first = max(first, until)
	}
	p.value(first, x.ID+key, end(x), end(y))
}

// fresh lists the fields of tables that the other has left out: those that say something unusual, or else the first.
func fresh(all, other []load.Given) (list []load.Given) {
	for _, g := range all {
		if given(other, g.Path).Path == "" {
			list = append(list, g)
		}
	}
	if unusual := slices.DeleteFunc(slices.Clone(list), func(g load.Given) bool { return g.Text == "" || g.Usual() }); len(unusual) > 0 {
		return unusual
	}
	return list[:min(len(list), 1)]
}

// given is the field at a path, or one without a name.
func given(all []load.Given, path string) load.Given {
	i := slices.IndexFunc(all, func(g load.Given) bool { return g.Path == path })
	if i < 0 {
		return load.Given{}
	}
	return all[i]
}

// order compares the order of actions that both scenarios have in one second.
func (p *pair) order() {
	var dates []sim.Time
	groups := func(s, other *load.Scenario) map[sim.Time][]string {
		all := map[sim.Time][]string{}
		for i := range s.Entries {
			e := &s.Entries[i]
			if m := match(e, other); m != nil && e.If == nil && m.If == nil && e.When.At == m.When.At {
				all[e.When.At] = append(all[e.When.At], e.ID)
				dates = append(dates, e.When.At)
			}
		}
		return all
	}
	x, y := groups(p.a, p.b), groups(p.b, p.a)
	slices.Sort(dates)
	for _, t := range slices.Compact(dates) {
		if !slices.Equal(x[t], y[t]) {
			p.add(Difference{At: t, Path: "actions", Kind: Reordered, A: strings.Join(x[t], ", "), B: strings.Join(y[t], ", ")})
		}
	}
}

// branches compares the forks of the scenarios. What an option holds is in the timeline already, so that its name matters only to
// conditions that ask for it.
func (p *pair) branches() {
	var names []string
	for _, s := range []*load.Scenario{p.a, p.b} {
		for _, x := range s.Branches {
			if !slices.Contains(names, x.Name) {
				names = append(names, x.Name)
			}
		}
	}
	for _, name := range names {
		at, x, y := policy.Never, branch(p.a, name), branch(p.b, name)
		if x.drawn != y.drawn && (asks(p.a, name) || asks(p.b, name)) {
			at = min(p.a.Start, p.b.Start)
		}
		p.value(at, "branches."+name, load.Given{Text: x.text}, load.Given{Text: y.text})
	}
}

type fork struct{ drawn, text string }

// branch writes the option that is drawn, and the weights of all.
func branch(s *load.Scenario, name string) fork {
	for _, x := range s.Branches {
		if x.Name != name {
			continue
		}
		var odds []string
		for _, o := range x.Options {
			odds = append(odds, o.Name+" "+strconv.FormatFloat(o.Weight, 'g', -1, 64))
		}
		return fork{x.Drawn, x.Drawn + " (" + strings.Join(odds, ", ") + ")"}
	}
	return fork{}
}

// asks tells whether a condition of a scenario speaks of a name.
func asks(s *load.Scenario, name string) bool {
	return slices.ContainsFunc(s.Entries, func(e load.Entry) bool {
		return e.If != nil && e.If.When != nil && strings.Contains(e.If.When.Source, name) || e.Exit != nil && strings.Contains(e.Exit.Source, name)
	})
}
