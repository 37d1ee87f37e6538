package policy

import "pasar/agents/market"

// DealOutcome imposes what comes of talks, on a date: it collapses, say, or is approved. What is dated or drawn goes on from there.
type DealOutcome struct {
	placebo
	Talks string `yaml:"talks" doc:"the id of the talks" required:"true"`
	State string `yaml:"state" doc:"what it comes to" enum:"agreed,collapsed,signed,approved,rejected,closed,operating,unwound" required:"true"`
}

// Doc describes it.
func (*DealOutcome) Doc() Doc {
	return Doc{Name: "deal_outcome", What: "Imposes what comes of talks on a deal.", Process: true, Section: "7.11"}
}

// Check wants talks under way.
func (o *DealOutcome) Check(s *Scene, w When) []Problem {
	switch talks, ok := s.Do[o.Talks].(*PartnershipTalks); {
	case s.Do[o.Talks] == nil:
		return problem("talks", "there are no talks with the id %q", o.Talks)
	case !ok:
		return problem("talks", "%s is not talks but a %s", o.Talks, s.Do[o.Talks].Doc().Name)
	case w.At <= s.Entries[o.Talks].At:
		return problem("at", "is not after the talks begin on %s", date(s.Entries[o.Talks].At))
	case talks.Mode == "endogenous" && o.State != "collapsed" && o.State != "unwound":
		return problem("state", "an endogenous deal can be imposed to fall through only: who would be its partner is not known")
	}
	return nil
}

// Enact writes the state into the book, where the talks find it.
func (o *DealOutcome) Enact(p *Plan, w When) {
	talks, ok := p.Scene.Do[o.Talks].(*PartnershipTalks)
	if !ok {
		return
	}
	state, _ := market.ParseDealState(o.State)
	o.on(p).Rule(w, market.DealForced, talks.Initiator, int64(state))
}
