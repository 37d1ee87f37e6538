package play

import (
	"math"
	"slices"
	"sync"
	"testing"

	"pasar/agents"
	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
)

// A panel watches SMEs in a run: what they tell platforms and the Desk.
type panel struct {
	*Result
	traits  []market.Traits
	listing [][market.Direct]market.Listing
	census  []market.Census
	weeks   []smeWeek
	news    int64
	before  []uint8 // by SME: tenth of sales on TikTok when the ban was announced, Tenths if it was not active
}

// A smeWeek sums up what SMEs are like in a week.
type smeWeek struct {
	day                                                 int64
	active, multi, listings, price, paid, rating, skill float64
	stock, cash, commission, ads, income                float64
	wide                                                [market.Direct]float64     // listings by channel
	group                                               [market.Tenths + 1]float64 // sales of four weeks, by before
}

// watch plays a scenario and samples SMEs once a week.
func watch(t *testing.T, s *load.Scenario) *panel {
	t.Helper()
	mk := NewMarket(s)
	_, n, _ := Sizes(s)
	x := &panel{news: day(t, "2023-09-25"), traits: market.NewTraits(s.Params, s.Seed, n)}
	x.listing, x.census = make([][market.Direct]market.Listing, len(x.traits)), make([]market.Census, len(x.traits))
	week := int64(0)
	w := World(s, mk, sim.Options[market.Msg]{Recorder: tape(func(e *market.Event) {
		if now := int64(e.At / market.Week); now > week {
			x.sample(week * 7)
			week = now
		}
		switch {
		case e.Kind == market.Listed:
			x.listing[mk.SMEs.Index(e.From)][mk.Venues.Index(e.To)] = *market.Bodily[market.Listing](&e.Msg)
		case e.Kind == market.Counted && mk.SMEs.Has(e.From):
			x.census[mk.SMEs.Index(e.From)] = *market.Bodily[market.Census](&e.Msg)
		}
	})})
	d, err := w.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	x.Result = &Result{Scenario: s, Market: mk, Digest: d}
	x.collect(w)
	return x
}

// sample sums up the week.
func (x *panel) sample(day int64) {
	w := smeWeek{day: day}
	if x.before == nil && day >= x.news {
		x.before = make([]uint8, len(x.census))
		for i := range x.census {
			x.before[i] = market.Tenths
			if c := &x.census[i]; c.State == market.Active {
				x.before[i] = c.Tenth()
			}
		}
	}
	var ratios []float64
	var units, sold, cost float64
	for i := range x.census {
		c, tr := &x.census[i], &x.traits[i]
		if c.State != market.Active {
			continue
		}
		w.active++
		w.income += float64(c.Income)
		w.cash += float64(c.Cash)
		units += float64(c.Stock) * float64(tr.Cost)
		homes := 0
		for ch := range market.Direct {
			l := &x.listing[i][ch]
			if l.Listed == 0 {
				continue
			}
			w.wide[ch]++
			w.listings++
			if ch < market.Platforms {
				homes++
			}
			w.rating += float64(l.Rating) / 1e4
			w.skill += float64(l.Skill) / 1e4
			ratios = append(ratios, float64(l.Price)/float64(tr.Cost))
			sold += float64(l.Sold) * float64(l.Price)
			cost += float64(l.Sold) * float64(tr.Cost)
			w.ads += 4 * float64(l.Ads)
		}
		if homes > 1 {
			w.multi++
		}
		for ch := range market.Platforms {
			if x.listing[i][ch].Listed == 1 {
				w.commission += float64(x.listing[i][ch].Rate) / 1e4
				break
			}
		}
		if x.before != nil {
			w.group[x.before[i]] += float64(c.Sales)
		}
	}
	if len(ratios) > 0 && sold > 0 {
		slices.Sort(ratios)
		w.price, w.paid = ratios[len(ratios)/2], sold/cost
		w.stock = units / (cost / 4)
		w.ads /= sold
	}
	w.multi, w.commission, w.cash, w.income = w.multi/w.active, w.commission/w.active, w.cash/w.active, w.income/w.active
	w.rating, w.skill = w.rating/w.listings, w.skill/w.listings
	w.listings /= w.active
	x.weeks = append(x.weeks, w)
}

// mean is the mean of a measure over the weeks of days from ... to-1.
func (x *panel) mean(from, to int64, of func(*smeWeek) float64) (sum float64) {
	n := 0.0
	for i := range x.weeks {
		if w := &x.weeks[i]; w.day >= from && w.day < to {
			sum += of(w)
			n++
		}
	}
	return sum / n
}

// panels watches a scenario with n seeds, two at a time.
func panels(t *testing.T, n int, load func() *load.Scenario) []*panel {
	t.Helper()
	all, slots := make([]*panel, n), make(chan struct{}, 2)
	done := make(chan struct{}, n)
	for i := range n {
		slots <- struct{}{}
		go func() {
			defer func() { <-slots; done <- struct{}{} }()
			s := load()
			s.Seed = uint64(101 + i)
			all[i] = watch(t, s)
		}()
	}
	for range n {
		<-done
	}
	return all
}

var (
	standStill sync.Once
	stillness  []*panel
)

// stillPanels are markets without learning in which nothing is meant to move, played once for all tests.
func stillPanels(t *testing.T) []*panel {
	t.Helper()
	standStill.Do(func() {
		n, buyers := 4, 4000
		if nightly() {
			n, buyers = 10, 8000
		}
		stillness = panels(t, n, func() *load.Scenario { return still(t, buyers, "2024-06-30", false) })
	})
	if stillness == nil {
		t.Fatal("the runs did not end")
	}
	return stillness
}

// "V-20 Stationarity", on the side of SMEs: in a market in which nothing is meant to move, what SMEs are like in the last quarter is
// what they were like in the first after burn-in. The change of each measure over 15 months, averaged over seeds, is within its bound plus
// three standard errors; these are below a third of the bound in a plain run, so that a trend of twice the bound fails.
func TestV20_SMEsStayAsTheyAre(t *testing.T) {
	if testing.Short() {
		t.Skip("plays many worlds")
	}
	all := stillPanels(t)
	n := len(all)
	from, end := day(t, "2023-01-01"), int64(len(all[0].Days))
	for _, m := range []struct {
		name  string
		bound float64 // of the change, relative
		of    func(*smeWeek) float64
	}{
		{"active", .12, func(w *smeWeek) float64 { return w.active }},
		{"on two platforms or more", .12, func(w *smeWeek) float64 { return w.multi }},
		{"listings", .08, func(w *smeWeek) float64 { return w.listings }},
		{"price over cost, median", .04, func(w *smeWeek) float64 { return w.price }},
		{"price over cost, paid", .03, func(w *smeWeek) float64 { return w.paid }},
		{"rating", .02, func(w *smeWeek) float64 { return w.rating }},
		{"skill", .08, func(w *smeWeek) float64 { return w.skill }},
		{"weeks of stock", .25, func(w *smeWeek) float64 { return w.stock }},
		{"cash", .1, func(w *smeWeek) float64 { return w.cash }},
		{"commission", .15, func(w *smeWeek) float64 { return w.commission }},
		{"advertisements", .12, func(w *smeWeek) float64 { return w.ads }},
		{"income", .12, func(w *smeWeek) float64 { return w.income }},
	} {
		var change []float64
		first, last := 0.0, 0.0
		for _, x := range all {
			a, b := x.mean(from, from+13*7, m.of), x.mean(end-13*7, end, m.of)
			first, last = first+a/float64(n), last+b/float64(n)
			change = append(change, b/a-1)
		}
		mean, sd := spread(change)
		se := sd / math.Sqrt(float64(n))
		if !(math.Abs(mean) < m.bound+3*se) || se > m.bound {
			t.Errorf("%s: %.4g to %.4g, %+.1f %%, s.e. %.1f, at most %.0f", m.name, first, last, 100*mean, 100*se, 100*m.bound)
		}
		t.Logf("%s: %.4g to %.4g, %+.1f %%, s.e. %.1f", m.name, first, last, 100*mean, 100*se)
	}
	var came, gone int64
	for _, x := range all {
		came += x.sums(from, end, count(market.Entries))
		gone += x.sums(from, end, count(market.Bankruptcies), count(market.GaveUp))
	}
	if 3*came < 2*gone || 2*came > 3*gone {
		t.Errorf("%d SMEs came, %d went", came, gone)
	}
	t.Logf("%d SMEs came, %d went", came, gone)
}

// changed is a scenario that extends another by some actions.
func changed(t *testing.T, base, actions string, buyers int, until string) *load.Scenario {
	t.Helper()
	return written(t, "scenario: x\nextends: "+base+"\nactions:\n"+actions, buyers, until)
}

// ratios compares two worlds seed by seed by the mean of a measure over days: the mean of the ratio less 1, and its standard error.
func ratios(a, b []*panel, from, to int64, of func(*smeWeek) float64) (mean, se float64) {
	var x []float64
	for i := range a {
		x = append(x, a[i].mean(from, to, of)/b[i].mean(from, to, of)-1)
	}
	mean, sd := spread(x)
	return mean, sd / math.Sqrt(float64(len(x)))
}

// "V-33 lower F_entry ⇒ more multi-homing": the government pays all of the cost of entry for half a year, or none. The worlds are the
// same until then, so 4 seeds show a difference of a few per cent of SMEs.
func TestV33_LowerEntryCostMoreMultiHoming(t *testing.T) {
	if !nightly() {
		t.Skip("plays large worlds: make nightly")
	}
	const n, buyers, until = 4, 3000, "2023-10-31"
	none := panels(t, n, func() *load.Scenario { return scenario(t, "no-ban", buyers, until) })
	paid := panels(t, n, func() *load.Scenario {
		return changed(t, "no-ban", "  - {id: s, do: support_entry, share: 1, duration: 26w, at: 2023-04-01}\n", buyers, until)
	})
	told := panels(t, n, func() *load.Scenario {
		return changed(t, "no-ban", "  - {id: s, do: inform, duration: 26w, at: 2023-04-01}\n", buyers, until)
	})
	from, to := day(t, "2023-07-01"), day(t, "2023-10-31")
	mean, se := ratios(paid, none, from, to, func(w *smeWeek) float64 { return w.listings })
	aware, se2 := ratios(told, none, from, to, func(w *smeWeek) float64 { return w.listings })
	if mean < .02 || mean < 3*se {
		t.Errorf("with the cost of entry paid, listings of an SME rise by %.1f %%, s.e. %.1f", 100*mean, 100*se)
	}
	if mean <= aware {
		t.Errorf("listings rise by %.1f %% when entry is free, by %.1f %% (s.e. %.1f) when SMEs are only told of it", 100*mean, 100*aware, 100*se2)
	}
	var cost, entered int64
	for i := range paid {
		cost += paid[i].sums(from-91, to, count(market.PublicCost))
		for c := range market.Direct {
			entered += paid[i].sums(from-91, to, market.EnterCell(c))
		}
		if none[i].sums(0, to, count(market.PublicCost)) != 0 || told[i].sums(0, to, count(market.PublicCost)) != 0 {
			t.Error("the government pays for what is free")
		}
		if before := from - 91; none[i].Daily[before] != paid[i].Daily[before] && before < day(t, "2023-04-01") {
			t.Error("the worlds differ before the programme")
		}
		if paid[i].sums(0, to, market.AccountCell(market.Government)) != -paid[i].sums(0, to, count(market.PublicCost)) {
			t.Error("the government's account and the cost of programmes differ")
		}
	}
	if cost == 0 {
		t.Error("entry is free, and costs the government nothing")
	}
	t.Logf("listings of an SME %+.1f %% (s.e. %.1f), only told %+.1f %% (%.1f); %d entries, Rp %d of public money", 100*mean, 100*se, 100*aware, 100*se2, entered, cost)
}

// notOnTikTok is the sales of SMEs that made none of theirs on TikTok before the ban, onTikTok of those that made more than half there,
// onlyTikTok of those with more than nine tenths.
func notOnTikTok(w *smeWeek) float64 { return w.group[0] }
func onlyTikTok(w *smeWeek) float64  { return w.group[10] }
func onTikTok(w *smeWeek) (sum float64) {
	for _, sales := range w.group[6:market.Tenths] {
		sum += sales
	}
	return sum
}

// "V-34 portability ↑ ⇒ faster recovery": after the ban, SMEs that sold more than half on TikTok sell more within a quarter if they can
// take ratings, reviews and skill along. All SMEs are told of other channels in both worlds, so that many open elsewhere.
func TestV34_PortabilityHelpsRecovery(t *testing.T) {
	if !nightly() {
		t.Skip("plays large worlds: make nightly")
	}
	n, buyers := 6, 3000
	if nightly() {
		n, buyers = 10, 10_000
	}
	world := func(share string) []*panel {
		return panels(t, n, func() *load.Scenario {
			return changed(t, "ban", "  - {id: s, do: support_entry, share: 1, duration: 26w, at: 2023-10-05}\n  - {id: p, do: portability, ratings: "+share+", followers: 0, at: 2023-09-26}\n", buyers, "2024-02-29")
		})
	}
	from, to := day(t, "2023-11-01"), day(t, "2024-02-29")
	none, whole := world("0.001"), world("1")
	mean, se := ratios(whole, none, from, to, onTikTok)
	if mean < 2*se || mean < .005 {
		t.Errorf("with portable ratings, SMEs that depended on TikTok sell %+.1f %% after the ban, s.e. %.1f", 100*mean, 100*se)
	}
	t.Logf("with portable ratings, SMEs that depended on TikTok sell %+.1f %% after the ban, s.e. %.1f", 100*mean, 100*se)
}

// "V-38 zero dependence on TikTok ⇒ seller revenue after ban ≥ baseline − noise": those who did not sell there before take in at least
// what they do without a ban. And those who sold nowhere else lose most.
func TestV38_WithoutTikTokNoLoss(t *testing.T) {
	if !nightly() {
		t.Skip("plays large worlds: make nightly")
	}
	const n, buyers, until = 6, 4000, "2023-12-31"
	ban := panels(t, n, func() *load.Scenario { return scenario(t, "ban", buyers, until) })
	none := panels(t, n, func() *load.Scenario { return scenario(t, "no-ban", buyers, until) })
	from, to := day(t, "2023-11-06"), day(t, "2023-12-31")
	apart, se := ratios(ban, none, from, to, notOnTikTok)
	if apart < -2*se || se > .05 {
		t.Errorf("SMEs that are not on TikTok sell %+.1f %% after the ban, s.e. %.1f", 100*apart, 100*se)
	}
	deep, _ := ratios(ban, none, from, to, onlyTikTok)
	if deep > apart-.2 {
		t.Errorf("SMEs that live on TikTok sell %+.1f %%, those that are not there %+.1f %%", 100*deep, 100*apart)
	}
	for tenth := range market.Tenths {
		of := func(w *smeWeek) float64 { return w.group[tenth] + 1 }
		early, _ := ratios(ban, none, day(t, "2023-10-30"), day(t, "2023-11-07"), of)
		late, _ := ratios(ban, none, from, to, of)
		t.Logf("tenth %d: %+.1f %% in October, %+.1f %% later", tenth, 100*early, 100*late)
	}
	t.Logf("not on TikTok %+.1f %% (s.e. %.1f), only there %+.1f %%", 100*apart, 100*se, 100*deep)
}

// P16, "seller success is rare and very unequal; large attrition of small sellers": of those that came within the first year few reach the
// top tenth of sales, and SMEs in the smaller half leave more often than those in the larger.
func TestP16_SuccessIsRare(t *testing.T) {
	if !nightly() {
		t.Skip("plays large worlds: make nightly")
	}
	var fresh, risen, small, large, smallGone, largeGone int
	for seed := range uint64(2) {
		s := still(t, 6000, "2024-01-31", false)
		s.Seed = 201 + seed
		r, w := played(t, s, nil)
		_, n, _ := Sizes(s)
		traits := market.NewTraits(s.Params, s.Seed, n)
		smes := sim.State[agents.SME](w, r.Market.SMEs)
		sales := func(x *agents.SME) (sum market.Money) {
			for _, week := range x.Sold {
				sum += week
			}
			return sum
		}
		var all []market.Money
		for i := range smes {
			if smes[i].State == market.Active {
				all = append(all, sales(&smes[i]))
			}
		}
		slices.Sort(all)
		top := all[len(all)*9/10]
		for i := range smes {
			x := &smes[i]
			switch {
			case x.Came > s.Start && x.State == market.Active:
				fresh++
				if sales(x) >= top {
					risen++
				}
			case i < n:
				gone := x.State != market.Active || x.Came > s.Start
				if traits[i].Size < .28 { // the median of the law of sizes
					small++
					smallGone += one(gone)
				} else {
					large++
					largeGone += one(gone)
				}
			}
		}
	}
	if fresh < 20 || 20*risen > 2*fresh {
		t.Errorf("%d of %d newcomers are among the top tenth", risen, fresh)
	}
	if small < 100 || smallGone*large <= largeGone*small {
		t.Errorf("%d of %d small SMEs have gone, %d of %d larger ones", smallGone, small, largeGone, large)
	}
	t.Logf("%d of %d newcomers in the top tenth; gone within 13 months: %d of %d small, %d of %d larger", risen, fresh, smallGone, small, largeGone, large)
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// All programmes in one world: money is conserved (every run checks it), SMEs take part, what the government's account has paid is what
// programmes cost, and one for those who live on TikTok has few members. Without the cost of trainings the same SMEs come, and it is cheaper by just that.
func TestProgrammes(t *testing.T) {
	all := func(cost, least string) string {
		who := ", at: 2023-10-05, target: {types: [local], regions: [java, other], sizes: [micro], tiktok_from: " + least + ", sample: .9}}\n"
		return "  - {id: t, do: train_sellers, cost_rp: " + cost + who + "  - {id: e, do: support_entry, share: .5" + who +
			"  - {id: c, do: compensate, rp: 10000, share_of_loss: .3, duration: 8w" + who + "  - {id: l, do: credit_line, weeks_of_sales: 4" + who +
			"  - {id: i, do: inform" + who
	}
	world := func(actions string) *load.Scenario { return changed(t, "ban", actions, 1000, "2023-12-31") }
	before := worldOn(t, scenario(t, "ban", 1000, "2023-12-31"), "2023-09-26")
	play := func(actions string) *Result {
		r, _ := played(t, world(actions), nil, goesOn(t, before))
		return r
	}
	of := func(r *Result, c market.Counter) int64 { return r.sums(0, int64(len(r.Days)), count(c)) }
	free, dear, none := play(all("0", "0")), play(all("100000", "0")), play(all("0", "1"))
	if of(free, market.Joined) == 0 || of(free, market.PublicCost) == 0 {
		t.Errorf("%d SMEs joined for Rp %d", of(free, market.Joined), of(free, market.PublicCost))
	}
	if more := of(dear, market.PublicCost) - of(free, market.PublicCost); more <= 0 || more%100_000 != 0 || of(dear, market.Joined) != of(free, market.Joined) {
		t.Errorf("trainings at Rp 100,000 cost Rp %d more; %d joined, and %d when they are free", more, of(dear, market.Joined), of(free, market.Joined))
	}
	if paid := free.sums(0, int64(len(free.Days)), market.AccountCell(market.Government)); paid != -of(free, market.PublicCost) {
		t.Errorf("the government paid Rp %d, programmes cost %d", -paid, of(free, market.PublicCost))
	}
	if few := of(none, market.Joined); few >= of(free, market.Joined)/4 {
		t.Errorf("%d SMEs that sell only on TikTok joined, of %d in all", few, of(free, market.Joined))
	}
	t.Logf("%d joined for Rp %d", of(free, market.Joined), of(free, market.PublicCost))
}

// Who is compensated well has no reason to give up: what an owner lives on is counted, and not what it earned alone.
func TestCompensationKeeps(t *testing.T) {
	if testing.Short() {
		t.Skip("plays worlds")
	}
	gone := func(actions string) (n int64) {
		for _, seed := range []string{"1", "2"} {
			s := written(t, "scenario: aid\nextends: ban\nseed: "+seed+"\nactions:\n"+actions, 1500, "2024-02-29")
			r, _ := played(t, s, nil)
			n += r.sums(day(t, "2023-11-15"), day(t, "2024-02-29"), count(market.GaveUp))
		}
		return n
	}
	without := gone("  []\n")
	with := gone("  - {id: aid, do: compensate, rp: 2e7, duration: 30w, at: 2023-09-20T09:00+07:00, source: assumption, grade: none}\n")
	if without < 10 || with >= without {
		t.Errorf("%d give up without compensation, %d with it", without, with)
	}
}
