package play

import (
	"slices"
	"testing"

	"pasar/agents/market"
	"pasar/agents/policy"
	"pasar/scenarios/load"
)

// states lists what a deal has come to, in order.
func states(r *Result, shop market.Channel) (all []string) {
	for _, x := range r.Book.Changes(market.Dealing, shop) {
		all = append(all, market.DealState(x.Value).String())
	}
	return all
}

// "Deal announced, deal_outcome: collapsed 2024-01-15, redirect ends" (§9.4): TikTok sells from 12 December on, through Tokopedia, and
// nothing from 16 January on; no stake and no money change hands, and links are free again.
func TestDealFallsThrough(t *testing.T) {
	r, _ := played(t, scenario(t, "deal-falls-through", 600, "2024-03-10"), nil)
	if got, want := states(r, market.TikTok), []string{"talks", "proposed", "agreed", "signed", "collapsed"}; !slices.Equal(got, want) {
		t.Fatalf("the deal comes to %v", got)
	}
	open, fall := day(t, "2023-12-12"), day(t, "2024-01-15")
	if n := r.sums(open, fall, market.GMVCell(market.TikTok, market.Tokopedia)); n == 0 {
		t.Error("Tokopedia takes none of TikTok's orders while it lasts")
	}
	if n := r.sums(fall, int64(len(r.Days)), storefront(market.TikTok)...); n != 0 {
		t.Errorf("TikTok sells Rp %d after the deal has fallen through", n)
	}
	end := r.Scenario.End
	if r.Book.Value(market.Stake, market.Tokopedia, end) != 0 || r.Book.Value(market.Linkout, market.TikTok, end) != market.One {
		t.Error("a stake has changed hands, or links are not free")
	}
	for o := range market.Owners {
		if n := r.sums(0, int64(len(r.Days)), market.AccountCell(market.OwnerCash+market.Account(o))); n != 0 {
			t.Errorf("%s has Rp %d more", o, n)
		}
	}
}

// The joint venture becomes an owner of its own, with the money of its parties in Tokopedia's till; TikTok goes on to the end.
func TestJointVenture(t *testing.T) {
	if testing.Short() {
		t.Skip("plays 18 months")
	}
	r, _ := played(t, scenario(t, "joint-venture", 500, ""), nil)
	if got := states(r, market.TikTok); got[len(got)-1] != "operating" {
		t.Fatalf("the deal comes to %v", got)
	}
	share := r.Book.Owners(market.Tokopedia, r.Scenario.End)
	if share[market.Joint] != .5 || share[market.GoTo] != .5 {
		t.Errorf("Tokopedia belongs to %v", share)
	}
	money := func(a market.Account) int64 { return r.sums(0, int64(len(r.Days)), market.AccountCell(a)) }
	paid := -int64(1e9 * r.Scenario.Params.Scale.USDIDR / r.Market.W)
	if a, b := money(market.OwnerCash+market.Account(market.Bytedance)), money(market.OwnerCash+market.Account(market.GoTo)); a+b < paid-2 || a+b > paid+2 || a != b {
		t.Errorf("the parties pay %d and %d of %d", a, b, paid)
	}
	if n := money(market.OwnerCash + market.Account(market.Joint)); n != 0 {
		t.Errorf("the venture keeps Rp %d", n)
	}
	if n := r.sums(day(t, "2024-06-01"), int64(len(r.Days)), market.GMVCell(market.TikTok, market.Tokopedia)); n == 0 {
		t.Error("TikTok sells nothing in June")
	}
}

// endogenous is a ban with talks that the run decides.
func endogenous(t *testing.T, change func(*market.DealParams), entries string) *load.Scenario {
	t.Helper()
	s := written(t, `
scenario: talks
seed: 1
world: {start: 2023-01-01, end: 2023-12-31, burn_in: 61d, buyers: 300, window: 1h}
actions:
  - {id: sep, do: require_separation, kind: social, at: 2023-03-10, linkout: 1}
  - {id: talks, do: partnership_talks, initiator: tiktok, mode: endogenous, at: 2023-03-15}
`+entries, 300, "2023-10-31")
	p := &s.Params.Deal
	p.Talks, p.Agree, p.Collapse, p.Sign, p.ReviewWeeks, p.Approve = .1, 1, 0, 1, 1, [5]float64{20, 0, 0, 0, 0}
	p.Delay = [market.DealForms]float64{1, 1, 1, 1}
	change(p)
	return s
}

// Hazards of one and zero make an endogenous deal go all the way, or nowhere; and a deal that operates and is unwound leaves the
// book as it was.
func TestEndogenousDeal(t *testing.T) {
	all := []string{"talks", "proposed", "agreed", "signed", "approved", "closed", "operating"}
	acquire := func(p *market.DealParams) {}
	r, _ := played(t, endogenous(t, acquire, ""), nil)
	if got := states(r, market.TikTok); !slices.Equal(got, all) {
		t.Fatalf("the deal comes to %v", got)
	}
	last := r.Enacted[len(r.Enacted)-1].At
	if n := r.sums(market.DayOf(last)+1, int64(len(r.Days)), storefront(market.TikTok)...); n == 0 || !r.Book.Open(market.TikTok, last) {
		t.Error("TikTok does not sell once the deal operates")
	}
	for name, c := range map[string]struct {
		change func(*market.DealParams)
		want   string
	}{ // each on its own
		"collapses": {func(p *market.DealParams) { p.Collapse = 1 }, "collapsed"},
		"rejected":  {func(p *market.DealParams) { p.Approve[0] = -20 }, "rejected"},
		"no one":    {func(p *market.DealParams) { p.Agree = 0 }, "proposed"},
		"own":       {func(p *market.DealParams) { p.Soft = 1e6; p.Promotion, p.Alone = 1, 1 }, "alone"},
	} {
		r, _ := played(t, endogenous(t, c.change, ""), nil)
		if got := states(r, market.TikTok); got[len(got)-1] != c.want {
			t.Errorf("%s: the deal comes to %v", name, got)
		}
		if n := r.sums(day(t, "2023-04-01"), int64(len(r.Days)), storefront(market.TikTok)...); n != 0 {
			t.Errorf("%s: TikTok sells Rp %d", name, n)
		}
	}
	s := endogenous(t, acquire, "  - {id: undo, do: deal_outcome, talks: talks, state: unwound, at: 2023-10-01}\n")
	r, _ = played(t, s, nil)
	if got := states(r, market.TikTok); got[len(got)-1] != "unwound" {
		t.Fatalf("the deal comes to %v", got)
	}
	before, after := second(t, "2023-03-14 00:00:00"), second(t, "2023-10-02 00:00:00")
	for l := range market.Levers {
		if l == market.Dealing || l == market.DealForced || l == market.DealWith || l == market.DealAs || l == market.Owner || l == market.Seamless {
			continue // what the deal came to; owner and seamless say nothing without a stake and a redirect
		}
		for c := range market.Platforms {
			if a, b := r.Book.Value(l, c, before), r.Book.Value(l, c, after); a != b {
				t.Errorf("%s of %s is %d after the deal is unwound, was %d", market.LeverDocs[l].Name, c, b, a)
			}
		}
	}
	if n := r.sums(day(t, "2023-10-02"), int64(len(r.Days)), storefront(market.TikTok)...); n != 0 {
		t.Errorf("TikTok sells Rp %d after the deal is unwound", n)
	}
}

// A dated deal says what is wrong with its dates.
func TestDealDates(t *testing.T) {
	at := policy.Date(100 * market.Day)
	week := policy.Date(market.Week)
	for _, c := range []struct {
		talks policy.PartnershipTalks
		ok    bool
	}{
		{policy.PartnershipTalks{Mode: "endogenous"}, true},
		{policy.PartnershipTalks{Mode: "endogenous", Partner: "blibli"}, false},
		{policy.PartnershipTalks{Mode: "dated"}, false},
		{policy.PartnershipTalks{Mode: "dated", Partner: "blibli", Form: "jv", Dates: &policy.DealDates{Signed: at + week, Closed: at + 2*week}}, true},
		{policy.PartnershipTalks{Mode: "dated", Partner: "blibli", Form: "jv", Dates: &policy.DealDates{Signed: at + week, Closed: at + week + 1}}, false},
		{policy.PartnershipTalks{Mode: "dated", Partner: "blibli", Form: "jv", Dates: &policy.DealDates{Signed: at + 2*week, Closed: at + week}}, false},
		{policy.PartnershipTalks{Mode: "dated", Partner: "blibli", Form: "jv", Dates: &policy.DealDates{Collapsed: at + week, Signed: at + 2*week}}, false},
		{policy.PartnershipTalks{Mode: "dated", Partner: "blibli", Form: "jv", Dates: &policy.DealDates{Signed: at + 2*week, Opens: at + week}}, false},
	} {
		if found := c.talks.Check(nil, policy.When{At: 100 * market.Day}); (len(found) == 0) != c.ok {
			t.Errorf("%+v: %v", c.talks, found)
		}
	}
}
