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

// A Pattern means columns by metric, metric:by or metric:by:key.
type Pattern []string

// PatternOf reads one.
func PatternOf(text string) Pattern { return strings.Split(text, ":") }

// Fits tells whether a column is meant.
func (p Pattern) Fits(c Column) bool {
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

// Share takes the dates and columns of another replication of the same world for its own, so that they are in memory once.
func (r *Reading) Share(other *Reading) {
	if slices.Equal(r.Dates, other.Dates) {
		r.Dates = other.Dates
	}
	if slices.Equal(r.Columns, other.Columns) {
		r.Columns = other.Columns
	}
}

// A Band is a column over replications. Quantiles but the median are nil below so many replications that there is no range to speak of.
type Band struct {
	Column
	P05    Numbers   `json:"p05"`
	P25    Numbers   `json:"p25"`
	P50    Numbers   `json:"p50"`
	P75    Numbers   `json:"p75"`
	P95    Numbers   `json:"p95"`
	Runs   []Numbers `json:"runs,omitempty"` // by seed
	Agents *int      `json:"agents"`         // nil: it is not of a group
	Few    bool      `json:"few"`
	N      []int     `json:"-"` // replications that have a value, by date
}

// Bands are columns over replications; nil stands for one that is not done. want tells which, runs how many single ones are added at
// most; below BandsFrom all of them are.
func Bands(done []*Reading, want func(Column) bool, runs int) (dates []string, all []Band) {
	done = slices.DeleteFunc(slices.Clone(done), func(r *Reading) bool { return r == nil })
	if len(done) == 0 {
		return nil, nil
	}
	first := done[0]
	if len(done) < BandsFrom {
		runs = len(done)
	}
	for j, c := range first.Columns {
		if want(c) {
			all = append(all, band(done, j, runs))
		}
	}
	return first.Dates, all
}

// band is a column of replications.
func band(done []*Reading, column, runs int) Band {
	first := done[0]
	b := Band{Column: first.Columns[column]}
	least := first.Agents[column]
	for _, r := range done {
		least = min(least, r.Agents[column])
	}
	if least >= 0 {
		b.Agents, b.Few = &least, least < measure.Few
	}
	days := len(first.Dates)
	b.P50, b.N = make(Numbers, days), make([]int, days)
	whole := len(done) >= BandsFrom
	if whole {
		b.P05, b.P25, b.P75, b.P95 = make(Numbers, days), make(Numbers, days), make(Numbers, days), make(Numbers, days)
	}
	sorted := make([]float64, 0, len(done))
	for i := range days {
		sorted = sorted[:0]
		for _, r := range done {
			if v := r.at(i, column); !math.IsNaN(v) && !math.IsInf(v, 0) {
				sorted = append(sorted, v)
			}
		}
		slices.Sort(sorted)
		at := func(share float64) Number { return Number(stats.Quantile(sorted, share)) }
		b.P50[i], b.N[i] = at(.5), len(sorted)
		if whole {
			b.P05[i], b.P25[i], b.P75[i], b.P95[i] = at(.05), at(.25), at(.75), at(.95)
		}
	}
	for _, r := range done[:min(runs, len(done))] {
		line := make(Numbers, days)
		for i := range line {
			line[i] = Number(r.at(i, column))
		}
		b.Runs = append(b.Runs, line)
	}
	return b
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
	at := func(list Numbers, i int) string {
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
