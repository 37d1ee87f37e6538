package sweep

import (
	"bytes"
	"cmp"
	"errors"
	"os"
	"path/filepath"

	"pasar/scenarios/files"
	"pasar/scenarios/report"
)

// pages writes the report of a sweep and its figures, in a language and in the other one beside it.
func (p *Plan) pages(dir string, f *Found, lang string) error {
	if p.Design == nil {
		return nil
	}
	s := p.reported(f)
	for _, l := range []string{"en", "id"} {
		name, figures := ReportIn(l), filepath.Join(dir, FiguresDir, l)
		if l == cmp.Or(lang, "en") { // no older one beside it may pass for it
			if err := errors.Join(os.RemoveAll(filepath.Join(dir, name)), os.RemoveAll(figures)); err != nil {
				return err
			}
			name, figures = ReportFile, filepath.Join(dir, FiguresDir)
		}
		if err := pagesIn(l, s, filepath.Join(dir, name), figures); err != nil {
			return err
		}
	}
	return nil
}

func pagesIn(lang string, s *report.Sweep, path, dir string) error {
	if err := files.Clear(dir); err != nil {
		return err
	}
	var page bytes.Buffer
	if err := report.WriteSweep(&page, s, lang); err != nil {
		return err
	}
	if err := files.Replace(path, page.Bytes()); err != nil {
		return err
	}
	figures, err := report.SweepFigures(s, lang)
	for _, x := range figures {
		if err == nil {
			err = files.Replace(filepath.Join(dir, x.Name+".svg"), x.SVG)
		}
	}
	return err
}

// ReportIn is the name of the report in a language, where ReportFile is in the other one.
func ReportIn(lang string) string { return "report." + lang + ".html" }

// reported is the sweep as its report wants it.
func (p *Plan) reported(f *Found) *report.Sweep {
	d := p.Design
	s := &report.Sweep{
		Name: p.Study, Title: d.Title, Info: d.Info, Scenarios: p.Worlds, Design: d.Kind, Points: len(p.Points), Replications: p.Reps,
		Seeds: d.Seeds.Scheme, FirstSeed: uint64(d.Seeds.First), LastSeed: p.Seed(len(p.Points)-1, p.Reps-1), Buyers: f.Buyers, Window: d.Window, Until: d.Until, Runs: f.Runs, Failed: f.Failed,
		Hash: p.Identity, Results: f.digest(), Command: "pasar sweep ./" + StudyFile, Options: report.Options{Version: p.Version, Human: p.Human},
	}
	if f.Ended.Early() {
		s.Planned, s.TooMany = f.Ended.Of, f.Ended.Rule == TooManyFailed
	}
	for _, e := range f.Errors {
		s.Errors = append(s.Errors, report.SweepError(e))
	}
	for i, x := range d.Factors {
		y := report.SweepFactor{Label: x.Label, LabelID: x.LabelID, Path: x.Path, Unit: x.Unit, Source: x.Source}
		if p.Factors[i].Kinds {
			y.Words = p.kinds(i)
		} else {
			y.Low, y.High = p.ends(i)
		}
		s.Factors = append(s.Factors, y)
	}
	laid := p.structure()
	for i := range f.Analyses {
		a := &f.Analyses[i]
		o := report.SweepOutcome{Name: a.Outcome, World: a.Scenario, Unit: a.Unit, Table: p.Table(f, a.world, a.outcome), Analyses: a.Results}
		o.Even = laid.Even(o.Table)
		if a.Effect {
			o.Less = p.Worlds[0]
		}
		s.Outcomes = append(s.Outcomes, o)
	}
	return s
}

// ends are the range of a factor: of its law, or the least and the largest of its values.
func (p *Plan) ends(factor int) (lo, hi float64) {
	if l := p.Design.Factors[factor].Law; l != nil {
		return l.Ends()
	}
	lo, hi = p.Points[0][factor].Value, p.Points[0][factor].Value
	for _, levels := range p.Points {
		lo, hi = min(lo, levels[factor].Value), max(hi, levels[factor].Value)
	}
	return lo, hi
}
