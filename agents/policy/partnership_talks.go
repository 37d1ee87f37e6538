package policy

import (
	"slices"

	"pasar/agents/market"
	"pasar/sim"
)

// PartnershipTalks begins talks of a storefront's owner with those who might take its orders (§7.11). What comes of them has dates, or
// follows from weekly hazards. The state stands in the book, as the levers dealing, deal_as and deal_with; see also deal_outcome.
// A deal that operates redirects the storefront's checkout; one that closes moves stakes and money.
type PartnershipTalks struct {
	placebo
	Initiator  market.Channel `yaml:"initiator" doc:"the storefront that looks for a partner" required:"true"`
	Mode       string         `yaml:"mode" doc:"dated: each state has its date; endogenous: the run draws them week by week" enum:"dated,endogenous" required:"true"`
	Candidates []string       `yaml:"candidates" doc:"whom it talks to, if endogenous; left out: all" enum:"tokopedia,bukalapak,blibli,partner_d,partner_e"`
	Forms      []string       `yaml:"forms" doc:"kinds of deals considered, if endogenous; left out: all" enum:"acquire,jv,build,licence"`
	Partner    string         `yaml:"partner" doc:"the partner, if dated" enum:"tokopedia,bukalapak,blibli,partner_d,partner_e"`
	Form       string         `yaml:"form" doc:"the kind of deal, if dated" enum:"acquire,jv,licence"`
	Dates      *DealDates     `yaml:"dates" doc:"when it comes to each state, if dated"`
	Price      float64        `yaml:"price_usd" doc:"price of the stake, if dated" unit:"USD" min:"0" max:"1e12" default:"0"`
	Fee        string         `yaml:"fee" doc:"whose fees redirected orders pay" enum:"processor,storefront" default:"processor"`
	Apart      bool           `yaml:"separate_data" doc:"whether data on shoppers are kept apart" default:"false"`
}

// DealDates are the dates of a deal. What is left out does not happen.
type DealDates struct {
	Proposed  Date `yaml:"proposed" doc:"an offer is made"`
	Agreed    Date `yaml:"agreed" doc:"they agree informally"`
	Collapsed Date `yaml:"collapsed" doc:"it falls through"`
	Signed    Date `yaml:"signed" doc:"it is signed and announced"`
	Opens     Date `yaml:"opens" doc:"the partner takes the storefront's orders; left out: when operating"`
	Approved  Date `yaml:"approved" doc:"the regulator approves"`
	Rejected  Date `yaml:"rejected" doc:"the regulator rejects"`
	Closed    Date `yaml:"closed" doc:"stakes and money change hands"`
	Operating Date `yaml:"operating" doc:"integration is over"`
	Unwound   Date `yaml:"unwound" doc:"it is taken back"`
}

// Doc describes it.
func (*PartnershipTalks) Doc() Doc {
	return Doc{Name: "partnership_talks", What: "Begins talks on a deal, with what follows by date or by hazard.", Process: true, Section: "7.11"}
}

// dated lists the states of a dated deal by date.
func (d *PartnershipTalks) dated() (all []transition) {
	if d.Dates == nil {
		return nil
	}
	x := d.Dates
	for _, s := range []transition{{market.DealProposed, x.Proposed}, {market.DealAgreed, x.Agreed}, {market.DealCollapsed, x.Collapsed}, {market.DealSigned, x.Signed},
		{market.DealApproved, x.Approved}, {market.DealRejected, x.Rejected}, {market.DealClosed, x.Closed}, {market.DealOperating, x.Operating}, {market.DealUnwound, x.Unwound}} {
		if s.at != 0 {
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b transition) int { return int(a.at - b.at) })
	return all
}

// A transition is a state with its date.
type transition struct {
	to market.DealState
	at Date
}

// Check wants dates for a dated deal, in the order of the states, and none for the other.
func (d *PartnershipTalks) Check(_ *Scene, w When) (list []Problem) {
	if d.Mode == "endogenous" {
		if d.Dates != nil || d.Partner != "" || d.Form != "" {
			return problem("mode", "an endogenous deal has no dates, partner or form of its own; use candidates and forms")
		}
		return nil
	}
	states := d.dated()
	switch {
	case d.Partner == "" || d.Form == "" || len(states) == 0:
		return problem("mode", "a dated deal needs partner, form and dates")
	case len(d.Candidates)+len(d.Forms) > 0:
		return problem("mode", "a dated deal has a partner and a form, not candidates and forms")
	}
	last := transition{market.DealTalks, Date(w.At)}
	for _, s := range states {
		switch {
		case last.to.Over():
			list = append(list, problem("dates."+s.to.String(), "nothing follows once it is %s", last.to)...)
		case s.to < last.to && s.to != market.DealCollapsed:
			list = append(list, problem("dates."+s.to.String(), "comes after %s", last.to)...)
		case sim.Time(s.at-last.at) < market.Day:
			list = append(list, problem("dates."+s.to.String(), "is less than a day after %s", last.to)...)
		}
		last = s
	}
	if x := d.Dates; x.Opens != 0 && (x.Signed == 0 || x.Opens < x.Signed) {
		list = append(list, problem("dates.opens", "is before it is signed")...)
	}
	return list
}

// Enact begins the talks.
func (d *PartnershipTalks) Enact(p *Plan, w When) {
	p = d.on(p)
	p.Rule(w, market.Dealing, d.Initiator, int64(market.DealTalks))
	p.pledge(w, func(v *market.View) (uint32, sim.Time, bool) {
		s, at, yes := d.next(v, w)
		return s.pack(), at, yes
	}, func(p *Plan, w When, outcome uint32) { d.follow(p, w, unpack(outcome)) })
}

// State is how far it has come, for conditions.
func (d *PartnershipTalks) State(b *market.Book, at sim.Time) string {
	return market.DealState(b.Value(market.Dealing, d.Initiator, at)).String()
}

// next is the state that the deal comes to before it is asked again, if it does.
func (d *PartnershipTalks) next(v *market.View, w When) (s step, at sim.Time, yes bool) {
	last, since := step{State: market.DealTalks}, w.At
	if kept := v.Kept(); len(kept) > 0 {
		last, since = unpack(kept[len(kept)-1].Outcome), kept[len(kept)-1].At
	}
	if d.Mode == "dated" {
		last.With, _ = market.ParsePartner(d.Partner)
		last.Form, _ = market.ParseDealForm(d.Form)
		last.Price = int64(d.Price / 1e6)
	}
	s = last
	if last.State.Over() || !due(v, w.At) {
		return s, 0, false
	}
	if r := v.Book.At(market.DealForced, d.Initiator, v.Soonest+market.Day-1); r.Value != 0 && r.From >= w.At && !d.done(v, r) {
		s.State = market.DealState(r.Value)
		return s, max(r.From, v.Soonest), true
	}
	if v.Book.Value(market.Trial, d.Initiator, v.Now) == market.PilotRevoked && last.State >= market.DealSigned {
		s.State = market.DealUnwound
		return s, v.Soonest, true
	}
	if d.Mode == "dated" {
		for _, x := range d.dated() {
			if sim.Time(x.at) > since {
				s.State = x.to
				return s, sim.Time(x.at), due(v, sim.Time(x.at))
			}
		}
		return s, 0, false
	}
	if v.Now < w.At || (v.Day-market.DayOf(w.At))%7 != 0 {
		return s, 0, false
	}
	s = d.draw(v, last, since)
	return s, v.Soonest, s != last
}

// done tells whether a state that the scenario imposes has been reached.
func (d *PartnershipTalks) done(v *market.View, r market.Rule) bool {
	for _, e := range v.Kept() {
		if e.At >= r.From && int64(unpack(e.Outcome).State) == r.Value {
			return true
		}
	}
	return false
}
