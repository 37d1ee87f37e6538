package sweep

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"

	"pasar/scenarios/files"
	"pasar/scenarios/report"
	"pasar/scenarios/stats"
)

// Where says which run a row is of.
func (p *Plan) Where(r Row) string {
	return fmt.Sprintf("point %d, replication %d, scenario %s", r.Point+1, r.Rep+1, p.Worlds[r.World])
}

// Write writes the files of the results into a folder, from rows in the order of the plan. Their bytes follow from the plan and the rows.
// It takes the series out of the rows' runs when they are written. A study that was ended by a rule says so.
func (p *Plan) Write(dir string, rows Rows, lang string, ended *Ending) (*Found, error) {
	f := p.found()
	f.Ended = ended
	if s, err := p.Load(0, p.Make(0, 0, p.Seed(0, 0))); err == nil {
		f.Buyers = s.Buyers
	}
	err := p.tables(dir, rows, func(_ int, rows []Row) { f.add(p, rows) })
	if err != nil {
		return nil, fmt.Errorf("writing the results: %w", err)
	}
	f.end()
	put := func(name string, b []byte) error {
		if err := files.Replace(filepath.Join(dir, name), b); err != nil {
			return fmt.Errorf("writing the results: %s: %w", name, err)
		}
		return nil
	}
	var book bytes.Buffer
	if err := p.codebook(&book); err != nil {
		return nil, err
	}
	if err := put("codebook.csv", book.Bytes()); err != nil {
		return nil, err
	}
	if f.Analyses, err = p.analyses(f); err != nil {
		return nil, fmt.Errorf("analysing the results: %w", err)
	}
	sum, err := p.summary(f)
	if err != nil {
		return nil, fmt.Errorf("telling the results: %w", err)
	}
	for _, x := range []struct {
		name string
		what any
	}{{SensitivityFile, append([]Analysis{}, f.Analyses...)}, {SummaryFile, sum}} {
		b, err := pretty(x.what)
		if err == nil {
			err = put(x.name, b)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := p.pages(dir, f, lang); err != nil {
		return nil, fmt.Errorf("writing the report: %w", err)
	}
	return f, nil
}

// A Summary is what summary.json holds. Numbers that do not exist are null.
type Summary struct {
	Study        string    `json:"study"`
	Identity     string    `json:"study_identity"`
	Version      string    `json:"version"`
	Human        string    `json:"program"`
	Worlds       []string  `json:"scenarios"`
	Points       int       `json:"points"`
	Replications int       `json:"replications"`
	Runs         int       `json:"runs"`
	Failed       int       `json:"failed"`
	Results      string    `json:"results"` // digest of what happened in all runs
	Failures     []Failure `json:"failures"`
	Effects      []Overall `json:"effects"`
	Ended        *Ending   `json:"ended_early,omitempty"` // why there are fewer replications than the study has

	Findings map[string][]string `json:"findings"` // the sentences at the head of the report, by language: en, id
}

// An Overall is the effect of a world on an outcome over all points: the least and the largest mean difference, and at how many points its
// 95 % interval lies above 0, below 0, or holds it.
type Overall struct {
	Scenario string   `json:"scenario"`
	Outcome  string   `json:"outcome"`
	Unit     string   `json:"unit"`
	Least    *float64 `json:"least"`
	Most     *float64 `json:"most"`
	More     int      `json:"points_more"`
	Less     int      `json:"points_less"`
	Open     int      `json:"points_not_clear"`
}

func (p *Plan) summary(f *Found) (*Summary, error) {
	s := &Summary{
		Study: p.Study, Identity: p.Identity, Version: p.Version, Human: p.Human, Worlds: p.Worlds, Points: len(p.Points), Replications: p.Reps,
		Runs: f.Runs, Failed: f.Failed, Results: f.digest(), Failures: append([]Failure{}, f.Errors...), Effects: f.Overall(p),
		Findings: map[string][]string{},
	}
	if f.Ended.Early() {
		s.Ended = f.Ended
	}
	if p.Design == nil {
		return s, nil
	}
	for _, lang := range []string{"en", "id"} {
		said, err := report.SweepFindings(p.reported(f), lang)
		if err != nil {
			return nil, err
		}
		s.Findings[lang] = said
	}
	return s, nil
}

// Overall are the effects over all points, by world and outcome.
func (f *Found) Overall(p *Plan) []Overall {
	all := []Overall{}
	for w := 1; w < len(p.Worlds); w++ {
		for o, x := range p.Outcomes {
			least, most := math.Inf(1), math.Inf(-1)
			for _, values := range f.Differences(w, o) {
				if mean := mean(values); !math.IsNaN(mean) {
					least, most = min(least, mean), max(most, mean)
				}
			}
			t := f.points[(w-1)*len(p.Outcomes)+o]
			all = append(all, Overall{p.Worlds[w], x.Name, x.Unit, known(least), known(most), t.more, t.less, t.open})
		}
	}
	return all
}

// mean is that of the values that are numbers.
func mean(values []float64) float64 {
	m, _, _ := stats.MeanVariance(values)
	return m
}

// known is a number, or nothing.
func known(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// pretty is JSON for people, with a line break at the end.
func pretty(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return b.Bytes(), err
}
