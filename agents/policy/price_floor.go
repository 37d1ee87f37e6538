package policy

import "pasar/agents/market"

// PriceFloor sets the least price of finished goods sold directly from abroad, on all platforms.
type PriceFloor struct {
	placebo
	On         string  `yaml:"on" doc:"which goods" enum:"cross_border" default:"cross_border"`
	USD        float64 `yaml:"usd" doc:"least price in US dollars; give this or rp" unit:"USD" min:"0" max:"10000" default:"0"`
	Rp         float64 `yaml:"rp" doc:"least price in rupiah" unit:"IDR" min:"0" max:"150000000" default:"0"`
	Compliance float64 `yaml:"compliance" doc:"share of sellers that obey; -1: as params.regulator.floor_compliance" unit:"share" min:"-1" max:"1" default:"-1"`
}

// Doc describes it.
func (*PriceFloor) Doc() Doc {
	return Doc{Name: "price_floor", What: "Sets the least price of goods sold directly from abroad.", Section: "9.1"}
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
	for c := range market.Platforms {
		p.Rule(w, market.PriceFloor, c, int64(floor))
		p.Rule(w, market.FloorKept, c, PPM(obey))
	}
}
