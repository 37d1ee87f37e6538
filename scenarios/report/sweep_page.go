package report

import (
	"cmp"
	_ "embed"
	"html/template"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"pasar/scenarios/load"
	"pasar/scenarios/report/svgplot"
	"pasar/scenarios/sensitivity"
)

//go:embed sweep.html
var sweepHTML string

// A sweepPage is what the template shows.
type sweepPage struct {
	W                          *words
	V                          *versusWords
	T                          *sweepWords
	Lang, Title, Scope, Study  string
	CSS                        template.CSS
	Info                       load.Info
	Short, Asked, Failed, Sure []string
	Factors, Failures, Over    versusTable
	Outcomes                   []sweepPart
	Options                    Options
	Command, Hash, Results     string
	Seeds                      string
	Sources                    []pair
}

// A sweepPart is what is told of one outcome.
type sweepPart struct {
	Title   string
	Figures []drawing
	Tables  []versusTable
	Boxes   []sweepBox
	Unsaid  []string
}

// A sweepBox is a box in words.
type sweepBox struct {
	Sentence string
	Limits   versusTable
	Caveats  []string
	Way      versusTable
}

func newSweepPage(sweep *Sweep, lang string) (*sweepPage, error) {
	s, err := newSwept(sweep, lang)
	if err != nil {
		return nil, err
	}
	number := func(n int) string { return s.num(float64(n), 0) }
	p := &sweepPage{
		W: s.w, V: s.v, T: s.t, Lang: s.lang, Title: s.title(), Study: sweep.Name, Info: s.info(), Options: sweep.Options,
		CSS:   template.CSS(pageCSS + versusCSS + "@media screen and (prefers-color-scheme:dark){" + svgplot.DarkCSS() + "}"), // our own text
		Scope: text(s.t.Scope, number(sweep.Points), number(sweep.Replications), number(sweep.Runs), number(sweep.Failed)),
		Short: s.findings(), Asked: s.asked(), Failed: s.failed(), Sure: s.sure(), Factors: s.factors(), Failures: s.failures(), Over: s.over(),
		Command: sweep.Command, Hash: sweep.Hash, Results: sweep.Results, Seeds: strconv.FormatUint(sweep.FirstSeed, 10) + "–" + strconv.FormatUint(sweep.LastSeed, 10),
	}
	var notes []string
	for _, f := range sweep.Factors {
		notes = append(notes, f.Source)
	}
	p.Sources = s.cited(nil, notes...)
	for i := range sweep.Outcomes {
		o := &sweep.Outcomes[i]
		part := sweepPart{Title: text(s.t.Drives, s.full(o)), Tables: s.tables(o)}
		for _, f := range s.figures(i) {
			part.Figures = append(part.Figures, drawing{template.HTML(f.SVG), f.caption, s.listing(f.table)}) // svgplot escapes what it writes
		}
		for _, b := range o.Analyses.Boxes {
			x := sweepBox{Sentence: s.box(o, b), Caveats: s.caveats(b), Way: s.way(b)}
			if len(b.Limits) > 0 {
				x.Limits = s.boxTable(b)
			}
			part.Boxes = append(part.Boxes, x)
		}
		for _, e := range o.Analyses.Unsaid {
			part.Unsaid = append(part.Unsaid, s.unsaid(e))
		}
		p.Outcomes = append(p.Outcomes, part)
	}
	return p, nil
}

// asked says what the study is made of.
func (s *swept) asked() []string {
	x := s.sweep
	list := []string{text(s.t.OneWorld, strings.Join(x.Scenarios, ""))}
	if len(x.Scenarios) > 1 {
		list[0] = text(s.t.Worlds, strings.Join(x.Scenarios, ", "), x.Scenarios[0])
	}
	list = append(list, text(s.t.Design, cmp.Or(s.t.Designs[x.Design], x.Design)), text(s.t.Replications, s.num(float64(x.Replications), 0)))
	list = append(list, text(s.t.SeedScheme, strconv.FormatUint(x.FirstSeed, 10), strconv.FormatUint(x.LastSeed, 10), cmp.Or(s.t.Schemes[x.Seeds], x.Seeds)))
	if x.Buyers > 0 {
		list = append(list, strings.TrimSpace(text(s.t.Sample, s.num(float64(x.Buyers), 0))+" "+s.small(x.Buyers)))
	}
	if words := s.t.Windows[x.Window]; words != "" {
		form, last := s.t.OwnLastDay, x.Until
		if last != "" {
			form = s.t.LastDay
		}
		if day, err := time.Parse(time.DateOnly, last); err == nil {
			last = s.date(day)
		}
		list = append(list, text(form, words, last))
	}
	if why := s.t.EndedPrecise; x.Planned > 0 {
		if x.TooMany {
			why = s.t.EndedFailed
		}
		list = append(list, text(why, s.num(float64(x.Replications), 0), s.num(float64(x.Planned), 0)))
	}
	if s.table().Confidence() != .95 {
		list = append(list, text(s.t.Looks, s.confidence()))
	}
	return list
}

// failed says how many runs failed and what that does.
func (s *swept) failed() []string {
	x := s.sweep
	if x.Failed == 0 {
		return []string{s.t.NoneFailed}
	}
	return []string{text(s.t.SomeFailed, s.num(float64(x.Failed), 0), s.num(float64(x.Runs), 0), s.share(float64(x.Failed)/float64(max(x.Runs, 1)))), s.t.FailedBias}
}

// sure says how far the numbers can be trusted.
func (s *swept) sure() (list []string) {
	for i := range s.sweep.Outcomes {
		if o := &s.sweep.Outcomes[i]; o.Less != "" && s.sweep.Replications > 1 {
			if rows, _ := o.finished(); len(rows) > 1 {
				list = append(list, text(s.t.SureChance, s.num(float64(len(rows)), 0), s.figure2((1-o.Table.Confidence())*float64(len(rows)))))
			}
			break
		}
	}
	if a := s.sweep.Outcomes[0].Analyses; s.table().Common && (a.Morris != nil || a.Sobol != nil || a.Regression != nil) {
		list = append(list, s.t.SureSeeds)
	}
	if s.sweep.Replications == 1 {
		list = append(list, s.t.SureOne)
	}
	return append(list, s.t.SureMany, s.t.SureRange, s.t.SureModel)
}

// findings are the sentences at the head of the page.
func (s *swept) findings() (list []string) {
	for i := range s.sweep.Outcomes {
		list = append(list, s.short(&s.sweep.Outcomes[i])...)
	}
	return list
}

// short is an outcome in a few sentences: its sign, what drives it most, and where.
func (s *swept) short(o *SweepOutcome) (list []string) {
	rows, means := o.finished()
	name := upper(s.full(o))
	if len(rows) > 0 && o.Less != "" {
		c := o.tally()
		number := func(n int) string { return s.num(float64(n), 0) }
		list = append(list, text(s.t.Sign, name, number(c.more), number(c.less), number(c.open+c.alone), number(len(means)), s.reach(o, means)))
	}
	if lead := s.lead(o); lead != "" {
		if len(list) == 0 {
			lead = name + ": " + lead
			list = append(list, lead)
		} else {
			list[0] += " " + lead
		}
	}
	for _, b := range o.Analyses.Boxes {
		said := s.box(o, b)
		if e := b.Elsewhere; len(b.Limits) > 0 && e.Known() {
			said += " " + text(s.t.Unseen, s.percent0(e.Value), s.percent0(b.Base))
			if weak(b) {
				said += " " + s.t.MuchChance
			}
		}
		list = append(list, said)
	}
	return list
}

// reach is a difference from its least to its most over the points, for a sign says nothing of a size.
func (s *swept) reach(o *SweepOutcome, means []float64) string {
	x := s.scaleOf(o)
	least, most := s.signed(slices.Min(means)/x.by, x.decimals), s.signed(slices.Max(means)/x.by, x.decimals)
	if least == most {
		return least + " " + x.unit
	}
	return text(s.t.Reach, least, most, x.unit)
}

// lead names the factor that drives an outcome most, by the analysis that says most of it.
func (s *swept) lead(o *SweepOutcome) string {
	a := o.Analyses
	switch {
	case a.Tornado != nil && a.Tornado.Factors[0].Size > 0:
		f := a.Tornado.Factors[0]
		x := s.scaleTo(o.Unit, f.Size)
		low, _ := s.estimate(f.Low, x, true)
		high, _ := s.estimate(f.High, x, true)
		return text(s.t.TornadoLead, s.factor(f.Factor), low, s.at(o, f.Factor, f.LowAt, f.Low), high, s.at(o, f.Factor, f.HighAt, f.High), x.unit)
	case a.Morris != nil:
		most := a.Morris.Factors[0]
		for _, f := range a.Morris.Factors {
			if f.MuStar.Value > most.MuStar.Value {
				most = f
			}
		}
		least := most.MuStar.Value
		if most.MuStar.Sure() {
			least = most.MuStar.Low
		}
		if alone := most.Noise.Value * math.Sqrt(2/math.Pi); most.Noise.Known() && least <= alone { // what luck alone gives
			return s.t.NoLead
		}
		x := s.scaleTo(o.Unit, most.MuStar.Value)
		value, interval := s.estimate(most.MuStar, x, false)
		if most.MuStar.Sure() {
			value += " (" + interval + ")"
		}
		return upper(text(s.t.MorrisLead, s.factor(most.Factor), value, x.unit))
	case a.Sobol != nil:
		most := a.Sobol.Factors[0]
		for _, f := range a.Sobol.Factors {
			if f.NetTotal.Value > most.NetTotal.Value || !most.NetTotal.Known() && f.Total.Value > most.Total.Value {
				most = f
			}
		}
		switch noise := a.Sobol.Noise; {
		case most.NetTotal.Sure() && most.NetTotal.Low > 0:
			return upper(text(s.t.SobolNetLead, s.factor(most.Factor), s.indexShare(most.NetTotal), s.alone(most.NetFirst, most.NetTotal), s.percent0(noise.Value)))
		case noise.Known(), !most.First.Sure() || most.First.Low <= 0: // the total index has luck in it
			return s.t.NoLead
		}
		return upper(text(s.t.SobolLead, s.factor(most.Factor), s.indexShare(most.Total), s.alone(most.First, most.Total)))
	case a.Scores != nil:
		most := a.Scores.Factors[0]
		for _, f := range a.Scores.Factors {
			if f.Share > most.Share {
				most = f
			}
		}
		if !most.Clear {
			return s.t.NoLead
		}
		return upper(text(s.t.ScoresLead, s.factor(most.Factor), s.percent0(most.Share)))
	}
	return ""
}

// indexShare is an index as a share within 0 and 1, beyond which only estimates lie, with its interval.
func (s *swept) indexShare(e sensitivity.Estimate) string {
	share := func(v float64) string { return s.percent0(min(max(v, 0), 1)) }
	if !e.Sure() {
		return share(e.Value)
	}
	return share(e.Value) + " (" + solid(share(e.Low)+" "+s.v.To+" "+share(e.High)) + ")"
}

// alone says how much of what a factor has a part in it explains alone. By estimates that can be more than all.
func (s *swept) alone(first, total sensitivity.Estimate) string {
	if first.Value >= total.Value {
		return s.t.AllAlone
	}
	return text(s.t.PartAlone, s.percent0(max(first.Value, 0)))
}
