// Package lab is what the browser lab asks of the model, free of everything that has to do with browsers: runs that are named by what
// they follow from, their series by week, who pays whom, what just happened, and the levers that one moves.
//
// This file holds the nouns. A run is one world with n seeds. It is asked for beside a base, with which it is compared seed by seed, and
// both are played as one family. The key of a run is a hash of all that it follows from, so that the same question has the same answer,
// whoever asks it.
package lab

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pasar/scenarios/compare"
	"pasar/scenarios/load"
)

// A World is what is asked for: a scenario of the library or the text of one, and what is changed in it.
type World struct {
	Scenario string   `json:"scenario,omitempty"`
	Text     string   `json:"text,omitempty"`
	Set      []string `json:"set,omitempty"`
	Until    string   `json:"until,omitempty"`
}

// A Request is a world to be played, and the base beside which it is looked at, if there is one.
type Request struct {
	World
	Base   *World `json:"base,omitempty"`
	Seed   uint64 `json:"seed"`
	N      int    `json:"n"`
	Buyers int    `json:"buyers"`
}

// A Run is a world that can be played, with n seeds from Seed on.
type Run struct {
	Key    string
	World  compare.World
	First  *load.Scenario // of the first seed
	Seed   uint64
	N      int
	Buyers int
}

// What a quick run is, and from where on there are bands and groups.
const (
	QuickBuyers  = 2_000
	QuickReps    = 8
	SketchBuyers = 200    // of a sketch, which stands for a quick run while many wait
	SketchReps   = 3      // with two the interval is three times as wide
	BandsFrom    = 8      // replications below which there is no range to speak of
	GroupsFrom   = 20_000 // buyers from which on SMEs and creators have headlines (decisions C15)
)

// Limits are the most that may be asked for.
type Limits struct {
	Buyers int `json:"buyers"`
	N      int `json:"n"`
	Text   int `json:"text"` // bytes
	Set    int `json:"set"`
}

// TextFile is the name of a scenario that was given as text, in errors.
const TextFile = "scenario.yaml"

// A Wrong is what is wrong with a request, as its fields are called, and in words for people.
type Wrong struct {
	What, Allowed, Near string
	Said                Text // with what is allowed
}

// Error is the mistake in a line.
func (w *Wrong) Error() string {
	s := w.What
	if w.Allowed != "" {
		s += "; allowed: " + w.Allowed
	}
	if w.Near != "" {
		s += fmt.Sprintf("; did you mean %q?", w.Near)
	}
	return s
}

// Runs are the run that a request asks for and that of its base, nil if there is none. An error is a *Wrong or load.Errors.
func (r *Request) Runs(version string, l Limits) (run, base *Run, err error) {
	if r.Seed == 0 {
		r.Seed = 1
	}
	if r.N == 0 {
		r.N = QuickReps
	}
	if r.Buyers == 0 {
		r.Buyers = QuickBuyers
	}
	switch {
	case r.N < 1 || r.N > l.N:
		return nil, nil, beyond("n", "pairs of runs", "pasangan simulasi", r.N, 1, l.N)
	case r.Buyers < 100 || r.Buyers > l.Buyers:
		return nil, nil, beyond("buyers", "simulated buyers", "pembeli yang disimulasikan", r.Buyers, 100, l.Buyers)
	case r.Seed > 1<<53-1<<10:
		return nil, nil, &Wrong{What: fmt.Sprintf("seed: %d", r.Seed), Allowed: "0 to 9007199254739968, which every browser can hold",
			Said: TextOf("The first seed is too large: %d.", "Benih acak pertama terlalu besar: %d.", r.Seed)}
	}
	w, err := r.world(r.Buyers, l)
	if err != nil {
		return nil, nil, err
	}
	if r.Base == nil {
		s, err := w.Load(r.Seed)
		if err == nil {
			err = affordable(s)
		}
		if err != nil {
			return nil, nil, err
		}
		return newRun(r, called(w, s), s, version), nil, nil
	}
	b, err := r.Base.world(r.Buyers, l)
	if err != nil {
		return nil, nil, err
	}
	for _, x := range []*compare.World{&b, &w} {
		s, err := x.Load(r.Seed)
		if err == nil {
			err = affordable(s)
		}
		if err != nil {
			return nil, nil, err
		}
		*x = called(*x, s)
	}
	worlds, all, err := compare.Together(b, w, r.Seed)
	if err != nil {
		return nil, nil, &Wrong{What: err.Error()}
	}
	return newRun(r, worlds[1], all[1], version), newRun(r, worlds[0], all[0], version), nil
}

// called names a world that was given as text after its scenario, as the file that holds it may be called.
func called(w compare.World, s *load.Scenario) compare.World {
	if w.Text != nil {
		w.Ref = s.Name + ".yaml"
		w.Name = strings.Join(append([]string{s.Name}, w.Overrides.Set...), "+")
	}
	return w
}

// world is a world as comparisons have it. Nothing in it is a path of the file system.
func (w *World) world(buyers int, l Limits) (x compare.World, err error) {
	switch names := load.Names(); {
	case (w.Scenario == "") == (w.Text == ""):
		return x, &Wrong{What: "give either scenario, a name of the library, or text"}
	case w.Scenario != "" && !slices.Contains(names, w.Scenario):
		return x, NoScenario(w.Scenario)
	case len(w.Text) > l.Text:
		return x, &Wrong{What: fmt.Sprintf("text: %d bytes", len(w.Text)), Allowed: fmt.Sprintf("at most %d", l.Text),
			Said: TextOf("The file is too long: %d bytes, where the lab reads %d.", "Berkasnya terlalu panjang: %d bita, sedangkan lab membaca %d.", len(w.Text), l.Text)}
	case len(w.Set) > l.Set:
		return x, &Wrong{What: fmt.Sprintf("set: %d values", len(w.Set)), Allowed: fmt.Sprintf("at most %d", l.Set),
			Said: TextOf("Too many changed settings: %d, where the lab takes %d; a file can hold more.", "Terlalu banyak pengaturan yang diubah: %d, sedangkan lab menerima %d; sebuah berkas bisa memuat lebih banyak.", len(w.Set), l.Set)}
	}
	x = compare.World{Name: strings.Join(append([]string{w.Scenario}, w.Set...), "+"), Ref: w.Scenario, Overrides: load.Overrides{Buyers: buyers, Until: w.Until, Set: w.Set}}
	if w.Text != "" {
		x.Ref, x.Text = TextFile, []byte(w.Text)
	}
	return x, nil
}

// Load reads a world without playing it.
func (w *World) Load(seed uint64, l Limits) (*load.Scenario, error) {
	x, err := w.world(0, l)
	if err != nil {
		return nil, err
	}
	return x.Load(seed)
}

func newRun(r *Request, w compare.World, s *load.Scenario, version string) *Run {
	sum := sha256.Sum256([]byte(strings.Join([]string{"run of the lab", version, s.Hash, strconv.FormatUint(r.Seed, 10), strconv.Itoa(r.N)}, "\n")))
	return &Run{hex.EncodeToString(sum[:16]), w, s, r.Seed, r.N, r.Buyers}
}

// Asked is the request that leads to a run again.
func (r *Run) Asked() Request {
	w := World{Scenario: r.World.Ref, Set: r.World.Overrides.Set, Until: r.World.Overrides.Until}
	if r.World.Text != nil {
		w.Scenario, w.Text = "", string(r.World.Text)
	}
	return Request{World: w, Seed: r.Seed, N: r.N, Buyers: r.Buyers}
}

// Seeds lists the seeds of a run.
func (r *Run) Seeds() []uint64 {
	list := make([]uint64, r.N)
	for i := range list {
		list[i] = r.Seed + uint64(i)
	}
	return list
}

// Quick tells whether the run has too few buyers to say anything of SMEs and creators.
func (r *Run) Quick() bool { return r.Buyers < GroupsFrom }

// IsKey tells whether a text has the form of a key.
func IsKey(s string) bool {
	return len(s) == 32 && strings.Trim(s, "0123456789abcdef") == ""
}
