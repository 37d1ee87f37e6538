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
	LiveHours int64        // hundredths
	Makers    [Tiers]int64 // active
	MakerMid  [Tiers]int64 // median income from commerce
}

// Weeks reads what the Desk has posted: its count of every week so far.
func Weeks(n *sim.Notice) []WeekRow {
	if n == nil {
		return nil
	}
	rows := make([]WeekRow, len(n.Bytes)/int(unsafe.Sizeof(WeekRow{})))
	copy(memory(rows), n.Bytes)
	return rows
}

// An Audit is one audit: scores in ppm.
type Audit struct {
	At   sim.Time
	C, M int64
	Rule uint8 // what the rule would decide: 0 revoke, 1 extend, 2 approve
	Why  uint32
}

// Decisions names what an audit can decide.
var Decisions = [...]string{"revoke", "extend", "approve"}

// Audits reads what the regulator has posted: its audits so far.
func Audits(n *sim.Notice) []Audit {
	if n == nil {
		return nil
	}
	all := make([]Audit, len(n.Bytes)/int(unsafe.Sizeof(Audit{})))
	copy(memory(all), n.Bytes)
	return all
}
