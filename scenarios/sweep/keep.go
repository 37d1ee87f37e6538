package sweep

import (
	"fmt"
	"math"

	"pasar/scenarios/results/measure"
)

// A Kept is a series that is kept of each run.
type Kept struct {
	Metric, By, Key string
	Weekly          bool
}

// Name is the series as study files write it: gmv.storefront.tiktok.
func (k Kept) Name() string {
	name := k.Metric
	for _, part := range []string{k.By, k.Key} {
		if part != "" {
			name += "." + part
		}
	}
	return name
}

// Unit is that of its values. A daily amount that is kept by week is the mean of a day.
func (k Kept) Unit() string {
	for _, d := range measure.Definitions() {
		if d.Name == k.Metric && d.By == k.By {
			if d.Freq == "day" && k.Weekly && !measure.Ratio(d.Unit) {
				return d.Unit + "/day"
			}
			return d.Unit
		}
	}
	return ""
}

// read reads the series of a run.
func (k Kept) read(x *measure.Run) (series, error) {
	if daily := measure.Get(x.Daily(), k.Metric, k.By); daily.Unit != "" {
		values := daily.Of(k.Key)
		switch {
		case values == nil:
		case !k.Weekly:
			return series{x.First, 1, numbers(values)}, nil
		default:
			return k.weeks(x, values, measure.Ratio(daily.Unit)), nil
		}
	}
	values := measure.Get(x.Weekly(), k.Metric, k.By).Of(k.Key)
	if values == nil || !k.Weekly {
		return series{}, fmt.Errorf("a run has no series %s", k.Name())
	}
	s := series{Step: 7, Values: numbers(values)}
	for i, c := range x.Count {
		if i == 0 {
			s.From = c.Day
		} else if c.Day != s.From+int64(7*i) {
			return series{}, fmt.Errorf("series %s: its counts are not a week apart", k.Name())
		}
	}
	return s, nil
}

// weeks are the values of the full weeks: means of a day, and shares of the sums of the week.
func (k Kept) weeks(x *measure.Run, daily []float64, ratio bool) series {
	s := series{Step: 7}
	for i, w := range x.FullWeeks() {
		if i == 0 {
			s.From = x.First + int64(w.From)
		}
		v := measure.Mean(daily, w.From, w.To)
		if ratio && !math.IsNaN(v) {
			v = math.NaN()
			if of := measure.Get(x.Sums(w.From, w.To).Ratios(), k.Metric, k.By).Of(k.Key); len(of) > 0 {
				v = of[0]
			}
		}
		s.Values = append(s.Values, number(v))
	}
	return s
}
