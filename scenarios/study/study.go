// Package study reads study files: which worlds to play, which of their numbers to vary and how, how often, and what to keep. A study
// that loads can be played: every factor has been tried at its extremes in every world.
//
// This file holds the nouns. A study has worlds and factors; its design lays out points, each with a value for every factor; a cell is a
// point and a replication, in which all worlds are played with one seed. What a run is follows from its scenario and its seed alone
// (store.Key), never from the number of its point or cell, so a study that grows keeps the runs it had.
package study

import (
	"math"
	"strconv"

	"pasar/scenarios/compare"
	"pasar/scenarios/design"
	"pasar/scenarios/load"
)

// A Study is a study file, checked.
type Study struct {
	Name   string
	Title  map[string]string    // by language: en, id
	Info   map[string]load.Info // by language
	File   string               // its name in errors
	Text   []byte               // enough to Parse it again anywhere: as it was read, and in the key files what it names
	Worlds []World              // the base first
	Buyers int                  // 0: as each scenario says
	Until  string               // "": as each scenario says
	Set    []string             // path=value, in all worlds

	Factors      []Factor
	Kind         string        // of the design, as files write it
	Design       design.Design // a pointer, such as *design.Morris; nil where the file lists the points: list and csv
	Replications int
	Seeds        Seeds
	Outcomes     []compare.Outcome
	Window       string // over which outcomes are counted: compare.Since, ...
	Keep         []Series
	Stop         Stop

	points []Point
	digest string // of what the worlds are where no factor is set
}

// A World is a scenario that is played at each point.
type World struct {
	Name string   // in tables and files
	Ref  string   // of the library, or a file
	Set  []string // path=value, in this world alone

	until string // later than its own end, where another world goes on for longer
	from  *load.Template
}

// A Factor is a number or a word of the scenarios that the design varies.
type Factor struct {
	Name, Path   string // as a column; as --set takes it: params.disc.rho
	Label        string // for readers; "": its name
	LabelID      string // the same in Indonesian
	Unit, Source string // of the parameter, where they are known
	In           []bool // by world: whether it is set there
	Law          design.Law
	Values       []Value // instead of a law: what it may be, in the order of the file
	Levels       int     // of a law, in grids; 0: not given
	Centre       Value   // for one at a time: what it is where others vary
	Shares       string  // "", or the shares that it is one of, which sum to one: params.intent.*.share

	Others [][]Share // by world: the other shares; nil without Shares

	place *load.Node
}

// A Share is a parameter that gives way to a factor: it keeps its part of what the factor leaves.
type Share struct {
	Path string  `json:"path"`
	Part float64 `json:"part"`
}

// A Value is what a factor is at a point: a number, or a word such as a date or an option.
type Value struct {
	Number float64 // NaN for a word
	Word   string  // "" for a number
}

// Text is the value as --set and files take it. It reads back as the same value.
func (v Value) Text() string {
	if v.Word != "" {
		return v.Word
	}
	return strconv.FormatFloat(v.Number, 'g', -1, 64)
}

// ValueOf is the value that a text stands for: the one whose Text it is.
func ValueOf(text string) Value {
	if x, err := strconv.ParseFloat(text, 64); err == nil && !math.IsInf(x, 0) && !math.IsNaN(x) {
		return number(x)
	}
	return word(text)
}

// number is a value that is a number.
func number(x float64) Value { return Value{Number: x} }

// word is a value that is a word.
func word(s string) Value { return Value{math.NaN(), s} }

// A Point is a value for each factor.
type Point struct {
	Number int // from 0
	Group  int // of points whose differences the design is about: a trajectory of Morris, a block of Saltelli
	Values []Value
}

// A Cell is a point and a replication, both from 0.
type Cell struct {
	Point, Replication int
	Seed               uint64
}

// A Series is an indicator that is kept by day or by week for each run.
type Series struct {
	Metric, By, Key string // as in docs/indicators.md
	Weekly          bool
}

// Name is the series as files write it: gmv.storefront.tiktok by week.
func (s Series) Name() string {
	name := s.Metric
	for _, part := range []string{s.By, s.Key} {
		if part != "" {
			name += "." + part
		}
	}
	if s.Weekly {
		return name + " by week"
	}
	return name + " by day"
}

// Stop is what ends a study early, looked at after fixed numbers of replications of all points.
type Stop struct {
	Failed  float64  `yaml:"failed" doc:"the study ends when more than this share of its runs has failed, of at least 20" unit:"share" default:"1" min:"0" max:"1"`
	Precise *Precise `yaml:"precise" doc:"the study ends when the effect on an outcome is known well enough at every point"`
}

// Precise is how well an effect is to be known: half of its interval is at most a share of it (stats.Rule).
type Precise struct {
	Outcome string  `yaml:"outcome" doc:"one of the outcomes of the study" required:"true"`
	Share   float64 `yaml:"share" doc:"half of the interval as a share of the effect, such as .05" unit:"share" required:"true" min:"0.001" max:"1"`
}
