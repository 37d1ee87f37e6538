package serve

import (
	"pasar/scenarios/compare"
	"pasar/scenarios/lab"
	"pasar/scenarios/stats"
)

// A difference is a paired one, as browsers are told.
type difference struct {
	Unit       string     `json:"unit"`
	N          int        `json:"n"`
	Base       lab.Number `json:"base"`
	Other      lab.Number `json:"other"`
	Diff       lab.Number `json:"diff"`
	Lo         lab.Number `json:"lo"`
	Hi         lab.Number `json:"hi"`
	Relative   lab.Number `json:"relative"`
	RelativeLo lab.Number `json:"relative_lo"`
	RelativeHi lab.Number `json:"relative_hi"`
	Sign       lab.Number `json:"share_sign"`
	Agents     int        `json:"agents"`
	Few        bool       `json:"few"`
}

func differenceOf(e *compare.Effect) difference {
	d := difference{Unit: e.Unit, Agents: e.Agents, Few: e.Few()}
	d.fill(e.Diff)
	return d
}

func (d *difference) fill(x stats.Paired) {
	rel, t := x.Relative()
	num := func(v float64) lab.Number { return lab.Number(v) }
	d.N, d.Base, d.Other, d.Diff, d.Lo, d.Hi, d.Sign = x.N, num(x.Base), num(x.Other), num(x.Mean), num(x.T.Lo), num(x.T.Hi), num(x.Sign)
	d.Relative, d.RelativeLo, d.RelativeHi = num(rel), num(t.Lo), num(t.Hi)
}

// hide takes the numbers away.
func (d *difference) hide() {
	agents, unit := d.Agents, d.Unit
	*d = difference{Unit: unit, Agents: agents, Few: true}
	none := lab.None()
	d.Base, d.Other, d.Diff, d.Lo, d.Hi, d.Relative, d.RelativeLo, d.RelativeHi, d.Sign = none, none, none, none, none, none, none, none, none
}

// A headline is a main outcome over the time since the two may differ.
type headline struct {
	difference
	Outcome  string    `json:"outcome"`
	Name     lab.Text  `json:"name"`
	Metric   string    `json:"metric"`
	By       string    `json:"by"`
	Key      string    `json:"key"`
	Bad      int       `json:"bad"`
	Fitted   bool      `json:"fitted"`
	Verdict  string    `json:"verdict"`
	Worst    *worst    `json:"worst"`
	Withheld *lab.Text `json:"withheld"`
}

// A worst is the four weeks running in which an outcome was worst against the base.
type worst struct {
	From string     `json:"from"`
	To   string     `json:"to"`
	Diff lab.Number `json:"diff"`
	Lo   lab.Number `json:"lo"`
	Hi   lab.Number `json:"hi"`
	Base lab.Number `json:"base"`
}

// An effectJSON is a main outcome, or a part of one, over a period.
type effectJSON struct {
	difference
	Outcome  string `json:"outcome"`
	Metric   string `json:"metric"`
	By       string `json:"by"`
	Key      string `json:"key"`
	Period   string `json:"period"`
	Withheld bool   `json:"withheld"`
}

// A weekly is the same by week.
type weekly struct {
	lab.Column
	Base  lab.Numbers `json:"base"`
	Other lab.Numbers `json:"other"`
	Diff  lab.Numbers `json:"diff"`
	Lo    lab.Numbers `json:"lo"`
	Hi    lab.Numbers `json:"hi"`
}

// A differs is a setting in which the two worlds differ.
type differs struct {
	Date *string `json:"date"`
	Path string  `json:"path"`
	Kind string  `json:"kind"`
	A    string  `json:"a"`
	B    string  `json:"b"`
	Unit string  `json:"unit"`
	Text string  `json:"text"`
}

// A period is a stretch of days that effects are of.
type period struct {
	Name string `json:"name"`
	Shop string `json:"shop,omitempty"`
	From string `json:"from"`
	To   string `json:"to"`
}

// comparisonJSON is a comparison, as browsers are told after the status of its runs, a and b.
type comparisonJSON struct {
	Seeds     []uint64     `json:"seeds"`
	Level     float64      `json:"level"`
	From      string       `json:"from"`
	Differs   []differs    `json:"differs"`
	Periods   []period     `json:"periods"`
	Headlines []headline   `json:"headlines"`
	Effects   []effectJSON `json:"effects"`
	Dates     []string     `json:"dates"`
	Weekly    []weekly     `json:"weekly"`
	Checked   bool         `json:"checked"`
	Command   string       `json:"command"`
	Report    string       `json:"report"`
}
