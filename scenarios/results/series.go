package results

import (
	"encoding/csv"
	"math"
	"strconv"
	"strings"

	"pasar/agents/market"
	"pasar/scenarios/results/measure"
	"pasar/sim"
)

// A Row is one value of one indicator. Values are of the real market (simulated ones times W); metrics are those of model 10.
//
//   - freq day: what happened on a day, by the second at which orders were placed; burn-in left out.
//   - freq week: SMEs and creators as counted on that day; incomes are of one SME or creator over four weeks.
//     The regulator's monitored_ indicators are of the week that ends on that day, with and without its error of measurement;
//     it knows them a week later.
//   - freq event: a merger_review: concentration by who controls each storefront, before and after a change of owner.
//     An audit: its scores C and M, and decision by the rule and as imposed (0 revoke, 1 extend, 2 approve).
//
// What does not exist has no row: a share of nothing, the median of a group without members. Groups of fewer than 30 simulated
// agents are written like others; the metric agents says how many stand behind each.
type Row struct {
	Scenario string  `parquet:"scenario,dict"`
	Seed     uint64  `parquet:"seed"`
	Date     int32   `parquet:"date,date"` // days since 1970-01-01
	Freq     string  `parquet:"freq,dict"`
	Metric   string  `parquet:"metric,dict"`
	By       string  `parquet:"by,dict"`
	Key      string  `parquet:"key,dict"`
	Value    float64 `parquet:"value"`
	Unit     string  `parquet:"unit,dict"`
}

// Columns are the names of a row's fields, as in the files.
var Columns = []string{"scenario", "seed", "date", "freq", "metric", "by", "key", "value", "unit"}

// Rows lists the values of a run: days by date, then weeks, then audits.
func Rows(x *measure.Run) []Row {
	s := x.Scenario
	var rows []Row
	add := func(clockDay int64, freq, metric, by, key, unit string, value float64) {
		if math.IsNaN(value) || math.IsInf(value, 0) {
			return
		}
		rows = append(rows, Row{s.Name, s.Seed, epochDay + int32(clockDay), freq, metric, by, key, rounded(value, unit), unit})
	}
	all := func(freq string, series []measure.Series, at int, clockDay int64) {
		for _, m := range series {
			for key, name := range m.Keys {
				add(clockDay, freq, m.Name, m.By, name, m.Unit, m.Values[key][at])
			}
		}
	}
	for d := range x.Days() {
		all("day", x.Daily(), d, x.First+int64(d))
	}
	for i, w := range x.Count {
		all("week", x.Weekly(), i, w.Day)
	}
	for i := range x.Watch {
		w := &x.Watch[i]
		for s, doc := range market.SignalDocs {
			scale := 1e-6
			if market.Signal(s) == market.SMEExits {
				scale *= x.W
			}
			add(w.Day-1, "week", "monitored_"+doc.Name, "error", "without", doc.Unit, float64(w.True[s])*scale)
			add(w.Day-1, "week", "monitored_"+doc.Name, "error", "with", doc.Unit, float64(w.Seen[s])*scale)
		}
	}
	for _, v := range x.Reviews {
		d := market.DayOf(v.At)
		add(d, "event", "merger_review", "time", "before", "points", float64(v.Before)/1e6)
		add(d, "event", "merger_review", "time", "after", "points", float64(v.After)/1e6)
	}
	for _, a := range x.Audits {
		d := market.DayOf(a.At)
		add(d, "event", "C", "", "", "score", float64(a.C)/1e6)
		add(d, "event", "M", "", "", "score", float64(a.M)/1e6)
		add(d, "event", "decision", "by", "rule", decisionUnit, float64(a.Rule))
		if imposed := x.Imposed(a.At); imposed >= 0 {
			add(d, "event", "decision", "by", "imposed", decisionUnit, float64(imposed))
		}
	}
	return rows
}

var decisionUnit = func() string {
	parts := make([]string, len(market.Decisions))
	for i, d := range market.Decisions {
		parts[i] = strconv.Itoa(i) + " " + d
	}
	return strings.Join(parts, " ")
}()

// epochDay is the first day of the clock, in days since 1970-01-01.
var epochDay = int32((market.Clock.Date(sim.Time(0)).Unix() + 7*3600) / 86400)

// rounded is a value as both files hold it.
func rounded(v float64, unit string) float64 {
	if decimals(unit) == 0 && math.Abs(v) < 1<<53 {
		return math.RoundToEven(v) + 0 // as strconv rounds; never −0
	}
	x, err := strconv.ParseFloat(written(v, unit), 64)
	if err != nil {
		panic("results: " + err.Error())
	}
	return x
}

// written is the text of a value: shares and scores with six decimals, points with two, everything else whole.
func written(v float64, unit string) string {
	text := strconv.FormatFloat(v, 'f', decimals(unit), 64)
	if strings.Trim(text, "-0.") == "" {
		text = strings.TrimPrefix(text, "-")
	}
	return text
}

func decimals(unit string) int {
	switch unit {
	case "share", "score":
		return 6
	case "points", "index", "per 1,000 orders":
		return 2
	}
	return 0
}

// CSV writes rows with a header, comma-separated, with decimal points.
func CSV(rows []Row) []byte {
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write(Columns) // writing to memory does not fail
	fields := make([]string, len(Columns))
	var date string
	for i := range rows {
		r := &rows[i]
		if i == 0 || r.Date != rows[i-1].Date {
			date = measure.DateOf(int64(r.Date - epochDay)).Format(day)
		}
		fields = append(fields[:0], r.Scenario, strconv.FormatUint(r.Seed, 10), date, r.Freq, r.Metric, r.By, r.Key, written(r.Value, r.Unit), r.Unit)
		_ = w.Write(fields)
	}
	w.Flush()
	return []byte(b.String())
}
