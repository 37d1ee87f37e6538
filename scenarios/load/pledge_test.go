package load

import (
	"slices"
	"strings"
	"testing"

	"pasar/agents/market"
	"pasar/scenarios/load/loadtest"
	"pasar/sim"
)

// parsed reads a scenario that extends no-ban.
func parsed(t *testing.T, text string, o Overrides) *Scenario {
	t.Helper()
	s, err := Parse("test.yaml", []byte("scenario: test\nextends: no-ban\n"+text), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// decide plays the part of the Desk on days of which only TikTok's sales are known: what is enacted, by the day of the run on which
// it was asked, from 1 (the first that is closed).
func decide(s *Scenario, seed uint64, sales []int64) (days []int, book *market.Book) {
	base := s.Plan(7500)
	m := &market.Market{P: s.Params, Book: base, W: 7500, Seed: seed, SMEs: sim.Group{N: 20}}
	first := int64(s.Start / market.Day)
	var done []market.Enacted
	rows := make([][]int64, len(sales))
	for i := range rows {
		rows[i] = make([]int64, market.Cells)
		rows[i][market.GMVCell(market.TikTok, market.TikTok)] = sales[i]
	}
	for i := range sales {
		day := first + int64(i)
		now := sim.Time(day+1)*market.Day + 2*market.Hour
		v := market.View{Market: m, Now: now, Soonest: now + market.Hour, Day: day, Book: base.With(done), Done: done[:len(done):len(done)],
			Closed: func(d int64) []int64 { return rows[d-first] }}
		for p := range v.Book.Pledges {
			v.Pledge, v.Luck = p, sim.NewLuck(seed, market.LotDesk, sim.Stream(1+p), 0, uint32(day))
			if outcome, at, yes := v.Book.Pledges[p].Ask(&v); yes {
				done = append(done, market.Enacted{Pledge: uint32(p), Outcome: outcome, At: at, Asked: now})
				days = append(days, i+1)
			}
		}
	}
	return days, base.With(done)
}

// high is 1 where a rune of a text is not a dot: sales by day.
func high(days string) (sales []int64) {
	for _, c := range days {
		n := int64(1)
		if c == '.' {
			n = 0
		}
		sales = append(sales, n)
	}
	return sales
}

// A condition is met on the day on which it has held for long enough; again only after its cooldown and as long once more.
func TestWhenConditionsAreMet(t *testing.T) {
	const cond = `actions: [{id: v, do: set_voucher, platform: blibli, share: .1, when: 'gmv(tiktok, window=1d, source=true) > 0', `
	for _, c := range []struct {
		rest, days string
		want       []int
	}{
		{"}]", "...##..#", []int{4}},
		{"for: 3d}]", "##.####.", []int{6}},
		{"for: 3d}]", "##.##.##", nil},
		{"once: false, cooldown: 2d}]", "######.#", []int{1, 3, 5, 8}},
		{"once: false, cooldown: 1d, for: 3d}]", "#######", []int{3, 6}},
		{"until: 2023-01-04}]", "..##", nil}, // too late: it would begin at 03:00 of 4 January
		{"until: 2023-01-04}]", ".#", []int{2}},
	} {
		got, _ := decide(parsed(t, cond+c.rest, Overrides{}), 1, high(c.days))
		if !slices.Equal(got, c.want) {
			t.Errorf("%s on %s: met on %v, not %v", c.rest, c.days, got, c.want)
		}
	}
	// What is unknown does not hold: a share of nothing, and a window that begins before the run does.
	for _, when := range []string{"share(tiktok, source=true) >= 0", "not share(tiktok, source=true) >= 0", "gmv(tiktok, window=9d, source=true) > 0"} {
		s := parsed(t, `actions: [{id: v, do: set_voucher, platform: blibli, share: .1, when: '`+when+`'}]`, Overrides{})
		if got, _ := decide(s, 1, high("........")); len(got) > 0 {
			t.Errorf("%s is met on %v", when, got)
		}
	}
}

// A probability is drawn once for each stretch of days on which the condition holds, by luck that belongs to the seed: of 2,000
// seeds 1,000 ± 67 (three standard deviations) meet a condition of probability .5 on its first stretch, and half of the others on
// the second; nobody does in the middle of one.
func TestProbability(t *testing.T) {
	s := parsed(t, `actions: [{id: v, do: set_voucher, platform: blibli, share: .1, when: 'gmv(tiktok, window=1d, source=true) > 0', for: 2d, probability: .5}]`, Overrides{})
	count := map[int]int{}
	for seed := range uint64(2000) {
		got, _ := decide(s, seed, high(".####..####."))
		again, _ := decide(s, seed, high(".####..####."))
		if !slices.Equal(got, again) || len(got) > 1 {
			t.Fatalf("seed %d: %v and %v", seed, got, again)
		}
		if len(got) == 1 {
			count[got[0]]++
		}
	}
	if len(count) != 2 || count[3] < 933 || count[3] > 1067 || count[9] < 442 || count[9] > 558 {
		t.Errorf("met %v", count)
	}
}

// A phase ends by its condition, whatever began in it: settings are lifted, also those whose steps are still to come, and what
// the file says meanwhile holds. Its state can be read.
func TestPhaseEnds(t *testing.T) {
	s := parsed(t, `
phases:
  help:
    enter: gmv(tiktok, window=1d, source=true) > 0
    exit: gmv(tiktok, window=1d, source=true) = 0
    actions:
      - {id: v, do: set_voucher, platform: blibli, share: .1}
      - {id: cap, do: set_order_cap, platform: shopee, share_of_pre: .5, ramp_to_none: 60d, after: v + 1d}
actions:
  - {id: own, do: set_voucher, platform: blibli, share: .2, at: 2023-01-05}
  - {id: later, do: set_voucher, platform: lazada, share: .3, when: 'state(help) = "over"'}
`, Overrides{})
	got, b := decide(s, 1, high(".####..#."))
	if !slices.Equal(got, []int{2, 6, 7}) {
		t.Fatalf("%v", got)
	}
	at := func(l market.Lever, c market.Channel, date string) int64 {
		x, _, ok := parseDate(date)
		if !ok {
			t.Fatal(date)
		}
		return b.Value(l, c, x)
	}
	before := at(market.Vouchers, market.Blibli, "2023-01-02")
	for _, c := range []struct {
		l    market.Lever
		on   market.Channel
		date string
		want int64
	}{
		{market.Vouchers, market.Blibli, "2023-01-03T02:00", before},
		{market.Vouchers, market.Blibli, "2023-01-03T03:00", 100_000},
		{market.Vouchers, market.Blibli, "2023-01-05T00:00", 200_000},
		{market.Vouchers, market.Blibli, "2023-01-08", 200_000},
		{market.OrderCap, market.Shopee, "2023-01-04T02:00", -1},
		{market.OrderCap, market.Shopee, "2023-01-04T03:00", 500_000},
		{market.OrderCap, market.Shopee, "2023-01-07T03:00", -1},
		{market.OrderCap, market.Shopee, "2023-02-01", -1},
		{market.Vouchers, market.Lazada, "2023-01-08T03:00", 300_000},
	} {
		if x := at(c.l, c.on, c.date); x != c.want {
			t.Errorf("%s of %s on %s is %d, not %d", market.LeverDocs[c.l].Name, c.on, c.date, x, c.want)
		}
	}
}

// One draw of the seed decides a branch, in proportion to the weights: of 2,000 seeds 1,500 ± 58 (three standard deviations) take
// the option of weight 3 of 4. Two branches are drawn apart. --set and drawn decide it instead; --set may name what is not drawn.
func TestBranches(t *testing.T) {
	text := `
branches:
  deal:
    falls: {weight: 1, remove: [fee1], vars: {x: 2}}
    closes: {weight: 3, actions: [{id: gift, do: set_voucher, platform: blibli, share: .1, at: 2023-03-01}], assert: {one: 'state(deal) = "closes"'}}
  other: {a: {weight: "${x}"}, b: {weight: "${x}"}, c: {weight: 0}}
vars: {x: 1}
actions: [{id: w, do: set_voucher, platform: lazada, share: .1, when: happened(gift)}]
`
	count := map[string]int{}
	forks := parsed(t, text, Overrides{}).Branches
	for seed := range uint64(2000) {
		deal, other := forks[0].draw(seed), forks[1].draw(seed)
		count[deal]++
		count[deal+other]++
		if seed >= 40 {
			continue
		}
		s := parsed(t, text, Overrides{Seed: &seed, Set: []string{"gift.share=.2"}})
		closes := deal == "closes"
		if s.Branches[0].Drawn != deal || (s.entry("gift") != nil) != closes || (s.entry("fee1") != nil) != closes || (len(s.Asserts) == 1) != closes {
			t.Fatalf("seed %d: %+v", seed, s.Branches)
		}
		again, err := Parse("receipt", s.Effective, Overrides{})
		if err != nil {
			t.Fatalf("%v\n%s", err, s.Effective)
		}
		if again.Hash != s.Hash || string(again.Effective) != string(s.Effective) {
			t.Fatalf("does not come back:\n%s\n----\n%s", s.Effective, again.Effective)
		}
	}
	if count["closes"] < 1442 || count["closes"] > 1558 || count["closesa"] < 670 || count["closesa"] > 830 || count["fallsa"] < 190 || count["fallsa"] > 310 {
		t.Errorf("drawn %v", count)
	}
	for _, o := range []string{"falls", "closes"} {
		if s := parsed(t, text, Overrides{Set: []string{"branches.deal=" + o}}); s.Branches[0].Drawn != o {
			t.Errorf("--set gives %+v", s.Branches)
		}
	}
	if s := parsed(t, strings.Replace(text, "  deal:\n", "  deal:\n    drawn: falls\n", 1), Overrides{}); s.Branches[0].Drawn != "falls" {
		t.Errorf("drawn gives %+v", s.Branches)
	}
	if _, err := Parse("x", []byte("scenario: x\nextends: no-ban\n"+text), Overrides{Set: []string{"branches.deal=fails"}}); err == nil || !strings.Contains(err.Error(), `did you mean "falls"`) {
		t.Error(err)
	}
}

// everything is each construct of a timeline at least once.
const everything = `
vars: {share: 15%}
measure:
  a: gmv_share("tiktok", by="storefront", window="28d")
  b: {is: 'hhi(by=owner) / 2', at: 2023-06-30, unit: points, note: "half: \"why\""}
assert:
  c: {that: 'gmv(tiktok) > 0 and not happened(shut)', at: 2023-02-01, note: early}
phases:
  calm: {enter: 2023-02-01, exit: 30d, note: x, actions: [{id: q, do: set_linkout, platform: tiktok, share: .1}]}
  storm:
    enter: gmv_share(tiktok, by=storefront, window=28d) > ${share}
    for: 21d
    exit: "happened(shut)"
    actions:
      - {id: r, do: set_voucher, platform: blibli, share: .1}
      - {id: s, do: announce, platform: tiktok, effective: 2w, closing: true, after: storm + 1d}
  tail: {enter: shut + 7d, exit: 14d, actions: [{id: u, do: set_voucher, platform: lazada, share: .1}]}
actions:
  - {id: shut, do: close_checkout, platform: tiktok, when: 'days_since(s) >= 14', once: false, cooldown: 60d, probability: .5, delay: 2h, for: 2d, until: 30d, order_deadline: 30d}
`

// Every construct comes back from the effective document; --set reaches conditions, phases and assertions.
func TestConditionalEffective(t *testing.T) {
	o := Overrides{Set: []string{"phases.storm.for=14d", "assert.c.at=2023-02-02", "shut.probability=.25", "vars.share=10%"}}
	s := parsed(t, everything, o)
	if e := s.entry("storm"); e.If.For != 14*market.Day || e.If.When.Source != "gmv_share(tiktok, by=storefront, window=28d) > 10%" || !e.IsPhase() || e.Exit == nil {
		t.Errorf("%+v", e)
	}
	if e := s.entry("shut"); e.If.Probability != .25 || e.If.Once || e.If.Until != 30*market.Day || e.If.Delay != 2*market.Hour {
		t.Errorf("%+v", e.If)
	}
	if e := s.entry("q"); e.If != nil || when(e.When.At) != "2023-02-01T00:00+07:00" || when(e.When.Until) != "2023-03-03T00:00+07:00" {
		t.Errorf("%+v", e.When)
	}
	if e := s.entry("u"); e.If.After != "tail" || e.If.Until != 14*market.Day {
		t.Errorf("%+v", e.If)
	}
	again, err := Parse("receipt", s.Effective, Overrides{})
	if err != nil {
		t.Fatalf("%v\n%s", err, s.Effective)
	}
	if again.Hash != s.Hash || string(again.Effective) != string(s.Effective) {
		t.Errorf("does not come back:\n%s\n----\n%s", s.Effective, again.Effective)
	}
	if len(s.Plan(1).Pledges) != 3 {
		t.Errorf("%d pledges", len(s.Plan(1).Pledges))
	}
	v, err := loadtest.JSON(s.Effective)
	if err != nil {
		t.Fatal(err)
	}
	if err := loadtest.Schema(t, Schema()).Validate(v); err != nil {
		t.Error(err)
	}
}

// BenchmarkConditions asks three conditions on each day of 18 months.
func BenchmarkConditions(b *testing.B) {
	s, err := Parse("bench.yaml", []byte(`
scenario: bench
extends: pilot
actions:
  - {id: a, do: set_voucher, platform: blibli, share: .1, when: 'gmv_share(tiktok, by=storefront, window=28d) > 90%', for: 21d}
  - {id: b, do: set_voucher, platform: blibli, share: .1, when: 'hhi(by=owner, window=56d, agg=slope) > 1000', for: 28d}
phases:
  p: {enter: 'hhi(by=owner, window=28d) < 0', for: 21d, exit: 30d}
`), Overrides{})
	if err != nil {
		b.Fatal(err)
	}
	sales := make([]int64, 547)
	for b.Loop() {
		decide(s, 1, sales)
	}
}
