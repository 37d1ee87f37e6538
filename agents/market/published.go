package market

import (
	"unsafe"

	"pasar/sim"
)

// A WeekRow is the state of SMEs and creators in one week (§10): amounts in Rp of four weeks.
type WeekRow struct {
	Day       int64
	Active    int64
	Median    [Types]int64 // income of active SMEs
	P10, P90  int64
	Gini      int64 // of income above 0, ppm
	TopShare  int64 // of sales by the top 1 %, ppm
	Depend    int64 // SMEs with more than .75 of sales on one channel
	DependTik int64
	MultiHome int64 // SMEs on two platforms or more
	Listed    [Direct]int64
	LiveHours int64                      // hundredths
	Makers    [Tiers]int64               // active
	MakerMid  [Tiers]int64               // median income from commerce
	Members   [Direct]int64              // buyers that have a channel's app
	Street    [Categories][Regions]int64 // index of purchases offline, ppm of the first four weeks; 0: not known yet
	Prices    [Categories][Regions]int64 // prices offline, ppm of P̄
	Silent    [Tiers]int64               // creators that are dormant
	Commerce  [Tiers]int64               // median share of commerce in the income of active creators, ppm
	AppHours  [Tiers][Platforms]int64    // hundredths of an hour a week of active creators, by app, mean
	AppPay    [Tiers][Platforms]int64    // median Rp an hour of active creators with hours there
	Goods     [Categories]GoodsRow
	BySize    [Sizes]GroupRow // legal size, by sales a year
	ByRegion  [Regions]GroupRow
	ByTenth   [Tenths]GroupRow // share of sales on TikTok when it was last open
	Lost      int64            // SMEs that lost money over the last quarter
	Closures  int64            // SMEs that have closed since the last count
}

// A Street is what trade offline publishes once a week (§7.13).
type Street struct {
	Price [Categories][Regions]float64 // relative to P̄
	Index [Categories][Regions]float64 // purchases for each need, relative to the first four weeks; 0: not known yet
	Drift float64                      // how far buying offline has lost its appeal, in utility
}

// Calm is what holds before anything is published.
func Calm() (s Street) {
	for g := range s.Price {
		for r := range s.Price[g] {
			s.Price[g][r] = 1
		}
	}
	return s
}

// Append writes it as the bytes of a notice.
func (s *Street) Append(b []byte) []byte { return append(b, memory(unsafe.Slice(s, 1))...) }

// ReadStreet reads what Append wrote.
func ReadStreet(n *sim.Notice) *Street {
	s := new(Street)
	copy(memory(unsafe.Slice(s, 1)), n.Bytes)
	return s
}

// A GoodsRow is what a newcomer knows of a category: sums over active SMEs, of Rp thousand a week for incomes.
type GoodsRow struct {
	Active int64
	Income int64 // before outside pay
	Wish   int64 // outside pay
}

// A GroupRow is a group of SMEs.
type GroupRow struct {
	Active int64
	Median int64 // income, Rp of four weeks
	Lost   int64 // of which lost money over the last quarter
}

// Tenths is how many groups there are by share of sales on TikTok: none, and then tenths.
const Tenths = 11

// TenthKeys lists them: 0 is none, 10 is more than nine tenths.
func TenthKeys() []string { return []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"} }

// LastWeek reads the last of the weeks that the Desk has posted.
func LastWeek(n *sim.Notice) *WeekRow {
	var last WeekRow
	size := int(unsafe.Sizeof(last))
	copy(memory(unsafe.Slice(&last, 1)), n.Bytes[len(n.Bytes)-size:])
	return &last
}

// Weeks reads what the Desk has posted: its count of every week so far.
func Weeks(n *sim.Notice) []WeekRow { return posted[WeekRow](n) }

// An Audit is one audit: scores in ppm.
type Audit struct {
	At         sim.Time
	C, M       int64
	Parts      [Components]int64 // how far the integration is
	Objections int64             // of the SME desk, by then
	Rule       uint8             // what the rule would decide: an index of Decisions
	Why        uint32
}

// Components of a pilot's integration (§7.11): payments, data, operations.
const Components = 3

// What an audit can decide.
const (
	Revoke uint8 = iota
	Extend
	Approve
)

// Decisions names what an audit can decide; ByRule stands for the one that its scores give.
var Decisions = [...]string{"revoke", "extend", "approve"}

// ByRule is the decision of an audit that the run makes.
const ByRule = "rule"

// An AuditRule says how an audit's scores follow and what they decide (§7.12).
type AuditRule struct {
	Weights  [Components]float64 // of the components in C
	MWeights [4]float64          // of sales, local share, sales below cost and concentration in M
	Approve  float64             // least C
	Extend   float64             // least C for more time
	LeastM   float64
	Left     int64 // how often the pilot may still be extended
}

// Decide is what the rule says of scores.
func (r *AuditRule) Decide(c, market float64) uint8 {
	switch {
	case c >= r.Approve && market >= r.LeastM:
		return Approve
	case c >= r.Extend && r.Left > 0:
		return Extend
	}
	return Revoke
}

// Audits reads what the regulator has posted: its audits so far.
func Audits(n *sim.Notice) []Audit { return posted[Audit](n) }

// A PilotState is how far a pilot has come; rules of the lever Trial hold it.
type PilotState = int64

// The states of a pilot.
const (
	NoPilot PilotState = iota
	PilotRuns
	PilotExtended
	PilotApproved
	PilotRevoked
	PilotEnded // its time is over, and no audit has decided
)

// PilotStates names them.
var PilotStates = [...]string{"none", "running", "extended", "approved", "revoked", "ended"}

// A Signal is one of the indicators that the regulator watches (§7.12).
type Signal uint8

// The signals.
const (
	LocalSales   Signal = iota // online sales of local SMEs a week, relative to the first eight weeks
	LocalShare                 // share of local SMEs in platform GMV
	ImportShare                // share of import resellers in platform GMV
	UnderCost                  // share of orders below cost
	OfflineSale                // offline revenue a week, relative to the first eight weeks
	OwnerHHI                   // concentration of platforms by owner, 0 to 10,000
	ProcessorHHI               // the same by processor
	SMEExits                   // SMEs that closed or went bankrupt in the week, simulated ones
	Complaints                 // returned, late and refused orders for 1,000 placed
	OnePlatform                // share of SMEs with more than .75 of sales on one channel
	Compliance                 // integration of the pilot, weighted
	TikTokShare                // share of TikTok's storefront in platform GMV
	Pressure                   // offline-pressure index OP, EMA of eight weeks
	Signals
)

// SignalDoc describes a signal for outputs and conditions.
type SignalDoc struct{ Name, Unit string }

// SignalDocs has one entry for each signal.
var SignalDocs = [Signals]SignalDoc{
	{"local_sales_index", "share"}, {"local_share", "share"}, {"import_share", "share"}, {"below_cost_share", "share"},
	{"offline_index", "share"}, {"hhi_owner", "points"}, {"hhi_processor", "points"}, {"exits", "SMEs"},
	{"complaints", "per 1,000 orders"}, {"dependent_share", "share"}, {"compliance", "share"}, {"tiktok_share", "share"}, {"pressure", "share"},
}

// A WatchRow is the regulator's report on one week, published a week later. Values are in millionths of their unit.
type WatchRow struct {
	Day        int64 // first day after the week
	Published  int64
	True, Seen [Signals]int64    // without and with the error of measurement
	Parts      [Components]int64 // integration of the pilot, as seen
	Objections int64             // of the SME desk against the pilot so far
}

// See is a signal as the regulator sees it.
func (r *WatchRow) See(s Signal) float64 { return float64(r.Seen[s]) / 1e6 }

// Watches reads what the regulator has posted: its weekly reports so far.
func Watches(n *sim.Notice) []WatchRow { return posted[WatchRow](n) }

// A Review is the competition desk's look at a change of owner, on the day it closes: concentration of platforms by who
// controls them, in millionths of points.
type Review struct {
	At            sim.Time
	Before, After int64
	Remedies      sim.Time // from when conditions bind; 0: none
	Shop          Channel
	Why           uint32
}

// Reviews reads what the regulator has posted: its reviews so far.
func Reviews(n *sim.Notice) []Review { return posted[Review](n) }

func posted[T any](n *sim.Notice) []T {
	if n == nil {
		return nil
	}
	var one T
	all := make([]T, len(n.Bytes)/int(unsafe.Sizeof(one)))
	copy(memory(all), n.Bytes)
	return all
}
