package report

import (
	"slices"
	"strings"

	"pasar/agents/market"
	"pasar/scenarios/compare"
	"pasar/scenarios/results/measure"
	"pasar/scenarios/stats"
)

// cohortKinds are the groups that gain or lose, by what they are told apart by.
func cohortKinds() []struct {
	by   string
	keys []string
} {
	var types, tiers []string
	for t := range market.Types {
		types = append(types, t.String())
	}
	for t := range market.Tiers {
		tiers = append(tiers, t.String())
	}
	return []struct {
		by   string
		keys []string
	}{
		{"", []string{"smes", "creators"}}, {measure.ByDependence, measure.DependenceKeys()}, {measure.BySize, measure.Sizes}, {measure.ByType, types},
		{measure.ByRegion, market.RegionKeys()}, {measure.ByTier, tiers},
	}
}

// cohortName is a group as tables and charts call it.
func (s *versus) cohortName(by, key string) string {
	if by == measure.ByDependence {
		lo, hi, _ := strings.Cut(key, "-")
		return text(s.v.Dependence, lo, hi)
	}
	return s.key(by, key)
}

// cohorts is the table of who gains and who loses among SMEs and creators. Groups of which the sample holds nobody are named below it.
func (s *versus) cohorts(pair int) versusTable {
	t := versusTable{Head: []string{s.v.Group, s.v.Simulated, s.v.Income0, s.v.IncomeChange, s.v.RelativeTo, s.v.Losing, s.v.Closed}, Words: 1}
	p := &s.c.Pairs[pair]
	t.Caption = text(s.v.CohortCaption, s.other(p), s.base(), s.date(measure.DateOf(p.AsOf)))
	var absent []string
	for _, kind := range cohortKinds() {
		var rows []versusRow
		for _, key := range kind.keys {
			row, ok := s.cohort(pair, kind.by, key)
			if !ok {
				absent = append(absent, s.v.Kinds[kind.by]+": "+s.cohortName(kind.by, key))
				continue
			}
			rows = append(rows, row)
		}
		if len(rows) > 0 && kind.by != "" {
			t.Rows = append(t.Rows, versusRow{Cells: []string{s.v.Kinds[kind.by]}, Heading: true})
		}
		t.Rows = append(t.Rows, rows...)
	}
	if len(absent) > 0 {
		t.Notes = append(t.Notes, text(s.v.AbsentNote, strings.Join(absent, "; ")))
	}
	return t
}

// ofGroup tells whether an effect is one on the members of a group.
func ofGroup(e *compare.Effect) bool { return strings.HasPrefix(e.By, "cohort_") }

// few tells whether too few agents stand behind the value of a group, in the run that has the fewest (decisions C15).
func few(e *compare.Effect) bool { return e.Agents < measure.Few }

// cohort is the row of a group; false if nobody is in it.
func (s *versus) cohort(pair int, by, key string) (versusRow, bool) {
	e := s.effect(pair, "cohort_income_median", "cohort_"+by, key, compare.Since)
	if e == nil {
		return versusRow{}, false
	}
	thousand := scale{by: 1e3, decimals: min(figures((e.Diff.T.Hi-e.Diff.T.Lo)/2/1e3, e.Diff.Mean/1e3), 1)}
	relative, within := s.relative(e.Diff)
	row := versusRow{Grey: few(e), Cells: []string{
		s.cohortName(by, key), s.num(float64(e.Agents), 0), s.level(thousand, e.Diff.Base),
		solid(s.change(thousand, e.Diff) + "\n" + s.interval(thousand, e.Diff, e.Diff.T)), solid(relative + "\n" + within),
	}}
	for _, metric := range []string{"cohort_losing", "cohort_closed"} {
		words := "–"
		if x := s.effect(pair, metric, "cohort_"+by, key, compare.Since); x != nil {
			sc := scale{by: .01, points: true, decimals: 1}
			words = solid(s.level(sc, x.Diff.Base) + " " + s.change(sc, x.Diff) + "\n" + s.interval(sc, x.Diff, x.Diff.T))
		}
		row.Cells = append(row.Cells, words)
	}
	return row, true
}

// A party is somebody of whom an indicator says how it fared.
type party struct{ metric, by, key string }

// parties are platforms, owners, offline traders and the government, by heading.
func parties() []struct {
	heading string
	list    []party
} {
	var sales, shares, profits, owners []party
	for c := range market.Direct {
		sales, shares = append(sales, party{"gmv", "storefront", c.String()}), append(shares, party{"share", "storefront", c.String()})
		if c < market.Platforms {
			profits = append(profits, party{"profit", "platform", c.String()})
		}
	}
	for o := range market.Owners {
		owners = append(owners, party{"gmv", "owner", o.String()}, party{"owner_cash", "owner", o.String()})
	}
	return []struct {
		heading string
		list    []party
	}{
		{"sales", sales}, {"shares", shares}, {"profits", profits}, {"owners", owners},
		{"offline", []party{{"offline_sales", "", ""}, {"offline_share", "", ""}}},
		{"government", []party{{"taxes", "", ""}, {"public_cost", "", ""}}},
		{"buyers", []party{{"cs_need", "", ""}, {"needs_no_offer", "", ""}, {"needs_no_budget", "", ""}}},
	}
}

// firms is the table of who gains and who loses among firms and the state. Rows that do not exist in either world are left out.
func (s *versus) firms(pair int) versusTable {
	p := &s.c.Pairs[pair]
	t := versusTable{Caption: text(s.v.FirmCaption, s.other(p), s.base()), Head: []string{s.v.Who, s.base(), s.other(p), s.v.Difference, s.intervalName(), s.v.RelativeTo}, Words: 1}
	for _, group := range parties() {
		start := len(t.Rows)
		for _, x := range group.list {
			e := s.effect(pair, x.metric, x.by, x.key, compare.Since)
			if e == nil || e.Diff.Base == 0 && e.Diff.Other == 0 {
				continue
			}
			t.Rows = append(t.Rows, s.row(s.partyName(x), e.Unit, e.Diff))
		}
		if len(t.Rows) > start {
			t.Rows = slices.Insert(t.Rows, start, versusRow{Cells: []string{s.v.Parties[group.heading]}, Heading: true})
		}
	}
	return t
}

// row is a difference with its levels.
func (s *versus) row(name, unit string, d stats.Paired) versusRow {
	x := s.scale(unit, d)
	relative, _ := s.relative(d)
	return versusRow{Cells: []string{name + ", " + x.unit, s.level(x, d.Base), s.level(x, d.Other), s.change(x, d), solid(s.interval(x, d, d.T)), relative}}
}

func (s *versus) partyName(x party) string {
	name := s.v.Metrics[x.metric]
	if x.by != "" && name != "" {
		return s.key(x.by, x.key) + ": " + name
	}
	if x.by != "" {
		return s.key(x.by, x.key)
	}
	return name
}
