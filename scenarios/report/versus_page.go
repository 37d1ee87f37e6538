package report

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	escape "html"
	"html/template"
	"strings"

	"pasar/scenarios/compare"
	"pasar/scenarios/report/svgplot"
)

//go:embed versus.html
var versusHTML string

//go:embed versus.css
var versusCSS string

// A versusPage is what the template shows.
type versusPage struct {
	W                          *words
	V                          *versusWords
	Lang, Title, Period        string
	CSS                        template.CSS
	ReadInterval               string
	Brief                      versusTable
	Front                      drawing
	Assumed                    []string
	Command                    string
	Changed, ByPeriod, Firms   []versusTable
	Groups                     []versusGroup
	Naive, Welfare, Recovery   []versusTable
	Through                    []versusTable
	ChangedNote, WelfareNote   string
	Differs                    []versusList
	Figures                    []drawing
	Checks, Receipts, Held     versusTable
	Missed                     string
	Method                     []string
	Options                    Options
	Hashes, Sources, Effective []pair
	Request                    string
	SettingIntro, SettingsOf   string
	Settings                   settingList
}

// A versusGroup is who gains and who loses in a pair.
type versusGroup struct {
	Table versusTable
	Dots  drawing
}

// A versusList is a list under a sentence.
type versusList struct {
	Word string
	List []string
}

// ComparisonHTML is the report of a comparison: one page without scripts or anything from outside, the same bytes for the same comparison
// and options. A comparison of which a check failed is refused; the error names it.
func ComparisonHTML(c *compare.Comparison, o Options) ([]byte, error) {
	s, err := newVersus(c, o.Lang)
	if err != nil {
		return nil, err
	}
	p, err := s.page(o)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := layout.ExecuteTemplate(&b, "versus", p); err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	return b.Bytes(), nil
}

func (s *versus) page(o Options) (*versusPage, error) {
	request := s.request(o)
	data, err := json.MarshalIndent(request, "", " ")
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	base := s.c.Scenarios[0]
	p := &versusPage{
		W: s.w, V: s.v, Lang: s.lang, Title: s.title(), Period: s.period(), Options: o,
		CSS:   template.CSS(pageCSS + versusCSS + "@media screen and (prefers-color-scheme:dark){" + svgplot.DarkCSS() + "}"), // our own text
		Brief: s.brief(), Assumed: s.assumed(), Command: request.Command(), ReadInterval: s.reading(),
		Checks: s.checks(), Held: s.held(), Missed: s.missed(), Receipts: s.receipts(), Method: s.method(), ChangedNote: text(s.v.ChangedNote, s.num(leastBoot, 0)), Request: string(data), Sources: s.cited(base, s.entrySources()...), SettingsOf: text(s.v.SettingsOf, s.base()),
	}
	p.Front = s.drawn(s.levels(0))
	for i := 1; i < len(s.c.Pairs[0].Main); i++ {
		p.Figures = append(p.Figures, s.drawn(s.levels(i)))
	}
	for i := range s.c.Pairs {
		s.pair(p, i)
	}
	for i, w := range s.c.Worlds {
		p.Hashes = append(p.Hashes, pair{w.Name, s.c.Scenarios[i].Hash})
		p.Effective = append(p.Effective, pair{w.Name, string(s.c.Scenarios[i].Effective)})
	}
	assumed := 0
	for _, v := range base.Values {
		x := s.setting(v)
		if x.Assumed {
			assumed++
		}
		p.Settings.List = append(p.Settings.List, x)
	}
	p.Settings.W = s.w
	p.SettingIntro = text(s.w.SettingsIntro, s.num(float64(assumed), 0), s.num(float64(len(base.Values)), 0))
	return p, nil
}

// entrySources are the sources of what other worlds do, and of the targets.
func (s *versus) entrySources() (out []string) {
	for _, sc := range s.c.Scenarios[1:] {
		for _, e := range sc.Entries {
			out = append(out, e.Source)
		}
	}
	return append(out, targetSources(heldTargets(s.c))...)
}

// pair adds what is said of one pair.
func (s *versus) pair(p *versusPage, i int) {
	x := &s.c.Pairs[i]
	p.Changed, p.ByPeriod = append(p.Changed, s.changed(x)), append(p.ByPeriod, s.byPeriod(i))
	p.Groups = append(p.Groups, versusGroup{s.cohorts(i), s.drawn(s.dots(i))})
	p.Firms = append(p.Firms, s.firms(i))
	if t := s.mechanisms(x); len(t.Rows) > 0 {
		p.Through = append(p.Through, t)
	}
	if x.Shock != nil && len(x.Naive) > 0 {
		p.Naive = append(p.Naive, s.naive(x))
	}
	if len(x.Welfare.Lines) > 0 {
		p.Welfare = append(p.Welfare, s.welfare(x))
		p.WelfareNote = text(s.v.WelfareNote, s.num(x.Welfare.Check, 0))
	}
	if x.Shock != nil && len(x.Recovery) > 0 {
		p.Recovery = append(p.Recovery, s.recovery(x))
	}
	p.Differs = append(p.Differs, versusList{text(s.v.DiffersIntro, s.other(x), s.base()), s.differs(x)})
	for j := range x.Main {
		p.Figures = append(p.Figures, s.drawn(s.differences(i, j)))
	}
	p.Figures = append(p.Figures, s.drawn(s.moved(i)))
}

// drawn is a figure as the page shows it; svgplot escapes what it writes.
func (s *versus) drawn(f Figure) drawing {
	return drawing{template.HTML(f.SVG), f.caption, s.listing(f.table)}
}

// request is what verify reads.
func (s *versus) request(o Options) compare.Request {
	r := s.c.Request()
	r.Lang = s.lang
	if o.Version != "" {
		r.Version = o.Version
	}
	return r
}

// The marks about the request in a report.
const (
	requestBegins = `<pre id="request">`
	requestEnds   = "</pre>"
)

// RequestOf reads from the report of a comparison what was asked for, and what came of each run.
func RequestOf(page []byte) (*compare.Request, error) {
	_, rest, found := strings.Cut(string(page), requestBegins)
	text, _, closed := strings.Cut(rest, requestEnds)
	if !found || !closed {
		return nil, errors.New("report: this is no report of a comparison: it holds no request")
	}
	var r compare.Request
	if err := json.Unmarshal([]byte(escape.UnescapeString(text)), &r); err != nil {
		return nil, fmt.Errorf("report: the request in the report is damaged: %w", err)
	}
	if len(r.Worlds) < 2 || len(r.Seeds) == 0 {
		return nil, errors.New("report: the request in the report names fewer than two worlds, or no seed")
	}
	return &r, nil
}
