package play

import (
	"math"
	"testing"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
)

// manyBuyers is the scale of these tests: small, so that a hundred seeds can be played.
const manyBuyers = 400

// `pilot` replays history (decisions D18): whatever the seed, the pilot is approved and the storefront open to the last day. That it sells
// in the last month is asked of nineteen worlds in twenty: so few buyers have some dozen SMEs, who may all give up (in seed 186 they do, within
// half a year and before any ban). In the night over 100 seeds:
//
//	PASAR_NIGHTLY=1 go test ./scenarios/play -run Pilots -v
func TestHundredPilots(t *testing.T) {
	if testing.Short() {
		t.Skip("plays many worlds")
	}
	n := 3
	if nightly() {
		n = 100
	}
	approved, open, sells := 0, 0, 0
	rule := map[uint8]int{}
	for i, r := range seeds(t, n, func() *load.Scenario { return scenario(t, "pilot", manyBuyers, "") }) {
		approved += one(r.Book.Value(market.Trial, market.TikTok, r.Scenario.End) == market.PilotApproved)
		end, shut := day(t, "2024-06-30"), 0
		for d := day(t, "2023-12-13"); d <= end; d++ {
			shut += one(!r.Book.Open(market.TikTok, sim.Time(d)*market.Day))
		}
		open += one(shut == 0)
		last := r.sums(end-28, end, storefront(market.TikTok)...)
		sells += one(last > 0)
		if last == 0 {
			t.Logf("seed %d: no order on TikTok in the last four weeks; Rp %d since the reopening", 101+i, r.sums(day(t, "2023-12-13"), end, storefront(market.TikTok)...))
		}
		if len(r.Audits) != 1 {
			t.Fatalf("seed %d: %d audits", i, len(r.Audits))
		}
		rule[r.Audits[0].Rule]++
	}
	if approved != n || open != n || sells < n-n/20 {
		t.Errorf("of %d pilots %d are approved, %d are open each day, and %d sell in the last four weeks", n, approved, open, sells)
	}
	t.Logf("%d pilots: %d approved, %d open to the end, %d sell in the last four weeks; the rule would approve %d, extend %d, revoke %d",
		n, approved, open, sells, rule[market.Approve], rule[market.Extend], rule[market.Revoke])
}

// `audit-by-rule` leaves it to the scores. How often they approve, extend and revoke is printed; what each decision must lead to is tested.
func TestPilotsByRule(t *testing.T) {
	if !nightly() {
		t.Skip("plays many worlds: make nightly")
	}
	const n = 100
	var count [2]map[uint8]int
	count[0], count[1] = map[uint8]int{}, map[uint8]int{}
	for i, r := range seeds(t, n, func() *load.Scenario { return scenario(t, "audit-by-rule", manyBuyers, "") }) {
		last := uint8(0)
		for j, a := range r.Audits {
			last = a.Rule
			count[j][last]++
		}
		if len(r.Audits) != 1+one(r.Audits[0].Rule == market.Extend) || r.Book.Open(market.TikTok, r.Scenario.End) != (last == market.Approve) {
			t.Errorf("seed %d: %d audits, the last decides %s, open is %v", i, len(r.Audits), market.Decisions[last], r.Book.Open(market.TikTok, r.Scenario.End))
		}
	}
	for j, c := range count {
		t.Logf("%d seeds, audit %d: approves %d, extends %d, revokes %d", n, j+1, c[market.Approve], c[market.Extend], c[market.Revoke])
	}
	if len(count[0]) < 2 {
		t.Errorf("the rule decides alike in all worlds: %v", count[0])
	}
}

// A pilot that lasts a year with its caps costs sales on TikTok; one in which only the audit moves is the pilot of history to the rupiah.
func TestLongPilots(t *testing.T) {
	if testing.Short() {
		t.Skip("plays many worlds")
	}
	n := 2
	if nightly() {
		n = 20
	}
	worlds := map[string][]*Result{}
	for i := range n {
		world := func(name string) *load.Scenario {
			s := scenario(t, name, manyBuyers, "2024-06-30")
			s.Seed = uint64(101 + i)
			return s
		}
		before := worldOn(t, world("pilot"), "2023-12-03")
		for _, name := range []string{"pilot", "long-pilot", "long-pilot-caps-as-happened"} {
			r, _ := played(t, world(name), nil, goesOn(t, before))
			worlds[name] = append(worlds[name], r)
		}
	}
	from, to := day(t, "2024-02-01"), day(t, "2024-06-30")
	var less []float64
	for i, r := range worlds["pilot"] {
		same := worlds["long-pilot-caps-as-happened"][i]
		for d := int64(0); d < to; d++ {
			if a, b := r.sums(d, d+1, storefront(market.TikTok)...), same.sums(d, d+1, storefront(market.TikTok)...); a != b {
				t.Fatalf("seed %d, day %d: TikTok sells %d in the pilot, %d where only the audit moves", i, d, a, b)
			}
		}
		tik := storefront(market.TikTok)
		less = append(less, float64(worlds["long-pilot"][i].sums(from, to, tik...))/float64(r.sums(from, to, tik...))-1)
	}
	mean, sd := spread(less)
	if mean > -.1 {
		t.Errorf("a year of caps changes sales on TikTok from February to June by %+.1f %%", 100*mean)
	}
	t.Logf("%d seeds: a year of caps changes sales on TikTok from February to June by %+.1f %%, s.e. %.1f", n, 100*mean, 100*sd/math.Sqrt(float64(n)))
}
