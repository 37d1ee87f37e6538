package market

import "unsafe"

// Bodies are what the events carry that are not about an order or money. Each is as large as a Msg, plain and without padding
// (a test says so), and travels as one.

// A Listing is what an SME tells a channel it sells on, after each review and when something changes (§2.7).
type Listing struct {
	Price   Money  // Rp, after the SME's own discount
	Sold    uint32 // orders in the last four weeks, here
	Reviews uint32 // that make up Rating
	Rating  uint16 // mean of reviews, 0..10,000
	Skill   uint16 // 0..10,000
	Rate    uint16 // open affiliate commission, in 1/10,000
	Live    uint16 // hours of live selling a week
	Ads     uint32 // Rp a week
	Again   uint32 // day from which it may be sold again, once a cap on orders is used up; 0: now
	Before  uint32 // orders here in the four weeks before the closure, of which a cap is a share
	Links   [2]Channel
	Listed  uint8 // 0: takes the listing down
	InStock uint8
	Fresh   uint8 // 1: in its first eight weeks here
	Told    uint8 // 1: this was said by the SME
	Spare   [6]uint8
}

// Slots is how many products a creator shows at a time (§7.9).
const Slots = 8

// Content is what a creator shows on an app in the coming week: one event for each half of its slots.
type Content struct {
	Hours  uint32            // hundredths of an hour a week
	Reach  uint32            // followers on this app
	Half   uint32            // which slots: 0 or 1
	Sells  [Slots / 2]uint32 // SMEs by number, +1; 0: empty
	Rates  [Slots / 2]uint16 // commission, in 1/10,000
	Shares [Slots / 2]uint8  // of the content: relative to the slot with the largest, 255
	Spare  [8]uint8
}

// Census is what an SME tells the Desk about its week (decisions A4).
type Census struct {
	Income Money // Rp of the last four weeks, before outside income
	Sales  Money // Rp sold in the last four weeks
	Cash   Money
	OnTop  uint32 // millionths of the sales of eight weeks on the channel that sells most
	OnTik  uint32 // millionths on TikTok
	Stock  uint32 // units
	Hours  uint32 // hundredths of an hour of live selling
	Lists  uint16 // bits: channels it is listed on
	Class  uint8  // Type
	State  uint8  // see State
	Top    Channel
	Mark   uint8  // of an SME, see Mark
	Wish   uint16 // of an SME: Rp thousand a week that it could earn elsewhere
}

// An Output is what a creator tells the Desk about its week: amounts per real creator.
type Output struct {
	Income   Money             // Rp of the last four weeks from commerce: commissions and flat fees
	Pay      [Platforms]uint16 // hundreds of Rp an hour by app, moving average; 0: no hours there
	Hours    [Platforms]uint16 // hundredths of an hour a week by app
	Commerce uint16            // share of commerce in the income of four weeks, in 1/10,000
	Class    uint8             // Tier
	State    uint8             // see State
	Spare    [8]uint8
}

// Mark says whether an SME lost money over the last quarter, and which tenth its sales on TikTok were of all when that was last open.
func Mark(lost bool, tenth uint8) uint8 {
	if lost {
		tenth |= 1 << 7
	}
	return tenth
}

// Lost tells whether an SME lost money over the last quarter.
func (x *Census) Lost() bool { return x.Mark>>7 == 1 }

// Tenth is which tenth of its sales an SME made on TikTok when that was last open: 0 to 10.
func (x *Census) Tenth() uint8 { return x.Mark & 15 }

// States of an SME or creator.
const (
	Spare uint8 = iota // not in the market yet
	Active
	Bankrupt
	Closed  // gave up
	Dormant // a creator who makes no content for now
)

// Body is any of the bodies.
type Body interface {
	Listing | Content | Census | Output | Trace | Programme
}

// Carry puts a body into a message.
func Carry[B Body](b B) Msg { return *(*Msg)(unsafe.Pointer(&b)) }

// Bodily is the body in a message.
func Bodily[B Body](m *Msg) *B { return (*B)(unsafe.Pointer(m)) }
