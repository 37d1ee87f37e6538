package play

import (
	"math"
	"testing"

	"pasar/agents"
	"pasar/agents/market"
	"pasar/scenarios/load"
)

// In a market without a platform nobody means to go there, sells there or buys there, and what is there is all used: the
// constants of the rest are solved for their own targets (decisions C14). Money, goods and orders are conserved as ever.
func TestAbsentPlatforms(t *testing.T) {
	s := scenario(t, "malaysia-copies", 400, "2023-03-31")
	r, _ := played(t, s, nil)
	absent := []market.Channel{market.Tokopedia, market.Bukalapak, market.Blibli}
	sold := func(c market.Channel) (n int64) {
		for _, row := range r.Days {
			n += row[market.PlacedCell(c)] + row[market.IntentCell(c)] + row[market.EnterCell(c)]
		}
		return n
	}
	for _, c := range absent {
		if n := sold(c); n != 0 {
			t.Errorf("%s: %d orders, intents and entries", c, n)
		}
		for _, w := range r.Weeks {
			if w.Listed[c] != 0 {
				t.Fatalf("%s: %d listings on day %d", c, w.Listed[c], w.Day)
			}
		}
	}
	for _, c := range []market.Channel{market.TikTok, market.Shopee, market.Lazada} {
		if sold(c) == 0 {
			t.Errorf("%s sells nothing", c)
		}
	}
	p := s.Params
	shares := agents.Targets(p)
	for g := range shares {
		sum := 0.0
		for c, x := range shares[g] {
			if math.IsNaN(x) || x == 0 != (p.Intent[c].Share == 0) {
				t.Errorf("%s %s has target %g", market.Category(g), market.Channel(c), x)
			}
			sum += x
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Errorf("%s: targets sum to %g", market.Category(g), sum)
		}
	}
	for g, row := range r.Market.Delta.Need {
		for c, x := range row {
			if math.IsInf(x, 0) || math.IsNaN(x) {
				t.Errorf("%s %s has constant %g", market.Category(g), market.Channel(c), x)
			}
		}
	}
	if load.Defaults().Intent[market.Tokopedia].Share == 0 {
		t.Error("Tokopedia has left Indonesia")
	}
}
