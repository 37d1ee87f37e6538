package diff

import (
	"testing"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/sim"
)

// parsed reads a scenario from text.
func parsed(t *testing.T, text string, o load.Overrides) *load.Scenario {
	t.Helper()
	s, err := load.Parse("test.yaml", []byte(text), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func library(t *testing.T, name string, o load.Overrides) *load.Scenario {
	t.Helper()
	s, err := load.Load(name, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Worlds of which each pair is played: of the library, and some that differ in little.
var worlds = map[string]string{
	"no-ban": "", "ban": "", "abrupt": "", "early-notice": "", "deal": "", "auto-ban": "", "joint-venture": "",
	"renumbered": "scenario: renumbered\nextends: ban\nremove: [fee2-tiktok]\n", // its announcement has another number in the timeline, and the same luck
	"asked":      "scenario: asked\nextends: ban\nactions:\n  - {id: more, do: set_voucher, platform: shopee, share: .4, when: 'gmv(\"tiktok\") = 0'}\n",
	"until":      "scenario: until\nextends: ban\nactions:\n  - {id: promo-shopee, until: 2023-11-20}\n",
}

// world is one of them.
func world(t *testing.T, name string, o load.Overrides) *load.Scenario {
	t.Helper()
	if text := worlds[name]; text != "" {
		return parsed(t, text, o)
	}
	return library(t, name, o)
}

// The worlds of two scenarios have one history on all days before First, and another one later if an action of theirs differs by
// then: 45 pairs, by the digests of their days.
func TestWorldsAreOneUntilFirst(t *testing.T) {
	o := load.Overrides{Buyers: 300, Until: "2023-12-20"}
	if testing.Short() {
		o.Until = "2023-10-10"
	}
	var names []string
	played := map[string]*play.Result{}
	for name := range worlds { // each is played on its own
		r, err := play.Run(t.Context(), world(t, name, o), play.Options{Goroutines: 1})
		if err != nil {
			t.Fatal(err)
		}
		played[name] = r
		names = append(names, name)
	}
	pairs := 0
	for i, x := range names {
		for _, y := range names[:i] {
			a, b := played[x], played[y]
			first, parts := First(a.Scenario, b.Scenario), apart(a, b)
			if parts < first/market.Day*market.Day {
				t.Errorf("%s and %s part on %s, not after %s", x, y, load.Stamp(parts), load.Stamp(first))
			}
			if back := First(b.Scenario, a.Scenario); back != first {
				t.Errorf("%s and %s: %s one way and %s the other", x, y, load.Stamp(first), load.Stamp(back))
			}
			if !testing.Short() && first < a.Scenario.End && parts == a.Scenario.End && x != "auto-ban" && y != "auto-ban" { // a rule may wait for long
				t.Errorf("%s and %s have one history, though they could part from %s", x, y, load.Stamp(first))
			}
			pairs++
		}
	}
	if pairs != 45 {
		t.Errorf("%d pairs", pairs)
	}
}

// What First is for: a world that goes on from the other's at that moment has the history that it has from the start, though what
// is on its way there (the Desk's wake, a snapshot of offers) was decided under the other's rules.
func TestWorldsGoOnFromFirst(t *testing.T) {
	if testing.Short() {
		t.Skip("plays ten worlds")
	}
	for _, c := range []struct{ from, to, until string }{
		{"no-ban", "ban", "2023-10-10"}, {"deal", "ban", "2023-12-20"}, {"no-ban", "auto-ban", "2023-05-31"},
		{"ban", "joint-venture", "2023-10-20"}, {"asked", "ban", "2023-10-10"},
	} {
		o := load.Overrides{Buyers: 100, Until: c.until}
		a, b := world(t, c.from, o), world(t, c.to, o)
		first := First(a, b)
		if first <= a.Start-2*market.Week || first >= b.End {
			t.Fatalf("%s and %s have nothing to share: %s", c.from, c.to, load.Stamp(first))
		}
		whole, before := play.World(b, play.NewMarket(b), sim.Options[market.Msg]{}), play.World(a, play.NewMarket(a), sim.Options[market.Msg]{})
		want, err := whole.Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := before.RunTo(t.Context(), first); err != nil {
			t.Fatal(err)
		}
		after := play.World(b, play.NewMarket(b), sim.Options[market.Msg]{})
		if err := after.Resume(before); err != nil {
			t.Fatal(err)
		}
		if got, err := after.Run(t.Context()); err != nil || got != want {
			t.Errorf("%s from %s on as %s: %v, not %v (%v)", c.from, load.Stamp(first), c.to, got, want, err)
		}
	}
}

// apart is the beginning of the first day on which two histories differ; the end if there is none.
func apart(a, b *play.Result) sim.Time {
	for d := range a.Daily {
		if a.Daily[d] != b.Daily[d] {
			return sim.Time(d) * market.Day
		}
	}
	return a.Scenario.End
}

// What is enacted agrees before First for each pair of the library: rules, deeds, and how much is pledged.
func TestBooksAgreeUntilFirst(t *testing.T) {
	var all []*load.Scenario
	var books []*market.Book
	for _, l := range load.Library() {
		s := library(t, l.Name, load.Overrides{})
		all, books = append(all, s), append(books, s.Plan(7500))
	}
	early := 0
	for i, a := range all {
		for j, b := range all[:i] {
			first := First(a, b)
			if first == 0 {
				continue
			}
			early++
			for lever := range market.Levers {
				for c := range market.Channels {
					x, y := until(books[i].Changes(lever, c), first), until(books[j].Changes(lever, c), first)
					if len(x) != len(y) {
						t.Fatalf("%s and %s: %s of %s differs before %s", a.Name, b.Name, market.LeverDocs[lever].Name, c, load.Stamp(first))
					}
					for k := range x {
						if x[k].From != y[k].From || x[k].Value != y[k].Value {
							t.Fatalf("%s and %s: %s of %s differs before %s", a.Name, b.Name, market.LeverDocs[lever].Name, c, load.Stamp(first))
						}
					}
				}
			}
			deeds := 0
			for _, d := range books[i].Plan {
				if d.At < first {
					deeds++
				}
			}
			for _, d := range books[j].Plan {
				if d.At < first {
					deeds--
				}
			}
			if deeds != 0 {
				t.Errorf("%s and %s have %d deeds more or less before %s", a.Name, b.Name, deeds, load.Stamp(first))
			}
		}
	}
	if early < 300 {
		t.Errorf("only %d pairs have some history in common", early)
	}
}

// until takes the rules that begin before a moment.
func until(rules []market.Rule, end sim.Time) (list []market.Rule) {
	for _, r := range rules {
		if r.From < end {
			list = append(list, r)
		}
	}
	return list
}

// What has no effect on a world does not part it; what has is from the start, from its date, or from the first day it is asked for.
func TestFirst(t *testing.T) {
	ban := library(t, "ban", load.Overrides{})
	for _, c := range []struct {
		name, text string
		set        []string
		want       string
	}{
		{"the same under another name", "extends: ban\n", nil, "2024-07-01T00:00+07:00"},
		{"its outcomes", "extends: ban\noutcomes: [gmv]\n", nil, "2024-07-01T00:00+07:00"},
		{"its notes", "extends: ban\nactions:\n  - {id: sep, note: other words, source: S1}\n", nil, "2024-07-01T00:00+07:00"},
		{"its end", "extends: ban\nworld: {end: 2024-08-31}\n", nil, "2024-07-01T00:00+07:00"},
		{"a parameter", "extends: ban\n", []string{"params.disc.rho=.8"}, "2022-11-01T00:00+07:00"},
		{"its seed", "extends: ban\nseed: 3\n", nil, "2022-11-01T00:00+07:00"},
		{"its window", "extends: ban\nworld: {window: 30m}\n", nil, "2022-11-01T00:00+07:00"},
		{"a field", "extends: ban\n", []string{"sep.linkout=.2"}, "2023-09-26T17:00+07:00"},
		{"a date", "extends: ban\n", []string{"ann.at=2023-09-10T17:00"}, "2023-09-02T17:00+07:00"},
		{"an end", "extends: ban\n", []string{"fee1.until=2023-09-01"}, "2023-08-24T00:00+07:00"},
		{"a condition", "extends: ban\n", []string{"fee2-shopee.when=gmv() > 0"}, "2022-12-24T00:00+07:00"},
		{"another place among the actions of a day", "extends: ban\nremove: [fee2-tokopedia]\nactions:\n  - {id: fee2-tokopedia, do: set_fee, platform: tokopedia, at: 2024-02-01, commission: .055}\n", nil, "2024-01-24T00:00+07:00"},
	} {
		s := parsed(t, "scenario: other\n"+c.text, load.Overrides{Set: c.set})
		if got := load.Stamp(First(ban, s)); got != c.want {
			t.Errorf("%s: %s, not %s", c.name, got, c.want)
		}
	}
}
