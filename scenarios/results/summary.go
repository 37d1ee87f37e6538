package results

import (
	"math"
	"math/bits"

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

// Summary reads a result into numbers.
func Summary(r *play.Result) *Outcome { return summary(measure.Of(r)) }

func summary(x *measure.Run) *Outcome {
	r := x.Result
	out := &Outcome{
		Scenario: r.Scenario.Name, Seed: r.Scenario.Seed, Digest: r.Digest.String(), Events: r.Events, Wall: seconds(r.Wall.Seconds()), Indicators: []Indicator{}, Targets: []Target{},
	}
	add := func(s *measure.Series, key int, window string, value float64, per string) {
		if !math.IsNaN(value) && !math.IsInf(value, 0) {
			out.Indicators = append(out.Indicators, Indicator{s.Name, s.By, s.Keys[key], window, round(value), s.Unit + per})
		}
	}
	for _, w := range x.Windows() {
		ratios := x.Sums(w.From, w.To).Ratios()
		for _, s := range x.Daily() {
			if measure.Ratio(s.Unit) {
				continue
			}
			for key := range s.Keys {
				add(&s, key, w.Name, measure.Mean(s.Values[key], w.From, w.To), "/day")
			}
		}
		for _, s := range ratios {
			for key := range s.Keys {
				add(&s, key, w.Name, s.Values[key][0], "")
			}
		}
		from, to := x.WeeksIn(w)
		for _, s := range x.Weekly() {
			for key := range s.Keys {
				add(&s, key, w.Name, measure.Mean(s.Values[key], from, to), "")
			}
		}
	}
	for _, a := range r.Audits {
		date := measure.DateOf(int64(a.At / (24 * 3600))).Format(day)
		out.Indicators = append(out.Indicators,
			Indicator{"C", "", "", date, float64(a.C) / 1e6, "score"}, Indicator{"M", "", "", date, float64(a.M) / 1e6, "score"},
			Indicator{"decision", "by", "rule", date, float64(a.Rule), decisionUnit})
		if imposed := x.Imposed(a.At); imposed >= 0 {
			out.Indicators = append(out.Indicators, Indicator{"decision", "by", "imposed", date, float64(imposed), decisionUnit})
		}
	}
	for _, t := range x.Targets() {
		y := Target{ID: t.ID, Key: t.Key, Unit: t.Unit, Target: t.Goal, SD: t.SD, Missed: t.Missed()}
		if t.Known() {
			v := round(t.Value)
			y.Value = &v
		}
		out.Targets = append(out.Targets, y)
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
