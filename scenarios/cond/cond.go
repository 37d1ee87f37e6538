// Package cond is the language of conditions: expressions over published indicators, with numbers, lengths of time, text, and, or,
// not, comparisons, + - * / and a fixed list of functions (functions.go, indicators.go). An expression sees what anyone in the
// market could read, and nothing inside an agent.
//
// It is total: every text either compiles or gives one error with its place, and what compiles has a value in every world. What
// does not exist (a share of nothing, a window that reaches before the first day) is NaN; what is compared with it is neither
// true nor false, and a condition that is not true does not hold.
package cond

import (
	"math"
	"strconv"
	"strings"

	"pasar/agents/market"
	"pasar/scenarios/indicator"
	"pasar/sim"
)

// A Type of value.
type Type uint8

// The types.
const (
	Number Type = iota
	Truth
	Text
	Span // a length of time
)

// String names the type in messages.
func (t Type) String() string {
	return [...]string{"a number", "true or false", "text", "a length of time"}[t]
}

// An Expr is an expression that was understood.
type Expr struct {
	Source string
	Type   Type
	eval   func(*World) value
	parts  []comparison
}

// A comparison is a part of a condition, kept to say why it does not hold.
type comparison struct {
	left string
	x    func(*World) value
	typ  Type
	all  func(*World) value
}

// An Error is what is wrong with an expression, and where.
type Error struct {
	At    int // byte in the expression
	What  string
	Got   string   // the word that is not known, if that is the mistake
	Among []string // what is allowed
}

// Error is the message without the place.
func (e *Error) Error() string { return e.What }

// Names are what expressions of a scenario may refer to beside indicators: the ids of its entries, phases and branches.
type Names []string

// Compile understands an expression of a type.
func Compile(source string, want Type, names Names) (*Expr, *Error) {
	p := &parser{src: source, names: names}
	e, err := p.whole(want)
	if err != nil {
		return nil, err
	}
	return &Expr{source, e.typ, e.eval, p.parts}, nil
}

// True tells whether a condition holds.
func (e *Expr) True(w *World) bool { return e.eval(w).truth == yes }

// Number is the value of an expression; of a condition 1 or 0. NaN: it has none.
func (e *Expr) Number(w *World) float64 {
	v := e.eval(w)
	switch {
	case e.Type == Number:
		return v.x
	case v.truth == unknown:
		return math.NaN()
	case v.truth == yes:
		return 1
	}
	return 0
}

// Found says what the left sides of those comparisons are that do not hold.
func (e *Expr) Found(w *World) string {
	var found []string
	for _, c := range e.parts {
		if c.all(w).truth == yes {
			continue
		}
		v := c.x(w)
		text := strconv.FormatFloat(v.x, 'g', 6, 64)
		switch {
		case c.typ == Text:
			text = strconv.Quote(v.text)
		case math.IsNaN(v.x):
			text = "without a value"
		}
		found = append(found, c.left+" is "+text)
	}
	return strings.Join(found, "; ")
}

// A World is what an expression looks at: all that is published by the end of a day.
type World struct {
	*indicator.Published
	Seed   uint64
	Noise  float64 // of monitored indicators, relative
	Days   int     // how many days from First are seen
	Source bool    // indicators are read as they are, unless an expression says otherwise; else as monitored
	// Entry tells what has become of an entry, phase or branch by a moment.
	Entry func(id string, now sim.Time) State

	weekly []indicator.Series
}

// NewWorld looks at all that is published.
func NewWorld(x *indicator.Published, m *market.Market) *World {
	return &World{Published: x, Seed: m.Seed, Noise: m.P.Regulator.Noise, Days: len(x.Rows), weekly: x.Weekly()}
}

// A State is what has become of an entry.
type State struct {
	At    sim.Time // when it happened last; of no meaning if it has not
	Yes   bool     // whether it has happened
	State string   // waiting, on, over; or the decision of an audit, or the branch taken
}

// Now is the moment of evaluation: when the last day seen is closed, at 02:00 of the next.
func (w *World) Now() sim.Time {
	return sim.Time(w.First+int64(w.Days))*market.Day + 2*market.Hour
}

// Back is the world some days earlier.
func (w *World) Back(days int) *World {
	x := *w
	x.Days -= days
	return &x
}

// truth has three values: what is compared with NaN is unknown.
type truth uint8

const (
	unknown truth = iota
	no
	yes
)

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

type value struct {
	x     float64 // a number, or seconds
	text  string
	truth truth
}
