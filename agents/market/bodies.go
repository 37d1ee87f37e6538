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
	Links   [2]Channel
	Listed  uint8 // 0: takes the listing down
	InStock uint8
	Spare   [16]uint8
}

// Slots is how many products a creator shows at a time (§7.9).
const Slots = 8

// Content is what a creator shows on an app in the coming week: one event for each half of its slots.
type Content struct {
	Hours  uint32            // hundredths of an hour a week
	Reach  uint32            // followers on this app
	Half   uint32            // which slots: 0 or 1
	Weight uint32            // real creators that this one stands for, relative to W, in millionths
	Sells  [Slots / 2]uint32 // SMEs by number, +1; 0: empty
	Rates  [Slots / 2]uint16 // commission, in 1/10,000
	Tier   uint8
	Spare  [7]uint8
}

// Census is what an SME or creator tells the Desk about its week (decisions A4).
type Census struct {
	Income Money // Rp of the last four weeks, before outside income
	Sales  Money // Rp sold in the last four weeks
	Cash   Money
	OnTop  uint32 // millionths of the sales of eight weeks on the channel that sells most
	OnTik  uint32 // millionths on TikTok
	Stock  uint32 // units
	Hours  uint32 // hundredths of an hour of live or content
	Lists  uint16 // bits: channels it is listed on
	Class  uint8  // Type of SME, Tier of creator
	State  uint8  // see State
	Top    Channel
	Spare  [3]uint8
}

// States of an SME or creator.
const (
	Spare uint8 = iota // not in the market yet
	Active
	Bankrupt
	Closed  // gave up
	Dormant // a creator who makes no content for now
)

// Body is any of the bodies.
type Body interface{ Listing | Content | Census }

// Carry puts a body into a message.
func Carry[B Body](b B) Msg { return *(*Msg)(unsafe.Pointer(&b)) }

// Bodily is the body in a message.
func Bodily[B Body](m *Msg) *B { return (*B)(unsafe.Pointer(m)) }
