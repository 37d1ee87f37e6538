package load

import (
	"maps"
	"slices"
	"sync"

	"pasar/agents/market"
	"pasar/agents/policy"
	"pasar/scenarios/cond"
	"pasar/scenarios/indicator"
	"pasar/sim"
)

// What the pledges of a scenario's timing decide.
const (
	begins uint32 = iota
	ends
)

// A desk asks for one world what the run has to decide.
type desk struct {
	s    *Scenario
	plan *policy.Plan
	one  sync.Once
	base *indicator.Published // without days
}

// pledge makes the pledges of the entries whose date the run decides: one for each condition. What follows such an entry is
// enacted with it.
func (s *Scenario) pledge(plan *policy.Plan) {
	d := &desk{s: s, plan: plan}
	b := plan.Book
	for i := range s.Entries {
		e := &s.Entries[i]
		if e.If != nil && e.If.When != nil {
			b.Promise(market.Pledge{
				Entry: e.When.Entry, Name: e.When.Name(), Times: true,
				Ask:   func(v *market.View) (uint32, sim.Time, bool) { return d.ask(e, v) },
				Enact: func(b *market.Book, at sim.Time, _ uint32) { d.enact(b, e, at) },
			})
		}
		if e.Exit != nil {
			b.Promise(market.Pledge{
				Entry: e.When.Entry, Name: e.When.Name(), Times: true,
				Ask:   func(v *market.View) (uint32, sim.Time, bool) { return ends, v.Soonest, d.over(e, v) },
				Enact: func(b *market.Book, at sim.Time, _ uint32) { d.lift(b, e, at) },
			})
		}
	}
}

// world is what conditions look at today.
func (d *desk) world(v *market.View) *cond.World {
	d.one.Do(func() {
		m := *v.Market
		smes := v.SMEs.N / 2 // as many spare ones come on top
		d.base = indicator.New(&m, smes, int64((d.s.Start+market.Day-1)/market.Day))
	})
	x := *d.base
	x.Rules = v.Book
	for day := x.First; day <= v.Day; day++ {
		x.Rows = append(x.Rows, v.Closed(day))
	}
	x.AddWeeks(v.Weeks)
	return d.s.World(&x, v.Market, v.Book, v.Audits)
}

// ask tells whether an entry's condition has held for as long as it should, today for the first time or again.
func (d *desk) ask(e *Entry, v *market.View) (outcome uint32, at sim.Time, yes bool) {
	t := e.If
	kept := v.Kept()
	days := int(max(t.For, market.Day) / market.Day)
	if len(kept) > 0 {
		last := kept[len(kept)-1].Asked
		if t.Once || v.Now-last < max(t.Cooldown, sim.Time(days)*market.Day) {
			return 0, 0, false
		}
	}
	if v.Now < d.s.Start+market.Day {
		return 0, 0, false
	}
	w := d.world(v)
	for back := range days {
		if w.Days-back < 1 || !t.When.True(w.Back(back)) {
			return 0, 0, false
		}
	}
	if t.Probability < 1 {
		if w.Days > days && t.When.True(w.Back(days)) || v.Luck.U(0) >= t.Probability {
			return 0, 0, false
		}
	}
	at = v.Soonest + t.Delay
	if e.When.Until != 0 && e.When.Until <= at {
		return 0, 0, false
	}
	x := e.Happened(at)
	if len(x.Do.Check(d.scene(v.Done), x.When)) > 0 { // an audit waits for its pilot
		return 0, 0, false
	}
	return begins, at, true
}

// over tells whether a phase that goes on comes to its end.
func (d *desk) over(e *Entry, v *market.View) bool {
	entered := 0
	for _, w := range d.s.happened(e, v.Book, v.Done) {
		if w.At <= v.Now {
			entered++
		}
	}
	return entered > len(v.Kept()) && e.Exit.True(d.world(v))
}

// enact writes what an entry does, and what follows it.
func (d *desk) enact(b *market.Book, e *Entry, at sim.Time) {
	p := *d.plan
	p.Book = b
	p.Scene = d.scene(b.Done)
	x := e.Happened(at)
	x.Do.Enact(&p, x.When)
	for i := range d.s.Entries {
		if f := &d.s.Entries[i]; f.If != nil && f.If.After == e.ID {
			d.enact(b, f, at+f.If.Later)
		}
	}
}

// lift ends the settings of a phase that have no end of their own.
func (d *desk) lift(b *market.Book, e *Entry, at sim.Time) {
	for i := range d.s.Entries {
		f := &d.s.Entries[i]
		if f.Phase == e.ID && !f.Do.Doc().Process && f.When.Until == 0 && (f.If == nil || f.If.Until == 0) {
			b.Lift(f.When.Entry, at)
		}
	}
}

// scene is the timeline with the dates that the run has decided, the last of each.
func (d *desk) scene(done []market.Enacted) *policy.Scene {
	last := map[uint32]sim.Time{} // by number of the entry that has the pledge
	for _, k := range done {
		if p := d.plan.Book.Pledges; int(k.Pledge) < len(p) && p[k.Pledge].Times && k.Outcome == begins {
			last[p[k.Pledge].Entry] = k.At
		}
	}
	x := *d.s.scene
	x.Entries, x.Do = maps.Clone(x.Entries), maps.Clone(x.Do)
	for i := range d.s.Entries {
		e := &d.s.Entries[i]
		if e.If == nil {
			continue
		}
		root, later := e, sim.Time(0)
		for root.If != nil && root.If.After != "" {
			later += root.If.Later
			root = d.s.entry(root.If.After)
		}
		if at, ok := last[root.When.Entry]; ok {
			h := e.Happened(at + later)
			x.Entries[e.ID], x.Do[e.ID] = h.When, h.Do
		}
	}
	return &x
}

// Happened lists when an entry takes place: on its date, or as the run decided.
func (s *Scenario) Happened(e *Entry, book *market.Book) []policy.When {
	return s.happened(e, book, book.Done)
}

// happened reads it off what was enacted. Followers of an entry have no pledge; they happen with it.
func (s *Scenario) happened(e *Entry, book *market.Book, done []market.Enacted) (all []policy.When) {
	switch {
	case e.If == nil:
		return []policy.When{e.When}
	case e.If.After != "":
		base := s.entry(e.If.After)
		for _, w := range s.happened(base, book, done) {
			all = append(all, e.Happened(w.At+e.If.Later).When)
		}
		return all
	}
	for _, k := range s.kept(e, book, done, begins) {
		all = append(all, e.Happened(k.At).When)
	}
	return all
}

// kept lists what the timing of an entry has decided.
func (s *Scenario) kept(e *Entry, book *market.Book, done []market.Enacted, outcome uint32) (all []market.Enacted) {
	for _, k := range done {
		if int(k.Pledge) >= len(book.Pledges) {
			continue // one that another pledge has made
		}
		if p := &book.Pledges[k.Pledge]; p.Times && p.Entry == e.When.Entry && k.Outcome == outcome {
			all = append(all, k)
		}
	}
	return all
}

// entry is the entry with an id.
func (s *Scenario) entry(id string) *Entry {
	i := slices.IndexFunc(s.Entries, func(e Entry) bool { return e.ID == id })
	if i < 0 {
		return nil
	}
	return &s.Entries[i]
}

// World is what expressions of this scenario look at, given what is published and what the run has decided.
func (s *Scenario) World(x *indicator.Published, m *market.Market, book *market.Book, audits []market.Audit) *cond.World {
	w := cond.NewWorld(x, m)
	w.Entry = func(id string, now sim.Time) cond.State { return s.state(id, now, book, audits) }
	return w
}

// state tells what has become of an entry, a phase or a branch by a moment.
func (s *Scenario) state(id string, now sim.Time, book *market.Book, audits []market.Audit) cond.State {
	for _, b := range s.Branches {
		if b.Name == id {
			return cond.State{Yes: true, State: b.Drawn}
		}
	}
	e := s.entry(id)
	x := cond.State{State: "waiting"}
	if e == nil { // it belongs to an option that was not drawn
		return x
	}
	for _, w := range s.happened(e, book, book.Done) {
		if w.At > now {
			continue
		}
		x = cond.State{At: w.At, Yes: true, State: "on"}
		end := w.Until
		if do, ok := e.Do.(interface{ End(policy.When) sim.Time }); ok {
			end = do.End(w)
		}
		ended := s.kept(e, book, book.Done, ends)
		if end != 0 && end <= now || slices.ContainsFunc(ended, func(k market.Enacted) bool { return k.At > w.At && k.At <= now }) {
			x.State = "over"
		}
	}
	if audit, ok := e.Do.(*policy.Audit); ok && x.Yes {
		x.State = audit.Decision
		for _, a := range audits {
			if a.Why == e.When.Entry && !slices.Contains(market.Decisions[:], audit.Decision) {
				x.State = market.Decisions[a.Rule]
			}
		}
	}
	return x
}
