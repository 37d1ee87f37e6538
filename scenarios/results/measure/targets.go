package measure

import (
	"math"
	"time"

	"pasar/agents/market"
)

// A Target is a figure of the real market that the model is meant to meet (model 11.1), beside what a run gives.
type Target struct {
	ID, Key string
	Unit    string
	Value   float64 // simulated; NaN where the run does not cover the time or the time was not free of a ban
	Goal    float64 // observed
	SD      float64 // how far off the observation may be
	Source  string
	Grade   string
}

// Off is how far the run is from the target, in standard deviations of the target.
func (t *Target) Off() float64 { return (t.Value - t.Goal) / t.SD }

// Missed tells whether a run is more than two standard deviations off; an unknown value is not a miss.
func (t *Target) Missed() bool { return math.Abs(t.Off()) > 2 }

// Known tells whether the run says anything about the target.
func (t *Target) Known() bool { return !math.IsNaN(t.Value) }

// Targets compares the run with those targets that one run can be compared with: T1 shares in January 2023, T2 TikTok's share
// in September 2023, T3 its GMV in the third quarter over the first, T12 spending for each buyer and month from January to
// August 2023.
// They are Indonesia's; another market has none.
func (r *Run) Targets() []Target {
	if r.Scenario.Market != "" {
		return nil
	}
	var all []Target
	january := r.months(2023, time.January, 1)
	goals := [market.Tracked]float64{.05, .36, .35, .10, .10, .04}
	for _, c := range []market.Channel{market.Shopee, market.Tokopedia, market.Lazada, market.Bukalapak, market.TikTok, market.Blibli} {
		t := Target{ID: "T1", Key: c.String(), Unit: "share", Goal: goals[c], SD: .02, Source: "W-JP; W-TMP", Grade: "B", Value: math.NaN()}
		if january != nil {
			t.Value = january.Share(c)
		}
		all = append(all, t)
	}
	t2 := Target{ID: "T2", Key: "tiktok", Unit: "share", Goal: .16, SD: .04, Source: "W-IDX2; S0; W-GS", Grade: "C", Value: math.NaN()}
	if september := r.months(2023, time.September, 1); september != nil && r.free(2023, time.October) {
		t2.Value = september.Share(market.TikTok)
	}
	t3 := Target{ID: "T3", Key: "tiktok", Unit: "ratio", Goal: 2.2, SD: .5, Source: "W-CUBE", Grade: "B", Value: math.NaN()}
	if q1, q3 := r.months(2023, time.January, 3), r.months(2023, time.July, 3); q1 != nil && q3 != nil && r.free(2023, time.October) && q1.Shop[market.TikTok] > 0 {
		t3.Value = q3.Shop[market.TikTok] / q1.Shop[market.TikTok]
	}
	t12 := Target{ID: "T12", Unit: "IDR/month", Goal: 447_500, SD: 40_000, Source: "W-JAK", Grade: "C", Value: math.NaN()}
	if eight := r.months(2023, time.January, 8); eight != nil && r.free(2023, time.September) {
		t12.Value = eight.Tracked() / r.Scenario.Params.Scale.Buyers / 8
	}
	return append(all, t2, t3, t12)
}

// months adds up n calendar months; nil if the run does not cover them.
func (r *Run) months(year int, month time.Month, n int) *Sums {
	from, to := r.day(year, month, 1), r.day(year, month+time.Month(n), 1)
	if from < 0 || to > r.Days() {
		return nil
	}
	return r.Sums(from, to)
}

// free tells whether no storefront closes before a month.
func (r *Run) free(year int, month time.Month) bool {
	for _, c := range r.Closures() {
		if r.floor(c.From) < r.day(year, month, 1) {
			return false
		}
	}
	return true
}

// A Seller is how much a tracked SME depended on TikTok Shop before and after a day, and what it sold after it.
type Seller struct {
	On, Later float64 // TikTok Shop's part in its sales of the eight weeks before and after; NaN: it sold nothing
	Sales     float64 // Rp of the simulation
}

// Sellers are the tracked SMEs, in the order of the panel: their dependence as of the last count before a day of the clock and eight weeks
// later, and their sales in a window. What an SME told by a count is of the seven days before its review, which was up to a week earlier:
// of the time from ten to three days before the count, on average over SMEs. The counts of a window are therefore late by ten days; those
// within it would put days before a closure among the weeks after it.
func (r *Run) Sellers(asOf int64, w Window) []Seller {
	week := -1
	for i, c := range r.Count {
		if c.Day < asOf {
			week = i
		}
	}
	from, to := r.WeeksIn(Window{From: w.From + toldLate, To: w.To + toldLate})
	var all []Seller
	for i := range r.Panel {
		m := &r.Panel[i]
		if m.SME == nil {
			continue
		}
		x := Seller{On: m.on(week), Later: m.on(week + 8)}
		for _, t := range m.Weeks[from:to] {
			if t != nil {
				x.Sales += float64(t.Sales)
			}
		}
		all = append(all, x)
	}
	return all
}

// toldLate is by how many days a count comes after the week that it is of begins, on average.
const toldLate = 10

// on is TikTok Shop's part in eight weeks' sales up to a count; NaN if there were none.
func (m *Member) on(week int) float64 {
	if m.Bin(week) < 0 {
		return math.NaN()
	}
	return float64(m.Weeks[week].OnTik) / 1e4
}

// LossSlope is T8: by how much the loss of SMEs' sales in one world, as a part of what they sold in another, rises with how much they
// depended on TikTok Shop, weighted by what they sold. Both worlds list the same SMEs. A simulated SME stands for many real ones and has
// few orders, so that its past part is a rough measure of its dependence, and a plain regression on it would find too flat a slope. The past
// part is therefore the instrument of the part in the world without the loss in the eight weeks after, which has luck of its own.
func LossSlope(without, with []Seller) float64 {
	var w, x, y, z, zx, zy float64
	for i, a := range without {
		if math.IsNaN(a.On) || math.IsNaN(a.Later) || a.Sales == 0 {
			continue
		}
		loss := 1 - with[i].Sales/a.Sales
		w, x, y, z = w+a.Sales, x+a.Sales*a.Later, y+a.Sales*loss, z+a.Sales*a.On
		zx, zy = zx+a.Sales*a.On*a.Later, zy+a.Sales*a.On*loss
	}
	return (zy*w - z*y) / (zx*w - z*x)
}
