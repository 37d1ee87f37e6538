package xlsx

import (
	"archive/zip"
	"bytes"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

var wib = time.FixedZone("WIB", 7*3600)

func book() *Book {
	return &Book{
		Name: "about", Title: "A book", Facts: []Fact{{"Seed", Number(7, 0)}, {"Hash", Text("abc")}}, Heads: [3]string{"Sheet", "What", "Rows"},
		Sheets: []Sheet{
			{"sales", "Sales by week", []Column{{"Week", ""}, {"At", ""}, {"Shop", "Rp bn"}, {"Share", ""}, {"Words", ""}, {"Any", ""}}, [][]Cell{
				{Date(time.Date(2023, 10, 4, 0, 0, 0, 0, wib)), Moment(time.Date(2023, 10, 4, 17, 0, 0, 0, wib)), Number(1234.5678, 1), Share(.1234, 1), Text("=1+1"), Number(1e-9, -1)},
				{Date(time.Time{}), Text("–"), Number(math.NaN(), 1), Share(math.Inf(1), 1), Text("<&> \x00 \xff"), Number(244.63154999999998, -1)},
			}},
			{"other", "Nothing", Columns("a", "b"), nil},
		},
	}
}

func write(t *testing.T, b *Book) []byte {
	t.Helper()
	out, err := b.Write()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSameBytes(t *testing.T) {
	first := write(t, book())
	for range 3 {
		if !bytes.Equal(first, write(t, book())) {
			t.Fatal("the same book gives other bytes")
		}
	}
	z, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	now := strconv.Itoa(time.Now().Year())
	for _, f := range z.File {
		if f.ModifiedDate != 0 || f.ModifiedTime != 0 {
			t.Errorf("%s knows the time: %v", f.Name, f.Modified)
		}
		if r, err := f.Open(); err != nil {
			t.Error(err)
		} else if b, err := io.ReadAll(r); err != nil || strings.HasPrefix(f.Name, "docProps") && bytes.Contains(b, []byte(now)) {
			t.Errorf("%s knows the year: %s %v", f.Name, b, err)
		}
	}
}

func TestValuesStayValues(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(write(t, book())))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := strings.Join(f.GetSheetList(), " "); got != "about sales other" {
		t.Errorf("sheets %s", got)
	}
	for _, x := range []struct {
		sheet, at, raw, shown string
	}{
		{"about", "A1", "A book", "A book"}, {"about", "B3", "7", "7"}, {"about", "A7", "sales", "sales"}, {"about", "B7", "Sales by week", "Sales by week"}, {"about", "C7", "2", "2"},
		{"sales", "C1", "Shop [Rp bn]", "Shop [Rp bn]"}, {"sales", "A2", "45203", "2023-10-04"}, {"sales", "B2", "45203.70833333", "2023-10-04 17:00"},
		{"sales", "C2", "1234.5678", "1,234.6"}, {"sales", "D2", "0.1234", "12.3%"}, {"sales", "E2", "=1+1", "=1+1"}, {"sales", "F2", "1e-09", "0.000000001"},
		{"sales", "A3", "", ""}, {"sales", "C3", "", ""}, {"sales", "D3", "", ""}, {"sales", "E3", "<&> \uFFFD \uFFFD", "<&> \uFFFD \uFFFD"}, {"sales", "F3", "244.63155", "244.63155"}, {"other", "B1", "b", "b"},
	} {
		raw, err := f.GetCellValue(x.sheet, x.at, excelize.Options{RawCellValue: true})
		if a, e := strconv.ParseFloat(x.raw, 64); e == nil {
			b, e := strconv.ParseFloat(raw, 64)
			if kind, _ := f.GetCellType(x.sheet, x.at); e != nil || math.Abs(a-b) > 1e-8 || x.at == "F3" && a != b || kind != excelize.CellTypeUnset {
				t.Errorf("%s %s holds %q of type %d, not the number %s", x.sheet, x.at, raw, kind, x.raw)
			}
		} else if err != nil || raw != x.raw {
			t.Errorf("%s %s holds %q, not %q", x.sheet, x.at, raw, x.raw)
		}
		if shown, _ := f.GetCellValue(x.sheet, x.at); shown != x.shown && x.at != "F2" {
			t.Errorf("%s %s shows %q, not %q", x.sheet, x.at, shown, x.shown)
		}
	}
	p, err := f.GetPanes("sales")
	if err != nil || !p.Freeze || p.YSplit != 1 {
		t.Errorf("panes %+v, error %v", p, err)
	}
	if formula, _ := f.GetCellFormula("sales", "E2"); formula != "" {
		t.Errorf("a text became the formula %s", formula)
	}
	if ok, target, _ := f.GetCellHyperLink("about", "A7"); !ok || target != "'sales'!A1" {
		t.Errorf("the list links to %q", target)
	}
}

func TestMistakes(t *testing.T) {
	for _, x := range []struct {
		say    string
		sheets []Sheet
	}{
		{"two sheets", []Sheet{{Name: "Sales"}, {Name: "sales"}}}, {"two sheets", []Sheet{{Name: "about"}}}, {`sheet "a/b"`, []Sheet{{Name: "a/b"}}},
		{"31", []Sheet{{Name: strings.Repeat("x", 32)}}}, {`sheet ""`, []Sheet{{}}}, {"row 1 has 2 cells under 1", []Sheet{{Name: "s", Head: Columns("a"), Rows: [][]Cell{{Text(""), Text("")}}}}},
	} {
		b := Book{Name: "about", Sheets: x.sheets}
		if _, err := b.Write(); err == nil || !strings.Contains(err.Error(), x.say) {
			t.Errorf("%s: %v", x.say, err)
		}
	}
}
