package policy

import "pasar/agents/market"

// TrainSellers offers SMEs a training: those who accept are better at selling from then on. The government pays.
type TrainSellers struct {
	placebo
	Target   *Target          `yaml:"target" doc:"who is asked; left out: all SMEs"`
	Gain     float64          `yaml:"skill" doc:"what those who come gain in skill, which goes from 0 to 1" unit:"skill" min:"0" max:"1" default:"0.2"`
	Channels []market.Channel `yaml:"platforms" doc:"where it helps, if they sell there; left out: in all channels"`
	TakeUp   float64          `yaml:"take_up" doc:"part of those asked who come" unit:"share" min:"0" max:"1" default:"0.24"`
	Cost     float64          `yaml:"cost_rp" doc:"what it costs the government for each who comes" unit:"Rp" min:"0" max:"1e9" default:"0"`
}

// Doc describes it.
func (*TrainSellers) Doc() Doc {
	return Doc{Name: "train_sellers", What: "Trains SMEs in selling online.", Process: true, Section: "9.1"}
}

// Check wants someone to gain something.
func (x *TrainSellers) Check(_ *Scene, _ When) []Problem {
	list := x.Target.check()
	if x.Gain == 0 {
		list = append(list, problem("skill", "nothing is gained")...)
	}
	return list
}

// Enact leaves the offer with the Desk.
func (x *TrainSellers) Enact(p *Plan, w When) {
	o := x.Target.programme(w, market.Training)
	o.Share, o.TakeUp, o.Amount, o.Channels = uint32(PPM(x.Gain)), uint32(PPM(x.TakeUp)), market.Money(x.Cost), places(x.Channels)
	x.on(p).Deed(w, market.Entry{Deed: market.Assist, Programme: o})
}
