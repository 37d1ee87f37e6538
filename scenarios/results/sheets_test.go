package results

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"
)

// What a spreadsheet reads from tables.xlsx is what programs read from summary.json, number by number.
func TestTablesHoldTheSummary(t *testing.T) {
	dir := t.TempDir()
	if _, err := Write(dir, one(), Options{Version: "abc", Human: "v0", Lang: "id"}); err != nil {
		t.Fatal(err)
	}
	var s Outcome
	if err := json.Unmarshal(read(t, filepath.Join(dir, "summary.json")), &s); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(read(t, filepath.Join(dir, "tables.xlsx"))))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("indicators", excelize.Options{RawCellValue: true})
	if err != nil || len(rows) != len(s.Indicators)+1 || len(s.Indicators) < 100 {
		t.Fatalf("%d rows of %d indicators, error %v", len(rows), len(s.Indicators), err)
	}
	for k, i := range s.Indicators {
		row := append(rows[k+1], "") // agents may be missing
		v, err := strconv.ParseFloat(row[4], 64)
		agents := ""
		if i.Agents != nil {
			agents = strconv.Itoa(*i.Agents)
		}
		if err != nil || v != i.Value || row[0] != i.Metric || row[1] != i.By || row[2] != i.Key || row[3] != i.Window || row[5] != i.Unit || row[6] != agents {
			t.Fatalf("row %d: %v is not %+v", k+2, row, i)
		}
	}
	windows, err := f.GetRows("windows")
	if err != nil || len(windows) != 5 || windows[1][1] != "2023-01-01" || windows[1][2] != "2024-04-30" {
		t.Errorf("windows %v, error %v", windows, err)
	}
	about, err := f.GetRows("about")
	if err != nil {
		t.Fatal(err)
	}
	facts := map[string]bool{}
	for _, row := range about {
		if len(row) > 1 {
			facts[row[1]] = true
		}
	}
	for _, want := range []string{"pilot", one().Scenario.Hash, "1", one().Digest.String(), "abc", "v0"} {
		if !facts[want] {
			t.Errorf("the first sheet does not say %q: %v", want, about)
		}
	}
}
