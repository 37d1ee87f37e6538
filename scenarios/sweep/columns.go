package sweep

import (
	"pasar/scenarios/compare"
	"pasar/scenarios/files"
	"pasar/scenarios/results/measure"
)

// A column is one of the files of a sweep, as the codebook has it.
type column struct {
	files.Column
	unit, what, source string
}

func text(name, what string) column {
	return column{Column: files.Column{Name: name, Kind: files.Text}, what: what}
}

func whole(name, what string) column {
	return column{Column: files.Column{Name: name, Kind: files.Int}, what: what}
}

func real(name, unit, what string) column {
	return column{Column: files.Column{Name: name, Kind: files.Number}, unit: unit, what: what}
}

// factors are the columns of the factors.
func (p *Plan) factors() (all []column) {
	for _, f := range p.Factors {
		c := real(f.Name, f.Unit, "factor: value of "+f.Path)
		if f.Kinds {
			c.Kind = files.Text
		}
		c.source = f.Source
		all = append(all, c)
	}
	return all
}

// levels are the cells of the factors at a point.
func (p *Plan) levels(point int) (all []files.Cell) {
	for i, l := range p.Points[point] {
		if p.Factors[i].Kinds {
			all = append(all, files.T(l.Text))
		} else {
			all = append(all, files.N(l.Value))
		}
	}
	return all
}

// place are the columns that say which run a row is of, factors included.
func (p *Plan) place() []column {
	return append([]column{
		whole("point", "number of the point in the design, from 1"),
		whole("replication", "number of the replication, from 1"),
		whole("seed", "luck of the run"),
		text("scenario", "world that was played: "+p.list()),
	}, p.factors()...)
}

func (p *Plan) list() (names string) {
	for i, w := range p.Worlds {
		if i > 0 {
			names += ", "
		}
		names += w
	}
	return names
}

// runColumns are those of runs.
func (p *Plan) runColumns() []column {
	all := append(p.place(),
		text("status", "ok, or failed: then the row has no values"),
		text("error", "why the run failed"),
		text("from", "first day over which outcomes are counted: the first on which worlds of the point may differ, or of the run if none do"),
		text("to", "last such day"),
	)
	for _, o := range p.Outcomes {
		c := real(o.Name, o.Unit, "outcome: "+meaning(o))
		c.source = "docs/indicators.md"
		all = append(all, c)
	}
	return append(all,
		whole("events", "events that were played"),
		text("digest", "checksum of all that happened in the run"),
		text("scenario_hash", "SHA-256 of the scenario with every default written out"),
		text("key", "SHA-256 of scenario, seed and program: what the run follows from"),
	)
}

// cells are those of runColumns.
func (p *Plan) cells(r Row) []files.Cell {
	all := append(p.at(r), files.T(status(r.Run)), files.T(r.Error), files.T(r.From), files.T(r.To))
	for i := range p.Outcomes {
		all = append(all, files.N(r.value(i)))
	}
	return append(all, files.I(int(r.Events)), files.T(r.Digest), files.T(r.Hash), files.T(r.Key))
}

// at are the cells of place.
func (p *Plan) at(r Row) []files.Cell {
	return append([]files.Cell{files.I(r.Point + 1), files.I(r.Rep + 1), files.I(int(r.Cell.Seed)), files.T(p.Worlds[r.World])}, p.levels(r.Point)...)
}

func status(r *Run) string {
	if r.Failed() {
		return "failed"
	}
	return "ok"
}

// meaning says what an outcome is.
func meaning(o compare.Outcome) string {
	if what, ok := groups[o.Metric]; ok {
		return what
	}
	for _, d := range measure.Definitions() {
		if d.Name == o.Metric && d.By == o.By {
			return d.What
		}
	}
	return o.Metric
}

// groups says what the outcomes of groups are.
var groups = map[string]string{
	"cohort_income_median": "income of the median local SME, of those in business before the announcement, whatever became of them",
	"cohort_income":        "mean income of creators, of those active before the announcement, whatever became of them",
	"cohort_closed":        "share of creators that have given up, of those active before the announcement",
	"hhi":                  "concentration: 10,000 times the sum of squared shares of owners of platforms",
}
