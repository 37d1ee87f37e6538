package report

import (
	"bytes"
	escape "html"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"pasar/scenarios/compare"
	"pasar/scenarios/load"
	"pasar/scenarios/stats"
)

var (
	three = sync.OnceValue(func() *compare.Comparison { return made(20, "ban", "pilot", "pilot+params.disc.rho=.8") })
	four  = sync.OnceValue(func() *compare.Comparison { return made(8, "ban", "deal", "pilot", "no-ban") })
	two   = sync.OnceValue(func() *compare.Comparison { return made(8, "pilot") })
	once  = sync.OnceValue(func() *compare.Comparison { return made(1, "pilot") })
)

// comparisons have all kinds of cells.
func comparisons() map[string]*compare.Comparison {
	return map[string]*compare.Comparison{"three": three(), "four": four(), "two": two(), "one pair": once()}
}

func versusPageOf(t *testing.T, c *compare.Comparison, lang string) string {
	t.Helper()
	b, err := ComparisonHTML(c, Options{Lang: lang, Version: "abc", Human: "v0"})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestComparisonPage(t *testing.T) {
	for name, c := range comparisons() {
		for _, lang := range []string{"en", "id"} {
			page := versusPageOf(t, c, lang)
			if page != versusPageOf(t, c, lang) {
				t.Errorf("%s %s: the page differs from itself", name, lang)
			}
			wellFormed(t, name+" "+lang, page)
			closed(t, name+" "+lang, page)
			if !strings.Contains(page, `content="default-src 'none'; style-src 'unsafe-inline'"`) {
				t.Errorf("%s %s: nothing forbids scripts", name, lang)
			}
			shown, _, _ := strings.Cut(page, requestBegins)
			if bad := number.FindString(shown); bad != "" {
				t.Errorf("%s %s: %q in the page", name, lang, bad)
			}
		}
	}
}

func TestComparisonSaysWhatItMust(t *testing.T) {
	c := three()
	for lang, v := range map[string]*versusWords{"en": versusEnglish(), "id": versusIndonesian()} {
		w := wordsOf(lang)
		page := versusPageOf(t, c, lang)
		must := []string{
			`lang="` + lang + `"`, w.Badge, w.CanTitle, v.WhatChanged, v.Groups, v.Firms, v.NaiveH, v.WelfareH, v.RecoveryH, v.DiffersH, v.Charts, v.ChecksH, v.MethodH, v.CalibrationH, v.RepeatH, v.ReceiptsH, v.Assumed,
			w.ConflictsH, w.GlossaryH, w.SourcesH, w.Settings, "abc", c.Runs[0].Digest, "● " + v.Verdicts[compare.Clear], "○ " + v.Verdicts[compare.NotClear], "◐ ", "(" + v.Fitted + ")", `class="grey"`,
			text(v.AbsentNote, v.Kinds["dependence"]+": "+text(v.Dependence, "80", "90")+"; "+v.Kinds["legal_size"]+": "+v.Keys["legal_size"]["large"]),
		}
		for i := range c.Worlds {
			must = append(must, c.Scenarios[i].Hash)
		}
		for _, p := range c.Pairs {
			for _, d := range p.Differs {
				must = append(must, "<li>"+d.Text(lang)+"</li>")
			}
		}
		for _, x := range c.Scenarios[0].Values {
			must = append(must, "<td>"+strings.TrimPrefix(x.Path, "params.")+"</td>")
		}
		for _, m := range must {
			if !strings.Contains(page, m) && !strings.Contains(page, escaped(m)) {
				t.Errorf("%s: the page lacks %q", lang, m)
			}
		}
		figures, err := ComparisonFigures(c, lang)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(page, "<svg"); n != len(figures) || n != 5+3*7 {
			t.Errorf("%s: %d charts in the page of %d", lang, n, len(figures))
		}
		names := map[string]bool{}
		for _, f := range figures {
			if names[f.Name] = true; !bytes.Contains(f.SVG, []byte("<title>")) || !bytes.Contains(f.SVG, []byte("<desc>")) || strings.ContainsAny(f.Name, "/ +=") {
				t.Errorf("%s: chart %q without title or words, or no name for a file", lang, f.Name)
			}
		}
		if len(names) != len(figures) {
			t.Errorf("%s: %d names of %d charts", lang, len(names), len(figures))
		}
	}
	if page := versusPageOf(t, four(), "en"); !strings.Contains(page, "= the same") || !strings.Contains(page, "exactly 0") {
		t.Error("a world that is the base is not called the same")
	}
	if page := versusPageOf(t, once(), "en"); !strings.Contains(page, "no interval") || !strings.Contains(page, versusEnglish().OneDraw) || strings.Contains(page, "● clear") {
		t.Error("one pair alone has an interval, or is clear")
	}
}

func escaped(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;", "+", "&#43;").Replace(text)
}

var numeral = regexp.MustCompile(`[+−]?\d[\d,]*(\.\d+)?`)

// Each number in the table of page 1 is one of the comparison's, rounded as it stands there.
func TestNumbersOfTheBrief(t *testing.T) {
	for name, c := range comparisons() {
		s, err := newVersus(c, "en")
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range s.brief().Rows {
			p := &c.Pairs[i]
			d, worst := p.Main[0].Effect.Diff, p.Main[0].Worst.Diff
			of := func(d stats.Paired, by float64) []float64 { return []float64{d.Mean / by, d.T.Lo / by, d.T.Hi / by} }
			share, within := d.Relative()
			percent := []float64{100 * share, 100 * within.Lo, 100 * within.Hi}
			for j, allowed := range map[int][]float64{1: of(d, 1e9), 2: of(d, 1e9), 3: percent, 5: of(worst, math.Abs(worst.Base)/100)[:1]} {
				words, _, _ := strings.Cut(row.Cells[j], "from")
				found := numeral.FindAllString(words, -1)
				if len(found) == 0 && len(c.Seeds) > 1 {
					t.Errorf("%s: %q has no number", name, row.Cells[j])
				}
				for _, x := range found {
					plain := strings.NewReplacer("−", "-", "+", "", ",", "").Replace(x)
					v, err := strconv.ParseFloat(plain, 64)
					_, decimals, _ := strings.Cut(plain, ".")
					off := .5000001 * math.Pow10(-len(decimals))
					if err != nil || !slices.ContainsFunc(allowed, func(a float64) bool { return math.Abs(a-v) <= off }) {
						t.Errorf("%s: %s in %q is none of %v", name, x, row.Cells[j], allowed)
					}
				}
			}
		}
	}
}

// A comparison with a check that does not hold is refused in every form, by the check's name.
func TestRefused(t *testing.T) {
	for _, x := range []struct {
		spoil func(c *compare.Comparison)
		says  string
	}{
		{func(c *compare.Comparison) { c.Checks[1].Differ = "gmv: 1 instead of 2" }, "placebo (pilot: sep, deal) does not come to exactly 0: gmv: 1 instead of 2"},
		{func(c *compare.Comparison) { c.Checks[0].Cells = 0 }, "a/a (no-ban) compared nothing"},
		{func(c *compare.Comparison) { c.Checks = c.Checks[1:] }, "not played anew"},
		{func(c *compare.Comparison) { c.Pairs[0].Welfare.Check = -7 }, "transfers between no-ban and pilot come to Rp -7"},
		{func(c *compare.Comparison) { c.Pairs[0].Main = nil }, "no main outcome"},
		{func(c *compare.Comparison) { c.Pairs = nil }, "there is no comparison"},
	} {
		c := made(4, "pilot")
		x.spoil(c)
		_, page := ComparisonHTML(c, Options{})
		_, md := ComparisonMarkdown(c, Options{})
		_, figures := ComparisonFigures(c, "en")
		for _, err := range []error{page, md, figures, ComparisonTerminal(&bytes.Buffer{}, c, Options{})} {
			if err == nil || !strings.Contains(err.Error(), x.says) {
				t.Errorf("%v does not say %q", err, x.says)
			}
		}
	}
	c := made(4, "pilot")
	c.Checks[2].Cells = 0 // they differ from the first day on: no day is common
	if _, err := ComparisonHTML(c, Options{}); err != nil {
		t.Error(err)
	}
}

func TestRequestOfAReport(t *testing.T) {
	c := three()
	r, err := RequestOf([]byte(versusPageOf(t, c, "id")))
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Command(); got != "pasar compare no-ban ban pilot pilot+params.disc.rho=.8 --reps 20 --buyers 2000 --seed 1 --range 0 --lang id" {
		t.Error(got)
	}
	if r.Version != "abc" || len(r.Runs) != 80 || r.Runs[79] != c.Runs[79] || r.Worlds[3].Hash != c.Scenarios[3].Hash || !slices.Equal(r.Seeds, c.Seeds) {
		t.Errorf("%+v", r)
	}
	for _, bad := range []string{"", "<pre id=\"request\">{}</pre>", "<pre id=\"request\">{\"seeds\":</pre>", "<pre id=\"request\">{"} {
		if _, err := RequestOf([]byte(bad)); err == nil || !strings.HasPrefix(err.Error(), "report: ") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// A comparison that was played has cells that nobody thinks of: its page is whole too.
func TestPlayedComparison(t *testing.T) {
	var worlds []compare.World
	for _, name := range []string{"no-ban", "ban"} {
		worlds = append(worlds, compare.Parse(name, load.Overrides{Buyers: 200, Until: "2023-11-30"}))
	}
	c, err := compare.Run(t.Context(), worlds, compare.Options{Reps: 2, Seed: 1, Checked: 1, Version: "abc"})
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"en", "id"} {
		page := versusPageOf(t, c, lang)
		wellFormed(t, lang, page)
		closed(t, lang, page)
		shown, _, _ := strings.Cut(page, requestBegins)
		if bad := number.FindString(shown); bad != "" {
			t.Errorf("%s: %q in the page", lang, bad)
		}
		var b bytes.Buffer
		if err := ComparisonTerminal(&b, c, Options{Lang: lang}); err != nil || number.MatchString(b.String()) {
			t.Errorf("%s: %v\n%s", lang, err, b.String())
		}
		if dir := os.Getenv("PASAR_LOOK"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, "played-"+lang+".html"), []byte(page), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	b, err := ComparisonBook(c, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Write(); err != nil {
		t.Error(err)
	}
}

// Where the two worlds are the same, page and terminal say that all is 0 by construction, and name a run with luck of its own.
func TestSameWorlds(t *testing.T) {
	c := made(3, "no-ban", "ban")
	for lang, v := range map[string]*versusWords{"en": versusEnglish(), "id": versusIndonesian()} {
		want := text(v.SameWorlds, "pasar run no-ban --buyers 2000 --seed 4")
		for _, shown := range []struct {
			where, text string
			times       int
		}{{"page", escape.UnescapeString(versusPageOf(t, c, lang)), 1}, {"terminal", versusTerminalOf(t, c, lang), 1}, {"terminal of others", versusTerminalOf(t, three(), lang), 0}} {
			if n := strings.Count(strings.Join(strings.Fields(shown.text), " "), want); n != shown.times {
				t.Errorf("%s %s: %q is there %d times", lang, shown.where, want, n)
			}
		}
	}
}

func versusTerminalOf(t *testing.T, c *compare.Comparison, lang string) string {
	t.Helper()
	var b bytes.Buffer
	if err := ComparisonTerminal(&b, c, Options{Lang: lang}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
