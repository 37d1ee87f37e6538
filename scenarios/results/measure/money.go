package measure

import (
	"pasar/agents/market"
	"pasar/sim"
)

// Money is where the money of online orders went in the whole period: Rp of the real market. What comes in (Buyers, Vouchers,
// Returns) is what goes out or is Held.
type Money struct {
	Buyers   float64 // paid by buyers, less what came back to them
	Vouchers float64 // vouchers and free shipping paid by platforms
	Returns  float64 // freight of parcels that came back, paid by platforms

	SMEs      float64 // paid to SMEs after fees and commissions, before advertisements
	Creators  float64 // commissions
	Fees      float64 // of platforms
	Logistics float64
	Held      float64 // more in escrow and on the way at the end than at the start
}

// Money reads the flows off the ledger. Escrow mixes what buyers and platforms pay in, so a flow from one payer to one receiver
// is that receiver's share of the payer's rupiah.
func (r *Run) Money() Money {
	a := r.accounts()
	var fees, creators, subsidies, incomes, costs, ads, public, taxes, aid int64
	var deals int64 // paid to platforms by owners, less what they paid
	for _, row := range r.Rows {
		for c := range market.Direct {
			fees += row[market.FeeCell(c)]
			creators += row[market.AffCell(c)]
			subsidies += row[market.SubsidyCell(c)]
			costs += row[market.CostCell(c)]
			ads += row[market.AdCell(c)]
			public += row[market.PublicCell(c)]
		}
		incomes += row[market.CounterCell(market.Incomes)]
		taxes += row[market.CounterCell(market.Taxes)]
		aid += row[market.CounterCell(market.PublicCost)]
		deals -= row[market.CounterCell(market.ServiceFees)]
	}
	till := func(x market.Account) bool { return x >= market.Till && x < market.SMECash }
	from, to := sim.Time(r.First)*market.Day, sim.Time(r.First+int64(r.Days()))*market.Day
	for _, e := range r.Book.Plan {
		if e.Deed == market.Pay && e.At >= from && e.At < to {
			if till(e.To) {
				deals += e.Amount
			}
			if till(e.From) {
				deals -= e.Amount
			}
		}
	}
	var tills, held int64
	for c := range market.Account(market.Direct) {
		tills += a[market.Till+c]
		held += a[market.Escrow+c]
	}
	held += a[market.Transit]
	// What SMEs and creators got is what they have more, and what they and their owners have spent.
	got := a.sum(market.SMECash, market.MakerDue) + a.sum(market.Suppliers, market.Costs) - costs + taxes + ads - aid + a.sum(market.SMEHomes, market.TheWorld) + incomes
	scale := func(n int64) float64 { return float64(n) * r.W }
	return Money{
		Buyers:    scale(incomes - a[market.OffLine] - a[market.Wallets]),
		Vouchers:  scale(subsidies),
		Returns:   scale(fees + ads + public - costs - subsidies - tills + deals),
		SMEs:      scale(got - creators),
		Creators:  scale(creators),
		Fees:      scale(fees),
		Logistics: scale(a[market.Logistics]),
		Held:      scale(held),
	}
}

// An accounts holds the changes of all accounts, in Rp of the simulation.
type accounts [market.Accounts]int64

// add adds a day.
func (a *accounts) add(row []int64) {
	for x := range market.Accounts {
		a[x] += row[market.AccountCell(x)]
	}
}

// sum is that of a stretch of accounts, the last one too.
func (a *accounts) sum(from, to market.Account) (sum int64) {
	for _, v := range a[from : to+1] {
		sum += v
	}
	return sum
}

// accounts are the changes over the days of the run.
func (r *Run) accounts() (a accounts) {
	for _, row := range r.Rows {
		a.add(row)
	}
	return a
}

// A Holder is a group of accounts, with its change over the period in Rp of the real market.
type Holder struct {
	Name   string
	Change float64
}

// Ledger lists how much more each holder of money had at the end than at the start. The changes sum to zero; sum is what they
// come to.
func (r *Run) Ledger() (all []Holder, sum int64) {
	a := r.accounts()
	group := func(name string, from, to market.Account) {
		n := a.sum(from, to)
		sum += n
		all = append(all, Holder{name, float64(n) * r.W})
	}
	group("buyers", market.Wallets, market.Wallets)
	group("way", market.Transit, market.Till-1)
	group("platforms", market.Till, market.SMECash-1)
	group("smes", market.SMECash, market.MakerCash-1)
	group("creators", market.MakerCash, market.MakerDue)
	group("logistics", market.Logistics, market.Logistics)
	group("suppliers", market.Suppliers, market.Abroad)
	group("costs", market.Costs, market.Costs)
	group("government", market.Government, market.Government)
	group("offline", market.OffLine, market.OffLine)
	group("owners", market.OwnerCash, market.SMEHomes-1)
	group("world", market.SMEHomes, market.TheWorld)
	return all, sum
}
