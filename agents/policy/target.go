package policy

import (
	"slices"

	"pasar/agents/market"
	"pasar/sim"
)

// A Target selects SMEs. What is left out selects all; an SME must fit everything that is given.
type Target struct {
	Types      []string `yaml:"types" doc:"types of SMEs" enum:"local,import,brand"`
	Categories []string `yaml:"categories" doc:"categories of goods" enum:"fashion,beauty,home,electronics,daily,other"`
	Regions    []string `yaml:"regions" doc:"where they are" enum:"java,other"`
	Sizes      []string `yaml:"sizes" doc:"legal size, by sales a year" enum:"micro,small,medium,large"`
	Least      float64  `yaml:"tiktok_from" doc:"least share of their usual sales on TikTok" unit:"share" min:"0" max:"1" default:"0"`
	Most       float64  `yaml:"tiktok_to" doc:"largest share of their usual sales on TikTok" unit:"share" min:"0" max:"1" default:"1"`
	Sample     float64  `yaml:"sample" doc:"part of those that fit, by lot" unit:"share" min:"0" max:"1" default:"1"`
}

// check wants someone to be left.
func (x *Target) check() []Problem {
	switch {
	case x == nil:
		return nil
	case x.Least > x.Most:
		return problem("target.tiktok_from", "is above tiktok_to, so that nobody fits")
	case x.Sample == 0:
		return problem("target.sample", "selects nobody")
	}
	return nil
}

// programme is the plain form that SMEs test themselves against.
func (x *Target) programme(w When, kind market.Aid) market.Programme {
	if x == nil {
		x = &Target{Most: 1, Sample: 1}
	}
	return market.Programme{
		Kind: kind, Number: w.Name(), Sample: uint32(PPM(x.Sample)), TakeUp: uint32(market.One),
		Least: uint16(PPM(x.Least) / 100), Most: uint16(PPM(x.Most) / 100),
		Types: bits(x.Types, market.TypeKeys()), Goods: bits(x.Categories, market.CategoryKeys()),
		Regions: bits(x.Regions, market.RegionKeys()), Sizes: bits(x.Sizes, market.SizeKeys()),
	}
}

// bits is the set of the words chosen; none chosen means all.
func bits(chosen, all []string) (set uint8) {
	for i, word := range all {
		if len(chosen) == 0 || slices.Contains(chosen, word) {
			set |= 1 << i
		}
	}
	return set
}

// places is the set of some platforms; none named means all channels, chat and own web stores too.
func places(list []market.Channel) (set uint16) {
	if len(list) == 0 {
		return 1<<market.Direct - 1
	}
	for _, c := range list {
		set |= 1 << c
	}
	return set
}

// weeks is a length of time in weeks, begun ones too.
func weeks(s Span) uint16 { return uint16((sim.Time(s) + market.Week - 1) / market.Week) }

// longer wants a length of time that a programme can have.
func longer(field string, s Span) []Problem {
	if s <= 0 || sim.Time(s) > 1000*market.Week {
		return problem(field, "must be longer than nothing and at most 1,000 weeks")
	}
	return nil
}
