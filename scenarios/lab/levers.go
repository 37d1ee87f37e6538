package lab

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"pasar/agents/market"
	"pasar/agents/policy"
	"pasar/scenarios/load"
	"pasar/scenarios/say"
	"pasar/sim"
)

// A Lever is a number of a scenario that a student moves.
type Lever struct {
	Path     string `json:"path"` // as --set takes it
	Name     Text   `json:"name"`
	What     string `json:"what"`  // its own declaration
	Scope    string `json:"scope"` // policy: of this world alone; world: to be set in the base as well
	Type     string `json:"type"`  // number, days
	Unit     string `json:"unit"`
	Min      Number `json:"min"`
	Max      Number `json:"max"`
	Step     Number `json:"step"`
	Value    Number `json:"value"`    // in this scenario
	Happened Number `json:"happened"` // in pilot; null where that has none
	Source   Text   `json:"source"`
	Grade    string `json:"grade"`
	Badge    string `json:"badge"`           // observed, assumed
	Moves    string `json:"moves,omitempty"` // the main outcome that it clearly moves from end to end
	Still    *Text  `json:"still"`           // why it moves none; nil: it does

	note string
}

// A handle says which number is a lever, and what is known of its effect. Unit, source and bounds come from where the number is declared;
// only bounds that are wider than anybody would ask for are narrowed here, and lengths of time, which have none, get some.
type handle struct {
	path   string
	lo, hi float64 // NaN: as declared
	moves  string  // see TestLeversMove; "": none
	still  Text
}

// Headliners are the levers of the lab, those of policy first.
func headliners() []handle {
	declared := math.NaN()
	overlapping := Text{
		"It changes the level of sales in both worlds, but what policy changes in them depends little on it: in a quick run the ranges at both ends overlap.",
		"Ini mengubah tingkat penjualan di kedua dunia, tetapi dampak kebijakan tidak banyak bergantung padanya: pada simulasi cepat rentang di kedua ujung bertumpang tindih.",
	}
	return []handle{
		{path: "reopen.seamless", lo: declared, hi: declared, moves: "gmv"},
		{path: "pilot.caps.share_of_pre", lo: 0, hi: 1, moves: "gmv"},
		{path: "sep.linkout", lo: 0, hi: 1, moves: "gmv"},
		{path: "promo-shopee.share", lo: 0, hi: .14, moves: "gmv"},
		{path: "params.disc.rho", lo: declared, hi: declared, still: overlapping},
		{path: "params.buyer.habit_beta", lo: declared, hi: declared, still: overlapping},
	}
}

// As is the scenario that tells what happened.
const As = "pilot"

// Levers are those that a scenario has.
func Levers(s *load.Scenario) []Lever {
	all := []Lever{}
	past, err := load.Load(As, load.Overrides{})
	if err != nil {
		panic("lab: " + err.Error())
	}
	for _, h := range headliners() {
		l, ok := h.lever(s)
		if !ok {
			continue
		}
		l.Happened = None()
		if p, ok := h.lever(past); ok {
			l.Happened = p.Value
		}
		all = append(all, l)
	}
	return all
}

// lever reads the number that a handle names off a scenario, if it has it.
func (h handle) lever(s *load.Scenario) (l Lever, ok bool) {
	l = Lever{Path: h.path, Type: "number", Moves: h.moves}
	if h.moves == "" {
		l.Still = &h.still
	}
	if name, yes := strings.CutPrefix(h.path, "params."); yes {
		ok = h.parameter(s, name, &l)
	} else {
		ok = h.field(s, &l)
	}
	if !ok {
		return l, false
	}
	if !math.IsNaN(h.lo) {
		l.Min = Number(h.lo)
	}
	if !math.IsNaN(h.hi) {
		l.Max = Number(h.hi)
	}
	l.Step = step(float64(l.Max - l.Min))
	l.Badge = "assumed"
	if (l.Grade == "A" || l.Grade == "B") && !strings.Contains(l.note, "assumed") && !strings.Contains(l.Source.EN, "assumption") {
		l.Badge = "observed"
	}
	return l, true
}

func (h handle) parameter(s *load.Scenario, name string, l *Lever) bool {
	i := slices.IndexFunc(s.Values, func(v load.Value) bool { return v.Path == h.path })
	if i < 0 {
		return false
	}
	v := &s.Values[i]
	x, one := v.Value.(float64)
	l.Scope, l.Unit, l.Min, l.Max, l.Value, l.Source, l.Grade, l.What = "world", v.Unit, Number(v.Lo), Number(v.Hi), Number(x), sourceOf(v.Source), v.Grade, name
	l.Name = textOf(func(lang string) string {
		w := say.In(lang)
		if n := w.Params[name]; n != "" {
			return say.Upper(n)
		}
		return name
	})
	return one
}

func (h handle) field(s *load.Scenario, l *Lever) bool {
	id, at, _ := strings.Cut(h.path, ".")
	i := slices.IndexFunc(s.Entries, func(e load.Entry) bool { return e.ID == id })
	if i < 0 {
		return false
	}
	e := &s.Entries[i]
	for _, g := range load.Givens(e.Do) {
		if g.Path != at {
			continue
		}
		l.Scope, l.Unit, l.Min, l.Max, l.Source, l.Grade, l.What, l.note = "policy", g.Unit, Number(g.Min), Number(g.Max), sourceOf(e.Source), e.Grade, g.Doc, e.Note
		l.Name = textOf(func(lang string) string {
			w := say.In(lang)
			return say.Upper(w.Topic(e)) + ": " + w.Field(at)
		})
		switch x := g.Value.(type) {
		case float64:
			l.Value = Number(x)
			return true
		case policy.Span:
			l.Type, l.Unit, l.Value = "days", "days", Number(float64(sim.Time(x))/float64(market.Day))
			return true
		}
	}
	return false
}

// Places are where a lever can stand but where it stands, as --set takes them.
func (l *Lever) Places() (all []string) {
	decimals := max(int(math.Ceil(-math.Log10(float64(l.Step))-1e-9)), 0)
	for i := range int(math.Round(float64((l.Max-l.Min)/l.Step))) + 1 {
		at := strconv.FormatFloat(float64(l.Min)+float64(i)*float64(l.Step), 'f', decimals, 64)
		if at != strconv.FormatFloat(float64(l.Value), 'f', decimals, 64) {
			all = append(all, l.Path+"="+at)
		}
	}
	return all
}

// step is a round step, the largest with which a range has 14 of them. They are few so that a class that moves a lever to about the same place
// asks for the same run, which is played once.
func step(span float64) Number {
	size := math.Pow(10, math.Floor(math.Log10(span/14)))
	for _, k := range []float64{5, 2} {
		if size*k <= span/14+1e-9 {
			return Number(size * k)
		}
	}
	return Number(size)
}
