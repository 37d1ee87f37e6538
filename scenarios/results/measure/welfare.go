package measure

import (
	"pasar/agents/market"
	"pasar/sim"
)

// A Part says how a line counts in sums of welfare.
type Part uint8

// The parts.
const (
	Surplus  Part = iota // of buyers, less what they pay; not in the ledger
	Gains                // what a group has more in hand, its costs paid
	Receipts             // what a group was paid; what that cost it is not in the model
	Apart                // in the ledger, and in no sum: buyers' payments, which their surplus is less of already, and money that leaves the market
)

// A Gain is a line of welfare: what a group has more at the end of a window than at its start, what its members spent at home included.
type Gain struct {
	Key  string
	Part Part
	Sim  int64 // Rp of the simulation, exact
}

// The lines of welfare.
const (
	lineNeeds = iota
	lineContent
	lineSMEs      // one for each type
	lineMakers    = lineSMEs + int(market.Types)
	linePlatforms = lineMakers + 1 // at home, then abroad
	lineOwners    = lineMakers + 3 // at home, then abroad
	lineState     = lineMakers + 5
	lineLogistics = lineMakers + 6
	lineSuppliers = lineMakers + 7
	lineOffline   = lineMakers + 8
	lineCosts     = lineMakers + 9
	lineAbroad    = lineMakers + 10
	lineBuyers    = lineMakers + 11
	lineWay       = lineMakers + 12
	lineWorld     = lineMakers + 13
	allLines      = lineMakers + 14
)

var lineNames = [allLines]Gain{
	{Key: "cs_need"}, {Key: "cs_discovery"},
	{Key: "local_smes", Part: Gains}, {Key: "import_resellers", Part: Gains}, {Key: "brands", Part: Gains}, {Key: "creators", Part: Gains},
	{Key: "platforms_domestic", Part: Gains}, {Key: "platforms_foreign", Part: Gains},
	{Key: "owners_domestic", Part: Gains}, {Key: "owners_foreign", Part: Gains}, {Key: "government", Part: Gains},
	{Key: "logistics", Part: Receipts}, {Key: "suppliers_domestic", Part: Receipts}, {Key: "offline_traders", Part: Receipts},
	{Key: "work_and_rent", Part: Apart}, {Key: "suppliers_abroad", Part: Apart}, {Key: "buyers_paid", Part: Apart},
	{Key: "on_the_way", Part: Apart}, {Key: "world", Part: Apart},
}

// Discovery is the key of the line whose weight is a matter of judgement (decisions E11): how much of what is bought from content was
// provoked.
const Discovery = "cs_discovery"

// Welfare lists who gained what in a window of days (§10): surplus of buyers, then every rupiah of the ledger, put to who has it. The
// lines of the ledger sum to 0 to the rupiah, so what one group only hands to another is in no sum (V-08). The cash of platforms and
// owners is split by where those are based who own them on the day.
func (r *Run) Welfare(w Window) []Gain {
	all := lineNames
	add := func(line int, n int64) { all[line].Sim += n }
	for d := max(w.From, 0); d < min(w.To, r.Days()); d++ {
		var a accounts
		a.add(r.Rows[d])
		one := func(c market.Counter) int64 { return r.Rows[d][market.CounterCell(c)] }
		split := func(line int, n int64, home market.PPM) {
			part := n/market.One*home + n%market.One*home/market.One // n times home could be too large
			add(line, part)
			add(line+1, n-part)
		}
		add(lineNeeds, one(market.SurplusNeed))
		add(lineContent, one(market.SurplusView))
		for y := range market.Types {
			add(lineSMEs+int(y), a[market.SMECash+market.Account(y)]+a[market.SMEHomes+market.Account(y)])
		}
		add(lineMakers, a[market.MakerCash]+a[market.MakerDue]+a[market.MakerHomes])
		at := sim.Time(r.First+int64(d)) * market.Day
		for c := range market.Direct {
			split(linePlatforms, a[market.Till+market.Account(c)], r.Book.Domestic(c, at))
		}
		for o := range market.Owners {
			split(lineOwners, a[market.OwnerCash+market.Account(o)], o.Domestic())
		}
		add(lineState, a[market.Government])
		add(lineLogistics, a[market.Logistics])
		add(lineSuppliers, a[market.Suppliers])
		add(lineOffline, a[market.OffLine])
		add(lineCosts, a[market.Costs])
		add(lineAbroad, a[market.Abroad])
		add(lineBuyers, a[market.Wallets]-one(market.Incomes))
		add(lineWay, a.sum(market.Transit, market.Till-1))
		add(lineWorld, a[market.TheWorld]+one(market.Incomes))
	}
	return all[:]
}

// Residual is what the lines of the ledger sum to, in Rp of the simulation: 0.
func Residual(all []Gain) (sum int64) {
	for _, g := range all {
		if g.Part != Surplus {
			sum += g.Sim
		}
	}
	return sum
}

// WelfareValues are the lines of Welfare as means of a day, in Rp of the real market, and their Residual.
func (r *Run) WelfareValues(w Window) (all []Value, residual int64) {
	lines := r.Welfare(w)
	for _, g := range lines {
		all = append(all, Value{WelfareColumn(g.Key), float64(g.Sim) * r.W / float64(w.To-w.From), -1})
	}
	return all, Residual(lines)
}

// WelfareColumn is the column of a line.
func WelfareColumn(key string) Column {
	return Column{Metric: "welfare", By: "group", Key: key, Unit: "IDR/day"}
}

// WelfareLines lists the lines, without amounts.
func WelfareLines() []Gain {
	all := lineNames
	return all[:]
}
