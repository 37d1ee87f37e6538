package compare

import (
	"math"
	"slices"
	"strings"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/results/measure"
	"pasar/scenarios/stats"
	"pasar/sim"
)

// shock is the closure that one world of a pair has and the other has not; nil if both or neither have one.
func shock(p *Pair, base, other *load.Scenario) *Shock {
	closes := func(s *load.Scenario) bool { return len(measure.Closures(s, bookOf(s))) > 0 }
	swapped := closes(base)
	if swapped == closes(other) {
		return nil
	}
	for _, w := range p.Periods {
		if w.Name != Ban {
			continue
		}
		x := &Shock{Shop: w.Shop, From: w.From, To: w.To, With: p.World, Swapped: swapped}
		if swapped {
			x.With, x.Without = 0, p.World
		}
		return x
	}
	return nil
}

// bookOf is the rules that a scenario plans.
func bookOf(s *load.Scenario) *market.Book {
	_, _, w := play.Sizes(s)
	return s.Plan(w)
}

// sides are values of the base and of the other world as those of the world with the shock, and of the one without it.
func (x *Shock) sides(base, other []float64) (with, without []float64) {
	if x.Swapped {
		return base, other
	}
	return other, base
}

// eightWeeks are those before a day, as many as there are.
func eightWeeks(until int) measure.Window { return measure.Window{From: max(until-56, 0), To: until} }

// identity is what the world without the shock counts before it, all replications together, put through the identity of §14.3; nil where
// there is nothing to count by.
func (e *engine) identity(pair int, shop market.Channel) *measure.Identity {
	p, at := &e.c.Pairs[pair], e.of[pair].before
	if at < 0 {
		return nil
	}
	counted := measure.Diversion{Shop: shop}
	for _, x := range e.runs[p.Shock.Without] {
		counted.Add(x.before[at])
	}
	with, without := e.c.Scenarios[p.Shock.With], e.c.Scenarios[p.Shock.Without]
	links := func(s *load.Scenario, day int) float64 {
		return float64(bookOf(s).Value(market.Linkout, shop, sim.Time(e.c.First+int64(day))*market.Day))
	}
	visible := links(with, p.Shock.From) / links(without, e.reader.before[at].From)
	x, ok := counted.Identity(without.Params.Disc.Rho, without.Params.Choice.TauOnline, visible)
	if !ok {
		return nil
	}
	return &x
}

// predict fills in what rules of thumb say of the closed storefront's sales, beside what the agents did.
func (e *engine) predict(pair int) {
	p := &e.c.Pairs[pair]
	period := slices.IndexFunc(p.Periods, func(w Period) bool { return w.Name == Ban })
	closed, _ := market.ParseChannel(p.Shock.Shop)
	p.Identity = e.identity(pair, closed)

	keys, shop := market.ChannelKeys(market.Direct), int(closed)
	with, without, base := make([][]float64, len(keys)), make([][]float64, len(keys)), make([]float64, len(keys))
	for c, key := range keys {
		with[c], without[c] = p.Shock.sides(e.pairs(pair, measure.Column{Metric: "gmv", By: "storefront", Key: key, Unit: "IDR/day"}, period))
		base[c] = stats.LevelOf(without[c], level).Mean
	}
	spread := measure.Proportional(base[:market.Platforms], shop)
	label := func(key string) string {
		return strings.Join([]string{e.c.Worlds[p.Shock.Without].Name, e.c.Worlds[p.Shock.With].Name, "predicted", key}, "\n")
	}
	for c, key := range keys {
		if math.IsNaN(base[c]) { // it is not in this market
			continue
		}
		x := Prediction{Key: key, Base: base[c], Logit: math.NaN(), Unit: "IDR/day", Agents: stats.Pair(without[c], with[c], e.c.Level, label(key))}
		if c < len(spread) {
			x.Proportional = spread[c]
		}
		switch {
		case p.Identity == nil:
		case c == shop:
			x.Logit = -base[shop]
		default:
			x.Logit = p.Identity.Gain[c] * base[shop]
		}
		p.Naive = append(p.Naive, x)
	}
	ratio := diverted(with[:market.Platforms], without[:market.Platforms], shop)
	x := Prediction{
		Key: Diverted, Base: math.NaN(), Proportional: 1, Logit: math.NaN(), Unit: "share",
		Agents: stats.Pair(make([]float64, len(ratio)), ratio, e.c.Level, label(Diverted)),
	}
	if p.Identity != nil {
		x.Logit = p.Identity.Ratio
	}
	p.Naive = append(p.Naive, x)
}

// diverted is what all others gain for each rupiah that a storefront loses, by replication. Those that are not in the market gain nothing.
func diverted(with, without [][]float64, shop int) []float64 {
	ratio := make([]float64, len(with[shop]))
	for i := range ratio {
		gain := 0.0
		for c := range with {
			if d := with[c][i] - without[c][i]; c != shop && !math.IsNaN(d) {
				gain += d
			}
		}
		ratio[i] = gain / (without[shop][i] - with[shop][i])
	}
	return ratio
}
