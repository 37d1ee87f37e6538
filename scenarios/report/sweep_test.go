package report

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pasar/scenarios/design"
	"pasar/scenarios/report/svgpng"
	"pasar/scenarios/sensitivity"
)

func sweepPageOf(t *testing.T, s *Sweep, lang string) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteSweep(&b, s, lang); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A page of each design, in both languages: no script, nothing from outside, no text without its parts, no number that is none.
func TestSweepPages(t *testing.T) {
	for name, s := range madeSweeps() {
		for _, lang := range []string{"en", "id"} {
			page := sweepPageOf(t, s, lang)
			closed(t, name, page)
			for _, bad := range []string{"%[", "NaN", "Inf", "&lt;nil", "ZgotmplZ", "%!"} {
				if i := strings.Index(page, bad); i >= 0 {
					t.Errorf("%s, %s: has %q: %s", name, lang, bad, page[max(0, i-80):i+40])
				}
			}
			if page != sweepPageOf(t, s, lang) {
				t.Errorf("%s, %s: the same sweep gives another page", name, lang)
			}
			for _, want := range []string{s.Title[lang], s.Hash, s.Results, s.Command, "<svg", "abc"} {
				if !strings.Contains(page, want) {
					t.Errorf("%s, %s: lacks %q", name, lang, want)
				}
			}
		}
	}
}

// What the page must say of each design.
func TestSweepSays(t *testing.T) {
	sweeps := madeSweeps()
	for name, want := range map[string][]string{
		"grid":     {"may differ; the last day that is played is 31 Jan 2024.", "Income of the median local SME, ban compared with no-ban: from −", " in four weeks, by point; clearly more at ", " points, clearly less at ", "every combination of the factors", "runs failed (", "the run was stopped"},
		"lhs":      {"<b>W-BIS</b> teknologi.bisnis.com", "Ban lowers income of the median local SME (compared with no-ban) where displacement &lt; ", ": coverage ", ", density ", "Boxes found in one half", "Slope: by how many standard deviations", "a Latin hypercube", "Quasi-p", "Rp"},
		"saltelli": {"Share of noise: ", "explains most", " of what varies between points besides luck, all of it alone; luck is ", "samples) ", "With interactions (total)", "The same shares less noise", "What endless replications would give"},
		"morris":   {"matters most: a change over its whole range moves the outcome by", "No run failed.", "trajectories of Morris"},
		"oat":      {"Alone, displacement moves it most: by −", "difference to the centre", "one factor at a time about a centre"},
		"gone":     {"120 of 120 runs failed (100.0%)", "No data: no run finished", "Shares of variance cannot be said: no run finished."},
		"few":      {"Shares of variance cannot be said: too few points or runs finished (8, and it takes at least 20).", "A box of assumptions cannot be said", "There is one replication of each point"},
	} {
		page := sweepPageOf(t, sweeps[name], "en")
		for _, w := range want {
			if !strings.Contains(page, w) {
				t.Errorf("%s: does not say %q", name, w)
			}
		}
	}
	net := sweeps["saltelli"].Outcomes[0].Analyses.Sobol.Factors[0].NetTotal
	interval := fmt.Sprintf("%.2f\u00a0to\u00a0%.2f", net.Low, net.High)
	if page := sweepPageOf(t, sweeps["saltelli"], "en"); !net.Sure() || !strings.Contains(page, interval) {
		t.Errorf("the net total index has no interval %s", interval)
	}
	findings, err := SweepFindings(sweeps["lhs"], "")
	if err != nil || len(findings) != 3 || !strings.HasPrefix(findings[1], "Ban lowers ") {
		t.Errorf("%q, %v", findings, err)
	}
	if page := sweepPageOf(t, sweeps["lhs"], "id"); !strings.Contains(page, "Ban menurunkan ") || !strings.Contains(page, "cakupan ") {
		t.Error("no box in Indonesian")
	}
}

func TestDifferences(t *testing.T) {
	for _, x := range []struct {
		unit, lang, want string
		of               []float64
	}{
		{"IDR/day", "en", "−331 −264 Rp billion a day", []float64{-3.31e11, -2.643e11}},
		{"IDR/4 weeks", "id", "−241 +7 Rp ribu dalam empat pekan", []float64{-2.409e5, 7.2e3}},
		{"share", "en", "−1.5 0.0 percentage points", []float64{-.015, .0004}},
		{"orders/day", "en", "0 0 orders a day", []float64{0, 0}},
	} {
		words, unit := Differences(x.unit, x.lang, x.of...)
		if got := strings.Join(append(words, unit), " "); got != x.want {
			t.Errorf("%s: %q, not %q", x.unit, got, x.want)
		}
	}
}

// Figures have names of their own and become pictures.
func TestSweepFigures(t *testing.T) {
	for name, s := range madeSweeps() {
		figures, err := SweepFigures(s, "")
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, f := range figures {
			if seen[f.Name] || f.Name == "" {
				t.Errorf("%s: two figures are called %q", name, f.Name)
			}
			seen[f.Name] = true
			if strings.Contains(string(f.SVG), "NaN") {
				t.Errorf("%s: %s has NaN", name, f.Name)
			}
		}
		want := map[string]string{"grid": "sme_income-ban-heat", "lhs": "sme_income-ban-scatter-rho", "saltelli": "sme_income-ban-sobol", "morris": "gmv-ban-level-morris", "oat": "sme_income-ban-tornado", "few": "sme_income-ban-scatter-rho", "gone": "sme_income-ban-scatter-rho"}[name]
		if !seen[want] {
			t.Errorf("%s has no %s but %v", name, want, seen)
		}
		if _, err := svgpng.PNG(figures[0].SVG); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNoSweep(t *testing.T) {
	table := &sensitivity.Table{Factors: []sensitivity.Factor{{Name: "a"}}}
	for want, s := range map[string]*Sweep{
		"report: there is no sweep": nil, "report: there is no sweep ": {}, "report: the outcome gmv has no table": {Outcomes: []SweepOutcome{{Name: "gmv"}}},
		"report: the table of gmv has 1 factors, the sweep 0": {Outcomes: []SweepOutcome{{Name: "gmv", Table: table, Analyses: &sensitivity.Results{}}}},
	} {
		if err := WriteSweep(&bytes.Buffer{}, s, ""); err == nil || err.Error() != strings.TrimSpace(want) {
			t.Errorf("%v, not %s", err, want)
		}
	}
}

// What luck alone would give leads no list: not where nothing but luck varies, and not where the largest of many is looked for.
func TestNothingLeads(t *testing.T) {
	for kind, d := range map[string]design.Design{"morris": &design.Morris{Trajectories: 12, Levels: 4, Seed: 1}, "saltelli": &design.Saltelli{Base: 64, Seed: 1}, "lhs": &design.LHS{N: 100, Seed: 1}} {
		luck := rand.New(rand.NewPCG(3, 3))
		s := madeSweep(kind, d, 4, 0)
		o := &s.Outcomes[0]
		for _, y := range o.Table.Y {
			for r := range y {
				y[r] = luck.NormFloat64()
			}
		}
		var err error
		if o.Analyses, err = sensitivity.Analyse(o.Table, sensitivity.PlanOf(d, len(s.Factors)), []sensitivity.Case{{Limit: 0}}, "luck"); err != nil {
			t.Fatal(err)
		}
		said, err := SweepFindings(s, "en")
		if err != nil || !strings.Contains(said[0], "No factor explains more than chance would.") {
			t.Errorf("%s: %q, %v", kind, said, err)
		}
	}
}

// Where nearly all is luck, what is left of an index has no interval, and then no number either.
func TestBounded(t *testing.T) {
	e := sensitivity.Estimate{Value: 1.67, NoInterval: sensitivity.AllNoise}
	if got := bounded(e); got.Known() || got.NoValue != sensitivity.AllNoise {
		t.Errorf("%+v", got)
	}
	if e.NoInterval = sensitivity.None; bounded(e) != e {
		t.Errorf("%+v", bounded(e))
	}
}

// A box is told with what such boxes are worth among points that they were not made from: one that luck made is worth nothing there.
func TestBoxElsewhere(t *testing.T) {
	said, err := SweepFindings(madeSweeps()["lhs"], "en")
	if err != nil || !strings.Contains(said[1], "of points that they were not made from, such boxes have a density of ") || strings.Contains(said[1], "Much of this box is chance") {
		t.Errorf("%q, %v", said, err)
	}
	d := &design.LHS{N: 100, Seed: 1}
	luck := rand.New(rand.NewPCG(7, 3))
	s := madeSweep("lhs", d, 4, 0)
	o := &s.Outcomes[0]
	for _, y := range o.Table.Y {
		for r := range y {
			y[r] = luck.NormFloat64() + .6
		}
	}
	if o.Analyses, err = sensitivity.Analyse(o.Table, sensitivity.PlanOf(d, len(s.Factors)), []sensitivity.Case{{Limit: 0}}, "luck"); err != nil {
		t.Fatal(err)
	}
	if said, err = SweepFindings(s, "en"); err != nil || !strings.Contains(said[1], " where ") || !strings.HasSuffix(said[1], "Much of this box is chance.") {
		t.Errorf("%q, %v", said, err)
	}
}
