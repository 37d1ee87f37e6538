package cond

import (
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"sync"

	"pasar/agents/market"
	"pasar/scenarios/indicator"
	"pasar/sim"
)

// A source says how an indicator of the catalogue is found in what is published.
type source struct {
	name, by string
	keys     []string
	unit     string
	additive bool           // days add up, so that a share of its keys has a meaning
	metric   *market.Metric // one of the tallies' metrics
	owner    bool           // GMV by owner
	ratio    int            // index among Sums.Ratios; -1
	weekly   int            // index among the weekly ones; -1
}

// catalogue lists the indicators as the outputs name them.
var catalogue = sync.OnceValue(func() (all []source) {
	metrics := market.Metrics()
	for i := range metrics {
		m := &metrics[i]
		all = append(all, source{m.Name, m.By, m.Keys, m.Unit, m.By != "" && !indicator.Ratio(m.Unit), m, false, -1, -1})
	}
	all = append(all, source{"gmv", "owner", market.OwnerKeys(), "IDR", true, nil, true, -1, -1})
	for i, s := range indicator.None.Ratios() {
		all = append(all, source{s.Name, s.By, s.Keys, s.Unit, false, nil, false, i, -1})
	}
	for i, s := range (&indicator.Published{}).Weekly() {
		all = append(all, source{s.Name, s.By, s.Keys, s.Unit, false, nil, false, -1, i})
	}
	return all
})

// A reading is an indicator with its filters.
type reading struct {
	source
	key    int
	share  bool // of the key in all keys
	index  bool // relative to the first eight weeks
	window int  // days
	lag    int
	agg    string
	asked  bool // the expression says how it is read
	plain  bool // as it is, and not as monitored
	error  uint32
}

var (
	filters = []string{"by", "key", "window", "agg", "lag", "source"}
	aggs    = []string{"mean", "sum", "last", "slope", "min", "max"}
)

// baseDays are the first eight weeks, which offline_index is relative to; lagDays is how late monitored indicators are (§7.12).
const (
	baseDays = 56
	lagDays  = 7
)

// indicator understands the reading of an indicator.
func (p *parser) indicator(name string, at int, args []argument) (term, *Error) {
	r := &reading{window: 7, agg: "mean"}
	given := map[string]argument{}
	var places []argument
	for _, a := range args {
		switch {
		case a.name == "":
			places = append(places, a)
		case !slices.Contains(filters, a.name):
			return term{}, &Error{At: a.from, What: fmt.Sprintf("there is no filter %q", cut(a.name)), Got: a.name, Among: filters}
		case given[a.name].name != "":
			return term{}, p.fail(a.from, "%s is given twice", a.name)
		default:
			given[a.name] = a
		}
	}
	nameAt := at
	if name == "metric" {
		if len(places) == 0 || !places[0].text {
			return term{}, p.fail(at, `metric begins with the name of an indicator: metric("gmv", ...)`)
		}
		name, nameAt, places = places[0].word, places[0].at, places[1:]
	}
	if len(places) > 1 || len(places) == 1 && given["key"].name != "" {
		return term{}, p.fail(places[len(places)-1].at, "the key is given twice; other filters have names: %s", strings.Join(filters, ", "))
	}
	if len(places) == 1 {
		places[0].name = "key"
		given["key"] = places[0]
	}
	if err := p.find(r, name, nameAt, given["by"]); err != nil {
		return term{}, err
	}
	for _, step := range []func(*reading, map[string]argument, int) *Error{p.key, p.days, p.how} {
		if err := step(r, given, at); err != nil {
			return term{}, err
		}
	}
	h := fnv.New32a()
	fmt.Fprintf(h, "%s|%s|%d|%v|%v", r.name, r.by, r.key, r.share, r.index)
	r.error = h.Sum32()
	return term{at, Number, func(w *World) value { return value{x: r.read(w)} }, false}, nil
}

// find looks the indicator up by its name and by what it is split.
func (p *parser) find(r *reading, name string, at int, by argument) *Error {
	base := name
	if name == "offline_index" {
		base, r.index = "offline_sales", true
	}
	var bys []string
	known := false
	match := func(share bool) bool {
		for _, s := range catalogue() {
			if s.name != base || share && !s.additive {
				continue
			}
			known = true
			if by.name == "" && (s.by == "" || s.by == "storefront") || by.text && by.word == s.by && by.name != "" {
				r.source, r.share = s, share
				return true
			}
			if s.by != "" {
				bys = append(bys, s.by)
			}
		}
		return false
	}
	if match(false) {
		return nil
	}
	if cutName, ok := strings.CutSuffix(name, "_share"); ok && !known {
		base = cutName
		if match(true) {
			return nil
		}
	}
	switch {
	case !known:
		return &Error{At: at, What: fmt.Sprintf("there is no indicator or function %q", cut(name)), Got: name, Among: Functions()}
	case by.name == "":
		return &Error{At: at, What: fmt.Sprintf("%s is split; say by what", name), Among: quotedBy(bys)}
	case len(bys) == 0:
		return p.fail(by.at, "%s is not split; leave by= out", name)
	}
	return &Error{At: by.at, What: fmt.Sprintf("%s is not split by %q", name, cut(by.word)), Got: by.word, Among: bys}
}

func quotedBy(bys []string) (out []string) {
	for _, b := range bys {
		out = append(out, `by="`+b+`"`)
	}
	return out
}

// key finds which part is meant.
func (p *parser) key(r *reading, given map[string]argument, at int) *Error {
	k, ok := given["key"]
	keys := r.keys
	if r.share && (r.by == "storefront" || r.by == "processor") {
		keys = market.ChannelKeys(market.Tracked)
	}
	switch {
	case len(keys) == 1 && keys[0] == "" && ok:
		return p.fail(k.at, "%s has no parts; leave the key out", r.name)
	case len(keys) == 1 && keys[0] == "":
		return nil
	case !ok && r.additive && !r.share:
		r.key = -1 // all of it
		return nil
	case !ok:
		return &Error{At: at, What: fmt.Sprintf("%s by %s needs a key", r.name, r.by), Among: keys}
	}
	if r.key = slices.Index(keys, k.word); !k.text || r.key < 0 {
		return &Error{At: k.at, What: fmt.Sprintf("%q is not a key of %s by %s", cut(k.word), r.name, r.by), Got: k.word, Among: keys}
	}
	return nil
}

// days reads window and lag: whole days.
func (p *parser) days(r *reading, given map[string]argument, _ int) *Error {
	for _, f := range []struct {
		name  string
		to    *int
		least float64
	}{{"window", &r.window, 1}, {"lag", &r.lag, 0}} {
		a, ok := given[f.name]
		if !ok {
			continue
		}
		t := a.term
		if a.text {
			inner := &parser{src: a.word}
			x, err := inner.whole(Span)
			if err != nil {
				return p.fail(a.at, "%s=%q is not a length of time such as 28d", f.name, cut(a.word))
			}
			t = x
		}
		if t.typ != Span {
			return p.fail(a.at, "%s is a length of time such as 28d, not %s", f.name, t.typ)
		}
		x := t.eval(nil).x / float64(market.Day)
		if x != math.Trunc(x) || x < f.least || x > 3660 {
			return p.fail(a.at, "%s must be whole days, from %v to 3660", f.name, f.least)
		}
		*f.to = int(x)
	}
	return nil
}

// how reads agg and source.
func (p *parser) how(r *reading, given map[string]argument, _ int) *Error {
	if a, ok := given["agg"]; ok {
		if !a.text || !slices.Contains(aggs, a.word) {
			return &Error{At: a.at, What: fmt.Sprintf("%q is not a way to sum up a window", cut(a.word)), Got: a.word, Among: aggs}
		}
		if a.word == "sum" && (r.share || r.index || indicator.Ratio(r.unit) || r.weekly >= 0) {
			return p.fail(a.at, "%s cannot be added up over days; take its mean", r.name)
		}
		r.agg = a.word
	}
	if a, ok := given["source"]; ok {
		if !a.text || a.word != "true" && a.word != "monitored" {
			return &Error{At: a.at, What: "source is true (as it is) or monitored (a week late and measured with error)", Among: []string{"true", "monitored"}}
		}
		r.asked, r.plain = true, a.word == "true"
	}
	return nil
}

// read is the value of an indicator. A window that reaches before the first day has none.
func (r *reading) read(w *World) float64 {
	plain := w.Source
	if r.asked {
		plain = r.plain
	}
	end := w.Days - r.lag
	if !plain {
		end -= lagDays
	}
	from := end - r.window
	if from < 0 || end > len(w.Rows) {
		return math.NaN()
	}
	x := r.over(w, from, end)
	if r.index {
		if end < baseDays {
			return math.NaN()
		}
		x = calculate("/", x, r.over(w, 0, baseDays))
	}
	if plain || math.IsNaN(x) {
		return x
	}
	week := (w.First + int64(end)) / 7
	l := sim.NewLuck(w.Seed, market.LotMonitor, 0, r.error, uint32(week))
	return x + float64(w.Noise*math.Abs(x)*l.Normal(0))
}

// over sums up the days of a window.
func (r *reading) over(w *World, from, end int) float64 {
	if r.weekly >= 0 {
		return r.weeks(w, from, end)
	}
	if r.agg == "mean" || r.agg == "sum" {
		x := r.sum(w, from, end)
		if r.agg == "mean" && !r.share && r.ratio < 0 {
			x /= float64(end - from)
		}
		return x
	}
	if r.agg == "last" {
		return r.sum(w, end-1, end)
	}
	var at, values []float64
	for d := from; d < end; d++ {
		at, values = append(at, float64(d)), append(values, r.sum(w, d, d+1))
	}
	return aggregate(r.agg, at, values)
}

// sum adds up days; for shares and ratios it is the share of the sums.
func (r *reading) sum(w *World, from, end int) float64 {
	switch {
	case r.ratio >= 0:
		return w.Sums(from, end).Ratios()[r.ratio].Values[r.key][0]
	case r.owner:
		x := w.Sums(from, end)
		return r.part(func(i int) float64 { return x.Owner[i] })
	}
	return r.part(func(i int) (sum float64) {
		for _, v := range r.metric.Values(w.Rows[from:end], i, w.W) {
			sum += v
		}
		return sum
	})
}

// part is a key's value, all keys' together, or the share of the one in the other.
func (r *reading) part(value func(key int) float64) float64 {
	if r.key >= 0 && !r.share {
		return value(r.key)
	}
	n := len(r.keys)
	if r.share && (r.by == "storefront" || r.by == "processor") {
		n = int(market.Tracked)
	}
	all := 0.0
	for i := range n {
		all += value(i)
	}
	if r.share {
		return calculate("/", value(r.key), all)
	}
	return all
}

// weeks sums up the counts of a window.
func (r *reading) weeks(w *World, from, end int) float64 {
	var at, values []float64
	for i, c := range w.Count {
		if d := int(c.Day - w.First); d >= from && d < end {
			at, values = append(at, float64(d)), append(values, w.weekly[r.weekly].Values[r.key][i])
		}
	}
	return aggregate(r.agg, at, values)
}

// aggregate sums values at days up; slope is the rise a day of the straight line through them.
func aggregate(agg string, at, values []float64) float64 {
	n := float64(len(values))
	if n == 0 || slices.ContainsFunc(values, math.IsNaN) {
		return math.NaN()
	}
	switch agg {
	case "last":
		return values[len(values)-1]
	case "min":
		return slices.Min(values)
	case "max":
		return slices.Max(values)
	}
	var sumX, sumY float64
	for i := range values {
		sumX += at[i]
		sumY += values[i]
	}
	if agg != "slope" {
		return sumY / n
	}
	var xy, xx float64
	for i := range values {
		dx := at[i] - sumX/n
		xy += float64(dx * (values[i] - sumY/n))
		xx += float64(dx * dx)
	}
	return calculate("/", xy, xx)
}
