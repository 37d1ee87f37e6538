package policy

import (
	"pasar/agents/market"
	"pasar/sim"
)

// AutoBan is a rule instead of a date: when the offline-pressure index that the regulator measures has been above a threshold for
// some weeks, it announces the separation of social media and payments, which binds after a notice.
type AutoBan struct {
	placebo
	Above       float64 `yaml:"above" doc:"threshold θ of the offline-pressure index" unit:"index" min:"-5" max:"5" default:"0.12"`
	Weeks       float64 `yaml:"weeks" doc:"how many weekly reports in a row" unit:"weeks" min:"1" max:"104" default:"8"`
	Notice      Span    `yaml:"notice" doc:"time from the announcement to the closure" default:"9d"`
	Credibility float64 `yaml:"credibility" doc:"share of those addressed who believe it" unit:"share" min:"0" max:"1" default:"0.9"`
	Linkout     float64 `yaml:"linkout" doc:"visibility of content that links out, from the closure on; -1: as params.disc.linkout_after" unit:"share" min:"-1" max:"1" default:"-1"`
	Deadline    Span    `yaml:"order_deadline" doc:"time after the closure in which orders must be handed over" default:"33d"`
}

// Doc describes it.
func (*AutoBan) Doc() Doc {
	return Doc{Name: "auto_ban", What: "Separates social media and payments once offline trade has been under pressure for some weeks.", Process: true, Section: "7.12"}
}

// Check wants whole weeks, and time to act in.
func (a *AutoBan) Check(*Scene, When) []Problem {
	switch {
	case a.Weeks != float64(int(a.Weeks)):
		return problem("weeks", "must be whole")
	case a.Notice <= 0:
		return problem("notice", "must be longer than nothing")
	case a.Deadline <= 0:
		return problem("order_deadline", "must be longer than nothing")
	case a.Linkout < 0 && a.Linkout != -1:
		return problem("linkout", "is a share from 0 to 1, or -1 for the parameter")
	}
	return nil
}

// Enact leaves it to the reports from w.At on.
func (a *AutoBan) Enact(p *Plan, w When) {
	a.on(p).pledge(w, func(v *market.View) (uint32, sim.Time, bool) {
		n := len(v.Watch)
		if !once(v) || n < int(a.Weeks) || v.Now < w.At {
			return 0, 0, false
		}
		for _, row := range v.Watch[n-int(a.Weeks):] {
			if row.See(market.Pressure) <= a.Above || sim.Time(row.Published)*market.Day < w.At {
				return 0, 0, false
			}
		}
		return 1, v.Soonest, true
	}, func(p *Plan, w When, _ uint32) {
		closing := w
		closing.At += sim.Time(a.Notice)
		for _, c := range social {
			p.Deed(w, market.Entry{Deed: market.Announce, Shop: c, Effective: closing.At, Closing: true, Trust: PPM(a.Credibility)})
		}
		rule := RequireSeparation{Kind: "social", Linkout: a.Linkout, OrderDeadline: Date(closing.At + sim.Time(a.Deadline))}
		rule.Enact(p, closing)
	})
}
