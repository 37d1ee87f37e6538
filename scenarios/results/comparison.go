package results

import (
	"context"
	"fmt"
	"math"
	"path/filepath"

	"pasar/scenarios/compare"
	"pasar/scenarios/files"
	"pasar/scenarios/report"
)

// A Versus is a comparison in numbers: what comparison.json holds and --json prints.
type Versus struct {
	Base    string            `json:"base"`
	Seeds   []uint64          `json:"seeds"`
	Buyers  int               `json:"buyers"`
	Level   float64           `json:"level"`
	Stopped *compare.Stopping `json:"until_precise,omitempty"`
	Pairs   []VersusPair      `json:"pairs"`
	Targets []VersusTarget    `json:"targets"`
	Checks  []compare.Check   `json:"checks"`
	Runs    []VersusRun       `json:"runs"`
}

// A VersusPair is a world beside the base.
type VersusPair struct {
	Other   string          `json:"other"`
	Differs []string        `json:"differs"`
	From    string          `json:"from"`
	To      string          `json:"to"`
	Main    []VersusOutcome `json:"outcomes"`
}

// A VersusOutcome is a main outcome, other − base, over the days from From to To. Numbers that do not exist are null.
type VersusOutcome struct {
	Outcome string   `json:"outcome"`
	Unit    string   `json:"unit"`
	N       int      `json:"n"`
	Base    *float64 `json:"base"`
	Other   *float64 `json:"other"`
	Diff    *float64 `json:"diff"`
	Lo      *float64 `json:"lo"`
	Hi      *float64 `json:"hi"`
	BootLo  *float64 `json:"boot_lo"`
	BootHi  *float64 `json:"boot_hi"`
	Sign    *float64 `json:"share_sign"`
	Gain    *float64 `json:"pairing_gain"`
	Agents  int      `json:"agents,omitempty"`
	Verdict string   `json:"verdict"`
	Fitted  bool     `json:"fitted"`

	Through []VersusThrough `json:"through,omitempty"`
}

// A VersusThrough is what goes through one mechanism: the effect as it is less the effect with the mechanism off, over N pairs; and the share of the
// effect that it is, null where the effect itself is not clear in these pairs.
type VersusThrough struct {
	Mechanism string   `json:"mechanism"`
	N         int      `json:"n"`
	Without   *float64 `json:"diff_without"`
	Diff      *float64 `json:"through"`
	Lo        *float64 `json:"lo"`
	Hi        *float64 `json:"hi"`
	Share     *float64 `json:"share"`
	ShareLo   *float64 `json:"share_lo"`
	ShareHi   *float64 `json:"share_hi"`
}

// throughOf reads what goes through mechanisms into numbers.
func throughOf(f *compare.Finding) (list []VersusThrough) {
	for i := range f.Through {
		t := &f.Through[i]
		x := VersusThrough{Mechanism: t.Mechanism, N: t.Diff.N, Without: known(t.Without.Mean), Diff: known(t.Diff.Mean), Lo: known(t.Diff.T.Lo), Hi: known(t.Diff.T.Hi)}
		if t.Known() {
			x.Share, x.ShareLo, x.ShareHi = known(t.Share), known(t.Range.Lo), known(t.Range.Hi)
		}
		list = append(list, x)
	}
	return list
}

// A VersusTarget is a target beside the mean over replications: of the base, or of what Other changes.
type VersusTarget struct {
	Target
	Lo     *float64 `json:"lo"`
	Hi     *float64 `json:"hi"`
	Unsure bool     `json:"unsure"` // some of the interval is off and some is not; missed is false then
	Other  string   `json:"other,omitempty"`
}

// A VersusRun is a run's receipt.
type VersusRun struct {
	World  string `json:"world"`
	Seed   uint64 `json:"seed"`
	Hash   string `json:"hash"`
	Digest string `json:"digest"`
	Events uint64 `json:"events"`
}

// Comparison reads a comparison into numbers.
func Comparison(c *compare.Comparison, lang string) *Versus {
	v := &Versus{Base: c.Worlds[0].Name, Seeds: c.Seeds, Buyers: c.Scenarios[0].Buyers, Level: c.Level, Stopped: c.Stop, Targets: []VersusTarget{}, Checks: c.Checks}
	for i := range c.Pairs {
		p := &c.Pairs[i]
		x := VersusPair{Other: c.Worlds[p.World].Name, From: c.Date(p.Periods[0].From).Format(day), To: c.Date(p.Periods[0].To - 1).Format(day), Differs: []string{}}
		for j := range p.Differs {
			x.Differs = append(x.Differs, p.Differs[j].Text(lang))
		}
		for j := range p.Main {
			m := &p.Main[j]
			d := &m.Effect.Diff
			x.Main = append(x.Main, VersusOutcome{
				m.Outcome.Name, m.Outcome.Unit, d.N, known(d.Base), known(d.Other), known(d.Mean), known(d.T.Lo), known(d.T.Hi), known(d.Boot.Lo), known(d.Boot.Hi),
				known(d.Sign), known(d.Gain), m.Effect.Agents, m.Verdict.String(), m.Fitted, throughOf(m),
			})
		}
		v.Pairs = append(v.Pairs, x)
	}
	for i := range c.Targets {
		t := &c.Targets[i]
		x := VersusTarget{Target: target(&t.Target), Unsure: t.Unsure(), Lo: known(t.T.Lo), Hi: known(t.T.Hi)}
		x.Missed = t.Missed()
		if t.Pair >= 0 {
			x.Other = c.Worlds[c.Pairs[t.Pair].World].Name
		}
		v.Targets = append(v.Targets, x)
	}
	for _, r := range c.Runs {
		v.Runs = append(v.Runs, VersusRun{c.Worlds[r.World].Name, r.Seed, r.Hash, r.Digest, r.Events})
	}
	return v
}

// known is a number, or nothing.
func known(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// ComparisonOptions say what is written of a comparison beside what always is.
type ComparisonOptions struct {
	Options
	Panel    bool
	Markdown bool
}

// WriteComparison writes all files of a comparison into a folder, and returns their paths. A comparison in which a check failed is refused.
func WriteComparison(ctx context.Context, dir string, c *compare.Comparison, o ComparisonOptions) (paths []string, err error) {
	if err := c.Refused(); err != nil {
		return nil, err
	}
	put := func(name string, make func() ([]byte, error)) {
		if err != nil {
			return
		}
		b, e := make()
		if e == nil {
			e = files.Replace(filepath.Join(dir, filepath.FromSlash(name)), b)
		}
		if e != nil {
			err = fmt.Errorf("writing the comparison: %s: %w", name, e)
			return
		}
		paths = append(paths, filepath.Join(dir, filepath.FromSlash(name)))
	}
	put(ComparisonFile, func() ([]byte, error) { return pretty(Comparison(c, o.Lang)) })
	runs, pairs, weeks := c.RunRows(), c.PairRows(), c.WeekRows()
	put("runs.csv", func() ([]byte, error) { return files.CSV(runs) })
	put("pairs.csv", func() ([]byte, error) { return files.CSV(pairs) })
	put("pairs.parquet", func() ([]byte, error) { return files.Parquet(pairs, o.Version) })
	put("weeks.csv", func() ([]byte, error) { return files.CSV(weeks) })
	put("weeks.parquet", func() ([]byte, error) { return files.Parquet(weeks, o.Version) })
	page := report.Options{Lang: o.Lang, Version: o.Version, Human: o.Human}
	put("report.html", func() ([]byte, error) { return report.ComparisonHTML(c, page) })
	put("tables.xlsx", func() ([]byte, error) {
		book, err := report.ComparisonBook(c, page)
		if err != nil {
			return nil, err
		}
		return book.Write()
	})
	if o.Markdown {
		put("summary.md", func() ([]byte, error) { return report.ComparisonMarkdown(c, page) })
	}
	figures, e := report.ComparisonFigures(c, o.Lang)
	if err == nil {
		err = e
	}
	pictures := draw(figures)
	for i, f := range figures {
		put("figures/"+f.Name+".svg", func() ([]byte, error) { return f.SVG, nil })
		put("figures/"+f.Name+".png", func() ([]byte, error) { return pictures[i]() })
	}
	if o.Panel && err == nil {
		var more []string
		more, err = panel(ctx, dir, c, o.Version)
		paths = append(paths, more...)
	}
	return paths, err
}
