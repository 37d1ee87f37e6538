package measure

import (
	"math"
	"testing"

	"pasar/agents/market"
	"pasar/scenarios/indicator"
	"pasar/scenarios/play"
)

// A loss of half for six weeks, then a return to all: recovered when the mean of four weeks reaches nine tenths.
func TestRecover(t *testing.T) {
	without := []float64{10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10}
	value := []float64{10, 10, 5, 5, 5, 5, 5, 5, 10, 10, 10, 10, 10}
	got := Recover(value, without, 2, .9)
	if got.Week != 9 || got.Lost != 30 { // weeks 8 to 11 are the first four that are whole: .9 would let one week of half a loss in
		t.Errorf("recovered in week %d after a loss of %g", got.Week, got.Lost)
	}
	if got := Recover(value, without, 2, .85); got.Week != 8 {
		t.Errorf("at .85 recovered in week %d", got.Week)
	}
	if got := Recover(value[:8], without, 2, .9); got.Week != -1 || got.Lost != 30 || got.Had != 60 {
		t.Errorf("never: %+v", got)
	}
	if got := Recover(without, without, 2, .9); got.Week != 3 || got.Lost != 0 {
		t.Errorf("no loss: %+v", got)
	}
	if naive := RecoverNaive(value, 2, .9); naive != got {
		t.Errorf("against its own past: %+v", naive)
	}
	value[4] = math.NaN()
	if got := Recover(value, without, 2, .9); got.Lost != 35 {
		t.Errorf("what does not exist sells nothing: %+v", got)
	}
}

// The price index of two SMEs, one twice as large, of which the larger raises its price by 10 % and then takes it back.
func TestPriceIndex(t *testing.T) {
	sme := func(price ...uint32) Member {
		m := Member{SME: &market.Traits{Good: 2}}
		for _, p := range price {
			m.Weeks = append(m.Weeks, &market.Trace{Sales: 100, Price: p, Top: market.Shopee})
		}
		return m
	}
	a, b, stranger := sme(100, 110, 110, 100), sme(50, 50, 50, 50), sme(10, 20, 40, 80)
	for i := range a.Weeks {
		a.Weeks[i].Sales = 200
		stranger.Weeks[i].Top = market.Channel(i) // never twice in the same channel
	}
	r := &Run{Published: &indicator.Published{Count: make([]market.WeekRow, 4)}, Panel: []Member{a, b, stranger}}
	index := r.priceIndex()
	got := index.Of("home")
	up := 100 * math.Pow(1.1, 2.0/3)
	for i, want := range []float64{100, up, up, 100} {
		if math.Abs(got[i]-want) > 1e-9 {
			t.Errorf("week %d: %g, want %g", i, got[i], want)
		}
	}
	if index.Of("fashion")[3] != 100 {
		t.Error("an index without prices moves")
	}
}

// What a tracked SME stands for adds up to all SMEs, sampled or not.
func TestWeights(t *testing.T) {
	x := played()
	for kind, want := range map[string]float64{"sme": x.Scenario.Params.Scale.SMEs, "buyer": x.Scenario.Params.Scale.Buyers, "creator": x.Scenario.Params.Scale.Creators} {
		sum := 0.0
		_, smes, _ := play.Sizes(x.Scenario)
		for _, m := range x.Panel {
			if m.Kind() == kind && (m.SME == nil || int(m.Number) < smes) {
				sum += m.Weight
			}
		}
		if math.Abs(sum/want-1) > .15 { // SMEs come in whole numbers: 7 at this size
			t.Errorf("%ss of the sample stand for %.0f, not %.0f", kind, sum, want)
		}
	}
}
