package play

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
)

// trial is a market in which TikTok closes on 2023-01-10 and reopens on the 20th as a pilot of 20 days under a cap; the last entries
// are the test's.
func trial(t *testing.T, buyers int, until string, entries ...string) *load.Scenario {
	t.Helper()
	return written(t, `
scenario: trial
seed: 1
world: {start: 2023-01-01, end: 2023-09-30, burn_in: 61d, buyers: 400, window: 1h}
actions:
  - {id: ann, do: announce, platform: tiktok, at: 2023-01-05, effective: 2023-01-10, closing: true}
  - {id: sep, do: require_separation, kind: social, at: 2023-01-10, linkout: 1}
  - {id: reopen, do: redirect_checkout, storefront: tiktok, processor: tokopedia, at: 2023-01-20}
  - {id: links, do: set_linkout, platform: tiktok, share: .2, at: 2023-01-20}
  - {id: pilot, do: start_pilot, subject: tiktok, at: 2023-01-20, duration: 20d, integration: 20d, caps: {share_of_pre: .5}}
`+strings.Join(entries, "\n")+"\n", buyers, until)
}

// What a rule's audit decides shows in the book and in orders: approved, the caps go and TikTok sells; extended, the cap comes again
// until the next audit; revoked, TikTok sells nothing and links out as before the pilot. Scores are what they are; the thresholds
// are set so that each decision must follow (C >= 0 > -8 approves, no M reaches 9).
func TestAuditByRule(t *testing.T) {
	for _, c := range []struct {
		rule    string
		decided []uint8
		cap     int64 // ppm on 2023-03-01, between the two audits
		state   []market.PilotState
		sells   bool // at the end
	}{
		{"approve: 0, sme: -8", []uint8{market.Approve}, -1, []market.PilotState{market.PilotApproved}, true},
		{"extend: 0, sme: 9", []uint8{market.Extend, market.Revoke}, 300_000, []market.PilotState{market.PilotExtended, market.PilotRevoked}, false},
		{"extend: 0, sme: 9, max_ext: 0", []uint8{market.Revoke}, -1, []market.PilotState{market.PilotRevoked}, false},
	} {
		s := trial(t, 400, "2023-05-10",
			"  - {id: aud, do: audit, pilot: pilot, at: 2023-02-09, decision: rule, delay: 3d, extend_by: 40d, caps_again: {share_of_pre: .3}, rule: {"+c.rule+"}}")
		r, _ := played(t, s, nil)
		var rule []uint8
		for _, a := range r.Audits {
			rule = append(rule, a.Rule)
		}
		if !slices.Equal(rule, c.decided) {
			t.Fatalf("%s: audits decide %v, not %v", c.rule, rule, c.decided)
		}
		var states []market.PilotState
		for i, e := range r.Enacted {
			states = append(states, r.Book.Value(market.Trial, market.TikTok, e.At))
			if want := r.Audits[i].At + 3*market.Day; e.At != max(want, e.Asked+market.Hour) {
				t.Errorf("%s: decided for second %d, asked %d, audited %d", c.rule, e.At, e.Asked, r.Audits[i].At)
			}
		}
		if !slices.Equal(states, c.state) {
			t.Errorf("%s: the pilot comes to %v, not %v", c.rule, states, c.state)
		}
		if x := r.Book.Value(market.OrderCap, market.TikTok, second(t, "2023-03-01 00:00:00")); x != c.cap {
			t.Errorf("%s: cap of %d on 1 March, not %d", c.rule, x, c.cap)
		}
		// the first decision is of 12 February, the second of 27 March
		if n := r.sums(day(t, "2023-04-10"), day(t, "2023-05-10"), storefront(market.TikTok)...); (n > 0) != c.sells {
			t.Errorf("%s: TikTok sells Rp %d in the last month", c.rule, n)
		}
		links := int64(200_000)
		if !c.sells {
			links = market.One
		}
		if x := r.Book.Value(market.Linkout, market.TikTok, s.End); x != links {
			t.Errorf("%s: links at %d in the end", c.rule, x)
		}
	}
}

// A pledge makes no difference to who plays: audits by rule, a ban by rule and an endogenous deal are the same with 1 and 3
// goroutines, to the outcomes and the digests.
func TestPledgesSameHistory(t *testing.T) {
	s := trial(t, 300, "2023-05-10",
		"  - {id: aud, do: audit, pilot: pilot, at: 2023-02-09, decision: rule, delay: 3d, extend_by: 40d, rule: {extend: 0, sme: 9}}",
		"  - {id: talks, do: partnership_talks, initiator: lazada, mode: endogenous, at: 2023-01-20}",
		"  - {id: ladder, do: inspect, platform: shopee, what: imports, limit: 0, at: 2023-01-20}",
		"  - {id: rule, do: auto_ban, at: 2023-02-01, above: -5, weeks: 2}")
	s.Params.Deal.Talks, s.Params.Deal.Agree, s.Params.Deal.Sign = .5, 1, 1
	want, _ := played(t, s, nil)
	got := byNATS(t, s, Options{Goroutines: 3})
	agree(t, "3 goroutines", got, want)
	if !slices.Equal(got.Enacted, want.Enacted) {
		t.Errorf("pledges: %v, not %v", got.Enacted, want.Enacted)
	}
	kinds := map[uint32]int{}
	for _, e := range want.Enacted {
		kinds[e.Pledge]++
	}
	if len(kinds) < 4 {
		t.Errorf("only %d of 4 pledges were kept: %v", len(kinds), want.Enacted)
	}
}

// auto_ban acts on the first day on which as many reports in a row as it wants are above its threshold, and not otherwise; and one
// that does not act leaves no trace.
func TestAutoBan(t *testing.T) {
	plain := `
scenario: street
seed: 1
world: {start: 2023-01-01, end: 2023-09-30, burn_in: 61d, buyers: 400, window: 1h}
`
	text := func(above float64) string {
		return plain + fmt.Sprintf("actions:\n  - {id: rule, do: auto_ban, at: 2023-02-01, above: %g, weeks: 3, notice: 9d}\n", above)
	}
	without, _ := played(t, written(t, plain, 400, "2023-06-30"), nil)
	pressure := func(r *Result, i int) float64 { return r.Watch[i].See(market.Pressure) }
	from := day(t, "2023-02-01")
	first := func(r *Result, above float64) int { // the report with which it acts, by hand; -1: none
		for i := 2; i < len(r.Watch); i++ {
			if r.Watch[i-2].Published >= from && min(pressure(r, i-2), pressure(r, i-1), pressure(r, i)) > above {
				return i
			}
		}
		return -1
	}
	top := math.Inf(-1) // the least of three in a row, at its largest
	for i := 2; i < len(without.Watch); i++ {
		if without.Watch[i-2].Published >= from {
			top = max(top, min(pressure(without, i-2), pressure(without, i-1), pressure(without, i)))
		}
	}
	never, _ := played(t, written(t, text(top), 400, "2023-06-30"), nil)
	agree(t, "a rule that does not act", never, without)

	above := top - 1e-6
	r, _ := played(t, written(t, text(above), 400, "2023-06-30"), nil)
	if len(r.Enacted) != 1 {
		t.Fatalf("%d enactments above %g", len(r.Enacted), above)
	}
	e := r.Enacted[0]
	if i := first(without, above); i < 0 || e.Asked != sim.Time(without.Watch[i].Published+1)*market.Day+2*market.Hour || e.At != e.Asked+market.Hour {
		t.Fatalf("it acts on second %d; by hand with report %d", e.Asked, i)
	}
	closed := e.At + 9*market.Day
	if r.Book.Open(market.TikTok, closed) || !r.Book.Open(market.TikTok, closed-1) {
		t.Error("the checkout does not close after the notice")
	}
	if n := r.sums(market.DayOf(closed)+1, int64(len(r.Days)), storefront(market.TikTok)...); n != 0 {
		t.Errorf("TikTok sells Rp %d after it closed", n)
	}
	told := 0
	for _, x := range r.Book.Plan {
		if x.Deed == market.Announce && x.Closing && x.At == e.At && x.Effective == closed {
			told++
		}
	}
	if told != 1 {
		t.Errorf("announced %d times", told)
	}
}

// The ladder: a violation in each of three weekly inspections within 14 days brings two warnings and a block; when the block ends and
// the report is as bad, the licence goes; when there is nothing to find, nothing happens.
func TestPenaltyLadder(t *testing.T) {
	entry := "  - {id: ladder, do: inspect, platform: shopee, what: imports, limit: %g, detect: 1, block: 10d, at: 2023-02-01}"
	bad, _ := played(t, trial(t, 300, "2023-03-31", fmt.Sprintf(entry, 0.)), nil)
	at := func(date string) sim.Time { return second(t, date+" 03:00:00") }
	want := []market.Enacted{{Outcome: 1, At: at("2023-02-02")}, {Outcome: 1, At: at("2023-02-09")}, {Outcome: 2, At: at("2023-02-16")}, {Outcome: 3, At: at("2023-02-26")}}
	if len(bad.Enacted) != len(want) {
		t.Fatalf("rungs: %+v", bad.Enacted)
	}
	for i, e := range bad.Enacted {
		if e.Outcome != want[i].Outcome || e.At != want[i].At {
			t.Errorf("rung %d: %+v, not %+v", i, e, want[i])
		}
	}
	if n := bad.sums(day(t, "2023-02-17"), day(t, "2023-03-31"), storefront(market.Shopee)...); n != 0 || bad.Book.Value(market.Licence, market.Shopee, at("2023-03-01")) != -1 {
		t.Errorf("Shopee sells Rp %d once it is blocked", n)
	}
	if n := bad.Book.Value(market.Warnings, market.Shopee, at("2023-03-01")); n != 3 {
		t.Errorf("%d warnings", n)
	}
	if good, _ := played(t, trial(t, 300, "2023-03-31", fmt.Sprintf(entry, 1.)), nil); len(good.Enacted) != 0 {
		t.Errorf("nothing to find, and yet %+v", good.Enacted)
	}
}

// Reports come each week from the end of burn-in on, a week late, in all worlds; shares are those of the closed days, and
// what is seen is off by noise with a standard deviation of 3 % (about 500 draws; the sample's own error is .0010).
func TestWeeklyReports(t *testing.T) {
	r, _ := played(t, scenario(t, "no-ban", 300, "2023-12-31"), nil)
	if len(r.Watch) < 48 {
		t.Fatalf("%d reports", len(r.Watch))
	}
	n, sum := 0.0, 0.0
	for i := range r.Watch {
		w := &r.Watch[i]
		if w.Published-w.Day != 7 || i > 0 && w.Day-r.Watch[i-1].Day != 7 || sim.Time(w.Day-7)*market.Day < r.Scenario.Start {
			t.Errorf("report %d is of the week up to %d, published on %d", i, w.Day, w.Published)
		}
		all, tiktok := int64(0), int64(0)
		for c := range market.Platforms {
			gmv := r.sums(w.Day-7, w.Day, storefront(c)...)
			all += gmv
			if c == market.TikTok {
				tiktok = gmv
			}
		}
		if got := float64(w.True[market.TikTokShare]) / 1e6; math.Abs(got-float64(tiktok)/float64(all)) > 1e-6 {
			t.Errorf("report %d: TikTok's share is %.6f, by the tallies %.6f", i, got, float64(tiktok)/float64(all))
		}
		for s := range market.Signals {
			if x := float64(w.True[s]); x > 10_000 && s != market.Pressure {
				e := float64(w.Seen[s])/x - 1
				n, sum = n+1, sum+e*e
			}
		}
	}
	if sd := math.Sqrt(sum / n); n < 300 || math.Abs(sd-.03) > .005 {
		t.Errorf("the error of %g signals has a standard deviation of %.4f, not .03", n, sd)
	}
}

// The competition desk counts each storefront for who controls it; where concentration is high and rises, remedies bind after the time
// that the parameter says: then all storefronts of the buyer link out freely.
func TestMergerReview(t *testing.T) {
	s := trial(t, 400, "2023-05-10", "  - {id: deal, do: acquire_stake, buyer: bytedance, target: tokopedia, share: .7501, service_fee: .0039, at: 2023-02-15}")
	s.Params.Regulator.Remedies = 1
	r, _ := played(t, s, nil)
	if len(r.Reviews) != 1 {
		t.Fatalf("%d reviews", len(r.Reviews))
	}
	v := r.Reviews[0]
	// by hand: ΔHHI of a merger of shares a and b is 2ab
	var part [market.Platforms]float64
	all := 0.0
	for c := range market.Platforms {
		part[c] = float64(r.sums(market.DayOf(v.At)-57, market.DayOf(v.At)-1, storefront(c)...))
		all += part[c]
	}
	delta := 2e4 * part[market.TikTok] / all * part[market.Tokopedia] / all
	if got := float64(v.After-v.Before) / 1e6; math.Abs(got-delta) > 1e-3 {
		t.Errorf("the HHI rises by %.3f, by hand %.3f", got, delta)
	}
	at := v.At + 730*market.Hour
	if v.Remedies == 0 || len(r.Enacted) != 1 || r.Enacted[0].At != v.Remedies || v.Remedies > at+market.Day || v.Remedies < at-market.Day {
		t.Fatalf("remedies %d, enacted %+v", v.Remedies, r.Enacted)
	}
	for _, c := range []market.Channel{market.TikTok, market.Tokopedia} {
		if r.Book.Value(market.Linkout, c, v.Remedies) != market.One || r.Book.Value(market.Linkout, c, v.Remedies-1) == market.One {
			t.Errorf("%s: links before and after the remedies", c)
		}
	}
	// the former owner gets .39 % of what Tokopedia checks out, less rounding down by the million
	var gmv int64
	from, to := day(t, "2023-02-15"), int64(len(r.Days))
	for c := range market.Direct {
		gmv += r.sums(from, to, market.GMVCell(c, market.Tokopedia))
	}
	paid := r.sums(from, to, market.AccountCell(market.OwnerCash+market.Account(market.GoTo)))
	if fee := r.sums(from, to, market.CounterCell(market.ServiceFees)); paid != fee || float64(fee) > .0039*float64(gmv) || float64(fee) < .8*.0039*float64(gmv) {
		t.Errorf("GoTo is paid Rp %d of Rp %d, counted %d", paid, gmv, fee)
	}
}

// "SME desk may file objections (lower weight)": a desk that always objects takes its weight off M for each weekly report of the pilot's
// time, one that never does nothing.
func TestObjections(t *testing.T) {
	entry := "  - {id: aud, do: audit, pilot: pilot, at: 2023-02-09, decision: approve}"
	var m [2]int64
	for i, object := range [][3]float64{{10, 0, .1}, {10, 1, .1}} { // sales are always below ten times those of before
		s := trial(t, 300, "2023-02-28", entry)
		s.Params.Pilot.Object = object
		r, _ := played(t, s, nil)
		a := r.Audits[0]
		if want := int64(2 * i); a.Objections < want || i == 0 && a.Objections != 0 {
			t.Fatalf("%d objections", a.Objections)
		}
		m[i] = a.M + a.Objections*100_000
	}
	if d := m[0] - m[1]; d < -1 || d > 1 {
		t.Errorf("without objections M would be %d and %d", m[0], m[1])
	}
}
