package report

import (
	"strings"
	"testing"

	"pasar/scenarios/report/xlsx"
	"pasar/scenarios/say"
)

// A report in Indonesian has its units and sources in Indonesian: on the page and in the workbook, of a run, a comparison and a sweep.
func TestUnitsAndSourcesInIndonesian(t *testing.T) {
	id := say.In("id")
	values := short().Scenario.Values
	for name, page := range map[string]string{"run": html(t, short(), "id"), "comparison": versusPageOf(t, three(), "id"), "sweep": sweepPageOf(t, madeSweeps()["lhs"], "id")} {
		for _, v := range values {
			if unit := id.UnitWord(v.Unit); unit != v.Unit && strings.Contains(page, ">"+v.Unit+"</td>") {
				t.Errorf("%s: the unit %q", name, v.Unit)
			}
			if note := id.SourceWords(v.Source); note != v.Source && (strings.Contains(page, ">"+v.Source+"</td>") || strings.Contains(page, ": "+v.Source+"</td>")) {
				t.Errorf("%s: the source %q", name, v.Source)
			}
		}
		for _, want := range []string{">porsi</td>", "asumsi"} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: no %s", name, want)
			}
		}
		if name != "sweep" && (!strings.Contains(page, "<b>S0</b> berita 12 Desember 2023: uji coba") || !strings.Contains(page, "<td>porsi per ulasan</td>")) {
			t.Errorf("%s: no unit or work in Indonesian", name)
		}
	}
	run, err := Book(short(), Options{Lang: "id"})
	if err != nil {
		t.Fatal(err)
	}
	comparison, err := ComparisonBook(three(), Options{Lang: "id"})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range []*xlsx.Book{run, comparison} {
		for _, s := range b.Sheets {
			if s.Name != "settings" && s.Name != "timeline" && s.Name != "background" && s.Name != "sources" {
				continue
			}
			for _, row := range s.Rows {
				for _, c := range row {
					if c.Text != "" && (id.UnitWord(c.Text) != c.Text || id.SourceWords(c.Text) != c.Text) || strings.HasPrefix(c.Text, "news text") {
						t.Errorf("%s: %q", s.Name, c.Text)
					}
				}
			}
		}
	}
}

// What is only assumed says so once.
func TestAssumedOnce(t *testing.T) {
	for lang, word := range map[string]string{"en": "assumption", "id": "asumsi"} {
		page := html(t, short(), lang)
		if !strings.Contains(page, `<span class="mark">`+word+`</span></td>`) || strings.Contains(page, word+`</span>: `+word+"<") {
			t.Errorf("%s: assumptions are not marked, or twice", lang)
		}
	}
}
