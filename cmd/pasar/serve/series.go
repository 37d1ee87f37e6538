package serve

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"pasar/scenarios/lab"
)

// seriesJSON are series over the replications of a run that are done.
type seriesJSON struct {
	Key     string     `json:"key"`
	By      string     `json:"by"`
	Dates   []string   `json:"dates"`
	Seeds   []uint64   `json:"seeds"`
	N       int        `json:"n"`
	Columns []lab.Band `json:"columns"`
}

func (l *Lab) series(w http.ResponseWriter, r *http.Request) error {
	x, done, err := l.readings(r)
	if err != nil {
		return err
	}
	return l.share(w, r, x, done, "series?"+r.URL.RawQuery, func() (any, error) { return l.seriesOf(x, done, r.URL.Query()) })
}

// seriesOf are the series that a query asks for.
func (l *Lab) seriesOf(x *lab.Run, done []*lab.Reading, q url.Values) (out seriesJSON, err error) {
	runs := 0
	if text := q.Get("runs"); text != "" {
		if runs, err = strconv.Atoi(text); err != nil || runs < 0 || runs > mostReps {
			return out, refuse(http.StatusBadRequest, "runs: %.20q; allowed: 0 to %d", text, mostReps)
		}
	}
	out = seriesJSON{Key: x.Key, By: "week", N: x.N, Dates: []string{}, Seeds: []uint64{}, Columns: []lab.Band{}}
	switch by := q.Get("by"); by {
	case "", "week":
	case "day":
		out.By = by
		if done, err = l.days(x, done); err != nil {
			return out, err
		}
	default:
		return out, refuse(http.StatusBadRequest, "by: %.20q; allowed: week, day", by)
	}
	for i := range done {
		if done[i] != nil {
			out.Seeds = append(out.Seeds, x.Seed+uint64(i))
		}
	}
	if dates, bands := lab.Bands(done, wanted(q["metric"]), runs); bands != nil {
		out.Dates, out.Columns = dates, bands
	}
	return out, nil
}

// wanted are the columns that fit one of some patterns; those of charts if there is none.
func wanted(patterns []string) func(lab.Column) bool {
	if len(patterns) == 0 {
		charts := lab.Charts()
		return func(c lab.Column) bool { return slices.Contains(charts, c) }
	}
	var list []lab.Pattern
	for _, text := range patterns {
		list = append(list, lab.PatternOf(text))
	}
	return func(c lab.Column) bool {
		return slices.ContainsFunc(list, func(p lab.Pattern) bool { return p.Fits(c) })
	}
}

// days reads the replications that are done by day.
func (l *Lab) days(x *lab.Run, done []*lab.Reading) ([]*lab.Reading, error) {
	out := make([]*lab.Reading, len(done))
	for i := range done {
		if done[i] == nil {
			continue
		}
		m, err := l.measured(x, i)
		if err != nil {
			return nil, err
		}
		out[i] = lab.ReadDays(m)
	}
	return out, nil
}
