package lab

import (
	"pasar/agents/market"
	"pasar/agents/policy"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/results/measure"
	"pasar/sim"
)

// An Ending is when an entry of a timeline ends, and the setting that moves it.
type Ending struct {
	Path string `json:"path"` // as --set takes it
	At   string `json:"at"`   // RFC 3339
	Days bool   `json:"days"` // the setting is a length of time from the beginning, not a date
	With []Date `json:"with"` // what moves along, by as many days
}

// A Date is one that a setting moves.
type Date struct {
	Path string `json:"path"` // as --set takes it
	At   string `json:"at"`   // RFC 3339
}

// ending is that of a dated entry; nil where it has none, or one that no setting moves.
func ending(s *load.Scenario, e *load.Entry) *Ending {
	if e.If != nil {
		return nil
	}
	lasting := func(d policy.Span) *Ending {
		return &Ending{e.ID + ".duration", rfc(e.When.At + sim.Time(d)), true, []Date{}}
	}
	switch x := e.Do.(type) {
	case *policy.StartPilot:
		if a := decided(s, e.ID); a != nil {
			return &Ending{a.ID + ".at", rfc(a.When.At), false, []Date{}}
		}
		if x.Ends != 0 {
			return &Ending{e.ID + ".ends", rfc(x.End(e.When)), false, []Date{}}
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
		return &Ending{e.ID + ".until", rfc(e.When.Until), false, []Date{}}
	}
	return reopening(s, e)
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

// reopening ends the closure that an entry begins: it is the date of another entry, which opens the shop again. What else begins at that moment
// moves along, such as a pilot, which needs a shop that is open, and so does the news of it. nil: the entry closes nothing, or nothing dated opens it.
func reopening(s *load.Scenario, e *load.Entry) *Ending {
	_, _, w := play.Sizes(s)
	for _, c := range measure.Closures(s, s.Plan(w)) {
		if !c.Reopens || c.From != e.When.At {
			continue
		}
		x := Ending{At: rfc(c.To), With: []Date{}}
		for _, o := range dated(s) {
			news, _ := o.Do.(*policy.Announce)
			switch {
			case o.If != nil:
			case o.When.At == c.To && x.Path == "" && opens(o.Do) == c.Shop:
				x.Path = o.ID + ".at"
			case o.When.At == c.To:
				x.With = append(x.With, Date{o.ID + ".at", rfc(c.To)})
			case news != nil && news.Platform == c.Shop && sim.Time(news.Effective) == c.To:
				x.With = append(x.With, Date{o.ID + ".at", rfc(o.When.At)}, Date{o.ID + ".effective", rfc(c.To)})
			}
		}
		if x.Path != "" {
			return &x
		}
	}
	return nil
}

// closes tells whether an action closes a checkout.
func closes(do policy.Intervention) bool {
	switch do.(type) {
	case *policy.RequireSeparation, *policy.CloseCheckout, *policy.PromoOnly, *policy.RevokeLicence:
		return true
	}
	return false
}

// opens is the shop whose checkout an action opens.
func opens(do policy.Intervention) market.Channel {
	switch x := do.(type) {
	case *policy.OpenCheckout:
		return x.Platform
	case *policy.RedirectCheckout:
		return x.Storefront
	}
	return market.Channels
}
