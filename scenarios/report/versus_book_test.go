package report

import (
	"bytes"
	"strings"
	"testing"
)

// The workbook holds the numbers that the page shows, as numbers, the same bytes twice.
func TestComparisonBook(t *testing.T) {
	b, err := ComparisonBook(three(), Options{Version: "abc"})
	if err != nil {
		t.Fatal(err)
	}
	if s := b.Sheets[0]; len(s.Rows) != 15 || s.Rows[0][5].Value != three().Pairs[0].Main[0].Effect.Diff.Mean || s.Rows[0][14].Value != 64 {
		t.Errorf("%d outcomes, %+v", len(s.Rows), s.Rows[0])
	}
	if s := b.Sheets[1]; len(s.Rows) != len(three().Pairs[0].Effects)+len(three().Pairs[1].Effects)+len(three().Pairs[2].Effects) {
		t.Errorf("%d effects", len(s.Rows))
	}
	for _, s := range b.Sheets {
		if len(s.Name) > 31 || strings.ContainsAny(s.Name, `:\/?*[]`) {
			t.Errorf("a sheet cannot be called %q", s.Name)
		}
		for _, row := range s.Rows {
			if len(row) != len(s.Head) {
				t.Fatalf("%s: %d cells under %d heads", s.Name, len(row), len(s.Head))
			}
		}
	}
	first, err := b.Write()
	if err != nil {
		t.Fatal(err)
	}
	if second, err := b.Write(); err != nil || !bytes.Equal(first, second) {
		t.Errorf("another workbook the second time, %v", err)
	}
	figures, err := ComparisonFigures(three(), "en")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range figures[4:8] {
		if _, err := f.PNG(); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
	if png, err := figures[len(figures)-1].PNG(); err != nil || len(png) < 1000 {
		t.Error(err)
	}
}
