package market

import (
	"math"
	"slices"
	"testing"
	"time"

	"pasar/sim"
)

// newYear is the day on which a month of the arithmetic Islamic calendar begins (civil epoch, leap years 2, 5, 7, 10, 13, 16, 18, 21,
// 24, 26 and 29 of each thirty): days are counted from its epoch, 19 July 622.
func newMonth(year, month int) time.Time {
	days := 29*(month-1) + month/2 + (year-1)*354 + (3+11*year)/30
	return on(622, time.July, 19).AddDate(0, 0, days)
}

// The table of Ramadans is that calendar's, and no year of a run to 2030 is without one.
func TestRamadans(t *testing.T) {
	for i, end := range ramadanEnds {
		year := 1444 + i
		if want := newMonth(year, 10).AddDate(0, 0, -1); !end.Equal(want) {
			t.Errorf("Ramadan %d ends on %s, not on %s", year, want.Format(time.DateOnly), end.Format(time.DateOnly))
		}
	}
	years := map[int]bool{}
	p := &CalendarParams{Ramadan: 1.15, RamadanTo: 1.5, Eid: .6}
	for d := on(2023, 1, 1); d.Year() < 2031; d = d.AddDate(0, 0, 1) {
		if p.isRamadan(d) {
			years[d.Year()] = true
		}
	}
	if len(years) != 8 || !p.isRamadan(on(2030, 12, 31)) || !p.isRamadan(on(2030, 1, 10)) {
		t.Errorf("Ramadan falls into %v, and into 2030 twice", years)
	}
}

// Needs grow by their rate a year, compounded, and not before the start.
func TestNeedsGrow(t *testing.T) {
	p := &CalendarParams{GrowNeed: .05, Payday: 1, Double: 1, September: 1, October: 1, November: 1, December: 1, Around: 1, Harbolnas: 1, Ramadan: 1, RamadanTo: 1, Eid: 1}
	for i := range p.Hours {
		p.Hours[i] = 1
	}
	for i := range p.Weekdays {
		p.Weekdays[i] = 1
	}
	c := NewCalendar(p, 61, 3000)
	day := func(d int) float64 { return (c.need.at[24*d+24] - c.need.at[24*d]) }
	if math.Abs(day(60)-1) > 1e-9 || math.Abs(day(61+2920)-math.Pow(1.05, 8)) > 1e-9 {
		t.Errorf("a day's needs are %v before the start and %v eight years on", day(60), day(61+2920))
	}
}

// A moment is found in the hour in which operational time reaches it, at night too, when hours pass that have none.
func TestCurve(t *testing.T) {
	at := []float64{0}
	for h := range 24 * 50 {
		step := 0.
		if h%24 > 6 {
			step = float64(h%24) / 261 // a day a day
		}
		at = append(at, at[h]+step*float64(1+h/24%7))
	}
	c := newCurve(at)
	for i := range 100_000 {
		x := at[len(at)-1] * float64(i) / 99_999
		if i%2 == 0 {
			x = at[i%len(at)]
		}
		first, _ := slices.BinarySearch(at, x)
		hour := max(first-1, 0)
		if x >= at[len(at)-1] {
			if got := c.moment(x); got != 1<<40 {
				t.Fatalf("%v is reached at %d", x, got)
			}
			continue
		}
		if got := c.moment(x); got < sim.Time(hour)*Hour || got > sim.Time(hour+1)*Hour {
			t.Fatalf("%v is reached at %d, in hour %d, not %d", x, got, got/Hour, hour)
		}
	}
}

// The log-sum is what the shares say it is: the share of an alternative alone in its nest is e^v over it.
func TestLogSum(t *testing.T) {
	for i := range 100 {
		v := utilities(40, i, 1.5)
		open := all &^ (1 << (i % 8))
		want := v[Defer] - math.Log(Shares(&v, open, &nested)[Defer])
		if got := LogSum(&v, open, &nested); math.Abs(got-want) > 1e-12 {
			t.Fatalf("log-sum %v, by the shares %v", got, want)
		}
	}
}
