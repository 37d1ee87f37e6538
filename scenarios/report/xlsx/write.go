package xlsx

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// A workbook is a file that is being written, with the styles that it has so far.
type workbook struct {
	file   *excelize.File
	styles map[style]int
}

// A style is how cells look.
type style struct {
	format     string // of numbers and dates, as spreadsheets write it in all languages
	bold, wrap bool
	line       bool // under the cell
}

// Write is a book as a file. The same book gives the same bytes: no clock is read, and sheets are not streamed, since the
// library would put streams into the file in any order.
func (b *Book) Write() ([]byte, error) {
	out, err := b.write()
	if err != nil {
		return nil, fmt.Errorf("xlsx: %w", err)
	}
	return out, nil
}

func (b *Book) write() ([]byte, error) {
	w := &workbook{excelize.NewFile(), map[style]int{}}
	defer w.file.Close()                   // nothing is open: it only frees memory
	const created = "2023-01-01T00:00:00Z" // the format wants a date, the same bytes want always the same
	err := errors.Join(
		w.file.SetDocProps(&excelize.DocProperties{Title: b.Title, Creator: "Pasar", LastModifiedBy: "Pasar", Created: created, Modified: created}),
		w.file.SetSheetName("Sheet1", b.Name), w.front(b))
	for i := range b.Sheets {
		if err == nil {
			err = w.sheet(&b.Sheets[i])
		}
	}
	if err != nil {
		return nil, err
	}
	out, err := w.file.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// front fills the first sheet.
func (w *workbook) front(b *Book) error {
	put := func(row, column int, c Cell, s style) error { return w.put(b.Name, row, column, c, s) }
	err := put(1, 1, Text(b.Title), style{bold: true})
	row := 2
	for _, f := range b.Facts {
		row++
		err = errors.Join(err, put(row, 1, Text(f.Name), style{}), put(row, 2, f.Value, style{wrap: true}))
	}
	row += 2
	for i, head := range b.Heads {
		err = errors.Join(err, put(row, i+1, Text(head), style{bold: true, line: true}))
	}
	for _, s := range b.Sheets {
		row++
		err = errors.Join(err, put(row, 1, Text(s.Name), style{}), put(row, 2, Text(s.Title), style{wrap: true}), put(row, 3, Number(float64(len(s.Rows)), 0), style{}))
		at, _ := excelize.CoordinatesToCellName(1, row)
		err = errors.Join(err, w.file.SetCellHyperLink(b.Name, at, "'"+s.Name+"'!A1", "Location"))
	}
	return errors.Join(err, w.file.SetColWidth(b.Name, "A", "A", 28), w.file.SetColWidth(b.Name, "B", "B", 90))
}

// sheet adds a table: its head in the first row, which stays in sight.
func (w *workbook) sheet(s *Sheet) error {
	if i, _ := w.file.GetSheetIndex(s.Name); i >= 0 {
		return fmt.Errorf("there are two sheets %q", s.Name)
	}
	if _, err := w.file.NewSheet(s.Name); err != nil {
		return fmt.Errorf("sheet %q: %w", s.Name, err)
	}
	widths := make([]float64, len(s.Head))
	for i, c := range s.Head {
		head := c.Name
		if c.Unit != "" {
			head = strings.TrimSpace(head + " [" + c.Unit + "]")
		}
		if err := w.put(s.Name, 1, i+1, Text(head), style{bold: true, wrap: true, line: true}); err != nil {
			return err
		}
		for word := range strings.FieldsSeq(head) {
			widths[i] = max(widths[i], 1.1*length(word))
		}
		widths[i] = max(widths[i], min(length(head), 14))
	}
	for k, row := range s.Rows {
		if len(row) != len(s.Head) {
			return fmt.Errorf("sheet %q: row %d has %d cells under %d heads", s.Name, k+1, len(row), len(s.Head))
		}
		for i, c := range row {
			if err := w.put(s.Name, k+2, i+1, c, style{}); err != nil {
				return err
			}
			widths[i] = max(widths[i], c.width())
		}
	}
	for i, width := range widths {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := w.file.SetColWidth(s.Name, name, name, min(width, 60)+3); err != nil {
			return err
		}
	}
	return w.file.SetPanes(s.Name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

func length(text string) float64 { return float64(utf8.RuneCountInString(text)) }

// width is about how many letters a cell takes.
func (c Cell) width() float64 {
	switch c.Kind {
	case Words:
		return length(c.Text)
	case Day:
		return 10
	case Minute:
		return 16
	}
	if c.Empty() {
		return 0
	}
	digits := math.Floor(math.Log10(max(math.Abs(c.Value), 1))) + 1
	return digits + math.Floor(digits/3) + float64(max(c.Decimals, 2)) + 2
}

// put writes a cell; an empty one is left out.
func (w *workbook) put(sheet string, row, column int, c Cell, s style) error {
	if c.Empty() {
		return nil
	}
	at, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return err
	}
	s.format = c.format()
	id, known := w.styles[s]
	if !known {
		if id, err = w.file.NewStyle(s.excel()); err != nil {
			return err
		}
		w.styles[s] = id
	}
	var value any = c.Text
	switch c.Kind {
	case Figure, Part:
		value = rounded(c.Value)
	case Day:
		y, m, d := c.Time.Date()
		value = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	case Minute:
		y, m, d := c.Time.Date()
		value = time.Date(y, m, d, c.Time.Hour(), c.Time.Minute(), 0, 0, time.UTC) // files know no zones
	}
	// The style first: a time without one would get the library's.
	return errors.Join(w.file.SetCellStyle(sheet, at, at, id), w.file.SetCellValue(sheet, at, value))
}

// rounded is a number as spreadsheets keep it, in 15 digits: the library would cut the others off.
func rounded(v float64) float64 {
	x, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil {
		return v
	}
	return x
}

// format is how a spreadsheet is told to show a cell.
func (c Cell) format() string {
	decimals := ""
	if c.Decimals > 0 {
		decimals = "." + strings.Repeat("0", c.Decimals)
	}
	switch c.Kind {
	case Figure:
		if c.Decimals < 0 {
			return "General"
		}
		return "#,##0" + decimals
	case Part:
		return "0" + decimals + "%"
	case Day:
		return "yyyy-mm-dd"
	case Minute:
		return "yyyy-mm-dd hh:mm"
	}
	return "@"
}

func (s style) excel() *excelize.Style {
	x := &excelize.Style{CustomNumFmt: &s.format, Alignment: &excelize.Alignment{Vertical: "top", WrapText: s.wrap}}
	if s.bold {
		x.Font = &excelize.Font{Bold: true}
	}
	if s.line {
		x.Border = []excelize.Border{{Type: "bottom", Style: 1, Color: "1F2328"}}
	}
	return x
}
