// Package crowd is a class of browsers without screens: it asks a lab for what the front end asks for, in the same order, and says how long
// each answer took. This file holds the nouns.
//
// There are two shows. In Levers each browser moves levers, one after the other, and looks at what came of each for a while. In Pages
// each user opens pages, while now and then one of them asks for a run.
package crowd

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// Options say what a crowd does. Where it is idle and which levers it moves follows from the seed.
type Options struct {
	URL    string // of the lab
	Code   string // of the class; "": the lab is on this machine
	Seed   uint64
	Buyers int // of the runs it asks for; 0: those of a quick run
	N      int // pairs; 0: those of a quick run

	Browsers int           // that move levers
	Moves    int           // of each
	Apart    bool          // each lever is put back before the next is moved
	Leave    bool          // browsers close after a look at their last first result, whatever is still being played
	Look     time.Duration // that a browser looks at a first result before it moves on, on average: from half to three halves of it

	Patience time.Duration // after which a first result is lost; 0: for ever

	Users int           // that open pages
	For   time.Duration // how long they do
}

// Times are how long something took, in seconds. A quantile is the least time that so many of all do not exceed.
type Times struct {
	N     int     `json:"n"`
	P50   float64 `json:"p50_s"`
	P95   float64 `json:"p95_s"`
	Worst float64 `json:"worst_s"`
}

func timesOf(list []time.Duration) (t Times) {
	if t.N = len(list); t.N == 0 {
		return t
	}
	slices.Sort(list)
	at := func(q float64) float64 { return list[max(int(math.Ceil(q*float64(len(list))))-1, 0)].Seconds() }
	return Times{t.N, at(.5), at(.95), at(1)}
}

// Failures are answers that nobody should get: requests that failed or were refused, and runs that did not come to their end.
type Failures struct {
	Lost     int    `json:"lost"`    // runs that were asked for, not given up, and failed or never came
	Refused  int    `json:"refused"` // answers other than 2xx
	Example  string `json:"example,omitempty"`
	Distinct int    `json:"distinct"` // runs that were asked for, each counted once
}

// A LeverShow is what browsers that move levers saw. Times count from the move, with the rest of 150 ms that the front end waits for another.
type LeverShow struct {
	Browsers int     `json:"browsers"`
	Moves    int     `json:"moves"`
	Look     float64 `json:"look_s"`
	Seconds  float64 `json:"seconds"`
	Opening  Times   `json:"opening"`      // from opening the screen to its first result
	Weeks    Times   `json:"first_weeks"`  // the first weeks of a run, or numbers of a whole one
	Glance   Times   `json:"first_look"`   // an effect with its interval: of two pairs, or of a sketch where that came first
	Result   Times   `json:"first_result"` // an effect of the run itself, of two pairs at least, where the browser waited for it
	Full     Times   `json:"all_pairs"`    // the same of all pairs, where the browser waited for them
	Waiting  Times   `json:"waiting"`      // for a first look when the show was stopped, so far
	Stopped  bool    `json:"stopped"`
	Failures
}

// A PageShow is what users who open pages saw.
type PageShow struct {
	Users   int     `json:"users"`
	Seconds float64 `json:"seconds"`
	Pages   Times   `json:"pages"` // each request, but those that stream
	Runs    Times   `json:"runs"`  // from asking for one to its end
	Failures
}

// A tally collects what browsers see. It is safe for concurrent use.
type tally struct {
	mu    sync.Mutex
	times map[string][]time.Duration
	keys  map[string]bool
	f     Failures
}

func newTally() *tally { return &tally{times: map[string][]time.Duration{}, keys: map[string]bool{}} }

// What is timed.
const (
	opening = "opening"
	weeks   = "weeks"
	glance  = "glance"
	result  = "result"
	full    = "full"
	waiting = "waiting"
	page    = "page"
	playing = "run"
)

func (t *tally) took(what string, d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.times[what] = append(t.times[what], d)
}

func (t *tally) asked(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.keys[key] = true
	t.f.Distinct = len(t.keys)
}

func (t *tally) refused(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.f.Refused++
	t.f.Example = err.Error()
}

func (t *tally) lost(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.f.Lost++
	t.f.Example = err.Error()
}

// around is a time from half to three halves of another.
func around(luck *rand.Rand, d time.Duration) time.Duration {
	return time.Duration(float64(d) * (.5 + luck.Float64()))
}
