package market

import (
	"slices"

	"pasar/sim"
)

// A Lever is something that a rule can set for a channel, dated (decisions A3). Levers lists them all.
type Lever uint8

// The levers.
const (
	Checkout      Lever = iota // 1 open, 0 closed
	Linkout                    // visibility of content with links out, ppm
	FeeShare                   // commission, ppm of price, before the category's factor
	FeeFixed                   // Rp an order
	RedirectTo                 // processor of orders decided here, as channel + 1; 0: itself
	Seamless                   // of a redirected checkout, ppm
	OrderCap                   // ppm of an SME's orders here in the four weeks before the closure; -1: none
	PriceFloor                 // Rp, least price of goods sold from abroad; 0: none
	FloorKept                  // share of sellers that obey the floor, ppm
	Vouchers                   // share of price that the platform pays, ppm
	Owner                      // who owns the platform: an index of Owners; see Stake
	Stake                      // share of that owner, ppm; the rest stays with the first owner
	Deadline                   // second by which open orders of a closed storefront must be handed over; 0: none
	DataApart                  // 1: data on shoppers may not steer content, 0: they may
	ShipMore                   // share of freight that the platform pays beyond its own, ppm
	VoucherMore                // share of price that the platform pays beyond its vouchers, ppm
	VoucherMax                 // share of price that the platform may pay at most, ppm + 1; 0: no limit
	PublicVoucher              // share of price that the government pays on top, ppm
	PublicBudget               // Rp of this simulation's scale that the government pays at most; 0: no limit
	SubsidyRule                // how the platform sets its vouchers, see BySchedule and ByFeedback
	SubsidyAim                 // share of the market it aims at, ppm; 0: as at the start and platform.*.aim more
	BelowCost                  // share of offers below cost that are found and raised, ppm
	BoostLocal                 // θ_loc: ranking of local SMEs above others, millionths of a unit of utility
	QuotaLocal                 // least share of exposure for local SMEs, ppm
	Personal                   // χ: share of views that fit the viewer's interests, ppm; -1: as the platform likes
	ContentMore                // views of content that the platform aims at beyond its path, ppm of it; -1,000,000: none
	Banner                     // 1: a campaign, whatever the calendar says
	FloorOn                    // what PriceFloor is for: 0 goods sold from abroad, 1 all imports
	FloorGoods                 // categories that PriceFloor is for, as bits; 0: all
	TaxOrders                  // ppm of the price, paid by the SME
	TaxFees                    // ppm of the fees, paid by the platform
	Like                       // platform that one which opens later resembles, as channel + 1
	Ahead                      // how much better it is than that, millionths of a unit of utility
	DaysMore                   // delivery takes so much longer, ppm of the usual
	IncomeMore                 // of buyers, ppm of the usual; in the whole market, see Everywhere
	Shortage                   // share of SMEs without goods, ppm, one lever for each type, Everywhere
	_
	_
	NeedsMore // needs, ppm of the usual, one lever for each category, Everywhere
	_
	_
	_
	_
	_
	Friction    // ψ of following a link to this channel, in millionths of utility; -1: the parameter
	Density     // engaged views of this app's content, relative to plan, ppm
	PortFans    // share of a creator's followers that follow elsewhere once this app's checkout closes, ppm; -1: the parameters
	PortRatings // share of rating, reviews and skill that an SME takes along to a new listing, ppm
	Trial       // how far a pilot of this storefront has come: a PilotState
	Warnings    // how often the regulator has warned the platform
	Licence     // to take payment: 1 granted, -1 revoked, 0 as at the start
	StoreFee    // 1: redirected orders pay the storefront's fees, 0: the processor's
	ServiceFee  // ppm of the GMV that the platform checks out, paid to its first owner
	Dealing     // how far the storefront's deal has come: a DealState
	DealAs      // its form: a DealForm
	DealWith    // its partner: a Partner
	DealForced  // DealState that the scenario imposes from then on; 0: none
	Levers
)

// Everywhere is where a rule stands that holds for the market as a whole.
const Everywhere = Defer

// How a platform sets its vouchers (§7.10).
const (
	BySchedule int64 = iota // dated, by the lever Vouchers
	ByFeedback              // from its share, its rivals and its losses
)

// LeverDoc describes a lever for the ODD, the schema and the report.
type LeverDoc struct{ Name, Unit, What string }

// LeverDocs has one entry for each lever.
var LeverDocs = [Levers]LeverDoc{
	{"checkout", "0 or 1", "whether orders can be checked out in this channel"},
	{"linkout", "ppm", "visibility of content that links out"},
	{"fee_share", "ppm of price", "commission of the processor"},
	{"fee_fixed", "Rp an order", "fixed fee of the processor"},
	{"redirect_to", "channel + 1", "processor of the orders of this storefront"},
	{"seamless", "ppm", "how little a redirected checkout disturbs"},
	{"order_cap", "ppm of orders before", "daily orders allowed for each SME"},
	{"price_floor", "Rp", "least price of goods sold directly from abroad"},
	{"floor_kept", "ppm", "share of sellers that obey the floor"},
	{"vouchers", "ppm of price", "share of the price that the platform pays"},
	{"owner", "index", "the new owner of a stake in the platform"},
	{"stake", "ppm", "the stake of the new owner"},
	{"deadline", "s", "second by which open orders of a closed storefront must be handed over"},
	{"data_apart", "0 or 1", "whether data on shoppers are kept apart from content"},
	{"ship_more", "ppm of freight", "share of freight that the platform pays beyond its own"},
	{"voucher_more", "ppm of price", "share of the price that the platform pays beyond its vouchers"},
	{"voucher_max", "ppm of price, + 1", "share of the price that the platform may pay at most"},
	{"public_voucher", "ppm of price", "share of the price that the government pays on top"},
	{"public_budget", "Rp", "what the government pays for that at most, in the scale of the simulation"},
	{"subsidy_rule", "0 schedule, 1 feedback", "how the platform sets its vouchers"},
	{"subsidy_aim", "ppm", "share of the market that the platform aims at"},
	{"below_cost", "ppm", "share of offers below cost that are found and raised"},
	{"boost_local", "millionths of utility", "ranking of local SMEs above others"},
	{"quota_local", "ppm of exposure", "least share of exposure for local SMEs"},
	{"personal", "ppm", "share of views that fit the viewer's interests"},
	{"content_more", "ppm of the path", "views of content that the platform aims at beyond its path"},
	{"banner", "0 or 1", "a campaign, whatever the calendar says"},
	{"floor_on", "0 cross-border, 1 imports", "which goods the price floor is for"},
	{"floor_goods", "bits", "categories that the price floor is for"},
	{"tax_orders", "ppm of price", "tax on orders, paid by the SME"},
	{"tax_fees", "ppm of fees", "tax on a platform's fees"},
	{"like", "channel + 1", "platform that one which opens later resembles"},
	{"ahead", "millionths of utility", "how much better it is than that"},
	{"days_more", "ppm of days", "how much longer delivery takes"},
	{"income_more", "ppm of income", "change of buyers' incomes"},
	{"shortage_local", "ppm", "share of local SMEs without goods"},
	{"shortage_import", "ppm", "share of import resellers without goods"},
	{"shortage_brand", "ppm", "share of brands without goods"},
	{"needs_fashion", "ppm of needs", "change of needs"},
	{"needs_beauty", "ppm of needs", "change of needs"},
	{"needs_home", "ppm of needs", "change of needs"},
	{"needs_electronics", "ppm of needs", "change of needs"},
	{"needs_daily", "ppm of needs", "change of needs"},
	{"needs_other", "ppm of needs", "change of needs"},
	{"friction", "utility / 1e6", "effort of following a link to this channel; -1: params.disc.psi_*"},
	{"density", "ppm", "engaged views of shoppable content, relative to plan"},
	{"port_fans", "ppm of followers", "who of a creator's followers, of any tier, follow elsewhere when this checkout closes; -1: params.creator.port"},
	{"port_ratings", "ppm", "share of rating, reviews and skill that an SME takes along to a new listing"},
	{"trial", "index", "how far a pilot of this storefront has come"},
	{"warnings", "number", "how often the regulator has warned the platform"},
	{"licence", "1, 0 or -1", "licence to take payment: granted, as at the start, or revoked"},
	{"store_fee", "0 or 1", "whether redirected orders pay the storefront's fees"},
	{"service_fee", "ppm of GMV", "what the platform pays its first owner of what it checks out"},
	{"dealing", "index", "how far the storefront's deal has come"},
	{"deal_as", "index", "form of the deal"},
	{"deal_with", "index", "partner of the deal"},
	{"deal_forced", "index", "state of the deal that the scenario imposes"},
}

// A Rule sets a lever of a channel from a second on, for good or until another. Rules of the same second count in file order.
type Rule struct {
	From  sim.Time
	Until sim.Time // 0: for good
	Lever Lever
	On    Channel
	Value int64
	Why   uint32 // number of the scenario's entry, from 1; 0: the parameters
}

// A Book holds the rules by date. What holds at t is the one that began last of those that have begun and not ended; so where one
// ends, what others say holds again, in whatever order they overlap.
type Book struct {
	lines   [Levers][Channels][]Rule
	Plan    []Entry // what the Desk does, by date
	Pledges []Pledge
	Done    []Enacted // what With has added, in order
}

// Add writes a rule into the book.
func (b *Book) Add(r Rule) {
	l := &b.lines[r.Lever][r.On]
	i := len(*l)
	for i > 0 && (*l)[i-1].From > r.From {
		i--
	}
	*l = slices.Insert(*l, i, r)
}

// holds tells whether a rule has begun and not ended at a second.
func (r *Rule) holds(t sim.Time) bool { return r.From <= t && (r.Until == 0 || t < r.Until) }

// At is the rule in force for a lever of a channel at a second.
func (b *Book) At(lever Lever, on Channel, t sim.Time) Rule {
	l := b.lines[lever][on]
	for i := len(l) - 1; i >= 0; i-- {
		if l[i].holds(t) {
			return l[i]
		}
	}
	return Rule{Lever: lever, On: on}
}

// Value is what the rule in force says.
func (b *Book) Value(lever Lever, on Channel, t sim.Time) int64 { return b.At(lever, on, t).Value }

// Open tells whether orders decided in a channel can be checked out at a second: whether the checkout of its processor is open.
func (b *Book) Open(c Channel, t sim.Time) bool {
	via := b.Processor(c, t)
	return via >= Platforms || b.Value(Checkout, via, t) == 1
}

// Processor is who checks out the orders of a storefront at a second.
func (b *Book) Processor(c Channel, t sim.Time) Channel {
	if v := b.Value(RedirectTo, c, t); v > 0 {
		return Channel(v - 1)
	}
	return c
}

// Changes lists all rules of a lever, for the reports.
func (b *Book) Changes(lever Lever, on Channel) []Rule { return b.lines[lever][on] }

// A Deed is what the Desk does when an entry of the plan is due.
type Deed uint8

// The deeds.
const (
	Announce  Deed = iota // tell SMEs, creators and platforms: Shop is concerned from Effective on
	Pay                   // move Amount from account From to account To
	OpenPilot             // the regulator begins to watch Shop
	Judge                 // the regulator's audit: scores C and M, and the Decision imposed
	Assist                // tell all SMEs of Programme
)

// An Entry is one deed of the plan.
type Entry struct {
	At        sim.Time
	Deed      Deed
	Why       uint32 // the scenario's entry
	Name      uint32 // its name, which keys luck
	Shop      Channel
	Effective sim.Time // of what is announced
	Closing   bool     // what is announced is a closure
	Trust     PPM      // credibility of an announcement
	From, To  Account
	Amount    Money     // Rp, in this simulation's scale
	Decision  string    // imposed; ByRule: the run decides
	Deadline  sim.Time  // of the pilot's integration
	Rule      AuditRule // of an audit
	Programme Programme
}

// firstOwners own the platforms at the start (§2.4).
var firstOwners = [Platforms]OwnerID{Bytedance, Sea, GoTo, Alibaba, Buka, Djarum, Entrant}

// Control is the owner with the larger part of a platform: who decides there.
func (b *Book) Control(c Channel, t sim.Time) OwnerID {
	if 2*b.Value(Stake, c, t) > One {
		return OwnerID(b.Value(Owner, c, t))
	}
	return firstOwners[c]
}

// FirstOwner owns a platform at the start.
func FirstOwner(c Channel) OwnerID { return firstOwners[c] }

// Owners is who owns a platform at a time, by share; the shares sum to 1.
func (b *Book) Owners(c Channel, t sim.Time) (share [Owners]float64) {
	stake := float64(b.Value(Stake, c, t)) / 1e6
	share[firstOwners[c]] = 1 - stake
	if stake > 0 {
		share[b.Value(Owner, c, t)] += stake
	}
	return share
}

// Domestic is the part of a platform that is owned at home at a time, ppm. A channel without owner is its SMEs' own.
func (b *Book) Domestic(c Channel, t sim.Time) PPM {
	if c >= Platforms {
		return One
	}
	first, stake := firstOwners[c].Domestic(), b.Value(Stake, c, t)
	return first + stake*(OwnerID(b.Value(Owner, c, t)).Domestic()-first)/One
}
