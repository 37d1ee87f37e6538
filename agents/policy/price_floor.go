package policy

import (
	"slices"

	"pasar/agents/market"
)

// PriceFloor sets the least price of finished goods sold directly from abroad, or of all imports.
type PriceFloor struct {
	placebo
	On         string           `yaml:"on" doc:"which goods: sold directly from abroad, or all imports" enum:"cross_border,import" default:"cross_border"`
	USD        float64          `yaml:"usd" doc:"least price in US dollars; give this or rp" unit:"USD" min:"0" max:"10000" default:"0"`
	Rp         float64          `yaml:"rp" doc:"least price in rupiah" unit:"IDR" min:"0" max:"150000000" default:"0"`
	Categories []string         `yaml:"categories" doc:"of which categories; left out: all" enum:"fashion,beauty,home,electronics,daily,other"`
	Exempt     []market.Channel `yaml:"exempt" doc:"platforms on which it does not hold"`
	Compliance float64          `yaml:"compliance" doc:"share of sellers that obey; -1: as params.regulator.floor_compliance" unit:"share" min:"-1" max:"1" default:"-1"`
}

// Doc describes it.
func (*PriceFloor) Doc() Doc {
	return Doc{Name: "price_floor", What: "Sets the least price of goods sold directly from abroad, or of all imports.", Section: "9.1"}
}

// Check wants one price.
func (f *PriceFloor) Check(*Scene, When) []Problem {
	switch {
	case f.Compliance < 0 && f.Compliance != -1:
		return problem("compliance", "is a share from 0 to 1, or -1 for the parameter")
	case (f.USD > 0) == (f.Rp > 0):
		return problem("", "give the floor once, as usd or as rp")
	}
	return nil
}

// Enact sets the floor on all platforms.
func (f *PriceFloor) Enact(p *Plan, w When) {
	p = f.on(p)
	floor, obey := f.Rp+float64(f.USD*p.P.Scale.USDIDR), f.Compliance
	if obey < 0 {
		obey = p.P.Regulator.Compliance
	}
	goods, all := int64(0), int64(0)
	for g, key := range market.CategoryKeys() {
		if slices.Contains(f.Categories, key) {
			goods |= 1 << g
		}
	}
	if f.On == "import" {
		all = 1
	}
	for c := range market.Platforms {
		if slices.Contains(f.Exempt, c) {
			continue
		}
		p.Rule(w, market.FloorOn, c, all)
		p.Rule(w, market.FloorGoods, c, goods)
		p.Rule(w, market.PriceFloor, c, int64(floor))
		p.Rule(w, market.FloorKept, c, PPM(obey))
	}
}
