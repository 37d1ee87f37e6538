package policy

import (
	"reflect"
	"strings"
	"testing"

	"pasar/agents/market"
	"pasar/sim"
)

const t0 = 400 * market.Day

// example is an entry of every kind that does something.
func examples() map[string]Intervention {
	return map[string]Intervention{
		"announce":           &Announce{Platform: market.TikTok, Effective: Date(t0 + market.Week), Credibility: .9, Closing: true},
		"require_separation": &RequireSeparation{Kind: "social", Linkout: -1, OrderDeadline: Date(t0 + market.Week), Data: true},
		"close_checkout":     &CloseCheckout{Platform: market.Shopee, OrderDeadline: Date(t0 + market.Week)},
		"open_checkout":      &OpenCheckout{Platform: market.Lazada},
		"redirect_checkout":  &RedirectCheckout{Storefront: market.TikTok, Processor: market.Tokopedia, Seamless: .95},
		"set_linkout":        &SetLinkout{Platform: market.TikTok, Share: .7},
		"set_order_cap":      &SetOrderCap{Platform: market.TikTok, Caps: Caps{Share: .3, Ramp: Date(t0 + 50*market.Day)}},
		"set_fee":            &SetFee{Platform: market.TikTok, Commission: .043, Fixed: 0},
		"set_voucher":        &SetVoucher{Platform: market.Shopee, Share: .07},
		"price_floor":        &PriceFloor{On: "cross_border", USD: 100, Compliance: -1},
		"acquire_stake": &AcquireStake{Buyer: market.Bytedance, Target: market.Tokopedia, Share: .7501, Price: 840e6, Injection: 1e9,
			Flows: []Flow{{From: Party(market.Till + market.Account(market.Tokopedia)), To: Party(market.OwnerCash), USD: 340e6}}},
		"start_pilot": &StartPilot{Subject: market.TikTok, Duration: Span(122 * market.Day), Caps: &Caps{Share: .3}, Integration: Span(106 * market.Day)},
		"copy_policy": copyOf(&SetVoucher{Platform: market.Shopee, Share: .09}, 1),
		"audit":       &Audit{Pilot: "pilot", Decision: "revoke", Extend: Span(60 * market.Day)},

		"subsidise":       &Subsidise{Platform: market.Shopee, Voucher: .03, Payer: "government", Budget: 1e12},
		"set_policy":      &SetPolicy{Platform: market.Shopee, Subsidy: "feedback", Fee: "schedule", Live: 1.3},
		"cap_subsidy":     &CapSubsidy{Most: .02},
		"ban_below_cost":  &BanBelowCost{Detection: .8},
		"boost_local":     &BoostLocal{Weight: .5},
		"quota_local":     &QuotaLocal{Share: .6},
		"data_separation": &DataSeparation{Platform: market.TikTok, To: .4},
		"build_platform":  &BuildPlatform{Spec: Venture{Like: market.Tokopedia, Commission: -1, Voucher: .05}, By: market.Bytedance},
		"enter_platform":  &EnterPlatform{Spec: Venture{Like: market.Shopee, Commission: .02, Voucher: -1}},
		"exit_platform":   &ExitPlatform{Platform: market.Bukalapak, Notice: Span(30 * market.Day)},
		"campaign":        &Campaign{Platform: market.Blibli},
		"tax":             &Tax{Base: "orders", Rate: .005},
		"shock_demand":    &ShockDemand{Category: "fashion", Factor: .8},
		"shock_supply":    &ShockSupply{Type: "import", Share: .3},
		"shock_income":    &ShockIncome{Factor: .9},
		"shock_logistics": &ShockLogistics{Factor: 1.5},
		"set_friction":    &SetFriction{To: market.Shopee, Psi: .5},
		"promo_only":      &PromoOnly{Platform: market.TikTok, Linkout: 1, Density: .8},
		"shock_discovery": &ShockDiscovery{Platform: market.TikTok, Factor: .5},
		"train_sellers":   &TrainSellers{Gain: .2, TakeUp: .24, Cost: 1e6},
		"support_entry":   &SupportEntry{Share: .5, Duration: Span(26 * market.Week), Target: &Target{Types: []string{"local"}, Most: 1, Sample: .5}},
		"compensate":      &Compensate{Share: .3, Duration: Span(12 * market.Week), Target: &Target{Least: .5, Most: 1, Sample: 1}},
		"credit_line":     &CreditLine{Limit: 4, Duration: Span(26 * market.Week)},
		"inform":          &Inform{Duration: Span(8 * market.Week)},
		"portability":     &Portability{Ratings: 1, Followers: .5},
		"extend_pilot":    &ExtendPilot{Pilot: "pilot", By: Span(200 * market.Day)},
		"end_pilot":       &EndPilot{Pilot: "pilot", Result: "approve"},
		"auto_ban":        &AutoBan{Above: .12, Weeks: 8, Notice: Span(9 * market.Day), Deadline: Span(33 * market.Day), Linkout: -1},
		"inspect":         &Inspect{Platform: market.TikTok, What: "imports", Limit: .2, Detect: .8, Block: Span(30 * market.Day)},
		"warn":            &Warn{Platform: market.TikTok},
		"fine":            &Fine{Platform: market.TikTok, USD: 1e6},
		"grant_licence":   &GrantLicence{Platform: market.Lazada},
		"revoke_licence":  &RevokeLicence{Platform: market.Shopee},
		"partnership_talks": &PartnershipTalks{Initiator: market.TikTok, Mode: "dated", Partner: "tokopedia", Form: "acquire",
			Dates: &DealDates{Signed: Date(t0 + market.Week), Closed: Date(t0 + 3*market.Week), Operating: Date(t0 + 9*market.Week)}},
		"deal_outcome": &DealOutcome{Talks: "talks", State: "collapsed"},
		"form_jv":      &FormJv{Platform: market.Blibli, Parties: []JVParty{{market.Bytedance, .6}, {market.Djarum, .4}}, Share: 1, Capital: 1e9},
	}
}

// world is a plan in which Lazada is closed, and TikTok is redirected and on trial.
func world() *Plan {
	b := &market.Book{}
	for c := range market.Channels {
		for l, v := range map[market.Lever]int64{market.Checkout: 1, market.OrderCap: -1, market.Linkout: 200_000, market.FeeShare: 10_000, market.FeeFixed: 2000, market.Vouchers: 50_000, market.Density: market.One, market.Friction: -1} {
			b.Add(market.Rule{Lever: l, On: c, Value: v})
		}
	}
	b.Add(market.Rule{Lever: market.Checkout, On: market.Lazada, Value: 0})
	b.Add(market.Rule{Lever: market.OrderCap, On: market.TikTok, From: t0 - market.Week, Value: 500_000})
	b.Add(market.Rule{Lever: market.OrderCap, On: market.TikTok, From: t0 + 3*market.Day, Value: 600_000})
	b.Add(market.Rule{Lever: market.RedirectTo, On: market.TikTok, From: t0 - market.Week, Value: int64(market.Tokopedia) + 1})
	params := &market.Params{}
	params.Scale.USDIDR, params.Disc.Linkout, params.Regulator.Compliance = 15_500, 1, .6
	return &Plan{Book: b, P: params, W: 7500, Scene: &Scene{Start: 61 * market.Day, End: 600 * market.Day, Window: market.Hour,
		Entries: map[string]When{"pilot": {At: t0 - market.Week, Entry: 1, ID: "pilot"}, "talks": {At: t0 - market.Week, Entry: 3, ID: "talks"}},
		Do: map[string]Intervention{"pilot": &StartPilot{Subject: market.TikTok, Duration: Span(122 * market.Day)},
			"talks": &PartnershipTalks{Initiator: market.TikTok, Mode: "dated"}}}}
}

// differ tells whether two books say something else about any day.
func differ(a, b *Plan) bool {
	for l := range market.Levers {
		for c := range market.Channels {
			for t := sim.Time(0); t < 700*market.Day; t += market.Day {
				if a.Book.Value(l, c, t) != b.Book.Value(l, c, t) {
					return true
				}
			}
		}
	}
	return false
}

// Every intervention does something, and its null writes rules that change nothing (decisions A3).
func TestNull(t *testing.T) {
	ex := examples()
	for _, do := range All() {
		name := do.Doc().Name
		x := ex[name]
		if x == nil {
			t.Errorf("%s has no example in this test", name)
			continue
		}
		w := When{At: t0, Entry: 2, ID: "x"}
		if !do.Doc().Process {
			w.Until = t0 + 100*market.Day
		}
		p := world()
		x.Enact(p, w)
		real := false
		for _, d := range p.Book.Plan {
			real = real || d.Deed != market.Announce || d.Trust > 0
		}
		if !differ(p, world()) && !real && len(p.Book.Pledges) == 0 {
			t.Errorf("%s does nothing", name)
		}
		x.Null()
		p = world()
		x.Enact(p, w)
		if differ(p, world()) {
			t.Errorf("the null of %s changes a rule", name)
		}
		if len(p.Book.Pledges) > 0 {
			t.Errorf("the null of %s pledges something", name)
		}
		for _, d := range p.Book.Plan {
			if d.Deed != market.Announce || d.Trust != 0 {
				t.Errorf("the null of %s does %+v", name, d)
			}
		}
	}
}

// A setting that ends leaves the book as it would be without it, from its end on.
func TestUntil(t *testing.T) {
	ex := examples()
	for _, do := range All() {
		if do.Doc().Process {
			continue
		}
		x := ex[do.Doc().Name]
		if c, ok := x.(*SetOrderCap); ok {
			c.Caps.Ramp = 0
		}
		p, plain := world(), world()
		end := t0 + 100*market.Day
		x.Enact(p, When{At: t0, Until: end, Entry: 2})
		for l := range market.Levers {
			for c := range market.Channels {
				if a, b := p.Book.Value(l, c, end), plain.Book.Value(l, c, end); a != b {
					t.Errorf("%s leaves %s of %s at %d, not %d", do.Doc().Name, market.LeverDocs[l].Name, c, a, b)
				}
			}
		}
	}
}

// All fields say what they are, in files and in words, and names are unique.
func TestTags(t *testing.T) {
	seen := map[string]bool{}
	for _, do := range All() {
		d := do.Doc()
		if d.Name == "" || d.What == "" || d.Section == "" || seen[d.Name] {
			t.Errorf("%T: %+v", do, d)
		}
		seen[d.Name] = true
		fields(t, reflect.TypeOf(do).Elem())
	}
}

func fields(t *testing.T, typ reflect.Type) {
	for i := range typ.NumField() {
		f := typ.Field(i)
		inner := f.Type
		for inner.Kind() == reflect.Pointer || inner.Kind() == reflect.Slice {
			inner = inner.Elem()
		}
		if f.IsExported() && inner.Kind() == reflect.Struct {
			fields(t, inner)
		}
		if !f.IsExported() || f.Tag.Get("yaml") == ",inline" {
			continue
		}
		if f.Tag.Get("yaml") == "" || f.Tag.Get("doc") == "" {
			t.Errorf("%s.%s has no yaml name or no doc", typ.Name(), f.Name)
		}
		if f.Type.Kind() == reflect.Float64 && (f.Tag.Get("unit") == "" || f.Tag.Get("min") == "" || f.Tag.Get("max") == "") {
			t.Errorf("%s.%s has no unit, min or max", typ.Name(), f.Name)
		}
	}
}

// The money of the deal: $840M to the first owner or the platform, $1bn to the platform, $340M back, in this simulation's scale.
func TestDealMoney(t *testing.T) {
	for _, shares := range []bool{false, true} {
		p := world()
		a := examples()["acquire_stake"].(*AcquireStake)
		a.NewShares = shares
		a.Enact(p, When{At: t0, Entry: 2})
		var got []string
		for _, d := range p.Book.Plan {
			got = append(got, d.From.String()+">"+d.To.String())
		}
		want := "owner.bytedance>owner.goto owner.bytedance>platform.tokopedia platform.tokopedia>owner.bytedance"
		if shares {
			want = strings.Replace(want, "owner.goto", "platform.tokopedia", 1)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%v", got)
		}
		if x := p.Book.Plan[0].Amount; x != 840_000_000*15_500/7500 {
			t.Errorf("%d", x)
		}
		if p.Book.Value(market.Owner, market.Tokopedia, t0) != int64(market.Bytedance) || p.Book.Value(market.Stake, market.Tokopedia, t0) != 750_100 {
			t.Error("the owner did not change")
		}
	}
}

// An audit overrules the steps of caps that are still to come.
func TestAuditDecides(t *testing.T) {
	for _, c := range []struct {
		decision string
		after    int64
		open     bool
	}{{"approve", -1, true}, {"extend", 500_000, true}, {"revoke", -1, false}} {
		p := world()
		(&Audit{Pilot: "pilot", Decision: c.decision, Extend: Span(60 * market.Day)}).Enact(p, When{At: t0, Entry: 2})
		day := t0 + 10*market.Day
		if x := p.Book.Value(market.OrderCap, market.TikTok, day); x != c.after {
			t.Errorf("%s: cap %d", c.decision, x)
		}
		p.Book.Add(market.Rule{Lever: market.Checkout, On: market.TikTok, From: 1, Value: 0})
		if p.Book.Open(market.TikTok, day) != c.open {
			t.Errorf("%s: open is %v", c.decision, !c.open)
		}
		if d := p.Book.Plan[0]; d.Deed != market.Judge || d.Decision != c.decision || d.Shop != market.TikTok {
			t.Errorf("%+v", d)
		}
	}
}

// A pilot that is extended keeps its cap, or gets another, until it is over; one that is ended sells freely or not at all; and a licence
// opens or closes whatever else held, also for storefronts that its holder serves.
func TestPilotAndLicence(t *testing.T) {
	day := sim.Time(market.Day)
	for _, c := range []struct {
		name      string
		do        Intervention
		cap, late int64 // after 10 days, after 70
		open      bool
		state     market.PilotState
	}{
		{"extended", &ExtendPilot{Pilot: "pilot", By: Span(60 * day)}, 500_000, 600_000, true, market.PilotExtended},
		{"extended, another cap", &ExtendPilot{Pilot: "pilot", By: Span(60 * day), Caps: &Caps{Share: .1}}, 100_000, 600_000, true, market.PilotExtended},
		{"approved", &EndPilot{Pilot: "pilot", Result: "approve"}, -1, -1, true, market.PilotApproved},
		{"revoked", &EndPilot{Pilot: "pilot", Result: "revoke"}, -1, -1, false, market.PilotRevoked},
		{"licence of the processor revoked", &RevokeLicence{Platform: market.Tokopedia}, 600_000, 600_000, false, market.NoPilot},
		{"own licence", &GrantLicence{Platform: market.TikTok}, 600_000, 600_000, true, market.NoPilot},
	} {
		p := world()
		p.Book.Add(market.Rule{Lever: market.Checkout, On: market.TikTok, From: 1, Value: 0}) // by the rule of separation
		c.do.Enact(p, When{At: t0, Entry: 2})
		b := p.Book
		if x, y := b.Value(market.OrderCap, market.TikTok, t0+10*day), b.Value(market.OrderCap, market.TikTok, t0+70*day); x != c.cap || y != c.late {
			t.Errorf("%s: caps of %d and %d", c.name, x, y)
		}
		if b.Open(market.TikTok, t0+10*day) != c.open {
			t.Errorf("%s: open is %v", c.name, !c.open)
		}
		if x := b.Value(market.Trial, market.TikTok, t0+10*day); x != c.state {
			t.Errorf("%s: the pilot is %s", c.name, market.PilotStates[x])
		}
	}
}

// Nothing can be ordered through a platform that is closed, blocked or gone, from another's storefront neither; when a block ends, it is
// open again on both.
func TestProcessorCloses(t *testing.T) {
	inspect := &Inspect{Platform: market.Tokopedia, Block: Span(30 * market.Day)}
	at := sim.Time(t0)
	for _, c := range []struct {
		name   string
		close  func(p *Plan)
		closes sim.Time
		again  bool // 40 days later
	}{
		{"nothing", func(*Plan) {}, 0, true},
		{"closed", func(p *Plan) { (&CloseCheckout{Platform: market.Tokopedia}).Enact(p, When{At: at, Entry: 2}) }, at, false},
		{"closed for a month", func(p *Plan) {
			(&CloseCheckout{Platform: market.Tokopedia}).Enact(p, When{At: at, Until: at + 30*market.Day, Entry: 2})
		}, at, true},
		{"gone", func(p *Plan) {
			(&ExitPlatform{Platform: market.Tokopedia, Notice: Span(5 * market.Day)}).Enact(p, When{At: at, Entry: 2})
		}, at + 5*market.Day, false},
		{"blocked", func(p *Plan) {
			inspect.impose(p, When{At: at, Entry: 2}, rungBlock)
			inspect.impose(p, When{At: at + 30*market.Day, Entry: 2}, rungLift)
		}, at, true},
	} {
		p := world() // Tokopedia takes the orders of TikTok
		c.close(p)
		for _, shop := range []market.Channel{market.TikTok, market.Tokopedia} {
			if open := p.Book.Open(shop, c.closes); open != (c.closes == 0) {
				t.Errorf("%s: %s is open: %v", c.name, shop, open)
			}
			if !p.Book.Open(shop, c.closes-1) && c.closes > 0 {
				t.Errorf("%s: %s is closed before", c.name, shop)
			}
			if p.Book.Open(shop, at+40*market.Day) != c.again {
				t.Errorf("%s: %s is open in the end: %v", c.name, shop, !c.again)
			}
		}
	}
}

// Warnings add up by date, whatever the order of the file, and are counted within a time.
func TestWarnings(t *testing.T) {
	p := world()
	for _, at := range []sim.Time{t0 + 9*market.Day, t0, t0 + 3*market.Day} {
		(&Warn{Platform: market.Shopee}).Enact(p, When{At: at, Entry: 2})
	}
	for _, c := range []struct {
		from, to sim.Time
		want     int64
	}{{0, t0 - 1, 0}, {0, t0, 1}, {t0, t0 + 3*market.Day, 2}, {t0 + 1, t0 + 3*market.Day, 1}, {t0, t0 + 9*market.Day, 3}} {
		if got := warned(p.Book, market.Shopee, c.from, c.to); got != c.want {
			t.Errorf("%d warnings from %d to %d, not %d", got, c.from-t0, c.to-t0, c.want)
		}
	}
}

// What the checks refuse.
func TestChecks(t *testing.T) {
	w := When{At: t0, Entry: 9, ID: "x"}
	for _, c := range []struct {
		do   Intervention
		want string
	}{
		{&Announce{Effective: Date(t0 - 1)}, "before it is announced"},
		{&CloseCheckout{OrderDeadline: Date(t0 - 1)}, "before the checkout closes"},
		{&RedirectCheckout{Storefront: market.TikTok, Processor: market.TikTok}, "to itself"},
		{&RedirectCheckout{Storefront: market.TikTok, Processor: market.Lazada}, "itself redirected"},
		{&SetFee{Commission: -1, Fixed: -1}, "neither"},
		{&PriceFloor{USD: 1, Rp: 1, Compliance: 1}, "once"},
		{&PriceFloor{USD: 1, Compliance: -.5}, "share"},
		{&AcquireStake{Buyer: market.GoTo, Target: market.Tokopedia, Share: 1}, "already"},
		{&AcquireStake{Buyer: market.Sea, Target: market.Tokopedia, Share: 0}, "nothing"},
		{&StartPilot{Subject: market.Lazada, Duration: -1, Integration: 1}, "before it starts"},
		{&StartPilot{Subject: market.Shopee, Duration: 5, Integration: 1}, "nothing to try out"},
		{&StartPilot{Subject: market.Lazada, Integration: 1}, "once"},
		{&StartPilot{Subject: market.Lazada, Duration: 5}, "longer than nothing"},
		{&Audit{Pilot: "nope"}, "no pilot"},
		{&SetFriction{To: market.Offline}, "no link leads"},
		{&PromoOnly{Platform: market.TikTok, Linkout: -.5, Density: 1}, "share"},
		{&Audit{Pilot: "redirect"}, "not a pilot"},
		{&Audit{Pilot: "later"}, "not after its pilot starts"},
		{&OpenCheckout{Platform: market.TikTok}, "forbids"},
		{&TrainSellers{}, "nothing is gained"},
		{&SupportEntry{Duration: 1}, "nothing is paid"},
		{&SupportEntry{Share: 1}, "longer than nothing"},
		{&Compensate{Duration: 1}, "pays nothing"},
		{&CreditLine{Duration: 1}, "no credit"},
		{&Inform{}, "longer than nothing"},
		{&Inform{Duration: 1, Target: &Target{Least: .6, Most: .5, Sample: 1}}, "nobody fits"},
		{&Inform{Duration: 1, Target: &Target{Most: 1}}, "selects nobody"},
		{&Portability{}, "nothing can be taken"},
		{&Audit{Pilot: "pilot", Decision: "rule"}, "longer than nothing"},
		{&Audit{Pilot: "pilot", Decision: "rule", Extend: Span(200 * market.Day)}, "longer than nothing"},
		{&Audit{Pilot: "pilot", Decision: "approve", Rule: &AuditRule{Weights: []float64{1}}}, "3 weights"},
		{&Audit{Pilot: "pilot", Decision: "approve", Rule: &AuditRule{MWeights: []float64{1}}}, "4 weights"},
		{&ExtendPilot{Pilot: "pilot"}, "longer than nothing"},
		{&EndPilot{Pilot: "redirect", Result: "approve"}, "not a pilot"},
		{&AutoBan{Weeks: 1.5, Notice: 1, Deadline: 1}, "whole"},
		{&AutoBan{Weeks: 1, Deadline: 1}, "longer than nothing"},
		{&Inspect{Block: 1}, "a day or longer"},
		{&Inspect{Block: Span(market.Week), Ends: Date(t0)}, "not after"},
		{&Fine{}, "once"},
		{&RevokeLicence{OrderDeadline: Date(t0 - 1)}, "before the checkout closes"},
		{&DealOutcome{Talks: "nope"}, "no talks"},
		{&DealOutcome{Talks: "pilot"}, "not talks"},
		{&DealOutcome{Talks: "talks", State: "signed"}, "fall through only"},
		{&FormJv{Parties: []JVParty{{market.Sea, .3}}, Share: 1}, "add up"},
		{&FormJv{Parties: []JVParty{{market.Sea, 1}}}, "nothing goes"},
		{&FormJv{Parties: []JVParty{{market.Joint, 1}}, Share: 1}, "own party"},
	} {
		s := &Scene{Start: 0, End: 600 * market.Day, Window: market.Hour, Entries: map[string]When{}, Do: map[string]Intervention{}}
		add := func(id string, n uint32, at sim.Time, do Intervention) {
			s.Entries[id], s.Do[id] = When{At: at, Entry: n, ID: id}, do
		}
		add("redirect", 1, t0-1, &RedirectCheckout{Storefront: market.Lazada, Processor: market.Blibli})
		add("later", 2, t0+1, &StartPilot{Subject: market.Lazada, Duration: 5})
		add("sep", 3, t0-1, &RequireSeparation{})
		add("pilot", 4, t0-1, &StartPilot{Subject: market.Lazada, Duration: 5})
		add("talks", 5, t0-1, &PartnershipTalks{Initiator: market.Bukalapak, Mode: "endogenous"})
		found := c.do.Check(s, w)
		ok := false
		for _, f := range found {
			ok = ok || strings.Contains(f.What, c.want)
		}
		if !ok {
			t.Errorf("%s: %v, want %q", c.do.Doc().Name, found, c.want)
		}
	}
	for name, do := range examples() {
		s := world().Scene
		s.Entries["r"], s.Do["r"] = When{At: t0 - 1, Entry: 1, ID: "r"}, &RedirectCheckout{Storefront: market.TikTok, Processor: market.Blibli}
		if found := do.Check(s, w); len(found) > 0 {
			t.Errorf("%s: %v", name, found)
		}
	}
}

// copyOf is a copy of something that took effect elsewhere a hundred days before it does here.
func copyOf(do Intervention, probability float64) *CopyPolicy {
	c := &CopyPolicy{From: "pilot", Entry: "sep", Delay: Span(100 * market.Day), Probability: probability, Credibility: .9}
	c.Copies(do, t0-60*market.Day)
	return c
}

// A copy that is certain stands in the book from the start; one that is not is drawn once, on the day of the decision; both
// announce a closure when it is decided.
func TestCopyPolicy(t *testing.T) {
	w, closing := When{At: t0, Entry: 2, ID: "x"}, t0+40*market.Day
	sure := world()
	copyOf(&CloseCheckout{Platform: market.Shopee}, 1).Enact(sure, w)
	if sure.Book.Open(market.Shopee, closing) || !sure.Book.Open(market.Shopee, closing-1) || len(sure.Book.Plan) != 1 {
		t.Fatalf("Shopee does not close on its date, or is not announced once: %+v", sure.Book.Plan)
	}
	if a := sure.Book.Plan[0]; a.Deed != market.Announce || a.Shop != market.Shopee || a.At != t0 || a.Effective != closing || !a.Closing || a.Trust != 900_000 {
		t.Errorf("announced: %+v", a)
	}
	half := world()
	copyOf(&CloseCheckout{Platform: market.Shopee}, .5).Enact(half, w)
	if differ(half, world()) || len(half.Book.Pledges) != 1 || len(half.Book.Plan) != 0 {
		t.Fatal("an uncertain copy is in the book before it is decided")
	}
	yes := 0
	for seed := range uint64(400) {
		for day := sim.Time(-2); day < 3; day++ {
			v := market.View{Now: t0 + day*market.Day + 2*market.Hour, Soonest: t0 + day*market.Day + 3*market.Hour, Luck: sim.NewLuck(seed, market.LotDesk, 1, 0, 0)}
			outcome, at, now := half.Book.Pledges[0].Ask(&v)
			if !now {
				continue
			}
			yes++
			b := half.Book.With([]market.Enacted{{Outcome: outcome, At: at}})
			if day != 0 || b.Open(market.Shopee, closing) || !b.Open(market.Shopee, closing-1) || len(b.Plan) != 1 || b.Plan[0].At != v.Soonest {
				t.Fatalf("drawn on day %d: %+v", day, b.Plan)
			}
		}
	}
	if yes < 150 || yes > 250 { // five standard deviations
		t.Errorf("copied %d times of 400 at one half", yes)
	}
	for want, c := range map[string]*CopyPolicy{
		"cannot be copied": copyOf(&StartPilot{Subject: market.TikTok, Duration: Span(market.Day)}, 1),
		"before or with":   {From: "pilot", Entry: "sep", copied: &SetVoucher{}, dated: t0},
	} {
		found := c.Check(world().Scene, w)
		if len(found) != 1 || !strings.Contains(found[0].What, want) {
			t.Errorf("%q: %v", want, found)
		}
	}
}
