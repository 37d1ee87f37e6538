package policy

import (
	"pasar/agents/market"
	"pasar/sim"
)

// StartPilot puts a storefront that another platform serves under the regulator's eyes for some months, with caps on orders if
// one likes. An audit ends it. The checkout itself is opened by redirect_checkout.
type StartPilot struct {
	placebo
	Subject     market.Channel `yaml:"subject" doc:"the storefront on trial" required:"true"`
	Duration    Span           `yaml:"duration" doc:"how long; give this or ends"`
	Ends        Date           `yaml:"ends" doc:"when it ends"`
	Caps        *Caps          `yaml:"caps" doc:"limits on orders; left out: none"`
	Integration Span           `yaml:"integration" doc:"time to move payments, data and operations to the processor" default:"106d"`
}

// Doc describes it.
func (*StartPilot) Doc() Doc {
	return Doc{Name: "start_pilot", What: "Puts a redirected storefront on trial under the regulator's eyes, with caps on orders.", Process: true, Section: "7.12"}
}

// End is when the pilot ends.
func (s *StartPilot) End(w When) sim.Time {
	if s.Ends != 0 {
		return sim.Time(s.Ends)
	}
	return w.At + sim.Time(s.Duration)
}

// Check wants an end, and something to watch.
func (s *StartPilot) Check(sc *Scene, w When) (list []Problem) {
	switch {
	case (s.Duration == 0) == (s.Ends == 0):
		list = append(list, problem("", "give the end of the pilot once, as duration or as ends")...)
	case s.End(w) <= w.At:
		list = append(list, problem("ends", "the pilot ends before it starts on %s", date(w.At))...)
	}
	if s.Integration <= 0 {
		list = append(list, problem("integration", "must be longer than nothing")...)
	}
	if s.Caps != nil {
		list = append(list, s.Caps.check("caps.ramp_to_none", w)...)
	}
	if _, yes := sc.redirect(s.Subject, w); !yes {
		list = append(list, problem("subject", "no redirect_checkout of %s is in force on %s, so there is nothing to try out", s.Subject, date(w.At))...)
	}
	return list
}

// State is how far it has come, for conditions.
func (s *StartPilot) State(b *market.Book, at sim.Time) string {
	return market.PilotStates[b.Value(market.Trial, s.Subject, at)]
}

// Enact sets the caps and tells the regulator.
func (s *StartPilot) Enact(p *Plan, w When) {
	p = s.on(p)
	end := w
	end.At = s.End(w)
	if s.Caps != nil {
		p.cap(w, s.Subject, *s.Caps)
		if s.Caps.Ramp == 0 && !p.null {
			p.Rule(end, market.OrderCap, s.Subject, -1)
		}
	}
	p.Rule(w, market.Trial, s.Subject, market.PilotRuns)
	p.Rule(end, market.Trial, s.Subject, market.PilotEnded)
	p.Deed(w, market.Entry{Deed: market.OpenPilot, Shop: s.Subject, Effective: s.End(w), Deadline: w.At + sim.Time(s.Integration)})
}
