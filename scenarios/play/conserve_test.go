package play

import (
	"sync"
	"testing"

	"pasar/agents"
	"pasar/agents/market"
	"pasar/sim"
)

// A parcel is an order by its buyer and number.
type parcel struct{ buyer, order uint32 }

// A ledger is what one run's events say, without a look at any tally: the pilot with 700 buyers, past ban, deal and caps.
type ledger struct {
	*Result
	end                               sim.Time
	smes                              []agents.SME
	order                             map[parcel]market.Msg
	placed, rejected                  [market.Direct]int64
	accepted, gmv                     [market.Direct][market.Direct]int64 // by storefront and processor, placed before the end
	pays, subsidy                     [market.Direct]int64                // of accepted orders, by processor
	net, fees, creators, freight      [market.Direct]int64                // of settled ones
	back, given, used                 [market.Direct]int64                // refunds to buyers and platforms, freight used all the same
	taken, kept, cancelled, cameBack  int64
	earned                            int64
	restocked, sold, called, returned map[sim.ID]int64 // units by SME
}

var (
	openLedger sync.Once
	theLedger  *ledger
)

// books keeps the books of the run, once for all tests.
func books(t *testing.T) *ledger {
	t.Helper()
	openLedger.Do(func() {
		s := scenario(t, "pilot", 700, "2024-02-20")
		l := &ledger{end: s.End, order: map[parcel]market.Msg{}, restocked: map[sim.ID]int64{}, sold: map[sim.ID]int64{},
			called: map[sim.ID]int64{}, returned: map[sim.ID]int64{}}
		var w *market.World
		l.Result, w = played(t, s, tape(l.hear))
		l.smes = sim.State[agents.SME](w, l.Market.SMEs)
		theLedger = l
	})
	if theLedger == nil {
		t.Fatal("the run did not end")
	}
	return theLedger
}

// hear writes an event into the books. What an SME says counts when it is said; what it hears, when it is heard.
func (l *ledger) hear(e *market.Event) {
	o := &e.Msg
	id := parcel{o.Party, o.Order}
	switch e.Kind {
	case market.Placed:
		if e.Said < l.end {
			l.placed[o.Shop]++
		}
	case market.Rejected:
		if sim.Time(o.Placed) < l.end {
			l.rejected[o.Shop]++
		}
	case market.Accepted:
		if sim.Time(o.Placed) < l.end {
			l.accepted[o.Shop][o.Via]++
			l.gmv[o.Shop][o.Via] += o.Amount
		}
		l.sold[e.From]++
		if e.Said < l.end {
			l.order[id] = *o
			l.taken++
			l.pays[o.Via] += o.Amount - int64(o.Voucher) + int64(o.Freight) - int64(o.FreeFrt)
			l.subsidy[o.Via] += int64(o.Voucher) + int64(o.FreeFrt)
		}
	case market.Kept:
		if e.At < l.end {
			creator := int64(0)
			if o.Third != 0 {
				creator = o.Amount * int64(o.Rate) / 10_000
			}
			l.kept++
			l.net[o.Via] += o.Amount - int64(o.Fee) - creator
			l.fees[o.Via] += int64(o.Fee)
			l.creators[o.Via] += creator
			l.freight[o.Via] += int64(o.Freight)
		}
	case market.Refunded:
		first := l.order[id]
		parcelBack := o.Reason == market.NotTaken || o.Reason == market.SentBack
		if parcelBack {
			l.returned[e.From]++
		} else {
			l.called[e.From]++
		}
		if e.Said < l.end {
			l.back[first.Via] += o.Amount
			l.given[first.Via] += int64(first.Voucher) + int64(first.FreeFrt)
			if parcelBack {
				l.cameBack++
				l.used[first.Via] += int64(first.Freight)
			} else {
				l.cancelled++
			}
		}
	case market.Commission:
		if e.At < l.end {
			l.earned += o.Amount
		}
	case market.Restock:
		l.restocked[e.To] += o.Amount
	}
}

// total is all that was tallied to some cells.
func (l *ledger) total(cells ...sim.Cell) int64 { return l.sums(0, int64(len(l.Days)), cells...) }

func (l *ledger) account(a market.Account) int64 { return l.total(market.AccountCell(a)) }

func count(c market.Counter) sim.Cell { return market.CounterCell(c) }

// same holds a tally against what the events say.
func same(t *testing.T, what string, tally, events int64) {
	t.Helper()
	if tally != events {
		t.Errorf("%s: %d in the tallies, %d by the events", what, tally, events)
	}
}

// "V-01 Σ ledger = 0 after every window": here each day, from the closed tallies; the kernel checks every window.
func TestV01_LedgerSumsToZero(t *testing.T) {
	l := books(t)
	moved := int64(0)
	for d, row := range l.Days {
		sum := int64(0)
		for _, c := range market.AccountCells() {
			sum += row[c]
			moved = max(moved, row[c])
		}
		if sum != 0 {
			t.Errorf("day %d: the accounts sum to %d", d, sum)
		}
	}
	if moved == 0 {
		t.Error("nothing moved")
	}
}

// "V-02 no negative escrow", and nothing negative under way or due to creators, at the end of any day.
func TestV02_NoNegativeEscrow(t *testing.T) {
	l := books(t)
	accounts := []market.Account{market.Transit, market.MakerDue}
	for c := range market.Account(market.Direct) {
		accounts = append(accounts, market.Escrow+c)
	}
	for _, a := range accounts {
		sum, most := int64(0), int64(0)
		for d, row := range l.Days {
			if sum += row[market.AccountCell(a)]; sum < 0 {
				t.Fatalf("%s is %d at the end of day %d", a, sum, d)
			}
			most = max(most, sum)
		}
		if most == 0 && a < market.Escrow+market.Account(market.Newco) {
			t.Errorf("%s is never used", a)
		}
	}
}

// "V-03 orders: placed = rejected + accepted; accepted = cancelled + cod_failed + delivered + in transit": by storefront and day,
// then over the run; what is under way is never below 0; and all as the events say.
func TestV03_Orders(t *testing.T) {
	l := books(t)
	way := int64(0)
	for d, row := range l.Days {
		for c := range market.Direct {
			accepted := int64(0)
			for via := range market.Direct {
				accepted += row[market.OrdersCell(c, via)]
			}
			if row[market.PlacedCell(c)] != accepted+row[market.RejectCell(c)] {
				t.Errorf("day %d, %s: %d placed, %d accepted, %d rejected", d, c, row[market.PlacedCell(c)], accepted, row[market.RejectCell(c)])
			}
		}
		if way += row[count(market.NAccepted)] - row[count(market.NCancelled)] - row[count(market.NUntaken)] - row[count(market.NKept)] - row[count(market.NSentBack)]; way < 0 {
			t.Errorf("day %d: %d orders under way", d, way)
		}
	}
	if way == 0 {
		t.Error("nothing is under way at the end")
	}
	var placed int64
	for c := range market.Direct {
		placed += l.placed[c]
		same(t, c.String()+" placed", l.total(market.PlacedCell(c)), l.placed[c])
		same(t, c.String()+" rejected", l.total(market.RejectCell(c)), l.rejected[c])
	}
	same(t, "accepted", l.total(count(market.NAccepted)), l.taken)
	same(t, "settled", l.total(count(market.NKept)), l.kept)
	same(t, "cancelled", l.total(count(market.NCancelled)), l.cancelled)
	same(t, "untaken or sent back", l.total(count(market.NUntaken), count(market.NSentBack)), l.cameBack)
	t.Logf("%d placed, %d accepted, %d settled, %d cancelled, %d came back, %d under way", placed, l.taken, l.kept, l.cancelled, l.cameBack, way)
}

// "V-04 goods, per seller, in units: stock_t = stock_0 + restock_arrived − accepted + cancelled + cod_failed + returned_resaleable
// − liquidated, and never < −backorders" (there are none): for each SME that was there from the first day to the last, from
// its own events; for all together, from the tallies.
func TestV04_Goods(t *testing.T) {
	l := books(t)
	_, n, _ := Sizes(l.Scenario)
	k := agents.NewCommon(l.Market, n)
	whole, resold, parcels := 0, int64(0), int64(0)
	var stock int64
	for i, s := range l.smes {
		stock += int64(s.Stock)
		id := l.Market.SMEs.ID(i)
		if s.Stock < 0 {
			t.Errorf("SME %d has %d units", i, s.Stock)
		}
		if i >= n || s.State != market.Active || s.Came > 0 {
			continue
		}
		first := int64(k.OpeningStock(&k.Traits[i], k.Promise(&k.Traits[i], k.Traits[i].Lists)))
		again := int64(s.Stock) - (first + l.restocked[id] - l.sold[id] + l.called[id]) // what came back saleable
		if again < 0 || again > l.returned[id] {
			t.Errorf("SME %d began with %d units, bought %d, sold %d, had %d cancelled and %d sent back, and holds %d", i, first, l.restocked[id], l.sold[id], l.called[id], l.returned[id], s.Stock)
		}
		whole++
		resold += again
		parcels += l.returned[id]
	}
	if share := float64(resold) / float64(parcels); share < .7 || share > .9 || whole < 10 {
		t.Errorf("of %d SMEs' parcels that came back %.2f could be sold again, not %v", whole, share, l.Market.P.Order.Resale)
	}
	held := int64(0)
	for d, row := range l.Days {
		held += row[count(market.UnitsOnHand)]
		in := row[count(market.UnitsIn)] - row[count(market.UnitsOut)] + row[count(market.UnitsBack)] - row[count(market.UnitsLost)]
		if in != row[count(market.UnitsOnHand)] || held < 0 {
			t.Errorf("day %d: stock changed by %d, by its parts by %d; %d on hand", d, row[count(market.UnitsOnHand)], in, held)
		}
		if row[count(market.UnitsOut)] != row[count(market.NAccepted)] {
			t.Errorf("day %d: %d units left for %d orders", d, row[count(market.UnitsOut)], row[count(market.NAccepted)])
		}
	}
	t.Logf("%d SMEs from first to last day, %.2f of %d parcels sold again; %d units in all", whole, float64(resold)/float64(parcels), parcels, stock)
}

// "V-05 money, per processor: Σ buyer payments + platform vouchers + platform shipping subsidy = Σ seller net + commissions +
// fixed & payment fees + creator commissions + logistics + refunds + Δescrow": payments and lines from the events, Δescrow
// and the platforms' lines from the tallies.
func TestV05_MoneyByProcessor(t *testing.T) {
	l := books(t)
	var freight int64
	for c := range market.Direct {
		in := l.pays[c] + l.subsidy[c]
		out := l.net[c] + l.fees[c] + l.creators[c] + l.freight[c] + l.back[c] + l.given[c] + l.account(market.Escrow+market.Account(c))
		same(t, c.String()+": money in", out, in)
		same(t, c.String()+": fees", l.total(market.FeeCell(c)), l.fees[c])
		same(t, c.String()+": subsidies", l.total(market.SubsidyCell(c)), l.subsidy[c]-l.given[c])
		freight += l.freight[c] + l.used[c]
		if c < market.Newco && in == 0 {
			t.Errorf("nothing was paid to %s", c)
		}
	}
	same(t, "logistics", l.account(market.Logistics), freight)
}

// "V-06 creators paid = commissions accrued − outstanding", every day, and what they hold is that, flat fees and brand pay less
// what they spent; and over the run as the events say.
func TestV06_Creators(t *testing.T) {
	l := books(t)
	var paid, accrued, due, cash, other int64
	for d, row := range l.Days {
		for tier := range market.Tiers {
			paid += row[market.TierCell(tier)]
		}
		for c := range market.Direct {
			accrued += row[market.AffCell(c)]
		}
		due += row[market.AccountCell(market.MakerDue)]
		cash += row[market.AccountCell(market.MakerCash)]
		other += row[count(market.FlatFees)] + row[count(market.BrandPay)] - row[count(market.MakersSpent)]
		if paid != accrued-due || paid+other != cash {
			t.Fatalf("day %d: creators were paid %d of %d, %d is outstanding, fees and brands less what they spent are %d, they hold %d", d, paid, accrued, due, other, cash)
		}
	}
	var all int64
	for c := range market.Direct {
		all += l.creators[c]
	}
	same(t, "commissions paid", paid, l.earned)
	same(t, "commissions accrued", accrued, all)
	if paid == 0 || due == 0 {
		t.Errorf("%d paid, %d due", paid, due)
	}
}

// "V-07 redirected orders: storefront GMV = processor GMV summed over pairs": each pair as the events say, and the splits of a
// storefront's GMV by category, type and region, and of its orders by mode, sum to it every day.
func TestV07_StorefrontAndProcessor(t *testing.T) {
	l := books(t)
	for c := range market.Direct {
		for via := range market.Direct {
			same(t, c.String()+" by "+via.String()+", Rp", l.total(market.GMVCell(c, via)), l.gmv[c][via])
			same(t, c.String()+" by "+via.String()+", orders", l.total(market.OrdersCell(c, via)), l.accepted[c][via])
			if redirected := c == market.TikTok && via == market.Tokopedia; (l.gmv[c][via] > 0) != (c == via || redirected) && c < market.Newco {
				t.Errorf("%s by %s: Rp %d", c, via, l.gmv[c][via])
			}
		}
		for d, row := range l.Days {
			var gmv, goods, types, regions, orders, modes int64
			for via := range market.Direct {
				gmv += row[market.GMVCell(c, via)]
				orders += row[market.OrdersCell(c, via)]
			}
			for g := range market.Category(market.Categories) {
				goods += row[market.GoodCell(c, g)]
			}
			for y := range market.Types {
				types += row[market.TypeCell(c, y)]
			}
			for r := range market.Region(market.Regions) {
				regions += row[market.RegionCell(c, r)]
			}
			for x := range market.Modes {
				modes += row[market.ModeCell(c, x)]
			}
			if gmv != goods || gmv != types || gmv != regions || orders != modes {
				t.Errorf("day %d, %s: GMV %d, by category %d, type %d, region %d; orders %d, by mode %d", d, c, gmv, goods, types, regions, orders, modes)
			}
		}
	}
}
