package lab

import (
	"pasar/agents/policy"
	"pasar/scenarios/load"
	"pasar/sim"
)

// An Ending is when an entry of a timeline ends, and the setting that moves it.
type Ending struct {
	Path string `json:"path"` // as --set takes it
	At   string `json:"at"`   // RFC 3339
	Days bool   `json:"days"` // the setting is a length of time from the beginning, not a date
}

// ending is that of a dated entry; nil where it has none, or one that no setting moves.
func ending(s *load.Scenario, e *load.Entry) *Ending {
	if e.If != nil {
		return nil
	}
	lasting := func(d policy.Span) *Ending { return &Ending{e.ID + ".duration", rfc(e.When.At + sim.Time(d)), true} }
	switch x := e.Do.(type) {
	case *policy.StartPilot:
		if a := decided(s, e.ID); a != nil {
			return &Ending{a.ID + ".at", rfc(a.When.At), false}
		}
		if x.Ends != 0 {
			return &Ending{e.ID + ".ends", rfc(x.End(e.When)), false}
		}
		return lasting(x.Duration)
	case *policy.Compensate:
		return lasting(x.Duration)
	case *policy.CreditLine:
		return lasting(x.Duration)
	case *policy.Inform:
		return lasting(x.Duration)
	case *policy.SupportEntry:
		return lasting(x.Duration)
	}
	if e.When.Until != 0 {
		return &Ending{e.ID + ".until", rfc(e.When.Until), false}
	}
	return nil
}

// decided is the audit that ends a pilot whatever its own length says: the first one, if its date and its decision are imposed.
func decided(s *load.Scenario, pilot string) *load.Entry {
	for _, e := range dated(s) {
		if a, ok := e.Do.(*policy.Audit); ok && a.Pilot == pilot {
			if e.If == nil && (a.Decision == "approve" || a.Decision == "revoke") {
				return e
			}
			return nil
		}
	}
	return nil
}
