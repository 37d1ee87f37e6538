package measure

import (
	"math"

	"pasar/scenarios/indicator"
)

// A Column names one number of a run: an indicator, one of its keys, and its unit.
type Column struct {
	Metric, By, Key, Unit string
}

// A Value is an indicator in a window of days: amounts and counts are means of a day, shares and concentration those of the sums of the
// window, weekly ones means over the weeks counted in it.
type Value struct {
	Column
	Value  float64 // NaN where there is nothing
	Agents int     // simulated ones behind the value of a group, -1 where it is not one of a group
}

// Values lists all indicators of a window, in the order of the outputs.
func (r *Run) Values(w Window) []Value {
	all := make([]Value, 0, len(r.columns))
	add := func(value float64, agents int) {
		if math.IsInf(value, 0) {
			value = math.NaN()
		}
		all = append(all, Value{r.columns[len(all)], value, agents})
	}
	for _, s := range r.Daily() {
		if Ratio(s.Unit) {
			continue
		}
		for key := range s.Keys {
			add(Mean(s.Values[key], w.From, w.To), -1)
		}
	}
	ratios := r.Sums(w.From, w.To).Ratios()
	r.absent(ratios)
	for _, s := range ratios {
		for key := range s.Keys {
			add(s.Values[key][0], -1)
		}
	}
	from, to := r.WeeksIn(w)
	weekly := r.Weekly()
	for _, s := range weekly {
		group := Get(weekly, "agents", s.By)
		for key := range s.Keys {
			agents := -1
			if n := Mean(group.Of(s.Keys[key]), from, to); s.Name != "agents" && !math.IsNaN(n) {
				agents = int(n)
			}
			add(Mean(s.Values[key], from, to), agents)
		}
	}
	return all
}

// values lists the columns of Values, in its order.
func (r *Run) values() (all []Column) {
	add := func(s *Series, per string) {
		for _, key := range s.Keys {
			all = append(all, Column{s.Name, s.By, key, s.Unit + per})
		}
	}
	for _, s := range r.daily {
		if !Ratio(s.Unit) {
			add(&s, "/day")
		}
	}
	for _, s := range indicator.None.Ratios() {
		add(&s, "")
	}
	for _, s := range r.weekly {
		add(&s, "")
	}
	return all
}
