package study

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pasar/scenarios/indicator"
)

var seriesForm = regexp.MustCompile(`^([a-z0-9_]+)(?:\.([a-z_]+)(?:\.([A-Za-z0-9_-]+))?)?(?: by (day|week))?$`)

// mostKept is how many series a study may keep of each run.
const mostKept = 200

// keep reads which series are kept: gmv.storefront.tiktok by week; without a key, those of all keys.
func (r *reader) keep() {
	n := r.top.Get("keep")
	switch {
	case n == nil:
		return
	case !n.IsList():
		r.At(n, "keep", "must be a list of series, such as [gmv.storefront.tiktok by week]")
		return
	}
	for i, item := range n.Items() {
		at := "keep." + strconv.Itoa(i)
		m := seriesForm.FindStringSubmatch(item.Text())
		if m == nil {
			r.At(item, at, "%q is not a series", item.Text()).Allowed = "metric.by.key by day or by week, such as gmv.storefront.tiktok by week, hhi.owner by week or offline_sales by day"
			continue
		}
		weekly := m[4] != "day"
		s, ok := r.indicator(item.Text(), m[1], m[2], weekly, func(got, what string, among []string) { r.At(item, at, "%s", what).Among(got, among) })
		if !ok {
			continue
		}
		keys := s.Keys
		if m[3] != "" {
			if !slices.Contains(keys, m[3]) {
				r.At(item, at, "%q is not a key of %s by %s", m[3], m[1], m[2]).Among(m[3], keys)
				continue
			}
			keys = []string{m[3]}
		}
		for _, k := range keys {
			if x := (Series{m[1], m[2], k, weekly}); !slices.Contains(r.s.Keep, x) {
				r.s.Keep = append(r.s.Keep, x)
			}
		}
	}
	if len(r.s.Keep) > mostKept {
		r.At(n, "keep", "%d series are too many", len(r.s.Keep)).Allowed = "up to " + strconv.Itoa(mostKept)
	}
}

// indicator finds the indicator that a series is of, or says what is wrong with its name.
func (r *reader) indicator(text, metric, by string, weekly bool, wrong func(got, what string, among []string)) (indicator.Series, bool) {
	empty := &indicator.Published{}
	daily, all := empty.Daily(), empty.Weekly()
	counted := len(daily)
	all = append(daily, all...)
	var names, bys []string
	for i, s := range all {
		if !slices.Contains(names, s.Name) {
			names = append(names, s.Name)
		}
		if s.Name != metric {
			continue
		}
		if s.By == by {
			if i >= counted && !weekly {
				wrong("", metric+" is counted by week, not by day", []string{strings.TrimSuffix(text, " by day") + " by week"})
				return s, false
			}
			return s, true
		}
		bys = append(bys, s.By)
	}
	switch {
	case len(bys) == 0:
		wrong(metric, "there is no indicator "+strconv.Quote(metric)+" (docs/indicators.md)", names)
	case by == "":
		wrong("", metric+" is split; say by what", dotted(metric, bys))
	default:
		wrong(by, metric+" is not split by "+strconv.Quote(by), bys)
	}
	return indicator.Series{}, false
}

func dotted(metric string, bys []string) (out []string) {
	for _, b := range bys {
		out = append(out, metric+"."+b)
	}
	return out
}
