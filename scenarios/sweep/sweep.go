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
	"pasar/scenarios/stats"
	"pasar/scenarios/study"
)

// A Task decides what a run is, and what is kept of it. Workers have no more of a study than its task.
type Task struct {
	Study    string   // its name
	Identity string   // SHA-256 of all that the first cells of the study follow from, and of what is kept of them
	Version  string   // of the program
	Worlds   []string // names; the first is the base
	Outcomes []compare.Outcome
	Window   string // over which outcomes are counted: compare.Since, ...
	Keep     []Kept

	// Load makes a world from its scenario.
	Load func(world int, o load.Overrides) (*load.Scenario, error)

	spoil func(worlds []*load.Scenario) error // tests: what breaks when worlds are played
}

// A Plan is a task and the cells that a study asks for.
type Plan struct {
	Task
	Human   string // version of the program for people
	Text    []byte // the study with all texts needed to play it again
	Job     []byte // the task, for workers: ReadTask reads it
	Factors []Factor
	Points  [][]Level // by point, then factor
	Reps    int
	Common  bool                        // replication r has the same luck at all points
	Nested  bool                        // it has so within the groups of the design alone
	Seed    func(point, rep int) uint64 // luck of a cell
	Make    func(point, world int, seed uint64) load.Overrides
	Level   float64      // of intervals: .95, or more where a study may end early and so several looks share the error (stats.Rule)
	Design  *study.Study // nil: points of no design

	rule  *stats.Rule // by which the study ends early; nil: it does not
	whole *Plan       // of which this has the first replications; nil: all
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

// made is what makes the worlds of a cell.
func (p *Plan) made(c Cell) []load.Overrides {
	all := make([]load.Overrides, len(p.Worlds))
	for w := range all {
		all[w] = p.Make(c.Point, w, c.Seed)
	}
	return all
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
