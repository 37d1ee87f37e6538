package study

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"pasar/scenarios"
	"pasar/scenarios/compare"
	"pasar/scenarios/load"
)

// keys of a study file, in the order in which the page has them.
var keys = []string{"study", "title", "info", "scenarios", "base", "buyers", "until", "set", "factors", "design", "replications", "seeds", "outcomes", "window", "keep", "stop", "files"}

// form is the kind of file, for messages.
var form = load.Form{Noun: "study", Key: "factors", Most: mostSize}

// scalars are the keys that hold a single number.
type scalars struct {
	Buyers       int `yaml:"buyers" doc:"simulated buyers in all worlds [as each scenario says]" min:"100" max:"5000000"`
	Replications int `yaml:"replications" doc:"replications of each point" default:"1" min:"1" max:"100000"`
}

// mostSize is how many bytes a study, or its table of points, may have.
const mostSize = 16 << 20

// Load reads a study of the library by its name, or a file by its path. The error is of type load.Errors.
func Load(ref string) (*Study, error) {
	if !strings.ContainsAny(ref, `/\`) && path.Ext(ref) != ".yaml" && path.Ext(ref) != ".yml" {
		data, err := scenarios.Files.ReadFile("studies/" + ref + ".yaml")
		if err != nil || ref == "" {
			e := load.Error{File: "study", What: "there is no study " + strconv.Quote(ref) + " in the library (a file is written with its path, such as ./my.yaml)"}
			e.Among(ref, names())
			return nil, load.Errors{e}
		}
		return Parse("scenarios/studies/"+ref+".yaml", data)
	}
	file := filepath.FromSlash(ref)
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return nil, load.Errors{{File: ref, What: "there is no such file"}}
	case !info.Mode().IsRegular():
		return nil, load.Errors{{File: ref, What: "is not a file"}}
	case info.Size() > mostSize:
		return nil, load.Errors{{File: ref, What: "has " + strconv.FormatInt(info.Size(), 10) + " bytes; a study has at most " + strconv.Itoa(mostSize)}}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, load.Errors{{File: ref, What: "cannot be read: " + err.Error()}}
	}
	r := &reader{file: path.Clean(filepath.ToSlash(file)), dir: filepath.Dir(file), files: &load.Files{}}
	return r.read(data)
}

// Parse reads a study from memory; it may name scenarios of the library, and the files that it holds. file is its name in errors.
func Parse(file string, data []byte) (*Study, error) {
	r := &reader{file: file}
	return r.read(data)
}

// A reader turns a file into a study.
type reader struct {
	*load.Problems
	file  string
	dir   string      // against which its references are read
	files *load.Files // nil: it may name none
	top   *load.Node
	s     *Study
	plain []*load.Scenario // the worlds where no factor is set; nil if they cannot be had
	sets  []set            // what is set besides the factors
}

// A set is a value of the file that is set in some world.
type set struct {
	text string
	node *load.Node
	path string
}

// read reads the keys one after the other. What a key needs of another one is read first.
func (r *reader) read(data []byte) (*Study, error) {
	r.Problems, r.top = load.Read(r.file, data, form)
	if r.top == nil {
		return nil, r.Err()
	}
	r.s = &Study{File: r.file}
	r.Known(r.top, "", keys)
	r.given()
	r.head()
	r.worlds()
	r.factors()
	r.design()
	r.said()
	if err := r.Err(); err != nil {
		return nil, err
	}
	r.try()
	if err := r.Err(); err != nil {
		return nil, err
	}
	r.s.Text = r.whole(data)
	if err := r.Err(); err != nil {
		return nil, err
	}
	return r.s, nil
}

// head reads what stands for itself.
func (r *reader) head() {
	if n := r.top.Get("study"); n == nil {
		r.At(r.top, "study", "the study has no name; begin with \"study: name\"")
	} else {
		r.s.Name = r.Name(n, "study")
	}
	r.s.Title, r.s.Info = r.Titles(r.top.Get("title"), r.s.Name), r.Infos(r.top.Get("info"))
	var n scalars
	r.Decode(&n, r.top, "", keys...)
	r.s.Buyers, r.s.Replications = n.Buyers, max(n.Replications, 1)
	if n := r.top.Get("until"); n != nil && r.Day(n, "until") {
		r.s.Until = n.Text()
	}
	r.s.Set = r.settings(r.top.Get("set"), "set")
	r.s.Seeds = Seeds{Scheme: Common, First: 1}
	if n := r.top.Get("seeds"); n != nil {
		r.Decode(&r.s.Seeds, n, "seeds")
	}
	r.s.Stop.Failed = 1
	if n := r.top.Get("stop"); n != nil {
		r.Decode(&r.s.Stop, n, "stop")
	}
}

// settings reads a list of path=value.
func (r *reader) settings(n *load.Node, at string) (list []string) {
	switch {
	case n == nil:
		return nil
	case !n.IsList():
		r.At(n, at, "must be a list such as [params.disc.rho=.5], not %s", n.What())
		return nil
	}
	for i, item := range n.Items() {
		at := at + "." + strconv.Itoa(i)
		if name, value, ok := strings.Cut(item.Text(), "="); !ok || name == "" || value == "" {
			r.At(item, at, "is not of the form path=value").Allowed = "such as params.disc.rho=.5 or pilot.caps.share_of_pre=.1"
			continue
		}
		list = append(list, item.Text())
		r.sets = append(r.sets, set{item.Text(), item, at})
	}
	return list
}

// leastLook is after how many replications an effect is looked at for the first time (stats.NewRule).
const leastLook = 8

// said reads what is asked of the runs: outcomes, their window, series to keep, and when to stop.
func (r *reader) said() {
	names := load.Outcomes
	byName := map[string]compare.Outcome{}
	for _, o := range compare.Outcomes() {
		byName[o.Name] = o
	}
	switch n := r.top.Get("outcomes"); {
	case n == nil && r.plain != nil:
		for _, name := range r.plain[0].Outcomes {
			r.s.Outcomes = append(r.s.Outcomes, byName[name])
		}
		if len(r.s.Outcomes) == 0 {
			r.At(r.top, "outcomes", "is missing, and the base declares none").Among("", names)
		}
	case n != nil && !n.IsList():
		r.At(n, "outcomes", "must be a list of main outcomes, such as [gmv, sme_income]")
	case n != nil:
		for i, item := range n.Items() {
			at := "outcomes." + strconv.Itoa(i)
			switch o, ok := byName[item.Text()]; {
			case !ok:
				r.At(item, at, "%q is not the name of a main outcome", item.Text()).Among(item.Text(), names)
			case slices.ContainsFunc(r.s.Outcomes, func(x compare.Outcome) bool { return x.Name == o.Name }):
				r.At(item, at, "%s is listed twice", o.Name)
			default:
				r.s.Outcomes = append(r.s.Outcomes, o)
			}
		}
	}
	r.window()
	r.keep()
	if p := r.s.Stop.Precise; p != nil {
		n, at := r.top.Get("stop").Get("precise"), "stop.precise"
		if !slices.ContainsFunc(r.s.Outcomes, func(o compare.Outcome) bool { return o.Name == p.Outcome }) && p.Outcome != "" {
			var mine []string
			for _, o := range r.s.Outcomes {
				mine = append(mine, o.Name)
			}
			r.At(n.Get("outcome"), at+".outcome", "%q is not an outcome of this study", p.Outcome).Among(p.Outcome, mine)
		}
		switch {
		case len(r.s.Worlds) == 1:
			r.At(n, at, "is about an effect, and this study has one scenario; name two, the base first")
		case r.s.Replications < leastLook:
			r.At(n, at, "is looked at after %d replications, and the study has %d", leastLook, r.s.Replications)
		}
	}
}
