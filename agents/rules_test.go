package agents

import (
	"math"
	"testing"

	m "pasar/agents/market"
	"pasar/sim"
)

// Which orders an SME takes (§7.7), and with which reason it turns the others down: one at a time, from a shop with five units.
func TestWhatIsAccepted(t *testing.T) {
	closed := closing(m.TikTok, standAt-30*60, -1)
	for _, c := range []struct {
		name   string
		rules  []m.Rule
		placed sim.Time
		set    func(s *SME)
		want   uint8
	}{
		{"open", nil, standAt - 3600, func(*SME) {}, m.NoReason},
		{"bankrupt", nil, standAt - 3600, func(s *SME) { s.State = m.Bankrupt }, m.SellerGone},
		{"given up", nil, standAt - 3600, func(s *SME) { s.State = m.Closed }, m.SellerGone},
		{"not listed there", nil, standAt - 3600, func(s *SME) { s.Shop[m.TikTok].Listed = false }, m.SellerGone},
		{"sold out", nil, standAt - 3600, func(s *SME) { s.Stock = 0 }, m.OutOfStock},
		{"placed before the closure", closed, standAt - 30*60 - 1, func(*SME) {}, m.NoReason},
		{"placed on its second", closed, standAt - 30*60, func(*SME) {}, m.CheckoutClosed},
		{"cap of nothing", []m.Rule{{Lever: m.OrderCap, On: m.TikTok, Value: 0}}, standAt - 3600, func(*SME) {}, m.CapReached},
	} {
		var before, after SME
		heard, _ := sme(t, c.rules, func(k *SMEs, t *m.Turn, s *SME) {
			s.Stock, s.Cash, s.Shop[m.TikTok] = 5, 1e6, Shop{Listed: true, Price: 100_000}
			c.set(s)
			before = *s
			k.judge(t, s, m.Msg{Amount: 100_000, Voucher: 7000, Freight: 12_000, FreeFrt: 3000, Placed: uint32(c.placed), Party: uint32(k.Buyers.ID(2)), Shop: m.TikTok, Via: m.Tokopedia})
			after = *s
		})
		answer := of(heard, m.Accepted, m.Rejected)
		if len(answer) != 1 || answer[0].Msg.Reason != c.want || (answer[0].Kind == m.Accepted) != (c.want == m.NoReason) {
			t.Errorf("%s: %+v", c.name, answer)
			continue
		}
		units, owed := int32(0), m.Money(0)
		if c.want == m.NoReason {
			units, owed = 1, -10_000 // the platform pays for the voucher and free freight
		}
		if before.Stock-after.Stock != units || after.Stock < 0 || after.Cash != before.Cash || after.Owed[m.Tokopedia] != owed {
			t.Errorf("%s: stock %d to %d, cash %d to %d, owed to Tokopedia %d", c.name, before.Stock, after.Stock, before.Cash, after.Cash, after.Owed[m.Tokopedia])
		}
	}
}

// A cap of three tenths of 280 orders in four weeks is three a day, of which those of one day may be kept: of twenty orders a day six are taken
// on the first, as nothing was sold before, and three on each later one.
func TestCapCounts(t *testing.T) {
	var got [4]int
	sme(t, []m.Rule{{Lever: m.OrderCap, On: m.TikTok, Value: 300_000}}, func(k *SMEs, t *m.Turn, s *SME) {
		s.Shop[m.TikTok] = Shop{Listed: true, Pre: 280}
		for day := range got {
			for range 20 {
				o := m.Msg{Placed: uint32(standAt + sim.Time(day)*m.Day), Shop: m.TikTok}
				if k.underCap(t, s, &o) {
					got[day]++
				}
			}
		}
	})
	if got != [4]int{6, 3, 3, 3} {
		t.Errorf("taken by day: %v", got)
	}
}

// The fee of an order is the processor's at the second it was placed, once, by category and with the payment fee; a deal may leave the
// storefront's in force.
func TestFeeOfAnOrder(t *testing.T) {
	rules := []m.Rule{{Lever: m.FeeShare, On: m.TikTok, Value: 40_000}, {Lever: m.FeeFixed, On: m.TikTok, Value: 1000}, {Lever: m.FeeShare, On: m.Tokopedia, Value: 60_000},
		{Lever: m.FeeFixed, On: m.Tokopedia, Value: 2000}, {Lever: m.FeeShare, On: m.Tokopedia, Value: 90_000, From: standAt}}
	for _, own := range []int64{0, 1} {
		sme(t, append(rules, m.Rule{Lever: m.StoreFee, On: m.TikTok, Value: own}), func(k *SMEs, turn *m.Turn, _ *SME) {
			for _, c := range []struct {
				via         m.Channel
				placed      sim.Time
				share, more float64
			}{{m.TikTok, standAt - 1, .04, 1000}, {m.Tokopedia, standAt - 1, .06, 2000}, {m.Tokopedia, standAt, .09, 2000}} {
				if own == 1 && c.via != m.TikTok {
					c.share, c.more = .04, 1000
				}
				o := m.Msg{Amount: 1_000_000, Placed: uint32(c.placed), Shop: m.TikTok, Via: c.via}
				want := 1e6*(c.share*k.P.Categories[m.Category(1)].FeeFactor+k.P.Order.Payment) + c.more
				if got := k.fee(turn, &o, 1); math.Abs(float64(got)-want) > 1 {
					t.Errorf("storefront's %d, checked out by %s: Rp %d, not %.0f", own, c.via, got, want)
				}
			}
		})
	}
}

// A kept order's money: the SME gets the amount less fee, commission, packing and tax; the creator who brought it about, and nobody else, the
// agreed commission.
func TestWhoIsPaid(t *testing.T) {
	var gain, owed m.Money
	var third sim.ID
	heard, _ := sme(t, []m.Rule{{Lever: m.TaxOrders, On: m.Tokopedia, Value: 5000}}, func(k *SMEs, t *m.Turn, s *SME) {
		third = k.Makers.ID(3)
		k.settle(t, s, m.Msg{Amount: 100_000, Fee: 5000, Voucher: 7000, Freight: 12_000, FreeFrt: 3000, Rate: 1000, Third: uint32(third), Party: uint32(k.Buyers.ID(2)), Shop: m.TikTok, Via: m.Tokopedia})
		gain, owed = s.Cash+m.Money(k.P.SME.Pack), s.Owed[m.Tokopedia]
	})
	paid := of(heard, m.Commission)
	if len(paid) != 1 || paid[0].To != third || paid[0].Msg.Amount != 10_000 {
		t.Errorf("commissions: %+v", paid)
	}
	if gain != 100_000-5000-10_000-500 || owed != 5000 {
		t.Errorf("the SME gets Rp %d before packing, Tokopedia %d", gain, owed)
	}
}

// What becomes of an order that is to be shipped: it goes out, or, if the SME is gone or the deadline of a closed checkout has passed, the
// buyer gets back what it paid.
func TestShippedOrPaidBack(t *testing.T) {
	for _, c := range []struct {
		name  string
		rules []m.Rule
		state uint8
		back  uint8
	}{
		{"shipped", nil, m.Active, m.NoReason},
		{"the SME is gone", nil, m.Bankrupt, m.SellerGone},
		{"before the deadline", []m.Rule{{Lever: m.Deadline, On: m.TikTok, Value: int64(standAt + 1)}}, m.Active, m.NoReason},
		{"after the deadline", []m.Rule{{Lever: m.Deadline, On: m.TikTok, Value: int64(standAt)}}, m.Active, m.NotShipped},
	} {
		heard, _ := sme(t, c.rules, func(k *SMEs, t *m.Turn, s *SME) {
			k.P.Order.Cancel = 0
			s.State = c.state
			k.ship(t, s, m.Msg{Amount: 100_000, Voucher: 7000, Freight: 12_000, FreeFrt: 3000, Placed: uint32(standAt - 3600), Party: uint32(k.Buyers.ID(2)), Shop: m.TikTok, Via: m.Tokopedia})
		})
		got := of(heard, m.Delivered, m.Refunded)
		want := m.Delivered
		if c.back != m.NoReason {
			want = m.Refunded
		}
		if len(got) != 1 || got[0].Kind != want || got[0].Msg.Reason != c.back || want == m.Refunded && got[0].Msg.Amount != 102_000 {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// However long trials go down, a price stays at or above what a unit costs after fees and 2 % more; however long they go up, at or below
// three times the cost of goods (§7.8 step 2). A commission is lowered only when the lock is over.
func TestFloorsAndLocks(t *testing.T) {
	sme(t, []m.Rule{{Lever: m.FeeShare, On: m.Shopee, Value: 60_000}}, func(k *SMEs, turn *m.Turn, s *SME) {
		tr := &k.Traits[0]
		s.Rate = 800
		floor := (float64(tr.Cost) + k.P.SME.Pack) / (1 - .06*k.P.Categories[tr.Good].FeeFactor - k.P.Order.Payment - .08) * 1.02
		for _, down := range []bool{true, false} {
			p := &s.Shop[m.Shopee]
			*p = Shop{Listed: true, Price: m.Money(2 * tr.Cost), Try: Trial{Down: down}}
			for s.Weeks = range uint32(300) {
				p.Try.Gain, p.Try.Before = 1, 0
				l := turn.Luck(smePrice, s.Weeks<<4|uint32(m.Shopee))
				k.reprice(turn, s, m.Shopee, &l)
			}
			want := 3 * float64(tr.Cost)
			if down {
				want = floor
			}
			if math.Abs(float64(p.Price)-want) > 1 {
				t.Errorf("down %v: the price ends at Rp %d, not %.0f", down, p.Price, want)
			}
		}
		s.Shop[m.TikTok].Listed, s.Weeks, s.Plan = true, uint32(s.Weekday)%4, Trial{Down: true, Gain: 1}
		for range 2 {
			k.affiliate(turn, s)
		}
		if lock := turn.Now + sim.Time(k.P.SME.RateLock)*m.Day; s.Rate != 800 || s.LowerAt != lock || s.Lower >= 800 {
			t.Errorf("a commission of 8 %% is %d, and will be %d on day %d", s.Rate, s.Lower, m.DayOf(s.LowerAt))
		}
	})
}

// A bankrupt SME is nowhere on offer and has no goods left, for which it got half of their cost; a solvent one goes on.
func TestBankruptcy(t *testing.T) {
	for _, cash := range []m.Money{-1e12, 1e12} {
		sme(t, nil, func(k *SMEs, turn *m.Turn, s *SME) {
			s.Cash, s.Debt, s.Stock, s.Income, s.Outside = cash, 3, 4, 1, 0
			for c := range m.Direct {
				s.Shop[c].Listed = true
			}
			k.liquidity(turn, s)
			broke := cash < 0
			for c := range m.Direct {
				if s.Shop[c].Listed == broke {
					t.Errorf("cash %d: listed on %s is %v", cash, c, s.Shop[c].Listed)
				}
			}
			if (s.State == m.Bankrupt) != broke || broke && (s.Stock != 0 || s.Cash != cash+2*k.Traits[0].Cost) || !broke && s.Stock != 4 {
				t.Errorf("cash %d: state %d, stock %d, cash %d", cash, s.State, s.Stock, s.Cash)
			}
		})
	}
}

// Goods are ordered as far as cash and credit go, and are paid when ordered.
func TestRestockWithinMeans(t *testing.T) {
	sme(t, nil, func(k *SMEs, turn *m.Turn, s *SME) {
		cost := k.Traits[0].Cost
		s.Demand, s.Cash = 100, 10*cost
		k.restock(turn, s)
		if s.OnOrder != 10 || s.Cash != 0 {
			t.Errorf("%d units ordered, Rp %d left", s.OnOrder, s.Cash)
		}
	})
}

// A new shop begins without skill and reviews, or with the part that a rule of portability says.
func TestWhatIsTakenAlong(t *testing.T) {
	for _, share := range []int64{0, 500_000} {
		sme(t, []m.Rule{{Lever: m.PortRatings, On: m.Lazada, Value: share}}, func(k *SMEs, turn *m.Turn, s *SME) {
			s.Shop[m.TikTok] = Shop{Listed: true, Orders: 9, Price: 100_000, Rating: .7, Reviews: 80, Skill: .6}
			k.branch(turn, s, m.Lazada)
			p, part := &s.Shop[m.Lazada], float64(share)/1e6
			if !p.Listed || math.Abs(p.Rating-(newRating+part*(.7-newRating))) > 1e-9 || p.Reviews != uint32(80*part) || math.Abs(p.Skill-.6*part) > 1e-9 {
				t.Errorf("portable %d: rating %.3f, %d reviews, skill %.3f", share, p.Rating, p.Reviews, p.Skill)
			}
		})
	}
}
