package load

import (
	"slices"

	"pasar/agents/policy"
	"pasar/scenarios/cond"
)

// Keys of a phase.
var phaseKeys = slices.Concat([]string{"enter", "exit"}, waitKeys, []string{"note", "source", "grade", "actions"})

// phase is what a phase is in the timeline: an entry that does nothing itself.
type phase struct{}

// Doc describes it.
func (*phase) Doc() policy.Doc {
	return policy.Doc{Name: "phase", What: "A phase begins.", Process: true, Section: "9.2"}
}

// Check has nothing to hold against it.
func (*phase) Check(*policy.Scene, policy.When) []policy.Problem { return nil }

// Enact does nothing: what happens in a phase are its actions.
func (*phase) Enact(*policy.Plan, policy.When) {}

// Null has nothing to take away.
func (*phase) Null() {}

func isPhase(do policy.Intervention) bool {
	_, yes := do.(*phase)
	return yes
}

// IsPhase tells whether an entry is the beginning of a phase.
func (e *Entry) IsPhase() bool { return isPhase(e.Do) }

// phaseEntries makes an entry of each phase, numbered after the actions.
func (p *problems) phaseEntries(d *draft, byID map[string]*action, number int) (list []*action) {
	for _, name := range d.phases.keys {
		n, path := d.phases.kids[name], join("phases", name)
		if n.kind != table {
			p.at(n, path, "must be a table such as {enter: 2023-10-04, exit: 60d, actions: [...]}, not %s", n.kind)
			continue
		}
		for _, k := range n.keys {
			if !slices.Contains(phaseKeys, k) {
				p.key(n.kids[k], join(path, k), "does not belong to a phase").among(k, phaseKeys)
			}
		}
		if !idForm.MatchString(name) || slices.Contains(topKeys, name) {
			p.key(n, path, "%s is not a name for a phase", quote(name)).Allowed = "small letters, digits and -, beginning with a letter"
			continue
		}
		if byID[name] != nil {
			p.key(n, path, "an action has this name, too")
			continue
		}
		number++
		a := &action{n: copyTable(n), e: Entry{ID: name, Do: &phase{}, File: n.file, Line: n.line, Note: text(n.get("note")), Source: text(n.get("source")), Grade: text(n.get("grade"))}, whole: true}
		a.e.When = policy.When{Entry: uint32(number), ID: name}
		enter := n.get("enter")
		if enter == nil {
			p.at(n, path, "does not say when it begins").Allowed = "enter: a date, <id> + 14d, or a condition"
			a.seeing = true
		} else {
			key := "when"
			if _, _, ok := parseDate(text(enter)); ok {
				key = "at"
			} else if afterForm.MatchString(text(enter)) {
				key = "after"
			}
			a.n.set(key, enter)
			a.n.drop("enter")
		}
		byID[name] = a
		list = append(list, a)
	}
	return list
}

// phase reads which phase an action belongs to.
func (p *problems) phase(a *action, c *calendar) *action {
	n := a.n.get("phase")
	if n == nil || a.e.IsPhase() {
		if a.e.IsPhase() {
			p.exit(a, c)
		}
		return nil
	}
	ph := c.byID[text(n)]
	if ph == nil || !ph.e.IsPhase() {
		var phases []string
		for id, other := range c.byID { // sorted below
			if other.e.IsPhase() {
				phases = append(phases, id)
			}
		}
		slices.Sort(phases)
		p.at(n, join(a.e.ID, "phase"), "there is no phase %s", quote(text(n))).among(text(n), phases)
		return nil
	}
	a.e.Phase = ph.e.ID
	return ph
}

// exit reads the end of a phase: a date, a length of time, or a condition.
func (p *problems) exit(a *action, c *calendar) {
	n := a.n.get("exit")
	if n == nil {
		return
	}
	_, _, date := parseDate(text(n))
	_, span := parseSpan(text(n))
	if date || span {
		a.n.set("until", n)
		return
	}
	a.e.Exit = p.expr(n, join(join("phases", a.e.ID), "exit"), cond.Truth, c.names)
}

// untilPhase ends a setting with its phase.
func (p *problems) untilPhase(a *action, byID map[string]*action) {
	ph := byID[a.e.Phase]
	if ph == nil || !ph.known() || ph.e.Exit != nil {
		return
	}
	p.untilOnce(ph, byID)
	if !ph.dated && ph.e.If.Until > 0 && !a.dated && a.e.If.After != "" {
		if left := ph.e.If.Until - (a.first - ph.first); left > 0 {
			a.e.If.Until = left
			return
		}
	} else if ph.e.When.Until > max(a.e.When.At, a.first) {
		a.e.When.Until = ph.e.When.Until
		return
	} else if ph.e.When.Until == 0 {
		return
	}
	p.at(a.n, join(a.e.ID, "phase"), "begins after its phase is over")
}

// untilOnce reads the end of a phase, if that was not done before.
func (p *problems) untilOnce(ph *action, byID map[string]*action) {
	if ph.e.When.Until == 0 && (ph.e.If == nil || ph.e.If.Until == 0) {
		before := len(p.list)
		p.until(ph, byID)
		p.list = p.list[:before] // it is told where the phase itself is read
	}
}
