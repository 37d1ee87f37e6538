package report

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"

	"pasar/scenarios/load"
	"pasar/scenarios/sensitivity"
)

// A Sweep is a finished sweep, for its report. Numbers are as the sweep found them; the report draws and tells.
type Sweep struct {
	Name         string               // of the study
	Title        map[string]string    // by language: en, id; "" or none: its name
	Info         map[string]load.Info // by language
	Scenarios    []string             // names of the worlds, the base first
	Design       string               // its kind, as study files write it
	Factors      []SweepFactor        // as in the tables of the outcomes
	Points       int                  //
	Replications int                  // of each point
	Seeds        string               // the scheme, as study files write it: common, independent, nested
	FirstSeed    uint64               //
	LastSeed     uint64               // the highest
	Buyers       int                  // simulated, in a run
	Window       string               // over which outcomes are counted, as study files write it
	Until        string               // the last day, as study files write it; "": that of the scenarios
	Runs, Failed int                  // of all worlds
	Errors       []SweepError         // most frequent first
	Planned      int                  // replications that the study asks for, if a rule of its own ended it earlier; else 0
	TooMany      bool                 // that rule was the one on failed runs
	Outcomes     []SweepOutcome       // the first is the headline
	Hash         string               // of the study with its scenarios
	Results      string               // digest of the results; "" if there is none
	Command      string               // that plays it again
	Options
}

// A SweepFactor says of a factor what its column does not.
type SweepFactor struct {
	Label   string // for readers; "": its name
	LabelID string // the same in Indonesian; "": as Label
	Path    string // as --set takes it
	Unit    string // "" for none
	Source  string
	Words   []string // instead of a range: the words it may be
	Low     float64  // the range, of which the values may be a list
	High    float64
}

// A SweepError is an error, how many runs failed with it, and where the first of them is, in words.
type SweepError struct {
	Error string
	Runs  int
	First string
}

// A SweepOutcome is one outcome of one world: its level, or its difference to the base.
type SweepOutcome struct {
	Name     string // as in files: sme_income
	World    string // in which it is
	Less     string // the base that it is the difference to; "" for a level
	Unit     string // as in the tables: IDR/day
	Table    *sensitivity.Table
	Even     *sensitivity.Table // of it the points that are spread evenly, for means and their intervals; nil for all
	Analyses *sensitivity.Results
}

// WriteSweep writes the report of a sweep: one page without scripts or anything from outside, in the language "en" or "id" ("" is that of the
// options), the same bytes for the same sweep. It refuses a sweep without outcomes, and tables that are none.
func WriteSweep(w io.Writer, s *Sweep, lang string) error {
	p, err := newSweepPage(s, cmp.Or(lang, optionsLang(s)))
	if err != nil {
		return err
	}
	if err := layout.ExecuteTemplate(w, "sweep", p); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// SweepFindings is a sweep in a few sentences, those at the head of its report: the sign of each difference, what drives each outcome most, and
// the boxes of assumptions.
func SweepFindings(s *Sweep, lang string) ([]string, error) {
	x, err := newSwept(s, cmp.Or(lang, optionsLang(s)))
	if err != nil {
		return nil, err
	}
	return x.findings(), nil
}

// SweepFigures draws the charts of a sweep in the order of its report.
func SweepFigures(s *Sweep, lang string) ([]Figure, error) {
	x, err := newSwept(s, cmp.Or(lang, optionsLang(s)))
	if err != nil {
		return nil, err
	}
	var all []Figure
	for i := range s.Outcomes {
		all = append(all, x.figures(i)...)
	}
	return all, nil
}

func optionsLang(s *Sweep) string {
	if s == nil {
		return ""
	}
	return s.Lang
}

// A swept is a sweep in one language, ready to be shown.
type swept struct {
	wording
	sweep *Sweep
	t     *sweepWords
}

func newSwept(s *Sweep, lang string) (*swept, error) {
	if s == nil || len(s.Outcomes) == 0 {
		return nil, errors.New("report: there is no sweep")
	}
	for _, o := range s.Outcomes {
		switch {
		case o.Table == nil || o.Analyses == nil:
			return nil, fmt.Errorf("report: the outcome %s has no table", o.Name)
		case len(o.Table.Factors) != len(s.Factors):
			return nil, fmt.Errorf("report: the table of %s has %d factors, the sweep %d", o.Name, len(o.Table.Factors), len(s.Factors))
		}
		if err := o.Table.Check(); err != nil {
			return nil, fmt.Errorf("report: the outcome %s: %w", o.Name, err)
		}
	}
	return &swept{wording{voiceOf(lang), versusWordsOf(lang)}, s, sweepWordsOf(lang)}, nil
}

// title is that of the study.
func (s *swept) title() string {
	return cmp.Or(s.sweep.Title[s.lang], s.sweep.Title["en"], s.sweep.Name)
}

// info is what the study says of itself.
func (s *swept) info() load.Info {
	if i, ok := s.sweep.Info[s.lang]; ok {
		return i
	}
	return s.sweep.Info["en"]
}

// factor is a factor's name for readers, by its name in tables.
func (s *swept) factor(name string) string {
	i := slices.IndexFunc(s.sweep.Outcomes[0].Table.Factors, func(f sensitivity.Factor) bool { return f.Name == name })
	if i < 0 {
		return name
	}
	f := s.sweep.Factors[i]
	if s.lang == "id" {
		return cmp.Or(f.LabelID, f.Label, name)
	}
	return cmp.Or(f.Label, name)
}

// outcome is the name of an outcome without its world.
func (s *swept) outcome(o *SweepOutcome) string { return cmp.Or(s.v.Outcomes[o.Name], o.Name) }

// full is the name of an outcome with its world, and what it is the difference to.
func (s *swept) full(o *SweepOutcome) string {
	switch {
	case o.Less != "":
		return text(s.t.EffectOn, o.World, s.outcome(o), o.Less)
	case len(s.sweep.Scenarios) > 1:
		return text(s.t.LevelIn, s.outcome(o), o.World)
	}
	return s.outcome(o)
}

// reason says why something cannot be said.
func (s *swept) reason(r sensitivity.Reason) string { return s.t.Reasons[r] }

// unsaid is why an analysis says nothing, in a sentence.
func (s *swept) unsaid(e *sensitivity.Error) string {
	why := s.reason(e.Why)
	if e.Need > 0 {
		why += " (" + text(s.t.HaveNeed, s.num(float64(e.Have), 0), s.num(float64(e.Need), 0)) + ")"
	}
	return text(s.t.SaysNothing, s.t.Analyses[e.Analysis], why)
}
