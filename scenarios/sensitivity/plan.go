package sensitivity

import (
	"errors"

	"pasar/scenarios/design"
)

// A Plan says what the rows of a table are to each other, and so which analyses they allow. The rows of no special design are of any:
// such as grids, random ones, or quasi-random ones.
type Plan struct {
	Steps   []design.Step // of a Morris design
	Samples []Sample      // of Saltelli's
	Star    bool          // one factor at a time, about the first row
}

// PlanOf is the plan of a design for k factors, of which the table has the points in their order; nil is any.
func PlanOf(d design.Design, k int) Plan {
	switch d := d.(type) {
	case *design.Morris:
		return Plan{Steps: d.Steps(k)}
	case *design.Saltelli:
		var p Plan
		for j := range d.Base {
			s := Sample{A: d.A(k, j), B: d.B(k, j)}
			for i := range k {
				s.AB = append(s.AB, d.AB(k, j, i))
			}
			p.Samples = append(p.Samples, s)
		}
		return p
	case *design.OAT:
		return Plan{Star: true}
	}
	return Plan{}
}

// Results are what the analyses of one outcome say; nil where the design does not allow one, or where it can say nothing.
type Results struct {
	Morris     *Screened `json:"morris,omitempty"`
	Sobol      *Indices  `json:"sobol,omitempty"`
	Tornado    *Swings   `json:"tornado,omitempty"`
	Regression *Line     `json:"regression,omitempty"`
	Scores     *Scored   `json:"scores,omitempty"`
	Boxes      []*Box    `json:"boxes,omitempty"`  // by case
	Unsaid     []*Error  `json:"unsaid,omitempty"` // why an analysis that the design allows says nothing
}

// Analyse does all analyses that a plan allows. Regression, scores and boxes want points that are spread evenly: those of any design, and those of A
// and B of Saltelli's. The label seeds luck. It fails if the table is none.
func Analyse(t *Table, p Plan, cases []Case, label string) (*Results, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	r := &Results{}
	said := func(err error) bool {
		if e, ok := errors.AsType[*Error](err); ok {
			r.Unsaid = append(r.Unsaid, e)
		}
		return err == nil
	}
	switch {
	case p.Star:
		if x, err := Tornado(t, 0); said(err) {
			r.Tornado = x
		}
		return r, nil
	case len(p.Steps) > 0:
		if x, err := Morris(t, p.Steps, label); said(err) {
			r.Morris = x
		}
		return r, nil
	case len(p.Samples) > 0:
		if x, err := Sobol(t, p.Samples, label); said(err) {
			r.Sobol = x
		}
		t = p.Even(t)
	}
	if x, err := Regression(t); said(err) {
		r.Regression = x
	}
	if x, err := Scores(t); said(err) {
		r.Scores = x
	}
	for _, c := range cases {
		if x, err := PRIM(t, c, label); said(err) {
			r.Boxes = append(r.Boxes, x)
		}
	}
	return r, nil
}

// Even is the part of a table whose points are spread evenly and apart: all of it, and of Saltelli's design A and B, from which the others differ
// in one factor and so tell little that is new.
func (p Plan) Even(t *Table) *Table {
	if len(p.Samples) == 0 {
		return t
	}
	return t.spread(p.Samples)
}

// spread is the part of a table that is A and B.
func (t *Table) spread(samples []Sample) *Table {
	u := &Table{Factors: t.Factors, Common: t.Common, Nested: t.Nested, Level: t.Level}
	for _, s := range samples {
		for _, i := range []int{s.A, s.B} {
			if i >= 0 && i < len(t.X) {
				u.X, u.Y = append(u.X, t.X[i]), append(u.Y, t.Y[i])
			}
		}
	}
	return u
}
