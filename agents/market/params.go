package market

// Params are the numbers of the model, as scenarios/params/*.yaml give them: value, unit, range, source and grade of each
// stand there, and a test keeps the two alike. The yaml names are the paths that --set takes (params.disc.rho=.7).
type Params struct {
	Scale      Scale             `yaml:"scale"`
	Categories [Categories]Goods `yaml:"category"`
	Platforms  [Direct]Venue     `yaml:"platform"`
	Intent     [Channels]Intent  `yaml:"intent"`
	Buyer      BuyerParams       `yaml:"buyer"`
	Choice     ChoiceParams      `yaml:"choice"`
	Disc       DiscoveryParams   `yaml:"disc"`
	SME        SMEParams         `yaml:"sme"`
	Creator    CreatorParams     `yaml:"creator"`
	Rank       RankParams        `yaml:"rank"`
	Order      OrderParams       `yaml:"order"`
	Calendar   CalendarParams    `yaml:"calendar"`
	Regulator  RegulatorParams   `yaml:"regulator"`
	Pilot      PilotParams       `yaml:"pilot"`
	Growth     GrowthParams      `yaml:"growth"`
	Firm       FirmParams        `yaml:"firm"`
	Street     StreetParams      `yaml:"street"`
	Deal       DealParams        `yaml:"deal"`
}

// Scale says how many real agents there are; W = Buyers / simulated buyers (§2.2).
type Scale struct {
	Buyers   float64 `yaml:"buyers"`
	SMEs     float64 `yaml:"smes"`
	Creators float64 `yaml:"creators"`
	USDIDR   float64 `yaml:"usd_idr"`
}

// Goods describes a category (§2.3).
type Goods struct {
	Price     float64 `yaml:"price"`      // P̄, Rp
	Needs     float64 `yaml:"needs"`      // share of needs
	Views     float64 `yaml:"views"`      // share of discovery views
	Imports   float64 `yaml:"imports"`    // share of listings by import resellers
	Cost      float64 `yaml:"cost"`       // unit cost / P̄
	Returns   float64 `yaml:"returns"`    // probability
	FeeFactor float64 `yaml:"fee_factor"` // commission relative to the platform's
}

// Venue describes a platform or direct channel (§2.9).
type Venue struct {
	Commission float64 `yaml:"commission"`
	Fixed      float64 `yaml:"fixed"`     // Rp an order
	Voucher    float64 `yaml:"voucher"`   // share of price
	ShipShare  float64 `yaml:"ship"`      // share of freight paid by the platform
	DaysJava   float64 `yaml:"days_java"` // delivery
	DaysOther  float64 `yaml:"days_other"`
	Trust      float64 `yaml:"trust"`
	SettleDays float64 `yaml:"settle_days"`
	Views      float64 `yaml:"views"` // φ at the start: engaged shoppable views per member-day
	ViewsTo    float64 `yaml:"views_to"`
	ViewsMost  float64 `yaml:"views_most"` // that any world may show; see Content of the levers
	Match      float64 `yaml:"match"`      // χ: probability that a view is of a category the buyer likes
	Video      float64 `yaml:"video"`      // share of views that are video, the rest is live
	Member     float64 `yaml:"member"`     // probability of being registered
	Linkout    float64 `yaml:"linkout"`
	Sellers    float64 `yaml:"sellers"`  // share as home channel of SMEs
	Entry      float64 `yaml:"entry"`    // Rp, cost of opening here
	Hours      float64 `yaml:"hours"`    // h a week to manage a shop here
	Overhead   float64 `yaml:"overhead"` // Rp a week for being here
	Aim        float64 `yaml:"aim"`      // share of the market aimed at, above that at the start
	Budget     float64 `yaml:"budget"`   // loss that owners bear, as a share of GMV
}

// Intent is the target share of a channel among intents, and its tilt by category (§5.5).
type Intent struct {
	Share float64             `yaml:"share"`
	Tilt  [Categories]float64 `yaml:"tilt"`
}

// BuyerParams (§2.5, §7.2, §7.6).
type BuyerParams struct {
	AlphaMean   float64 `yaml:"alpha_mean"`
	AlphaCV     float64 `yaml:"alpha_cv"`
	NeedRate    float64 `yaml:"need_rate"` // a month
	NeedCV      float64 `yaml:"need_cv"`
	Affinity    float64 `yaml:"affinity"` // shape of the gamma distribution
	Budget      float64 `yaml:"budget"`   // Rp a month
	BudgetCV    float64 `yaml:"budget_cv"`
	Credit      float64 `yaml:"credit"` // share of buyers with paylater
	Java        float64 `yaml:"java"`
	HabitBeta   float64 `yaml:"habit_beta"`
	HabitTau    float64 `yaml:"habit_tau"` // d
	HabitKappa  float64 `yaml:"habit_kappa"`
	TrustBeta   float64 `yaml:"trust_beta"`
	TrustKappa  float64 `yaml:"trust_kappa"`
	Install     float64 `yaml:"install"`
	DeferReturn float64 `yaml:"defer_return"`
	DeferDays   float64 `yaml:"defer_days"`
	Delivery    float64 `yaml:"delivery"` // a day
	Social      float64 `yaml:"social"`   // share that has paid inside a social app at the start
	TieChat     float64 `yaml:"tie_chat"`
}

// ChoiceParams (§7.3, §7.4).
type ChoiceParams struct {
	TauOnline float64 `yaml:"tau_online"`
	TauDirect float64 `yaml:"tau_direct"`
	Lambda    float64 `yaml:"lambda_i"`
	Kappa     float64 `yaml:"kappa"`
	K0        float64 `yaml:"k0"`
	Quality   float64 `yaml:"quality"`
	Rating    float64 `yaml:"rating"`
	Tie       float64 `yaml:"tie"`
	Remember  float64 `yaml:"remember"`
	Campaign  float64 `yaml:"campaign"`
	Redirect  float64 `yaml:"redirect"` // ψ_red, of a checkout that is not seamless at all
}

// DiscoveryParams (§7.5).
type DiscoveryParams struct {
	Rho        float64 `yaml:"rho"`
	PsiMarket  float64 `yaml:"psi_market"`
	PsiChat    float64 `yaml:"psi_wa"`
	PsiWeb     float64 `yaml:"psi_web"`
	PsiLearn   float64 `yaml:"psi_learn"`
	ConvVideo  float64 `yaml:"conv_video"`
	ConvLive   float64 `yaml:"conv_live"`
	SaveProb   float64 `yaml:"save_prob"`
	SaveDays   float64 `yaml:"save_days"`
	Lambda     float64 `yaml:"lambda_d"`
	Match      float64 `yaml:"match"`
	Follow     float64 `yaml:"follow"`
	FollowRate float64 `yaml:"p_follow"`
	Boost      float64 `yaml:"follow_boost"`
	FirstUse   float64 `yaml:"first_use"`
	SupplyExp  float64 `yaml:"supply_exp"`
	MidDay     float64 `yaml:"mid_day"`   // of the growth of views, days after the start of outputs
	Steepness  float64 `yaml:"steepness"` // d
	Linkout    float64 `yaml:"linkout_after"`
}

// SMEParams (§2.6, §7.8).
type SMEParams struct {
	Sigma       float64 `yaml:"sigma"`
	Java        float64 `yaml:"java"`
	Brand       float64 `yaml:"brand"`
	ImportCost  float64 `yaml:"import_cost"`
	CrossBorder float64 `yaml:"cross_border"`
	MoreChans   float64 `yaml:"more_channels"`
	Chat        float64 `yaml:"chat"`
	OwnWeb      float64 `yaml:"own_web"`
	Calvo       float64 `yaml:"calvo"` // a week
	StepLow     float64 `yaml:"step_low"`
	StepHigh    float64 `yaml:"step_high"`
	LiveDisc    float64 `yaml:"live_disc"`
	Aware       float64 `yaml:"aware"` // a week
	NewShare    float64 `yaml:"l0"`
	EntryNoise  float64 `yaml:"entry_noise"` // Rp
	Bring       float64 `yaml:"bring"`       // of the orders of a closing channel, to all others together
	SkillRate   float64 `yaml:"skill_kappa"` // a week
	SkillConv   float64 `yaml:"skill_conv"`
	LiveMove    float64 `yaml:"live_move"` // a week
	LiveSpread  float64 `yaml:"live_spread"`
	CreditWeeks float64 `yaml:"credit_weeks"`
	Outside     float64 `yaml:"outside"` // Rp a week
	ExitHazard  float64 `yaml:"exit_hazard"`
	Overhead    float64 `yaml:"overhead"` // Rp a week at size 1
	Wage        float64 `yaml:"wage"`     // Rp an hour
	Pack        float64 `yaml:"pack"`     // Rp an order
	StockZ      float64 `yaml:"stock_z"`
	LeadLocal   float64 `yaml:"lead_local"`  // weeks
	LeadImport  float64 `yaml:"lead_import"` // weeks
	Liquidate   float64 `yaml:"liquidate"`
	ReactDays   float64 `yaml:"react_days"`
	Entrants    float64 `yaml:"nu0"` // a week
	RatingKappa float64 `yaml:"rating_kappa"`
	PriceRule   float64 `yaml:"price_rule"` // 0 by trial, 1 fixed, 2 first-order condition
	RateLock    float64 `yaml:"rate_lock"`  // days before a lower commission holds
	AdStep      float64 `yaml:"ad_step"`    // share of sales
	AdMost      float64 `yaml:"ad_most"`    // share of sales
	AdUnit      float64 `yaml:"ad0"`        // Rp a week
}

// CreatorParams (§2.8, §7.9).
type CreatorParams struct {
	Alpha      float64        `yaml:"follower_alpha"`
	Least      float64        `yaml:"followers_min"`
	Most       float64        `yaml:"followers_max"`
	Engage     float64        `yaml:"engagement"`
	Hours      float64        `yaml:"hours"`
	HoursCV    float64        `yaml:"hours_cv"`
	HoursMove  float64        `yaml:"hours_kappa"`
	HoursSoft  float64        `yaml:"hours_softmax"`
	Grow       float64        `yaml:"grow"`
	Fade       float64        `yaml:"fade"` // a week
	Port       [Tiers]float64 `yaml:"port"`
	AttrLink   float64        `yaml:"attr_link"`
	Outside    float64        `yaml:"outside"` // Rp a week
	QuitHazard float64        `yaml:"quit_hazard"`
	PayDays    float64        `yaml:"pay_days"`
	ReachExp   float64        `yaml:"reach_exp"`
	MoveLarge  float64        `yaml:"hours_kappa_large"` // of macro and mega creators
	Hearsay    float64        `yaml:"hearsay"`           // h a week of own experience that peers' pay counts as much as
	Elsewhere  float64        `yaml:"elsewhere"`         // followers on other apps at the start, at most, as a share of those on TikTok
	Pool       float64        `yaml:"pool"`              // new followers a week, as a share of those of the start
	Attach     float64        `yaml:"pa_gamma"`
	PortDays   float64        `yaml:"port_days"`
	Brand      float64        `yaml:"brand"`     // Rp a week for F^.8 = 1
	Reserve    float64        `yaml:"reserve"`   // weeks of income kept in cash
	FlatFee    float64        `yaml:"fee_flat"`  // Rp for 10,000 followers
	FeePower   float64        `yaml:"fee_power"` // of followers
	OfferRate  float64        `yaml:"offer_rate"`
	OfferShare float64        `yaml:"offer_budget"` // of four weeks' sales, at most
	OfferBonus float64        `yaml:"offer_bonus"`  // commission above the listed one
}

// RankParams are the weights of a platform's ranking (§7.4).
type RankParams struct {
	Quality float64 `yaml:"quality"`
	Sales   float64 `yaml:"sales"`
	Price   float64 `yaml:"price"`
	Skill   float64 `yaml:"skill"`
	Ads     float64 `yaml:"ads"`
	Fresh   float64 `yaml:"fresh"` // of listings in their first eight weeks
}

// OrderParams (§7.7).
type OrderParams struct {
	Freight    float64 `yaml:"freight"`       // Rp, Java
	FreightFar float64 `yaml:"freight_other"` // Rp, elsewhere
	ShipDays   float64 `yaml:"ship_days"`
	ShipCV     float64 `yaml:"ship_cv"`
	MoveCV     float64 `yaml:"transport_cv"`
	CODShare   float64 `yaml:"cod_share"`
	CODFail    float64 `yaml:"cod_fail"`
	Cancel     float64 `yaml:"cancel"`
	RetryProb  float64 `yaml:"retry"`
	ReturnDays float64 `yaml:"return_days"`
	Resale     float64 `yaml:"resale"`
	Payment    float64 `yaml:"payment_fee"` // share of price
}

// CalendarParams (§6.1). Weights of hours and weekdays are shares of a mean of 1.
type CalendarParams struct {
	Hours     [24]float64 `yaml:"hours"`
	Weekdays  [7]float64  `yaml:"weekdays"` // Monday first
	Payday    float64     `yaml:"payday"`
	Double    float64     `yaml:"double_date"`
	September float64     `yaml:"d0909"`
	October   float64     `yaml:"d1010"`
	November  float64     `yaml:"d1111"`
	December  float64     `yaml:"d1212"`
	Around    float64     `yaml:"around"`
	Harbolnas float64     `yaml:"harbolnas"`
	Ramadan   float64     `yaml:"ramadan"`
	RamadanTo float64     `yaml:"ramadan_last"`
	Eid       float64     `yaml:"eid"`
	NeedPower float64     `yaml:"need_power"` // share of a campaign's excess that needs show
	GrowNeed  float64     `yaml:"grow_need"`  // a year
	Moved     float64     `yaml:"moved"`      // share of a campaign's excess taken from the days after
}

// RegulatorParams (§7.12).
type RegulatorParams struct {
	Noise      float64    `yaml:"noise"`
	Compliance float64    `yaml:"floor_compliance"`
	Pressure   [3]float64 `yaml:"pressure"`      // weights of offline sales, sales below cost and TikTok's share in OP
	Review     [2]float64 `yaml:"merger_review"` // post level and change of the HHI above which remedies follow
	Remedies   float64    `yaml:"remedy_months"` // from closing
}

// PilotParams (§7.11, §7.12).
type PilotParams struct {
	Integration float64             `yaml:"integration"` // κ, a day
	Effort      float64             `yaml:"effort"`
	Slack       float64             `yaml:"slack"`   // b of Beta(1, b), what is missing at the deadline
	Weights     [Components]float64 `yaml:"weights"` // payments, data, operations
	ApproveC    float64             `yaml:"approve"`
	ExtendC     float64             `yaml:"extend"`
	LeastM      float64             `yaml:"sme"`
	MWeights    [4]float64          `yaml:"m_weights"`
	Object      [3]float64          `yaml:"objections"` // sales index below which the SME desk objects, how often, and what each takes off M
}

// DealParams (§7.11). Lists by form go acquire, jv, build, licence; by partner as Partners.
type DealParams struct {
	Stake       [DealForms]float64 `yaml:"stake"`
	Injection   float64            `yaml:"injection"` // USD
	Value       float64            `yaml:"value"`     // of a storefront's sales, in years of them
	Worth       float64            `yaml:"worth"`     // of a platform that stands alone, in years of sales
	Synergy     float64            `yaml:"synergy"`   // what the deal adds to the partner, in years of its sales
	Promotion   float64            `yaml:"promotion"` // value of content alone, as a share
	Alone       float64            `yaml:"alone"`     // share of sales that comes back on a platform of one's own
	Integration [DealForms]float64 `yaml:"integration"`
	Delay       [DealForms]float64 `yaml:"delay"` // months
	Seamless    [DealForms]float64 `yaml:"seamless"`
	Logistics   [Partners]float64  `yaml:"logistics"`
	Soft        float64            `yaml:"softness"` // ς_G, USD
	Talks       float64            `yaml:"talks"`    // weeks
	Agree       float64            `yaml:"agree"`    // a week
	Collapse    float64            `yaml:"collapse"` // a week
	Sign        float64            `yaml:"sign"`     // a week
	ReviewWeeks float64            `yaml:"review_weeks"`
	Approve     [5]float64         `yaml:"approve"`
	DataLink    float64            `yaml:"data_link"` // what joined data add to χ
	ServiceFee  float64            `yaml:"service_fee"`
}

// GrowthParams is what grows from the start of outputs on (§7.14); needs and the views of content grow by calendar.grow_need
// and platform.*.views_to.
type GrowthParams struct {
	Online    float64 `yaml:"online"`     // fall of the utility of buying offline, a year
	Inflation float64 `yaml:"inflation"`  // a year, of all prices, costs and incomes alike
	LateShare float64 `yaml:"late_share"` // of buyers who do not buy online at the start
	LateMid   float64 `yaml:"late_mid"`   // day by which half of them have begun, after 2023-01-01
	LateScale float64 `yaml:"late_scale"` // d, of the logistic curve
}

// FirmParams are the books and rules of platforms (§7.10).
type FirmParams struct {
	PerOrder  float64 `yaml:"per_order"`  // Rp
	PerRupiah float64 `yaml:"per_rupiah"` // share of GMV
	Fixed     float64 `yaml:"fixed"`      // share of the GMV at the start
	GammaAim  float64 `yaml:"gamma_s"`    // γ_s, a week
	GammaRise float64 `yaml:"gamma_r"`    // γ_r
	GammaLoss float64 `yaml:"gamma_loss"` // γ_π, a week
	Most      float64 `yaml:"b_max"`      // share of price
	LiveRamp  float64 `yaml:"live_ramp"`  // κ_live, a week
	FeeStep   float64 `yaml:"fee_step"`   // share of price, a quarter
	FeeMost   float64 `yaml:"fee_max"`    // share of price
	Promise   float64 `yaml:"promise"`    // orders that SMEs expect of a new platform, relative to one like it
}

// StreetParams are those of trade offline (§7.13).
type StreetParams struct {
	Adjust float64 `yaml:"adjust"` // a month
	Below  float64 `yaml:"below"`  // index below which prices fall
	Least  float64 `yaml:"least"`  // of prices, relative to P̄
}
