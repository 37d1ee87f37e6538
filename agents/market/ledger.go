package market

import "pasar/sim"

// An Account is one side of a double entry. Accounts of classes that agents hold (wallets, cash) are counted weekly and
// compared with what was booked (§2.14, V-01 to V-06).
type Account uint8

// The accounts. Escrow and Till have one account for each channel from the named one on.
const (
	Wallets    Account                    = iota // buyers
	Transit                                      // money in messages under way
	Escrow                                       // money of accepted orders, by processor
	Till       = Escrow + Account(Direct)        // cash of platforms, by channel
	SMECash    = Till + Account(Direct)
	MakerCash  = SMECash + 1 // creators
	MakerDue   = SMECash + 2 // commissions held back
	Logistics  = SMECash + 3
	Suppliers  = SMECash + 4
	Costs      = SMECash + 5 // overhead, wages, packing
	Government = SMECash + 6
	OffLine    = SMECash + 7                 // shops, markets, malls
	OwnerCash  = SMECash + 8                 // one account for each owner
	TheWorld   = OwnerCash + Account(Owners) // incomes in, retirements out
	Accounts   = TheWorld + 1
)

// Counted tells whether the audit counts an account.
func (a Account) Counted() bool { return a <= MakerDue || a >= OwnerCash && a < TheWorld }

// OwnerID is a company that owns platforms (§2.10).
type OwnerID uint8

// The owners.
const (
	Bytedance OwnerID = iota
	Sea
	GoTo
	Alibaba
	Buka
	Djarum
	Entrant // whoever opens a platform that was not there
	Joint   // a joint venture, see form_jv
	Owners
)

var ownerNames = [...]string{"bytedance", "sea", "goto", "alibaba", "buka", "djarum", "entrant", "joint"}

// String is the owner's key in files and outputs.
func (o OwnerID) String() string { return ownerNames[o] }

// ParseOwner is the owner with a key, if there is one.
func ParseOwner(key string) (OwnerID, bool) { return parse[OwnerID](ownerNames[:], key) }

// OwnerKeys lists the owners in order.
func OwnerKeys() []string { return ownerNames[:] }

// String names an account for messages.
func (a Account) String() string {
	switch {
	case a >= Escrow && a < Till:
		return "escrow." + Channel(a-Escrow).String()
	case a >= Till && a < SMECash:
		return "platform." + Channel(a-Till).String()
	case a >= OwnerCash && a < TheWorld:
		return "owner." + OwnerID(a-OwnerCash).String()
	}
	switch a {
	case Wallets:
		return "buyers"
	case Transit:
		return "transit"
	case SMECash:
		return "smes"
	case MakerCash:
		return "creators"
	case MakerDue:
		return "creators.due"
	case Logistics:
		return "logistics"
	case Suppliers:
		return "suppliers"
	case Costs:
		return "costs"
	case Government:
		return "government"
	case OffLine:
		return "offline"
	}
	return "world"
}

// Move books an amount from one account to another. The caller changes what the agents hold.
func Move(t *Turn, from, to Account, amount Money) {
	t.Tally(t.Now, cellAccount+sim.Cell(from), -amount)
	t.Tally(t.Now, cellAccount+sim.Cell(to), amount)
}

// AccountCell is the cell of an account.
func AccountCell(a Account) sim.Cell { return cellAccount + sim.Cell(a) }

// AccountCells lists the cells that must sum to zero in every shard after every window (V-01).
func AccountCells() []sim.Cell {
	cells := make([]sim.Cell, Accounts)
	for a := range cells {
		cells[a] = AccountCell(Account(a))
	}
	return cells
}

// InFlight counts the money that an event under way carries, and the orders that are.
func InFlight(count func(sim.Cell, int64), e *Event) {
	switch e.Kind {
	case Placed:
		count(AccountCell(Transit), e.Msg.Pays())
	case Offered, Answered:
		count(AccountCell(Transit), e.Msg.Amount)
	case Rejected:
		count(AccountCell(Transit), e.Msg.Pays())
	case Refunded:
		count(AccountCell(Transit), e.Msg.Amount)
	case Report, Capital:
		count(AccountCell(Till+Account(e.Msg.Via)), e.Msg.Amount)
	case Ship, Delivered, Kept, Returned:
		count(AccountCell(Escrow+Account(e.Msg.Via)), e.Msg.Gross())
		count(CounterCell(NAccepted), 1) // and has not ended
	case Commission:
		count(AccountCell(MakerDue), e.Msg.Amount)
	}
}
