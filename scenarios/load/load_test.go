package load

import (
	"bytes"
	"strings"
	"testing"

	"pasar/agents/market"
)

func must(t *testing.T, ref string, o Overrides) *Scenario {
	t.Helper()
	s, err := Load(ref, o)
	if err != nil {
		t.Fatalf("%s:\n%v", ref, err)
	}
	return s
}

// The library loads; each scenario has its name, both languages, and all four texts.
func TestLibrary(t *testing.T) {
	list := Library()
	if len(list) < 4 {
		t.Fatalf("%d scenarios", len(list))
	}
	for _, l := range list {
		s := must(t, l.Name, Overrides{})
		if s.Name != l.Name {
			t.Errorf("%s.yaml holds the scenario %s", l.Name, s.Name)
		}
		for _, lang := range languages {
			i := s.Info[lang]
			if s.Title[lang] == "" || i.Question == "" || i.Happens == "" || i.Notice == "" || i.Try == "" {
				t.Errorf("%s lacks a text in %s: %q %+v", l.Name, lang, s.Title[lang], i)
			}
		}
		for _, e := range s.Entries {
			if e.Source == "" || e.Grade == "" {
				t.Errorf("%s: %s has no source or grade", l.Name, e.ID)
			}
		}
		if s.Start != 61*market.Day || s.BurnIn != s.Start || s.Buyers != 20_000 || s.Window != market.Hour || (s.End-s.Start)/market.Day < 547 {
			t.Errorf("%s: starts %s, %d days, %d buyers", l.Name, when(s.Start), (s.End-s.Start)/market.Day, s.Buyers)
		}
	}
}

// What a scenario suggests to try can be tried.
func TestTheTriesWork(t *testing.T) {
	for _, l := range Library() {
		for lang, i := range must(t, l.Name, Overrides{}).Info {
			for _, try := range strings.Split(i.Try, ". ") {
				var o Overrides
				words := strings.Fields(try)
				for j, w := range words {
					if w == "--set" {
						o.Set = append(o.Set, strings.TrimRight(words[j+1], "."))
					}
				}
				if len(o.Set) == 0 {
					continue
				}
				if _, err := Load(l.Name, o); err != nil {
					t.Errorf("%s (%s): %v", l.Name, lang, err)
				}
			}
		}
	}
}

// V: all scenarios have the same rules before the first announcement, which is where each says it is.
func TestCommonHistory(t *testing.T) {
	base := must(t, "no-ban", Overrides{}).Plan(7500)
	announced := "2023-09-25T17:00"
	for name, date := range map[string]string{
		"ban": announced, "deal": announced, "pilot": announced, "long-pilot": announced, "long-pilot-caps-as-happened": announced, "to-2030": announced,
		"later-closure": announced, "early-notice": "2023-07-06T17:00", "abrupt": "2023-10-04T17:00", "import-floor-only": "2023-09-27T00:00",
	} {
		b := must(t, name, Overrides{}).Plan(7500)
		first, _, _ := parseDate(date)
		parts := first
		if floor, _, _ := parseDate("2023-09-27T00:00"); first > floor {
			parts = floor // the floor for imports comes unannounced
		}
		for l := range market.Levers {
			for c := range market.Channels {
				for at := market.Hour * 0; at < parts; at += market.Hour {
					if x, y := base.At(l, c, at), b.At(l, c, at); x != y {
						t.Fatalf("%s: %s of %s at %s is %+v, in no-ban %+v", name, market.LeverDocs[l].Name, c, when(at), y, x)
					}
				}
			}
		}
		if name != "import-floor-only" && (b.Plan[0].At != first || b.Plan[0].Deed != market.Announce) {
			t.Errorf("%s begins with %+v", name, b.Plan[0])
		}
	}
}

// Show 2: the checkout of TikTok by date, and who takes its orders.
func TestStoryOfTheCheckout(t *testing.T) {
	for _, c := range []struct {
		name, at string
		open     bool
		by       market.Channel
	}{
		{"no-ban", "2023-11-01", true, market.TikTok},
		{"ban", "2023-10-04T16:59", true, market.TikTok},
		{"ban", "2023-10-04T17:00", false, market.TikTok},
		{"ban", "2024-06-01", false, market.TikTok},
		{"pilot", "2023-12-11T23:59", false, market.TikTok},
		{"pilot", "2023-12-12", true, market.Tokopedia},
		{"deal", "2023-12-12", true, market.Tokopedia},
	} {
		b := must(t, c.name, Overrides{}).Plan(7500)
		at, _, _ := parseDate(c.at)
		if b.Open(market.TikTok, at) != c.open || b.Processor(market.TikTok, at) != c.by {
			t.Errorf("%s on %s: open %v, processor %s", c.name, c.at, b.Open(market.TikTok, at), b.Processor(market.TikTok, at))
		}
	}
	b := must(t, "pilot", Overrides{}).Plan(7500)
	for _, c := range []struct {
		at   string
		caps int64
	}{{"2023-12-11", -1}, {"2023-12-12", 300_000}, {"2023-12-19", 387_500}, {"2024-01-30", 912_500}, {"2024-01-31", -1}, {"2024-05-01", -1}} {
		at, _, _ := parseDate(c.at)
		if x := b.Value(market.OrderCap, market.TikTok, at); x != c.caps {
			t.Errorf("cap on %s is %d, not %d", c.at, x, c.caps)
		}
	}
}

// The effective document is enough to run again: it loads, and gives the same hash, the same document and the same book.
func TestEffectiveRunsAgain(t *testing.T) {
	seed := uint64(1<<64 - 1)
	for _, name := range names() {
		for _, o := range []Overrides{{}, {Seed: &seed, Buyers: 2000, Until: "2023-12-31", Set: []string{"params.disc.rho=.7", "params.calendar.weekdays=[1, 1, 1, 1, 1, 1, 1.05]", "params.disc.psi_wa={value: 0, range: [0, 4], source: E1, grade: D}"}}} {
			s := must(t, name, o)
			again, err := Parse("receipt", s.Effective, Overrides{})
			if err != nil {
				t.Fatalf("%s:\n%v\n%s", name, err, s.Effective)
			}
			if again.Hash != s.Hash || !bytes.Equal(again.Effective, s.Effective) {
				t.Errorf("%s does not come back:\n%s\n----\n%s", name, s.Effective, again.Effective)
			}
			if again.Seed != s.Seed || again.End != s.End || again.Buyers != s.Buyers || *again.Params != *s.Params {
				t.Errorf("%s comes back as another", name)
			}
		}
	}
}

func TestOverrides(t *testing.T) {
	s := must(t, "pilot", Overrides{Until: "2023-12-31", Buyers: 500, Set: []string{"params.disc.rho=.7", "fee1.at=2023-07-01", "aud.decision=revoke", "pilot.caps.share_of_pre=.1"}})
	if s.Params.Disc.Rho != .7 || s.Buyers != 500 || when(s.End) != "2024-01-01T00:00+07:00" {
		t.Errorf("%+v", s)
	}
	at, _, _ := parseDate("2024-05-01")
	if b := s.Plan(1); b.Open(market.TikTok, at) {
		t.Error("still open after the audit revoked")
	}
	n := 0
	for _, v := range s.Values {
		if v.Changed {
			n++
			if v.Path != "params.disc.rho" || v.Default != .65 || v.Source != "this scenario" {
				t.Errorf("%+v", v)
			}
		}
	}
	if n != 1 {
		t.Errorf("%d values changed", n)
	}
	if must(t, "as-it-happened", Overrides{}).Hash != must(t, "pilot", Overrides{}).Hash {
		t.Error("the alias is another scenario")
	}
	seed := uint64(7)
	if must(t, "ban", Overrides{Seed: &seed}).Hash != must(t, "ban", Overrides{}).Hash {
		t.Error("the hash depends on the seed")
	}
	for set, want := range map[string]string{
		"params.disc.roh=.7":  `did you mean "rho"`,
		"params.disc.rho=2":   "not a probability; allowed: 0 to 1",
		"params.disc.rho=.05": "outside its range; allowed: 0.1 to 0.95 (probability)",
		"params.disc.rho=":    "has no value",
		"params.disc.rho":     "not of the form",
		"params..rho=.7":      "not of the form",
		"rho=.7":              `"rho" is not a whole path: it lacks what it stands in; did you mean "params.disc.rho"`,
		"roh=.7":              `did you mean "params.disc.rho"`,
		"buyers=500":          "buyers is no path: it has a flag of its own, and a study a key; allowed: --buyers",
		"disc.rho=.7":         `no action "disc"; did you mean "params.disc.rho"`,
		"share_of_pre=.1":     `did you mean "pilot.caps.share_of_pre"`,
		"commission=.1":       "not a whole path: it lacks what it stands in; allowed: params.platform.tiktok.commission, ",
		"zzz=1":               "not a whole path: it lacks what it stands in; allowed: params.<path>=<value>",
		"vars.x=1":            "no such variable",
		"pilto.at=2024-01-01": `did you mean "pilot"`,
		"fee1.do=announce":    "cannot be set from outside",
		"params.disc=3":       "is a group of parameters",
		"params.x.y.z=3":      "no such parameter",
		"ann.x=[1":            "cannot be read as YAML",
		"ann.x=1\nb: 2":       "is not a value",
	} {
		_, err := Load("pilot", Overrides{Set: []string{set}})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "--set ") {
			t.Errorf("--set %q: %v, want %q", set, err, want)
		}
	}
	for _, o := range []Overrides{{Until: "2022-12-31"}, {Until: "soon"}, {Until: "2023-05-05T10:30"}, {Buyers: 5}, {Buyers: 6_000_000}, {Until: "2150-01-01"}} {
		if _, err := Load("ban", o); err == nil {
			t.Errorf("%+v passes", o)
		}
	}
}

func TestNearest(t *testing.T) {
	among := []string{"tiktok", "shopee", "tokopedia", "lazada", "bukalapak", "blibli"}
	for got, want := range map[string]string{"tokopedai": "tokopedia", "Shoppee": "shopee", "tiktokshop": "", "tik-tok": "tiktok", "amazon": "", "": "", "lazda": "lazada"} {
		if x := Nearest(got, among); x != want {
			t.Errorf("%q: %q, not %q", got, x, want)
		}
	}
}
