package sweep

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strconv"
	"time"

	"go.yaml.in/yaml/v4"

	"pasar/agents/market"
	"pasar/scenarios/compare"
	"pasar/scenarios/load"
	"pasar/scenarios/study"
	"pasar/sim"
)

// taskFile is a task as workers get it. It is the same for a study that has grown.
type taskFile struct {
	Study    string            `json:"study"`
	Identity string            `json:"identity"`
	Worlds   []worldFile       `json:"worlds"`
	Buyers   int               `json:"buyers,omitempty"`
	Until    string            `json:"until,omitempty"`
	Factors  []factorFile      `json:"factors"`
	Outcomes []string          `json:"outcomes"`
	Window   string            `json:"window"`
	Keep     []Kept            `json:"keep,omitempty"`
	Files    map[string]string `json:"files,omitempty"` // scenarios that are not in the library
}

type worldFile struct {
	Name string   `json:"name"`
	Ref  string   `json:"scenario"` // of the library, or one of Files
	Set  []string `json:"set,omitempty"`
}

type factorFile struct {
	Name string `json:"name"`
	Path string `json:"path"`
	In   []bool `json:"in"` // by world
	Kind bool   `json:"words,omitempty"`
}

// newTask writes the task of a study.
func newTask(s *study.Study) *taskFile {
	f := &taskFile{Study: s.Name, Identity: s.Identity(), Buyers: s.Buyers, Until: s.Until, Window: s.Window}
	for _, w := range s.Worlds {
		f.Worlds = append(f.Worlds, worldFile{w.Name, w.Ref, slices.Concat(s.Set, w.Set)})
	}
	var held struct {
		Files  map[string]string `yaml:"files"`
		Design struct {
			File string `yaml:"file"` // a table of points: no worker needs it
		} `yaml:"design"`
	}
	if err := yaml.Load(s.Text, &held); err != nil {
		panic("sweep: a study that does not read back: " + err.Error())
	}
	delete(held.Files, path.Clean(held.Design.File))
	f.Files = held.Files
	for _, x := range s.Factors {
		f.Factors = append(f.Factors, factorFile{x.Name, x.Path, x.In, words(s, x.Name)})
	}
	for _, o := range s.Outcomes {
		f.Outcomes = append(f.Outcomes, o.Name)
	}
	for _, k := range s.Keep {
		f.Keep = append(f.Keep, Kept(k))
	}
	return f
}

// words tells whether a factor has a word at some point.
func words(s *study.Study, factor string) bool {
	i := slices.IndexFunc(s.Factors, func(f study.Factor) bool { return f.Name == factor })
	return slices.ContainsFunc(s.Points(), func(p study.Point) bool { return p.Values[i].Word != "" })
}

// ReadTask reads a task.
func ReadTask(text []byte, version string) (*Task, error) {
	f := &taskFile{}
	if err := json.Unmarshal(text, f); err != nil {
		return nil, fmt.Errorf("not the task of a sweep: %w", err)
	}
	return f.task(version)
}

func (f *taskFile) task(version string) (*Task, error) {
	t := &Task{Study: f.Study, Identity: f.Identity, Version: version, Window: f.Window, Keep: f.Keep}
	for _, x := range f.Factors {
		t.Factors = append(t.Factors, Factor{Name: x.Name, Path: x.Path, Kinds: x.Kind})
	}
	for _, name := range f.Outcomes {
		i := slices.IndexFunc(compare.Outcomes(), func(o compare.Outcome) bool { return o.Name == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no outcome %s", name)
		}
		t.Outcomes = append(t.Outcomes, compare.Outcomes()[i])
	}
	templates, err := f.templates()
	if err != nil {
		return nil, err
	}
	for _, w := range f.Worlds {
		t.Worlds = append(t.Worlds, w.Name)
	}
	until, err := f.until(templates)
	t.Load = func(levels []string, world int, seed uint64) (*load.Scenario, error) {
		o := load.Overrides{Seed: &seed, Buyers: f.Buyers, Until: until[world], Set: slices.Clone(f.Worlds[world].Set)}
		for i, x := range f.Factors {
			if x.In[world] {
				o.Set = append(o.Set, x.Path+"="+levels[i])
			}
		}
		return templates[world].Scenario(o)
	}
	return t, err
}

// templates reads the scenarios, once.
func (f *taskFile) templates() (all []*load.Template, err error) {
	for _, w := range f.Worlds {
		p, n := load.Read("task", []byte("scenario: "+strconv.Quote(w.Ref)+"\n"), load.Form{})
		all = append(all, p.Template(n.Get("scenario"), "scenario", "", &load.Files{Given: f.Files}))
		if err := p.Err(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// until are the days on which worlds end: those that would end early go on for as long as the last, as in a study.
func (f *taskFile) until(templates []*load.Template) ([]string, error) {
	days := make([]string, len(templates))
	ends := make([]sim.Time, len(templates))
	for i, t := range templates {
		s, err := t.Scenario(load.Overrides{Buyers: f.Buyers, Until: f.Until, Set: f.Worlds[i].Set})
		if err != nil {
			return nil, err
		}
		days[i], ends[i] = f.Until, s.End
	}
	for i := range days {
		if last := slices.Max(ends); ends[i] < last && f.Until == "" {
			days[i] = market.Clock.Date(last - market.Day).Format(time.DateOnly)
		}
	}
	return days, nil
}

// NewPlan is what a study asks for, of a program.
func NewPlan(s *study.Study, version, human string) (*Plan, error) {
	f := newTask(s)
	t, err := f.task(version)
	if err != nil {
		return nil, err
	}
	for i, x := range s.Factors {
		t.Factors[i].Unit, t.Factors[i].Source = x.Unit, x.Source
	}
	job, err := json.Marshal(f)
	if err != nil {
		return nil, err
	}
	p := &Plan{Task: *t, Human: human, Job: job, Text: s.Text, Reps: s.Replications, Common: s.Seeds.Scheme == study.Common, Seed: s.Seed, Design: s}
	for _, x := range s.Points() {
		row := make([]Level, len(x.Values))
		for i, v := range x.Values {
			row[i] = Level{v.Text(), v.Number}
		}
		p.Points = append(p.Points, row)
	}
	return p, p.begin()
}
