// Package sensitivity says what drives an outcome, from a table of points and what was found at each: elementary effects (Morris), shares of
// variance (Sobol), effects one at a time (Tornado), a straight line (Regression), shares of variance from any points (Scores), and the box of
// assumptions in which something holds (PRIM). Its functions are pure and know no scenario.
//
// All of them go on without the runs that failed, and say how many were left out and what is lost by it. What a table does not tell is not
// told: there is a Reason instead of a number, and no number is NaN or infinite. The order of rows and of factors changes no result, and
// luck, where there is some, hangs on a label and the names of factors only.
package sensitivity

import (
	"cmp"
	"encoding/json"
	"math"

	"pasar/scenarios/stats"
)

// A Factor is what a study varies.
type Factor struct {
	Name       string
	Categories []string // of a factor whose values are kinds and not numbers: value 0 is the first; none for a number
}

// kinds tells whether the values of a factor have no order.
func (f Factor) kinds() bool { return len(f.Categories) > 0 }

// A Table is what a sweep found for one outcome, a row a point.
type Table struct {
	Factors []Factor
	X       [][]float64 // values of the factors by point
	Y       [][]float64 // the outcome by point and replication, as many for each point; NaN for a run that failed
	Common  bool        // replication r has the same luck at all points, so that differences are taken within it
	Nested  bool        // it has so at the points of a trajectory, a sample or a star, and another luck elsewhere
	Level   float64     // the probability with which intervals hold what they are about; 0 is .95
}

// An Estimate is a number that may be unknown, with an interval that may be.
type Estimate struct {
	Value, Low, High float64 // 0 where unknown
	NoValue          Reason  // why there is no value; None if there is one
	NoInterval       Reason  // the same for Low and High
}

// Known and Sure tell whether there is a value, and whether an interval around it.
func (e Estimate) Known() bool { return e.NoValue == None }
func (e Estimate) Sure() bool  { return e.NoValue == None && e.NoInterval == None }

// MarshalJSON leaves out what is unknown and gives the reason instead.
func (e Estimate) MarshalJSON() ([]byte, error) {
	out := struct {
		Value    *float64 `json:"value,omitempty"`
		Low      *float64 `json:"low,omitempty"`
		High     *float64 `json:"high,omitempty"`
		NoValue  string   `json:"no_value,omitempty"`
		Interval string   `json:"no_interval,omitempty"`
	}{}
	switch {
	case !e.Known():
		out.NoValue = e.NoValue.String()
	case !e.Sure():
		out.Value, out.Interval = &e.Value, e.NoInterval.String()
	default:
		out.Value, out.Low, out.High = &e.Value, &e.Low, &e.High
	}
	return json.Marshal(out)
}

// within is an estimate with its interval, of which an infinite end is unknown.
func within(value float64, i stats.Interval) Estimate {
	switch {
	case !finite(value):
		return unknown(Nothing)
	case !finite(i.Lo) || !finite(i.Hi):
		return Estimate{Value: value, NoInterval: TooFew}
	}
	return Estimate{Value: value, Low: i.Lo, High: i.Hi}
}

func unknown(why Reason) Estimate { return Estimate{NoValue: why} }

// A Screening is what elementary effects tell of a factor: by how much the outcome changes when the factor alone changes, in units of the
// outcome by the factor's whole range (of a factor with a distribution, from its lowest to its highest quantile).
type Screening struct {
	Factor string   `json:"factor"`
	MuStar Estimate `json:"mu_star"` // mean of the effects' sizes: how much the factor matters
	Mu     Estimate `json:"mu"`      // their mean: in which direction
	Sigma  Estimate `json:"sigma"`   // their standard deviation: how much the effect hangs on the other factors, or on where the factor stands
	Noise  Estimate `json:"noise"`   // what luck alone does to one effect, as a standard deviation; a sigma of this size tells nothing
	N      int      `json:"effects"` // effects that both their points finished for
}

// A Screened is the result of Morris, by factor in the table's order.
type Screened struct {
	Factors []Screening `json:"factors"`
	Lost    Lost        `json:"lost"` // its parts are effects
}

// A Sample is one base sample of Saltelli's design: the rows of a point of A and of a point of B, and by factor that of the point of A with
// the factor's value of B.
type Sample struct {
	A, B int
	AB   []int
}

// Shares are Sobol' indices of a factor: which part of the outcome's variance between points goes with it.
type Shares struct {
	Factor   string   `json:"factor"`
	First    Estimate `json:"first"`     // with it alone
	Total    Estimate `json:"total"`     // with it and with what it does together with others
	NetFirst Estimate `json:"net_first"` // the same of the variance that luck does not explain: what
	NetTotal Estimate `json:"net_total"` // endless replications would give
	N        int      `json:"samples"`   // samples of which the points needed finished
}

// Indices are the result of Sobol, by factor in the table's order.
type Indices struct {
	Factors  []Shares `json:"factors"`
	Variance float64  `json:"variance"` // of the outcome between points, noise included
	Noise    Estimate `json:"noise"`    // the share of this variance that is luck, given the replications there were
	Lost     Lost     `json:"lost"`     // its parts are samples by factor
}

// A Swing is what one factor alone does to an outcome, from its lowest to its highest value, everything else at the centre.
type Swing struct {
	Factor string   `json:"factor"`
	LowAt  float64  `json:"low_at"`  // values of the factor
	HighAt float64  `json:"high_at"` //
	Low    Estimate `json:"low"`     // differences to the outcome at the centre, in units of the outcome
	High   Estimate `json:"high"`    //
	NLow   int      `json:"n_low"`   // replications of each
	NHigh  int      `json:"n_high"`  //
	Size   float64  `json:"size"`    // the larger of the two differences without its sign; 0 if neither is known
	Points int      `json:"points"`  // of this factor, the centre aside
	Failed int      `json:"failed"`  // of these
}

// Swings are the result of Tornado, the largest swing first.
type Swings struct {
	Centre  Estimate `json:"centre"` // the outcome there
	N       int      `json:"n"`      // replications of the centre
	Factors []Swing  `json:"factors"`
	Lost    Lost     `json:"lost"` // its parts are points besides the centre
}

// A Slope is the part of one factor in a straight line through all points.
type Slope struct {
	Factor string   `json:"factor"`
	Beta   Estimate `json:"beta"` // by how many standard deviations the outcome rises with one of the factor
}

// A Line is the result of Regression, by factor in the table's order.
type Line struct {
	Factors []Slope `json:"factors"`
	R2      float64 `json:"r2"`     // the share of the variance between points that the line explains; of a low one the slopes tell little
	Points  int     `json:"points"` // that finished
	Lost    Lost    `json:"lost"`   // its parts are points
}

// A Score is the share of the outcome's variance that goes with one factor alone, whatever the shape of its effect.
type Score struct {
	Factor  string  `json:"factor"`
	Share   float64 `json:"share"`              // from 0 to 1, less what chance gives
	Chance  float64 `json:"chance"`             // were no factor to have an effect, one of them would score more than this at most once in 20 times
	Clear   bool    `json:"clear"`              // the share is above that
	Bins    int     `json:"bins"`               // classes that the factor's values were put into
	NoShare Reason  `json:"no_share,omitempty"` // why there is no share
}

// Scored is the result of Scores, by factor in the table's order.
type Scored struct {
	Factors []Score `json:"factors"`
	Points  int     `json:"points"` // that finished
	Lost    Lost    `json:"lost"`   // its parts are points
}

// A Bin is one class of a factor's values.
type Bin struct {
	At     float64  `json:"at"`   // mean of the factor
	Mean   Estimate `json:"mean"` // of the outcome
	Points int      `json:"points"`
}

// A Case is what one asks for: an outcome above a limit, or below it.
type Case struct {
	Above bool    `json:"above"`
	Limit float64 `json:"limit"`
}

// A Box is the result of PRIM: values of some factors at which the outcome is mostly as asked for.
type Box struct {
	Case
	Limits []Limit `json:"limits"` // by factor in the table's order; the other factors may have any value
	Fit
	Base       float64  `json:"base"`       // density of all points
	Points     int      `json:"points"`     // that finished
	Cases      int      `json:"cases"`      // of these, as asked for
	Trajectory []Fit    `json:"trajectory"` // of the boxes that were peeled, from all points on
	Elsewhere  Estimate `json:"elsewhere"`  // density of boxes found in one half of the points among the other half: mean, lowest, highest of 20 halves
	Worst      Fit      `json:"worst"`      // if all failed points were what speaks against the box
	Best       Fit      `json:"best"`       // and if they were what speaks for it
	Unclear    int      `json:"unclear"`    // points whose own interval has the case's limit in it, so that luck decided which they are
	Replicated int      `json:"replicated"` // points with two runs or more, of which alone this is known
	Lost       Lost     `json:"lost"`       // its parts are points
	Second     *Second  `json:"second,omitempty"`
}

// A Second is a box among the points that the first one leaves.
type Second struct {
	Limits    []Limit  `json:"limits"`
	Fit                // of the points that are left, but coverage and mass are shares of all
	Base      float64  `json:"base"`      // density of the points that are left
	Elsewhere Estimate `json:"elsewhere"` // as that of the first, among the points that are left
}

// A Fit is how well a box does.
type Fit struct {
	Coverage   float64 `json:"coverage"` // the share of cases that lie in it
	Density    float64 `json:"density"`  // the share of cases among its points
	Mass       float64 `json:"mass"`     // the share of points that lie in it
	Restricted int     `json:"restricted"`
}

// A Limit is what a box asks of one factor.
type Limit struct {
	Factor     string   `json:"factor"`
	Low        *float64 `json:"low,omitempty"`        // above this; nil for no such limit
	High       *float64 `json:"high,omitempty"`       // below this
	Categories []string `json:"categories,omitempty"` // one of these
	P          float64  `json:"quasi_p"`              // the chance to find as many cases if this limit did nothing
	Reproduced float64  `json:"reproduced"`           // share of halves of the points in which the factor was limited too
}

// A Lost says which runs a table lacks. A run is a point and a replication.
type Lost struct {
	Points       int `json:"points"`        // asked for
	Runs         int `json:"runs"`          //
	FailedPoints int `json:"failed_points"` // of which no run finished: they are left out
	ThinPoints   int `json:"thin_points"`   // of which some finished: they count as usual, with fewer replications
	FailedRuns   int `json:"failed_runs"`   //
	Parts        int `json:"parts"`         // what the analysis is made of: effects, samples or points
	LostParts    int `json:"lost_parts"`    // parts that needed a point without a run
}

// A Reason says why something cannot be said.
type Reason int

// Reasons.
const (
	None        Reason = iota
	Nothing            // every run failed
	TooFew             // too few points or runs finished
	Constant           // the outcome is the same everywhere
	Fixed              // the factor has one value only
	Unordered          // the factor's values are kinds: they have no direction
	Together           // factors vary together, so that their effects cannot be told apart
	OneRun             // one replication does not tell noise
	AllNoise           // what varies between points is no more than noise
	NoCases            // no point is as asked for
	AllCases           // all points are as asked for
	NotDesigned        // the points are not of the design that the analysis needs
)

// String is the reason in words.
func (r Reason) String() string {
	return [...]string{"", "no run finished", "too few runs finished", "the outcome is the same everywhere", "the factor has one value only",
		"the factor's values are kinds and have no direction", "factors vary together", "one replication does not tell noise",
		"what varies between points is no more than noise", "no point is as asked for", "all points are as asked for",
		"the points are not of the design that this needs"}[r]
}

// MarshalText is the reason in words.
func (r Reason) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// finite tells whether x is a number that one can compute with.
func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// paired tells whether points that an analysis holds against each other have the same luck in a replication.
func (t *Table) paired() bool { return t.Common || t.Nested }

// Confidence is the probability with which intervals hold what they are about.
func (t *Table) Confidence() float64 { return cmp.Or(t.Level, .95) }
