package results

import (
	"math"
	"math/bits"
	"time"

	"pasar/agents/market"
	"pasar/scenarios/play"
	"pasar/scenarios/results/measure"
	"pasar/sim"
)

// An Outcome is a run in numbers: what summary.json holds and --json prints.
type Outcome struct {
	Scenario   string      `json:"scenario"`
	Seed       uint64      `json:"seed"`
	Digest     string      `json:"digest"`
	Events     uint64      `json:"events"`
	Wall       float64     `json:"wall_s"`
	Indicators []Indicator `json:"indicators"`
	Targets    []Target    `json:"targets"`
	Branches   []Drawn     `json:"branches,omitempty"`
	Decided    []Decided   `json:"decided,omitempty"`
	Measures   []Said      `json:"measures,omitempty"`
	Asserts    []Said      `json:"asserts,omitempty"`
}

// A Drawn is a branch of the scenario and the option that this run took.
type Drawn struct {
	Branch string `json:"branch"`
	Option string `json:"option"`
}

// A Decided is an entry of the timeline whose date the run decides, and when it happened.
type Decided struct {
	ID    string   `json:"id"`
	Waits string   `json:"waits"` // for what, in the words of the file
	At    []string `json:"at"`
}

// A Said is a measure or an assertion of the scenario, at the end of a day. Value is null where there is none; Holds only stands in
// assertions that the run has reached.
type Said struct {
	Name  string   `json:"name"`
	Expr  string   `json:"expr"`
	Date  string   `json:"date"`
	Value *float64 `json:"value"`
	Unit  string   `json:"unit,omitempty"`
	Holds *bool    `json:"holds,omitempty"`
	Found string   `json:"found,omitempty"`
}

// An Indicator is one number about a window of days (see measure.Window): amounts and counts are means of a day, shares and
// concentration those of the sums of the window, weekly ones means over the weeks counted in it, scores those of the audit.
type Indicator struct {
	Metric string  `json:"metric"`
	By     string  `json:"by"`
	Key    string  `json:"key"`
	Window string  `json:"window"`
	Value  float64 `json:"value"`
	Unit   string  `json:"unit"`
	Agents *int    `json:"agents,omitempty"` // simulated ones behind the value of a group; say nothing about it below measure.Few
}

// A Target is a figure of the real market beside what the run gives; Value is null where the run does not cover it.
type Target struct {
	ID     string   `json:"id"`
	Key    string   `json:"key"`
	Unit   string   `json:"unit"`
	Value  *float64 `json:"value"`
	Target float64  `json:"target"`
	SD     float64  `json:"sd"`
	Missed bool     `json:"missed"` // more than two standard deviations off
}

func target(t *measure.Target) Target {
	y := Target{ID: t.ID, Key: t.Key, Unit: t.Unit, Target: t.Goal, SD: t.SD, Missed: t.Missed()}
	if t.Known() {
		v := round(t.Value)
		y.Value = &v
	}
	return y
}

// Summary reads a result into numbers.
func Summary(r *play.Result) *Outcome { return summary(measure.Of(r)) }

func summary(x *measure.Run) *Outcome {
	r := x.Result
	out := &Outcome{
		Scenario: r.Scenario.Name, Seed: r.Scenario.Seed, Digest: r.Digest.String(), Events: r.Events, Wall: seconds(r.Wall.Seconds()), Indicators: []Indicator{}, Targets: []Target{},
	}
	for _, w := range x.Windows() {
		for _, v := range x.Values(w) {
			if math.IsNaN(v.Value) {
				continue
			}
			i := Indicator{v.Metric, v.By, v.Key, w.Name, round(v.Value), v.Unit, nil}
			if v.Agents >= 0 {
				i.Agents = &v.Agents
			}
			out.Indicators = append(out.Indicators, i)
		}
	}
	for _, a := range r.Audits {
		date := measure.DateOf(int64(a.At / (24 * 3600))).Format(day)
		out.Indicators = append(out.Indicators,
			Indicator{"C", "", "", date, float64(a.C) / 1e6, "score", nil}, Indicator{"M", "", "", date, float64(a.M) / 1e6, "score", nil},
			Indicator{"decision", "by", "rule", date, float64(a.Rule), decisionUnit, nil})
		if imposed := x.Imposed(a.At); imposed >= 0 {
			out.Indicators = append(out.Indicators, Indicator{"decision", "by", "imposed", date, float64(imposed), decisionUnit, nil})
		}
	}
	for _, t := range x.Targets() {
		out.Targets = append(out.Targets, target(&t))
	}
	for _, b := range r.Scenario.Branches {
		out.Branches = append(out.Branches, Drawn{b.Name, b.Drawn})
	}
	for _, d := range x.Decisions() {
		y := Decided{ID: d.ID, Waits: d.Waits(), At: []string{}}
		for _, at := range d.At {
			y.At = append(y.At, market.Clock.Date(at).Format(time.RFC3339))
		}
		out.Decided = append(out.Decided, y)
	}
	out.Measures, out.Asserts = said(x.Measures()), said(x.Asserts())
	for i, f := range x.Asserts() {
		if out.Asserts[i].Value = nil; f.Reached {
			out.Asserts[i].Holds = &f.Holds
		}
	}
	return out
}

func said(all []measure.Finding) (out []Said) {
	for _, f := range all {
		y := Said{Name: f.Name, Expr: f.Expr.Source, Date: measure.DateOf(f.Day).Format(day), Unit: f.Unit, Found: f.Found}
		if f.Reached && !math.IsNaN(f.Value) {
			v := round(f.Value)
			y.Value = &v
		}
		out = append(out, y)
	}
	return out
}

// round keeps what is worth printing: nine significant figures, and rupiah whole.
func round(v float64) float64 {
	if math.Abs(v) >= 1e6 {
		return math.Round(v)
	}
	return math.Round(v*1e6) / 1e6
}

// seconds keeps milliseconds.
func seconds(s float64) float64 { return math.Round(s*1000) / 1000 }

// cumulative sums the digests of days, as numbers of 128 bits.
func cumulative(days []sim.Digest) []sim.Digest {
	all := make([]sim.Digest, len(days))
	var sum sim.Digest
	for i, d := range days {
		low, carry := bits.Add64(sum[1], d[1], 0)
		high, _ := bits.Add64(sum[0], d[0], carry)
		sum = sim.Digest{high, low}
		all[i] = sum
	}
	return all
}
