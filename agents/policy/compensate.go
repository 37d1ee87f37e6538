package policy

import "pasar/agents/market"

// Compensate pays SMEs from the government's money, each week: a sum, or a share of the sales they have lost. Sales are lost against the
// eight weeks in which all platforms that the SME sells on last took orders without a cap.
type Compensate struct {
	placebo
	Target   *Target `yaml:"target" doc:"who is paid; left out: all SMEs"`
	Rp       float64 `yaml:"rp" doc:"what each gets a week" unit:"Rp a week" min:"0" max:"1e9" default:"0"`
	Share    float64 `yaml:"share_of_loss" doc:"part of the sales lost that is made good" unit:"share" min:"0" max:"1" default:"0"`
	Duration Span    `yaml:"duration" doc:"how long" default:"12w"`
}

// Doc describes it.
func (*Compensate) Doc() Doc {
	return Doc{Name: "compensate", What: "Pays SMEs a sum each week, or a share of the sales they have lost.", Process: true, Section: "9.1"}
}

// Check wants some money for some time.
func (x *Compensate) Check(_ *Scene, _ When) []Problem {
	list := append(x.Target.check(), longer("duration", x.Duration)...)
	if x.Rp == 0 && x.Share == 0 {
		list = append(list, problem("", "pays nothing: give rp or share_of_loss")...)
	}
	return list
}

// Enact leaves the offer with the Desk.
func (x *Compensate) Enact(p *Plan, w When) {
	o := x.Target.programme(w, market.Compensation)
	o.Amount, o.Share, o.Weeks = market.Money(x.Rp), uint32(PPM(x.Share)), weeks(x.Duration)
	x.on(p).Deed(w, market.Entry{Deed: market.Assist, Programme: o})
}
