package xlsx

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// A style is how cells look.
type style struct {
	format     string // of numbers and dates, as spreadsheets write it in all languages
	bold, wrap bool
	line       bool // under the cell
}

// Write is a book as a file. The same book gives the same bytes: no clock is read.
func (b *Book) Write() ([]byte, error) {
	w := &workbook{styles: map[style]int{{}: 0}, order: []style{{}}, words: map[string]int{}}
	err := w.front(b)
	for i := range b.Sheets {
		if err == nil {
			err = w.sheet(&b.Sheets[i])
		}
	}
	if err != nil {
		return nil, fmt.Errorf("xlsx: %w", err)
	}
	return w.file(b.Title)
}

// front fills the first sheet.
func (w *workbook) front(b *Book) error {
	p, err := w.page(b.Name)
	if err != nil {
		return err
	}
	p.widths, p.wraps = []float64{28, 90}, 2
	w.row(p, 1, style{bold: true}, Text(b.Title))
	row := 2
	for _, f := range b.Facts {
		row++
		w.row(p, row, style{}, Text(f.Name), f.Value)
	}
	row += 2
	w.row(p, row, style{bold: true, line: true}, Text(b.Heads[0]), Text(b.Heads[1]), Text(b.Heads[2]))
	for _, s := range b.Sheets {
		row++
		w.row(p, row, style{}, Text(s.Name), Text(s.Title), Number(float64(len(s.Rows)), 0))
		p.links = append(p.links, link{fmt.Sprintf("A%d", row), s.Name})
	}
	return nil
}

// sheet adds a table: its head in the first row, which stays in sight.
func (w *workbook) sheet(s *Sheet) error {
	p, err := w.page(s.Name)
	if err != nil {
		return err
	}
	if len(s.Rows) >= maxRows || len(s.Head) > maxColumns {
		return fmt.Errorf("sheet %q: %d rows of %d cells are more than a spreadsheet holds", s.Name, len(s.Rows), len(s.Head))
	}
	p.frozen = true
	heads, widths := make([]Cell, len(s.Head)), make([]float64, len(s.Head))
	for i, c := range s.Head {
		head := c.Name
		if c.Unit != "" {
			head = strings.TrimSpace(head + " [" + c.Unit + "]")
		}
		heads[i] = Text(head)
		for word := range strings.FieldsSeq(head) {
			widths[i] = max(widths[i], 1.1*length(word))
		}
		widths[i] = max(widths[i], min(length(head), 14))
	}
	w.row(p, 1, style{bold: true, wrap: true, line: true}, heads...)
	for k, row := range s.Rows {
		if len(row) != len(s.Head) {
			return fmt.Errorf("sheet %q: row %d has %d cells under %d heads", s.Name, k+1, len(row), len(s.Head))
		}
		w.row(p, k+2, style{}, row...)
		for i, c := range row {
			widths[i] = max(widths[i], c.width())
		}
	}
	for _, width := range widths {
		p.widths = append(p.widths, min(width, 60)+3)
	}
	return nil
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
