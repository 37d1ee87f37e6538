package explain

import (
	"encoding/json"
	"math"
	"strconv"
	"time"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/scenarios/replay"
	"pasar/sim"
)

// A FactJSON is a fact for programs.
type FactJSON struct {
	At     string `json:"at,omitempty"` // none where it sums a whole life up
	Text   string `json:"text"`
	Values []any  `json:"values"`          // in the order of the sentence; money in Rp, entries by id
	Event  string `json:"event,omitempty"` // that shows it
	Why    string `json:"why,omitempty"`   // id of the entry it hung on
	Cause  string `json:"cause,omitempty"` // kind of event that its event was a reaction to
}

// A StoryJSON is a story for programs.
type StoryJSON struct {
	Agent    string     `json:"agent"`
	Scenario string     `json:"scenario"`
	Seed     uint64     `json:"seed"`
	Facts    []FactJSON `json:"facts"`
	Timeline []LineJSON `json:"timeline"`
}

// A LineJSON is a line of the timeline.
type LineJSON struct {
	What   string     `json:"what"`
	On     string     `json:"on,omitempty"`
	Values []*float64 `json:"values"` // null: none
}

func stampJSON(t sim.Time) string { return market.Clock.Date(t).Format(time.RFC3339) }

// JSON is the story for programs, its sentences in a language.
func (s *Story) JSON(lang string) StoryJSON {
	w := in(lang)
	x := StoryJSON{Agent: replay.Name(s.run.Market, s.ID), Scenario: s.run.Scenario.Name, Seed: s.run.Scenario.Seed}
	for i := range s.Facts {
		f := &s.Facts[i]
		j := FactJSON{Text: w.fact(f), Values: []any{}}
		if f.At > market.Day && !f.sums() {
			j.At = stampJSON(f.At)
		}
		for _, v := range f.Values {
			j.Values = append(j.Values, valueJSON(v))
		}
		if e := f.Event; e != nil {
			j.Event = MarkOf(e).String()
			if entry := s.run.Entry(e.Why); entry != nil {
				j.Why = entry.ID
			}
			if f.Cause != nil {
				j.Cause = market.KindName(f.Cause.Kind)
			}
		}
		x.Facts = append(x.Facts, j)
	}
	for _, l := range s.Lines {
		j := LineJSON{What: w.forms[l.What]}
		for _, v := range l.Values {
			x := &v
			if math.IsNaN(v) {
				x = nil
			}
			j.Values = append(j.Values, x)
		}
		if l.On < market.Channels {
			j.On = l.On.String()
		}
		x.Timeline = append(x.Timeline, j)
	}
	return x
}

func valueJSON(v any) any {
	keys := func(list []tally) any {
		all := map[string]float64{}
		for _, x := range list {
			all[x.On.String()] = x.N
		}
		return all
	}
	switch x := v.(type) {
	case day:
		return stampJSON(sim.Time(x))[:10]
	case sim.Time:
		return stampJSON(x)
	case market.Channel:
		return x.String()
	case []market.Channel:
		names := []string{}
		for _, c := range x {
			names = append(names, c.String())
		}
		return names
	case market.Category:
		return x.String()
	case market.Region:
		return market.RegionKeys()[x]
	case market.Tier:
		return x.String()
	case market.Size:
		return market.SizeKeys()[x]
	case rates:
		return keys(x)
	case sums:
		return keys(x)
	case tallies:
		return keys(x)
	case *load.Entry:
		if x == nil {
			return nil
		}
		return x.ID
	}
	return v
}

// A StepJSON is an event of a path for programs.
type StepJSON struct {
	ID    string          `json:"id"`
	At    string          `json:"at"`
	From  string          `json:"from"`
	To    string          `json:"to"`
	Text  string          `json:"text"`
	Rule  string          `json:"because,omitempty"` // id of the entry it hung on
	Event json.RawMessage `json:"event"`
}

// A PathJSON is a path for programs.
type PathJSON struct {
	Steps []StepJSON `json:"steps"` // the event first
	Entry string     `json:"entry,omitempty"`
	Start bool       `json:"initial_state"` // it ends there, not in an entry
}

// JSON is the path for programs, its sentences in a language.
func (p *Path) JSON(r *Run, lang string) PathJSON {
	w := in(lang)
	x := PathJSON{Start: p.Entry == nil}
	for i := range p.Steps {
		x.Steps = append(x.Steps, r.stepJSON(w, &p.Steps[i]))
	}
	if p.Entry != nil {
		x.Entry = p.Entry.ID
	}
	return x
}

func (r *Run) stepJSON(w *words, s *Step) StepJSON {
	e := &s.Event
	j := StepJSON{ID: MarkOf(e).String(), At: stampJSON(e.At), From: replay.Name(r.Market, e.From), To: replay.Name(r.Market, e.To), Text: r.event(w, e), Event: market.JSON(e)}
	if s.Rule != nil {
		j.Rule = s.Rule.ID
	}
	return j
}

// A DifferenceJSON is an event that two runs do not share.
type DifferenceJSON struct {
	A *StepJSON `json:"a,omitempty"`
	B *StepJSON `json:"b,omitempty"`
}

func (d *Difference) json(w *words, a, b *Run) *DifferenceJSON {
	if d == nil {
		return nil
	}
	x := &DifferenceJSON{}
	if d.A != nil {
		s := a.stepJSON(w, &Step{Event: *d.A})
		x.A = &s
	}
	if d.B != nil {
		s := b.stepJSON(w, &Step{Event: *d.B})
		x.B = &s
	}
	return x
}

// A PairJSON is one agent in two worlds.
type PairJSON struct {
	Parts   *DifferenceJSON `json:"parts"` // null: nothing differs
	Why     []string        `json:"why"`   // ids of entries that the two events go back to
	Since   [2]SinceJSON    `json:"since"`
	Stories [2]StoryJSON    `json:"stories"`
}

// A SinceJSON is what an agent sold, bought or earned once its lives had parted.
type SinceJSON struct {
	Orders      map[string]float64 `json:"orders"` // accepted, by storefront
	Amount      market.Money       `json:"rp"`
	TurnedAway  int                `json:"turned_away"`
	Commissions int                `json:"commissions"`
}

// JSON is the pair for programs.
func (p *Pair) JSON(lang string) PairJSON {
	w := in(lang)
	x := PairJSON{Parts: p.Parts.json(w, p.runs[0], p.runs[1]), Why: []string{}}
	for _, path := range p.paths {
		if path != nil {
			for _, e := range path.Named() {
				x.Why = append(x.Why, e.ID)
			}
		}
	}
	for i, s := range p.Stories {
		x.Stories[i] = s.JSON(lang)
		y := &p.since[i]
		x.Since[i] = SinceJSON{map[string]float64{}, y.Amount, y.TurnedAway, y.Commissions}
		for c, n := range y.Orders {
			if n > 0 {
				x.Since[i].Orders[market.Channel(c).String()] = n
			}
		}
	}
	return x
}

// A DayJSON is how far a front has come by the end of a day.
type DayJSON struct {
	Date     string `json:"date"`
	Buyers   int    `json:"buyers"`
	SMEs     int    `json:"smes"`
	Creators int    `json:"creators"`
	Channels int    `json:"channels"`
}

// A FrontJSON is where two runs part.
type FrontJSON struct {
	First   *DifferenceJSON `json:"first"` // null: the runs are one
	Entry   string          `json:"entry,omitempty"`
	Days    []DayJSON       `json:"days"`
	Through map[string]int  `json:"through"` // agents by the kind of event that touched them first
	Agents  [4]int          `json:"agents"`  // there are: buyers, SMEs, creators, channels
}

// JSON is the front for programs.
func (f *Front) JSON(a, b *Run, lang string) FrontJSON {
	x := FrontJSON{First: f.First.json(in(lang), a, b), Days: []DayJSON{}, Through: map[string]int{}, Agents: f.Agents}
	if f.Named != nil {
		x.Entry = f.Named.ID
	}
	for _, d := range f.Days(a.Market) {
		x.Days = append(x.Days, DayJSON{stampJSON(d.Date - 1)[:10], d.Agents[0], d.Agents[1], d.Agents[2], d.Agents[3]})
	}
	for k, n := range f.ByKind {
		x.Through[market.KindName(k)] = n
	}
	return x
}

// A PickJSON is an SME that may be worth asking for.
type PickJSON struct {
	Agent  string  `json:"agent"`
	Closed string  `json:"closed,omitempty"`
	From   string  `json:"from,omitempty"`
	To     string  `json:"to,omitempty"`
	Share  float64 `json:"share,omitempty"` // that From had
}

// A PicksJSON is suggestions.
type PicksJSON struct {
	Closed    []PickJSON `json:"closed"`
	Moved     []PickJSON `json:"moved"`
	Dependent []PickJSON `json:"dependent"`
}

// PicksOf is suggestions for programs.
func PicksOf(groups [3][]Pick) PicksJSON {
	lists := [3][]PickJSON{{}, {}, {}}
	for i, g := range groups {
		for _, p := range g {
			j := PickJSON{Agent: "sme:" + strconv.Itoa(p.SME)}
			if p.Closed > 0 {
				j.Closed = stampJSON(p.Closed)
			} else {
				j.From, j.To, j.Share = p.From.String(), p.To.String(), p.OnTop
			}
			lists[i] = append(lists[i], j)
		}
	}
	return PicksJSON{lists[0], lists[1], lists[2]}
}
