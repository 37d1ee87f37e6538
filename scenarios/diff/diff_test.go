package diff

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pasar/agents/policy"
	"pasar/scenarios/load"
)

// told lists the differences of two scenarios in words.
func told(a, b *load.Scenario, lang string) (lines []string) {
	for _, d := range Of(a, b) {
		lines = append(lines, d.Text(lang))
	}
	return lines
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n  %s\nnot\n  %s", what, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

const changes = `
scenario: other
extends: pilot
remove: [news]
world: {end: 2024-07-31, buyers: 5000}
params: {disc: {rho: .8}, sme: {more_channels: 1}}
outcomes: [gmv, hhi]
actions:
  - {id: fee1, commission: .08, until: 2023-08-01}
  - {id: ann, at: 2023-07-06T17:00}
  - {id: promo-shopee, do: set_fee, platform: shopee, at: 2023-08-15, fixed: 2500}
  - {id: deal, price_usd: 1.2e9}
  - {id: pilot, caps: {share_of_pre: .1, ramp_to_none: 2024-03-01}}
  - {id: aud, decision: extend}
  - {id: help, do: train_sellers, at: 2023-10-09, take_up: .5, platforms: [shopee, blibli]}
  - {id: more, do: set_voucher, platform: blibli, share: .1, when: gmv("tiktok") < 1e9, for: 14d}
`

// Differences in words, in both languages.
func TestText(t *testing.T) {
	a, b := library(t, "pilot", load.Overrides{}), parsed(t, changes, load.Overrides{})
	same(t, "English", told(a, b, "en"), []string{
		"Simulated buyers: 20,000 → 5,000",
		"Displacement ρ: 0.65 → 0.8 (probability)",
		"sme.more_channels: 0.9 → 1 (channels)",
		`Only in other, when gmv("tiktok") < 1e9 for 14d: Vouchers of Blibli: 10% of the price`,
		"Fee of TikTok Shop, commission: 4.3% → 8%, from 1 Jun 2023, 09:00",
		"Closure of TikTok Shop announced: 81 days earlier, 25 Sep 2023, 17:00 → 6 Jul 2023, 17:00",
		"Fee of TikTok Shop, end: none → 1 Aug 2023",
		"Only in pilot, from 15 Aug 2023: Vouchers of Shopee: 7% of the price",
		"Only in other, from 15 Aug 2023: Fee of Shopee: Rp 2,500 an order",
		"Only in other, on 9 Oct 2023: Training of SMEs (platforms Shopee, Blibli; share who come 50%)",
		"Only in pilot, on 11 Dec 2023, 08:00: TikTok Shop: change announced for 12 Dec 2023",
		"Supervised pilot of TikTok Shop, cap as a share of orders before: 30% → 10%, on 12 Dec 2023",
		"Supervised pilot of TikTok Shop, no cap from: 30 days later, 31 Jan 2024 → 1 Mar 2024",
		"Stake in Tokopedia, price: US$840 million → US$1.2 bn, on 31 Jan 2024",
		"Audit of the pilot, decision: approve → extend, on 25 Apr 2024",
		"Last day: 30 Jun 2024 → 31 Jul 2024",
		"Main outcomes: gmv, orders, sme_income, creator_income, hhi → gmv, hhi",
	})
	back := told(b, a, "id")
	for _, want := range []string{
		"Perpindahan ρ: 0,8 → 0,65 (peluang)",
		"Biaya TikTok Shop, komisi: 8% → 4,3%, mulai 1 Jun 2023, 09.00",
		"Penutupan TikTok Shop diumumkan: 81 hari lebih lambat, 6 Jul 2023, 17.00 → 25 Sep 2023, 17.00",
		"Hanya di pilot, mulai 15 Agu 2023: Voucher Shopee: 7% dari harga",
		"Saham Tokopedia, harga: US$1,2 miliar → US$840 juta, pada 31 Jan 2024",
	} {
		if !slices.Contains(back, want) {
			t.Errorf("no line %q in\n  %s", want, strings.Join(back, "\n  "))
		}
	}
	if len(back) != len(Of(a, b)) {
		t.Error("there and back are not as many")
	}
}

// Every pair of the library is told in whole sentences, the same number both ways, and nothing differs from itself. Two scenarios
// with one hash have no difference; with another, they have one.
func TestLibrary(t *testing.T) {
	open := regexp.MustCompile(`%\[|: *$|: +→|→ *$|^ |  `)
	var all []*load.Scenario
	for _, l := range load.Library() {
		all = append(all, library(t, l.Name, load.Overrides{}))
	}
	for _, a := range all {
		for _, b := range all {
			list := Of(a, b)
			if (len(list) == 0) != (a == b) {
				t.Errorf("%s and %s: %d differences", a.Name, b.Name, len(list))
			}
			for _, d := range list {
				if d.At > policy.Never || d.Path == "" || d.A == d.B {
					t.Errorf("%s and %s: %+v", a.Name, b.Name, d)
				}
				for _, lang := range []string{"en", "id"} {
					if text := d.Text(lang); open.MatchString(text) || text == "" {
						t.Errorf("%s and %s: %q", a.Name, b.Name, text)
					}
				}
			}
			if n := len(Of(b, a)); n != len(list) {
				t.Errorf("%s and %s: %d differences one way, %d the other", a.Name, b.Name, len(list), n)
			}
		}
	}
}

// The effective file of a scenario is the scenario.
func TestEffectiveIsTheSame(t *testing.T) {
	for _, l := range load.Library() {
		s := library(t, l.Name, load.Overrides{})
		if list := told(s, parsed(t, string(s.Effective), load.Overrides{}), "en"); len(list) > 0 {
			t.Errorf("%s:\n%s", l.Name, strings.Join(list, "\n"))
		}
	}
}

// Each change of one value is found, at its path: a check that misses some would let worlds part unseen.
func TestEachChange(t *testing.T) {
	a := library(t, "pilot", load.Overrides{})
	for path, value := range map[string]string{
		"pilot.caps.share_of_pre": ".2", "pilot.duration": "100d", "deal.new_shares": "false", "deal.flows": "[]", "reopen.processor": "bukalapak",
		"imp.usd": "50", "imp.exempt": "[lazada]", "ann.effective": "2023-10-05T17:00", "fee1.fixed": "100", "aud.rule": "{approve: .5}", "links.until": "2024-02-01",
		"params.calendar.hours": "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]",
	} {
		s := library(t, "pilot", load.Overrides{Set: []string{path + "=" + value}})
		list := Of(a, s)
		if len(list) != 1 || !strings.HasPrefix(list[0].Path, path) {
			t.Errorf("%s: %+v", path, list)
		}
		if told(a, s, "en")[0] == told(s, a, "en")[0] {
			t.Errorf("%s reads the same both ways", path)
		}
	}
}

// What stands in another order within one second is told, since the last one wins.
func TestOrder(t *testing.T) {
	text := func(first, second string) *load.Scenario {
		return parsed(t, "scenario: x\nextends: no-ban\nactions:\n  - {id: "+first+", do: set_voucher, platform: shopee, share: .1, at: 2023-09-01}\n  - {id: "+second+", do: set_voucher, platform: shopee, share: .1, at: 2023-09-01}\n", load.Overrides{})
	}
	same(t, "order", told(text("x", "y"), text("y", "x"), "en"), []string{"Order of what happens at once, 1 Sep 2023: x, y → y, x"})
}

// A branch is told by what is drawn and the odds; it parts worlds only where a condition asks for it.
func TestBranches(t *testing.T) {
	text := func(drawn, extra string) *load.Scenario {
		return parsed(t, "scenario: x\nextends: no-ban\nbranches: {luck: {drawn: "+drawn+", good: {weight: 2}, bad: {weight: 1}}}\n"+extra, load.Overrides{})
	}
	if list := Of(text("good", ""), text("bad", "")); len(list) != 1 || list[0].At != policy.Never || list[0].Text("en") != "Branch luck: good (good 2, bad 1) → bad (good 2, bad 1)" {
		t.Errorf("%+v", list)
	}
	asks := "actions:\n  - {id: x, do: set_voucher, platform: shopee, share: .1, when: state(luck) = \"bad\"}\n"
	if list := Of(text("good", asks), text("bad", asks)); len(list) != 1 || list[0].At == policy.Never {
		t.Errorf("%+v", list)
	}
}

// No text is empty in one of the languages.
func TestWordsAreWhole(t *testing.T) {
	x, y := reflect.ValueOf(english), reflect.ValueOf(indonesian)
	for i := range x.NumField() {
		if x.Field(i).IsZero() || y.Field(i).IsZero() || x.Field(i).Len() == 0 || x.Field(i).Kind() == reflect.Map && x.Field(i).Len() != y.Field(i).Len() {
			t.Errorf("%s is not whole", x.Type().Field(i).Name)
		}
	}
}
