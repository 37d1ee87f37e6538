package results

import (
	"context"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"pasar/scenarios/compare"
	"pasar/scenarios/report"
)

// A Reread is what came of playing the comparison of a report again.
type Reread struct {
	Same    bool   `json:"same"`
	Runs    int    `json:"runs"`
	Texts   int    `json:"texts"`           // compared
	Place   string `json:"place,omitempty"` // the heading above the first text that differs
	Want    string `json:"want,omitempty"`  // what the report says there
	Got     string `json:"got,omitempty"`   // what it should say
	Another bool   `json:"another_program"` // the report is of one
}

// VerifyReport plays the comparison of a report again, without the store, and compares what the two say, text by text.
func VerifyReport(ctx context.Context, page []byte, o Options, progress func(compare.Progress)) (*Reread, error) {
	r, err := report.RequestOf(page)
	if err != nil {
		return nil, err
	}
	worlds, options := r.Again()
	options.Version, options.Human, options.Progress = r.Version, o.Human, progress
	c, err := compare.Run(ctx, worlds, options)
	if err != nil {
		return nil, err
	}
	again, err := report.ComparisonHTML(c, report.Options{Lang: r.Lang, Version: r.Version, Human: o.Human})
	if err != nil {
		return nil, err
	}
	v := &Reread{Same: true, Runs: len(c.Runs), Another: r.Version != o.Version}
	want, got := texts(page), texts(again)
	v.Texts = len(got)
	for i := range max(len(want), len(got)) {
		a, b := at(want, i), at(got, i)
		if a.words == b.words {
			continue
		}
		v.Same, v.Want, v.Got, v.Place = false, a.words, b.words, b.under
		return v, nil
	}
	return v, nil
}

// A passage is a text of a page, and the heading that it stands under.
type passage struct{ words, under string }

func at(all []passage, i int) passage {
	if i >= len(all) {
		return passage{words: "(nothing)"}
	}
	return all[i]
}

var (
	hidden = regexp.MustCompile(`(?s)<style.*?</style>|<!--.*?-->`)
	tag    = regexp.MustCompile(`(?s)<(/?[a-zA-Z0-9]+)[^>]*>`)
)

// texts are the texts of a page in order, drawings included; the request, whose runs are its receipts, line by line.
func texts(page []byte) (all []passage) {
	plain := hidden.ReplaceAllString(string(page), "")
	heading, under := "", false
	place := 0
	add := func(text string) {
		for line := range strings.SplitSeq(html.UnescapeString(text), "\n") {
			if line = strings.Join(strings.Fields(line), " "); line == "" {
				continue
			}
			if under {
				heading = line
			}
			all = append(all, passage{line, heading})
		}
	}
	for _, m := range tag.FindAllStringSubmatchIndex(plain, -1) {
		add(plain[place:m[0]])
		place = m[1]
		name := plain[m[2]:m[3]]
		if slices.Contains([]string{"h1", "h2", "h3"}, strings.TrimPrefix(name, "/")) {
			under = !strings.HasPrefix(name, "/")
		}
	}
	add(plain[place:])
	return all
}

// String says what came of it.
func (v *Reread) String() string {
	if v.Same {
		return fmt.Sprintf("same: %d texts of the report, %d runs played again", v.Texts, v.Runs)
	}
	return fmt.Sprintf("not the same, under %q:\n  report  %s\n  again   %s", v.Place, v.Want, v.Got)
}
