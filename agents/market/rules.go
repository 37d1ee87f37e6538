package market

import (
	"slices"

	"pasar/sim"
)

// A Lever is something that a rule can set for a channel, dated (decisions A3). Levers lists them all.
type Lever uint8

// The levers.
const (
	Checkout   Lever = iota // 1 open, 0 closed
	Linkout                 // visibility of content with links out, ppm
	FeeShare                // commission, ppm of price, before the category's factor
	FeeFixed                // Rp an order
	RedirectTo              // processor of orders decided here, as channel + 1; 0: itself
	Seamless                // of a redirected checkout, ppm
	OrderCap                // ppm of an SME's orders here in the four weeks before the closure; -1: none
	PriceFloor              // Rp, least price of goods sold from abroad; 0: none
	FloorKept               // share of sellers that obey the floor, ppm
	Vouchers                // share of price that the platform pays, ppm
	Owner                   // who owns the platform: an index of Owners; see Stake
	Stake                   // share of that owner, ppm; the rest stays with the first owner
	Deadline                // second by which open orders of a closed storefront must be handed over; 0: none
	DataApart               // 1: data on shoppers may not steer content, 0: they may
	Levers
)

// LeverDoc describes a lever for the ODD, the schema and the report.
type LeverDoc struct{ Name, Unit, What string }

// LeverDocs has one entry for each lever.
var LeverDocs = [Levers]LeverDoc{
	{"checkout", "0 or 1", "whether orders can be checked out in this channel"},
	{"linkout", "ppm", "visibility of content that links out"},
	{"fee_share", "ppm of price", "commission of the processor"},
	{"fee_fixed", "Rp an order", "fixed fee of the processor"},
	{"redirect_to", "channel + 1", "processor of the orders of this storefront"},
	{"seamless", "ppm", "how little a redirected checkout disturbs"},
	{"order_cap", "ppm of orders before", "daily orders allowed for each SME"},
	{"price_floor", "Rp", "least price of goods sold directly from abroad"},
	{"floor_kept", "ppm", "share of sellers that obey the floor"},
	{"vouchers", "ppm of price", "share of the price that the platform pays"},
	{"owner", "index", "the new owner of a stake in the platform"},
	{"stake", "ppm", "the stake of the new owner"},
	{"deadline", "s", "second by which open orders of a closed storefront must be handed over"},
	{"data_apart", "0 or 1", "whether data on shoppers are kept apart from content"},
}

// A Rule sets a lever of a channel from a second on. Rules of the same second count in file order.
type Rule struct {
	From  sim.Time
	Lever Lever
	On    Channel
	Value int64
	Why   uint32 // number of the scenario's entry, from 1; 0: the parameters
}

// A Book holds the rules in force by date. It only grows; what holds at t is the last rule from t or earlier.
type Book struct {
	lines   [Levers][Channels][]Rule
	Plan    []Entry // what the Desk does, by date
	Pledges []Pledge
}

// Add writes a rule into the book.
func (b *Book) Add(r Rule) {
	l := &b.lines[r.Lever][r.On]
	i := len(*l)
	for i > 0 && (*l)[i-1].From > r.From {
		i--
	}
	*l = slices.Insert(*l, i, r)
}

// At is the rule in force for a lever of a channel at a second.
func (b *Book) At(lever Lever, on Channel, t sim.Time) Rule {
	l := b.lines[lever][on]
	for i := len(l) - 1; i >= 0; i-- {
		if l[i].From <= t {
			return l[i]
		}
	}
	return Rule{Lever: lever, On: on}
}

// Value is what the rule in force says.
func (b *Book) Value(lever Lever, on Channel, t sim.Time) int64 { return b.At(lever, on, t).Value }

// Open tells whether orders decided in a channel can be checked out at a second: there, or by redirect elsewhere.
func (b *Book) Open(c Channel, t sim.Time) bool {
	return c >= Platforms || b.Value(Checkout, c, t) == 1 || b.Value(RedirectTo, c, t) > 0
}

// Processor is who checks out the orders of a storefront at a second.
func (b *Book) Processor(c Channel, t sim.Time) Channel {
	if v := b.Value(RedirectTo, c, t); v > 0 {
		return Channel(v - 1)
	}
	return c
}

// Changes lists all rules of a lever, for the reports.
func (b *Book) Changes(lever Lever, on Channel) []Rule { return b.lines[lever][on] }

// A Deed is what the Desk does when an entry of the plan is due.
type Deed uint8

// The deeds.
const (
	Announce  Deed = iota // tell SMEs, creators and platforms: Shop is concerned from Effective on
	Pay                   // move Amount from account From to account To
	OpenPilot             // the regulator begins to watch Shop
	Judge                 // the regulator's audit: scores C and M, and the Decision imposed
)

// An Entry is one deed of the plan.
type Entry struct {
	At        sim.Time
	Deed      Deed
	Why       uint32 // the scenario's entry
	Shop      Channel
	Effective sim.Time // of what is announced
	Closing   bool     // what is announced is a closure
	Trust     PPM      // credibility of an announcement
	From, To  Account
	Amount    Money // Rp, in this simulation's scale
	Decision  string
	Deadline  sim.Time // of the pilot's integration
}

// firstOwners own the platforms at the start (§2.4).
var firstOwners = [Platforms]OwnerID{Bytedance, Sea, GoTo, Alibaba, Buka, Djarum}

// Owners is who owns a platform at a time, by share; the shares sum to 1.
func (b *Book) Owners(c Channel, t sim.Time) (share [Owners]float64) {
	stake := float64(b.Value(Stake, c, t)) / 1e6
	share[firstOwners[c]] = 1 - stake
	if stake > 0 {
		share[b.Value(Owner, c, t)] += stake
	}
	return share
}
