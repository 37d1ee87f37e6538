package explain

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
)

// plant is a random change of the market, and whether events name it.
func plant(rng *rand.Rand) (text string, at sim.Time, names bool) {
	on := []string{"tiktok", "shopee", "tokopedia"}[rng.IntN(3)]
	at = sim.Time(rng.IntN(60))*market.Day + sim.Time(rng.IntN(24))*market.Hour
	date := market.Epoch.AddDate(0, 2, 10).Add(market.Clock.Date(at).Sub(market.Clock.Date(0)))
	at = market.Clock.At(date)
	what := []string{
		"announce, platform: %s, effective: 2023-04-20, closing: true, credibility: 1",
		"announce, platform: %s, effective: 2023-04-20, credibility: .7",
		"set_fee, platform: %s, commission: .2",
		"set_voucher, platform: %s, share: .2",
		"set_order_cap, platform: %s, share_of_pre: .05",
		"close_checkout, platform: %s",
		"shock_income, factor: .6",
		"shock_logistics, platforms: [%s], factor: 3",
	}
	i := rng.IntN(len(what))
	form := what[i]
	if strings.Contains(form, "%s") {
		form = fmt.Sprintf(form, on)
	}
	return fmt.Sprintf("  - {id: planted, do: %s, at: \"%s\", source: test, grade: A}\n", form, date.Format("2006-01-02T15:04-07:00")), at, i < 2
}

// Of two runs that differ in one random change, and in another one later on, the first difference goes back to the planted one.
func TestPlanted(t *testing.T) {
	n := 20
	if nightly() {
		n = 200
	}
	const buyers, until = 120, "2023-04-30"
	base, _ := kept(t, library(t, "no-ban", buyers, until))
	rng := rand.New(rand.NewPCG(5, 2))
	for i := range n {
		text, at, names := plant(rng)
		text = "scenario: other\nextends: no-ban\nactions:\n" + text +
			"  - {id: decoy, do: announce, platform: lazada, at: \"2023-04-12T09:00+07:00\", effective: 2023-04-20, source: test, grade: A}\n"
		s, err := load.Parse("planted.yaml", []byte(text), load.Overrides{Buyers: buyers, Until: until})
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		f, err := Compare(t.Context(), base, Of(s))
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case f.First == nil || f.Named == nil:
			t.Errorf("%d: nothing is found:\n%s", i, text)
		case f.Named.ID != "planted" || f.First.one().At < at:
			t.Errorf("%d: the first difference, at %s, is laid to %s:\n%s", i, load.Stamp(f.First.one().At), f.Named.ID, text)
		case names && (f.First.one().At != at+market.Hour || f.Path == nil || len(f.Path.Named()) == 0):
			t.Errorf("%d: the announcement is first heard at %s:\n%s", i, load.Stamp(f.First.one().At), text)
		}
		last := -1
		for _, d := range f.Days(base.Market) {
			sum := 0
			for k, n := range d.Agents {
				if sum += n; n > f.Agents[k] {
					t.Fatalf("%d of %d agents are touched", n, f.Agents[k])
				}
			}
			if sum < last {
				t.Fatal("fewer agents are touched than before")
			}
			last = sum
		}
		if last != 0 && last > len(f.Touched) {
			t.Errorf("%d touched by day, %d in all", last, len(f.Touched))
		}
	}
}

// Two runs of one scenario have no first difference; those of other populations cannot be compared.
func TestOneWorld(t *testing.T) {
	s := library(t, "no-ban", 100, "2023-01-31")
	a, _ := kept(t, s)
	f, err := Compare(t.Context(), a, Of(s))
	if err != nil || f.First != nil || len(f.Touched) > 0 {
		t.Fatal(f, err)
	}
	var b bytes.Buffer
	if err := f.Write(&b, a, a, "en"); err != nil || b.String() != english().equal+"\n" {
		t.Error(b.String(), err)
	}
	p, err := Both(t.Context(), a, Of(s), a.Market.SMEs.ID(2))
	if err != nil || p.Parts != nil {
		t.Error(p, err)
	}
	if _, err := Compare(t.Context(), a, Of(library(t, "no-ban", 150, "2023-01-31"))); err == nil || !strings.Contains(err.Error(), "150") {
		t.Error(err)
	}
}
