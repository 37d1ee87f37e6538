package policy

import "pasar/agents/market"

// CreditLine lets SMEs go deeper into debt before they are bankrupt, by some weeks of their usual sales.
type CreditLine struct {
	placebo
	Target   *Target `yaml:"target" doc:"who gets it; left out: all SMEs"`
	Limit    float64 `yaml:"weeks_of_sales" doc:"how much more credit, in weeks of usual sales" unit:"weeks" min:"0" max:"52" required:"true"`
	Duration Span    `yaml:"duration" doc:"how long" default:"26w"`
}

// Doc describes it.
func (*CreditLine) Doc() Doc {
	return Doc{Name: "credit_line", What: "Gives SMEs more credit.", Process: true, Section: "9.1"}
}

// Check wants some credit for some time.
func (x *CreditLine) Check(_ *Scene, _ When) []Problem {
	list := append(x.Target.check(), longer("duration", x.Duration)...)
	if x.Limit == 0 {
		list = append(list, problem("weeks_of_sales", "no credit is given")...)
	}
	return list
}

// Enact leaves the offer with the Desk.
func (x *CreditLine) Enact(p *Plan, w When) {
	o := x.Target.programme(w, market.CreditLine)
	o.Share, o.Weeks = uint32(PPM(x.Limit)), weeks(x.Duration)
	x.on(p).Deed(w, market.Entry{Deed: market.Assist, Programme: o})
}
