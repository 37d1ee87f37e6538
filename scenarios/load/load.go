// Package load reads scenario files: YAML to a checked Scenario, and from there to the book of dated rules. It is the only
// place that knows files; it holds the house's only reflection.
//
// A file says what differs from what it extends. All mistakes are reported at once, each with its line and column, what is
// allowed and the nearest known name; a scenario that loads can be run.
package load

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"pasar/agents/market"
	"pasar/agents/policy"
	"pasar/scenarios/cond"
	"pasar/sim"
)

// A Scenario is a world and what happens to it.
type Scenario struct {
	Name   string
	Title  map[string]string // by language: en, id
	Info   map[string]Info   // by language
	Market string            // "": Indonesia
	Seed   uint64
	Start  sim.Time // outputs begin
	End    sim.Time // first second after the run
	BurnIn sim.Time // length of the time before Start that is played and thrown away
	Window sim.Time
	Buyers int // simulated ones

	Params    *market.Params
	Values    []Value // the same with units and sources
	Entries   []Entry // in the order of the files; rules refer to them by number, from 1
	Outcomes  []string
	Hash      string // of Effective without the seed
	Effective []byte // YAML with every default written out: enough to run the scenario again

	Branches []Branch // which were drawn
	Measures []Said
	Asserts  []Said

	scene *policy.Scene
}

// Info is what a reader should know about a scenario.
type Info struct {
	Question string `yaml:"question"` // what one asks
	Happens  string `yaml:"happens"`  // what is done
	Notice   string `yaml:"notice"`   // what to look at in the results
	Try      string `yaml:"try"`      // what to change next
}

// An Entry is one action of the timeline.
type Entry struct {
	ID     string
	Do     policy.Intervention
	When   policy.When // its date; see If
	If     *Timing     // how the run decides when it happens; nil: it is dated
	Phase  string      // the phase it belongs to
	Exit   *cond.Expr  // of a phase: what ends it, if that is a condition
	Note   string
	Source string
	Grade  string
	File   string
	Line   int
}

// Overrides are what the command line changes.
type Overrides struct {
	Seed   *uint64
	Buyers int      // 0: as the file says
	Until  string   // stop on this day, or at this moment; "": at the end
	Set    []string // path=value
}

// What holds where no file says otherwise.
const (
	defaultSeed   = 1
	DefaultBuyers = 20_000 // the number that the model was set up with: levels hang on it
	leastBuyers   = 100
	mostBuyers    = 5_000_000
)

// Load reads a scenario of the library by its name, or a file by its path. The error is of type Errors.
func Load(ref string, o Overrides) (*Scenario, error) {
	p := &problems{}
	src, data, ok := p.open(source{}, &node{file: "scenario", text: ref}, "")
	if !ok {
		return nil, p.sorted()
	}
	return p.build(src, data, o)
}

// Parse reads a scenario from memory; it may build on scenarios of the library but not on files. file is its name in errors.
func Parse(file string, data []byte, o Overrides) (*Scenario, error) {
	p := &problems{}
	return p.build(source{file: file, closed: true}, data, o)
}

// build turns the text of a file into a scenario.
func (p *problems) build(src source, data []byte, o Overrides) (*Scenario, error) {
	d := p.gather(src, data, nil)
	if d == nil {
		return nil, p.sorted()
	}
	return p.finish(d, o)
}

// finish turns what was gathered into a scenario. It changes nothing below the draft: whatever it replaces, it copies.
func (p *problems) finish(d *draft, o Overrides) (*Scenario, error) {
	s := &Scenario{}
	before := len(p.list)
	p.override(d, o.Set, true)
	p.list = p.list[:before] // told below
	p.branches(s, d, o)
	p.override(d, o.Set, false)
	p.substitute(d)
	p.head(s, d)
	planned, sound := p.world(s, d, o)
	book := changed(d.params, p)
	s.Values = book.values()
	p.lintParams(book)
	var r *reach
	if sound {
		r = &reach{planned: planned, start: d.top.find("world.start"), end: d.top.find("world.end")}
	}
	p.actions(s, d, r)
	p.said(s, d)
	if len(p.list) > 0 {
		return nil, p.sorted()
	}
	s.Params = &market.Params{}
	fill(s.Params, book.leaves)
	text := s.effective(planned)
	sum := sha256.Sum256(text)
	s.Hash = hex.EncodeToString(sum[:])
	s.Effective = append(s.seedLine(), text...)
	return s, nil
}

// Plan writes the rules and deeds of the scenario, where one agent stands for w real ones: first what the parameters say, then
// the actions by date, and those of one second in the order of the files.
func (s *Scenario) Plan(w float64) *market.Book {
	b := &market.Book{}
	set := func(lever market.Lever, on market.Channel, value int64) {
		b.Add(market.Rule{Lever: lever, On: on, Value: value})
	}
	for c := range market.Channels {
		set(market.OrderCap, c, -1)
		set(market.Friction, c, -1)
		set(market.Density, c, market.One)
		set(market.PortFans, c, -1)
		set(market.Personal, c, -1)
	}
	for c := range market.Direct {
		v := &s.Params.Platforms[c]
		set(market.Checkout, c, present(s.Params.Intent[c].Share))
		set(market.Linkout, c, policy.PPM(v.Linkout))
		set(market.FeeShare, c, policy.PPM(v.Commission))
		set(market.FeeFixed, c, int64(v.Fixed))
		set(market.Vouchers, c, policy.PPM(v.Voucher))
	}
	for c := range market.Platforms {
		set(market.Owner, c, int64(policy.FirstOwner(c)))
		set(market.Stake, c, 0)
		set(market.Personal, c, -1)
	}
	plan := &policy.Plan{Book: b, P: s.Params, W: w, Scene: s.scene}
	order := slices.Clone(s.Entries)
	slices.SortStableFunc(order, func(a, b Entry) int { return cmp.Compare(a.When.At, b.When.At) })
	for _, e := range order {
		if e.If == nil {
			e.Do.Enact(plan, e.When)
		}
	}
	s.pledge(plan)
	slices.SortStableFunc(b.Plan, func(a, b market.Entry) int { return cmp.Compare(a.At, b.At) })
	return b
}

// present is 1 unless nobody means to shop in a channel: then it is not in this market, and closed from the start.
func present(intent float64) int64 {
	if intent == 0 {
		return 0
	}
	return 1
}
