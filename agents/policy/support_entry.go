package policy

import "pasar/agents/market"

// SupportEntry has the government pay a part of what it costs SMEs to open in another channel, and tells them of it.
type SupportEntry struct {
	placebo
	Target   *Target          `yaml:"target" doc:"who is supported; left out: all SMEs"`
	Share    float64          `yaml:"share" doc:"part of the cost of entry that the government pays" unit:"share" min:"0" max:"1" required:"true"`
	Channels []market.Channel `yaml:"platforms" doc:"where; left out: in all channels"`
	Duration Span             `yaml:"duration" doc:"how long" default:"26w"`
}

// Doc describes it.
func (*SupportEntry) Doc() Doc {
	return Doc{Name: "support_entry", What: "Pays a part of what it costs SMEs to open in another channel.", Process: true, Section: "9.1"}
}

// Check wants some support for some time.
func (x *SupportEntry) Check(_ *Scene, _ When) []Problem {
	list := append(x.Target.check(), longer("duration", x.Duration)...)
	if x.Share == 0 {
		list = append(list, problem("share", "nothing is paid")...)
	}
	return list
}

// Enact leaves the offer with the Desk.
func (x *SupportEntry) Enact(p *Plan, w When) {
	o := x.Target.programme(w, market.EntryAid)
	o.Share, o.Channels, o.Weeks = uint32(PPM(x.Share)), places(x.Channels), weeks(x.Duration)
	x.on(p).Deed(w, market.Entry{Deed: market.Assist, Programme: o})
}
