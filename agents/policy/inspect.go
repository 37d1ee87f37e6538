package policy

import (
	"pasar/agents/market"
	"pasar/sim"
)

// Inspect is the penalty ladder of the rule of 2023 (§7.12). A weekly inspection holds the regulator's last report against a limit; a
// violation that is found brings a warning, the third within two weeks a block of the checkout, and if the report is no better when
// the block ends, the licence is revoked. Otherwise what held before the block holds again.
type Inspect struct {
	placebo
	Platform market.Channel `yaml:"platform" doc:"who is inspected" required:"true"`
	What     string         `yaml:"what" doc:"the indicator of the weekly report that is held against the limit; integration violates below it, the others above" enum:"below_cost,imports,complaints,integration" required:"true"`
	Limit    float64        `yaml:"limit" doc:"the limit: a share, or complaints for 1,000 orders" unit:"share or number" min:"0" max:"1000" required:"true"`
	Detect   float64        `yaml:"detect" doc:"probability that a violation is found" unit:"share" min:"0" max:"1" default:"0.8"`
	Block    Span           `yaml:"block" doc:"how long the checkout is blocked" default:"30d"`
	Ends     Date           `yaml:"ends" doc:"when inspections end; left out: never"`
}

// What an inspection comes to: the rungs of the ladder.
const (
	rungWarn uint32 = iota + 1
	rungBlock
	rungRevoke
	rungLift
)

// Doc describes it.
func (*Inspect) Doc() Doc {
	return Doc{Name: "inspect", What: "Inspects a platform each week: warnings, then a block, then the licence is revoked.", Process: true, Section: "7.12"}
}

// Check wants a block, and an end after the beginning.
func (x *Inspect) Check(_ *Scene, w When) []Problem {
	switch {
	case x.Block < Span(market.Day):
		return problem("block", "must be a day or longer")
	case x.Ends != 0 && sim.Time(x.Ends) <= w.At:
		return problem("ends", "is not after inspections begin on %s", date(w.At))
	}
	return nil
}

// Enact leaves it to the reports from w.At on.
func (x *Inspect) Enact(p *Plan, w When) {
	x.on(p).pledge(w, func(v *market.View) (uint32, sim.Time, bool) { return x.inspect(v, w) }, x.impose)
}

// inspect is one day's decision.
func (x *Inspect) inspect(v *market.View, w When) (uint32, sim.Time, bool) {
	if v.Now < w.At || x.Ends != 0 && v.Now >= sim.Time(x.Ends) || len(v.Watch) == 0 {
		return 0, 0, false
	}
	bad := x.violates(&v.Watch[len(v.Watch)-1])
	if kept := v.Kept(); len(kept) > 0 {
		switch last := kept[len(kept)-1]; last.Outcome {
		case rungRevoke:
			return 0, 0, false
		case rungBlock:
			ends := last.At + sim.Time(x.Block)
			if !due(v, ends) {
				return 0, 0, false
			}
			if bad {
				return rungRevoke, ends, true
			}
			return rungLift, ends, true
		}
	}
	l := v.Luck
	if (v.Day-market.DayOf(w.At))%7 != 0 || !bad || l.U(0) >= x.Detect || !v.Book.Open(x.Platform, v.Now) {
		return 0, 0, false
	}
	if warned(v.Book, x.Platform, max(v.Soonest-14*market.Day, x.lifted(v)), v.Soonest) >= 2 {
		return rungBlock, v.Soonest, true
	}
	return rungWarn, v.Soonest, true
}

// lifted is when the last block ended: the ladder begins anew.
func (x *Inspect) lifted(v *market.View) (at sim.Time) {
	for _, e := range v.Kept() {
		if e.Outcome == rungLift {
			at = e.At
		}
	}
	return at
}

// violates holds a report against the limit.
func (x *Inspect) violates(r *market.WatchRow) bool {
	switch x.What {
	case "below_cost":
		return r.See(market.UnderCost) > x.Limit
	case "imports":
		return r.See(market.ImportShare) > x.Limit
	case "complaints":
		return r.See(market.Complaints) > x.Limit
	}
	return r.See(market.Compliance) < x.Limit
}

// impose carries out a rung. The third warning comes with the block.
func (x *Inspect) impose(p *Plan, w When, rung uint32) {
	c := x.Platform
	switch rung {
	case rungWarn:
		p.warn(w, c)
	case rungBlock:
		p.warn(w, c)
		p.Rule(w, market.Checkout, c, 0)
		p.Rule(w, market.RedirectTo, c, 0)
	case rungRevoke:
		p.revoke(w, c)
	case rungLift:
		before := w.At - sim.Time(x.Block) - 1
		for _, lever := range []market.Lever{market.Checkout, market.RedirectTo} {
			p.Rule(w, lever, c, p.Book.Value(lever, c, before))
		}
	}
}
