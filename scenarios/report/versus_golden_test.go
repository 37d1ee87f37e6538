package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the files that tests compare with")

// What is written for people, letter by letter; -update writes it anew. The numbers were made up.
func TestGoldenComparison(t *testing.T) {
	for _, lang := range []string{"en", "id"} {
		md, err := ComparisonMarkdown(three(), Options{Lang: lang})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := ComparisonTerminal(&b, three(), Options{Lang: lang}); err != nil {
			t.Fatal(err)
		}
		golden := map[string][]byte{"versus-" + lang + ".md": md, "versus-" + lang + ".txt": b.Bytes()}
		if lang == "en" {
			golden["versus-en.page.txt"] = tables(versusPageOf(t, three(), lang))
		}
		for name, got := range golden {
			path := filepath.Join("testdata", name)
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s is not what came of it; see what differs, and write it anew with -update if that is meant", path)
			}
		}
	}
}

var tag = regexp.MustCompile(`<[^>]*>`)

// tables are the texts of a page up to its charts by week, without charts.
func tables(page string) []byte {
	_, page, _ = strings.Cut(page, "<body>")
	page, _, _ = strings.Cut(page, `<summary>`)
	page = regexp.MustCompile(`(?s)<svg.*?</svg>`).ReplaceAllString(page, "")
	page = strings.NewReplacer("\u00a0", " ", "</td><td", "</td> | <td", "</th><th", "</th> | <th", "&#43;", "+", "&#34;", `"`).Replace(page)
	var b bytes.Buffer
	for line := range strings.Lines(tag.ReplaceAllString(page, "")) {
		if line = strings.TrimSpace(line); line != "" {
			b.WriteString(line + "\n")
		}
	}
	return b.Bytes()
}
