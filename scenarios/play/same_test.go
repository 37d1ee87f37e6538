package play

import (
	"fmt"
	"runtime"
	"slices"
	"testing"

	"pasar/agents/market"
	"pasar/agents/policy"
	"pasar/scenarios/load"
	"pasar/sim"
	"pasar/sim/simtest"
)

// quick is a scenario that does everything to the market within three months.
func quick(t *testing.T, buyers int, until string) *load.Scenario {
	t.Helper()
	return scenario(t, "testdata/quick.yaml", buyers, until)
}

// agree holds two results of one history against each other: digest, digest of each day, all tallies, the Desk's weeks, audits.
func agree(t *testing.T, what string, got, want *Result) {
	t.Helper()
	for d := range want.Days {
		if d < len(got.Daily) && got.Daily[d] != want.Daily[d] {
			t.Errorf("%s: day %d has digest %v, not %v", what, d, got.Daily[d], want.Daily[d])
			break
		}
	}
	if got.Digest != want.Digest || got.Events != want.Events || len(got.Days) != len(want.Days) || len(got.Daily) != len(want.Daily) {
		t.Errorf("%s: digest %v of %d events, not %v of %d", what, got.Digest, got.Events, want.Digest, want.Events)
	}
	for d := range want.Days {
		if !slices.Equal(got.Days[d], want.Days[d]) {
			t.Errorf("%s: tallies of day %d differ", what, d)
			break
		}
	}
	if !slices.Equal(got.Weeks, want.Weeks) || fmt.Sprint(got.Audits) != fmt.Sprint(want.Audits) {
		t.Errorf("%s: the Desk's weeks or the audits differ", what)
	}
	if !slices.Equal(got.Watch, want.Watch) || !slices.Equal(got.Reviews, want.Reviews) {
		t.Errorf("%s: the regulator's reports differ", what)
	}
}

// over plays a scenario in a layout over simtest's unkind bus.
func over(t *testing.T, s *load.Scenario, l simtest.Layout) *Result {
	t.Helper()
	m := NewMarket(s)
	run := simtest.Spread(l, 3, nil, sim.Options[market.Msg]{}, func(o sim.Options[market.Msg]) *market.World { return World(s, m, o) })
	d, err := run.To(t.Context(), s.End+2*market.Hour)
	if err != nil {
		t.Fatal(err)
	}
	r := &Result{Scenario: s, Market: m, Digest: d}
	r.collect(run.Worlds[0])
	return r
}

// byNATS plays a scenario as users do.
func byNATS(t *testing.T, s *load.Scenario, o Options) *Result {
	t.Helper()
	r, err := Run(t.Context(), s, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// "1, 3, 8 shards and GOMAXPROCS 1/2/8 give identical hash_of_day": over a bus that delays and over NATS; the Desk's memory is
// on one shard, so its weeks are compared where the world is whole.
func TestV18_SameHistory(t *testing.T) {
	s := quick(t, 200, "2023-03-31")
	want, _ := played(t, s, nil)
	if days := (s.End - 1) / market.Day; want.Events < 30_000 || int64(len(want.Days)) <= int64(days) {
		t.Fatalf("%d events, %d days", want.Events, len(want.Days))
	}
	if testing.Short() {
		agree(t, "3 goroutines over NATS", byNATS(t, s, Options{Goroutines: 3}), want)
		return
	}
	for _, n := range []int{2, 3, 8} {
		agree(t, fmt.Sprintf("%d goroutines", n), over(t, s, simtest.Layout{Shards: n}), want)
	}
	for _, n := range []int{1, 2, 3, 8} {
		agree(t, fmt.Sprintf("%d goroutines over NATS", n), byNATS(t, s, Options{Goroutines: n}), want)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, n := range []int{1, 8} {
		runtime.GOMAXPROCS(n)
		agree(t, fmt.Sprintf("GOMAXPROCS %d", n), over(t, s, simtest.Layout{Shards: 3}), want)
	}
	other, _ := played(t, func() *load.Scenario { c := *s; c.Seed++; return &c }(), nil) // a check that cannot tell is no check
	if other.Digest == want.Digest {
		t.Error("another seed gives the same history")
	}
}

// "V-19 batch ≡ single mode": every agent its own goroutine, every event its own message, over a bus that shuffles and over NATS.
func TestV19_SameHistoryAsActors(t *testing.T) {
	s := quick(t, 150, "2023-02-20")
	n, ok := Actors(s)
	want, _ := played(t, s, nil)
	if !ok || n < 250 || n > 900 || want.Events < 10_000 {
		t.Fatalf("%d agents (%v), %d events", n, ok, want.Events)
	}
	agree(t, "actors", over(t, s, simtest.Layout{Actors: true}), want)
	agree(t, "actors over NATS", byNATS(t, s, Options{Actors: true}), want)
	t.Logf("%d agents, %d events", n, want.Events)
}

// nulls are entries of every kind, as they might stand in a file; the test takes their nulls.
func nulls(t *testing.T) map[string]policy.Intervention {
	from := policy.Date(second(t, "2023-01-24 00:00:00"))
	return map[string]policy.Intervention{
		"announce":           &policy.Announce{Platform: market.Shopee, Effective: from + policy.Date(market.Week), Closing: true, Credibility: .9},
		"require_separation": &policy.RequireSeparation{Kind: "social", Linkout: .5, OrderDeadline: from + policy.Date(market.Week), Data: true},
		"close_checkout":     &policy.CloseCheckout{Platform: market.Shopee, OrderDeadline: from + policy.Date(market.Week)},
		"open_checkout":      &policy.OpenCheckout{Platform: market.TikTok},
		"redirect_checkout":  &policy.RedirectCheckout{Storefront: market.Lazada, Processor: market.Tokopedia, Seamless: .5},
		"set_linkout":        &policy.SetLinkout{Platform: market.TikTok, Share: 0},
		"set_order_cap":      &policy.SetOrderCap{Platform: market.Shopee, Caps: policy.Caps{Share: .1}},
		"set_fee":            &policy.SetFee{Platform: market.Shopee, Commission: .3, Fixed: 9000},
		"set_voucher":        &policy.SetVoucher{Platform: market.Shopee, Share: .4},
		"price_floor":        &policy.PriceFloor{Rp: 1}, // lower than the one in force
		"acquire_stake": &policy.AcquireStake{Buyer: market.Sea, Target: market.Lazada, Share: .9, Price: 5e8, Injection: 1e9,
			Flows: []policy.Flow{{From: policy.Party(market.OwnerCash), To: policy.Party(market.Till + market.Account(market.Shopee)), USD: 1e8}}},
		"start_pilot": &policy.StartPilot{Subject: market.Shopee, Duration: policy.Span(40 * market.Day), Caps: &policy.Caps{Share: .1}, Integration: policy.Span(30 * market.Day)},
		"audit":       &policy.Audit{Pilot: "pilot", Decision: "revoke", Extend: policy.Span(30 * market.Day)},

		"train_sellers":   &policy.TrainSellers{Gain: .5, TakeUp: 1, Cost: 1e6},
		"support_entry":   &policy.SupportEntry{Share: 1, Duration: policy.Span(26 * market.Week)},
		"compensate":      &policy.Compensate{Share: .5, Duration: policy.Span(12 * market.Week)},
		"credit_line":     &policy.CreditLine{Limit: 40, Duration: policy.Span(26 * market.Week)},
		"inform":          &policy.Inform{Duration: policy.Span(8 * market.Week)},
		"portability":     &policy.Portability{Ratings: 1, Followers: .5},
		"subsidise":       &policy.Subsidise{Platform: market.Lazada, Voucher: .1, Ship: .2, Payer: "government", Budget: 1e13},
		"set_policy":      &policy.SetPolicy{Platform: market.Shopee, Subsidy: "feedback", Fee: "power", Live: 1.5},
		"cap_subsidy":     &policy.CapSubsidy{Most: 0},
		"ban_below_cost":  &policy.BanBelowCost{Detection: 1},
		"boost_local":     &policy.BoostLocal{Weight: 2},
		"quota_local":     &policy.QuotaLocal{Share: .9},
		"data_separation": &policy.DataSeparation{Platform: market.TikTok, To: .1},
		"build_platform":  &policy.BuildPlatform{Spec: policy.Venture{Like: market.Tokopedia, Commission: .01, Voucher: .1}, By: market.Bytedance},
		"enter_platform":  &policy.EnterPlatform{Spec: policy.Venture{Like: market.Shopee, Ahead: 1, Commission: -1, Voucher: -1}},
		"exit_platform":   &policy.ExitPlatform{Platform: market.Tokopedia, Notice: policy.Span(7 * market.Day)},
		"campaign":        &policy.Campaign{Platform: market.Shopee},
		"tax":             &policy.Tax{Base: "orders", Rate: .01},
		"shock_demand":    &policy.ShockDemand{Category: "all", Factor: 1.5},
		"shock_supply":    &policy.ShockSupply{Type: "import", Share: .5},
		"shock_income":    &policy.ShockIncome{Factor: .3},
		"shock_logistics": &policy.ShockLogistics{Factor: 3},
		"set_friction":    &policy.SetFriction{To: market.Shopee, Psi: 0},
		"promo_only":      &policy.PromoOnly{Platform: market.TikTok, Linkout: 1, Density: .5},
		"shock_discovery": &policy.ShockDiscovery{Platform: market.TikTok, Factor: .2},
		"extend_pilot":    &policy.ExtendPilot{Pilot: "pilot", By: policy.Span(200 * market.Day)},
		"end_pilot":       &policy.EndPilot{Pilot: "pilot", Result: "approve"},
		"auto_ban":        &policy.AutoBan{Above: -5, Weeks: 1, Notice: policy.Span(20 * market.Day), Credibility: .9, Linkout: .5},
		"inspect":         &policy.Inspect{Platform: market.Shopee, What: "imports", Limit: 0, Detect: 1, Block: policy.Span(30 * market.Day)},
		"warn":            &policy.Warn{Platform: market.Shopee},
		"fine":            &policy.Fine{Platform: market.Shopee, USD: 1e6},
		"grant_licence":   &policy.GrantLicence{Platform: market.TikTok},
		"revoke_licence":  &policy.RevokeLicence{Platform: market.Shopee},
		"partnership_talks": &policy.PartnershipTalks{Initiator: market.Lazada, Mode: "dated", Partner: "tokopedia", Form: "acquire", Fee: "storefront",
			Dates: &policy.DealDates{Signed: from + policy.Date(2*market.Day), Opens: from + policy.Date(2*market.Day), Closed: from + policy.Date(9*market.Day)}},
		"deal_outcome": &policy.DealOutcome{Talks: "talks", State: "collapsed"},
		"form_jv":      &policy.FormJv{Platform: market.Lazada, Parties: []policy.JVParty{{Owner: market.Sea, Share: .5}, {Owner: market.Alibaba, Share: .5}}, Share: 1, Capital: 1e9},
		"copy_policy":  copied(&policy.SetVoucher{Platform: market.Shopee, Share: .4}, second(t, "2023-01-26 00:00:00")),
	}
}

// copied takes effect here on a date.
func copied(do policy.Intervention, at sim.Time) *policy.CopyPolicy {
	c := &policy.CopyPolicy{From: "pilot", Entry: "sep", Probability: 1, Credibility: .9}
	c.Copies(do, at)
	return c
}

// with is a scenario with one entry more.
func with(s *load.Scenario, id string, do policy.Intervention, w policy.When) *load.Scenario {
	more := *s
	w.Entry, w.ID = uint32(len(s.Entries)+1), id
	more.Entries = append(slices.Clone(s.Entries), load.Entry{ID: id, Do: do, When: w})
	return &more
}

// "V-21 No-op scenario (an action with zero effect) reproduces the baseline bit for bit": the null of every intervention, from
// 2023-01-24 on, in a market in which much else happens. The same entry that is not null changes something.
func TestV21_NullsChangeNothing(t *testing.T) {
	s := quick(t, 300, "2023-02-28")
	s.Params.SME.CrossBorder = .6 // with so few SMEs none would sell from abroad, and no floor bite
	for g := range s.Params.Categories {
		s.Params.Categories[g].Imports = .6
	}
	s.Params.Platforms[market.Newco].Entry, s.Params.Platforms[market.Newco].Hours, s.Params.SME.Aware = 0, 0, 1 // so that some enter in time
	s.Params.Platforms[market.Bukalapak].Voucher = .5                                                            // below cost
	want, _ := played(t, s, nil)
	if last := want.sums(int64(len(want.Days))-7, int64(len(want.Days)), count(market.NAccepted)); last < 100 {
		t.Fatalf("only %d orders in the last week: too few for a change to show", last)
	}
	examples, before := nulls(t), worldOn(t, s, "2023-01-15")
	all, alone := s, map[string]*load.Scenario{} // with the nulls of all entries, and of each
	for _, kind := range policy.All() {
		name := kind.Doc().Name
		do := examples[name]
		if do == nil {
			t.Errorf("%s has no example in this test", name)
			continue
		}
		at := policy.When{At: second(t, "2023-01-24 00:00:00")}
		switch name {
		case "audit", "end_pilot":
			at.At = second(t, "2023-02-20 00:00:00")
		case "extend_pilot": // while the cap is tight: it stays so, where it would be eased each week
			at.At = second(t, "2023-02-06 00:00:00")
		}
		if !felt(t, with(s, "extra", do, at), before, want) && name != "warn" { // a warning is felt where inspect is in force
			t.Errorf("%s, as in the example, changes nothing", name)
		}
		do.Null()
		all, alone[name] = with(all, "extra "+name, do, at), with(s, "extra", do, at)
	}
	if got, _ := played(t, all, nil); got.Digest == want.Digest {
		agree(t, "all nulls", got, want)
		return
	}
	for name, s := range alone { // who was it?
		got, _ := played(t, s, nil)
		agree(t, "null of "+name, got, want)
	}
	t.Error("all nulls together change something")
}

// felt tells whether a scenario, which goes on where a world stands, has other totals or audits than a result. It is played until one shows.
func felt(t *testing.T, s *load.Scenario, before *market.World, without *Result) bool {
	t.Helper()
	m := NewMarket(s)
	w := World(s, m, sim.Options[market.Msg]{})
	goesOn(t, before)(w)
	for d, totals := range without.Days {
		closed := sim.Time(d+1)*market.Day + 2*market.Hour
		if _, err := w.RunTo(t.Context(), min(closed, s.End+2*market.Hour)); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(w.Closed(int64(d)), totals) {
			return true
		}
	}
	r := &Result{Scenario: s, Market: m}
	r.collect(w)
	return fmt.Sprint(r.Audits) != fmt.Sprint(without.Audits)
}

// "An announcement of credibility 0 is not sent" (decisions A2), as a file may have it.
func TestV21_NobodyBelieves(t *testing.T) {
	text := func(trust string) string {
		return `
scenario: rumour
extends: no-ban
actions:
  - {id: rumour, do: announce, platform: tiktok, at: 2023-03-01, effective: 2023-04-01, closing: true, credibility: ` + trust + `}
`
	}
	base, _ := played(t, scenario(t, "no-ban", 200, "2023-04-15"), nil)
	got, _ := played(t, written(t, text("0"), 200, "2023-04-15"), nil)
	agree(t, "credibility 0", got, base)
	if got, _ := played(t, written(t, text("1"), 200, "2023-04-15"), nil); got.Digest == base.Digest {
		t.Error("an announcement that all believe changes nothing")
	}
}

// "V-22 close+open at the same second = no-op."
func TestV22_CloseAndOpen(t *testing.T) {
	base, _ := played(t, scenario(t, "no-ban", 200, "2023-04-15"), nil)
	for _, c := range []string{"tiktok", "shopee"} {
		got, _ := played(t, written(t, `
scenario: blink
extends: no-ban
actions:
  - {id: shut, do: close_checkout, platform: `+c+`, at: 2023-02-10T19:00+07:00, order_deadline: 2023-02-12}
  - {id: open, do: open_checkout, platform: `+c+`, at: 2023-02-10T19:00+07:00}
`, 200, "2023-04-15"), nil)
		agree(t, "closed and opened: "+c, got, base)
	}
	got, _ := played(t, written(t, `
scenario: blink
extends: no-ban
actions:
  - {id: shut, do: close_checkout, platform: shopee, at: 2023-02-10T19:00+07:00}
  - {id: open, do: open_checkout, platform: shopee, at: 2023-02-11T22:00+07:00}
`, 200, "2023-04-15"), nil)
	if got.Digest == base.Digest {
		t.Error("a day of closure changes nothing")
	}
}

// idle is an agent that does nothing, or only looks.
type idle struct{ looks bool }

type idler struct{ Wakes uint32 }

func (i idle) Born(t *market.Turn, _ *idler) {
	if i.looks {
		t.Wake(market.Hour, sim.Quiet|market.Act, market.Msg{})
	}
}

func (i idle) React(t *market.Turn, s *idler, _ *market.Event) {
	s.Wakes++
	t.Wake(market.Hour, sim.Quiet|market.Act, market.Msg{})
}

// Show 4: "an idle agent more changes nobody", whether it sleeps or looks every hour, quietly.
func TestShow4_IdleAgent(t *testing.T) {
	s := quick(t, 200, "2023-03-31")
	want, _ := played(t, s, nil)
	for _, looks := range []bool{false, true} {
		got, _ := played(t, s, nil, func(w *market.World) { sim.Add(w, 99, 1, sim.Agent[idler, market.Msg](idle{looks})) })
		agree(t, fmt.Sprintf("an idle agent more (looks: %v)", looks), got, want)
	}
}
