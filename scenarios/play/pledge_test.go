package play

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pasar/agents/market"
	"pasar/agents/policy"
	"pasar/scenarios/load"
	"pasar/sim"
	"pasar/sim/simtest"
)

// promised is a scenario's market in which entries that with added are not dated but pledged: each is enacted on the day on which,
// by what is asked at 02:00, it takes effect an hour later.
func promised(s *load.Scenario, late []load.Entry) *market.Market {
	m := NewMarket(s)
	for _, e := range late {
		m.Book.Pledges = append(m.Book.Pledges, market.Pledge{
			Entry: e.When.Entry,
			Ask: func(v *market.View) (uint32, sim.Time, bool) {
				return 0, e.When.At, v.Soonest >= e.When.At && len(v.Kept()) == 0
			},
			Enact: func(b *market.Book, at sim.Time, _ uint32) {
				w := e.When
				w.At = at
				e.Do.Enact(&policy.Plan{Book: b, P: s.Params, W: m.W}, w)
			},
		})
	}
	return m
}

// Show: what a run decides itself is the same history as what a file dates, if both take effect at the same second: a checkout
// closes, opens again, closes and is announced, by pledges that look at the date. It holds for 1 and 3 goroutines, and for a world
// that is resumed between the decisions. In worlds of other seeds, too: an agent that looks ahead in the book gives itself away only
// where what it sees tips the balance.
func TestPledgesAreRulesOfTheBook(t *testing.T) {
	base := undecided(t)
	late := decided(t, base)
	dated := *base
	dated.Entries = slices.Concat(base.Entries, late)
	want, _ := played(t, &dated, nil)
	plain, _ := played(t, base, nil)
	if want.Digest == plain.Digest {
		t.Fatal("the entries change nothing")
	}
	end := base.End + 2*market.Hour
	start := func(shards int) simtest.Run[market.Msg] {
		return simtest.Spread(simtest.Layout{Shards: shards}, 3, nil, sim.Options[market.Msg]{}, func(o sim.Options[market.Msg]) *market.World {
			return World(base, promised(base, late), o)
		})
	}
	check := func(what string, run simtest.Run[market.Msg]) {
		t.Helper()
		d, err := run.To(t.Context(), end)
		if err != nil {
			t.Fatal(err)
		}
		r := &Result{Scenario: base, Market: promised(base, late), Digest: d}
		r.collect(run.Worlds[0])
		agree(t, what, r, want)
		var kept []uint32
		for _, e := range r.Enacted {
			kept = append(kept, e.Pledge)
			if e.At != e.Asked+market.Hour {
				t.Errorf("%s: asked at %d, in force at %d", what, e.Asked, e.At)
			}
		}
		first := uint32(len(NewMarket(base).Book.Pledges))
		if !slices.Equal(kept, []uint32{first, first + 1, first + 2, first + 3}) {
			t.Errorf("%s: kept %v", what, kept)
		}
		if r.Book.Open(market.Shopee, end) || !r.Book.Open(market.Lazada, end) {
			t.Errorf("%s: the book does not hold what was decided", what)
		}
	}
	for _, n := range []int{1, 3} {
		what := fmt.Sprintf("%d goroutines", n)
		check(what, start(n))
		before, after := start(n), start(n)
		if _, err := before.To(t.Context(), second(t, "2023-02-05 05:00:00")); err != nil {
			t.Fatal(err)
		}
		for i, w := range after.Worlds {
			if err := w.Resume(before.Worlds[i]); err != nil {
				t.Fatal(err)
			}
		}
		check(what+", resumed", after)
	}
	last := uint64(14)
	if testing.Short() { // under the race detector, which has no business with one goroutine
		last = 10
	}
	for seed := uint64(10); seed <= last; seed++ { // SMEs open shops elsewhere in the week before the closure that was announced
		base.Seed, dated.Seed = seed, seed
		var histories [2]sim.Digest
		names := [2]named{{}, {}}
		for i, m := range []*market.Market{NewMarket(&dated), promised(base, late)} {
			var err error
			if histories[i], err = World(base, m, sim.Options[market.Msg]{Recorder: names[i]}).Run(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if histories[0] != histories[1] {
			t.Errorf("seed %d: what is decided is not the history of what is dated", seed)
		}
		if !maps.Equal(names[0], names[1]) {
			t.Errorf("seed %d: events by the entry that they name: %v, dated %v", seed, names[1], names[0])
		}
	}
}

// decided is what TestPledgesAreRulesOfTheBook adds to a scenario.
func decided(t *testing.T, base *load.Scenario) []load.Entry {
	s := base
	for _, e := range []struct {
		id, at string
		do     policy.Intervention
	}{
		{"shut2", "2023-01-15 03:00:00", &policy.CloseCheckout{Platform: market.Lazada, OrderDeadline: policy.Date(second(t, "2023-01-25 00:00:00"))}},
		{"open2", "2023-02-02 03:00:00", &policy.OpenCheckout{Platform: market.Lazada}},
		{"ann2", "2023-02-10 03:00:00", &policy.Announce{Platform: market.Shopee, Effective: policy.Date(second(t, "2023-02-20 03:00:00")), Closing: true, Credibility: 1}},
		{"shut3", "2023-02-20 03:00:00", &policy.CloseCheckout{Platform: market.Shopee}},
	} {
		s = with(s, e.id, e.do, policy.When{At: second(t, e.at)})
	}
	return s.Entries[len(base.Entries):]
}

// named counts events by the entry that they name.
type named map[uint32]int

// Record implements sim.Recorder.
func (n named) Record(_ int, _ int64, events []market.Event) {
	for i := range events {
		n[events[i].Why]++
	}
}

// The same in the language of files: each entry that waits for a date is the history of the one that has it. The conditions are
// true from 02:00 of a day on, so that they take effect at 03:00; what follows them is dated after that.
func TestConditionsAreDates(t *testing.T) {
	const until, buyers = "2023-03-10", 200
	head := "scenario: wait\nextends: no-ban\n"
	files := map[string][2]string{
		"settings, spans and what follows": {`
actions:
  - {id: shut, do: close_checkout, platform: lazada, at: 2023-01-15T03:00, order_deadline: 2023-01-25T03:00}
  - {id: open, do: open_checkout, platform: lazada, after: shut + 14d}
  - {id: promo, do: set_voucher, platform: shopee, at: 2023-01-29T09:00, until: 2023-02-12T09:00, share: .4}
  - {id: ann, do: announce, platform: shopee, after: promo + 3w, effective: 7d, closing: true}
  - {id: shut2, do: close_checkout, platform: shopee, after: ann + 7d}
`, `
actions:
  - {id: shut, do: close_checkout, platform: lazada, when: 'days_since("2023-01-15") > 0', order_deadline: 10d}
  - {id: open, do: open_checkout, platform: lazada, after: shut + 14d}
  - {id: promo, do: set_voucher, platform: shopee, when: 'days_since(shut) > 13.9', delay: 6h, until: 14d, share: .4}
  - {id: ann, do: announce, platform: shopee, after: promo + 3w, effective: 7d, closing: true}
  - {id: shut2, do: close_checkout, platform: shopee, after: ann + 7d}
`},
		"what must hold for a week": {`
actions:
  - {id: shut, do: close_checkout, platform: lazada, at: 2023-01-15T03:00}
  - {id: sep, do: require_separation, linkout: .5, order_deadline: 30d, at: 2023-02-01T03:00}
`, `
vars: {first: 2023-01-09}
actions:
  - {id: shut, do: close_checkout, platform: lazada, when: 'days_since("${first}") > 0', for: 7d}
  - {id: sep, do: require_separation, linkout: .5, order_deadline: 30d, when: "happened(shut) and days_since('2023-02-01') > 0"}
`},
		"a phase that ends by a condition, and comes again": {`
actions:
  - {id: free, do: set_voucher, platform: blibli, at: 2023-01-15T03:00, until: 2023-01-29T03:00, share: .4}
  - {id: cap, do: set_order_cap, platform: shopee, after: free + 2d, until: 2023-01-29T03:00, share_of_pre: .1}
  - {id: free2, do: set_voucher, platform: blibli, at: 2023-02-14T03:00, until: 2023-02-28T03:00, share: .4}
  - {id: cap2, do: set_order_cap, platform: shopee, after: free2 + 2d, until: 2023-02-28T03:00, share_of_pre: .1}
`, `
phases:
  help:
    enter: days_since("2023-01-15") > 0
    exit: days_since(help) > 13.9
    once: false
    cooldown: 30d
    actions:
      - {id: free, do: set_voucher, platform: blibli, share: .4}
      - {id: cap, do: set_order_cap, platform: shopee, after: help + 2d, share_of_pre: .1}
`},
		"a pilot on trial, and its audit": {`
actions:
  - {id: red, do: redirect_checkout, storefront: tiktok, processor: tokopedia, at: 2023-01-15T03:00}
  - {id: trial, do: start_pilot, subject: tiktok, duration: 40d, at: 2023-01-15T03:00, caps: {share_of_pre: .3, ramp_to_none: 40d}}
  - {id: aud, do: audit, pilot: trial, at: 2023-02-20T03:00, decision: revoke}
`, `
actions:
  - {id: red, do: redirect_checkout, storefront: tiktok, processor: tokopedia, when: 'days_since("2023-01-15") > 0'}
  - {id: trial, do: start_pilot, subject: tiktok, duration: 40d, after: red + 0d, caps: {share_of_pre: .3, ramp_to_none: 40d}}
  - {id: aud, do: audit, pilot: trial, when: 'state(trial) = "on" and days_since("2023-02-20") > 0', decision: revoke}
`},
	}
	base, _ := played(t, written(t, head, buyers, until), nil)
	for what, f := range files {
		want, _ := played(t, written(t, head+f[0], buyers, until), nil)
		if want.Digest == base.Digest {
			t.Errorf("%s: the dated entries change nothing", what)
		}
		s := written(t, head+f[1], buyers, until)
		got, _ := played(t, s, nil)
		for i := range got.Audits {
			got.Audits[i].Why = want.Audits[i].Why
		}
		agree(t, what, got, want)
		if len(got.Enacted) == 0 {
			t.Errorf("%s: nothing was decided", what)
		}
		agree(t, what+", 3 goroutines", over(t, s, simtest.Layout{Shards: 3}), got)
		again := written(t, string(s.Effective), 0, "")
		if x, _ := played(t, again, nil); x.Digest != got.Digest || again.Hash != s.Hash {
			t.Errorf("%s: the effective document is another history", what)
		}
		for i := range s.Entries { // the null of what is conditional is null
			s.Entries[i].Do.Null()
		}
		if x, _ := played(t, s, nil); x.Digest != base.Digest {
			t.Errorf("%s: its null changes something", what)
		}
	}
}

// Worlds that share a past part where their files do, also if a run has decided something before: what was decided is read anew
// against the book of the world that goes on.
func TestPledgesOfAResumedWorld(t *testing.T) {
	head := `
scenario: two
extends: no-ban
actions:
  - {id: shut, do: close_checkout, platform: lazada, when: 'days_since("2023-01-15") > 0'}
`
	const until, buyers = "2023-03-10", 200
	one := written(t, head, buyers, until)
	two := written(t, head+"  - {id: promo, do: set_voucher, platform: shopee, at: 2023-02-10, share: .4}\n", buyers, until)
	want, _ := played(t, two, nil)
	if same, _ := played(t, one, nil); same.Digest == want.Digest {
		t.Fatal("the two are one")
	}
	before := World(one, NewMarket(one), sim.Options[market.Msg]{})
	if _, err := before.RunTo(t.Context(), second(t, "2023-02-01 05:00:00")); err != nil {
		t.Fatal(err)
	}
	m := NewMarket(two)
	after := World(two, m, sim.Options[market.Msg]{})
	if err := after.Resume(before); err != nil {
		t.Fatal(err)
	}
	d, err := after.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r := &Result{Scenario: two, Market: m, Digest: d}
	r.collect(after)
	agree(t, "resumed", r, want)
}

// A pledge may make another, as an audit by rule does that waits for a condition: it is asked from the next day on, and keeps its
// number whatever else is decided.
func TestPledgesOfPledges(t *testing.T) {
	base := undecided(t)
	shut := &policy.CloseCheckout{Platform: market.Lazada}
	dated := with(base, "shut", shut, policy.When{At: second(t, "2023-02-01 03:00:00")})
	want, _ := played(t, dated, nil)
	entry := dated.Entries[len(base.Entries)].When
	on := func(date string) func(v *market.View) (uint32, sim.Time, bool) {
		at := second(t, date+" 03:00:00")
		return func(v *market.View) (uint32, sim.Time, bool) { return 0, at, v.Soonest >= at && len(v.Kept()) == 0 }
	}
	m := NewMarket(base)
	inner := market.Pledge{Entry: entry.Entry, Ask: on("2023-02-01"), Enact: func(b *market.Book, at sim.Time, _ uint32) {
		w := entry
		w.At = at
		shut.Enact(&policy.Plan{Book: b, P: base.Params, W: m.W}, w)
	}}
	m.Book.Pledges = []market.Pledge{
		{Ask: on("2023-01-15"), Enact: func(b *market.Book, _ sim.Time, _ uint32) { b.Pledges = append(b.Pledges, inner) }},
		{Ask: on("2023-01-20"), Enact: func(*market.Book, sim.Time, uint32) {}},
	}
	w := World(base, m, sim.Options[market.Msg]{})
	d, err := w.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r := &Result{Scenario: base, Market: m, Digest: d}
	r.collect(w)
	agree(t, "a pledge of a pledge", r, want)
	var kept []uint32
	for _, e := range r.Enacted {
		kept = append(kept, e.Pledge)
	}
	if !slices.Equal(kept, []uint32{0, 1, 2}) || len(m.Book.Pledges) != 2 {
		t.Errorf("kept %v; the scenario's book holds %d", kept, len(m.Book.Pledges))
	}
}

// undecided is the quick market without the entry that the run itself decides on.
func undecided(t *testing.T) *load.Scenario {
	s := *quick(t, 200, "2023-03-10")
	s.Entries = slices.DeleteFunc(slices.Clone(s.Entries), func(e load.Entry) bool { return e.ID == "talks" })
	return &s
}
