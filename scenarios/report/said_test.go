package report

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/results/measure"
)

// What the run decides stands in the timeline with what it waited for and its date, marked in charts only if it came about; so do
// the branch, the measures and the assertions, in both languages.
func TestWhatTheRunDecides(t *testing.T) {
	s, err := load.Parse("said.yaml", []byte(`
scenario: said
extends: no-ban
branches: {coin: {drawn: heads, heads: {weight: 1}, tails: {weight: 1}}}
measure: {sales: {is: gmv(window=28d) / 1e9, unit: Rp bn}, never: 'share(tiktok, window=100d)', late: {is: gmv(), at: 2024-01-31}}
assert: {true-one: gmv() > 0, false-one: 'gmv() > 0 and orders(window=1d) < 0', unknown-one: 'share(tiktok, window=100d) >= 0'}
actions:
  - {id: gift, do: set_voucher, platform: blibli, share: .11, when: 'gmv(source=true, window=1d) > 0', for: 3d, once: false, cooldown: 20d, until: 5d}
  - {id: then, do: set_voucher, platform: lazada, share: .12, after: gift + 1d, until: 5d}
  - {id: not, do: set_voucher, platform: bukalapak, share: .13, when: gmv() < 0}
`), load.Overrides{Buyers: 200, Until: "2023-02-10"})
	if err != nil {
		t.Fatal(err)
	}
	r, err := play.Run(context.Background(), s, play.Options{Goroutines: 1})
	if err != nil {
		t.Fatal(err)
	}
	for lang, words := range map[string][]string{
		"en": {"Vouchers of Blibli: 11% of the price (decided in the run: when gmv(source=true, window=1d) &gt; 0 for 3d)", "(decided in the run: after gift &#43; 1d)",
			"Vouchers of Bukalapak: 13% of the price: did not come about (when gmv() &lt; 0)", "Branch coin: heads was drawn", "does not hold; found: orders(window=1d) is ", "no value", "is without a value"},
		"id": {"(diputuskan dalam simulasi: when", "tidak terjadi (when", "Cabang coin: terambil heads", "tidak terpenuhi; ternyata: orders(window=1d) is ", "tanpa nilai"},
	} {
		page := html(t, r, lang)
		for _, w := range words {
			if !strings.Contains(page, w) {
				t.Errorf("%s: the page lacks %q", lang, w)
			}
		}
		if n := strings.Count(page, "11% "); n < 2 {
			t.Errorf("%s: the gift happened twice, the page tells it %d times", lang, n)
		}
		var b bytes.Buffer
		if err := Terminal(&b, r, Options{Lang: lang}); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(b.String(), "2023"); n < 6 || !strings.Contains(b.String(), " not –") {
			t.Errorf("%s: the terminal does not tell what was decided:\n%s", lang, b.String())
		}
	}
	x := measure.Of(r)
	var dates []string
	for _, d := range x.Decisions() {
		for _, at := range d.At {
			dates = append(dates, d.ID+" "+measure.DateOf(int64(at/86400)).Format(time.DateOnly))
		}
	}
	if got := strings.Join(dates, ", "); got != "gift 2023-01-04, gift 2023-01-24, then 2023-01-05, then 2023-01-25" {
		t.Errorf("decided: %s", got)
	}
	var failed []string
	for _, f := range x.Failed() {
		failed = append(failed, f.Name)
	}
	if strings.Join(failed, " ") != "false-one unknown-one" {
		t.Errorf("failed: %v", failed)
	}
	marks := 0
	for _, e := range newStudy(r, "en").marked {
		if !e.never {
			marks++
		}
	}
	if marks != 4 {
		t.Errorf("%d marks", marks)
	}
}
