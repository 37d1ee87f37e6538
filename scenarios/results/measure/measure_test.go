package measure

import (
	"context"
	"math"
	"math/rand/v2"
	"sync"
	"testing"

	"pasar/agents/market"
	"pasar/scenarios/indicator"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
)

// played runs a small pilot once for all tests.
var played = sync.OnceValue(func() *Run { return of("pilot", "2024-01-31") })

func of(name, until string) *Run {
	s, err := load.Load(name, load.Overrides{Buyers: 200, Until: until})
	if err != nil {
		panic(err)
	}
	r, err := play.Run(context.Background(), s, play.Options{Goroutines: 1})
	if err != nil {
		panic(err)
	}
	return Of(r)
}

func TestWindowsOfThePilot(t *testing.T) {
	r := played()
	want := map[string][2]string{
		Whole: {"2023-01-01", "2024-01-31"}, Before: {"2023-07-31", "2023-09-24"}, Ban: {"2023-10-05", "2023-12-11"}, After: {"2023-12-12", "2024-01-31"},
	}
	all := r.Windows()
	if len(all) != len(want) {
		t.Fatalf("%d windows, want %d: %v", len(all), len(want), all)
	}
	for _, w := range all {
		got := [2]string{r.Date(w.From).Format("2006-01-02"), r.Date(w.To - 1).Format("2006-01-02")}
		if got != want[w.Name] {
			t.Errorf("%s is %v, want %v", w.Name, got, want[w.Name])
		}
	}
	closed := r.Closures()
	if len(closed) != 1 || closed[0].Shop != market.TikTok || !closed[0].Reopens {
		t.Fatalf("closures %+v", closed)
	}
	if pilots := r.Pilots(); len(pilots) != 1 || pilots[0].From != closed[0].To {
		t.Errorf("pilots %+v", pilots)
	}
}

// A storefront is closed while its processor is, and the closure of a rule that ends is over when it ends.
func TestClosureOfAProcessor(t *testing.T) {
	r := played()
	opens := r.Closures()[0].To // its orders are Tokopedia's from then on
	var book market.Book
	for c := range market.Platforms {
		for _, lever := range []market.Lever{market.Checkout, market.RedirectTo} {
			for _, rule := range r.Book.Changes(lever, c) {
				book.Add(rule)
			}
		}
	}
	from, to := opens+10*market.Day, opens+20*market.Day
	book.Add(market.Rule{From: from, Until: to, Lever: market.Checkout, On: market.Tokopedia, Value: 0})
	got := Closures(r.Scenario, &book)
	if len(got) != 3 {
		t.Fatalf("closures %+v", got)
	}
	for i, c := range []market.Channel{market.TikTok, market.Tokopedia} {
		if want := (Closure{Shop: c, From: from, To: to, Reopens: true}); got[i+1] != want {
			t.Errorf("%+v, not %+v", got[i+1], want)
		}
	}
}

func TestNothingIsSoldWhileClosed(t *testing.T) {
	r := played()
	w, _ := r.Window(Ban)
	gmv := Get(r.Daily(), "gmv", "storefront").Of("tiktok")
	for d, v := range gmv {
		if closed := d >= w.From && d < w.To; closed && v != 0 {
			t.Fatalf("%s: TikTok Shop sold Rp %.0f while closed", r.Date(d), v)
		}
	}
	if via := Get(r.Daily(), "gmv", "processor").Of("tiktok"); Mean(via, w.To, r.Days()) != 0 {
		t.Error("TikTok processes orders after the reopening")
	}
	if Mean(gmv, w.To, r.Days()) == 0 {
		t.Error("TikTok Shop sells nothing after the reopening")
	}
}

func TestMoneyThatComesInGoesOut(t *testing.T) {
	m := played().Money()
	in, out := m.Buyers+m.Vouchers+m.Returns, m.SMEs+m.Creators+m.Fees+m.Logistics+m.Held
	if in <= 0 || math.Abs(in-out) > 1e-9*in {
		t.Fatalf("Rp %.0f comes in and Rp %.0f goes out: %+v", in, out, m)
	}
	for name, v := range map[string]float64{"vouchers": m.Vouchers, "returns": m.Returns, "SMEs": m.SMEs, "creators": m.Creators, "fees": m.Fees, "logistics": m.Logistics} {
		if v <= 0 {
			t.Errorf("%s: Rp %.0f", name, v)
		}
	}
	if _, sum := played().Ledger(); sum != 0 {
		t.Errorf("the ledger sums to %d", sum)
	}
}

func TestSumsAreTheSameThreeWays(t *testing.T) {
	r := played()
	for _, w := range r.Windows() {
		x := r.Sums(w.From, w.To)
		shop, via, owner := x.Tracked(), total(x.Via[:market.Tracked]), total(x.Owner[:])
		if math.Abs(shop-via) > 1e-6*shop || math.Abs(shop-owner) > 1e-6*shop {
			t.Errorf("%s: GMV is %.0f by storefront, %.0f by processor, %.0f by owner", w.Name, shop, via, owner)
		}
	}
}

func total(v []float64) (sum float64) {
	for _, x := range v {
		sum += x
	}
	return sum
}

func TestConcentration(t *testing.T) {
	if got := HHI([]float64{0, 3, 0}); got != 1e4 {
		t.Errorf("one alone: %g", got)
	}
	if got := HHI([]float64{.36, .35, .10, .10, .05, .04}); math.Abs(got-2762) > 1 {
		t.Errorf("shares of 2022: %g, want 2762 (facts 2b)", got)
	}
}

func TestWhatDoesNotExistIsNotANumber(t *testing.T) {
	for _, s := range indicator.None.Ratios() {
		for _, v := range s.Values {
			if !math.IsNaN(v[0]) {
				t.Errorf("%s by %s of nothing is %g", s.Name, s.By, v[0])
			}
		}
	}
}

func TestTargetsNeedTheirMonths(t *testing.T) {
	for _, x := range played().Targets() {
		if !x.Known() {
			t.Errorf("%s %s is unknown", x.ID, x.Key)
		}
	}
	for _, x := range of("no-ban", "2023-01-20").Targets() {
		if x.Known() || x.Missed() {
			t.Errorf("%s %s = %g in a run of 20 days", x.ID, x.Key, x.Value)
		}
	}
}

func TestWithoutAnnouncementThereIsOneWindow(t *testing.T) {
	if all := of("no-ban", "2023-03-31").Windows(); len(all) != 1 || all[0].Name != Whole {
		t.Errorf("windows %v", all)
	}
}

// The checkout closed on the evening of day 337, and counts are every seven days. Before count 350 SMEs told of weeks that began on days 337 to
// 343; of what they told before count 343, two days in three were before the closure.
func TestSellersAfterAClosure(t *testing.T) {
	r := &Run{Published: &indicator.Published{}, Panel: []Member{{SME: &market.Traits{}}}}
	for day := int64(322); day <= 420; day += 7 {
		r.Count = append(r.Count, market.WeekRow{Day: day})
		told := &market.Trace{Top: market.TikTok}
		switch day {
		case 350, 357, 364, 371:
			told.Sales = 1
		default:
			told.Sales = 100
		}
		r.Panel[0].Weeks = append(r.Panel[0].Weeks, told)
	}
	if got := r.Sellers(328, Window{From: 338, To: 366}); got[0].Sales != 4 {
		t.Errorf("four weeks of 1 after the closure are %g", got[0].Sales)
	}
}

// Where each SME loses a fifth and seven tenths of what it had on TikTok Shop, the slope is .7, whatever it sells; who sold nothing counts
// nowhere. What is seen of dependence are the shares of ten orders before and ten after: a plain regression would find about .55.
func TestLossSlope(t *testing.T) {
	var without, with []Seller
	for i, on := range []float64{0, .1, .35, .6, 1} {
		sales := float64(100 * (1 + i*i))
		without, with = append(without, Seller{on, on, sales}), append(with, Seller{on, 0, sales * (1 - .2 - .7*on)})
	}
	nothing := math.NaN()
	without, with = append(without, Seller{nothing, nothing, 50}, Seller{.5, .5, 0}), append(with, Seller{nothing, nothing, 500}, Seller{.5, .5, 500})
	if got := LossSlope(without, with); math.Abs(got-.7) > 1e-12 {
		t.Errorf("the slope is %g", got)
	}
	luck := rand.New(rand.NewPCG(1, 2))
	seen := func(on float64) (n float64) {
		for range 10 {
			if luck.Float64() < on {
				n += .1
			}
		}
		return n
	}
	without, with = nil, nil
	for range 20_000 {
		on := luck.Float64() * luck.Float64()
		before, after := seen(on), seen(on)
		without, with = append(without, Seller{before, after, 100}), append(with, Seller{before, 0, 100 * (1 - .2 - .7*after)})
	}
	if got := LossSlope(without, with); math.Abs(got-.7) > .02 {
		t.Errorf("of shares that are seen roughly, the slope is %g", got)
	}
	for i := range without {
		without[i].Later = without[i].On
	}
	if got := LossSlope(without, with); got > .6 {
		t.Errorf("the plain regression finds %g: the test would not see that it is flat", got)
	}
}
