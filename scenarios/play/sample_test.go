package play

import (
	"slices"
	"testing"

	"pasar/agents/market"
	"pasar/sim"
)

// What tracked agents tell does not depend on how they are spread, and every week is collected once.
func TestSampleSameHistory(t *testing.T) {
	s := quick(t, 200, "2023-02-15")
	want := byNATS(t, s, Options{Goroutines: 1})
	if weeks := int((s.End-1)/market.Week) + 1; len(want.Sample) != weeks {
		t.Fatalf("%d weeks of the sample in %d", len(want.Sample), weeks)
	}
	for what, o := range map[string]Options{"three": {Goroutines: 3}, "actors": {Actors: true}} {
		if what == "actors" && testing.Short() {
			continue
		}
		got := byNATS(t, s, o)
		if !slices.EqualFunc(got.Sample, want.Sample, func(a, b Week) bool { return a.Day == b.Day && slices.Equal(a.Rows, b.Rows) }) {
			t.Errorf("%s: other rows", what)
		}
	}
}

// With everyone in the sample, orders told by buyers are the orders counted, and what SMEs sold, but for what is under way at
// either end: here at most the last window.
func TestSampleAddsUp(t *testing.T) {
	s := quick(t, 200, "2023-02-15")
	r := byNATS(t, s, Options{Goroutines: 1})
	m := r.Market
	var told int64
	seen := map[sim.ID]bool{}
	last := r.Sample[len(r.Sample)-1]
	for _, w := range r.Sample {
		if !slices.IsSortedFunc(w.Rows, func(a, b market.Tracking) int { return int(a.Agent) - int(b.Agent) }) {
			t.Fatalf("day %d is not in order", w.Day)
		}
		for _, x := range w.Rows {
			if m.Buyers.Has(x.Agent) {
				told += int64(x.Orders)
				seen[x.Agent] = true
			}
		}
	}
	if len(seen) != m.Buyers.N {
		t.Errorf("%d of %d buyers told", len(seen), m.Buyers.N)
	}
	var most, least int64
	for d, row := range r.Days {
		if int64(d) > last.Day || row == nil {
			continue
		}
		n := row[market.CounterCell(market.NAccepted)]
		most += n
		if int64(d) < last.Day {
			least += n
		}
	}
	if told < least-1 || told > most || told == 0 {
		t.Errorf("buyers told of %d accepted orders; %d to %d were counted", told, least, most)
	}
}

// The sample is the same in every world of a seed, another with another seed, and about as large as it should be.
func TestSampleIsFixed(t *testing.T) {
	ids := func(seed uint64, n, about int) (list []uint32) {
		for i := range uint32(n) {
			if market.InSample(seed, market.LotBuyer, i, n, about) {
				list = append(list, i)
			}
		}
		return list
	}
	a, b, all := ids(1, 20_000, 500), ids(2, 20_000, 500), ids(1, 400, 500)
	if len(a) < 400 || len(a) > 600 || slices.Equal(a, b) { // 4.5 standard deviations
		t.Errorf("%d and %d of 20,000", len(a), len(b))
	}
	if len(all) != 400 {
		t.Errorf("%d of 400", len(all))
	}
	base, other := byNATS(t, scenario(t, "no-ban", 600, "2023-01-31"), Options{Goroutines: 1}), byNATS(t, scenario(t, "ban", 600, "2023-01-31"), Options{Goroutines: 1})
	for i, w := range base.Sample {
		if !slices.Equal(w.Rows, other.Sample[i].Rows) {
			t.Errorf("worlds that have not parted yet tell otherwise on day %d", w.Day)
		}
	}
}
