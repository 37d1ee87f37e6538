package agents

import (
	"math"
	"testing"

	m "pasar/agents/market"
	"pasar/sim"
)

// A purchase from content satisfies one later need of its category, and one only.
func TestDisplacedOnce(t *testing.T) {
	_, o := buyer(t, nil, func(k *Buyers, turn *m.Turn, b *Buyer) {
		if !b.displace(2) || b.Disp[2] != 1 {
			t.Errorf("%d needs are displaced", b.Disp[2])
		}
		k.arise(turn, b, need{good: 2})
		if b.Disp[2] != 0 {
			t.Errorf("%d needs are displaced still", b.Disp[2])
		}
	})
	if n := o.sum(100, 101, m.CounterCell(m.Voided)); n != 1 {
		t.Errorf("%d needs are void", n)
	}
}

// A buyer who was turned down tries once more where the checkout is open, and no third time; its money is back.
func TestSecondTryAndNoThird(t *testing.T) {
	for _, c := range []struct {
		flags uint8
		rules []m.Rule
		tries int64
	}{{0, nil, 1}, {m.Retry, nil, 0}, {0, closing(m.TikTok, standAt, -1), 0}} {
		_, o := buyer(t, c.rules, func(k *Buyers, turn *m.Turn, b *Buyer) {
			k.P.Order.RetryProb = 1
			k.rejected(turn, b, k.SMEs.ID(1), m.Msg{Amount: 50_000, Freight: 9000, Flags: c.flags, Shop: m.TikTok, Via: m.TikTok})
			if b.Wallet != 59_000 {
				t.Errorf("Rp %d are back", b.Wallet)
			}
		})
		if n := o.sum(100, 101, m.CounterCell(m.NoOffer)); n != c.tries { // there is nothing on offer at this stand
			t.Errorf("flags %d: %d more tries, not %d", c.flags, n, c.tries)
		}
	}
}

// The orders of a redirected storefront are checked out by its processor, and say so; the buyer's money is reserved.
func TestRedirectedOrders(t *testing.T) {
	for _, to := range []m.Channel{m.TikTok, m.Tokopedia} {
		rules := []m.Rule{{Lever: m.RedirectTo, On: m.TikTok, Value: int64(to) + 1, From: standAt}}
		heard, _ := buyer(t, rules, func(k *Buyers, turn *m.Turn, b *Buyer) {
			k.place(turn, b, 4, m.Msg{Amount: 50_000, Freight: 9000, Shop: m.TikTok})
			if b.Wallet != -59_000 {
				t.Errorf("Rp %d are reserved", -b.Wallet)
			}
		})
		placed := of(heard, m.Placed)
		if len(placed) != 1 || placed[0].Msg.Via != to || (placed[0].Msg.Flags&m.Redirect != 0) != (to != m.TikTok) {
			t.Errorf("redirected to %s: %+v", to, placed)
		}
	}
}

// Habits fade to 1/e in the time that the parameter says.
func TestHabitsFade(t *testing.T) {
	b := Buyer{}
	b.Habit[m.Shopee] = .8
	for day := range 90 {
		b.fade(sim.Time(day+1)*m.Day, 90)
	}
	if math.Abs(float64(b.Habit[m.Shopee])-.8/math.E) > 1e-5 {
		t.Errorf("after 90 days of 90 a habit of .8 is %.5f", b.Habit[m.Shopee])
	}
}

// A creator who is silent, or shows the product already, takes no contract, and the fee goes back.
func TestWhoTakesContracts(t *testing.T) {
	for _, c := range []struct {
		state uint8
		shows bool
		yes   bool
	}{{m.Active, false, true}, {m.Dormant, false, false}, {m.Active, true, false}} {
		heard, _ := maker(t, nil, func(k *Creators, turn *m.Turn, x *Creator) {
			x.State = c.state
			if c.shows {
				x.Slot[0] = Slot{SME: 1, Score: 1}
			}
			k.answer(turn, x, &m.Event{From: k.SMEs.ID(0), Msg: m.Msg{Amount: 400_000, Rate: 1500}})
		})
		got := of(heard, m.Answered)
		if len(got) != 1 || (got[0].Msg.Reason == m.NoReason) != c.yes || c.yes && got[0].Msg.Amount != 0 || !c.yes && got[0].Msg.Amount != 400_000 {
			t.Errorf("%+v: %+v", c, got)
		}
	}
}

// When a checkout closes, the share of followers that the rule says follows elsewhere, once, and by then all of them.
func TestFollowersFollowOnce(t *testing.T) {
	rules := append(closing(m.TikTok, standAt-m.Day, -1), m.Rule{Lever: m.PortFans, On: m.TikTok, Value: 250_000})
	maker(t, rules, func(k *Creators, turn *m.Turn, c *Creator) {
		c.Fans[m.TikTok], c.Fans[m.Shopee] = 10_000, 100
		for range 40 {
			k.follow(turn, c)
		}
		if got := c.Fans[m.Shopee]; math.Abs(got-2600) > .01 {
			t.Errorf("a quarter of 10,000 follow to where there were 100: %.2f", got)
		}
	})
}
