package lab

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"pasar/agents/market"
	"pasar/scenarios/compare"
	"pasar/scenarios/results/measure"
	"pasar/scenarios/stats"
)

// A Column names what a series shows.
type Column struct {
	Metric string `json:"metric"`
	By     string `json:"by"`
	Key    string `json:"key"`
	Unit   string `json:"unit"`
}

// Fits tells whether a column is meant by metric, metric:by or metric:by:key.
func (c Column) Fits(pattern string) bool {
	p := strings.Split(pattern, ":")
	return p[0] == c.Metric && (len(p) < 2 || p[1] == c.By) && (len(p) < 3 || p[2] == c.Key)
}

// Charts lists what the charts show where nobody says otherwise: sales by platform, and the main outcomes.
func Charts() (all []Column) {
	add := func(c measure.Column) {
		if x := (Column{c.Metric, c.By, c.Key, c.Unit}); !slices.Contains(all, x) && !strings.HasPrefix(c.By, "cohort_") {
			all = append(all, x)
		}
	}
	for _, o := range compare.Outcomes() {
		if o.Name == "gmv" || o.Name == "orders" {
			for _, c := range o.Parts {
				add(c)
			}
		}
		add(o.Column)
	}
	for _, key := range market.ChannelKeys(market.Direct)[market.Platforms:] {
		add(measure.Column{Metric: "gmv", By: "storefront", Key: key, Unit: "IDR/day"})
	}
	add(measure.Column{Metric: "sme_income_median", By: "sme_type", Key: market.Local.String(), Unit: "IDR/4 weeks"})
	for t := range market.Tiers {
		add(measure.Column{Metric: "creators_income_median", By: "tier", Key: t.String(), Unit: "IDR/4 weeks"})
	}
	return all
}

// A Reading is what is kept of a replication: all indicators by period.
type Reading struct {
	Dates   []string // first days of full weeks, or days
	Columns []Column
	Values  [][]float64 // by date, then column
	Agents  []int       // by column: least simulated agents behind it; −1: it is not of a group
	Flows   *Flows
}

// Read reads a replication by week.
func Read(x *measure.Run) *Reading {
	out := read(x, x.FullWeeks())
	out.Flows = flows(x)
	return out
}

// ReadDays reads a replication by day.
func ReadDays(x *measure.Run) *Reading {
	var days []measure.Window
	for d := range x.Days() {
		days = append(days, measure.Window{From: d, To: d + 1})
	}
	return read(x, days)
}

func read(x *measure.Run, windows []measure.Window) *Reading {
	out := &Reading{}
	for _, w := range windows {
		values := x.Values(w)
		out.Dates = append(out.Dates, x.Date(w.From).Format(time.DateOnly))
		row := make([]float64, len(values))
		for i, v := range values {
			row[i] = v.Value
			if out.Values == nil {
				out.Columns, out.Agents = append(out.Columns, Column{v.Metric, v.By, v.Key, v.Unit}), append(out.Agents, v.Agents)
			} else if v.Agents >= 0 && (out.Agents[i] < 0 || v.Agents < out.Agents[i]) {
				out.Agents[i] = v.Agents
			}
		}
		out.Values = append(out.Values, row)
	}
	return out
}

// A Band is a column over replications. Quantiles but the median are nil below so many replications that there is no range to speak of.
type Band struct {
	Column
	P05    []Number   `json:"p05"`
	P25    []Number   `json:"p25"`
	P50    []Number   `json:"p50"`
	P75    []Number   `json:"p75"`
	P95    []Number   `json:"p95"`
	Runs   [][]Number `json:"runs,omitempty"` // by seed
	Agents *int       `json:"agents"`         // nil: it is not of a group
	Few    bool       `json:"few"`
	N      []int      `json:"-"` // replications that have a value, by date
}

// Bands are columns over replications; nil stands for one that is not done. want tells which, runs how many single ones are added at
// most; below BandsFrom all of them are.
func Bands(done []*Reading, want func(Column) bool, runs int) (dates []string, all []Band) {
	done = slices.DeleteFunc(slices.Clone(done), func(r *Reading) bool { return r == nil })
	if len(done) == 0 {
		return nil, nil
	}
	first := done[0]
	whole := len(done) >= BandsFrom
	if !whole {
		runs = len(done)
	}
	for j, c := range first.Columns {
		if !want(c) {
			continue
		}
		b := Band{Column: c}
		least := first.Agents[j]
		for _, r := range done {
			least = min(least, r.Agents[j])
		}
		if least >= 0 {
			b.Agents, b.Few = &least, least < measure.Few
		}
		for i := range first.Dates {
			var values []float64
			for _, r := range done {
				values = append(values, r.at(i, j))
			}
			l := stats.LevelOf(values, .95)
			b.P50, b.N = append(b.P50, Number(l.P50)), append(b.N, l.N)
			if whole {
				b.P05, b.P25 = append(b.P05, Number(l.P05)), append(b.P25, Number(l.P25))
				b.P75, b.P95 = append(b.P75, Number(l.P75)), append(b.P95, Number(l.P95))
			}
		}
		for _, r := range done[:min(runs, len(done))] {
			var line []Number
			for i := range first.Dates {
				line = append(line, Number(r.at(i, j)))
			}
			b.Runs = append(b.Runs, line)
		}
		all = append(all, b)
	}
	return first.Dates, all
}

// at is a value, NaN where there is none. Replications of a world have the same columns and dates, but for columns that a branch adds.
func (r *Reading) at(date, column int) float64 {
	if date >= len(r.Values) || column >= len(r.Values[date]) {
		return math.NaN()
	}
	return r.Values[date][column]
}

// CSVHead names the fields of a series as a file.
var CSVHead = []string{"run", "scenario", "seed_set", "week", "metric", "by", "key", "n", "p05", "p25", "p50", "p75", "p95", "unit"}

// CSVRows are bands as rows of such a file.
func (r *Run) CSVRows(dates []string, bands []Band) (rows [][]string) {
	seeds := strconv.FormatUint(r.Seed, 10) + "-" + strconv.FormatUint(r.Seed+uint64(r.N)-1, 10)
	at := func(list []Number, i int) string {
		if list == nil {
			return ""
		}
		return list[i].String()
	}
	for i, date := range dates {
		for _, b := range bands {
			if b.N[i] > 0 {
				rows = append(rows, []string{r.Key, r.First.Name, seeds, date, b.Metric, b.By, b.Key, strconv.Itoa(b.N[i]),
					at(b.P05, i), at(b.P25, i), at(b.P50, i), at(b.P75, i), at(b.P95, i), b.Unit})
			}
		}
	}
	return rows
}
