package cond

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pasar/agents/market"
	"pasar/scenarios/indicator"
	"pasar/sim"
)

// shop is a world of n days in which, on day d, TikTok sells 1 order of Rp 100+d and Shopee one of Rp 300, nobody sells on Lazada,
// and Rp 1000 are bought offline; 4 real agents stand for each. Every seventh day SMEs are counted: 50, 51, ...
func shop(n int) *World {
	x := &indicator.Published{Rules: &market.Book{}, P: &market.Params{}, W: 4, First: 70}
	for d := range n {
		row := make([]int64, market.Cells)
		row[market.GMVCell(market.TikTok, market.TikTok)] = 100 + int64(d)
		row[market.OrdersCell(market.TikTok, market.TikTok)] = 1
		row[market.GMVCell(market.Shopee, market.Shopee)] = 300
		row[market.CounterCell(market.OfflineSales)] = 1000
		x.Rows = append(x.Rows, row)
		if d%7 == 6 {
			x.Count = append(x.Count, market.WeekRow{Day: x.First + int64(d), Active: 50 + int64(d/7)})
		}
	}
	m := &market.Market{Seed: 5, P: &market.Params{}}
	m.P.Regulator.Noise = .03
	w := NewWorld(x, m)
	w.Source = true
	w.Entry = func(id string, now sim.Time) State {
		if id == "pilot" {
			return State{At: 80 * market.Day, Yes: now >= 80*market.Day, State: "on"}
		}
		return State{State: "waiting"}
	}
	return w
}

var ids = Names{"pilot", "long-pilot"}

func number(t *testing.T, w *World, src string) float64 {
	t.Helper()
	e, err := Compile(src, Number, ids)
	if err != nil {
		t.Fatalf("%s: %d: %v", src, err.At, err)
	}
	return e.Number(w)
}

// Expressions have the values that one computes by hand.
func TestValues(t *testing.T) {
	w := shop(60)
	for src, want := range map[string]float64{
		"1 + 2 * 3 - 4 / 2":                  5,
		"-(1 + 1) * 50%":                     -1,
		"2 - 1 - 1":                          0,
		"1e2 + .5":                           100.5,
		"min(2, max(1, abs(-3)))":            2,
		`gmv("tiktok", window="10d")`:        4 * (100 + 54.5),
		`gmv("tiktok", window=10d, agg=sum)`: 40 * (100 + 54.5),
		`metric("gmv", by="storefront", key="tiktok", window="10d", agg="last")`: 4 * 159,
		`gmv("tiktok", window=10d, agg=slope)`:                                   4,
		`gmv("tiktok", window=10d, agg=min, lag=1w)`:                             4 * (100 + 43),
		`gmv("tiktok", window=10d, agg=max)`:                                     4 * 159,
		`gmv(window=1d)`:                                                         4 * 459,
		`gmv_share("tiktok", by="storefront", window="1d")`:                      159. / 459,
		`share(tiktok, window=1d)`:                                               159. / 459,
		`gmv_share(shopee, window=1d, agg=slope, lag=2d)`:                        math.NaN(), // one day has no slope
		`hhi(by="processor", window=1d)`:                                         1e4 * (159*159 + 300*300) / (459 * 459.),
		`offline_index(window=56d)`:                                              1,
		`active(window=14d)`:                                                     4 * 56.5,
		`active(window=14d, agg=slope)`:                                          4. / 7,
		`link_share(window=7d)`:                                                  math.NaN(), // nothing was bought from content
		`gmv(window=61d)`:                                                        math.NaN(), // longer than the world
		`offline_index(window=1d, lag=10d)`:                                      math.NaN(), // before the eight weeks are over
		"days_since(pilot)":                                                      50 + 2./24,
		"days_since(long-pilot)":                                                 math.NaN(),
		`days_since("2023-03-11")`:                                               2. / 24,
		"1 / 0":                                                                  math.NaN(),
		"0 / 0 + 1":                                                              math.NaN(),
		"1e308 * 10":                                                             math.NaN(),
		"min(1, 0/0)":                                                            math.NaN(),
	} {
		if x := number(t, w, src); math.Abs(x-want) > 1e-9*math.Abs(want) || math.IsNaN(x) != math.IsNaN(want) {
			t.Errorf("%s is %v, not %v", src, x, want)
		}
	}
}

// Conditions hold or not; what is unknown does not hold, nor does its contrary.
func TestConditions(t *testing.T) {
	w := shop(60)
	for src, want := range map[string]bool{
		"1 < 2 and 2 <= 2 and 3 > 2 and 3 >= 3 and 1 = 1 and 1 == 1 and 1 != 2": true,
		"1 > 2 or not 2 > 3":            true,
		"not (1 < 2)":                   false,
		"0 / 0 > 1":                     false,
		"not (0 / 0 > 1)":               false,
		"0 / 0 != 1":                    false,
		"0 / 0 > 1 or 1 < 2":            true,
		"0 / 0 > 1 and 1 < 2":           false,
		"not (0 / 0 > 1 and 1 > 2)":     true,
		"happened(pilot)":               true,
		"happened(long-pilot)":          false,
		"state(pilot) = 'on'":           true,
		"state('long-pilot') != \"on\"": true,
		"24h = 1d and 2w > 13d":         true,
		"days_since(long-pilot) > 0 or days_since(long-pilot) <= 0": false,
		"true and not false": true,
	} {
		e, err := Compile(src, Truth, ids)
		if err != nil {
			t.Fatalf("%s: %d: %v", src, err.At, err)
		}
		if e.True(w) != want {
			t.Errorf("%s is %v", src, !want)
		}
	}
}

// A monitored indicator is a week late and wrong by a share that all readers of the week see, whatever their window, and that is
// N(0, .03) over weeks: 500 of them have a mean within ±.004 and a deviation within .027 to .033 (three standard errors each).
func TestMonitored(t *testing.T) {
	w := shop(3600)
	w.Source = false
	var sum, sq float64
	const weeks = 500
	for k := range weeks {
		x := w.Back(7 * k)
		e := number(t, x, "gmv(tiktok, window=1d)")/number(t, x, "gmv(tiktok, window=1d, lag=7d, source=true)") - 1
		if f := number(t, x, "gmv(tiktok, window=28d)")/number(t, x, "gmv(tiktok, window=28d, lag=7d, source=true)") - 1; math.Abs(e-f) > 1e-12 {
			t.Fatalf("two readers of one week see errors of %g and %g", e, f)
		}
		if f := number(t, x, "gmv(shopee, window=1d)")/number(t, x, "gmv(shopee, window=1d, lag=7d, source=true)") - 1; e == f {
			t.Fatal("two indicators have one error")
		}
		sum += e
		sq += e * e
	}
	mean := sum / weeks
	if sd := math.Sqrt(sq/weeks - mean*mean); math.Abs(mean) > .004 || sd < .027 || sd > .033 {
		t.Errorf("errors have a mean of %.4f and a deviation of %.4f", mean, sd)
	}
	var changes int
	for d := range 70 {
		e := func(back int) float64 {
			x := w.Back(back)
			return number(t, x, "gmv(shopee, window=1d, source=monitored)") - number(t, x, "gmv(shopee, window=1d, lag=7d, source=true)")
		}
		if e(d) != e(d+1) {
			changes++
		}
	}
	if changes != 10 {
		t.Errorf("the error changes %d times in ten weeks", changes)
	}
}

// Mistakes are told where they are, in one line, with what is allowed.
func TestErrors(t *testing.T) {
	for src, want := range map[string]string{
		"":                                        "0 the expression ends",
		"1 +":                                     "3 the expression ends",
		"1":                                       "0 gives a number where true or false is wanted",
		"gmv(tiktok) > 1d":                        "12 a number is compared with a length of time",
		"gmv_shar(tiktok) > 1":                    `0 there is no indicator or function "gmv_shar"`,
		`gmv("tiktokk") > 1`:                      `4 "tiktokk" is not a key of gmv by storefront`,
		`gmv(tiktok, by=age) > 1`:                 `15 gmv is not split by "age"`,
		`active(by=age) > 1`:                      "10 active is not split",
		`active(tiktok) > 1`:                      "7 active has no parts",
		`sme_income(p10) > 1`:                     "0 sme_income is split; say by what",
		`share() > 1`:                             "0 share by storefront needs a key",
		`gmv(tiktok, key=shopee) > 1`:             "4 the key is given twice",
		`gmv(tiktok, windw=7d) > 1`:               `12 there is no filter "windw"`,
		`gmv(tiktok, window=7) > 1`:               "19 window is a length of time",
		`gmv(tiktok, window=12h) > 1`:             "19 window must be whole days",
		`gmv(tiktok, window="x") > 1`:             `19 window="x" is not a length`,
		`gmv(tiktok, agg=median) > 1`:             `16 "median" is not a way`,
		`share(tiktok, agg=sum) > 1`:              "18 share cannot be added up",
		`gmv(tiktok, source=yes) > 1`:             "19 source is true",
		`gmv(tiktok, source=happened(pilot)) > 1`: "19 source is true",
		`gmv(state(pilot)) > 1`:                   `4 "" is not a key`,
		"gmv(tiktok > 1":                          `4 "tiktok" is a word without`,
		"(1 < 2":                                  "6 a ) is missing",
		"1 < 2)":                                  `5 ")" is not expected here`,
		"1 < 2 < 3":                               "6 a second comparison",
		"1 and 2 < 3":                             "0 and joins conditions, and this is a number",
		"not 1":                                   "4 not is said of a condition",
		"pilot":                                   `0 "pilot" is a word without a meaning`,
		"happened(pilto)":                         `9 there is no entry, phase or branch "pilto"`,
		"happened(pilot, pilot)":                  "0 happened takes 1, not 2",
		"happened(id=pilot)":                      "12 happened takes no id=",
		"abs('x') > 1":                            "4 abs takes numbers",
		"3m > 1":                                  `1 "m" is not a unit`,
		"1.2.3 > 1":                               `0 "1.2.3" is not a number`,
		"'x > 1":                                  "0 this quotation mark",
		"'x' > 'y'":                               "4 text cannot be compared by >",
		"-'x' = 'y'":                              "0 - stands before text",
		"1d + 1d > 1d":                            "3 + joins numbers, not a length of time",
		"1 < 2 ; 3":                               `6 ";" is not expected`,
		"$x > 1":                                  `0 "$x" is not a value`,
		strings.Repeat("(", 50) + "1":             "40 is nested more than 40 deep",
		strings.Repeat("not ", 60) + "1 < 2":      "159 is nested more than 40 deep",
		strings.Repeat(" ", 3000):                 "0 the expression has 3000 characters",
	} {
		_, err := Compile(src, Truth, ids)
		if err == nil {
			t.Errorf("%s passes", src)
			continue
		}
		got := fmt.Sprint(err.At, " ", err.What)
		if !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, not %q", src, got, want)
		}
	}
	if _, err := Compile("gmv_shar(tiktok) > 1", Truth, ids); err.Got != "gmv_shar" || len(err.Among) < 30 {
		t.Errorf("%+v", err)
	}
}

// No text panics, and what compiles has a value in worlds of any length: never an infinity.
func FuzzCompile(f *testing.F) {
	for _, src := range []string{
		`gmv_share("tiktok", by="storefront", window="28d") > 0.15 and offline_index(window="56d") < 0.97`,
		`not (hhi(by=owner, window=4w, agg=slope) >= 2500 or days_since(pilot) > 14) and state(pilot) != "over"`,
		`metric("sme_income_median", by="sme_type", key="local", lag="7d", source=true) / 1e6 - 5% * -3`,
		`min(1, max(2, abs(-3))) = 24h`, `days_since("2023-02-30") < .5e1`, `happened(long-pilot) or true`,
	} {
		f.Add(src)
	}
	worlds := []*World{shop(0), shop(1), shop(70)}
	f.Fuzz(func(t *testing.T, src string) {
		for _, want := range []Type{Truth, Number} {
			e, err := Compile(src, want, ids)
			if err != nil {
				if err.At < 0 || err.At > len(src) || err.What == "" || strings.Contains(err.What, "\n") {
					t.Errorf("%q: %+v", src, err)
				}
				continue
			}
			for _, w := range worlds {
				for _, x := range []*World{w, {Published: w.Published, Days: w.Days, Entry: w.Entry, weekly: w.weekly, Noise: .1}} {
					if e.True(x); math.IsInf(e.Number(x), 0) {
						t.Errorf("%q is infinite", src)
					}
				}
			}
		}
	})
}
