package sweep

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strconv"

	"pasar/scenarios/files"
	"pasar/scenarios/stats"
)

// A sheet is a table of the results with its columns; it is written as CSV and as Parquet.
type sheet struct {
	name    string
	columns []column
	plain   bool // as CSV too
	table   *files.Table
}

// sheets are the tables of a plan, in the order of the codebook. Worlds have effects if there is a base to hold them against.
type sheets struct {
	runs, levels, pairs, effects, series *sheet
	units                                []string // of the series that are kept
}

func (p *Plan) sheets() *sheets {
	s := &sheets{
		runs: &sheet{name: "runs", columns: p.runColumns(), plain: true},
		levels: &sheet{name: "levels", plain: true, columns: append(p.perPoint(text("scenario", "world: "+p.list())),
			whole("n", "replications that finished"), whole("failed", "replications that failed"),
			real("mean", "as unit says", "mean over replications"), real("lo", "as unit says", p.interval()+" interval of the mean by Student's t"), real("hi", "as unit says", "its upper end"),
			real("sd", "as unit says", "standard deviation over replications"))},
	}
	if len(p.Worlds) > 1 {
		s.pairs = &sheet{name: "pairs", plain: true, columns: append(p.place(),
			text("outcome", "name of an outcome, as in runs"), text("unit", "unit of the values"),
			real("y_base", "as unit says", "value in "+p.Worlds[0]+" with the same seed"), real("y_other", "as unit says", "value in the world of the row"), real("diff", "as unit says", "y_other − y_base"))}
		s.effects = &sheet{name: "effects", plain: true, columns: append(p.perPoint(text("scenario", "world held against "+p.Worlds[0])),
			whole("n", "pairs of runs that both finished"), whole("failed", "pairs of which a run failed"),
			real("y_base", "as unit says", "mean of the base over these pairs"), real("y_other", "as unit says", "mean of the world over these pairs"),
			real("diff", "as unit says", "mean of the paired differences y_other − y_base"), real("lo", "as unit says", p.interval()+" interval of the mean difference by Student's t"), real("hi", "as unit says", "its upper end"),
			real("share_sign", "share", "pairs whose difference has the sign of the mean"), real("pairing_gain", "times", "fewer runs than unpaired worlds would need for the same interval"))}
	}
	for _, k := range p.Keep {
		s.units = append(s.units, k.Unit())
	}
	if len(p.Keep) > 0 {
		s.series = &sheet{name: "series", columns: append(p.place(),
			text("series", "name of a series that the study keeps"), text("date", "day, or first day of the week"), real("value", "as unit says", "value on that day or in that week"), text("unit", "unit of the value"))}
	}
	return s
}

// perPoint are the columns of tables with a row for a point, a world and an outcome.
func (p *Plan) perPoint(world column) []column {
	all := append([]column{whole("point", "number of the point in the design, from 1")}, p.factors()...)
	return append(all, world, text("outcome", "name of an outcome, as in runs"), text("unit", "unit of the values"))
}

// list are the tables there are.
func (s *sheets) list() (all []*sheet) {
	for _, x := range []*sheet{s.runs, s.levels, s.pairs, s.effects, s.series} {
		if x != nil {
			all = append(all, x)
		}
	}
	return all
}

// tables writes all tables from the rows of a plan. Of the runs it keeps nothing but what each(point, its rows) makes of them.
func (p *Plan) tables(dir string, rows Rows, each func(point int, rows []Row)) error {
	s := p.sheets()
	var paths []string
	for _, x := range s.list() {
		paths = append(paths, filepath.Join(dir, x.name+".parquet"))
		if x.plain {
			paths = append(paths, filepath.Join(dir, x.name+".csv"))
		}
	}
	return files.Together(paths, func(to []io.Writer) error {
		for _, x := range s.list() {
			var plain io.Writer
			packed := to[0]
			if to = to[1:]; x.plain {
				plain, to = to[0], to[1:]
			}
			var err error
			if x.table, err = files.NewTable(bare(x.columns), plain, packed, p.Version, p.meta()...); err != nil {
				return err
			}
		}
		var point []Row
		for r, err := range rows {
			if err != nil {
				return err
			}
			if len(point) > 0 && r.Point != point[0].Point {
				if err := p.point(s, point); err != nil {
					return err
				}
				each(point[0].Point, point)
				point = point[:0]
			}
			if err := p.row(s, r); err != nil {
				return err
			}
			r.Kept = nil // has been written
			point = append(point, r)
		}
		if len(point) > 0 {
			if err := p.point(s, point); err != nil {
				return err
			}
			each(point[0].Point, point)
		}
		for _, x := range s.list() {
			if err := x.table.Close(); err != nil {
				return err
			}
		}
		return nil
	})
}

func bare(columns []column) (all []files.Column) {
	for _, c := range columns {
		all = append(all, c.Column)
	}
	return all
}

// meta is what Parquet files say of themselves.
func (p *Plan) meta() []files.Meta {
	return []files.Meta{{Key: "study", Value: p.Study}, {Key: "study_identity", Value: p.Identity}}
}

// row writes a run, and its series.
func (p *Plan) row(s *sheets, r Row) error {
	if err := s.runs.table.Row(p.cells(r)...); err != nil || s.series == nil {
		return err
	}
	at := p.at(r)
	line := make([]files.Cell, len(at)+4)
	copy(line, at)
	for i := range r.Kept {
		x := &r.Kept[i]
		name, unit := files.T(p.Keep[i].Name()), files.T(s.units[i])
		for j, v := range x.Values {
			copy(line[len(at):], []files.Cell{name, files.T(x.date(j)), files.N(float64(v)), unit})
			if err := s.series.table.Row(line...); err != nil {
				return err
			}
		}
	}
	return nil
}

// point writes what replications tell of a point.
func (p *Plan) point(s *sheets, rows []Row) error {
	values := p.values(rows)
	begin := append([]files.Cell{files.I(rows[0].Point + 1)}, p.levels(rows[0].Point)...)
	line := func(x *sheet, world, outcome int, cells ...files.Cell) error {
		o := p.Outcomes[outcome]
		return x.table.Row(append(append(begin[:len(begin):len(begin)], files.T(p.Worlds[world]), files.T(o.Name), files.T(o.Unit)), cells...)...)
	}
	for w := range p.Worlds {
		for o := range p.Outcomes {
			l := stats.LevelOf(values[w][o], p.Level)
			_, variance, _ := stats.MeanVariance(values[w][o])
			if err := line(s.levels, w, o, files.I(l.N), files.I(p.Reps-l.N), files.N(l.Mean), files.N(l.T.Lo), files.N(l.T.Hi), files.N(math.Sqrt(variance))); err != nil {
				return err
			}
		}
	}
	for w := 1; w < len(p.Worlds); w++ {
		for o := range p.Outcomes {
			d := stats.PairT(values[0][o], values[w][o], p.Level)
			if err := line(s.effects, w, o, files.I(d.N), files.I(p.Reps-d.N), files.N(d.Base), files.N(d.Other), files.N(d.Mean), files.N(d.T.Lo), files.N(d.T.Hi),
				files.N(d.Sign), files.N(d.Gain)); err != nil {
				return err
			}
		}
	}
	for _, r := range rows {
		if r.World == 0 {
			continue
		}
		at := p.at(r)
		for o, x := range p.Outcomes {
			base, other := values[0][o][r.Rep], values[r.World][o][r.Rep]
			if err := s.pairs.table.Row(append(at[:len(at):len(at)], files.T(x.Name), files.T(x.Unit), files.N(base), files.N(other), files.N(other-base))...); err != nil {
				return err
			}
		}
	}
	return nil
}

// values are those of a point's runs by world, outcome and replication; NaN where a run failed.
func (p *Plan) values(rows []Row) [][][]float64 {
	all := make([][][]float64, len(p.Worlds))
	for w := range all {
		all[w] = make([][]float64, len(p.Outcomes))
		for o := range all[w] {
			all[w][o] = make([]float64, p.Reps)
		}
	}
	for _, r := range rows {
		for o := range p.Outcomes {
			all[r.World][o][r.Rep] = r.value(o)
		}
	}
	return all
}

// codebook says what each column of each table is.
func (p *Plan) codebook(w io.Writer) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"table", "column", "type", "unit", "what it is", "source"}) // told by Error below
	for _, x := range p.sheets().list() {
		for _, c := range x.columns {
			kind := [...]string{"text", "whole number", "number", "bytes"}[c.Kind]
			_ = out.Write([]string{x.name, c.Name, kind, c.unit, c.what, c.source})
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("codebook: %w", err)
	}
	return nil
}

// interval says with which probability intervals hold what they are about.
func (p *Plan) interval() string { return strconv.FormatFloat(100*p.Level, 'g', 4, 64) + " %" }
