package load

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pasar/agents/market"
	"pasar/agents/policy"
)

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// Files build on each other: what extends inherits, what include adds, what vars, remove and a second mention of an id change.
func TestFilesBuildOnEachOther(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "parts/cheap.yaml", "params: {choice: {kappa: .5}}\nvars: {voucher: .06}\nactions:\n  - {id: help, do: set_voucher, platform: blibli, share: \"${voucher}\", after: sep + 2w, until: 30d}\n")
	mid := write(t, dir, "mid.yaml", "scenario: mid\nextends: ban\ninclude: parts/cheap.yaml\nvars: {voucher: .08}\nworld: {buyers: 3000}\n")
	top := write(t, dir, "top.yaml", `
scenario: top
title: A test
extends: mid.yaml
remove: [imp, fee2-tiktok]
params:
  disc: {rho: {value: .99, range: [0, 1], source: my survey, grade: C}}
actions:
  - {id: sep, linkout: .3}
  - {id: fee1, do: set_linkout, platform: tiktok, share: .1, at: 2023-06-01}
`)
	s := must(t, mid, Overrides{})
	help := find(t, s, "help")
	if v := help.Do.(*policy.SetVoucher); v.Share != .08 || when(help.When.At) != "2023-10-18T17:00+07:00" || help.When.Until != help.When.At+30*market.Day {
		t.Errorf("%+v %+v", v, help.When)
	}
	s = must(t, top, Overrides{Set: []string{"vars.voucher=.09", "sep.at=2023-11-01T00:00"}})
	if s.Title["en"] != "A test" || s.Buyers != 3000 || s.Params.Choice.Kappa != .5 || s.Params.Disc.Rho != .99 {
		t.Errorf("%+v", s)
	}
	if v := find(t, s, "help"); v.Do.(*policy.SetVoucher).Share != .09 || when(v.When.At) != "2023-11-15T00:00+07:00" {
		t.Errorf("%+v", v)
	}
	if r := find(t, s, "sep").Do.(*policy.RequireSeparation); r.Linkout != .3 || r.OrderDeadline == 0 {
		t.Errorf("%+v", r)
	}
	if _, ok := find(t, s, "fee1").Do.(*policy.SetLinkout); !ok {
		t.Error("an action of another kind does not take the place of the first")
	}
	for i, e := range s.Entries {
		if e.ID == "imp" || e.When.Entry != uint32(i+1) {
			t.Errorf("entry %d: %+v", i, e)
		}
	}
	for _, v := range s.Values {
		if v.Path == "params.disc.rho" && (v.Source != "my survey" || v.Grade != "C" || v.Hi != 1 || !v.Changed) {
			t.Errorf("%+v", v)
		}
	}
	// A mistake in a part is reported there.
	write(t, dir, "parts/cheap.yaml", "actions:\n  - {id: help, do: set_voucher, platform: blibi, share: .1, at: 2023-06-01}\n")
	_, err := Load(mid, Overrides{})
	if err == nil || !strings.Contains(err.Error(), `parts/cheap.yaml:2:43: help.platform: "blibi" is not`) {
		t.Error(err)
	}
}

func find(t *testing.T, s *Scenario, id string) Entry {
	t.Helper()
	for _, e := range s.Entries {
		if e.ID == id {
			return e
		}
	}
	t.Fatalf("no entry %s", id)
	return Entry{}
}

// Dates are Jakarta's unless they say otherwise.
func TestDates(t *testing.T) {
	for s, want := range map[string]string{
		"2023-10-04":                "2023-10-04T00:00+07:00",
		"2023-10-04T17:00":          "2023-10-04T17:00+07:00",
		"2023-10-04 17:00":          "2023-10-04T17:00+07:00",
		"2023-10-04T10:00Z":         "2023-10-04T17:00+07:00",
		"2023-10-04T17:00:05+07:00": "2023-10-04T17:00:05+07:00",
		"2022-11-01":                "2022-11-01T00:00+07:00",
	} {
		if x, _, ok := parseDate(s); !ok || when(x) != want {
			t.Errorf("%s: %s", s, when(x))
		}
	}
	if x, _, _ := parseDate("2022-11-01"); x != 0 {
		t.Errorf("the clock starts at %d", x)
	}
	for _, s := range []string{"", "2023-13-01", "4 October", "2023-10", "0000-01-01", "2023-10-04T25:00", "17:00"} {
		if _, _, ok := parseDate(s); ok {
			t.Errorf("%q is a date", s)
		}
	}
	for s, want := range map[string]market.Money{"14d": 14 * 86400, "6h": 21600, "8w": 56 * 86400, "15m": 900, "90s": 90} {
		if x, ok := parseSpan(s); !ok || int64(x) != want {
			t.Errorf("%s: %d", s, x)
		}
	}
}
