package load

import (
	"reflect"
	"regexp"
	"slices"
	"strings"

	"pasar/agents/market"
	"pasar/agents/policy"
	"pasar/scenarios/cond"
	"pasar/sim"
)

// Keys that every action may have, beside the fields of its intervention.
var actionKeys = slices.Concat([]string{"id", "do"}, dateKeys, waitKeys, []string{"until", "phase", "note", "source", "grade"})

// An action under way: its node, and what could be read of it.
type action struct {
	n      *node
	e      Entry
	whole  bool // fields can be checked
	dated  bool
	first  sim.Time // of one whose date the run decides: when it can happen first
	seeing bool     // its date is being found
}

// known tells whether it is understood when the action takes place.
func (a *action) known() bool { return a.dated || a.e.If != nil }

// actions reads the timeline. r is nil where the dates of the run are wrong, so that nothing can be held against them.
func (p *problems) actions(s *Scenario, d *draft, r *reach) {
	list := make([]*action, len(d.ids))
	byID := map[string]*action{}
	for i, id := range d.ids {
		a := &action{n: d.actions[i], e: Entry{ID: id}}
		a.e.When = policy.When{Entry: uint32(i + 1), ID: id}
		if a.n != nil {
			p.action(a)
			p.copied(a)
		}
		list[i], byID[id] = a, a
	}
	list = append(list, p.phaseEntries(d, byID, len(list))...)
	names := p.names(d, list)
	for _, a := range list {
		p.schedule(a, &calendar{s: s, byID: byID, names: names})
	}
	s.scene = &policy.Scene{Start: s.Start, End: s.End, Window: s.Window, Entries: map[string]policy.When{}, Do: map[string]policy.Intervention{}}
	clean := true
	for _, a := range list {
		if a.known() {
			p.until(a, byID)
			p.relative(a)
		}
		if a.dated && r != nil {
			p.lintDates(a, s, r)
		}
		if a.e.Do != nil {
			w := a.e.When
			if !a.dated {
				w.At = a.first
			}
			s.scene.Entries[a.e.ID], s.scene.Do[a.e.ID] = w, resolved(a.e.Do, w.At)
		}
		clean = clean && a.whole && a.known()
	}
	if r != nil {
		r.report(p)
	}
	for _, a := range list {
		if !a.whole || !a.known() {
			continue
		}
		for _, found := range p.check(s, a, list) {
			p.complain(a, found, s.scene, list, clean)
		}
		s.Entries = append(s.Entries, a.e)
	}
	for _, a := range list { // until it happens, an entry without a date has never been
		if w, ok := s.scene.Entries[a.e.ID]; ok && !a.dated {
			w.At = policy.Never
			s.scene.Entries[a.e.ID], s.scene.Do[a.e.ID] = w, a.e.Do
		}
	}
}

// mostTries is how many dates are tried in all for actions without one, so that no file is slow to read. Beyond, they are believed.
const mostTries = 20_000

// check holds an action against the others: on its date, or on any on which it might happen, and all is well if it is well on one.
func (p *problems) check(s *Scenario, a *action, list []*action) (found []policy.Problem) {
	if a.dated {
		return a.e.Do.Check(s.scene, a.e.When)
	}
	dates := []sim.Time{a.first, s.End - 1}
	for _, other := range list {
		if t := s.scene.Entries[other.e.ID].At; other.known() && t >= a.first {
			dates = append(dates, t, t+market.Hour)
		}
	}
	for _, t := range dates {
		if p.tries++; p.tries > mostTries {
			return nil
		}
		w := a.e.When
		w.At = t
		if a.e.If.Until > 0 {
			w.Until = t + a.e.If.Until
		}
		if found = resolved(a.e.Do, t).Check(s.scene, w); len(found) == 0 {
			return nil
		}
	}
	return found
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
	if found.Field == "at" && a.n.get("at") == nil {
		n = or(or(a.n.get("after"), a.n.get("when")), a.n)
	}
	if !clean && (strings.HasPrefix(found.What, "no redirect_checkout") || strings.HasPrefix(found.What, "there is no pilot")) {
		for _, other := range list { // it may be the one that could not be read
			if !other.whole || !other.known() {
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

// A calendar is what is needed to find the dates of actions.
type calendar struct {
	s     *Scenario
	byID  map[string]*action
	names cond.Names
	chain []string // ids that wait for the action that is looked at
}

// schedule finds when an action takes place.
func (p *problems) schedule(a *action, c *calendar) {
	if a.known() || a.n == nil || a.seeing {
		return
	}
	a.seeing = true
	at, after, when, phase := a.n.get("at"), a.n.get("after"), a.n.get("when"), p.phase(a, c)
	given := 0
	for _, n := range []*node{at, after, when} {
		if n != nil {
			given++
		}
	}
	if when == nil {
		p.noWaiting(a)
	}
	if phase != nil {
		p.schedule(phase, &calendar{c.s, c.byID, c.names, append(slices.Clone(c.chain), a.e.ID)})
	}
	switch {
	case phase != nil && when != nil:
		p.key(when, join(a.e.ID, "when"), "an action of a phase begins with it, or after another action; a condition of its own it can have outside")
	case phase != nil && at != nil && phase.e.If != nil:
		p.key(at, join(a.e.ID, "at"), "the run decides when phase %s begins, so its actions have no dates", a.e.Phase)
	case given > 1:
		p.key(or(when, after), join(a.e.ID, or2(when != nil, "when", "after")), "the action has two dates; give one of at, after and when")
	case at != nil:
		if t, _, ok := p.date(at, join(a.e.ID, "at")); ok {
			a.e.When.At, a.dated = t, true
		}
	case when != nil:
		p.when(a, c)
	case after != nil:
		m := afterForm.FindStringSubmatch(text(after))
		if m == nil {
			p.at(after, join(a.e.ID, "after"), "%s is not understood", quote(text(after))).Allowed = "<id> + 14d"
			break
		}
		delay, _ := parseSpan(m[2])
		p.follow(a, after, join(a.e.ID, "after"), m[1], delay, c)
	case phase != nil:
		p.follow(a, a.n.get("phase"), join(a.e.ID, "phase"), a.e.Phase, 0, c)
	case a.n.get("phase") == nil || a.e.IsPhase():
		p.at(a.n, join(a.e.ID, "at"), "is missing: the action has no date").Allowed = "at: 2023-10-04T17:00, after: <id> + 14d, or when: <condition>"
	}
}

func or2(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// follow dates an action by another.
func (p *problems) follow(a *action, n *node, path, id string, delay sim.Time, c *calendar) {
	base := c.byID[id]
	if base == nil {
		ids := make([]string, 0, len(c.byID))
		for id := range c.byID { // sorted below
			ids = append(ids, id)
		}
		slices.Sort(ids)
		p.at(n, path, "there is no action %s", quote(id)).among(id, ids)
		return
	}
	chain := append(slices.Clone(c.chain), a.e.ID)
	if i := slices.Index(chain, id); i >= 0 {
		p.at(n, path, "actions wait for each other: %s", strings.Join(append(chain[i:], id), " > "))
		return
	}
	p.schedule(base, &calendar{c.s, c.byID, c.names, chain})
	switch {
	case base.dated:
		a.e.When.At, a.dated = base.e.When.At+delay, true
	case base.e.If != nil:
		a.e.If = &Timing{After: id, Later: delay}
		a.first = base.first + delay
		if delay%c.s.Window != 0 {
			p.at(n, path, "%s is not a multiple of the window of %s", spanText(delay), spanText(c.s.Window))
		}
	}
}

// until reads the end of a setting: a date, or a length of time from its beginning. One in a phase ends with it.
func (p *problems) until(a *action, byID map[string]*action) {
	n, path := a.n.get("until"), join(a.e.ID, "until")
	if n == nil {
		if a.e.Do != nil && !a.e.Do.Doc().Process {
			p.untilPhase(a, byID)
		}
		return
	}
	if a.e.Do != nil && a.e.Do.Doc().Process && !isPhase(a.e.Do) {
		p.key(n, path, "%s has no end of this kind; only settings do", a.e.Do.Doc().Name)
		return
	}
	span, isSpan := parseSpan(text(n))
	switch {
	case isSpan && !a.dated:
		if a.e.If.Until = span; span <= 0 {
			p.at(n, path, "ends when it begins")
		}
		return
	case isSpan:
		a.e.When.Until = a.e.When.At + span
	default:
		t, _, ok := p.date(n, path)
		if !ok {
			return
		}
		a.e.When.Until = t
	}
	if first := max(a.e.When.At, a.first); a.e.When.Until <= first {
		p.at(n, path, "ends on %s, not after it begins on %s", when(a.e.When.Until), when(first))
	}
}
