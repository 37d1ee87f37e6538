package report

import (
	"math"
	"strings"

	"pasar/agents/market"
	"pasar/scenarios/report/xlsx"
	"pasar/scenarios/results/measure"
)

// A span is a window with the words for it.
type span struct {
	measure.Window
	name, dates string
}

// windows are those that are compared: before, closed, after; where nothing was closed, the first and the last eight weeks; in
// a run too short for that, all of it.
func (s *study) windows() []span {
	var all []span
	add := func(w measure.Window, name string) {
		x := span{Window: w, name: name}
		if w.From < w.To {
			x.dates = s.date(s.run.Date(w.From)) + " – " + s.date(s.run.Date(w.To-1))
		}
		all = append(all, x)
	}
	for _, name := range []string{measure.Before, measure.Ban, measure.After} {
		if w, ok := s.run.Window(name); ok {
			add(w, s.w.Windows[name])
		}
	}
	n := s.run.Days()
	switch {
	case len(all) > 0:
	case n >= 112 && len(s.run.Closures()) == 0:
		add(measure.Window{From: 0, To: 56}, s.w.First)
		add(measure.Window{From: n - 56, To: n}, s.w.Last)
	default:
		add(measure.Window{To: n}, s.w.Windows[measure.Whole])
	}
	return all
}

// perDay is a part of the sums of a window, for one day.
func (x span) perDay(v float64) float64 { return v / float64(x.To-x.From) }

// outcome compares the windows.
func (s *study) outcome() xlsx.Sheet {
	t := xlsx.Sheet{Name: "outcome", Title: s.w.Outcome, Head: xlsx.Columns(s.w.Indicator)}
	windows := s.windows()
	sums := make([]*measure.Sums, len(windows))
	for i, x := range windows {
		sums[i] = s.run.Sums(x.From, x.To)
		t.Head = append(t.Head, xlsx.Columns(x.name, x.name+", "+s.w.Share)...)
	}
	row := func(name string, value, share func(i int) xlsx.Cell) {
		r := []xlsx.Cell{xlsx.Text(name)}
		for i := range windows {
			second := xlsx.Text("")
			if share != nil {
				second = share(i)
			}
			r = append(r, value(i), second)
		}
		t.Rows = append(t.Rows, r)
	}
	billion := func(i int, v float64) xlsx.Cell { return xlsx.Number(windows[i].perDay(v)/1e9, 1) }
	for _, f := range s.shopfronts() {
		of := func(i int) (sum float64) {
			for _, c := range f.channels {
				sum += sums[i].Shop[c]
			}
			return sum
		}
		var share func(i int) xlsx.Cell
		if f.key != "direct" {
			share = func(i int) xlsx.Cell { return xlsx.Share(of(i)/sums[i].Tracked(), 1) }
		}
		row(s.w.Shopfronts[f.key]+", "+s.w.UnitGMV, func(i int) xlsx.Cell { return billion(i, of(i)) }, share)
	}
	row(s.w.Platforms+", "+s.w.UnitGMV, func(i int) xlsx.Cell { return billion(i, sums[i].Tracked()) }, nil)
	for _, l := range s.weeklyLines() {
		row(l.name, func(i int) xlsx.Cell {
			from, to := s.run.WeeksIn(windows[i].Window)
			v := measure.Mean(l.values, from, to)
			if l.unit == "share" {
				return xlsx.Share(v, 1)
			}
			return xlsx.Number(v/l.by, l.decimals)
		}, nil)
	}
	for _, h := range []struct {
		name  string
		parts func(x *measure.Sums) []float64
	}{
		{s.w.ByShop, func(x *measure.Sums) []float64 { return x.Shop[:market.Tracked] }},
		{s.w.ByVia, func(x *measure.Sums) []float64 { return x.Via[:market.Tracked] }},
		{s.w.ByOwner, func(x *measure.Sums) []float64 { return x.Owner[:] }},
	} {
		row(text(s.w.HHI, h.name), func(i int) xlsx.Cell { return xlsx.Number(measure.HHI(h.parts(sums[i])), 0) }, nil)
	}
	return t
}

// A line is a weekly indicator of the outcome table.
type line struct {
	name     string
	short    string // in the terminal
	values   []float64
	by       float64
	decimals int
	unit     string
}

func (s *study) weeklyLines() []line {
	weekly := s.run.Weekly()
	makers := make([]float64, len(s.run.Count))
	for _, tier := range measure.Get(weekly, "creators_active", "tier").Values {
		for i, v := range tier {
			if !math.IsNaN(v) {
				makers[i] += v
			}
		}
	}
	tiers := measure.Get(weekly, "creators_income_median", "tier")
	lines := []line{
		{s.w.SMEsActive, s.w.TermActive, measure.Get(weekly, "active", "").Of(""), 1e6, 2, ""},
		{s.w.SMEMedian, s.w.TermMedian, measure.Get(weekly, "sme_income_median", "sme_type").Of("local"), 1e6, 2, ""},
		{s.w.Dependent, s.w.TermDependent, measure.Get(weekly, "tiktok_dependent_share", "").Of(""), 1, 0, "share"},
		{s.w.CreatorsActive, s.w.TermMakers, makers, 1e3, 0, ""},
	}
	for _, t := range []string{"nano", "macro"} {
		name, _, _ := strings.Cut(s.w.Tiers[t], " (")
		lines = append(lines, line{text(s.w.CreatorMedian, name), text(s.w.TermMaker, name), tiers.Of(t), 1e3, 0, ""})
	}
	return lines
}

// shareTable lists the platforms' shares by window, counted by storefront and by processor.
func (s *study) shareTable() xlsx.Sheet {
	t := xlsx.Sheet{Name: "platforms", Title: s.w.FigShares, Head: xlsx.Columns(s.w.Platform)}
	windows := s.windows()
	for _, x := range windows {
		t.Head = append(t.Head, xlsx.Columns(x.name+", "+s.w.ByShop, x.name+", "+s.w.ByVia)...)
	}
	for c := range market.Tracked {
		r := []xlsx.Cell{xlsx.Text(s.w.Channel(c))}
		for _, x := range windows {
			sums := s.run.Sums(x.From, x.To)
			r = append(r, xlsx.Share(sums.Shop[c]/sums.Tracked(), 1), xlsx.Share(sums.Via[c]/sums.Tracked(), 1))
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

// ownerTable lists the owners' shares by window.
func (s *study) ownerTable() xlsx.Sheet {
	t := xlsx.Sheet{Name: "owners", Title: s.w.OwnersTitle, Head: xlsx.Columns(s.w.Owner)}
	windows := s.windows()
	for _, x := range windows {
		t.Head = append(t.Head, xlsx.Column{Name: x.name + ", " + s.w.ByOwner})
	}
	for o := range market.Owners {
		r := []xlsx.Cell{xlsx.Text(s.w.Owners[o.String()])}
		for _, x := range windows {
			sums := s.run.Sums(x.From, x.To)
			r = append(r, xlsx.Share(sums.Owner[o]/sums.Tracked(), 1))
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

func (s *study) ledger() xlsx.Sheet {
	t := xlsx.Sheet{Name: "ledger", Title: s.w.ChecksAfter, Head: xlsx.Columns(s.w.Holder, s.w.Change)}
	all, sum := s.run.Ledger()
	for _, h := range all {
		t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Text(s.w.Holders[h.Name]), xlsx.Number(h.Change/1e12, 3)})
	}
	t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Text(s.w.Sum), xlsx.Number(float64(sum)*s.run.W/1e12, 3)})
	return t
}
