// Package sweep plays studies: thousands of runs on one machine or many, of which nothing that is finished is lost, and whose files have
// the same bytes however they were played.
//
// This file holds the nouns. A study asks for cells; a cell is a point of its design and a replication. A cell plays all worlds of the
// study with one luck, and each of them gives a Run, which is kept under what it follows from. The files of the results are made from
// the runs in the order of the plan: by point, replication and world.
package sweep

import (
	"iter"

	"pasar/scenarios/compare"
	"pasar/scenarios/load"
)

// A Plan is what a study asks for.
type Plan struct {
	Study    string // its name
	Text     []byte // the study with all texts needed to play it again
	Identity string // hash of all that decides what a run is and what is kept of it: of the study without the size of its design
	Version  string // of the program
	Human    string

	Worlds   []string // names; the first is the base
	Factors  []Factor
	Points   [][]Level // by point, then factor
	Reps     int
	Common   bool                        // replication r has the same luck at all points
	Seed     func(point, rep int) uint64 // luck of a cell
	Outcomes []compare.Outcome
	Keep     []Kept

	// Load loads a world of a cell.
	Load func(point, world int, seed uint64) (*load.Scenario, error)

	spoil func(c Cell, worlds []*load.Scenario) error // tests: what breaks when worlds are played
}

// A Factor is what a study varies.
type Factor struct {
	Name   string // as a column
	Path   string // as --set takes it
	Unit   string
	Source string
	Kinds  bool // its values are words and not numbers
}

// A Level is the value of a factor at a point.
type Level struct {
	Text  string // as --set takes it
	Value float64
}

// A Cell is a point and a replication, both from 0.
type Cell struct {
	Point, Rep int
	Seed       uint64
}

// Size is the number of cells.
func (p *Plan) Size() int { return len(p.Points) * p.Reps }

// Cell is the i-th cell, in the order of the results: by point, then replication.
func (p *Plan) Cell(i int) Cell {
	c := Cell{Point: i / p.Reps, Rep: i % p.Reps}
	c.Seed = p.Seed(c.Point, c.Rep)
	return c
}

// A Row is a run at its place in a plan.
type Row struct {
	Cell
	World int
	*Run
}

// Rows are runs in the order of a plan: by point, replication and world, none missing. They end with the first error.
type Rows = iter.Seq2[Row, error]
