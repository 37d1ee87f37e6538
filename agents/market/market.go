// Package market is the vocabulary of the marketplace: what agents say to each other, what everyone knows, the rules in
// force, the ledger and the indicators. It has no behaviour of its own; that is in package agents, one kind a file.
//
// This page holds the nouns. Sections named below are those of the model in docs/odd.md.
package market

import "pasar/sim"

// Short names for the kernel's types as this market uses them.
type (
	Event = sim.Event[Msg]
	Turn  = sim.Turn[Msg]
	World = sim.World[Msg]
)

// Money is an amount in whole rupiah.
type Money = int64

// PPM is a share in parts per million.
type PPM = int64

// One is a whole, in PPM.
const One PPM = 1_000_000

// Calendar units, in ticks; one tick is one second, and the clock starts on 2022-11-01 00:00 WIB (§2.1).
const (
	Hour sim.Time = 3600
	Day  sim.Time = 24 * Hour
	Week sim.Time = 7 * Day
)

// A Channel is where an order is decided on and checked out: platforms first (§2.4).
type Channel uint8

// The channels. Platforms run a venue; Direct channels need no platform; Offline and Defer close the list of choices.
const (
	TikTok Channel = iota
	Shopee
	Tokopedia
	Lazada
	Bukalapak
	Blibli
	Newco // built by a deal, or by one who enters; closed until then
	WhatsApp
	Web
	Offline
	Defer
	Channels

	Platforms = WhatsApp // channels below are platforms
	Direct    = Offline  // channels from Platforms up to here are direct
	Tracked   = Platforms
)

var channelNames = [...]string{"tiktok", "shopee", "tokopedia", "lazada", "bukalapak", "blibli", "newco", "wa", "web", "offline", "defer"}

// String is the channel's key in files and outputs.
func (c Channel) String() string { return channelNames[c] }

// ParseChannel is the channel with a key, if there is one.
func ParseChannel(key string) (Channel, bool) { return parse[Channel](channelNames[:], key) }

// A Category is a kind of goods (§2.3).
type Category uint8

// Categories is how many there are.
const Categories = 6

var categoryNames = [...]string{"fashion", "beauty", "home", "electronics", "daily", "other"}

// String is the category's key in files and outputs.
func (k Category) String() string { return categoryNames[k] }

// CategoryKeys lists the categories in order.
func CategoryKeys() []string { return categoryNames[:] }

// ChannelKeys lists the first n channels in order.
func ChannelKeys(n Channel) []string { return channelNames[:n] }

// A Region is where a buyer or an SME lives: Java or elsewhere.
type Region uint8

// Regions is how many there are, Bins how many bins of price sensitivity, Segments how many groups of buyers share one
// inclusive value (§2.5).
const (
	Regions  = 2
	Bins     = 5
	Segments = Regions * Bins
)

// A Type of SME (§2.6).
type Type uint8

// The types.
const (
	Local Type = iota
	Import
	Brand
	Types
)

var typeNames = [...]string{"local", "import", "brand"}

// String is the type's key in outputs.
func (t Type) String() string { return typeNames[t] }

// TypeKeys lists the types in order.
func TypeKeys() []string { return typeNames[:] }

// RegionKeys lists the regions in order.
func RegionKeys() []string { return []string{"java", "other"} }

// A Tier of creators by followers (§2.8).
type Tier uint8

// The tiers.
const (
	Nano Tier = iota
	Micro
	Macro
	Mega
	Tiers
)

var tierNames = [...]string{"nano", "micro", "macro", "mega"}

// String is the tier's key in outputs.
func (t Tier) String() string { return tierNames[t] }

// A Mode is how a purchase came about (§2.13).
type Mode uint8

// The modes. The first four lead to a checkout where the buyer is; Link leads from content to another channel.
const (
	Search Mode = iota
	ShopTab
	Video
	Live
	Link
	ByChat
	ByWeb
	Modes
)

var modeNames = [...]string{"search", "shoptab", "video", "live", "link", "wa", "web"}

// String is the mode's key in outputs.
func (m Mode) String() string { return modeNames[m] }

func parse[T ~uint8](names []string, key string) (T, bool) {
	for i, n := range names {
		if n == key {
			return T(i), true
		}
	}
	return 0, false
}

// Kinds of events. What a Msg holds for each kind stands with the kind; fields not named are zero.
const (
	Wake sim.Kind = iota + 1 // an agent's own timer

	// The life of an order (§7.7). From Placed on, the message is the order, and carries its money until it is settled.
	Placed    // buyer -> SME: the order; money in transit
	Accepted  // SME -> buyer: the order, money is now in escrow elsewhere
	Rejected  // SME -> buyer: the order with Reason; the money comes back in transit
	Ship      // SME -> itself: time to hand over the parcel; money in escrow
	Delivered // SME -> buyer: the parcel; money in escrow
	Kept      // buyer -> SME: to be settled now; money in escrow
	Returned  // buyer -> SME: sent back or not taken (COD), see Reason; money in escrow
	Refunded  // SME -> buyer: Amount comes back; money in transit

	// Between SMEs, creators and platforms.
	Listed     // SME -> platform: a Listing
	Report     // SME -> platform: Amount earned by the platform since the last report, Voucher: subsidies it owes; may be negative
	Commission // SME -> creator: Amount; held back for a week on the way
	Posted     // creator or SME -> platform: its Content of the coming week
	Offered    // SME -> creator: a contract for four weeks: flat fee Amount, commission Rate; the fee is in transit
	Answered   // creator -> SME: to Offered; accepted, or Reason is Declined and the fee comes back in transit
	Counted    // SME -> Desk: its Census; creator -> Desk: its Output

	// Control plane.
	Announced // Desk -> SMEs, creators, platforms: Shop is concerned from Placed on; Rate is the credibility in per mille
	Capital   // Desk -> platform: Amount is injected (or taken, when negative)
	Act       // Desk -> itself: entry Order of the plan is due
	Restock   // SME -> itself: Amount units arrive
	Told      // tracked agent -> Desk: its Trace; not part of the history
	Enrol     // Desk -> SMEs: a Programme
	Kinds
)

// Reasons of Rejected, Returned and of a need that ends without an order.
const (
	NoReason uint8 = iota
	OutOfStock
	CapReached
	CheckoutClosed
	SellerGone
	NotTaken // COD parcel refused
	SentBack
	Cancelled
	NotShipped // by the deadline of a closed checkout
	Declined   // a contract that a creator was offered
)

// Flags of an order. The two highest bits are the app whose content an order comes from, see App.
const (
	COD       uint8 = 1 << iota // cash on delivery
	Retry                       // second attempt
	Displaces                   // a discovery purchase that satisfies a later need
	Redirect                    // checked out by another platform than the storefront
	_                           // free
	Late
)

// Msg is what events carry. It holds an order whole, and a field means the same thing in every kind of event. The few kinds
// that carry something else have a body of the same size: Listing, Content, Census, Output, Trace or Programme, see bodies.go.
type Msg struct {
	Amount  Money  // Rp; for an order: what the seller asks, after its own discount
	Voucher int32  // Rp of Amount paid by the platform
	Freight int32  // Rp, shipping
	FreeFrt int32  // Rp of Freight paid by the platform
	Fee     int32  // Rp the processor keeps, by the fee in force when the order was placed
	Placed  uint32 // s, when the order was placed
	Party   uint32 // ID of the buyer of an order
	Third   uint32 // ID of the creator who brought it about, or of another third party; 0: none
	Order   uint32 // number of the order among its buyer's; of an announcement: the name of its entry
	Rate    uint16 // affiliate commission, in 1/10,000
	Flags   uint8
	Good    Category
	Shop    Channel // storefront: where the buyer decided
	Via     Channel // processor: who checks out, holds escrow and charges fees
	Mode    Mode
	Reason  uint8
}

// appBits is where the flags say which app an order comes from: apps with content are the first four channels.
const appBits = 6

// ByLink marks an order as one that content of an app led to elsewhere.
func (m *Msg) ByLink(app Channel) { m.Mode, m.Flags = Link, m.Flags|uint8(app)<<appBits }

// App is where the content is that brought an order about.
func (m *Msg) App() Channel {
	if m.Mode == Link {
		return Channel(m.Flags >> appBits)
	}
	return m.Shop
}

// Pays is what the buyer of an order pays: Rp.
func (m *Msg) Pays() Money {
	return m.Amount - Money(m.Voucher) + Money(m.Freight) - Money(m.FreeFrt)
}

// Gross is what an accepted order holds in escrow: the buyer's money and the platform's subsidies.
func (m *Msg) Gross() Money { return m.Amount + Money(m.Freight) }

// Subsidy is what the platform adds to an order.
func (m *Msg) Subsidy() Money { return Money(m.Voucher) + Money(m.FreeFrt) }

// Lots of the kinds of agents, for keyed luck. A number once given is never used again.
const (
	LotBuyer sim.Lot = iota + 1
	LotSME
	LotCreator
	LotPlatform
	LotDesk
	LotRegulator
	LotPopulation // draws made before the run
	LotMonitor    // errors with which published indicators are measured
	LotBranch     // which branch of a scenario a run takes
	LotStreet
)

// Topics of notices: one snapshot for each platform and direct channel, then the regulator's, the
// Desk's weekly count, its additions to the book, prices offline, the Desk's last week of tracked agents, the regulator's weekly
// report, and its reviews of mergers.
const (
	TopicSnapshot  sim.Topic = 0
	TopicRegulator           = TopicSnapshot + sim.Topic(Direct)
	TopicDesk                = TopicRegulator + 1
	TopicBook                = TopicDesk + 1
	TopicStreet              = TopicBook + 1
	TopicSample              = TopicStreet + 1
	TopicWatch               = TopicSample + 1
	TopicReview              = TopicWatch + 1
	Topics                   = TopicReview + 1
)

// Market is what everyone knows. It does not change in a run.
type Market struct {
	P      *Params
	Book   *Book     // the rules by date, as the scenario writes them; see Pledge for what a run adds
	Cal    *Calendar // operational time
	Delta  *Delta    // alternative-specific constants
	W      float64   // real agents that one simulated agent stands for
	Seed   uint64
	Start  sim.Time // burn-in ends, outputs begin
	End    sim.Time
	Buyers sim.Group
	SMEs   sim.Group
	Makers sim.Group // creators
	Venues sim.Group // platforms and direct channels, by Channel
	Desk   sim.ID
	Watch  sim.ID // regulator
}

// DayOf is the day that t falls in, from the start of the clock.
func DayOf(t sim.Time) int64 { return int64(t / Day) }
