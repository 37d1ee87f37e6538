package files

import (
	"bytes"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// A draft has the rows of a table, in groups of few, so that few of them are in memory while it is written.
func TestDraft(t *testing.T) {
	columns := []Column{{"name", Text}, {"n", Int}, {"x", Number}}
	var b bytes.Buffer
	d, err := NewDraft(columns, &b, "v")
	if err != nil {
		t.Fatal(err)
	}
	const rows = 3*rowsOfDraft + 1
	for i := range rows {
		if err := d.Row(T(string(rune('a'+i%26))), I(i), N(float64(i)/2)); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(f.RowGroups()); n != 4 {
		t.Errorf("%d groups of rows, not 4", n)
	}
	i := 0
	err = Rows(f, columns, func(cells []Cell) error {
		if c := cells; c[0].Text != string(rune('a'+i%26)) || c[1].Int != int64(i) || c[2].Number != float64(i)/2 {
			t.Errorf("row %d is %v", i, cells)
		}
		i++
		return nil
	})
	if err != nil || i != rows {
		t.Errorf("%d rows, not %d; %v", i, rows, err)
	}
}
