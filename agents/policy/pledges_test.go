package policy

import (
	"testing"

	"pasar/agents/market"
	"pasar/sim"
)

// days are the closed totals of a market in which each platform sells as given and loses some of it.
func days(sells [market.Platforms]int64, loses int64) func(int64) []int64 {
	row := make([]int64, market.Cells)
	for c := range market.Platforms {
		row[market.GMVCell(c, c)] = sells[c]
		row[market.SubsidyCell(c)] = sells[c] * loses / 100
	}
	return func(int64) []int64 { return row }
}

func view(p *Plan, day int64, closed func(int64) []int64) *market.View {
	params := *p.P
	params.Firm.FeeStep, params.Firm.FeeMost = .005, .12
	now := sim.Time(day+1)*market.Day + 2*market.Hour
	return &market.View{Market: &market.Market{P: &params}, Now: now, Soonest: now + market.Hour, Day: day, Book: p.Book, Closed: closed,
		Weeks: []market.WeekRow{{Active: 100, MultiHome: 40}}}
}

// A platform whose owner holds more than .3 of the market while SMEs have nowhere else raises its fee by half a point each quarter,
// with two weeks' notice; one that has lost two points lowers it; others leave it.
func TestFeeByPower(t *testing.T) {
	p := world()
	(&SetPolicy{Platform: market.TikTok, Fee: "power", Subsidy: "as_is", Live: -1}).Enact(p, When{At: t0, Entry: 2})
	if len(p.Book.Pledges) != 1 {
		t.Fatalf("%d pledges", len(p.Book.Pledges))
	}
	ask, first := p.Book.Pledges[0].Ask, market.DayOf(t0)
	strong, weak := days([market.Platforms]int64{40, 30, 30}, 0), days([market.Platforms]int64{20, 40, 40}, 0)
	if _, _, yes := ask(view(p, first+90, strong)); yes {
		t.Error("decides before a quarter is over")
	}
	fee, at, yes := ask(view(p, first+91, strong))
	if v := view(p, first+91, strong); !yes || fee != 15_000 || at != v.Now+14*market.Day {
		t.Errorf("a strong platform: %d at %d, %v", fee, at, yes)
	}
	if _, _, yes := ask(view(p, first+91, weak)); yes {
		t.Error("a weak one moves its fee")
	}
	v := view(p, first+91, func(d int64) []int64 {
		if d < first+50 {
			return strong(d)
		}
		return weak(d)
	})
	if fee, _, yes := ask(v); !yes || fee != 5_000 {
		t.Errorf("one that has lost twenty points: %d, %v", fee, yes)
	}
	p.Book.Pledges[0].Enact(p.Book, at, 15_000)
	if x := p.Book.Value(market.FeeShare, market.TikTok, at); x != 15_000 {
		t.Errorf("the fee is %d", x)
	}
}

// A platform leaves if it has lost money for a year and sells less than 3 %, and is announced a month ahead.
func TestExitIfLosing(t *testing.T) {
	p := world()
	(&ExitPlatform{Platform: market.Blibli, Notice: Span(30 * market.Day), Losing: true}).Enact(p, When{At: t0, Entry: 2})
	ask, day := p.Book.Pledges[0].Ask, market.DayOf(t0)+4*91
	small, large := [market.Platforms]int64{50_000, 48_000, 0, 0, 0, 2_000}, [market.Platforms]int64{50_000, 46_000, 0, 0, 0, 4_000}
	for _, c := range []struct {
		day    int64
		closed func(int64) []int64
		leaves bool
	}{{day, days(small, 5), true}, {day, days(small, 0), false}, {day, days(large, 5), false}, {day - 91, days(small, 5), false}} {
		v := view(p, c.day, c.closed)
		if _, at, yes := ask(v); yes != c.leaves || yes && at != v.Soonest+30*market.Day {
			t.Errorf("%+v: %v", c, yes)
		}
	}
	at := t0 + 400*market.Day
	p.Book.Pledges[0].Enact(p.Book, at, 0)
	if p.Book.Open(market.Blibli, at) || !p.Book.Open(market.Blibli, at-1) || len(p.Book.Plan) != 1 || p.Book.Plan[0].At != at-30*market.Day {
		t.Errorf("%+v", p.Book.Plan)
	}
}
