package market

import "pasar/sim"

// The cells of the tallies: accounts first, then one block for each thing counted. All amounts are of this simulation's
// scale; outputs multiply by W. What is counted by day goes by the second an order was placed (decisions A1, A4).
const (
	cellAccount = sim.Cell(0)
	cellGMV     = cellAccount + sim.Cell(Accounts)               // Rp of accepted orders by storefront and processor
	cellOrders  = cellGMV + sim.Cell(Direct)*sim.Cell(Direct)    // number of them
	cellGood    = cellOrders + sim.Cell(Direct)*sim.Cell(Direct) // Rp by storefront and category
	cellMode    = cellGood + sim.Cell(Direct)*Categories         // orders by storefront and mode
	cellType    = cellMode + sim.Cell(Direct)*sim.Cell(Modes)    // Rp by storefront and type of SME
	cellRegion  = cellType + sim.Cell(Direct)*sim.Cell(Types)    // Rp by storefront and region of SME
	cellPlaced  = cellRegion + sim.Cell(Direct)*Regions          // orders placed, by storefront
	cellReject  = cellPlaced + sim.Cell(Direct)                  // orders rejected, by storefront
	cellSubsidy = cellReject + sim.Cell(Direct)                  // Rp of vouchers and freight paid, by processor
	cellFee     = cellSubsidy + sim.Cell(Direct)                 // Rp of fees, by processor, at settlement
	cellAff     = cellFee + sim.Cell(Direct)                     // Rp of commissions to creators, by storefront, at settlement
	cellIntent  = cellAff + sim.Cell(Direct)                     // needs by the channel chosen
	cellKept    = cellIntent + sim.Cell(Channels)                // engaged views, by app
	cellBought  = cellKept + sim.Cell(Platforms)                 // views that led to an order, by app
	cellLinked  = cellBought + sim.Cell(Platforms)               // of which by a link out
	cellOne     = cellLinked + sim.Cell(Platforms)               // single counters, see Counter
	cellTier    = cellOne + sim.Cell(Counters)                   // Rp earned by creators, by tier
	cellEnter   = cellTier + sim.Cell(Tiers)                     // SMEs that opened in a channel
	cellMember  = cellEnter + sim.Cell(Direct)                   // buyers that joined a channel
	cellStreet  = cellMember + sim.Cell(Direct)                  // purchases offline by category and region
	cellCost    = cellStreet + Categories*Regions                // Rp of costs and taxes paid by a platform
	cellAds     = cellCost + sim.Cell(Direct)                    // Rp paid to a platform for advertising
	cellPublic  = cellAds + sim.Cell(Direct)                     // Rp of a platform's subsidies that the government paid
	cellBack    = cellPublic + sim.Cell(Direct)                  // Rp of freight of parcels that came back, by processor
	Cells       = int(cellBack) + int(Direct)
)

// ViewUnit is one view in the cells of views, which count fractions.
const ViewUnit = 1000

// A Counter is a single number counted by day.
type Counter uint8

// The counters. Orders obey: accepted = cancelled + untaken + kept + sent back + under way (V-03).
const (
	Needs        Counter = iota // that arose
	Voided                      // satisfied before by a discovery purchase
	Deferrals                   // put off by taste
	NoBudget                    // put off because no offer was affordable
	NoOffer                     // put off because nothing was on offer
	Saves                       // views remembered for later
	OfflineSales                // Rp bought offline
	NAccepted                   // orders, by the day they happened
	NCancelled
	NUntaken
	NKept
	NSentBack
	UnitsIn       // goods: bought by SMEs
	UnitsOut      // taken out of stock by accepted orders
	UnitsBack     // returned to stock
	UnitsLost     // returned unsaleable or sold off
	UnitsOnHand   // audit only: stock of SMEs, less the four above
	Incomes       // Rp into wallets
	Bankruptcies  // SMEs
	GaveUp        // SMEs
	Entries       // SMEs that came into the market
	MakersQuit    // creators that went dormant, in millionths of W
	PriceChanges  // of SMEs
	Liquidations  // SMEs that sold off before a closure
	Displacements // discovery purchases that will void a need
	SurplusNeed   // Rp, worth of choices for needs
	Taxes         // Rp paid to the government
	Contracts     // that creators accepted from SMEs, in millionths of W
	FlatFees      // Rp of them
	BrandPay      // Rp that brands paid to creators, outside commerce
	MakersSpent   // Rp that creators lived on
	MakersBack    // creators that returned from silence, in millionths of W
	Drawn         // Rp that owners of SMEs took home
	Invested      // Rp that they put in
	WrittenOff    // Rp of debts that bankrupt SMEs left behind
	PublicCost    // Rp that programmes for SMEs cost the government
	Joined        // SMEs that took part in a programme
	SoldUnder     // orders accepted for which the buyer pays less than the goods cost the SME, vouchers taken off
	Lates         // parcels under way much longer than usual
	ServiceFees   // Rp that platforms pay to their first owners
	SurplusView   // Rp, worth of choices in front of content
	Counters
)

func pair(base sim.Cell, i, j, nj int) sim.Cell { return base + sim.Cell(i*nj+j) }

// The cells by what they count.
func GMVCell(shop, via Channel) sim.Cell { return pair(cellGMV, int(shop), int(via), int(Direct)) }
func OrdersCell(shop, via Channel) sim.Cell {
	return pair(cellOrders, int(shop), int(via), int(Direct))
}
func GoodCell(shop Channel, k Category) sim.Cell {
	return pair(cellGood, int(shop), int(k), Categories)
}
func ModeCell(shop Channel, m Mode) sim.Cell { return pair(cellMode, int(shop), int(m), int(Modes)) }
func TypeCell(shop Channel, y Type) sim.Cell { return pair(cellType, int(shop), int(y), int(Types)) }
func RegionCell(shop Channel, r Region) sim.Cell {
	return pair(cellRegion, int(shop), int(r), Regions)
}
func PlacedCell(shop Channel) sim.Cell { return cellPlaced + sim.Cell(shop) }
func RejectCell(shop Channel) sim.Cell { return cellReject + sim.Cell(shop) }
func SubsidyCell(via Channel) sim.Cell { return cellSubsidy + sim.Cell(via) }
func FeeCell(via Channel) sim.Cell     { return cellFee + sim.Cell(via) }
func AffCell(shop Channel) sim.Cell    { return cellAff + sim.Cell(shop) }
func IntentCell(c Channel) sim.Cell    { return cellIntent + sim.Cell(c) }
func KeptCell(app Channel) sim.Cell    { return cellKept + sim.Cell(app) }
func BoughtCell(app Channel) sim.Cell  { return cellBought + sim.Cell(app) }
func LinkedCell(app Channel) sim.Cell  { return cellLinked + sim.Cell(app) }
func CounterCell(c Counter) sim.Cell   { return cellOne + sim.Cell(c) }
func TierCell(t Tier) sim.Cell         { return cellTier + sim.Cell(t) }
func EnterCell(c Channel) sim.Cell     { return cellEnter + sim.Cell(c) }
func MemberCell(c Channel) sim.Cell    { return cellMember + sim.Cell(c) }
func CostCell(c Channel) sim.Cell      { return cellCost + sim.Cell(c) }
func AdCell(c Channel) sim.Cell        { return cellAds + sim.Cell(c) }
func PublicCell(c Channel) sim.Cell    { return cellPublic + sim.Cell(c) }
func BackCell(c Channel) sim.Cell      { return cellBack + sim.Cell(c) }
func StreetCell(k Category, r Region) sim.Cell {
	return pair(cellStreet, int(k), int(r), Regions)
}

// Count adds to a counter, now.
func Count(t *Turn, c Counter, n int64) { t.Tally(t.Now, CounterCell(c), n) }

// A Metric is an indicator of §10 that is a sum of cells by day.
type Metric struct {
	Name, By, Unit string
	Keys           []string
	Cells          func(key int) []sim.Cell
	Less           func(key int) []sim.Cell // cells to be taken off; nil: none
	Per            float64                  // what a count of one stands for is 1/Per; 0: 1
}

// Metrics lists the daily indicators, in the order of the outputs.
func Metrics() []Metric {
	direct, platforms := ChannelKeys(Direct), ChannelKeys(Platforms)
	one := func(cell func(int) sim.Cell) func(int) []sim.Cell {
		return func(i int) []sim.Cell { return []sim.Cell{cell(i)} }
	}
	row := func(n int, cell func(i, j int) sim.Cell) func(int) []sim.Cell {
		return func(i int) []sim.Cell {
			cells := make([]sim.Cell, n)
			for j := range cells {
				cells[j] = cell(i, j)
			}
			return cells
		}
	}
	ch := func(i int) Channel { return Channel(i) }
	single := func(name, unit string, c Counter) Metric {
		return Metric{Name: name, Unit: unit, Keys: []string{""}, Cells: one(func(int) sim.Cell { return CounterCell(c) })}
	}
	weighed := func(name, unit string, c Counter) Metric {
		x := single(name, unit, c)
		x.Per = 1e6
		return x
	}
	gmv := func(i, j int) sim.Cell { return GMVCell(ch(i), ch(j)) }
	orders := func(i, j int) sim.Cell { return OrdersCell(ch(i), ch(j)) }
	flip := func(f func(i, j int) sim.Cell) func(i, j int) sim.Cell {
		return func(i, j int) sim.Cell { return f(j, i) }
	}
	over := func(cell func(Channel, int) sim.Cell) func(i, j int) sim.Cell {
		return func(i, j int) sim.Cell { return cell(ch(j), i) }
	}
	return []Metric{
		{Name: "gmv", By: "storefront", Unit: "IDR", Keys: direct, Cells: row(int(Direct), gmv)},
		{Name: "gmv", By: "processor", Unit: "IDR", Keys: direct, Cells: row(int(Direct), flip(gmv))},
		{Name: "gmv", By: "redirected", Unit: "IDR", Keys: []string{"tiktok>tokopedia"}, Cells: one(func(int) sim.Cell { return GMVCell(TikTok, Tokopedia) })},
		{Name: "orders", By: "storefront", Unit: "orders", Keys: direct, Cells: row(int(Direct), orders)},
		{Name: "orders", By: "processor", Unit: "orders", Keys: direct, Cells: row(int(Direct), flip(orders))},
		{Name: "gmv", By: "category", Unit: "IDR", Keys: CategoryKeys(), Cells: row(int(Direct), over(func(c Channel, i int) sim.Cell { return GoodCell(c, Category(i)) }))},
		{Name: "gmv", By: "sme_type", Unit: "IDR", Keys: typeNames[:], Cells: row(int(Direct), over(func(c Channel, i int) sim.Cell { return TypeCell(c, Type(i)) }))},
		{Name: "gmv", By: "sme_region", Unit: "IDR", Keys: []string{"java", "other"}, Cells: row(int(Direct), over(func(c Channel, i int) sim.Cell { return RegionCell(c, Region(i)) }))},
		{Name: "orders", By: "mode", Unit: "orders", Keys: modeNames[:], Cells: row(int(Direct), over(func(c Channel, i int) sim.Cell { return ModeCell(c, Mode(i)) }))},
		{Name: "orders_placed", By: "storefront", Unit: "orders", Keys: direct, Cells: one(func(i int) sim.Cell { return PlacedCell(ch(i)) })},
		{Name: "orders_rejected", By: "storefront", Unit: "orders", Keys: direct, Cells: one(func(i int) sim.Cell { return RejectCell(ch(i)) })},
		{Name: "subsidy", By: "processor", Unit: "IDR", Keys: direct, Cells: one(func(i int) sim.Cell { return SubsidyCell(ch(i)) })},
		{Name: "fees", By: "processor", Unit: "IDR", Keys: direct, Cells: one(func(i int) sim.Cell { return FeeCell(ch(i)) })},
		{Name: "affiliate", By: "storefront", Unit: "IDR", Keys: direct, Cells: one(func(i int) sim.Cell { return AffCell(ch(i)) })},
		{Name: "affiliate", By: "tier", Unit: "IDR", Keys: tierNames[:], Cells: one(func(i int) sim.Cell { return TierCell(Tier(i)) })},
		{Name: "intents", By: "channel", Unit: "needs", Keys: ChannelKeys(Channels), Cells: one(func(i int) sim.Cell { return IntentCell(ch(i)) })},
		{Name: "views", By: "app", Unit: "views", Keys: ChannelKeys(Platforms), Cells: one(func(i int) sim.Cell { return KeptCell(ch(i)) }), Per: ViewUnit},
		{Name: "view_orders", By: "app", Unit: "orders", Keys: ChannelKeys(Platforms), Cells: one(func(i int) sim.Cell { return BoughtCell(ch(i)) })},
		{Name: "link_orders", By: "app", Unit: "orders", Keys: ChannelKeys(Platforms), Cells: one(func(i int) sim.Cell { return LinkedCell(ch(i)) })},
		{Name: "entries", By: "channel", Unit: "SMEs", Keys: direct, Cells: one(func(i int) sim.Cell { return EnterCell(ch(i)) })},
		{Name: "revenue", By: "platform", Unit: "IDR", Keys: platforms, Cells: func(i int) []sim.Cell { return []sim.Cell{FeeCell(ch(i)), AdCell(ch(i))} }},
		{Name: "ad_rev", By: "platform", Unit: "IDR", Keys: platforms, Cells: one(func(i int) sim.Cell { return AdCell(ch(i)) })},
		{Name: "costs", By: "platform", Unit: "IDR", Keys: platforms, Cells: func(i int) []sim.Cell { return []sim.Cell{CostCell(ch(i)), BackCell(ch(i))} }},
		{Name: "profit", By: "platform", Unit: "IDR", Keys: platforms,
			Cells: func(i int) []sim.Cell { return []sim.Cell{FeeCell(ch(i)), AdCell(ch(i)), PublicCell(ch(i))} },
			Less:  func(i int) []sim.Cell { return []sim.Cell{SubsidyCell(ch(i)), CostCell(ch(i)), BackCell(ch(i))} }},
		{Name: "public_subsidy", By: "platform", Unit: "IDR", Keys: platforms, Cells: one(func(i int) sim.Cell { return PublicCell(ch(i)) })},
		{Name: "joined", By: "channel", Unit: "buyers", Keys: direct, Cells: one(func(i int) sim.Cell { return MemberCell(ch(i)) })},
		{Name: "offline_purchases", By: "category", Unit: "needs", Keys: CategoryKeys(), Cells: row(Regions, func(i, j int) sim.Cell { return StreetCell(Category(i), Region(j)) })},
		{Name: "offline_purchases", By: "region", Unit: "needs", Keys: []string{"java", "other"}, Cells: row(Categories, func(i, j int) sim.Cell { return StreetCell(Category(j), Region(i)) })},
		single("cs_need", "IDR", SurplusNeed), single("cs_discovery", "IDR", SurplusView), single("taxes", "IDR", Taxes),
		single("needs", "needs", Needs), single("needs_voided", "needs", Voided), single("needs_deferred", "needs", Deferrals),
		single("needs_no_budget", "needs", NoBudget), single("needs_no_offer", "needs", NoOffer), single("saves", "views", Saves),
		single("offline_sales", "IDR", OfflineSales), single("orders_accepted", "orders", NAccepted),
		single("orders_cancelled", "orders", NCancelled), single("orders_untaken", "orders", NUntaken),
		single("orders_kept", "orders", NKept), single("orders_returned", "orders", NSentBack), single("incomes", "IDR", Incomes),
		single("bankruptcies", "SMEs", Bankruptcies), single("gave_up", "SMEs", GaveUp), single("sme_entries", "SMEs", Entries),
		weighed("creators_dormant", "creators", MakersQuit), single("price_changes", "listings", PriceChanges),
		single("liquidations", "SMEs", Liquidations), single("displacements", "orders", Displacements),
		weighed("creator_contracts", "contracts", Contracts), single("creator_flat_fees", "IDR", FlatFees),
		single("creator_brand_pay", "IDR", BrandPay), single("creator_spending", "IDR", MakersSpent),
		weighed("creators_returned", "creators", MakersBack),
		single("owner_draws", "IDR", Drawn), single("owner_capital", "IDR", Invested), single("debts_written_off", "IDR", WrittenOff),
		single("public_cost", "IDR", PublicCost), single("programme_members", "SMEs", Joined),
		single("below_cost", "orders", SoldUnder), single("late", "orders", Lates), single("service_fees", "IDR", ServiceFees),
		{Name: "owner_cash", By: "owner", Unit: "IDR", Keys: OwnerKeys(), Cells: one(func(i int) sim.Cell { return AccountCell(OwnerCash + Account(i)) })},
	}
}

// Values are a metric's values for a key on some days, in real-equivalents, given the totals of each.
func (m *Metric) Values(days [][]int64, key int, w float64) []float64 {
	var less []sim.Cell
	if m.Less != nil {
		less = m.Less(key)
	}
	cells, values := m.Cells(key), make([]float64, len(days))
	for d, totals := range days {
		var n int64
		for _, c := range cells {
			n += totals[c]
		}
		for _, c := range less {
			n -= totals[c]
		}
		per := 1.0
		if m.Per != 0 {
			per = m.Per
		}
		values[d] = float64(n) / per * w
	}
	return values
}
