package report

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"pasar/scenarios/load"
	"pasar/scenarios/play"
)

func played(name, until string, goroutines int) *play.Result {
	s, err := load.Load(name, load.Overrides{Buyers: 200, Until: until, Set: []string{"params.disc.rho=.6"}})
	if err != nil {
		panic(err)
	}
	r, err := play.Run(context.Background(), s, play.Options{Goroutines: goroutines})
	if err != nil {
		panic(err)
	}
	return r
}

var (
	pilot = sync.OnceValue(func() *play.Result { return played("pilot", "2024-04-30", 1) })
	again = sync.OnceValue(func() *play.Result { return played("pilot", "2024-04-30", 3) })
	short = sync.OnceValue(func() *play.Result { return played("no-ban", "2023-01-09", 1) })
	open  = sync.OnceValue(func() *play.Result { return played("no-ban", "2023-06-30", 1) })
)

func html(t *testing.T, r *play.Result, lang string) string {
	t.Helper()
	b, err := HTML(r, Options{Lang: lang, Version: "abc", Human: "v0"})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// all are runs of different lengths and stories.
func all() map[string]*play.Result {
	return map[string]*play.Result{"pilot": pilot(), "no-ban": open(), "nine days": short()}
}

// On a narrow screen a wide table scrolls in its box, and the page does not.
func TestTablesScroll(t *testing.T) {
	tables := regexp.MustCompile(`.{0,18}<table[^>]*><thead>`).FindAllString(html(t, pilot(), "en"), -1)
	if len(tables) == 0 {
		t.Error("no table in the page")
	}
	for _, table := range tables {
		if !strings.HasPrefix(table, `<div class="wide"><table`) {
			t.Errorf("not in a box: %s", table)
		}
	}
}

func TestSamePageWhateverTheGoroutines(t *testing.T) {
	a := html(t, pilot(), "en")
	if a != html(t, again(), "en") || a != html(t, pilot(), "en") {
		t.Error("the page differs")
	}
	if strings.Contains(a, pilot().ID) {
		t.Error("the page names the run")
	}
}

func TestNothingComesFromOutside(t *testing.T) {
	for name, r := range all() {
		closed(t, name, html(t, r, "en"))
	}
}

// closed checks that a page runs nothing and takes nothing from outside.
func closed(t *testing.T, name, page string) {
	t.Helper()
	page = strings.ReplaceAll(page, `xmlns="http://www.w3.org/2000/svg"`, "")
	for _, bad := range []string{"<script", "http://", "https://", "<link", "<iframe", "<img", "@import", "url(", "javascript:", " src=", " href=", "onload"} {
		if strings.Contains(page, bad) {
			t.Errorf("%s: the page has %q", name, bad)
		}
	}
}

func TestPageIsWellFormed(t *testing.T) {
	for name, r := range all() {
		for _, lang := range []string{"en", "id"} {
			wellFormed(t, name+" "+lang, html(t, r, lang))
		}
	}
}

// wellFormed checks that what is opened in a page is closed.
func wellFormed(t *testing.T, name, page string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(strings.Replace(page, "<!DOCTYPE html>", "", 1)))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var open []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			open = append(open, x.Name.Local)
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1] != x.Name.Local {
				t.Fatalf("%s: </%s> ends %v", name, x.Name.Local, open)
			}
			open = open[:len(open)-1]
		}
	}
}

var number = regexp.MustCompile(`NaN|Inf|%!|<no value>|\[object|%\[`)

func TestNothingIsNotANumber(t *testing.T) {
	for name, r := range all() {
		for _, lang := range []string{"en", "id"} {
			text := html(t, r, lang)
			var b bytes.Buffer
			if err := Terminal(&b, r, Options{Lang: lang}); err != nil {
				t.Fatal(err)
			}
			if bad := number.FindString(text + b.String()); bad != "" {
				t.Errorf("%s %s: %q in the output", name, lang, bad)
			}
		}
	}
}

func TestPageSaysWhatItMust(t *testing.T) {
	r := pilot()
	for lang, w := range map[string]*words{"en": english(), "id": indonesian()} {
		text := html(t, r, lang)
		must := []string{
			`lang="` + lang + `"`, w.CanTitle, w.Badge, w.OneRun, w.Outcome, w.Orders, w.SMEsH, w.CreatorsH, w.MoneyH, w.ConcentrationH, w.Timeline, w.AuditH, w.Calibration,
			w.Changed, w.Settings, w.ChecksH, w.Repeat, w.ConflictsH, w.GlossaryH, w.SourcesH, w.Background, w.Assumption, "disc.rho", "→ 0", r.Scenario.Hash, r.Digest.String(), "abc",
		}
		for _, m := range must {
			if !strings.Contains(text, m) && !strings.Contains(text, strings.ReplaceAll(m, "'", "&#39;")) {
				t.Errorf("%s: the page lacks %q", lang, m)
			}
		}
		for _, v := range r.Scenario.Values {
			if !strings.Contains(text, "<td>"+strings.TrimPrefix(v.Path, "params.")+"</td>") {
				t.Errorf("%s: setting %s is missing", lang, v.Path)
			}
		}
		if n := strings.Count(text, "<svg"); n != len(Figures(r, lang)) {
			t.Errorf("%s: %d figures", lang, n)
		}
	}
}

func TestEveryEntryIsMarked(t *testing.T) {
	for name, r := range all() {
		s := newStudy(r, "en")
		if len(s.marked)+len(s.common) != len(r.Scenario.Entries) {
			t.Errorf("%s: %d marked and %d common of %d entries", name, len(s.marked), len(s.common), len(r.Scenario.Entries))
		}
		text := html(t, r, "en")
		for _, e := range slices.Concat(s.marked, s.common) {
			if !strings.Contains(text, strings.ReplaceAll(e.What, "'", "&#39;")) {
				t.Errorf("%s: the timeline lacks %q", name, e.What)
			}
			if e.number == 0 {
				continue
			}
			for _, f := range s.figures() {
				if f.Name != "money-flows" && !bytes.Contains(f.SVG, []byte(": "+e.mark)) {
					t.Errorf("%s: %s lacks the mark %q", name, f.Name, e.mark)
				}
			}
		}
	}
	if s := newStudy(pilot(), "en"); len(s.common) == 0 || s.marked[0].mark == "" {
		t.Error("the pilot has no common history or no marks")
	}
	if s := newStudy(open(), "en"); len(s.common) > 0 {
		t.Error("the base scenario hides its own entries")
	}
}

func TestTerminalFits(t *testing.T) {
	for name, r := range all() {
		for _, lang := range []string{"en", "id"} {
			var b bytes.Buffer
			if err := Terminal(&b, r, Options{Lang: lang}); err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
			if len(lines) > 32 {
				t.Errorf("%s %s: %d lines", name, lang, len(lines))
			}
			for _, l := range lines {
				if utf8.RuneCountInString(l) > lineWidth || strings.Contains(l, "…") {
					t.Errorf("%s %s: %d columns: %s", name, lang, utf8.RuneCountInString(l), l)
				}
			}
			if !strings.Contains(b.String(), r.Digest.String()) {
				t.Errorf("%s %s: no digest", name, lang)
			}
		}
	}
}

var place = regexp.MustCompile(`%\[\d\]s`)

// TestWordsAreWhole: no text is empty in a language, and both languages have the same keys and places.
func TestWordsAreWhole(t *testing.T) {
	whole(t, "words", *english(), *indonesian())
	whole(t, "versusWords", *versusEnglish(), *versusIndonesian())
	whole(t, "sweepWords", *sweepEnglish(), *sweepIndonesian())
}

// whole compares the words of two languages.
func whole(t *testing.T, name string, en, id any) {
	t.Helper()
	var compare func(at string, a, b reflect.Value)
	compare = func(at string, a, b reflect.Value) {
		switch a.Kind() {
		case reflect.Struct:
			for i := range a.NumField() {
				compare(at+"."+a.Type().Field(i).Name, a.Field(i), b.Field(i))
			}
		case reflect.Slice, reflect.Array:
			if a.Len() != b.Len() || a.Len() == 0 {
				t.Errorf("%s: %d and %d texts", at, a.Len(), b.Len())
				return
			}
			for i := range a.Len() {
				compare(at, a.Index(i), b.Index(i))
			}
		case reflect.Map:
			if a.Len() != b.Len() || a.Len() == 0 {
				t.Errorf("%s: %d and %d keys", at, a.Len(), b.Len())
			}
			for _, k := range a.MapKeys() {
				if !b.MapIndex(k).IsValid() {
					t.Errorf("%s: id lacks %s", at, k)
					continue
				}
				compare(at+"."+k.String(), a.MapIndex(k), b.MapIndex(k))
			}
		case reflect.String:
			x, y := place.FindAllString(a.String(), -1), place.FindAllString(b.String(), -1)
			slices.Sort(x)
			slices.Sort(y)
			if a.Len() == 0 || b.Len() == 0 || !slices.Equal(x, y) {
				t.Errorf("%s: %q and %q", at, a, b)
			}
		default:
			t.Errorf("%s is a %s", at, a.Kind())
		}
	}
	compare(name, reflect.ValueOf(en), reflect.ValueOf(id))
}

func TestNumbers(t *testing.T) {
	en, id := voiceOf("en"), voiceOf("id")
	for _, x := range []struct{ got, want string }{
		{en.num(-1234567.891, 1), "−1,234,567.9"}, {id.num(1234.5, 1), "1.234,5"}, {en.num(-0.01, 1), "0.0"}, {en.percent(.7501), "75.01%"}, {id.percent(.043), "4,3%"},
		{en.percent(.3), "30%"}, {en.billion(2.5e9), "Rp 2.5 bn"}, {id.billion(2.5e12), "Rp 2.500 miliar"}, {en.plain(.0195), "0.0195"},
	} {
		if x.got != x.want {
			t.Errorf("%q, want %q", x.got, x.want)
		}
	}
}
