package market

import (
	"testing"

	"pasar/sim"
)

// Two rules for the same lever that overlap in any of the ways there are: what holds on each day is what the one says that began last of
// those in force, whichever of the two stands first in the file. A third one is lifted, and leaves no trace.
func TestRulesThatOverlap(t *testing.T) {
	for _, x := range []struct {
		a, b sim.Time // end of the first, from day 0 on; of the second, from day 2 on
		want string   // what holds on days 0 to 9: by a, by b, or as before
	}{
		{4, 7, "aabbbbb..."}, {7, 4, "aabbaaa..."}, {4, 0, "aabbbbbbbb"}, {0, 4, "aabbaaaaaa"}, {2, 4, "aabb......"}, {4, 4, "aabb......"}, {0, 0, "aabbbbbbbb"}, {1, 3, "a.b......."},
	} {
		for order := range 2 {
			var b Book
			b.Add(Rule{From: -1, Value: '.'})
			rules := []Rule{{From: 0, Until: x.a, Value: 'a', Why: 1}, {From: 2, Until: x.b, Value: 'b', Why: 2}}
			b.Add(rules[order])
			b.Add(Rule{From: 1, Value: 'c', Why: 3})
			b.Add(Rule{From: 6, Until: 8, Value: 'd', Why: 3})
			b.Add(rules[1-order])
			if b.At(0, 0, 1).Why != 3 {
				t.Fatal("the latest rule does not hold")
			}
			b.Lift(3, 1)
			got := ""
			for day := range sim.Time(10) {
				got += string(rune(b.Value(0, 0, day)))
			}
			if got != x.want {
				t.Errorf("until %d and %d, order %d: %s, not %s", x.a, x.b, order, got, x.want)
			}
		}
	}
}

// Of two rules of the same second the one that stands later in the file holds; a rule that is lifted while it holds has held until then.
func TestRulesOfOneSecond(t *testing.T) {
	var b Book
	b.Add(Rule{From: 5, Value: 1, Why: 1})
	b.Add(Rule{From: 5, Value: 2, Why: 2})
	if v := b.Value(0, 0, 5); v != 2 || b.Value(0, 0, 4) != 0 {
		t.Errorf("%d holds", v)
	}
	b.Lift(2, 9)
	if b.Value(0, 0, 8) != 2 || b.Value(0, 0, 9) != 1 {
		t.Errorf("%d holds before it is lifted, %d after", b.Value(0, 0, 8), b.Value(0, 0, 9))
	}
}

// A storefront is open while the checkout of whoever takes its orders is: its own, or its processor's while it is redirected. A
// processor that closes for a while closes it for that while.
func TestOpenAsItsProcessor(t *testing.T) {
	for _, own := range []int64{0, 1} {
		var b Book
		b.Add(Rule{Lever: Checkout, On: TikTok, Value: own})
		b.Add(Rule{Lever: Checkout, On: Tokopedia, Value: 1})
		b.Add(Rule{Lever: RedirectTo, On: TikTok, From: 2, Until: 8, Value: int64(Tokopedia) + 1})
		b.Add(Rule{Lever: Checkout, On: Tokopedia, From: 1, Until: 3, Value: 0})
		b.Add(Rule{Lever: Checkout, On: Tokopedia, From: 5, Until: 6, Value: 0})
		want := map[int64]string{0: "...oo.oo..", 1: "oo.oo.oooo"}[own]
		got := ""
		for day := range sim.Time(10) {
			if b.Open(TikTok, day) {
				got += "o"
			} else {
				got += "."
			}
		}
		if got != want {
			t.Errorf("own checkout %d: %s, not %s", own, got, want)
		}
	}
}
