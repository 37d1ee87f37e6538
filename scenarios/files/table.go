package files

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"reflect"
	"strconv"

	"github.com/parquet-go/parquet-go"
)

// A Column is one of a Table.
type Column struct {
	Name string
	Kind Kind
}

// A Kind is what a column holds.
type Kind uint8

// The kinds.
const (
	Text Kind = iota
	Int
	Number // not a number: empty in CSV, null in Parquet
	Bytes  // left out of CSV
)

// A Cell is a value of a row, in the field of its column's kind.
type Cell struct {
	Text   string
	Int    int64
	Number float64
	Bytes  []byte
}

// T, I, N and B make cells.
func T(v string) Cell  { return Cell{Text: v} }
func I(v int) Cell     { return Cell{Int: int64(v)} }
func N(v float64) Cell { return Cell{Number: v} }
func B(v []byte) Cell  { return Cell{Bytes: v} }

// How many rows of a Table are held in memory at most.
const (
	rowsAtOnce  = 4096
	rowsOfDraft = 128
)

// A Table is written row by row as CSV and as Parquet, for rows whose columns are known only when the program runs. The same rows
// give the same bytes. At most rowsAtOnce of them are held.
type Table struct {
	columns []Column
	text    *csv.Writer
	packed  *parquet.Writer
	row     parquet.Row
	fields  []string
}

// NewTable begins a table. Either writer may be nil.
func NewTable(columns []Column, text, packed io.Writer, version string, meta ...Meta) (*Table, error) {
	return newTable(columns, text, packed, version, meta, parquet.Compression(pages), parquet.MaxRowsPerRowGroup(rowsAtOnce))
}

// NewDraft begins a table as Parquet only, of which hardly anything is held in memory: its pages are not packed, and its groups of rows are small.
func NewDraft(columns []Column, packed io.Writer, version string, meta ...Meta) (*Table, error) {
	return newTable(columns, nil, packed, version, meta, parquet.MaxRowsPerRowGroup(rowsOfDraft))
}

func newTable(columns []Column, text, packed io.Writer, version string, meta []Meta, o ...parquet.WriterOption) (*Table, error) {
	t := &Table{columns: columns, row: make(parquet.Row, len(columns))}
	if text != nil {
		t.text = csv.NewWriter(text)
		var head []string
		for _, c := range columns {
			if c.Kind != Bytes {
				head = append(head, c.Name)
			}
		}
		if err := t.text.Write(head); err != nil {
			return nil, err
		}
	}
	if packed != nil {
		o = append(o, parquet.SchemaOf(reflect.Zero(rowType(columns)).Interface()), parquet.CreatedBy("pasar", version, ""))
		for _, m := range append(meta, Meta{"version", version}) {
			o = append(o, parquet.KeyValueMetadata(m.Key, m.Value))
		}
		t.packed = parquet.NewWriter(packed, o...)
	}
	return t, nil
}

// rowType is a struct of the columns, in their order: a parquet.Group would sort them by name.
func rowType(columns []Column) reflect.Type {
	fields := make([]reflect.StructField, len(columns))
	for i, c := range columns {
		kind, option := reflect.TypeFor[string](), ",dict"
		switch c.Kind {
		case Int:
			kind, option = reflect.TypeFor[int64](), ""
		case Number:
			kind, option = reflect.TypeFor[*float64](), ",optional"
		case Bytes:
			kind, option = reflect.TypeFor[[]byte](), ""
		}
		fields[i] = reflect.StructField{Name: "C" + strconv.Itoa(i), Type: kind, Tag: reflect.StructTag(`parquet:"` + c.Name + option + `"`)}
	}
	return reflect.StructOf(fields)
}

// Row adds a row, a cell for each column.
func (t *Table) Row(cells ...Cell) error {
	if len(cells) != len(t.columns) {
		panic(fmt.Sprintf("files: %d cells for %d columns", len(cells), len(t.columns)))
	}
	t.fields = t.fields[:0]
	for i, c := range t.columns {
		x := &cells[i]
		switch c.Kind {
		case Text:
			t.row[i] = parquet.ValueOf(x.Text).Level(0, 0, i)
			t.fields = append(t.fields, x.Text)
		case Int:
			t.row[i] = parquet.ValueOf(x.Int).Level(0, 0, i)
			t.fields = append(t.fields, strconv.FormatInt(x.Int, 10))
		case Number:
			if math.IsNaN(x.Number) || math.IsInf(x.Number, 0) {
				t.row[i] = parquet.NullValue().Level(0, 0, i)
				t.fields = append(t.fields, "")
				continue
			}
			t.row[i] = parquet.ValueOf(x.Number).Level(0, 1, i)
			t.fields = append(t.fields, strconv.FormatFloat(x.Number, 'g', -1, 64))
		case Bytes:
			t.row[i] = parquet.ValueOf(x.Bytes).Level(0, 0, i)
		}
	}
	if t.packed != nil {
		if _, err := t.packed.WriteRows([]parquet.Row{t.row}); err != nil {
			return fmt.Errorf("writing Parquet: %w", err)
		}
	}
	if t.text != nil {
		return t.text.Write(t.fields)
	}
	return nil
}

// Close writes what is still held. It does not close the writers below.
func (t *Table) Close() error {
	if t.text != nil {
		if t.text.Flush(); t.text.Error() != nil {
			return t.text.Error()
		}
	}
	if t.packed != nil {
		if err := t.packed.Close(); err != nil {
			return fmt.Errorf("closing Parquet: %w", err)
		}
	}
	return nil
}

// Rows reads the rows of a Parquet file that a Table has written, in order.
func Rows(f *parquet.File, columns []Column, each func(cells []Cell) error) error {
	r := parquet.NewReader(f)
	defer r.Close()
	rows := make([]parquet.Row, 64)
	cells := make([]Cell, len(columns))
	for {
		n, err := r.ReadRows(rows)
		for _, row := range rows[:n] {
			if len(row) != len(columns) {
				return fmt.Errorf("a row has %d values for %d columns", len(row), len(columns))
			}
			for i, v := range row {
				cells[i] = Cell{}
				switch columns[i].Kind {
				case Text:
					cells[i].Text = v.String()
				case Int:
					cells[i].Int = v.Int64()
				case Number:
					if cells[i].Number = math.NaN(); !v.IsNull() {
						cells[i].Number = v.Double()
					}
				case Bytes:
					cells[i].Bytes = append([]byte(nil), v.ByteArray()...)
				}
			}
			if err := each(cells); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
