package sweep

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v4"

	"pasar/scenarios/compare"
	"pasar/scenarios/load"
	"pasar/scenarios/study"
)

// taskFile is a task as workers get it. It is the same for a study that has grown.
type taskFile struct {
	Study     string            `json:"study"`
	Identity  string            `json:"identity"`
	Worlds    []string          `json:"worlds"`
	Scenarios []string          `json:"scenarios"` // of the worlds: names of the library, or of Files
	Outcomes  []string          `json:"outcomes"`
	Window    string            `json:"window"`
	Keep      []Kept            `json:"keep,omitempty"`
	Files     map[string]string `json:"files,omitempty"` // scenarios that are not in the library, and those that they build on
}

// newTask writes the task of a study.
func newTask(s *study.Study) *taskFile {
	f := &taskFile{Study: s.Name, Identity: s.Identity(), Window: s.Window}
	for _, w := range s.Worlds {
		f.Worlds, f.Scenarios = append(f.Worlds, w.Name), append(f.Scenarios, w.Ref)
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
	t := &Task{Study: f.Study, Identity: f.Identity, Version: version, Worlds: f.Worlds, Window: f.Window, Keep: f.Keep}
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
	t.Load = func(world int, o load.Overrides) (*load.Scenario, error) { return templates[world].Scenario(o) }
	return t, nil
}

// templates reads the scenarios, once.
func (f *taskFile) templates() (all []*load.Template, err error) {
	for _, ref := range f.Scenarios {
		p, n := load.Read("task", []byte("scenario: "+strconv.Quote(ref)+"\n"), load.Form{})
		all = append(all, p.Template(n.Get("scenario"), "scenario", "", &load.Files{Given: f.Files}))
		if err := p.Err(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// NewPlan is what a study asks for, of a program.
func NewPlan(s *study.Study, version, human string) (*Plan, error) {
	f := newTask(s)
	t, err := f.task(version)
	if err != nil {
		return nil, err
	}
	job, err := json.Marshal(f)
	if err != nil {
		return nil, err
	}
	p := &Plan{Task: *t, Human: human, Job: job, Text: s.Text, Reps: s.Replications, Common: s.Seeds.Scheme == study.Common, Nested: s.Seeds.Scheme == study.Nested, Seed: s.Seed, Make: s.Overrides, Design: s}
	for _, x := range s.Factors {
		p.Factors = append(p.Factors, Factor{x.Name, x.Path, x.Unit, x.Source, words(s, x.Name)})
	}
	for _, x := range s.Points() {
		row := make([]Level, len(x.Values))
		for i, v := range x.Values {
			row[i] = Level{v.Text(), v.Number}
		}
		p.Points = append(p.Points, row)
	}
	return p, p.begin()
}
