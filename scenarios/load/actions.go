package load

import (
	"reflect"
	"regexp"
	"slices"
	"strings"

	"pasar/agents/policy"
	"pasar/sim"
)

// Keys that every action may have, beside the fields of its intervention.
var actionKeys = []string{"id", "do", "at", "after", "until", "note", "source", "grade"}

// An action under way: its node, and what could be read of it.
type action struct {
	n      *node
	e      Entry
	whole  bool // fields can be checked
	dated  bool
	after  string // id it waits for
	delay  sim.Time
	seeing bool // its date is being found
}

// actions reads the timeline. r is nil where the dates of the run are wrong, so that nothing can be held against them.
func (p *problems) actions(s *Scenario, d *draft, r *reach) {
	list := make([]*action, len(d.ids))
	byID := map[string]*action{}
	for i, id := range d.ids {
		a := &action{n: d.actions[i], e: Entry{ID: id}}
		a.e.When = policy.When{Entry: uint32(i + 1), ID: id}
		if a.n != nil {
			p.action(a)
		}
		list[i], byID[id] = a, a
	}
	for _, a := range list {
		p.schedule(a, byID, d.ids, nil)
	}
	s.scene = &policy.Scene{Start: s.Start, End: s.End, Window: s.Window, Entries: map[string]policy.When{}, Do: map[string]policy.Intervention{}}
	clean := true
	for _, a := range list {
		if a.dated {
			p.until(a)
			if r != nil {
				p.lintDates(a, s, r)
			}
		}
		if a.e.Do != nil {
			s.scene.Entries[a.e.ID], s.scene.Do[a.e.ID] = a.e.When, a.e.Do
		}
		clean = clean && a.whole && a.dated
	}
	if r != nil {
		r.report(p)
	}
	for _, a := range list {
		if !a.whole || !a.dated {
			continue
		}
		for _, found := range a.e.Do.Check(s.scene, a.e.When) {
			p.complain(a, found, s.scene, list, clean)
		}
		s.Entries = append(s.Entries, a.e)
	}
}

// complain puts what an intervention finds wrong at the field it names.
func (p *problems) complain(a *action, found policy.Problem, scene *policy.Scene, list []*action, clean bool) {
	n, path := a.n, a.e.ID
	for key := range strings.SplitSeq(found.Field, ".") {
		if kid := n.get(key); kid != nil {
			n = kid
		}
		path = join(path, key)
	}
	if found.Field == "" {
		path = a.e.ID
	}
	if found.Field == "at" && a.n.get("at") == nil && a.n.get("after") != nil {
		n = a.n.get("after")
	}
	if !clean && (strings.HasPrefix(found.What, "no redirect_checkout") || strings.HasPrefix(found.What, "there is no pilot")) {
		for _, other := range list { // it may be the one that could not be read
			if !other.whole || !other.dated {
				return
			}
		}
	}
	e := p.at(n, path, "%s", found.What)
	if audit, ok := a.e.Do.(*policy.Audit); ok && found.Field == "pilot" {
		var pilots []string
		for _, other := range list {
			if _, ok := scene.Do[other.e.ID].(*policy.StartPilot); ok {
				pilots = append(pilots, other.e.ID)
			}
		}
		e.among(audit.Pilot, pilots)
	}
}

// action reads all of an action but its dates.
func (p *problems) action(a *action) {
	do := a.n.get("do")
	kind, names := byName(text(do))
	switch {
	case do == nil:
		p.at(a.n, a.e.ID+".do", "is missing: it says what to do").among("", names)
		return
	case kind == nil:
		p.at(do, a.e.ID+".do", "there is no intervention %s", quote(text(do))).among(text(do), names)
		return
	}
	v := reflect.New(reflect.TypeOf(kind).Elem())
	a.whole = p.decode(v.Elem(), a.n, a.e.ID, actionKeys)
	a.e.Do = v.Interface().(policy.Intervention)
	a.e.File, a.e.Line = a.n.file, a.n.line
	for key, to := range map[string]*string{"note": &a.e.Note, "source": &a.e.Source, "grade": &a.e.Grade} {
		if n := a.n.get(key); n != nil {
			if n.kind != scalar {
				p.at(n, join(a.e.ID, key), "must be text, not %s", n.kind)
			}
			*to = text(n)
		}
	}
	if g := a.n.get("grade"); g != nil && !slices.Contains(grades, a.e.Grade) {
		p.at(g, join(a.e.ID, "grade"), "%s is not a grade", quote(a.e.Grade)).among(a.e.Grade, grades)
	}
}

var afterForm = regexp.MustCompile(`^\s*([a-z][a-z0-9_-]*?)\s*(?:\+\s*([0-9]+[smhdw])\s*)?$`)

// schedule finds when an action takes place; chain holds the ids that wait for it.
func (p *problems) schedule(a *action, byID map[string]*action, ids, chain []string) {
	if a.dated || a.n == nil || a.seeing {
		return
	}
	at, after := a.n.get("at"), a.n.get("after")
	switch {
	case at != nil && after != nil:
		p.key(after, join(a.e.ID, "after"), "the action has two dates; give at or after, not both")
	case at != nil:
		if t, _, ok := p.date(at, join(a.e.ID, "at")); ok {
			a.e.When.At, a.dated = t, true
		}
	case after == nil:
		p.at(a.n, join(a.e.ID, "at"), "is missing: the action has no date").Allowed = "at: 2023-10-04T17:00, or after: <id> + 14d"
	default:
		m := afterForm.FindStringSubmatch(text(after))
		if m == nil {
			p.at(after, join(a.e.ID, "after"), "%s is not understood", quote(text(after))).Allowed = "<id> + 14d"
			break
		}
		first, path := byID[m[1]], join(a.e.ID, "after")
		if first == nil {
			p.at(after, path, "there is no action %s", quote(m[1])).among(m[1], ids)
			break
		}
		chain = append(chain, a.e.ID)
		if i := slices.Index(chain, m[1]); i >= 0 {
			p.at(after, path, "actions wait for each other: %s", strings.Join(append(chain[i:], m[1]), " > "))
			break
		}
		p.schedule(first, byID, ids, chain)
		if delay, _ := parseSpan(m[2]); first.dated {
			a.e.When.At, a.dated = first.e.When.At+delay, true
		}
	}
	a.seeing = true
}

// until reads the end of a setting: a date, or a length of time from its beginning.
func (p *problems) until(a *action) {
	n, path := a.n.get("until"), join(a.e.ID, "until")
	if n == nil {
		return
	}
	if a.e.Do != nil && a.e.Do.Doc().Process {
		p.key(n, path, "%s has no end of this kind; only settings do", a.e.Do.Doc().Name)
		return
	}
	if span, ok := parseSpan(text(n)); ok {
		a.e.When.Until = a.e.When.At + span
	} else if t, _, ok := p.date(n, path); ok {
		a.e.When.Until = t
	} else {
		return
	}
	if a.e.When.Until <= a.e.When.At {
		p.at(n, path, "ends on %s, not after it begins on %s", when(a.e.When.Until), when(a.e.When.At))
	}
}
