package market

// A Programme is what the government does for some of the SMEs: the Desk tells all of them, and each tests itself against it (§9.1).
// It is a body of events, see bodies.go.
type Programme struct {
	Amount   Money  // Rp: a week's compensation, or what a training costs the government
	Share    uint32 // ppm: skill gained, cost of entry waived, sales made good, or weeks of credit
	Sample   uint32 // ppm of those it is for that are asked
	TakeUp   uint32 // ppm of those asked that accept
	Number   uint32 // of the scenario's entry: keys the luck
	Weeks    uint16 // how long it lasts
	Channels uint16 // bits
	Least    uint16 // share of sales on TikTok, in 1/10,000
	Most     uint16
	Kind     Aid
	Types    uint8 // bits of Type, Category, Region, Size
	Goods    uint8
	Regions  uint8
	Sizes    uint8
	Spare    [11]uint8
}

// An Aid is a kind of programme.
type Aid uint8

// The kinds.
const (
	Training Aid = iota
	EntryAid
	Compensation
	CreditLine
	Information
)

// For tells whether a programme is for an SME, by its traits, its usual share of sales on TikTok (ppm) and its legal size.
func (x *Programme) For(tr *Traits, tik uint32, size Size) bool {
	return x.Types>>tr.Type&1 == 1 && x.Goods>>tr.Good&1 == 1 && x.Regions>>tr.Region&1 == 1 && x.Sizes>>size&1 == 1 &&
		tik >= uint32(x.Least)*100 && tik <= uint32(x.Most)*100
}

// A Size is the legal size of a business, by sales a year (Government Regulation 7/2021; decisions E22).
type Size uint8

// The sizes.
const (
	MicroSized Size = iota
	SmallSized
	MediumSized
	LargeSized
	Sizes
)

var sizeNames = [...]string{"micro", "small", "medium", "large"}

// String is the size's key in files and outputs.
func (s Size) String() string { return sizeNames[s] }

// SizeKeys lists the sizes in order.
func SizeKeys() []string { return sizeNames[:] }

// SizeOf is the legal size of an SME that sells so much in a year, in Rp.
func SizeOf(year Money) Size {
	switch {
	case year <= 2e9:
		return MicroSized
	case year <= 15e9:
		return SmallSized
	case year <= 50e9:
		return MediumSized
	}
	return LargeSized
}
