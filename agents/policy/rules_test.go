package policy

import (
	"testing"

	"pasar/agents/market"
	"pasar/sim"
)

// Days in a row on which a pledge is asked and what it decides is enacted, as the Desk does.
func asked(p *Plan, days int64, watch func(day int64) []market.WatchRow) (b *market.Book, done []market.Enacted) {
	b = p.Book
	for day := market.DayOf(t0) - 1; day < market.DayOf(t0)+days; day++ {
		now := sim.Time(day+1)*market.Day + 2*market.Hour
		v := market.View{Now: now, Soonest: now + market.Hour, Day: day, Book: b, Done: done, Watch: watch(day), Luck: sim.NewLuck(7, market.LotDesk, 1, uint32(day), 0)}
		if outcome, at, yes := b.Pledges[0].Ask(&v); yes {
			done = append(done, market.Enacted{Outcome: outcome, At: max(at, v.Soonest), Asked: now})
			b = p.Book.With(done)
		}
	}
	return b, done
}

// The ladder of penalties (§7.12): two warnings a week apart, with the third the block, and after it, if reports are no better, the licence
// is revoked, or else all is as before.
func TestRungs(t *testing.T) {
	for _, better := range []bool{false, true} {
		p := world()
		(&Inspect{Platform: market.Shopee, What: "imports", Limit: .2, Detect: 1, Block: Span(10 * market.Day)}).Enact(p, When{At: t0, Entry: 2})
		first := market.DayOf(t0)
		b, done := asked(p, 40, func(day int64) []market.WatchRow {
			row := market.WatchRow{}
			if !better || day < first+18 {
				row.Seen[market.ImportShare] = 300_000
			}
			return []market.WatchRow{row}
		})
		last := rungRevoke
		if better {
			last = rungLift
		}
		want := []struct {
			rung uint32
			day  int64
		}{{rungWarn, 1}, {rungWarn, 8}, {rungBlock, 15}, {last, 25}}
		if len(done) != len(want) {
			t.Fatalf("better %v: %+v", better, done)
		}
		for i, e := range done {
			if e.Outcome != want[i].rung || market.DayOf(e.At) != first+want[i].day {
				t.Errorf("better %v: rung %d on day %d, not %d on day %d", better, e.Outcome, market.DayOf(e.At)-first, want[i].rung, want[i].day)
			}
		}
		open := func(day int64) bool { return b.Open(market.Shopee, sim.Time(first+day)*market.Day) }
		if !open(15) || open(16) || open(25) || open(26) != better {
			t.Errorf("better %v: open before the block %v, in it %v, after it %v", better, open(15), open(16), open(26))
		}
	}
}

// A deal that is signed waits for its review, which approves or rejects it; only what is approved closes (§7.11).
func TestOnlyWhatIsApprovedCloses(t *testing.T) {
	p := world()
	x := &p.P.Deal
	x.ReviewWeeks, x.Agree, x.Soft, x.Collapse, x.Sign, x.Talks = 4, .5, 1, .1, .5, 1
	d := &PartnershipTalks{Initiator: market.TikTok, Mode: "endogenous"}
	v := view(p, market.DayOf(t0), days([market.Platforms]int64{40, 30, 30}, 0))
	v.P.Deal = *x
	reach := func(from market.DealState, weeks float64) (to [market.DealStates]int) {
		for seed := range uint64(300) {
			v.Luck = sim.NewLuck(seed, market.LotDesk, 1, 0, 0)
			to[d.draw(v, step{State: from}, v.Now-sim.Time(weeks*float64(market.Week))).State]++
		}
		return to
	}
	if to := reach(market.DealSigned, 3); to[market.DealSigned] != 300 {
		t.Errorf("before the review is over: %v", to)
	}
	if to := reach(market.DealSigned, 5); to[market.DealApproved] < 50 || to[market.DealRejected] < 50 || to[market.DealApproved]+to[market.DealRejected] != 300 {
		t.Errorf("after the review: %v", to)
	}
	if to := reach(market.DealApproved, 1); to[market.DealClosed] != 300 {
		t.Errorf("approved: %v", to)
	}
	if to := reach(market.DealAgreed, 1); to[market.DealSigned] == 0 || to[market.DealCollapsed] == 0 || to[market.DealApproved]+to[market.DealClosed] > 0 {
		t.Errorf("agreed: %v", to)
	}
}

// A cap that is to end in ten weeks rises by a tenth of the rest each week, and then there is none.
func TestCapRises(t *testing.T) {
	p := world()
	(&SetOrderCap{Platform: market.Shopee, Caps: Caps{Share: .3, Ramp: Date(t0 + 10*market.Week)}}).Enact(p, When{At: t0, Entry: 2})
	for week, want := range []int64{300_000, 370_000, 440_000, 510_000, 580_000, 650_000, 720_000, 790_000, 860_000, 930_000, -1, -1} {
		if got := p.Book.Value(market.OrderCap, market.Shopee, t0+sim.Time(week)*market.Week); got != want {
			t.Errorf("week %d: %d, not %d", week, got, want)
		}
	}
}

// Followers and ratings are portable as far as the rule says, everywhere; who is exempt from a price floor has none.
func TestWhereRulesHold(t *testing.T) {
	p := world()
	(&Portability{Ratings: .5, Followers: .25}).Enact(p, When{At: t0, Entry: 2})
	(&PriceFloor{USD: 100, Compliance: .6, Exempt: []market.Channel{market.Shopee}}).Enact(p, When{At: t0, Entry: 3})
	for c := range market.Platforms {
		floor := int64(100 * 15_500)
		if c == market.Shopee {
			floor = 0
		}
		for lever, want := range map[market.Lever]int64{market.PortRatings: 500_000, market.PortFans: 250_000, market.PriceFloor: floor} {
			if got := p.Book.Value(lever, c, t0); got != want {
				t.Errorf("%s of %s: %d, not %d", market.LeverDocs[lever].Name, c, got, want)
			}
		}
	}
}
