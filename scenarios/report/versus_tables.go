package report

import (
	"cmp"
	"math"
	"strconv"

	"pasar/scenarios/compare"
	"pasar/scenarios/results/measure"
	"pasar/scenarios/stats"
)

// A versusTable is a table of text. Cells may hold several lines; the first Words columns are words, the others numbers.
type versusTable struct {
	Caption string
	Head    []string
	Rows    []versusRow
	Words   int
	Notes   []string
}

// A versusRow is one row: a heading over several, or cells and sentences that stand below them. Grey ones say little.
type versusRow struct {
	Cells   []string
	Why     []string
	Heading bool
	Grey    bool
}

// changed is the table of what changed: all main outcomes of a pair.
func (s *versus) changed(p *compare.Pair) versusTable {
	_, words, _ := s.span(p, compare.Since)
	t := versusTable{
		Caption: text(s.v.ChangedCaption, s.other(p), s.base(), words),
		Head:    []string{s.v.Outcome, s.base(), s.other(p), s.v.Difference + "\n" + s.intervalName(), s.v.RelativeTo, s.v.SameSign + "\n" + s.v.Pairing, s.v.Verdict}, Words: 1,
	}
	for i := range p.Main {
		f := &p.Main[i]
		d := f.Effect.Diff
		x := s.scale(f.Effect.Unit, d)
		relative, within := s.relative(d)
		group := ofGroup(&f.Effect)
		unit := x.unit
		if group {
			unit += "; n " + s.num(float64(f.Effect.Agents), 0)
		}
		row := versusRow{Grey: group && few(&f.Effect), Cells: []string{
			upper(s.marked(f)) + "\n" + unit, s.level(x, d.Base), s.level(x, d.Other), solid(s.change(x, d) + "\n" + s.intervals(x, d)),
			solid(relative + "\n" + within), solid(s.pairs(d)) + "\n" + s.gain(d), s.verdict(f),
		}}
		if parts := s.parts(p, f); parts != "" {
			row.Why = append(row.Why, parts)
		}
		row.Why = append(row.Why, s.turns(f)...)
		row.Why = append(row.Why, s.through(f)...)
		t.Rows = append(t.Rows, row)
	}
	return t
}

// leastBoot is the number of pairs from which on the bootstrap is shown: of fewer, resamples without spread decide its ends.
const leastBoot = 8

// intervals are those of a difference, one below the other.
func (s *versus) intervals(x scale, d stats.Paired) string {
	if d.N < leastBoot {
		return s.interval(x, d, d.T)
	}
	return s.interval(x, d, d.T) + "\n" + s.interval(x, d, d.Boot)
}

// byPeriod is the table of the main outcomes by period.
func (s *versus) byPeriod(pair int) versusTable {
	p := &s.c.Pairs[pair]
	t := versusTable{Caption: text(s.v.ByPeriodCaption, s.other(p), s.base()), Head: []string{s.v.Outcome}, Words: 1}
	var names []string
	for _, x := range p.Periods {
		_, words, _ := s.span(p, x.Name)
		names = append(names, x.Name)
		t.Head = append(t.Head, words+"\n"+s.days(x.From, x.To))
	}
	for i := range p.Main {
		f := &p.Main[i]
		x := s.scale(f.Effect.Unit, f.Effect.Diff)
		row := versusRow{Cells: []string{upper(s.outcome(f)) + "\n" + s.differenceUnit(x)}}
		for _, name := range names {
			e := s.effect(pair, f.Effect.Metric, f.Effect.By, f.Effect.Key, name)
			if e == nil {
				row.Cells = append(row.Cells, "–")
				continue
			}
			row.Cells = append(row.Cells, solid(s.change(x, e.Diff)+"\n"+s.interval(x, e.Diff, e.Diff.T)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// naive compares what rules of thumb would have said with what the agents did (decisions E23).
func (s *versus) naive(p *compare.Pair) versusTable {
	t := versusTable{
		Caption: text(s.v.NaiveCaption, s.key("storefront", p.Shock.Shop), s.days(p.Shock.From, p.Shock.To), s.titles[p.Shock.With], s.titles[p.Shock.Without]),
		Head:    []string{s.v.Who, s.v.BaseLevel, s.v.Proportional, s.v.Logit, s.v.Agents, s.intervalName(), s.v.Adds}, Words: 1,
	}
	largest := 0.0
	for _, x := range p.Naive {
		if x.Unit == "IDR/day" { // of the ratio there is no level
			largest = max(largest, math.Abs(x.Base))
		}
	}
	for _, x := range p.Naive {
		unit := s.unit(x.Unit, largest) // one for all storefronts
		unit.decimals = 1
		number := func(v float64) string { return s.signed(v/unit.by, unit.decimals) }
		formula := x.Logit
		if math.IsNaN(formula) {
			formula = x.Proportional
		}
		t.Rows = append(t.Rows, versusRow{Cells: []string{
			s.key("storefront", x.Key) + ", " + unit.unit, s.num(x.Base/unit.by, unit.decimals), number(x.Proportional), number(x.Logit), s.change(unit, x.Agents), solid(s.interval(unit, x.Agents, x.Agents.T)), number(x.Agents.Mean - formula),
		}})
	}
	if i := p.Identity; i != nil {
		t.Notes = []string{text(s.v.IdentityNote, s.num(i.Content, 0), s.num(i.Tab, 0), s.num(i.Kept, 2), s.num(i.ToMarkets, 2), s.num(i.Rho, 2), s.num(i.On, 2), s.num(i.More, 2), s.num(i.Tabs, 2))}
	}
	return t
}

// welfare lists who gained and who lost in rupiah, by how the lines count in the sums.
func (s *versus) welfare(p *compare.Pair) versusTable {
	t := versusTable{Caption: text(s.v.WelfareCaption, s.other(p), s.base()), Head: []string{s.v.Who, s.v.WelfareUnit, s.intervalName(), s.v.SameSign}, Words: 1}
	add := func(name string, d stats.Paired) {
		x := scale{by: 1e12, decimals: max(figures((d.T.Hi-d.T.Lo)/2e12, d.Mean/1e12), 2)}
		t.Rows = append(t.Rows, versusRow{Cells: []string{name, s.change(x, d), solid(s.interval(x, d, d.T)), s.pairs(d)}})
	}
	heading := func(words string) { t.Rows = append(t.Rows, versusRow{Cells: []string{words}, Heading: true}) }
	part := func(of measure.Part) {
		heading(s.v.WelfareParts[of])
		for _, l := range p.Welfare.Lines {
			if l.Part == of {
				add(cmp.Or(s.v.Welfare[l.Key], l.Key), l.Diff)
			}
		}
	}
	part(measure.Surplus)
	part(measure.Gains)
	part(measure.Receipts)
	heading(s.v.WelfareSums)
	for i, weight := range compare.Weights {
		add(text(s.v.WelfareSum, s.plain(weight)), p.Welfare.Sum[i])
	}
	for i, weight := range compare.Weights {
		add(text(s.v.WelfareNet, s.plain(weight)), p.Welfare.Net[i])
	}
	part(measure.Apart)
	return t
}

// recovery lists when groups came back to nine tenths of what they would have sold.
func (s *versus) recovery(p *compare.Pair) versusTable {
	t := versusTable{
		Caption: text(s.v.RecoveryCaption, s.titles[p.Shock.With], s.titles[p.Shock.Without]),
		Head:    []string{s.v.Group, s.v.Simulated, s.v.Weeks, s.v.Never, s.v.NaiveWeeks, s.v.Lost}, Words: 1,
	}
	for _, r := range p.Recovery {
		took := func(v float64) string {
			if math.IsInf(v, 1) {
				return ">" + s.num(float64(r.Seen), 0)
			}
			return s.num(v, 1)
		}
		weeks := func(l stats.Level) string {
			return solid(took(l.P50) + "\n" + text(s.v.Between, took(l.P05), took(l.P95)))
		}
		name := cmp.Or(s.v.Keys[""][r.Key], s.cohortName(measure.ByDependence, r.Key))
		x := scale{by: 1e9}
		x.decimals = min(figures((r.Lost.T.Hi-r.Lost.T.Lo)/2e9, r.Lost.Mean/1e9), 1)
		count := "–"
		if r.Count > 0 {
			count = s.num(float64(r.Count), 0)
		}
		t.Rows = append(t.Rows, versusRow{Grey: r.Key != "market" && r.Count < measure.Few, Cells: []string{
			name, count, weeks(r.Weeks), text(s.v.OfPairs, s.num(float64(r.Never), 0), s.num(float64(r.N), 0)), weeks(r.Naive), solid(s.change(x, r.Lost) + "\n" + s.interval(x, r.Lost, r.Lost.T)),
		}})
	}
	return t
}

// differs lists the settings in which two worlds differ.
func (s *versus) differs(p *compare.Pair) []string {
	var out []string
	for _, d := range p.Differs {
		out = append(out, d.Text(s.lang))
	}
	if len(out) == 0 {
		out = append(out, s.v.DoneNothing)
	}
	return out
}

// checks lists what had to come to exactly 0, and did.
func (s *versus) checks() versusTable {
	t := versusTable{Head: []string{s.v.Check, s.v.CheckWhat, s.w.Seed, s.v.Goroutines, s.v.Compared, s.v.DifferentOnes}, Words: 2}
	for _, x := range s.c.Checks {
		kind := s.v.CheckKinds[x.Kind]
		if kind == "" {
			kind = x.Kind
		}
		n := "–"
		if x.Goroutines > 0 {
			n = strconv.Itoa(x.Goroutines)
		}
		t.Rows = append(t.Rows, versusRow{Cells: []string{kind, x.What, strconv.FormatUint(x.Seed, 10), n, s.num(float64(x.Cells), 0), "0"}})
	}
	return t
}

// receipts lists the digest of each run, by seed and world.
func (s *versus) receipts() versusTable {
	t := versusTable{Head: []string{s.w.Seed}}
	for _, w := range s.c.Worlds {
		t.Head = append(t.Head, w.Name)
	}
	for _, seed := range s.c.Seeds {
		row := versusRow{Cells: []string{strconv.FormatUint(seed, 10)}}
		for w := range s.c.Worlds {
			digest := "–"
			for _, r := range s.c.Runs {
				if r.World == w && r.Seed == seed {
					digest = r.Digest
				}
			}
			row.Cells = append(row.Cells, digest)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// method says how the numbers came about.
func (s *versus) method() []string {
	var out []string
	for _, m := range s.v.Method {
		out = append(out, text(m, s.num(leastBoot, 0)))
	}
	x := s.c.Stop
	if x == nil {
		return append(out, text(s.v.FixedN, s.num(float64(len(s.c.Seeds)), 0)))
	}
	var looks []string
	for _, n := range x.Looks {
		looks = append(looks, strconv.Itoa(n))
	}
	name := cmp.Or(s.v.Outcomes[x.Outcome], x.Outcome)
	form := s.v.Reached
	if !x.Reached {
		form = s.v.NotReached
	}
	return append(out, text(form, s.list(looks), name, s.percent(x.Share), s.num(float64(len(s.c.Seeds)), 0), s.percent(s.certainty())))
}
