package report

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"pasar/scenarios/compare"
	"pasar/scenarios/load"
)

// said is what a terminal is told, on one line, since lines break anywhere.
func said(t *testing.T, c *compare.Comparison) string {
	t.Helper()
	var b bytes.Buffer
	if err := ComparisonTerminal(&b, c, Options{}); err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// A few pairs, or few members behind a number, are told as what they are, with what to do about it.
func TestFewOfAnything(t *testing.T) {
	one, four, eight := made(1, "ban"), made(4, "ban"), made(8, "ban")
	if text := said(t, one); !strings.Contains(text, "; 1 pair with the same luck (seed 1);") || !strings.Contains(text, "one draw, and nothing is clear") || strings.Contains(text, "--reps") {
		t.Errorf("one pair:\n%s", text)
	}
	if text := said(t, eight); !strings.Contains(text, "A small market: with the usual 20,000 buyers the levels") {
		t.Errorf("2,000 buyers:\n%s", text)
	}
	for _, sc := range four.Scenarios {
		sc.Buyers = load.DefaultBuyers
	}
	if text := said(t, four); strings.Contains(text, "small market") {
		t.Errorf("20,000 buyers:\n%s", text)
	}
	four.Pairs[0].Main[2].Effect.Agents = 7
	for i := range four.Pairs[0].Main {
		four.Pairs[0].Main[i].Verdict = compare.Clear
	}
	four.Pairs[0].Main[2].Verdict = compare.NotClear // as every comparison says of few
	if text := said(t, four); strings.Contains(text, "--reps") || !strings.Contains(text, "behind a number: income of the median local SME (7). No number of pairs makes that clear; more --buyers") {
		t.Errorf("all clear but what is of few:\n%s", text)
	}
	four.Pairs[0].Main[0].Verdict = compare.NotClear
	if text := said(t, four); !strings.Contains(text, "four times as many pairs, best with seeds not yet looked at, --reps 16 --seed 5.") {
		t.Errorf("not clear:\n%s", text)
	}
	for n, c := range map[int]*compare.Comparison{2: four, 3: eight} { // lines of a difference: with the bootstrap three
		s, err := newVersus(c, "")
		if err != nil {
			t.Fatal(err)
		}
		if cell := s.changed(&c.Pairs[0]).Rows[0].Cells[3]; strings.Count(cell, "\n") != n-1 {
			t.Errorf("%d pairs: %q", len(c.Seeds), cell)
		}
	}
}

// Nobody is sent for more pairs than may be asked for.
func TestNoMorePairsThanThereCanBe(t *testing.T) {
	c := made(4, "ban")
	c.Pairs[0].Main[0].Verdict = compare.NotClear
	for n, want := range map[int]bool{compare.MostReps / 4: true, compare.MostReps/4 + 1: false} {
		c.Seeds = make([]uint64, n)
		s, err := newVersus(c, "")
		if err != nil {
			t.Fatal(err)
		}
		if got := s.open(); (got != "") != want {
			t.Errorf("%d pairs, not clear: %q", n, got)
		}
	}
}

// A pair in which a group has nobody does not hide that another has few.
func TestFewInOnePair(t *testing.T) {
	c := made(4, "ban", "deal")
	for i, n := range []int{7, 0} {
		c.Pairs[i].Main[2].Effect.Agents = n
	}
	if text := said(t, c); !strings.Contains(text, "behind a number: income of the median local SME (7).") {
		t.Error(text)
	}
}

func TestComparisonTerminalFits(t *testing.T) {
	for name, c := range comparisons() {
		for _, lang := range []string{"en", "id"} {
			var b bytes.Buffer
			if err := ComparisonTerminal(&b, c, Options{Lang: lang}); err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
			if len(lines) > 36 || number.MatchString(b.String()) {
				t.Errorf("%s %s: %d lines, or no number:\n%s", name, lang, len(lines), b.String())
			}
			for _, l := range lines {
				if n := utf8.RuneCountInString(l); n > lineWidth || strings.Contains(l, "…") {
					t.Errorf("%s %s: %d columns: %s", name, lang, n, l)
				}
			}
		}
	}
}
