package compare

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"pasar/scenarios/results/measure"
	"pasar/scenarios/stats"
)

// made is a comparison of hand-made runs, as many in the one world as in the other: 20 weeks, of which TikTok is closed in the other from
// the tenth on. What is said of a run is by column: its value in the closure, and in each week.
func made(base, other []map[measure.Column][]float64) *engine {
	const weeks, shut = 20, 70
	w := measure.Window{From: shut, To: 7 * weeks}
	c := &Comparison{Worlds: []World{{Name: "open"}, {Name: "closed"}}, Level: .95, Days: 7 * weeks}
	c.Pairs = []Pair{{
		World: 1, Periods: []Period{{Window: measure.Window{Name: Since, From: w.From, To: w.To}}, {Window: measure.Window{Name: Ban, From: w.From, To: w.To}, Shop: "tiktok"}},
		Shock: &Shock{Shop: "tiktok", From: w.From, To: w.To, With: 1},
	}}
	e := &engine{c: c, reader: &reader{windows: []measure.Window{w}, cohorts: []int64{0}}, of: []pairing{{windows: []int{0, 0}, before: -1}}}
	for i := range weeks {
		e.reader.weeks = append(e.reader.weeks, measure.Window{From: 7 * i, To: 7 * (i + 1)})
	}
	for _, world := range [][]map[measure.Column][]float64{base, other} {
		var runs []*run
		for _, values := range world {
			var columns []measure.Column
			for col := range values {
				columns = append(columns, col)
			}
			slices.SortFunc(columns, func(a, b measure.Column) int { return slices.Compare([]byte(a.By+a.Key), []byte(b.By+b.Key)) })
			x := &run{table: e.reader.share(columns), windows: [][]float64{nil}, agents: [][]int{nil}, weeks: make([][]float64, weeks)}
			for _, col := range columns {
				v := values[col]
				x.windows[0], x.agents[0] = append(x.windows[0], measure.Mean(v, shut/7, weeks)), append(x.agents[0], 40)
				for i := range weeks {
					x.weeks[i] = append(x.weeks[i], v[i])
				}
			}
			for i := range weeks {
				x.counted = append(x.counted, 7*i+1) // on Tuesdays
			}
			x.counted[weeks-1] = -1
			runs = append(runs, x)
		}
		e.runs = append(e.runs, runs)
	}
	return e
}

// steps are 20 weeks of a value, and of other ones from some weeks on.
func steps(first float64, then map[int]float64) []float64 {
	v := make([]float64, 20)
	for i := range v {
		if at, yes := then[i]; yes {
			first = at
		}
		v[i] = first
	}
	return v
}

func sales(by, key string) measure.Column {
	return measure.Column{Metric: "cohort_sales", By: by, Key: key, Unit: "IDR/week"}
}

func shop(key string) measure.Column {
	return measure.Column{Metric: "gmv", By: "storefront", Key: key, Unit: "IDR/day"}
}

// A cohort that sells half for four weeks is back once four weeks together are at nine tenths, another one never is, and the market lost
// nothing. The last week has no count of SMEs, and says nothing of them.
func TestRecovery(t *testing.T) {
	all := measure.Column{Metric: "gmv", By: "platforms", Key: "all", Unit: "IDR/day"}
	smes, most := sales("cohort_", "smes"), sales("cohort_dependence", "90-100")
	var base, other []map[measure.Column][]float64
	for i := range 3 {
		grow := 1 + float64(i)/10
		base = append(base, map[measure.Column][]float64{all: steps(10*grow, nil), smes: steps(100*grow, nil), most: steps(8, nil)})
		other = append(other, map[measure.Column][]float64{all: steps(10*grow, nil), smes: steps(100*grow, map[int]float64{10: 50 * grow, 14: 100 * grow}), most: steps(8, map[int]float64{10: 2})})
	}
	base[2][most], other[2][most] = steps(math.NaN(), nil), steps(math.NaN(), nil) // nobody is in it
	e := made(base, other)
	got := e.recover(0)
	if len(got) != 3 || got[0].Key != "market" || got[1].Key != "smes" || got[2].Key != "90-100" {
		t.Fatalf("cohorts %+v", got)
	}
	market, half, never := got[0], got[1], got[2]
	if market.Never != 0 || market.Weeks.Mean != 3 || !market.Lost.Zero {
		t.Errorf("the market loses nothing: %+v", market)
	}
	// Weeks 10 to 13 at a half, four whole ones up to week 17: the eighth from the shock. Lost: four halves of 100, 110 and 120.
	if half.N != 3 || half.Never != 0 || half.Weeks.Mean != 7 || half.Naive.Mean != 7 || math.Abs(half.Lost.Mean+220) > 1e-9 || half.Count != 40 {
		t.Errorf("half for four weeks: %+v", half)
	}
	if never.N != 2 || never.Never != 2 || never.Naive.N != 0 || never.Lost.Mean != -9*6 || never.Lost.Base != 9*8 { // weeks 10 to 18 have a count
		t.Errorf("a quarter for good: %+v", never)
	}

	// Where the base is the world with the shock, the same is said.
	e.runs[0], e.runs[1] = e.runs[1], e.runs[0]
	e.c.Pairs[0].Shock.With, e.c.Pairs[0].Shock.Without, e.c.Pairs[0].Shock.Swapped = 0, 1, true
	e.c.Worlds[0], e.c.Worlds[1] = e.c.Worlds[1], e.c.Worlds[0]
	if again := e.recover(0); !equal(again, got) {
		t.Errorf("swapped: %+v, not %+v", again, got)
	}
}

// equal compares what holds NaN too.
func equal[T any](a, b []T) bool { return slices.Equal(text(a), text(b)) }

// Rules of thumb beside agents of whom two thirds go to Shopee, and the rest nowhere.
func TestPredictions(t *testing.T) {
	var base, other []map[measure.Column][]float64
	for i := range 3 {
		x := float64(i + 1)
		base = append(base, map[measure.Column][]float64{shop("tiktok"): steps(30*x, nil), shop("shopee"): steps(60*x, nil), shop("tokopedia"): steps(20*x, nil), shop("wa"): steps(40*x, nil)})
		other = append(other, map[measure.Column][]float64{shop("tiktok"): steps(30*x, map[int]float64{10: 0}), shop("shopee"): steps(60*x, map[int]float64{10: 80 * x}), shop("tokopedia"): steps(20*x, nil), shop("wa"): steps(40*x, map[int]float64{10: 41 * x})})
	}
	e := made(base, other)
	e.predict(0)
	got := map[string]Prediction{}
	for _, x := range e.c.Pairs[0].Naive {
		got[x.Key] = x
		if !math.IsNaN(x.Logit) {
			t.Errorf("%s: nothing is counted, and the identity says %g", x.Key, x.Logit)
		}
	}
	for key, want := range map[string][3]float64{"tiktok": {60, -60, -60}, "shopee": {120, 45, 40}, "tokopedia": {40, 15, 0}, "wa": {80, 0, 2}} {
		if x := got[key]; math.Abs(x.Base-want[0])+math.Abs(x.Proportional-want[1])+math.Abs(x.Agents.Mean-want[2]) > 1e-9 {
			t.Errorf("%s: base %g, in proportion %g, agents %g, not %v", key, x.Base, x.Proportional, x.Agents.Mean, want)
		}
	}
	if x := got[Diverted]; len(got) != 5 || x.Proportional != 1 || math.Abs(x.Agents.Mean-2./3) > 1e-9 || x.Agents.N != 3 {
		t.Errorf("diversion %+v of %d", x, len(got))
	}
}

// What is added up: transfers between groups change no sum, weights touch discovery alone, and what is paid for work is in no net sum.
func TestWelfareSums(t *testing.T) {
	row := func(values map[string]float64) map[measure.Column][]float64 {
		all := map[measure.Column][]float64{}
		for _, g := range measure.WelfareLines() {
			all[measure.WelfareColumn(g.Key)] = steps(values[g.Key], nil)
		}
		return all
	}
	usual := map[string]float64{"cs_need": 100, "cs_discovery": 40, "local_smes": 10, "government": 5, "logistics": 7, "buyers_paid": -22}
	after := map[string]float64{"cs_need": 90, "cs_discovery": 20, "local_smes": 13, "government": 2, "logistics": 4, "buyers_paid": -19}
	e := made([]map[measure.Column][]float64{row(usual), row(usual)}, []map[measure.Column][]float64{row(after), row(after)})
	got := e.welfare(0)
	const days = 70
	for i, want := range []float64{-13, -23, -33} { // −10 needs, −20 discovery by weight, 0 from the state to SMEs, −3 carriers
		if got.Sum[i].Mean != want*days || got.Net[i].Mean != (want+3)*days {
			t.Errorf("at weight %g: %g, net %g, not %g", Weights[i], got.Sum[i].Mean/days, got.Net[i].Mean/days, want)
		}
	}
	if len(got.Lines) != len(measure.WelfareLines()) || got.Check != 0 {
		t.Errorf("%d lines, check %g", len(got.Lines), got.Check)
	}
	e.runs[1][1].over = 3
	if got := e.welfare(0).Check; got != 3 {
		t.Errorf("Rp 3 out of nowhere are %g", got)
	}
}

// On real runs: the ledger's lines sum to nothing, worlds the other way round say the opposite, and a world beside itself says nothing.
func TestForWhom(t *testing.T) {
	o := Options{Reps: 2, Seed: 1, Store: kept(), Version: "test"}
	c := small(t, o, "no-ban", "ban", "no-ban+params.disc.rho=.65")
	there, same := &c.Pairs[0], &c.Pairs[1]
	back := &small(t, o, "ban", "no-ban").Pairs[0]

	if there.Welfare.Check != 0 || back.Welfare.Check != 0 {
		t.Errorf("the ledger is out by Rp %g and %g", there.Welfare.Check, back.Welfare.Check)
	}
	sum, size := 0.0, 0.0
	for i, l := range there.Welfare.Lines {
		if l.Part != measure.Surplus {
			sum, size = sum+l.Diff.Mean, size+math.Abs(l.Diff.Mean)
		}
		if b := back.Welfare.Lines[i]; b.Diff.Mean != -l.Diff.Mean || b.Diff.T.Lo != -l.Diff.T.Hi {
			t.Errorf("%s: %g there and %g back", l.Key, l.Diff.Mean, b.Diff.Mean)
		}
	}
	if size == 0 || math.Abs(sum) > 1e-9*size {
		t.Errorf("differences of %g sum to %g", size, sum)
	}
	for i := range Weights {
		if a, b := there.Welfare.Sum[i].Mean, back.Welfare.Sum[i].Mean; a != -b || a == 0 || !same.Welfare.Sum[i].Zero {
			t.Errorf("sums %g there, %g back, %g beside itself", a, b, same.Welfare.Sum[i].Mean)
		}
	}
	if there.Welfare.Sum[0] == there.Welfare.Sum[2] {
		t.Error("what content is worth does not matter")
	}

	if same.Shock != nil || same.Identity != nil || same.Naive != nil || same.Recovery != nil {
		t.Errorf("a world beside itself has a shock: %+v", same.Shock)
	}
	if x, y := there.Shock, back.Shock; x == nil || y == nil || x.Swapped || !y.Swapped || x.From != y.From || c.Date(x.From).Format("2006-01-02") != "2023-10-05" {
		t.Fatalf("shocks %+v %+v", x, y)
	}
	if !reflect.DeepEqual(there.Identity, back.Identity) || !equal(there.Recovery, back.Recovery) || len(there.Recovery) < 3 {
		t.Errorf("%+v there, %+v back", there.Recovery, back.Recovery)
	}
	if !equal(there.Naive, back.Naive) || len(there.Naive) < 7 {
		t.Errorf("%+v there, %+v back", there.Naive, back.Naive)
	}
	tiktok, total := there.Naive[0], 0.0
	for _, x := range there.Naive {
		if x.Key != Diverted {
			total += x.Proportional
		}
	}
	if tiktok.Key != "tiktok" || tiktok.Agents.Mean != -tiktok.Base || math.Abs(total) > 1e-6*tiktok.Base {
		t.Errorf("TikTok: %+v; all changes in proportion sum to %g", tiktok, total)
	}
	if d := there.Naive[len(there.Naive)-1]; d.Key != Diverted || d.Logit != there.Identity.Ratio || d.Logit <= 0 || d.Logit >= 1 {
		t.Errorf("diversion %+v", d)
	}
	for _, x := range there.Weekly { // each line has its weeks
		if x.Metric == "welfare" && c.Weeks[x.Week]+7 <= there.Shock.From-14 && !x.Diff.Zero {
			t.Fatalf("%s differs in week %d", x.Key, x.Week)
		}
	}
}

// Effects are in one order, however many cores work them out.
func TestEffectsAreInOrder(t *testing.T) {
	e := &engine{o: Options{Parallel: 4}}
	piece := func(i int) []Effect { return make([]Effect, i%3, i%3) }
	var want []Effect
	for i := range 1000 {
		all := piece(i)
		for j := range all {
			all[j].Week = i
		}
		want = append(want, all...)
	}
	got := e.pieces(1000, func(i int) []Effect {
		all := piece(i)
		for j := range all {
			all[j] = Effect{Week: i, Diff: stats.Paired{}}
		}
		return all
	})
	if !reflect.DeepEqual(got, want) {
		t.Error("effects are out of order, or lost")
	}
}
