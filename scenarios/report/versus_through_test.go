package report

import (
	"slices"
	"strings"
	"testing"

	"pasar/scenarios/compare"
	"pasar/scenarios/say"
	"pasar/scenarios/stats"
)

// asked is a comparison that was asked why: half of each effect goes through habit, nothing through fees.
func asked() *compare.Comparison {
	all := *three() // others use it too
	c := &all
	c.Pairs = slices.Clone(c.Pairs)
	for i := range c.Pairs {
		c.Pairs[i].Main = slices.Clone(c.Pairs[i].Main)
		for j := range c.Pairs[i].Main {
			f := &c.Pairs[i].Main[j]
			if f.Effect.Diff.Zero {
				continue
			}
			here := []float64{f.Effect.Diff.Mean * .9, f.Effect.Diff.Mean, f.Effect.Diff.Mean * 1.1}
			zero, half := make([]float64, 3), []float64{here[0] * .45, here[1] * .5, here[2] * .55}
			one := func(name string, through []float64) compare.Through {
				without := make([]float64, 3)
				for k := range without {
					without[k] = here[k] - through[k]
				}
				t := compare.Through{Mechanism: name, Without: stats.PairT(zero, without, .95), Diff: stats.PairT(without, here, .95)}
				t.Share, t.Range = stats.Share(through, here, .95)
				return t
			}
			f.Through = []compare.Through{one("fees", zero), one("habit", half)}
		}
	}
	return c
}

// The page, the terminal, the summary and the workbook of a comparison that was asked why say what effects go through, and those of another
// say nothing of it.
func TestThroughIsTold(t *testing.T) {
	for _, lang := range []string{"en", "id"} {
		v, l := versusWordsOf(lang), say.In(lang)
		page := versusPageOf(t, asked(), lang)
		wellFormed(t, lang, page)
		for _, want := range []string{v.Mechanism, v.AsItIs, v.ThroughNote, l.Mechanisms["habit"].Name, l.Mechanisms["fees"].What, v.ThroughMore} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: the page lacks %q", lang, want)
			}
		}
		if strings.Contains(versusPageOf(t, three(), lang), v.Mechanism+"</th>") {
			t.Errorf("%s: the page tells of mechanisms that nobody asked about", lang)
		}
		var b strings.Builder
		if err := ComparisonTerminal(&b, asked(), Options{Lang: lang}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), l.Mechanisms["habit"].Name+" 5") || strings.Contains(b.String(), l.Mechanisms["fees"].Name+" 0") {
			t.Errorf("%s: the terminal says\n%s", lang, b.String())
		}
		md, err := ComparisonMarkdown(asked(), Options{Lang: lang})
		if err != nil || !strings.Contains(string(md), l.Mechanisms["habit"].Name) {
			t.Errorf("%s: the summary lacks what effects go through (%v)", lang, err)
		}
	}
	book, err := ComparisonBook(asked(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if book.Sheets[2].Name != "why" || len(book.Sheets[2].Rows) == 0 || len(book.Sheets[2].Rows[0]) != len(book.Sheets[2].Head) {
		t.Errorf("the sheet of mechanisms: %+v", book.Sheets[2].Head)
	}
}

// Every mechanism has words in both languages, and no words are of none.
func TestMechanismsHaveWords(t *testing.T) {
	for _, lang := range []string{"en", "id"} {
		words := say.In(lang).Mechanisms
		for _, m := range compare.Mechanisms() {
			if words[m.Name].Name == "" || words[m.Name].What == "" {
				t.Errorf("%s: no words for %s", lang, m.Name)
			}
		}
		if len(words) != len(compare.Mechanisms()) {
			t.Errorf("%s: words for %d mechanisms of %d", lang, len(words), len(compare.Mechanisms()))
		}
	}
}
