// Package policy holds the interventions: what a scenario can do to the market, one kind a file.
//
// An intervention is a setting (a dated value of one lever) or a process (something with several dates and effects). It is a
// struct of its parameters, whose tags say what the loader, the schema, the linter and the ODD need to know; it does nothing
// but write dated rules and deeds into the book, so that all agents, in all processes, agree on what holds when.
package policy

import (
	"fmt"
	"hash/fnv"

	"pasar/agents/market"
	"pasar/sim"
)

// An Intervention is one kind of entry of a scenario's timeline. Its exported fields are its parameters, with tags:
//
//	yaml:"name" doc:"what it is" unit:"..." min:"0" max:"1" default:"..." enum:"a,b" required:"true"
//
// Types of fields: market.Channel (a platform's key), market.OwnerID, Party, float64, bool, string, Date, Span, and structs,
// pointers to structs (may be left out) and slices of these.
type Intervention interface {
	// Doc names the intervention and says in a sentence what it does.
	Doc() Doc
	// Check reports what is wrong with the parameters, beyond what the tags say.
	Check(s *Scene, w When) []Problem
	// Enact writes rules and deeds into the plan.
	Enact(p *Plan, w When)
	// Null makes it do nothing: what a placebo runs (decisions A3).
	Null()
}

// Doc describes an intervention.
type Doc struct {
	Name    string // as in files: set_fee
	What    string
	Process bool   // false: a setting
	Section string // of model.md
}

// A Date is a moment given in a scenario file, a Span a length of time ("14d", "6h"). A Date below 0 is that long after its entry
// begins; before an entry is checked or enacted the loader turns it into a moment.
type (
	Date sim.Time
	Span sim.Time
)

// Never is the date of what has not happened.
const Never sim.Time = 1 << 40

// When says when an entry takes place, and which one it is.
type When struct {
	At    sim.Time
	Until sim.Time // 0: for good
	Entry uint32   // its number in the scenario, from 1
	ID    string
}

// Name is the entry's name as a number: luck that hangs on an entry is the same in all worlds that have it, wherever it stands in
// their files.
func (w When) Name() uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(w.ID)) // a hash does not fail
	return h.Sum32()
}

// A Scene is what a check may look at: the run's dates and the entries by id.
type Scene struct {
	Start, End sim.Time
	Window     sim.Time
	Entries    map[string]When
	Do         map[string]Intervention
}

// find is the first entry of the file, in order, that fits.
func (s *Scene) find(fits func(id string, do Intervention) bool) (string, bool) {
	best, found := "", false
	for id, do := range s.Do { // the least entry is found in any order
		if fits(id, do) && (!found || s.Entries[id].Entry < s.Entries[best].Entry) {
			best, found = id, true
		}
	}
	return best, found
}

// A Problem is a mistake in one field ("" for the entry as a whole).
type Problem struct{ Field, What string }

// Plan is what interventions write into.
type Plan struct {
	Book  *market.Book
	P     *market.Params
	W     float64
	Scene *Scene
	null  bool // a placebo writes: rules keep what holds, deeds are left out
}

// Rule writes a rule from w.At on, until the entry ends; that of a placebo says what holds anyway.
func (p *Plan) Rule(w When, lever market.Lever, on market.Channel, value int64) {
	r := market.Rule{From: w.At, Until: w.Until, Lever: lever, On: on, Value: value, Why: w.Entry}
	if p.null {
		held := p.Book.At(lever, on, w.At)
		r.Value, r.Until = held.Value, held.Until
	}
	p.Book.Add(r)
}

// Deed writes a deed of the Desk.
func (p *Plan) Deed(w When, e market.Entry) {
	if p.null {
		return
	}
	e.Why, e.Name = w.Entry, w.Name()
	if e.At == 0 {
		e.At = w.At
	}
	p.Book.Plan = append(p.Book.Plan, e)
}

// IDR is a corporate amount in US dollars as rupiah of this simulation's scale (§2.2).
func (p *Plan) IDR(usd float64) market.Money {
	return market.Money(usd * p.P.Scale.USDIDR / p.W)
}

// PPM is a share as parts per million.
func PPM(share float64) market.PPM {
	if share < 0 {
		return market.PPM(float64(share*1e6) - .5)
	}
	return market.PPM(float64(share*1e6) + .5)
}

// A placebo is part of an intervention that has no value of its own that means nothing.
type placebo struct{ off bool }

// Null makes the intervention write rules that keep what holds.
func (x *placebo) Null() { x.off = true }

// on is the plan to write into.
func (x *placebo) on(p *Plan) *Plan {
	if !x.off {
		return p
	}
	null := *p
	null.null = true
	return &null
}

func problem(field, format string, args ...any) []Problem {
	return []Problem{{field, fmt.Sprintf(format, args...)}}
}

// date writes a moment for a message.
func date(t sim.Time) string { return market.Clock.Date(t).Format("2006-01-02T15:04") }

// All lists the interventions: one line for each file of this package, and the table of contents of what can be done.
func All() []Intervention {
	return []Intervention{
		&Announce{},
		&RequireSeparation{},
		&CloseCheckout{},
		&OpenCheckout{},
		&RedirectCheckout{},
		&SetLinkout{},
		&SetOrderCap{},
		&SetFee{},
		&SetVoucher{},
		&PriceFloor{},
		&AcquireStake{},
		&StartPilot{},
		&Audit{},
		&Subsidise{},
		&SetPolicy{},
		&CapSubsidy{},
		&BanBelowCost{},
		&BoostLocal{},
		&QuotaLocal{},
		&DataSeparation{},
		&BuildPlatform{},
		&EnterPlatform{},
		&ExitPlatform{},
		&Campaign{},
		&Tax{},
		&ShockDemand{},
		&ShockSupply{},
		&ShockIncome{},
		&ShockLogistics{},
		&CopyPolicy{},
		&SetFriction{},
		&PromoOnly{},
		&ShockDiscovery{},
		&TrainSellers{},
		&SupportEntry{},
		&Compensate{},
		&CreditLine{},
		&Inform{},
		&Portability{},
		&ExtendPilot{},
		&EndPilot{},
		&AutoBan{},
		&Inspect{},
		&Warn{},
		&Fine{},
		&GrantLicence{},
		&RevokeLicence{},
		&PartnershipTalks{},
		&DealOutcome{},
		&FormJv{},
	}
}
