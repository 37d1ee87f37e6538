package market

// A DealState is how far a corporate deal has come (§7.11). The book holds it, as the lever Dealing of the storefront concerned.
type DealState int64

// The states of a deal.
const (
	NoDeal DealState = iota
	DealTalks
	DealProposed
	DealAgreed
	DealCollapsed
	DealSigned
	DealApproved
	DealRejected
	DealClosed
	DealOperating
	DealUnwound
	DealAlone // talks ended with a platform of one's own
	DealStates
)

var dealNames = [...]string{"none", "talks", "proposed", "agreed", "collapsed", "signed", "approved", "rejected", "closed", "operating", "unwound", "alone"}

// String is the state's key in files.
func (s DealState) String() string { return dealNames[s] }

// ParseDealState is the state with a key, if there is one.
func ParseDealState(key string) (DealState, bool) {
	s, ok := parse[uint8](dealNames[:], key)
	return DealState(s), ok
}

// Over tells whether nothing can follow.
func (s DealState) Over() bool {
	return s == DealCollapsed || s == DealRejected || s == DealUnwound || s == DealAlone
}

// A DealForm is what kind of deal it is.
type DealForm uint8

// The forms.
const (
	Acquire DealForm = iota
	JointVenture
	Build
	License
	DealForms
)

var formNames = [...]string{"acquire", "jv", "build", "licence"}

// String is the form's key in files.
func (f DealForm) String() string { return formNames[f] }

// ParseDealForm is the form with a key, if there is one.
func ParseDealForm(key string) (DealForm, bool) { return parse[DealForm](formNames[:], key) }

// A Partner is one that a deal can be made with. Two have no name and no platform in the model.
type Partner uint8

// The partners.
const (
	WithTokopedia Partner = iota
	WithBukalapak
	WithBlibli
	WithD // domestic
	WithE // foreign
	Partners
)

var partnerNames = [...]string{"tokopedia", "bukalapak", "blibli", "partner_d", "partner_e"}

// String is the partner's key in files.
func (p Partner) String() string { return partnerNames[p] }

// ParsePartner is the partner with a key, if there is one.
func ParsePartner(key string) (Partner, bool) { return parse[Partner](partnerNames[:], key) }

// Platform is the partner's platform, if the model has it.
func (p Partner) Platform() (Channel, bool) {
	if p > WithBlibli {
		return 0, false
	}
	return [...]Channel{Tokopedia, Bukalapak, Blibli}[p], true
}

// Domestic tells whether the partner is owned at home.
func (p Partner) Domestic() bool { return p != WithE }
