package policy

import (
	"slices"

	"pasar/agents/market"
	"pasar/sim"
)

// Audit ends a pilot. The decision is imposed; the score that the regulator's rule would have given is shown beside it
// (decisions D18).
type Audit struct {
	placebo
	Pilot    string `yaml:"pilot" doc:"the id of the pilot" required:"true"`
	Decision string `yaml:"decision" doc:"approve: the storefront goes on; extend: so does the pilot, with its last cap; revoke: the storefront closes" enum:"approve,extend,revoke" required:"true"`
	Extend   Span   `yaml:"extend_by" doc:"how much longer the pilot lasts when extended" default:"60d"`
}

// Doc describes it.
func (*Audit) Doc() Doc {
	return Doc{Name: "audit", What: "Ends a pilot: approves, extends or revokes it.", Process: true, Section: "7.12"}
}

// Check wants a pilot under way.
func (a *Audit) Check(s *Scene, w When) []Problem {
	switch pilot, ok := s.Do[a.Pilot].(*StartPilot); {
	case s.Do[a.Pilot] == nil:
		return problem("pilot", "there is no pilot with the id %q", a.Pilot)
	case !ok:
		return problem("pilot", "%s is not a pilot but a %s", a.Pilot, s.Do[a.Pilot].Doc().Name)
	case w.At <= s.Entries[a.Pilot].At:
		return problem("at", "the audit is not after its pilot starts on %s", date(s.Entries[a.Pilot].At))
	case a.Decision == "extend" && a.Extend <= 0:
		return problem("extend_by", "must be longer than nothing")
	case a.Decision == "extend" && w.At+sim.Time(a.Extend) <= pilot.End(s.Entries[a.Pilot]):
		return problem("extend_by", "the pilot would end no later than without it")
	}
	return nil
}

// Enact imposes the decision.
func (a *Audit) Enact(p *Plan, w When) {
	pilot, ok := p.Scene.Do[a.Pilot].(*StartPilot)
	if !ok {
		return
	}
	p = a.on(p)
	shop, deadline := pilot.Subject, w.At
	switch a.Decision {
	case "approve":
		p.hold(w, 0, market.OrderCap, shop, -1)
	case "extend":
		deadline = w.At + sim.Time(a.Extend)
		last := min(w.At, pilot.End(p.Scene.Entries[a.Pilot])) - 1
		p.hold(w, deadline, market.OrderCap, shop, p.Book.Value(market.OrderCap, shop, last))
	case "revoke":
		p.close(w, shop, 0)
		p.hold(w, 0, market.OrderCap, shop, -1)
	}
	p.Deed(w, market.Entry{Deed: market.Judge, Shop: shop, Decision: a.Decision, Deadline: deadline})
}

// hold writes a value that also overrules what earlier entries planned until a date (0: for good), the steps of a cap for example.
func (p *Plan) hold(w When, until sim.Time, lever market.Lever, on market.Channel, value int64) {
	planned := slices.Clone(p.Book.Changes(lever, on))
	first := w
	first.Until = until
	p.Rule(first, lever, on, value)
	for _, r := range planned {
		if r.From > w.At && (until == 0 || r.From < until) && !p.null {
			p.Rule(When{At: r.From, Entry: w.Entry, ID: w.ID}, lever, on, value)
		}
	}
}
