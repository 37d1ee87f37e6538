package serve

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pasar/scenarios/lab"
	"pasar/scenarios/study"
	"pasar/scenarios/sweep"
)

// A sweepPage is a sweep: what was asked, how far it is, and what came of it.
type sweepPage struct {
	sweepCard
	Happens      lab.Text        `json:"happens"`
	Notice       lab.Text        `json:"notice"`
	Scenarios    []string        `json:"scenarios"`
	Factors      []factorJSON    `json:"factors"`
	Design       string          `json:"design"`
	Points       int             `json:"points"`
	Replications int             `json:"replications"`
	Outcomes     []outcomeJSON   `json:"outcomes"`
	Failures     []sweep.Failure `json:"failures"`
	Findings     sweepFindings   `json:"findings"`
	Effects      []sweep.Overall `json:"effects"`
	Sensitivity  json.RawMessage `json:"sensitivity"` // null until it is over
	Figures      []string        `json:"figures"`     // paths of pictures
	Report       string          `json:"report"`      // path; "" until it is over
}

type sweepFindings struct {
	EN []string `json:"en"`
	ID []string `json:"id"`
}

type outcomeJSON struct {
	Name  string   `json:"name"`
	Label lab.Text `json:"label"`
}

// A factorJSON is what a study varies: a range, or a list of values.
type factorJSON struct {
	Name   string   `json:"name"`
	Label  lab.Text `json:"label"`
	Path   string   `json:"path"`
	Unit   string   `json:"unit"`
	Low    *float64 `json:"low"`
	High   *float64 `json:"high"`
	Values []string `json:"values"`
}

func (l *Lab) showSweep(w http.ResponseWriter, r *http.Request) error {
	x, err := l.shelf.get(r.PathValue("name"))
	if err != nil {
		return err
	}
	p := sweepPage{sweepCard: l.card(r, x), Scenarios: []string{}, Factors: []factorJSON{}, Outcomes: []outcomeJSON{}, Failures: []sweep.Failure{},
		Findings: sweepFindings{[]string{}, []string{}}, Effects: []sweep.Overall{}, Figures: []string{}}
	if x.study != nil {
		p.asked(x.study)
	}
	if s := x.summary; s != nil {
		p.Failures, p.Effects = append(p.Failures, s.Failures...), append(p.Effects, s.Effects...)
		p.Findings.EN, p.Findings.ID = append(p.Findings.EN, s.Findings["en"]...), append(p.Findings.ID, s.Findings["id"]...)
		if b, err := os.ReadFile(filepath.Join(x.dir, sweep.SensitivityFile)); err == nil && json.Valid(b) {
			p.Sensitivity = b
		}
		at := "/api/sweeps/" + x.name + "/"
		if slices.Contains(x.files(), sweep.ReportFile) {
			p.Report = at + sweep.ReportFile
		}
		for _, f := range x.files() {
			if strings.HasSuffix(f, ".svg") {
				p.Figures = append(p.Figures, at+url.PathEscape(f))
			}
		}
	}
	return send(w, p)
}

// asked says what the study asks.
func (p *sweepPage) asked(s *study.Study) {
	en, id := s.Info["en"], s.Info["id"]
	p.Happens, p.Notice = lab.Text{EN: en.Happens, ID: cmp.Or(id.Happens, en.Happens)}, lab.Text{EN: en.Notice, ID: cmp.Or(id.Notice, en.Notice)}
	p.Design, p.Points, p.Replications = s.Kind, len(s.Points()), s.Replications
	for _, x := range s.Worlds {
		p.Scenarios = append(p.Scenarios, x.Name)
	}
	for _, x := range s.Outcomes {
		p.Outcomes = append(p.Outcomes, outcomeJSON{x.Name, lab.OutcomeName(x.Name)})
	}
	for _, x := range s.Factors {
		f := factorJSON{Name: x.Name, Label: lab.Text{EN: cmp.Or(x.Label, x.Name), ID: cmp.Or(x.LabelID, x.Name)}, Path: x.Path, Unit: x.Unit, Values: []string{}}
		if x.Law != nil {
			lo, hi := x.Law.Ends()
			f.Low, f.High = &lo, &hi
		}
		for _, v := range x.Values {
			f.Values = append(f.Values, v.Text())
		}
		p.Factors = append(p.Factors, f)
	}
}

// files are those of a sweep's results that a browser may have.
func (x *swept) files() (list []string) {
	for _, name := range []string{sweep.ReportFile, sweep.SummaryFile, sweep.SensitivityFile} {
		if info, err := os.Lstat(filepath.Join(x.dir, name)); err == nil && info.Mode().IsRegular() {
			list = append(list, name)
		}
	}
	entries, err := os.ReadDir(filepath.Join(x.dir, sweep.FiguresDir))
	if err != nil {
		return list // there are no pictures
	}
	for _, e := range entries {
		if e.Type().IsRegular() && filepath.Ext(e.Name()) == ".svg" {
			list = append(list, e.Name())
		}
	}
	return list
}

// sweepFile sends a file of the results, as its sweep lists it.
func (l *Lab) sweepFile(w http.ResponseWriter, r *http.Request) error {
	x, err := l.shelf.get(r.PathValue("name"))
	if err != nil {
		return err
	}
	name := r.PathValue("file")
	if x.summary == nil || !slices.Contains(x.files(), name) {
		return refuse(http.StatusNotFound, "the sweep %s has no file %.60q", x.name, name)
	}
	lang, kind := l.lang(r), "application/json"
	path := filepath.Join(x.dir, name)
	other := path // in the reader's language, where that is not the one in which it was played
	switch filepath.Ext(name) {
	case ".svg":
		path, other, kind = filepath.Join(x.dir, sweep.FiguresDir, name), filepath.Join(x.dir, sweep.FiguresDir, lang, name), "image/svg+xml"
	case ".html":
		other, kind = filepath.Join(x.dir, sweep.ReportIn(lang)), "text/html; charset=utf-8"
	}
	b, err := os.ReadFile(other)
	if errors.Is(err, fs.ErrNotExist) {
		b, err = os.ReadFile(path)
	}
	if err != nil {
		return fmt.Errorf("reading the results: %w", err)
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "no-store")
	_, err = w.Write(b)
	return err
}
