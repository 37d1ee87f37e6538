package policy

import (
	"pasar/agents/market"
	"pasar/sim"
)

// SetPolicy says by which rules a platform runs its business from then on (§7.10): its vouchers by dates or by feedback, its fees by
// dates or by market power, and how much shoppable content it wants to show.
type SetPolicy struct {
	placebo
	Platform market.Channel `yaml:"platform" doc:"whose rules" required:"true"`
	Subsidy  string         `yaml:"subsidy" doc:"how it sets vouchers: by dated rules, or by its share, its rivals and its losses" enum:"as_is,schedule,feedback" default:"as_is"`
	Aim      float64        `yaml:"target_share" doc:"share of the market that feedback aims at; 0: as at the start and platform.*.aim more" unit:"share" min:"0" max:"1" default:"0"`
	Fee      string         `yaml:"fee" doc:"how it sets its commission: by dated rules, or each quarter by market power" enum:"schedule,power" default:"schedule"`
	Live     float64        `yaml:"live" doc:"views of shoppable content aimed at, relative to the path of the parameters" unit:"ratio" min:"0" max:"3" default:"-1"`
}

// Doc describes it.
func (*SetPolicy) Doc() Doc {
	return Doc{Name: "set_policy", What: "Lets a platform set vouchers, fees or content by rules of its own.", Section: "7.10"}
}

// Check wants something to set.
func (s *SetPolicy) Check(_ *Scene, w When) []Problem {
	switch {
	case s.Subsidy == "as_is" && s.Fee == "schedule" && s.Live < 0:
		return problem("", "sets neither subsidy, nor fee, nor live")
	case s.Aim > 0 && s.Subsidy != "feedback":
		return problem("target_share", "is what feedback aims at, and subsidy is %s", s.Subsidy)
	}
	return nil
}

// Enact sets the rules.
func (s *SetPolicy) Enact(p *Plan, w When) {
	p = s.on(p)
	switch s.Subsidy {
	case "schedule":
		p.Rule(w, market.SubsidyRule, s.Platform, market.BySchedule)
	case "feedback":
		p.Rule(w, market.SubsidyRule, s.Platform, market.ByFeedback)
		p.Rule(w, market.SubsidyAim, s.Platform, PPM(s.Aim))
	}
	if s.Live >= 0 {
		p.Rule(w, market.ContentMore, s.Platform, PPM(s.Live-1))
	}
	if s.Fee == "power" && !p.null {
		power := feePower{s.Platform, w}
		p.Book.Promise(market.Pledge{Entry: w.Entry, Name: w.Name(), Ask: power.ask, Enact: power.enact})
	}
}

// feePower is the fee rule by market power: each quarter the commission rises by a step where the owner holds more than .3 of
// the market and fewer than half of the SMEs sell on a second platform, and falls by one where the platform's share has fallen by
// more than two points (§7.10.3).
type feePower struct {
	on market.Channel
	w  When
}

const (
	quarter   = 91              // d
	feeNotice = 14 * market.Day // between the decision and the fee
)

func (f feePower) ask(v *market.View) (uint32, sim.Time, bool) {
	since := v.Day - market.DayOf(f.w.At)
	if since <= 0 || since%quarter != 0 || f.w.Until != 0 && v.Now >= f.w.Until || len(v.Weeks) == 0 {
		return 0, 0, false
	}
	last := v.Weeks[len(v.Weeks)-1]
	now, before := shares(v, v.Day-27, v.Day), shares(v, v.Day-27-quarter, v.Day-quarter)
	held, fee, step := 0.0, v.Book.Value(market.FeeShare, f.on, v.Now), PPM(v.P.Firm.FeeStep)
	owner := now.owned[f.on]
	for c := range market.Platforms {
		if now.owned[c] == owner {
			held += now.share[c]
		}
	}
	next := fee
	if held > .3 && last.Active > 0 && 2*last.MultiHome < last.Active {
		next += step
	}
	if before.share[f.on]-now.share[f.on] > .02 {
		next -= step
	}
	next = min(max(next, 0), PPM(v.P.Firm.FeeMost))
	return uint32(next), v.Now + feeNotice, next != fee
}

func (f feePower) enact(b *market.Book, at sim.Time, fee uint32) {
	b.Add(market.Rule{From: at, Lever: market.FeeShare, On: f.on, Value: int64(fee), Why: f.w.Entry})
}

// shared is the platforms' shares of GMV by storefront over some days, and who owns most of each at their end.
type shared struct {
	share [market.Platforms]float64
	owned [market.Platforms]market.OwnerID
}

func shares(v *market.View, from, to int64) (x shared) {
	all := 0.0
	for d := from; d <= to; d++ {
		row := v.Closed(d)
		if row == nil {
			continue
		}
		for c := range market.Platforms {
			for via := range market.Platforms {
				gmv := float64(row[market.GMVCell(c, via)])
				x.share[c] += gmv
				all += gmv
			}
		}
	}
	for c := range market.Platforms {
		if all > 0 {
			x.share[c] /= all
		}
		most := 0.0
		for o, part := range v.Book.Owners(c, sim.Time(to)*market.Day) {
			if part > most {
				most, x.owned[c] = part, market.OwnerID(o)
			}
		}
	}
	return x
}
