package lab

import (
	"cmp"
	"math"
	"slices"
	"sync"
	"time"

	"pasar/agents/market"
	"pasar/agents/policy"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/results/measure"
	"pasar/scenarios/say"
	"pasar/sim"
)

// A Text is in all languages of the program.
type Text struct {
	EN string `json:"en"`
	ID string `json:"id"`
}

// textOf is a text by language.
func textOf(of func(lang string) string) Text { return Text{of("en"), of("id")} }

// Said is a text of a scenario, in English where it has no other language.
func said(by map[string]string) Text {
	t := Text{by["en"], by["id"]}
	if t.ID == "" {
		t.ID = t.EN
	}
	return t
}

// An Event is an entry of a scenario's timeline.
type Event struct {
	ID        string  `json:"id"`
	Do        string  `json:"do"`
	At        *string `json:"at"`
	Date      *string `json:"date"`
	Until     *string `json:"until"`
	End       *Ending `json:"end"`
	Condition string  `json:"condition,omitempty"`
	Mark      Text    `json:"mark"`
	Sentence  Text    `json:"sentence"`
	Headline  bool    `json:"headline"`
	Source    Text    `json:"source"`
	Grade     string  `json:"grade"`
	Note      string  `json:"note,omitempty"`
}

// Events lists the timeline of a scenario by date; what a condition decides comes last. Those of one moment stay in the order of the files.
func Events(s *load.Scenario) []Event {
	all := []Event{}
	en, id := say.In("en"), say.In("id")
	for _, e := range dated(s) {
		x := Event{ID: e.ID, Do: e.Do.Doc().Name, Source: sourceOf(e.Source), Grade: e.Grade, Note: e.Note, Headline: headline(e), End: ending(s, e)}
		if e.If == nil {
			at, date := rfc(e.When.At), dateOf(e.When.At)
			x.At, x.Date = &at, &date
		} else {
			x.Condition = e.Timing()
		}
		if e.When.Until != 0 {
			until := dateOf(e.When.Until)
			x.Until = &until
		}
		x.Mark.EN, x.Sentence.EN = en.Entry(e)
		x.Mark.ID, x.Sentence.ID = id.Entry(e)
		all = append(all, x)
	}
	return all
}

// dated lists the entries of a scenario by date, those without one last.
func dated(s *load.Scenario) (list []*load.Entry) {
	for i := range s.Entries {
		list = append(list, &s.Entries[i])
	}
	at := func(e *load.Entry) sim.Time {
		if e.If != nil {
			return math.MaxInt64
		}
		return e.When.At
	}
	slices.SortStableFunc(list, func(a, b *load.Entry) int { return cmp.Compare(at(a), at(b)) })
	return list
}

// headline tells whether an entry is worth a place in the strip of events: fees and vouchers that change anyway are background.
func headline(e *load.Entry) bool {
	switch e.Do.(type) {
	case *policy.SetFee, *policy.SetVoucher, *policy.SetLinkout, *policy.SetFriction:
		return false
	}
	return true
}

func rfc(t sim.Time) string    { return market.Clock.Date(t).Format(time.RFC3339) }
func dateOf(t sim.Time) string { return market.Clock.Date(t).Format(time.DateOnly) }

// A Span is a stretch of days that charts mark: a storefront is closed, or on trial.
type Span struct {
	Kind    string `json:"kind"` // ban, pilot
	Shop    string `json:"shop"`
	From    string `json:"from"`
	To      string `json:"to"` // last day
	Reopens bool   `json:"reopens"`
}

// Spans lists those that a scenario's plan has.
func Spans(s *load.Scenario) []Span {
	all := []Span{}
	_, _, w := play.Sizes(s)
	book := s.Plan(w)
	for _, c := range measure.Closures(s, book) {
		all = append(all, Span{"ban", c.Shop.String(), dateOf(c.From), dateOf(c.To - 1), c.Reopens})
	}
	for _, p := range measure.Pilots(s, book) {
		all = append(all, Span{"pilot", p.Shop.String(), dateOf(p.From), dateOf(p.To - 1), true})
	}
	return all
}

// A Card is a scenario in a gallery.
type Card struct {
	Name     string   `json:"name"`
	Aliases  []string `json:"aliases"`
	Title    Text     `json:"title"`
	Question Text     `json:"question"`
	Happens  Text     `json:"happens"`
	Notice   Text     `json:"notice"`
	Try      Text     `json:"try"`
	Group    string   `json:"group"`  // history, what-if
	Base     string   `json:"base"`   // what it is usually compared with
	Market   string   `json:"market"` // "": Indonesia
	Hash     string   `json:"hash"`
	Start    string   `json:"start"`
	End      string   `json:"end"` // last day
	Strip    string   `json:"strip,omitempty"`
}

// History are the scenarios that tell what happened and what it is measured against, in the order of the gallery.
func history() []string { return []string{"pilot", "ban", "no-ban"} }

// Usual is the scenario that others are compared with.
const Usual = "no-ban"

// CardOf is a scenario in a gallery. Names are those that a scenario of the library can be run by.
func CardOf(s *load.Scenario, aliases []string) Card {
	c := Card{Name: s.Name, Aliases: append([]string{}, aliases...), Title: said(s.Title), Group: "what-if", Base: Usual, Hash: s.Hash, Start: dateOf(s.Start), End: dateOf(s.End - 1)}
	if c.Market = s.Market; c.Market != "" {
		c.Base = s.Name // there is no other of its market: two markets cannot be compared
	}
	for _, h := range history() {
		if h == s.Name {
			c.Group = "history"
		}
	}
	info := func(of func(load.Info) string) Text {
		by := map[string]string{}
		for lang, i := range s.Info {
			by[lang] = of(i)
		}
		return said(by)
	}
	c.Question = info(func(i load.Info) string { return i.Question })
	c.Happens = info(func(i load.Info) string { return i.Happens })
	c.Notice = info(func(i load.Info) string { return i.Notice })
	c.Try = info(func(i load.Info) string { return i.Try })
	return c
}

// Gallery lists the library: history first, then what might have been, by name.
func Gallery() ([]Card, error) {
	all, err := gallery()
	return slices.Clone(all), err
}

// The library is part of the program: it is read once.
var gallery = sync.OnceValues(readGallery)

func readGallery() ([]Card, error) {
	var first, rest []Card
	for _, name := range history() {
		s, err := load.Load(name, load.Overrides{})
		if err != nil {
			return nil, err
		}
		first = append(first, CardOf(s, nil))
	}
	for _, l := range load.Library() {
		s, err := load.Load(l.Name, load.Overrides{})
		if err != nil {
			return nil, err
		}
		c := CardOf(s, l.Aliases)
		if c.Group != "history" {
			rest = append(rest, c)
			continue
		}
		for i := range first {
			if first[i].Name == c.Name {
				first[i] = c
			}
		}
	}
	return append(first, rest...), nil
}

// A Value is a parameter of a scenario.
type Value struct {
	Path    string `json:"path"`
	Unit    Text   `json:"unit"`
	Value   any    `json:"value"`
	Lo      Number `json:"lo"`
	Hi      Number `json:"hi"`
	Default any    `json:"default"`
	Source  Text   `json:"source"`
	Grade   string `json:"grade"`
	Changed bool   `json:"changed"`
}

// A Scene is all that there is to know of a scenario before it is played.
type Scene struct {
	Card
	Seed      uint64   `json:"seed"`
	Buyers    int      `json:"buyers"`
	Outcomes  []string `json:"outcomes"`
	Text      string   `json:"text"`
	Effective string   `json:"effective"`
	Events    []Event  `json:"events"`
	Spans     []Span   `json:"spans"`
	Levers    []Lever  `json:"levers"`
	Values    []Value  `json:"values"`
}

// SceneOf describes a scenario that was loaded from a text.
func SceneOf(s *load.Scenario, text string) Scene {
	x := Scene{Card: CardOf(s, nil), Seed: s.Seed, Buyers: s.Buyers, Outcomes: append([]string{}, s.Outcomes...), Text: text, Effective: string(s.Effective),
		Events: Events(s), Spans: Spans(s), Levers: Levers(s)}
	for _, v := range s.Values {
		x.Values = append(x.Values, Value{v.Path, unitOf(v.Unit), v.Value, Number(v.Lo), Number(v.Hi), v.Default, sourceOf(v.Source), v.Grade, v.Changed})
	}
	return x
}
