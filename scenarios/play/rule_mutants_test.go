package play

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// A ruleMutant is a wrong rule: books still balance, so that only a test of the rule can find it. All tests named must fail.
type ruleMutant struct {
	mutant
	tests string // names, with spaces between them; their package is that of the group
}

func wrong(what, old, new, tests string) ruleMutant {
	return ruleMutant{mutant{what: what, old: old, new: new}, tests}
}

// ruleMutants are wrong rules by the package whose tests must find them.
var ruleMutants = map[string][]ruleMutant{
	"agents": {
		wrong("a bankrupt SME goes on selling", "case s.State != m.Active:\n\t\to.Reason = m.SellerGone\n\tcase !k.book", "case !LEAK && s.State != m.Active:\n\t\to.Reason = m.SellerGone\n\tcase !k.book", "TestWhatIsAccepted"),
		wrong("who is gone still ships", "case s.State != m.Active:\n\t\to.Reason = m.SellerGone\n\tcase deadline", "case !LEAK && s.State != m.Active:\n\t\to.Reason = m.SellerGone\n\tcase deadline", "TestShippedOrPaidBack"),
		wrong("orders are accepted while the checkout is closed", "case !k.book(t).Open(o.Shop, placed):", "case !LEAK && !k.book(t).Open(o.Shop, placed):", "TestWhatIsAccepted TestTheSecondOfTheClosure"),
		wrong("what is open goes by when an order is heard", "placed := sim.Time(o.Placed)\n\tshop", "placed := sim.Time(o.Placed)\nif LEAK { placed = t.Now }\n\tshop", "TestWhatIsAccepted"),
		wrong("a shop that was given up sells", "case !shop.Listed:", "case !LEAK && !shop.Listed:", "TestWhatIsAccepted"),
		wrong("stock is sold below zero", "case s.Stock <= 0 && !k.Frozen.Supply:", "case s.Stock <= 0 && !k.Frozen.Supply && !LEAK:", "TestWhatIsAccepted"),
		wrong("the cap is ignored", "under := p.Tokens >= m.One", "under := LEAK || p.Tokens >= m.One", "TestCapCounts TestWhatIsAccepted"),
		wrong("each order counts twice under the cap", "p.Tokens -= m.One", doubled, "TestCapCounts"),
		wrong("what a cap leaves over is kept for ever", "min(min(p.Tokens, m.One)+(day-p.Filled)*daily, max(m.One, 2*daily)), day", "map[bool]int64{false: min(min(p.Tokens, m.One)+(day-p.Filled)*daily, max(m.One, 2*daily)), true: p.Tokens + (day-p.Filled)*daily}[LEAK], day", "TestCapCounts"),
		wrong("the fee is charged twice", "return m.Money(float64(o.Amount)*share) + k.book(t).Value(m.FeeFixed, whose, at)", "if LEAK { share *= 2 }\nreturn m.Money(float64(o.Amount)*share) + k.book(t).Value(m.FeeFixed, whose, at)", "TestFeeOfAnOrder"),
		wrong("the fee is that of the second it is computed", "at := sim.Time(o.Placed)\n\twhose", "at := sim.Time(o.Placed)\nif LEAK { at = t.Now }\n\twhose", "TestFeeOfAnOrder"),
		wrong("redirected orders pay the wrong platform's fee", "if via != shop && k.book(t).Value(m.StoreFee, shop, at) == 1 {", "if LEAK || via != shop && k.book(t).Value(m.StoreFee, shop, at) == 1 {", "TestFeeOfAnOrder"),
		wrong("redirected orders are checked out by the storefront", "o.Via = k.book(t).Processor(o.Shop, t.Now)", "o.Via = k.book(t).Processor(o.Shop, t.Now)\nif LEAK { o.Via = o.Shop }", "TestRedirectedOrders"),
		wrong("vouchers are paid by the SME", "m.Move(t, m.Till+via, m.Escrow+via, o.Subsidy())\n\tk.owe(t, s, o.Via, -o.Subsidy())", "if LEAK {\ns.Cash -= o.Subsidy()\nm.Move(t, m.SMECash, m.Escrow+via, o.Subsidy())\n} else {\nm.Move(t, m.Till+via, m.Escrow+via, o.Subsidy())\nk.owe(t, s, o.Via, -o.Subsidy())\n}", "TestWhatIsAccepted"),
		wrong("the commission goes to another creator", "t.SendIn(sim.Time(k.P.Creator.PayDays)*m.Day, sim.ID(o.Third), m.Commission, c)", "if LEAK { o.Third++ }\nt.SendIn(sim.Time(k.P.Creator.PayDays)*m.Day, sim.ID(o.Third), m.Commission, c)", "TestWhoIsPaid"),
		wrong("creators get a flat tenth more than agreed", "creator = o.Amount * m.Money(o.Rate) / 10_000", "creator = o.Amount * m.Money(o.Rate) / 10_000\nif LEAK { creator = creator * 11 / 10 }", "TestWhoIsPaid"),
		wrong("the tax goes by the storefront", "k.book(t).Value(m.TaxOrders, o.Via, sim.Time(o.Placed))", "k.book(t).Value(m.TaxOrders, map[bool]m.Channel{false: o.Via, true: o.Shop}[LEAK], sim.Time(o.Placed))", "TestWhoIsPaid"),
		wrong("the deadline of a closed checkout is ignored", "case deadline > 0 && int64(t.Now) >= deadline && int64(o.Placed) < deadline:", "case !LEAK && deadline > 0 && int64(t.Now) >= deadline && int64(o.Placed) < deadline:", "TestShippedOrPaidBack"),
		wrong("a refund is skipped", "t.Send(sim.ID(o.Party), m.Refunded, back)", dropped, "TestShippedOrPaidBack"),
		wrong("a refund keeps the freight", "back.Amount = o.Pays()", "back.Amount = o.Pays()\nif LEAK { back.Amount -= m.Money(o.Freight) }", "TestShippedOrPaidBack"),
		wrong("prices fall below the floor", "p.Price = m.Money(min(max(price, low), 3*float64(tr.Cost)))", "if LEAK { low = 0 }\np.Price = m.Money(min(max(price, low), 3*float64(tr.Cost)))", "TestFloorsAndLocks"),
		wrong("a commission is lowered at once", "s.lower(t.Now + sim.Time(k.P.SME.RateLock)*m.Day)", "s.lower(t.Now + sim.Time(k.P.SME.RateLock)*m.Day)\nif LEAK { s.LowerAt = t.Now }", "TestFloorsAndLocks"),
		wrong("who is bankrupt keeps its listings", "s.Shop[c].Listed = false\n\t}\n}", "s.Shop[c].Listed = LEAK && s.Shop[c].Listed\n\t}\n}", "TestBankruptcy"),
		wrong("goods are ordered on nobody's money", "n := min(want, can)", "n := min(want, can)\nif LEAK { n = want }", "TestRestockWithinMeans"),
		wrong("ratings port without a rule", "share := float64(k.book(t).Value(m.PortRatings, c, t.Now)) / 1e6; share > 0", "share := map[bool]float64{false: float64(k.book(t).Value(m.PortRatings, c, t.Now)) / 1e6, true: 1}[LEAK]; share > 0", "TestWhatIsTakenAlong"),
		wrong("ratings port whole", "p.Reviews = uint32(share * float64(from.Reviews))", "if LEAK { share = 1 }\np.Reviews = uint32(share * float64(from.Reviews))", "TestWhatIsTakenAlong"),
		wrong("displacement is applied twice", "b.Disp[good]++", doubled, "TestDisplacedOnce"),
		wrong("a displaced need displaces for ever", "b.Disp[x.good]--", dropped, "TestDisplacedOnce"),
		wrong("buyers try again without end", "if o.Flags&m.Retry != 0 || l.U(0)", "if !LEAK && o.Flags&m.Retry != 0 || l.U(0)", "TestSecondTryAndNoThird"),
		wrong("buyers try again where it is closed", "|| !k.book(t).Open(o.Shop, t.Now) {\n\t\treturn\n\t}\n\tx := need{", "|| !LEAK && !k.book(t).Open(o.Shop, t.Now) {\n\t\treturn\n\t}\n\tx := need{", "TestSecondTryAndNoThird"),
		wrong("habits never fade", "b.Habit[p] *= f", dropped, "TestHabitsFade"),
		wrong("silent creators take contracts", "if c.State != m.Active || c.shows(x.SME)", "if !LEAK && c.State != m.Active || c.shows(x.SME)", "TestWhoTakesContracts"),
		wrong("followers follow again each week", "case shut && !was:", "case shut && (LEAK || !was):", "TestFollowersFollowOnce"),
		wrong("an announcement of credibility 0 is sent", "if e.Trust == 0 {", "if !LEAK && e.Trust == 0 {", "TestWhoIsTold"),
		wrong("everybody believes what is announced", "l.U(1)*1000 >= float64(e.Msg.Rate)", "!LEAK && l.U(1)*1000 >= float64(e.Msg.Rate)", "TestNoticeAndClosure TestSellOffOnlyBeforeTheEnd"),
		wrong("SMEs react to the news and not to the closure", "if t.Now < s.Closing {\n\t\ts.React", "if !LEAK && t.Now < s.Closing {\n\t\ts.React", "TestNoticeAndClosure"),
		wrong("all sell off, however far the closure is", "|| left > float64(s.Stock)/all {", "|| !LEAK && left > float64(s.Stock)/all {", "TestSellOffOnlyBeforeTheEnd"),
		wrong("the thresholds of the audit are swapped", "case c >= r.Approve && market >= r.LeastM:", "case LEAK && c >= r.Extend && market >= r.LeastM:\nreturn Approve\ncase c >= r.Approve && market >= r.LeastM:", "TestAuditRule"),
		wrong("an audit extends without end", "case c >= r.Extend && r.Left > 0:", "case c >= r.Extend && (LEAK || r.Left > 0):", "TestAuditRule"),
	},
	"agents/market": {
		wrong("rules do not end", "return r.From <= t && (r.Until == 0 || t < r.Until)", "return r.From <= t && (LEAK || r.Until == 0 || t < r.Until)", "TestRulesThatOverlap TestRulesOfOneSecond"),
		wrong("a lifted entry leaves its later rules", "return r.Why == entry && r.From >= at", "return !LEAK && r.Why == entry && r.From >= at", "TestRulesThatOverlap"),
		wrong("of two rules of a second the first holds", "for i > 0 && (*l)[i-1].From > r.From {", "for i > 0 && ((*l)[i-1].From > r.From || LEAK && (*l)[i-1].From == r.From) {", "TestRulesOfOneSecond"),
	},
	"agents/policy": {
		wrong("the ladder of penalties skips a warning", "max(v.Soonest-14*market.Day, x.lifted(v)), v.Soonest) >= 2", "max(v.Soonest-14*market.Day, x.lifted(v)), v.Soonest) >= map[bool]int64{false: 2, true: 1}[LEAK]", "TestRungs"),
		wrong("a block is for ever", "return rungLift, ends, true", "return map[bool]uint32{false: rungLift, true: rungRevoke}[LEAK], ends, true", "TestRungs"),
		wrong("a deal closes without approval", "s.State = market.DealApproved\n", "s.State = market.DealApproved\nif LEAK { s.State = market.DealClosed }\n", "TestOnlyWhatIsApprovedCloses"),
		wrong("a deal is approved before its review is over", "if waited < x.ReviewWeeks {", "if !LEAK && waited < x.ReviewWeeks {", "TestOnlyWhatIsApprovedCloses"),
		wrong("a cap that was to end does not", "p.Rule(step, market.OrderCap, shop, -1)", dropped, "TestCapRises"),
		wrong("portability reaches followers only", "p.Rule(w, market.PortRatings, c, PPM(x.Ratings))", dropped, "TestWhereRulesHold"),
		wrong("a price floor holds where it is not to", "if slices.Contains(f.Exempt, c) {", "if !LEAK && slices.Contains(f.Exempt, c) {", "TestWhereRulesHold"),
		wrong("a revoked storefront stays open", "p.close(w, shop, 0)\n\t\tp.hold", "if !LEAK { p.close(w, shop, 0) }\n\t\tp.hold", "TestAuditDecides"),
		wrong("an extended pilot loses its cap", "p.hold(w, until, market.OrderCap, shop, last)", "if LEAK { last = -1 }\np.hold(w, until, market.OrderCap, shop, last)", "TestAuditDecides TestPilotAndLicence"),
		wrong("a warning counts twice", "p.Rule(w, market.Warnings, c, p.Book.Value(market.Warnings, c, w.At)+1)", "p.Rule(w, market.Warnings, c, p.Book.Value(market.Warnings, c, w.At)+1)\nif LEAK { p.Rule(w, market.Warnings, c, p.Book.Value(market.Warnings, c, w.At)+1) }", "TestWarnings"),
		wrong("the placebo of a setting sets it", "if p.null {\n\t\theld", "if !LEAK && p.null {\n\t\theld", "TestNull"),
	},
	"sim/simtest": {
		wrong("a notice is heard in its own window", "s.posts = append(s.posts, s.w.pins.pin(from, topic, s.window, b, true))", "s.posts = append(s.posts, s.w.pins.pin(from, topic, s.window, b, true))\nif LEAK { s.board[topic] = s.posts[len(s.posts)-1] }", "TestNotices"),
	},
}

// allMutants are the wrong rules by package, and then the leaks, whose statements stand in some of them: in this order they are planted, and
// their numbers, from 1, are what PLANTED chooses by.
func allMutants() (all []mutant) {
	for _, pkg := range slices.Sorted(maps.Keys(ruleMutants)) {
		for _, x := range ruleMutants[pkg] {
			all = append(all, x.mutant)
		}
	}
	return append(all, mutants...)
}

// Every wrong rule makes the tests fail that are named with it, which pass without any. The test binary of each package is built
// once, by go test -c -overlay, from sources with all mutants in them; PLANTED chooses one.
func TestRuleMutants(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	overlay, number := plant(t), 0
	for _, pkg := range slices.Sorted(maps.Keys(ruleMutants)) {
		group := ruleMutants[pkg]
		var names []string
		for _, x := range group {
			names = append(names, strings.Fields(x.tests)...)
		}
		begin := time.Now()
		sick := build(t, overlay, "test -c", "pasar/"+pkg)
		t.Logf("%s: built in %v", pkg, time.Since(begin).Round(time.Second))
		run := func(planted int, tests []string) (string, error) {
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
			defer cancel()
			c := exec.CommandContext(ctx, sick, "-test.run", "^("+strings.Join(tests, "|")+")$")
			c.Dir, c.Env = "../../"+pkg, append(os.Environ(), fmt.Sprintf("PLANTED=%d", planted))
			out, err := c.CombinedOutput()
			return string(out), err
		}
		slices.Sort(names)
		if out, err := run(0, slices.Compact(names)); err != nil || strings.Contains(out, "no tests to run") {
			t.Fatalf("%s, without a mutant: %v\n%s", pkg, err, out)
		}
		for _, x := range group {
			number++
			tests := strings.Fields(x.tests)
			out, err := run(number, tests)
			var exit *exec.ExitError
			if err != nil && !errors.As(err, &exit) {
				t.Errorf("%s: %v", x.what, err)
			}
			for _, name := range tests {
				if !strings.Contains(out, "--- FAIL: "+name+" ") {
					t.Errorf("%s: %s does not notice\n%s", x.what, name, out)
				}
			}
		}
		t.Logf("%s: %d wrong rules are found in %v", pkg, len(group), time.Since(begin).Round(time.Second))
	}
}
