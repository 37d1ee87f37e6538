package compare

import (
	"strconv"
	"strings"

	"pasar/scenarios/load"
	"pasar/scenarios/shell"
)

// A Request is what was asked for and what came of each run: enough to play the comparison again and to see whether the same comes out.
// The report carries it as JSON.
type Request struct {
	Worlds  []Asked   `json:"worlds"` // the base first
	Seeds   []uint64  `json:"seeds"`
	Buyers  int       `json:"buyers"`
	Until   string    `json:"until,omitempty"`
	Precise float64   `json:"until_precise,omitempty"` // with Most replications at most
	Most    int       `json:"most,omitempty"`
	Range   int       `json:"range"`         // replications at the ends of the range of key parameters
	Why     int       `json:"why,omitempty"` // replications with each mechanism off
	Checked int       `json:"checked"`       // replications in which the checks were played
	Lang    string    `json:"lang"`          // of the report
	Version string    `json:"version"`       // SHA-256 of the program
	Runs    []Receipt `json:"runs"`
}

// An Asked is a world of a request: its name (pilot+params.disc.rho=.8), and the hash of the scenario that it was.
type Asked struct {
	Name string   `json:"name"`
	Ref  string   `json:"ref"`
	Set  []string `json:"set,omitempty"`
	Hash string   `json:"hash"`
}

// Again is the worlds and options that play a request again, without a store.
func (r *Request) Again() ([]World, Options) {
	var worlds []World
	for _, w := range r.Worlds {
		worlds = append(worlds, World{Name: w.Name, Ref: w.Ref, Overrides: load.Overrides{Buyers: r.Buyers, Until: r.Until, Set: w.Set}})
	}
	o := Options{Reps: max(len(r.Seeds), r.Most), Precise: r.Precise, Checked: r.Checked, Range: r.Range, Why: r.Why}
	if len(r.Seeds) > 0 {
		o.Seed = r.Seeds[0]
	}
	return worlds, o
}

// Request is what the comparison came from.
func (c *Comparison) Request() Request {
	r := Request{Seeds: c.Seeds, Buyers: c.Scenarios[0].Buyers, Until: c.Worlds[0].Overrides.Until, Version: c.Version, Runs: c.Runs}
	if c.engine != nil {
		r.Range, r.Checked, r.Why = c.engine.o.Range, c.engine.o.Checked, c.engine.o.Why
		if c.Stop != nil {
			r.Precise, r.Most = c.engine.o.Precise, c.engine.o.Reps
		}
	}
	for i, w := range c.Worlds {
		r.Worlds = append(r.Worlds, Asked{Name: w.Name, Ref: w.Ref, Set: w.Overrides.Set, Hash: c.Scenarios[i].Hash})
	}
	return r
}

// Command is the line that plays the comparison again.
func (r *Request) Command() string {
	words := []string{"pasar", "compare"}
	for _, w := range r.Worlds {
		words = append(words, strings.Join(append([]string{w.Ref}, w.Set...), "+"))
	}
	reps := len(r.Seeds)
	if r.Precise > 0 {
		reps = r.Most
		words = append(words, "--until-precise", strconv.FormatFloat(100*r.Precise, 'f', -1, 64)+"%")
	}
	words = append(words, "--reps", strconv.Itoa(reps), "--buyers", strconv.Itoa(r.Buyers))
	if r.Until != "" {
		words = append(words, "--until", r.Until)
	}
	seed := uint64(1)
	if len(r.Seeds) > 0 {
		seed = r.Seeds[0]
	}
	words = append(words, "--seed", strconv.FormatUint(seed, 10))
	if r.Range != UsualRange {
		words = append(words, "--range", strconv.Itoa(r.Range))
	}
	if r.Why > 0 {
		words = append(words, "--why="+strconv.Itoa(r.Why))
	}
	if r.Checked > 1 {
		words = append(words, "--checked", strconv.Itoa(r.Checked))
	}
	if r.Lang != "" && r.Lang != "en" {
		words = append(words, "--lang", r.Lang)
	}
	return shell.Line(words...)
}

// RunCommand is the line that plays a world with a seed, alone.
func RunCommand(w World, seed uint64) string {
	words := []string{"pasar", "run", w.Ref}
	for _, x := range w.Overrides.Set {
		words = append(words, "--set", x)
	}
	if w.Overrides.Buyers > 0 {
		words = append(words, "--buyers", strconv.Itoa(w.Overrides.Buyers))
	}
	if w.Overrides.Until != "" {
		words = append(words, "--until", w.Overrides.Until)
	}
	return shell.Line(append(words, "--seed", strconv.FormatUint(seed, 10))...)
}

// UsualRange is how many replications are played at each end of the range of a key parameter where nobody says otherwise.
const UsualRange = 6
