package svgplot

import (
	"fmt"
	"strconv"
	"time"
)

// A Day is a date without a time of day: days since 1 January 1970.
type Day int

const isoDate = "2006-01-02"

// ParseDay reads a date like "2023-10-04".
func ParseDay(date string) (Day, error) {
	t, err := time.Parse(isoDate, date)
	if err != nil {
		return 0, fmt.Errorf("svgplot: %q is not a date like 2023-10-04", date)
	}
	return Day(t.Unix() / 86400), nil
}

// ParseDays reads many dates.
func ParseDays(dates []string) ([]Day, error) {
	days := make([]Day, len(dates))
	for i, date := range dates {
		day, err := ParseDay(date)
		if err != nil {
			return nil, err
		}
		days[i] = day
	}
	return days, nil
}

// DaysFrom is n days in a row, the first given.
func DaysFrom(first Day, n int) []Day {
	days := make([]Day, max(n, 0))
	for i := range days {
		days[i] = first + Day(i)
	}
	return days
}

// String writes the date like "2023-10-04".
func (d Day) String() string { return d.time().Format(isoDate) }

func (d Day) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

func dayOf(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// date is a date in words, such as "4 Oct 2023".
func (w words) date(d Day) string {
	t := d.time()
	return w.dayMonth(d) + " " + strconv.Itoa(t.Year())
}

func (w words) dayMonth(d Day) string {
	t := d.time()
	return strconv.Itoa(t.Day()) + " " + w.months[t.Month()-1]
}

// period is a range of dates in words; the year is said once where one is enough.
func (w words) period(from, to Day) string {
	if from == to {
		return w.date(from)
	}
	if from.time().Year() == to.time().Year() {
		return w.dayMonth(from) + " " + w.to + " " + w.date(to)
	}
	return w.date(from) + " " + w.to + " " + w.date(to)
}

// A dayTick is a place on the time axis with its label and, for the first of a year, the year.
type dayTick struct {
	day         Day
	label, year string
}

// dayTicks are the labelled days of an axis with room for about n labels.
func (w words) dayTicks(first, last Day, n int) []dayTick {
	n = max(n, 2)
	span := int(last-first) + 1
	var ticks []dayTick
	if span <= 14*n && span <= 62 {
		step := 1
		for _, s := range []int{1, 2, 7, 14} {
			step = s
			if (span+s-1)/s <= n {
				break
			}
		}
		for d := first; d <= last; d += Day(step) {
			ticks = append(ticks, dayTick{day: d, label: w.dayMonth(d)})
		}
		return withYears(ticks)
	}
	step := monthStep(span, n)
	for _, d := range monthStarts(first, last, step) {
		ticks = append(ticks, dayTick{day: d, label: w.months[d.time().Month()-1]})
	}
	if step < 12 {
		return withYears(ticks)
	}
	for i := range ticks {
		ticks[i].label = strconv.Itoa(ticks[i].day.time().Year())
	}
	return ticks
}

// monthStep is the number of months from label to label.
func monthStep(span, n int) int {
	months := span/30 + 1
	step := 12
	for _, s := range []int{1, 2, 3, 6} {
		if (months+s-1)/s <= n {
			return s
		}
	}
	for _, years := range []int{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000} {
		step = 12 * years
		if months/step <= n {
			break
		}
	}
	return step
}

// monthStarts are the first days of every step-th month counted from a January.
func monthStarts(first, last Day, step int) []Day {
	var starts []Day
	year := first.time().Year()
	if step > 12 {
		year -= year % (step / 12)
	}
	for month := 0; len(starts) < 1000; month += step {
		d := dayOf(year, time.January+time.Month(month), 1)
		if d > last {
			break
		}
		if d >= first {
			starts = append(starts, d)
		}
	}
	return starts
}

func withYears(ticks []dayTick) []dayTick {
	year := 0
	for i := range ticks {
		if y := ticks[i].day.time().Year(); i == 0 || y != year {
			year = y
			ticks[i].year = strconv.Itoa(y)
		}
	}
	return ticks
}
