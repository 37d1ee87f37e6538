package market

import "pasar/sim"

// An Account is one side of a double entry. Accounts of classes that agents hold (wallets, cash) are counted weekly and
// compared with what was booked (§2.14, V-01 to V-06).
type Account uint8

// The accounts. Escrow and Till have one account for each channel from the named one on, SMECash and SMEHomes one for each type of SME.
const (
	Wallets    Account                    = iota // buyers
	Transit                                      // money in messages under way
	Escrow                                       // money of accepted orders, by processor
	Till       = Escrow + Account(Direct)        // cash of platforms, by channel
	SMECash    = Till + Account(Direct)
	MakerCash  = SMECash + Account(Types) // creators
	MakerDue   = MakerCash + 1            // commissions held back
	Logistics  = MakerCash + 2
	Suppliers  = MakerCash + 3 // of goods made at home
	Abroad     = MakerCash + 4 // suppliers of imported goods
	Costs      = MakerCash + 5 // overhead, wages, packing
	Government = MakerCash + 6
	OffLine    = MakerCash + 7               // shops, markets, malls
	OwnerCash  = MakerCash + 8               // one account for each owner
	SMEHomes   = OwnerCash + Account(Owners) // what owners of SMEs took home, less what they put in
	MakerHomes = SMEHomes + Account(Types)   // what creators lived on
	TheWorld   = MakerHomes + 1              // incomes in, retirements out
	Accounts   = TheWorld + 1
)

// Supplier is the account that SMEs of a type pay for goods: import resellers buy abroad.
func (y Type) Supplier() Account {
	if y == Import {
		return Abroad
	}
	return Suppliers
}

// Counted tells whether the audit counts an account.
func (a Account) Counted() bool { return a <= MakerDue || a >= OwnerCash && a < SMEHomes }

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

// Domestic is the share of an owner that is at home in Indonesia, ppm: all of a company from there, nothing of one from abroad or of whoever
// may open a platform, half of a joint venture. It says where a company is based, not who holds its shares.
func (o OwnerID) Domestic() PPM {
	switch o {
	case GoTo, Buka, Djarum:
		return One
	case Joint:
		return One / 2
	}
	return 0
}

// OwnerKeys lists the owners in order.
func OwnerKeys() []string { return ownerNames[:] }

// String names an account for messages.
func (a Account) String() string {
	switch {
	case a >= Escrow && a < Till:
		return "escrow." + Channel(a-Escrow).String()
	case a >= Till && a < SMECash:
		return "platform." + Channel(a-Till).String()
	case a >= SMECash && a < MakerCash:
		return "smes." + Type(a-SMECash).String()
	case a >= SMEHomes && a < MakerHomes:
		return "homes." + Type(a-SMEHomes).String()
	case a >= OwnerCash && a < SMEHomes:
		return "owner." + OwnerID(a-OwnerCash).String()
	}
	switch a {
	case Wallets:
		return "buyers"
	case Transit:
		return "transit"
	case MakerCash:
		return "creators"
	case MakerDue:
		return "creators.due"
	case Logistics:
		return "logistics"
	case Suppliers:
		return "suppliers"
	case Abroad:
		return "suppliers.abroad"
	case MakerHomes:
		return "homes.creators"
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
