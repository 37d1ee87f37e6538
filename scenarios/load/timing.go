package load

import (
	"reflect"
	"slices"

	"pasar/agents/market"
	"pasar/agents/policy"
	"pasar/scenarios/cond"
	"pasar/sim"
)

// Keys that belong to when.
var waitKeys = []string{"for", "once", "cooldown", "probability", "delay"}

// A Timing says how the run itself decides when an entry happens (§9.2): by a condition that the Desk evaluates once a day, at
// 02:00, when the day before is closed; or some time after another entry of this kind.
type Timing struct {
	When        *cond.Expr
	For         sim.Time // how long the condition must have held, evaluation by evaluation; whole days
	Once        bool
	Cooldown    sim.Time // from one happening to the next
	Probability float64  // with which it happens; one draw for each stretch of days on which the condition holds
	Delay       sim.Time // from the decision, above the hour that all need to hear of it
	Until       sim.Time // how long it lasts; 0: for good, or to When.Until of the entry

	After string // id of the entry that it follows
	Later sim.Time
}

// own tells whether a key of an action is a field of its intervention, whatever it means elsewhere.
func own(a *action, key string) bool {
	return a.e.Do != nil && slices.ContainsFunc(Fields(a.e.Do), func(f Field) bool { return f.Name == key })
}

// noWaiting refuses what belongs to when in an action that has none.
func (p *problems) noWaiting(a *action) {
	for _, key := range waitKeys {
		if n := a.n.get(key); n != nil && !own(a, key) {
			p.key(n, join(a.e.ID, key), "%s belongs to a condition, and this action has no when", key)
		}
	}
}

// when reads a condition and what goes with it.
func (p *problems) when(a *action, c *calendar) {
	before := len(p.list)
	t := &Timing{Once: true, Probability: 1}
	t.When = p.expr(a.n.get("when"), join(a.e.ID, "when"), cond.Truth, c.names)
	for _, key := range waitKeys {
		n, path := a.n.get(key), join(a.e.ID, key)
		if n == nil || own(a, key) {
			continue
		}
		switch key {
		case "once":
			t.Once, _ = p.flag(n, path)
		case "probability":
			if x, ok := p.number(n, path); ok {
				if t.Probability = x; x <= 0 || x > 1 {
					p.at(n, path, "%s is not a probability above 0", show(x)).Allowed = "above 0, up to 1"
				}
			}
		case "delay":
			if x, ok := p.span(n, path); ok {
				if t.Delay = x; x%c.s.Window != 0 {
					p.at(n, path, "%s is not a multiple of the window of %s", spanText(x), spanText(c.s.Window))
				}
			}
		default:
			x, ok := p.span(n, path)
			if ok && (x%market.Day != 0 || x < market.Day || x > longest) {
				p.at(n, path, "must be whole days, since conditions are evaluated once a day").Allowed = "1d or more"
			}
			if key == "for" {
				t.For = x
			} else {
				t.Cooldown = x
			}
		}
	}
	if once := a.n.get("once"); once != nil && !own(a, "once") && !t.Once && t.Cooldown == 0 {
		p.at(once, join(a.e.ID, "once"), "what may happen again needs a cooldown, the least time from one happening to the next").Allowed = "cooldown: 30d"
	}
	if cool := a.n.get("cooldown"); cool != nil && !own(a, "cooldown") && t.Once {
		p.key(cool, join(a.e.ID, "cooldown"), "it happens once; with a cooldown goes once: false")
	}
	if len(p.list) > before {
		return
	}
	a.e.If = t
	a.first = c.s.Start + max(t.For, market.Day) + 2*market.Hour + market.Hour + t.Delay
}

// expr reads an expression; what is wrong in it is told where it stands.
func (p *problems) expr(n *node, path string, want cond.Type, names cond.Names) *cond.Expr {
	if n.kind != scalar {
		p.at(n, path, "must be an expression, not %s", n.kind)
		return nil
	}
	e, err := cond.Compile(n.text, want, names)
	if err == nil {
		return e
	}
	at := *n
	what := err.What
	switch n.style {
	case 0:
		at.col += len([]rune(n.text[:err.At]))
	case '"', '\'':
		at.col += 1 + len([]rune(n.text[:err.At]))
		for _, c := range n.text[:err.At] { // written with a sign before each
			if byte(c) == n.style || n.style == '"' && c == '\\' {
				at.col++
			}
		}
	default:
		what = "at character " + itoa(err.At+1) + ": " + what
	}
	if n.line == 0 {
		at.col = 0
	}
	told := p.at(&at, path, "%s", what)
	if len(err.Among) > 0 {
		told.among(err.Got, err.Among)
	}
	return nil
}

// names are what expressions may refer to.
func (p *problems) names(d *draft, list []*action) (names cond.Names) {
	for _, a := range list {
		names = append(names, a.e.ID)
	}
	for _, b := range d.taken {
		names = append(names, b.Name)
	}
	names = append(names, d.idle...) // what no branch of this run holds never happens
	slices.Sort(names)
	return slices.Compact(names)
}

// Waits says in the words of the file what an entry waits for.
func (e *Entry) Waits() string {
	switch t := e.If; {
	case t == nil:
		return ""
	case t.When != nil && t.For > 0:
		return "when " + t.When.Source + " for " + spanText(t.For)
	case t.When != nil:
		return "when " + t.When.Source
	case t.Later > 0:
		return "after " + t.After + " + " + spanText(t.Later)
	}
	return "with " + e.If.After
}

// relative turns the dates of an intervention that are written as lengths of time into moments, if it is known when they count
// from; what has no date of its own cannot have dates.
func (p *problems) relative(a *action) {
	if !a.whole {
		return
	}
	if a.dated {
		a.e.Do = resolved(a.e.Do, a.e.When.At)
		return
	}
	visit(reflect.ValueOf(a.e.Do).Elem(), "", func(field string, t policy.Date) {
		if t > 0 {
			e := p.at(or(a.n.find(field), a.n), join(a.e.ID, field), "is a date, but the run decides when this begins; say how long after that")
			e.Allowed = "a length of time, such as 14d"
		}
	})
}

// resolved is an intervention that begins at a moment, with its dates as moments.
func resolved(do policy.Intervention, at sim.Time) policy.Intervention {
	late := false
	visit(reflect.ValueOf(do).Elem(), "", func(_ string, t policy.Date) { late = late || t < 0 })
	if !late {
		return do
	}
	v := reflect.New(reflect.TypeOf(do).Elem())
	v.Elem().Set(reflect.ValueOf(do).Elem())
	fix(v.Elem(), at)
	return v.Interface().(policy.Intervention)
}

// fix turns relative dates into moments, in copies of what a struct points to.
func fix(v reflect.Value, at sim.Time) {
	for _, f := range fieldsOf(v.Type()) {
		x := v.FieldByIndex(f.index)
		switch {
		case f.List && f.Type == "table":
			list := reflect.MakeSlice(x.Type(), x.Len(), x.Len())
			reflect.Copy(list, x)
			for i := range x.Len() {
				fix(list.Index(i), at)
			}
			x.Set(list)
		case f.Type == "table" && x.Kind() == reflect.Pointer:
			if !x.IsNil() {
				one := reflect.New(x.Type().Elem())
				one.Elem().Set(x.Elem())
				fix(one.Elem(), at)
				x.Set(one)
			}
		case f.Type == "table":
			fix(x, at)
		case f.Type == "date" && !f.List:
			if t := policy.Date(x.Int()); t < 0 {
				x.SetInt(int64(at) - int64(t))
			}
		}
	}
}

// Happened is the entry as it happened at a moment: with its dates.
func (e Entry) Happened(at sim.Time) Entry {
	if e.If != nil {
		e.When.At = at
		if e.If.Until > 0 {
			e.When.Until = at + e.If.Until
		}
	}
	e.Do = resolved(e.Do, at)
	return e
}
