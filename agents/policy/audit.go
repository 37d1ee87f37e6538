package policy

import (
	"slices"

	"pasar/agents/market"
	"pasar/sim"
)

// Audit ends a pilot. The decision is imposed, with the score that the regulator's rule would have given beside it (decisions
// D18), or it is left to that rule.
type Audit struct {
	placebo
	Pilot    string     `yaml:"pilot" doc:"the id of the pilot" required:"true"`
	Decision string     `yaml:"decision" doc:"approve: the storefront goes on; extend: so does the pilot, with its last cap; revoke: the storefront closes; rule: as the scores say" enum:"approve,extend,revoke,rule" required:"true"`
	Extend   Span       `yaml:"extend_by" doc:"how much longer the pilot lasts when extended" default:"60d"`
	Delay    Span       `yaml:"delay" doc:"time from the audit to its decision, if by rule" default:"14d"`
	Rule     *AuditRule `yaml:"rule" doc:"how the scores follow and what they decide; left out: as params.pilot"`
	Caps     *Caps      `yaml:"caps_again" doc:"limits on orders while extended; left out: the last cap"`
}

// AuditRule is what a scenario may change in the regulator's rule.
type AuditRule struct {
	Weights  []float64 `yaml:"w" doc:"weights of payments, data and operations in C; left out: as params.pilot.weights" unit:"share" min:"0" max:"1"`
	MWeights []float64 `yaml:"m" doc:"weights of sales, local share, sales below cost and concentration in M; left out: as params.pilot.m_weights" unit:"weight" min:"0" max:"10"`
	Approve  float64   `yaml:"approve" doc:"least C to approve; -1: as params.pilot.approve" unit:"score" min:"-1" max:"1" default:"-1"`
	Extend   float64   `yaml:"extend" doc:"least C for more time; -1: as params.pilot.extend" unit:"score" min:"-1" max:"1" default:"-1"`
	LeastM   float64   `yaml:"sme" doc:"least M to approve; -9: as params.pilot.sme" unit:"score" min:"-9" max:"9" default:"-9"`
	Times    float64   `yaml:"max_ext" doc:"how often the pilot may be extended" unit:"times" min:"0" max:"20" default:"1"`
}

// Doc describes it.
func (*Audit) Doc() Doc {
	return Doc{Name: "audit", What: "Ends a pilot: approves, extends or revokes it, as imposed or by the regulator's rule.", Process: true, Section: "7.12"}
}

// Check wants a pilot under way.
func (a *Audit) Check(s *Scene, w When) []Problem {
	pilot, wrong := s.pilot(a.Pilot, w)
	extends := a.Decision == "extend" || a.Decision == market.ByRule
	switch {
	case wrong != nil:
		return wrong
	case extends && a.Extend <= 0:
		return problem("extend_by", "must be longer than nothing")
	case extends && w.At+sim.Time(a.Extend) <= pilot.End(s.Entries[a.Pilot]):
		return problem("extend_by", "the pilot would end no later than without it")
	case a.Decision == market.ByRule && a.Delay <= 0:
		return problem("delay", "must be longer than nothing")
	}
	if r := a.Rule; r != nil {
		switch {
		case len(r.Weights) != 0 && len(r.Weights) != market.Components:
			return problem("rule.w", "needs %d weights", market.Components)
		case len(r.MWeights) != 0 && len(r.MWeights) != 4:
			return problem("rule.m", "needs 4 weights")
		}
	}
	return nil
}

// pilot is the pilot with an id, if w comes while it runs.
func (s *Scene) pilot(id string, w When) (*StartPilot, []Problem) {
	pilot, ok := s.Do[id].(*StartPilot)
	switch {
	case s.Do[id] == nil:
		return nil, problem("pilot", "there is no pilot with the id %q", id)
	case !ok:
		return nil, problem("pilot", "%s is not a pilot but a %s", id, s.Do[id].Doc().Name)
	case w.At <= s.Entries[id].At:
		return nil, problem("at", "the audit is not after its pilot starts on %s", date(s.Entries[id].At))
	}
	return pilot, nil
}

// Enact has the regulator compute its scores, and imposes the decision or waits for it.
func (a *Audit) Enact(p *Plan, w When) {
	if _, ok := p.Scene.Do[a.Pilot].(*StartPilot); !ok {
		return
	}
	p = a.on(p)
	a.judge(p, w, 0)
	if a.Decision != market.ByRule {
		p.conclude(w, a.Pilot, slices.Index(market.Decisions[:], a.Decision), a.Extend, a.Caps)
		return
	}
	p.pledge(w, func(v *market.View) (uint32, sim.Time, bool) {
		seen := 0
		for _, x := range v.Audits {
			if x.Why != w.Entry {
				continue
			}
			if seen++; seen > len(v.Kept()) {
				return uint32(x.Rule), x.At + sim.Time(a.Delay), due(v, x.At+sim.Time(a.Delay))
			}
		}
		return 0, 0, false
	}, func(p *Plan, w When, outcome uint32) {
		p.conclude(w, a.Pilot, int(outcome), a.Extend, a.Caps)
		if uint8(outcome) == market.Extend {
			next := w
			next.At += sim.Time(a.Extend)
			a.judge(p, next, p.judged(w))
		}
	})
}

// judge leaves an audit with the regulator, the n-th of this entry.
func (a *Audit) judge(p *Plan, w When, n int64) {
	r := &p.P.Pilot
	rule := market.AuditRule{Weights: r.Weights, MWeights: r.MWeights, Approve: r.ApproveC, Extend: r.ExtendC, LeastM: r.LeastM, Left: 1 - n}
	if x := a.Rule; x != nil {
		copy(rule.Weights[:], x.Weights)
		copy(rule.MWeights[:], x.MWeights)
		if x.Approve >= 0 {
			rule.Approve = x.Approve
		}
		if x.Extend >= 0 {
			rule.Extend = x.Extend
		}
		if x.LeastM > -9 {
			rule.LeastM = x.LeastM
		}
		rule.Left = int64(x.Times) - n
	}
	p.Deed(w, market.Entry{Deed: market.Judge, Shop: p.Scene.Do[a.Pilot].(*StartPilot).Subject, Decision: a.Decision, Rule: rule})
}

// judged counts the audits that an entry has in the plan.
func (p *Plan) judged(w When) (n int64) {
	for _, e := range p.Book.Plan {
		if e.Deed == market.Judge && e.Why == w.Entry {
			n++
		}
	}
	return n
}

// conclude carries out what is decided about a pilot.
func (p *Plan) conclude(w When, id string, decision int, more Span, caps *Caps) {
	pilot, start := p.Scene.Do[id].(*StartPilot), p.Scene.Entries[id]
	shop := pilot.Subject
	switch uint8(decision) {
	case market.Approve:
		p.hold(w, 0, market.OrderCap, shop, -1)
		p.hold(w, 0, market.Trial, shop, market.PilotApproved)
	case market.Extend:
		until := w.At + sim.Time(more)
		last := p.Book.Value(market.OrderCap, shop, min(w.At, pilot.End(start))-1)
		if caps != nil {
			last = PPM(caps.Share)
		}
		p.hold(w, until, market.OrderCap, shop, last)
		if caps != nil && caps.Ramp != 0 {
			p.cap(w, shop, *caps)
		}
		p.hold(w, 0, market.Trial, shop, market.PilotExtended)
	case market.Revoke:
		p.close(w, shop, 0)
		p.hold(w, 0, market.OrderCap, shop, -1)
		p.hold(w, 0, market.Linkout, shop, p.Book.Value(market.Linkout, shop, start.At-1))
		p.hold(w, 0, market.Trial, shop, market.PilotRevoked)
	}
}

// hold writes a value that also overrules what earlier entries planned until a date (0: for good), the steps of a cap for example.
func (p *Plan) hold(w When, until sim.Time, lever market.Lever, on market.Channel, value int64) {
	planned := slices.Clone(p.Book.Changes(lever, on))
	first := w
	first.Until = until
	p.Rule(first, lever, on, value)
	for _, r := range planned {
		if r.From > w.At && (until == 0 || r.From < until) && !p.null {
			p.Rule(When{At: r.From, Until: until, Entry: w.Entry, ID: w.ID}, lever, on, value)
		}
	}
}
