package load

import (
	"strings"
	"testing"

	"pasar/agents/market"
)

// Another market has its own parameters, which a file can change like any others; platforms that are not there are closed from
// the start. What it copies takes effect on its date there plus the delay, dates within it moved along.
func TestOtherMarket(t *testing.T) {
	s := must(t, "malaysia-copies", Overrides{Set: []string{"copy.probability=1", "params.platform.shopee.member=.7"}})
	if s.Market != "my" || s.Params.Scale.Buyers != 20e6 || s.Params.Platforms[market.Shopee].Member != .7 || s.Params.Disc.Rho != Defaults().Disc.Rho {
		t.Errorf("market %q: %+v", s.Market, s.Params.Scale)
	}
	b := s.Plan(1000)
	for c, present := range map[market.Channel]bool{market.TikTok: true, market.Shopee: true, market.Lazada: true, market.Tokopedia: false, market.Bukalapak: false, market.Blibli: false} {
		if b.Open(c, 0) != present {
			t.Errorf("%s is open: %v", c, b.Open(c, 0))
		}
	}
	closes, _, _ := parseDate("2024-04-03T17:00")
	deadline, _, _ := parseDate("2024-05-06T00:00")
	if b.Open(market.TikTok, closes) || !b.Open(market.TikTok, closes-1) || b.Value(market.Deadline, market.TikTok, closes) != int64(deadline) {
		t.Errorf("TikTok: open %v, deadline %d", b.Open(market.TikTok, closes), b.Value(market.Deadline, market.TikTok, closes))
	}
	for text, want := range map[string]string{
		"scenario: x\nextends: no-ban\nmarket: mu\n": `"mu" is not a market`,
		"scenario: x\nextends: no-ban\nactions: [{id: c, do: copy_policy, from: pilot, entry: sap, delay: 200d, at: 2024-01-01}]\n":  "has no action",
		"scenario: x\nextends: no-ban\nactions: [{id: c, do: copy_policy, from: pilat, entry: sep, delay: 200d, at: 2024-01-01}]\n":  "there is no scenario",
		"scenario: x\nextends: no-ban\nactions: [{id: c, do: copy_policy, from: pilot, entry: sep, delay: 20d, at: 2024-01-01}]\n":   "before or with its decision",
		"scenario: x\nextends: no-ban\nactions: [{id: c, do: copy_policy, from: pilot, entry: deal, delay: 200d, at: 2024-01-01}]\n": "cannot be copied",
	} {
		if _, err := Parse("x.yaml", []byte(text), Overrides{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", want, err)
		}
	}
	// A scenario that extends one of another market is of that market.
	if x, err := Parse("x.yaml", []byte("scenario: x\nextends: malaysia-copies\n"), Overrides{}); err != nil || x.Market != "my" || x.Params.Scale.Buyers != 20e6 {
		t.Error(err)
	}
}
