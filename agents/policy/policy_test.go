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
		"audit":       &Audit{Pilot: "pilot", Decision: "revoke", Extend: Span(60 * market.Day)},
	}
}

// world is a plan in which Lazada is closed, and TikTok is redirected and on trial.
func world() *Plan {
	b := &market.Book{}
	for c := range market.Channels {
		for l, v := range map[market.Lever]int64{market.Checkout: 1, market.OrderCap: -1, market.Linkout: 200_000, market.FeeShare: 10_000, market.FeeFixed: 2000, market.Vouchers: 50_000} {
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
		Entries: map[string]When{"pilot": {At: t0 - market.Week, Entry: 1, ID: "pilot"}},
		Do:      map[string]Intervention{"pilot": &StartPilot{Subject: market.TikTok, Duration: Span(122 * market.Day)}}}}
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
		if !differ(p, world()) && !real {
			t.Errorf("%s does nothing", name)
		}
		x.Null()
		p = world()
		x.Enact(p, w)
		if differ(p, world()) {
			t.Errorf("the null of %s changes a rule", name)
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
		{&Audit{Pilot: "redirect"}, "not a pilot"},
		{&Audit{Pilot: "later"}, "not after its pilot starts"},
		{&OpenCheckout{Platform: market.TikTok}, "forbids"},
	} {
		s := &Scene{Start: 0, End: 600 * market.Day, Window: market.Hour, Entries: map[string]When{}, Do: map[string]Intervention{}}
		add := func(id string, n uint32, at sim.Time, do Intervention) {
			s.Entries[id], s.Do[id] = When{At: at, Entry: n, ID: id}, do
		}
		add("redirect", 1, t0-1, &RedirectCheckout{Storefront: market.Lazada, Processor: market.Blibli})
		add("later", 2, t0+1, &StartPilot{Subject: market.Lazada, Duration: 5})
		add("sep", 3, t0-1, &RequireSeparation{})
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
