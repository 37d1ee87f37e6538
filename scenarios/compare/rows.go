package compare

import (
	"cmp"
	"math"
	"slices"
	"time"

	"pasar/scenarios/results/measure"
)

// A RunRow is one number of one run over a stretch of days. Rows of a run do not depend on what else is compared; another world may
// only add stretches.
type RunRow struct {
	World  string  `parquet:"world,dict"`
	Seed   uint64  `parquet:"seed"`
	From   string  `parquet:"from,dict"` // first day
	To     string  `parquet:"to,dict"`   // last day
	Metric string  `parquet:"metric,dict"`
	By     string  `parquet:"by,dict"`
	Key    string  `parquet:"key,dict"`
	Value  float64 `parquet:"value"`
	Unit   string  `parquet:"unit,dict"`
	Agents int64   `parquet:"agents"` // simulated ones behind the value of a group; -1 where it is not of one
}

// RunRows lists the numbers of all runs: by world, seed, stretch.
func (c *Comparison) RunRows() (rows []RunRow) {
	e := c.engine
	worlds := make([]int, len(c.Worlds))
	for i := range worlds {
		worlds[i] = i
	}
	slices.SortStableFunc(worlds, func(a, b int) int { return cmp.Compare(c.Worlds[a].Name, c.Worlds[b].Name) })
	windows := make([]int, len(e.reader.windows))
	for i := range windows {
		windows[i] = i
	}
	slices.SortFunc(windows, func(a, b int) int {
		x, y := e.reader.windows[a], e.reader.windows[b]
		return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(x.To, y.To))
	})
	for _, w := range worlds {
		for _, x := range e.runs[w] {
			for _, i := range windows {
				from, to := c.days(e.reader.windows[i])
				for j, col := range x.columns {
					if v := x.windows[i][j]; !math.IsNaN(v) {
						rows = append(rows, RunRow{c.Worlds[w].Name, x.receipt.Seed, from, to, col.Metric, col.By, col.Key, v, col.Unit, int64(x.agents[i][j])})
					}
				}
			}
		}
	}
	return rows
}

func (c *Comparison) days(w measure.Window) (from, to string) {
	at := func(d int) string { return c.Date(d).Format(time.DateOnly) }
	return at(w.From), at(w.To - 1)
}

// Date is the date of a day, counted from 0.
func (c *Comparison) Date(day int) time.Time { return measure.DateOf(c.First + int64(day)) }

// A PairRow is a paired difference, other − base, over a period or a week.
type PairRow struct {
	Base   string  `parquet:"base,dict"`
	Other  string  `parquet:"other,dict"`
	Period string  `parquet:"period,dict"` // since, ban, pilot, after, whole; week
	From   string  `parquet:"from,dict"`
	To     string  `parquet:"to,dict"`
	Metric string  `parquet:"metric,dict"`
	By     string  `parquet:"by,dict"`
	Key    string  `parquet:"key,dict"`
	Unit   string  `parquet:"unit,dict"`
	N      int64   `parquet:"n"` // pairs
	YBase  float64 `parquet:"y_base"`
	YOther float64 `parquet:"y_other"`
	Diff   float64 `parquet:"diff"`
	Lo     float64 `parquet:"lo"` // by Student's t: 95 %, or more after several looks (Comparison.Level)
	Hi     float64 `parquet:"hi"`
	BootLo float64 `parquet:"boot_lo"` // the same by the bootstrap; NaN for weeks
	BootHi float64 `parquet:"boot_hi"`
	Sign   float64 `parquet:"share_sign"` // share of pairs with the sign of the mean
	Gain   float64 `parquet:"pairing_gain"`
	Agents int64   `parquet:"agents"` // simulated ones behind a group, the least; 0: not a group
}

// PairRows lists the differences by period, WeekRows by week; weeks in which nothing differs in any pair are left out.
func (c *Comparison) PairRows() (rows []PairRow) {
	for i := range c.Pairs {
		p := &c.Pairs[i]
		for j := range p.Effects {
			x := &p.Effects[j]
			rows = append(rows, c.row(p, x, p.Periods[x.Period].Window))
		}
	}
	return rows
}

// WeekRows is PairRows by week.
func (c *Comparison) WeekRows() (rows []PairRow) {
	for i := range c.Pairs {
		p := &c.Pairs[i]
		for j := range p.Weekly {
			x := &p.Weekly[j]
			if x.Diff.Zero {
				continue
			}
			w := c.engine.reader.weeks[x.Week]
			w.Name = "week"
			r := c.row(p, x, w)
			r.BootLo, r.BootHi = math.NaN(), math.NaN()
			rows = append(rows, r)
		}
	}
	return rows
}

func (c *Comparison) row(p *Pair, x *Effect, w measure.Window) PairRow {
	from, to := c.days(w)
	d := &x.Diff
	return PairRow{
		c.Worlds[0].Name, c.Worlds[p.World].Name, w.Name, from, to, x.Metric, x.By, x.Key, x.Unit, int64(d.N), d.Base, d.Other, d.Mean,
		d.T.Lo, d.T.Hi, d.Boot.Lo, d.Boot.Hi, d.Sign, d.Gain, int64(x.Agents),
	}
}
