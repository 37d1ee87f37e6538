// Package xlsx holds the tables of a report as values (Book, Sheet, Cell) and writes them as a workbook. Numbers are numbers
// and dates are dates there, so that any spreadsheet shows them in its own language.
package xlsx

import (
	"math"
	"time"
)

// A Book is a workbook: a first sheet that says what the others are, then these.
type Book struct {
	Name   string // of the first sheet
	Title  string
	Facts  []Fact    // where the numbers come from: scenario, seed, version
	Heads  [3]string // of the list of sheets: the words for sheet, what it holds, and rows
	Sheets []Sheet
}

// A Fact is a line of the first sheet, such as the seed.
type Fact struct {
	Name  string
	Value Cell
}

// A Sheet is one table. Every row has as many cells as there are columns.
type Sheet struct {
	Name  string // at most 31 characters, without : \ / ? * [ ]; as a program would name it, the same in all languages
	Title string // what it holds, for people
	Head  []Column
	Rows  [][]Cell
}

// A Column is the head of a column, with the unit of its numbers if that is the same in all rows.
type Column struct{ Name, Unit string }

// Columns are heads without units.
func Columns(names ...string) []Column {
	all := make([]Column, len(names))
	for i, name := range names {
		all[i].Name = name
	}
	return all
}

// A Kind says what a cell holds.
type Kind int

// The kinds of cells.
const (
	Words  Kind = iota // a text; an empty one is an empty cell
	Figure             // a number
	Part               // a share of one, shown in per cent
	Day                // a date
	Minute             // a date with its hour
)

// A Cell is one value of a table. Make it by Text, Number, Share, Date or Moment.
type Cell struct {
	Kind     Kind
	Text     string
	Value    float64
	Decimals int // to show; below 0: as many as there are
	Time     time.Time
}

// Text is a cell of words.
func Text(words string) Cell { return Cell{Text: words} }

// Number is a cell of a number, of which some decimals are shown and all are kept; below 0 all are shown. What is not a number
// is an empty cell.
func Number(v float64, decimals int) Cell { return Cell{Kind: Figure, Value: v, Decimals: decimals} }

// Share is a share of one, shown in per cent.
func Share(v float64, decimals int) Cell { return Cell{Kind: Part, Value: v, Decimals: decimals} }

// Date is the date of a moment on the clock that the moment has.
func Date(t time.Time) Cell { return Cell{Kind: Day, Time: t} }

// Moment is a date with hours and minutes, on the clock that the moment has.
func Moment(t time.Time) Cell { return Cell{Kind: Minute, Time: t} }

// Empty tells whether there is nothing to show.
func (c Cell) Empty() bool {
	switch c.Kind {
	case Words:
		return c.Text == ""
	case Figure, Part:
		return math.IsNaN(c.Value) || math.IsInf(c.Value, 0)
	}
	return c.Time.IsZero()
}
