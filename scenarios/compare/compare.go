// Package compare answers what a policy changes: it plays worlds pair by pair, with the same luck for each agent and decision,
// and says by how much they differ, how sure that is, and for whom.
//
// This file holds the nouns. Replication i of every world has seed i (decisions E21). A pair is one scenario beside the base;
// the differences of a pair are other − base, replication by replication, so what luck does to both cancels. Whether a difference is
// clear follows one rule (stats.Paired.Clear), and only the main outcomes are called clear or not.
package compare

import (
	"time"

	"pasar/scenarios/diff"
	"pasar/scenarios/load"
	"pasar/scenarios/results/measure"
	"pasar/scenarios/stats"
	"pasar/sim"
)

// A World is a scenario as it was asked for: enough to load it for any seed.
type World struct {
	Name      string // in tables and files; unique in a comparison: pilot, or pilot+params.disc.rho=.8
	Ref       string // of the library, or a file
	Text      []byte // what the file holds; nil: it is read by its Ref
	Overrides load.Overrides
}

// Load reads the world's scenario for a seed.
func (w World) Load(seed uint64) (*load.Scenario, error) {
	o := w.Overrides
	o.Seed = &seed
	if w.Text != nil {
		return load.Parse(w.Ref, w.Text, o)
	}
	return load.Load(w.Ref, o)
}

// A Comparison is what came of worlds that were played pair by pair. It is the same whatever the number of cores, the order in which
// runs ended, or how many of them were in the store.
type Comparison struct {
	Worlds    []World          // the base first
	Scenarios []*load.Scenario // of the first seed
	Seeds     []uint64
	Version   string // of the program: SHA-256 of the executable
	Human     string

	Pairs   []Pair  // one for each world beside the base
	Level   float64 // of the intervals of effects: .95, or more where several looks share the error (stats.Rule)
	Weeks   []int   // first days of the full weeks, as numbers of a day of the base (measure.Run.Date)
	First   int64   // day of the clock that is day 0
	Days    int
	Lines   []Line // what is drawn: main series by week, in each world
	Checks  []Check
	Targets []Target
	Stop    *Stopping // where --until-precise decided how many replications there are
	Runs    []Receipt // by world, then seed

	engine *engine
}

// A Pair is a scenario beside the base.
type Pair struct {
	World   int // its number in Worlds
	Differs []diff.Difference
	From    sim.Time // first moment at which the two may differ
	Periods []Period
	AsOf    int64 // day of the clock as of which SMEs are put into cohorts

	Main     []Finding // the main outcomes, over the effect, in the order in which the base declares them
	Effects  []Effect  // all indicators, by period
	Weekly   []Effect  // the same by week; Period is 0 and Week the number of the week
	Welfare  Welfare
	Shock    *Shock // nil unless one of the two worlds closes a storefront and the other does not; so are the three below
	Identity *measure.Identity
	Naive    []Prediction
	Recovery []Recovery
}

// A Period is a stretch of days of a pair, as the plans of its scenarios have it.
type Period struct {
	measure.Window
	Shop string // of a ban or a pilot: the storefront
}

// The names of periods.
const (
	Since    = "since" // from the first day on which the two may differ to the end: headlines are of it (decisions E22)
	Ban      = "ban"   // the full days of the first closure of a storefront
	Pilot    = "pilot" // the days under supervision
	Reopened = "after" // from the reopening to the end
	Whole    = "whole"
)

// An Effect is the paired difference of one indicator in one period.
type Effect struct {
	measure.Column
	Period int // in Periods of the pair
	Week   int // of weekly effects
	Diff   stats.Paired
	Agents int // simulated agents behind the smaller side, a replication; 0: not of a group
}

// Few tells whether too few agents stand behind an effect to say anything about the group (decisions C15).
func (e *Effect) Few() bool { return e.Agents > 0 && e.Agents < measure.Few }

// A Verdict is what may be said of the difference of a main outcome.
type Verdict uint8

// Verdicts.
const (
	NotClear Verdict = iota // the interval holds 0
	Clear                   // it does not
	Same                    // all pairs are equal
	Depends                 // clear or not, it turns within the range of an unsourced key parameter
)

// String is the verdict in files.
func (v Verdict) String() string {
	return [...]string{"not clear", "clear", "the same", "depends"}[v]
}

// A Finding is a main outcome of a pair.
type Finding struct {
	Outcome Outcome
	Effect  Effect
	Verdict Verdict
	Fitted  bool        // it is, or follows from, a target of the calibration (decisions E21)
	Worst   Stretch     // the worst four weeks
	Turns   []Turn      // of parameters within whose range the verdict turns
	Share   []Breakdown // what it is made of, largest first
	Through []Through   // through which mechanisms it comes about, where that was asked for
}

// A Stretch is four weeks running in which an outcome was worst against the base: the mean difference over pairs, with an interval that holds
// although these weeks were chosen for it (stats.Shared).
type Stretch struct {
	Week int // its first
	Diff stats.Paired
}

// A Turn is a main outcome at an end of the range of a parameter.
type Turn struct {
	Path  string // params.disc.rho
	Value float64
	Diff  stats.Paired
	Turns bool // the verdict is another one there
}

// A Breakdown is a part of an effect: GMV by storefront, say.
type Breakdown struct {
	Key  string
	Diff stats.Paired
}

// A Line is a series by week in one world, over replications; charts are made of lines.
type Line struct {
	measure.Column
	World int
	Weeks []stats.Level
}

// A Shock is a closure of a storefront that one world of a pair has and the other has not. Predictions and recoveries hold the world
// with it against the one without it, also where the base is the one with it (Swapped): they are with − without, not other − base.
type Shock struct {
	Shop          string
	From, To      int // full days of the closure
	With, Without int // worlds
	Swapped       bool
}

// A Prediction is what rules of thumb would have said about where the sales of a closed storefront go (decisions E23, model 14.3), beside
// what the agents did: by storefront, and diversion: what the other platforms gain for each rupiah that the closed one loses.
type Prediction struct {
	Key          string  // storefront, or Diverted
	Base         float64 // without the closure, Rp a day
	Proportional float64 // change, if its sales spread over the other platforms as they are
	Logit        float64 // change, by the identity of a static nested logit; NaN where there is nothing to count it by
	Agents       stats.Paired
	Unit         string
}

// Diverted is the key of the diversion ratio among predictions.
const Diverted = "diversion"

// A Welfare is who gained and who lost, in Rp over the effect, from the ledger; pure transfers cancel (model 10, V-08).
type Welfare struct {
	Lines []WelfareLine
	Sum   [len(Weights)]stats.Paired // surplus, gains and receipts (model 10), by weight of discovery surplus
	Net   [len(Weights)]stats.Paired // the same without receipts, as if suppliers, carriers and traders offline were paid just what it costs them
	Check float64                    // Rp of the simulation that transfers do not come to in any run and period: 0
}

// Weights are those with which the surplus of purchases from content is counted (decisions E11).
var Weights = [...]float64{0, .5, 1}

// A WelfareLine is a group's gain.
type WelfareLine struct {
	Key  string
	Part measure.Part
	Diff stats.Paired
}

// A Recovery is when cohorts came back to nine tenths of what they would have sold without the shock (model 10): the mean of four
// weeks, counted from the first week that it struck.
type Recovery struct {
	Key   string       // market: all platforms; smes: those in business before; or a bin of dependence, in per cent
	Weeks stats.Level  // of those that came back; quantiles are of all, infinite where that run did not come back until the end
	Seen  int          // the most weeks that a recovery could have been seen to take
	Never int          // replications in which it did not until the end
	N     int          // replications in which there is such a cohort
	Naive stats.Level  // the same against its own weeks before the shock; it never came back in the N − Naive.N others
	Lost  stats.Paired // Rp from the shock until it came back, or the end: with − without
	Count int          // simulated SMEs a replication, the least; 0 for the market
}

// A Check is a comparison that must come to exactly 0 (decisions E24).
type Check struct {
	Kind       string `json:"kind"` // a/a, placebo, history
	Seed       uint64 `json:"seed,omitempty"`
	Goroutines int    `json:"goroutines"`
	What       string `json:"what"`
	Cells      int    `json:"compared"` // numbers, or days of history
	Differ     string `json:"differ"`   // "": nothing
}

// Stopping says how many replications were needed.
type Stopping struct {
	Outcome string  `json:"outcome"`
	Share   float64 `json:"share"` // of the effect
	Looks   []int   `json:"looks"`
	Reached bool    `json:"reached"`
}

// A Receipt is enough to play one run of a comparison again.
type Receipt struct {
	World  int
	Seed   uint64
	Hash   string
	Digest string
	Events uint64
}

// Progress is how far a comparison has come.
type Progress struct {
	Stage                                Stage
	Done, Stored, Running, Failed, Total int     // runs of the stage
	Share                                float64 // of the work
	Elapsed                              time.Duration
	Left                                 time.Duration
	SoFar                                []SoFar
}

// A Stage is what a comparison is at.
type Stage uint8

// The stages.
const (
	Playing  Stage = iota // the worlds
	Checking              // the base anew, and the nulls
	Ranging               // the ends of the range of the key parameters
	Asking                // why: the worlds with a mechanism off
)

// SoFar is the effect on the first main outcome, of the pairs that are whole.
type SoFar struct {
	World string
	Unit  string
	Diff  stats.Paired
}
