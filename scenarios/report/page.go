package report

import (
	"pasar/agents/market"

	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/report/svgplot"
	"pasar/scenarios/report/xlsx"
	"pasar/scenarios/results/measure"
	"pasar/scenarios/shell"
)

// Options say for whom a report is and which program made it.
type Options struct {
	Lang    string // "en" (also when empty) or "id"
	Version string // SHA-256 of the executable
	Human   string // the same for people
}

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

var layout = template.Must(template.Must(template.Must(template.New("page").Parse(pageHTML)).Parse(versusHTML)).Parse(sweepHTML))

// A page is what the template shows: texts that are ready, and tables.
type page struct {
	W                          *words
	Lang, Title, Period        string
	Population                 string
	Info                       load.Info
	Finding                    []string
	Stopped                    string
	CSS                        template.CSS
	Figures                    map[string]drawing
	Outcome, Shares, Ledger    listing
	Owners                     listing
	OutcomeIntro, Money        string
	Marked, Common             []event
	Audits                     []string
	Branches                   []string
	Measures, Asserts          listing
	Calibration                listing
	ChangedIntro, SettingIntro string
	Changed, Settings          []setting
	Sources                    []pair
	Options                    Options
	Command                    string
	Exact                      bool
	Hash, Digest, Seed         string
	Effective                  string
}

// A listing is a table of text. The first column is on the left, numbers are on the right.
type listing struct {
	Head []string
	Rows [][]string
	Left int // further columns of words
}

// listing writes a table in words.
func (s voice) listing(t xlsx.Sheet) listing {
	var x listing
	for _, c := range t.Head {
		x.Head = append(x.Head, c.Name)
	}
	for _, row := range t.Rows {
		var r []string
		for _, c := range row {
			r = append(r, s.cell(c))
		}
		x.Rows = append(x.Rows, r)
	}
	return x
}

// cell is a value as people read it.
func (s voice) cell(c xlsx.Cell) string {
	switch c.Kind {
	case xlsx.Figure:
		return s.num(c.Value, c.Decimals)
	case xlsx.Part:
		if c.Empty() {
			return "–"
		}
		return s.num(100*c.Value, c.Decimals) + "%"
	case xlsx.Day, xlsx.Minute:
		return s.date(c.Time)
	}
	return c.Text
}

// A drawing is a figure within the page, and the table behind it.
type drawing struct {
	SVG     template.HTML
	Caption string
	Table   listing
}

// A setting is a row of the table of settings.
type setting struct {
	Path, Unit, Default, Value, Range, Source, Grade string
	Changed, Assumed                                 bool
}

// HTML is the report of a run: one page without scripts or anything from outside.
func HTML(r *play.Result, o Options) ([]byte, error) {
	if r == nil || r.Scenario == nil || r.Market == nil {
		return nil, errors.New("report: there is no result")
	}
	var b bytes.Buffer
	if err := layout.Execute(&b, newStudy(r, o.Lang).page(o)); err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	return b.Bytes(), nil
}

func (s *study) page(o Options) *page {
	sc := s.run.Scenario
	p := &page{
		W: s.w, Lang: s.lang, Title: s.title(), Info: s.info(), Finding: s.finding(), Figures: map[string]drawing{}, Options: o,
		CSS:        template.CSS(pageCSS + "@media screen and (prefers-color-scheme:dark){" + svgplot.DarkCSS() + "}"), // our own text
		Population: text(s.w.Population, s.num(float64(sc.Buyers), 0), s.num(s.run.W, 0), strconv.FormatUint(sc.Seed, 10), sc.Name),
		Outcome:    s.listing(s.outcome()), Shares: s.listing(s.shareTable()), Owners: s.listing(s.ownerTable()), Ledger: s.listing(s.ledger()), Marked: s.marked, Common: s.common, Calibration: s.calibration(),
		Hash: sc.Hash, Digest: s.run.Digest.String(), Seed: strconv.FormatUint(sc.Seed, 10), Effective: string(sc.Effective),
	}
	if n := s.run.Days(); n > 0 {
		p.Period = text(s.w.Period, s.date(s.run.Date(0)), s.date(s.run.Date(n-1)))
		if s.run.Stopped {
			p.Stopped = text(s.w.Stopped, s.date(s.run.Date(n-1)))
		}
	}
	var dates []string
	for _, x := range s.windows() {
		dates = append(dates, x.name+": "+x.dates)
	}
	p.OutcomeIntro = strings.TrimSpace(text(s.w.OutcomeIntro, strings.Join(dates, "; ")) + " " + s.small(sc.Buyers))
	m := s.run.Money()
	p.Money = text(s.w.MoneyIntro, s.trillion(m.Buyers), s.trillion(m.Vouchers+m.Returns))
	for _, f := range s.figures() {
		p.Figures[f.Name] = drawing{template.HTML(f.SVG), f.caption, s.listing(f.table)} // svgplot escapes what it writes
	}
	for _, a := range s.run.Audits {
		sentence := text(s.w.AuditText, s.moment(a.At), s.num(float64(a.C)/1e6, 2), s.num(float64(a.M)/1e6, 2), s.w.Decisions[market.Decisions[a.Rule]])
		if i := s.run.Imposed(a.At); i >= 0 {
			sentence += " " + text(s.w.AuditImposed, s.w.Decisions[market.Decisions[i]])
		}
		p.Audits = append(p.Audits, sentence)
	}
	for _, x := range sc.Branches {
		p.Branches = append(p.Branches, text(s.w.Branch, x.Name, x.Drawn))
	}
	p.Measures, p.Asserts = s.measures(), s.asserts()
	s.settings(p)
	p.Command, p.Exact = s.command()
	p.Sources = s.cited(sc, targetSources(s.run.Targets())...)
	return p
}

func targetSources(all []measure.Target) (out []string) {
	for _, t := range all {
		out = append(out, t.Source)
	}
	return out
}

func (s *study) info() load.Info {
	if i, ok := s.run.Scenario.Info[s.lang]; ok {
		return i
	}
	return s.run.Scenario.Info["en"]
}

// settings lists the parameters: those that the scenario changes, then all.
func (s *study) settings(p *page) {
	assumed := 0
	for _, v := range s.run.Scenario.Values {
		x := s.setting(v)
		if x.Assumed {
			assumed++
		}
		if v.Changed {
			p.Changed = append(p.Changed, x)
		}
		p.Settings = append(p.Settings, x)
	}
	all := s.num(float64(len(p.Settings)), 0)
	p.ChangedIntro = text(s.w.ChangedNone, all)
	if n := len(p.Changed); n > 0 {
		p.ChangedIntro = text(s.w.ChangedIntro, s.num(float64(n), 0), all)
	}
	p.SettingIntro = text(s.w.SettingsIntro, s.num(float64(assumed), 0), all)
}

// assumption is the source of what has none.
const assumption = "assumption"

// setting is a parameter as a row of a table.
func (s voice) setting(v load.Value) setting {
	x := setting{
		Path: strings.TrimPrefix(v.Path, "params."), Unit: s.w.UnitWord(v.Unit), Default: s.values(v.Default), Value: s.values(v.Value), Range: s.plain(v.Lo) + " – " + s.plain(v.Hi),
		Grade: v.Grade, Changed: v.Changed, Assumed: v.Source == assumption || v.Grade == "none",
	}
	if v.Source != assumption { // which the mark says
		x.Source = s.w.SourceWords(v.Source)
	}
	return x
}

// values writes the value of a setting: a number or a list of them.
func (s voice) values(v any) string {
	switch v := v.(type) {
	case float64:
		return s.plain(v)
	case []float64:
		out := ""
		for i, x := range v {
			if i > 0 {
				out += "; "
			}
			out += s.plain(x)
		}
		return out
	}
	return ""
}

// command is what plays the run again, and whether the library's scenario alone does.
func (s *study) command() (string, bool) {
	sc := s.run.Scenario
	seed := strconv.FormatUint(sc.Seed, 10)
	same, err := load.Load(sc.Name, load.Overrides{Seed: &sc.Seed, Buyers: sc.Buyers})
	if err == nil && same.Hash == sc.Hash {
		return shell.Line("pasar", "run", sc.Name, "--seed", seed, "--buyers", strconv.Itoa(sc.Buyers)), true
	}
	return "pasar run ./scenario.yaml --seed " + seed, false
}

// A settingList is a table of settings with the words of its head.
type settingList struct {
	W    *words
	List []setting
}

// ChangedList and SettingsList are for the template.
func (p *page) ChangedList() settingList  { return settingList{p.W, p.Changed} }
func (p *page) SettingsList() settingList { return settingList{p.W, p.Settings} }
