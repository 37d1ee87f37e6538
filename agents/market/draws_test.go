package market

import (
	"math"
	"testing"

	"pasar/sim"
)

// shelf is a set of 600 items in places, with what each shows: a tenth of them nothing.
func shelf(hole int) (p *Places, show map[uint32]float64) {
	var bound [Classes]float64
	for c := range bound {
		bound[c] = .1 * float64(int(1)<<c)
	}
	var row Row
	for c := range bound {
		for range 100 - 8*c {
			row.Item = append(row.Item, uint32(len(row.Item)))
		}
		row.first[c+1] = int32(len(row.Item))
	}
	p, show = &Places{}, map[uint32]float64{}
	class := 0
	left := p.arrange(&row, &bound, make([]float32, len(row.Item)+1), func(item uint32) float32 {
		for int32(item) >= row.first[class+1] {
			class++
		}
		l := luckOf(20, int(item))
		x := bound[class] * l.U(0)
		if int(item)%10 == 3 || int(item) == hole {
			x = 0
		}
		show[item] = float64(float32(x))
		return float32(x)
	})
	if len(left) != 1 {
		panic("shares of others are taken")
	}
	return p, show
}

// Nothing is drawn from a row that is empty.
func TestPlacesEmpty(t *testing.T) {
	var p Places
	for _, u := range []float64{0, .3, 1 - 0x1p-53} {
		if place, ok := p.Draw(u); ok || place != 0 {
			t.Errorf("a draw of %g falls on place %d, shown: %v", u, place, ok)
		}
	}
}

// A draw falls on items in proportion to what they show: χ² over all items. A hole is never drawn, and what fell on others
// falls on them still: "who leaves leaves a hole" (decisions B8).
func TestPlacesDraw(t *testing.T) {
	const hole = 501 // an item that leaves
	p, show := shelf(-1)
	after, _ := shelf(hole)
	n := draws(testing.Short())
	got := map[uint32]int{}
	hits, onHole, changed := 0, 0, 0
	for i := range n {
		l := luckOf(21, i)
		u := l.U(0)
		place, ok := p.Draw(u)
		again, ok2 := after.Draw(u)
		switch {
		case ok && p.Item[place] == hole:
			onHole++
			if ok2 {
				changed++
			}
		case ok != ok2 || place != again:
			changed++
		}
		if ok {
			got[p.Item[place]]++
			hits++
		}
	}
	var sum, chi2 float64
	df := -1
	for _, x := range show {
		sum += x
	}
	for item, x := range show {
		want := float64(n) * x / p.Total
		if x == 0 && got[item] > 0 {
			t.Errorf("item %d shows nothing and is drawn %d times", item, got[item])
		}
		if want > 5 {
			df++
			chi2 += (float64(got[item]) - want) * (float64(got[item]) - want) / want
		}
	}
	if limit := chi2Limit(df); chi2 > limit {
		t.Errorf("χ² of %d items is %.0f, at most %.0f", df+1, chi2, limit)
	}
	if z := (float64(hits) - float64(n)*sum/p.Total) / math.Sqrt(float64(n)*sum/p.Total); math.Abs(z) > 4 {
		t.Errorf("%d of %d draws hit, expected %.0f", hits, n, float64(n)*sum/p.Total)
	}
	if changed != 0 || onHole < 3 {
		t.Errorf("%d draws fell on the item that left; %d others changed", onHole, changed)
	}
	t.Logf("%d draws, %d hits, χ² %.0f on %d degrees, %d on the hole, %d others changed", n, hits, chi2, df, onHole, changed)
	for _, u := range []float64{0, .5 * 0x1p-53, 1 - 0x1p-53} { // the ends
		if place, ok := p.Draw(u); ok && show[p.Item[place]] == 0 {
			t.Errorf("draw %v falls on nothing", u)
		}
	}
}

// chi2Limit is what χ² with df degrees of freedom exceeds with probability 10⁻⁴ (Wilson and Hilferty 1931).
func chi2Limit(df int) float64 {
	d := float64(df)
	return d * math.Pow(1-2/(9*d)+3.719*math.Sqrt(2/(9*d)), 3)
}

// moments holds a sample's mean and variance against theirs: |z| < 4, with the variance's error from the fourth moment.
func moments(t *testing.T, what string, x []float64, mean, variance float64) {
	t.Helper()
	n := float64(len(x))
	var m1, m2, m4 float64
	for _, v := range x {
		m1 += v / n
	}
	for _, v := range x {
		m2 += (v - mean) * (v - mean) / n
		m4 += math.Pow(v-mean, 4) / n
	}
	z1, z2 := (m1-mean)/math.Sqrt(variance/n), (m2-variance)/math.Sqrt((m4-m2*m2)/n)
	if math.Abs(z1) > 4 || math.Abs(z2) > 4 {
		t.Errorf("%s: mean %v, not %v (z %.1f); variance %v, not %v (z %.1f)", what, m1, mean, z1, m2, variance, z2)
	}
	t.Logf("%s: z of the mean %.2f, of the variance %.2f", what, z1, z2)
}

// Gamma variates of a shape k have mean and variance k; lognormal ones the mean and coefficient of variation they are asked for.
func TestGammaAndLogNormal(t *testing.T) {
	n := draws(testing.Short()) / 10
	x := make([]float64, n)
	for s, shape := range []float64{.05, .24, .8, 1, 3.5} {
		for i := range x {
			l := luckOf(sim.Stream(30+s), i)
			if x[i] = Gamma(&l, shape); x[i] < 0 || math.IsNaN(x[i]) {
				t.Fatalf("gamma of shape %v: %v", shape, x[i])
			}
		}
		moments(t, "gamma", x, shape, shape)
	}
	for s, cv := range []float64{.35, .6} {
		for i := range x {
			l := luckOf(sim.Stream(40+s), i)
			x[i] = LogNormal(l.Normal(0), 5, cv)
		}
		moments(t, "lognormal", x, 5, 25*cv*cv)
	}
	if LogNormal(1.7, 5, 0) != 5 {
		t.Error("a lognormal variate without variation is not its mean")
	}
}

// year is a calendar with everything in it: paydays, campaigns, Ramadan, growth.
func year() *CalendarParams {
	p := &CalendarParams{Payday: 1.12, Double: 1.6, September: 2.2, October: 3, November: 3.7, December: 4, Around: 1.3, Harbolnas: 1.4,
		Ramadan: 1.15, RamadanTo: 1.5, Eid: .6, NeedPower: 1, GrowNeed: .05}
	for h := range p.Hours {
		p.Hours[h] = .2
		if h >= 9 {
			p.Hours[h] = 1 + .12*float64(h%5)
		}
	}
	for d := range p.Weekdays {
		p.Weekdays[d] = 1 + .02*float64(d)
	}
	return p
}

// AtNeed inverts Needs to the second, and AtView Views; both run forward.
func TestCalendarInverse(t *testing.T) {
	const days = 500
	c := NewCalendar(year(), 61, days)
	for what, f := range map[string]struct {
		of func(sim.Time) float64
		at func(float64) sim.Time
	}{"needs": {c.Needs, c.AtNeed}, "views": {c.Views, c.AtView}} {
		last := -1.0
		for at := sim.Time(1); at < days*Day; at += 1789 {
			x := f.of(at)
			if x <= last {
				t.Fatalf("%s: operational time stands still at %d", what, at)
			}
			last = x
			if back := f.at(x); back < at-1 || back > at {
				t.Fatalf("%s: second %d has operational time %v, which is second %d", what, at, x, back)
			}
		}
		if f.at(last+100) < 1<<40 || f.of(days*Day+Day) != f.of(days*Day) {
			t.Errorf("%s: time goes on after the table ends", what)
		}
	}
	if c.Needs(0) != 0 || c.Needs(200*Day)/200 < .8 || c.Needs(200*Day)/200 > 1.5 {
		t.Errorf("operational time runs %v a day", c.Needs(200*Day)/200)
	}
}

// "Daily orders in a flat run follow s(t)" begins with the clock: events that are uniform in operational time fall on hours
// and weekdays as their weights say (§6.1). The orders themselves are in package agents.
func TestV25_CalendarAlone(t *testing.T) {
	p := &CalendarParams{Hours: year().Hours, Weekdays: [7]float64{1, .9, 1.1, 1, .97, 1.03, 1.05}, Payday: 1, Double: 1, September: 1, October: 1, November: 1,
		December: 1, Around: 1, Harbolnas: 1, Ramadan: 1, RamadanTo: 1, Eid: 1}
	c := NewCalendar(p, 0, 70)
	const n = 200_000
	var hours [24]int
	var days [7]int
	for i := range n {
		l := luckOf(50, i)
		at := Clock.Date(c.AtNeed(l.U(0) * c.Needs(70*Day)))
		hours[at.Hour()]++
		days[(int(at.Weekday())+6)%7]++
	}
	fit(t, "hours", hours[:], p.Hours[:])
	fit(t, "weekdays", days[:], p.Weekdays[:])
}

// fit is a χ² test of counts against weights.
func fit(t *testing.T, what string, got []int, weight []float64) {
	t.Helper()
	n, sum, chi2 := 0, 0.0, 0.0
	for i := range got {
		n += got[i]
		sum += weight[i]
	}
	for i := range got {
		want := float64(n) * weight[i] / sum
		chi2 += (float64(got[i]) - want) * (float64(got[i]) - want) / want
	}
	if limit := chi2Limit(len(got) - 1); chi2 > limit {
		t.Errorf("%s: χ² %.1f, at most %.1f", what, chi2, limit)
	}
	t.Logf("%s: χ² %.1f on %d degrees, %d counts", what, chi2, len(got)-1, n)
}
