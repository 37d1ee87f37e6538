package study

import (
	"bytes"
	"encoding/csv"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"pasar/scenarios/design"
	"pasar/scenarios/load"
)

// A kind is a design by its name in files.
type kind struct {
	name string
	use  string     // when to use it
	make func() any // pointer to its settings
}

// kinds lists the designs, the simplest first.
func kinds() []kind {
	return []kind{
		{"grid", "all combinations of a few levels: for one to three factors, and for heat maps", func() any { return &design.Grid{} }},
		{"list", "the first value of each factor, then the second of each, and so on: for points that you choose", func() any { return &listed{} }},
		{"csv", "points from a table of yours, a column for each factor: for what another program laid out", func() any { return &table{} }},
		{"random", "points drawn independently: the plainest sample, and the least even", func() any { return &design.Random{} }},
		{"lhs", "a Latin hypercube, even in each factor: for regression, feature scores and scenario discovery (PRIM)", func() any { return &design.LHS{} }},
		{"halton", "Halton points, even in all factors together, for any number of points: a sample that can grow", func() any { return &design.Halton{} }},
		{"sobol", "Sobol' points, even in all factors together, for powers of two: the best sample for averages and emulators, and it can grow", func() any { return &design.Sobol{} }},
		{"oat", "one factor at a time round the scenario's own values: for a tornado chart", func() any { return &design.OAT{} }},
		{"morris", "trajectories that change one factor after the other: to screen many factors with few runs", func() any { return &design.Morris{} }},
		{"saltelli", "blocks for Sobol' indices, first and total: how much of the variance each factor explains, alone and with others", func() any { return &design.Saltelli{} }},
	}
}

// listed has no settings: the points are the factors' values.
type listed struct{}

// A table is a file with a column for each factor.
type table struct {
	File string `yaml:"file" doc:"a CSV file whose first row has the names of the factors" required:"true"`
}

// design reads the design and lays out its points.
func (r *reader) design() {
	n := r.top.Get("design")
	switch {
	case n == nil:
		r.At(r.top, "design", "is missing: how the factors vary, such as {kind: grid} or {kind: sobol, points: 128}")
		return
	case !n.IsTable():
		r.At(n, "design", "must be a table such as {kind: sobol, points: 128}, not %s", n.What())
		return
	}
	var names []string
	for _, k := range kinds() {
		names = append(names, k.name)
	}
	i := slices.Index(names, n.Get("kind").Text())
	switch {
	case n.Get("kind") == nil:
		r.At(n, "design.kind", "is missing").Among("", names)
		return
	case i < 0:
		r.At(n.Get("kind"), "design.kind", "%q is not a design", n.Get("kind").Text()).Among(n.Get("kind").Text(), names)
		return
	}
	r.s.Kind = names[i]
	settings := kinds()[i].make()
	if !r.Decode(settings, n, "design", "kind") || r.Count() > 0 {
		return
	}
	switch d := settings.(type) {
	case *listed:
		r.list(n)
	case *table:
		r.table(d, n.Get("file"))
	case *design.Grid:
		if r.levels(d) {
			r.lay(d, n)
		}
	case design.Design:
		if r.ranged() {
			r.lay(d, n)
		}
	}
	if r.Count() == 0 {
		if err := r.s.checkSeeds(); err != nil {
			at := r.top.Get("seeds")
			if at == nil {
				at = r.top.Get("replications")
			}
			r.At(at, "seeds", "%v", err)
		}
	}
}

// lay checks the design and lays it out.
func (r *reader) lay(d design.Design, n *load.Node) {
	if err := d.Check(len(r.s.Factors)); err != nil {
		r.remark(err, n, "design")
		return
	}
	r.s.Design = d
	r.s.lay()
}

// levels finds how many levels each factor has in a grid.
func (r *reader) levels(g *design.Grid) bool {
	before := r.Count()
	for _, f := range r.s.Factors {
		switch n := len(f.Values); {
		case n > 0 && f.Levels > 0:
			r.At(f.place.Get("levels"), "factors."+f.Name+".levels", "its values are its levels; leave this out")
		case n > 0:
			g.Levels = append(g.Levels, n)
		case f.Levels > 0:
			g.Levels = append(g.Levels, f.Levels)
		default:
			r.At(f.place, "factors."+f.Name, "a grid needs to know its levels: give it levels: 5, say, or values: [...]")
		}
	}
	return r.Count() == before
}

// ranged wants to know of each factor what it may be.
func (r *reader) ranged() bool {
	before := r.Count()
	for _, f := range r.s.Factors {
		if f.Law == nil && len(f.Values) == 0 {
			r.At(f.place, "factors."+f.Name, "does not say what it may be: give it a range, a distribution or values")
		}
	}
	return r.Count() == before
}

// list takes the points from the factors' values.
func (r *reader) list(n *load.Node) {
	first := r.s.Factors[0]
	for _, f := range r.s.Factors {
		switch {
		case len(f.Values) == 0:
			r.At(f.place, "factors."+f.Name, "a list takes the values of each factor in turn; give it values: [...]")
		case len(f.Values) != len(first.Values):
			r.At(f.place.Get("values"), "factors."+f.Name+".values", "%d values, and %s has %d; a list takes one of each", len(f.Values), first.Name, len(first.Values))
		}
	}
	if r.Count() > 0 {
		return
	}
	for i := range first.Values {
		p := Point{Number: i, Group: i}
		for _, f := range r.s.Factors {
			p.Values = append(p.Values, f.Values[i])
		}
		r.s.points = append(r.s.points, p)
	}
}

// table takes the points from a CSV file.
func (r *reader) table(t *table, n *load.Node) {
	if r.files == nil {
		r.At(n, "design.file", "%q is a file; a study that is not one itself can name none", t.File)
		return
	}
	file := filepath.FromSlash(t.File)
	if !filepath.IsAbs(file) {
		file = filepath.Join(r.dir, file)
	}
	data, ok := r.File(n, "design.file", file, r.files, mostSize)
	if !ok {
		return
	}
	rows := csv.NewReader(bytes.NewReader(data))
	rows.TrimLeadingSpace = true
	head, err := rows.Read()
	if err != nil {
		r.At(n, "design.file", "%q has no first row with the names of the factors", t.File)
		return
	}
	column := make([]int, len(r.s.Factors))
	var names []string
	for i, f := range r.s.Factors {
		names = append(names, f.Name)
		if f.Law != nil || len(f.Values) > 0 {
			r.At(f.place, "factors."+f.Name, "its values are those of the table; give it a path alone")
		}
		if column[i] = slices.Index(head, f.Name); column[i] < 0 {
			r.At(n, "design.file", "%q has no column %s", t.File, f.Name).Among("", head)
		}
	}
	for _, h := range head {
		if !slices.Contains(names, h) {
			r.At(n, "design.file", "%q has a column %q that is no factor", t.File, h).Among(h, names)
		}
	}
	for r.Count() == 0 {
		row, err := rows.Read()
		if row == nil && err != nil {
			if line, ok := malformed(err); ok {
				r.Add(load.Error{File: filepath.ToSlash(file), Line: line, Col: 1, What: "cannot be read as CSV: " + err.Error()})
			}
			break
		}
		if err != nil {
			line, _ := rows.FieldPos(0)
			r.Add(load.Error{File: filepath.ToSlash(file), Line: line, Col: 1, What: "has " + strconv.Itoa(len(row)) + " values, not " + strconv.Itoa(len(head))})
			break
		}
		p := Point{Number: len(r.s.points), Group: len(r.s.points)}
		for i, c := range column {
			v, ok := cell(row[c])
			if !ok {
				line, col := rows.FieldPos(c)
				r.Add(load.Error{File: filepath.ToSlash(file), Line: line, Col: col, Path: names[i], What: strconv.Quote(row[c]) + " is neither a number nor a word"})
			}
			p.Values = append(p.Values, v)
		}
		r.s.points = append(r.s.points, p)
		if len(r.s.points) > design.MostPoints {
			r.At(n, "design.file", "%q has more than %d points", t.File, design.MostPoints)
		}
	}
	if len(r.s.points) == 0 && r.Count() == 0 {
		r.At(n, "design.file", "%q has no points", t.File)
	}
}

// malformed tells whether the file ended by a mistake, and in which line.
func malformed(err error) (line int, ok bool) {
	var p *csv.ParseError
	if errors.As(err, &p) {
		return p.Line, true
	}
	return 0, false
}

// cell is a value of a table: a number, or a word without spaces around it.
func cell(text string) (v Value, ok bool) {
	text = strings.TrimSpace(text)
	if v = ValueOf(text); v.Word == "" && text != "" {
		return v, true
	}
	_, err := strconv.ParseFloat(text, 64) // NaN and infinity are no words
	return v, err != nil && text != "" && !strings.ContainsAny(text, "\n\r\"'{}[]#&*!|>%@`,")
}
