package market

import (
	"time"

	"pasar/sim"
	"pasar/sim/num"
)

// WIB is the time zone of Jakarta, UTC+7 without daylight saving.
var WIB = time.FixedZone("WIB", 7*3600)

// Epoch is second 0 of the simulation (§2.1).
var Epoch = time.Date(2022, 11, 1, 0, 0, 0, 0, WIB)

// Clock turns seconds into dates and back.
var Clock = sim.Clock{Epoch: Epoch, Tick: time.Second}

// Calendar is the operational time of needs and of discovery: the integral of their intensity over the clock, by hour, in
// days of mean intensity (§6.1, §7.2). A Poisson process that is uniform in operational time follows hours, weekdays,
// paydays, campaigns, Ramadan and growth.
type Calendar struct {
	need, disc curve
	camp       []float64 // by day: multiple of a normal day, 1 without a campaign
}

// NewCalendar tabulates days from the start of the clock. Growth begins at day start.
func NewCalendar(p *CalendarParams, start, days int) *Calendar {
	c := &Calendar{camp: make([]float64, days)}
	need, disc := make([]float64, 24*days+1), make([]float64, 24*days+1)
	for d := range days {
		date := Epoch.AddDate(0, 0, d)
		c.camp[d] = p.campaign(date)
		day := p.Weekdays[(int(date.Weekday())+6)%7] * p.payday(date)
		n := day * p.ramadan(date, false)
		v := day * p.ramadan(date, true)
		n *= 1 + float64(p.NeedPower*(c.camp[d]-1))
		v *= 1 + float64(p.NeedPower*(c.camp[d]-1))
		n *= num.Pow(1+p.GrowNeed, float64(max(0, d-start))/365)
		for h := range 24 {
			i := 24*d + h
			late := 1.0
			if h >= 18 && p.isRamadan(date) {
				late = 1.25
			}
			need[i+1] = need[i] + n*p.Hours[h]/24
			disc[i+1] = disc[i] + v*late*p.Hours[h]/24
		}
	}
	c.need, c.disc = newCurve(need), newCurve(disc)
	return c
}

// Needs is the operational time of needs at t, AtNeed its inverse; Views and AtView the same for discovery.
func (c *Calendar) Needs(t sim.Time) float64  { return c.need.elapsed(t) }
func (c *Calendar) AtNeed(x float64) sim.Time { return c.need.moment(x) }
func (c *Calendar) Views(t sim.Time) float64  { return c.disc.elapsed(t) }
func (c *Calendar) AtView(x float64) sim.Time { return c.disc.moment(x) }

// Campaign is how many times a normal day a day is; 1 without a campaign.
func (c *Calendar) Campaign(day int64) float64 {
	if day < 0 || day >= int64(len(c.camp)) {
		return 1
	}
	return c.camp[day]
}

// A curve is operational time over the clock.
type curve struct {
	at    []float64 // at the start of each hour
	guide []int32   // first hour that begins at so many parts of an operational day, or later
}

// parts is how many there are of an operational day: an hour or few to each, so that a search by them is short.
const parts = 8

func newCurve(at []float64) curve {
	c := curve{at: at, guide: make([]int32, int(at[len(at)-1]*parts)+1)}
	i := 0
	for part := range c.guide {
		for at[i]*parts < float64(part) {
			i++
		}
		c.guide[part] = int32(i)
	}
	return c
}

func (c *curve) elapsed(t sim.Time) float64 {
	i := int(t / Hour)
	if i >= len(c.at)-1 {
		return c.at[len(c.at)-1]
	}
	return c.at[i] + float64((c.at[i+1]-c.at[i])*(float64(t%Hour)/float64(Hour)))
}

// moment is the second at which operational time reaches x, at least the one after; beyond the table it is never.
func (c *curve) moment(x float64) sim.Time {
	if x >= c.at[len(c.at)-1] {
		return 1 << 40
	}
	i := c.guide[int(x*parts)]
	for c.at[i] < x {
		i++
	}
	if i > 0 {
		i--
	}
	step := c.at[i+1] - c.at[i]
	if step <= 0 {
		return sim.Time(i+1) * Hour
	}
	return sim.Time(i)*Hour + sim.Time((x-c.at[i])/step*float64(Hour))
}

func (p *CalendarParams) campaign(d time.Time) float64 {
	peak := func(d time.Time) float64 {
		if int(d.Month()) != d.Day() {
			return 1
		}
		switch d.Month() {
		case time.September:
			return p.September
		case time.October:
			return p.October
		case time.November:
			return p.November
		case time.December:
			return p.December
		}
		return p.Double
	}
	x := peak(d)
	if x == 1 && (peak(d.AddDate(0, 0, 1)) > 1 || peak(d.AddDate(0, 0, -1)) > 1) {
		x = p.Around
	}
	if d.Month() == time.December && d.Day() >= 10 && d.Day() <= 16 && d.Day() != 12 {
		x *= p.Harbolnas
	}
	return x
}

func (p *CalendarParams) payday(d time.Time) float64 {
	if d.Day() >= 25 || d.Day() == 1 {
		return p.Payday
	}
	return 1
}

// Ramadan ends on these days; it begins 29 days before, and Eid week follows (§6.1). They are the days before 1 Shawwal of the
// years 1444 to 1452 in the arithmetic Islamic calendar, which gives the dates that the government of Indonesia decided on for 2023
// to 2025; later ones may turn out a day off, when the moon is seen.
var ramadanEnds = []time.Time{
	on(2023, 4, 21), on(2024, 4, 9), on(2025, 3, 30), on(2026, 3, 19), on(2027, 3, 9), on(2028, 2, 26), on(2029, 2, 14), on(2030, 2, 4),
	on(2031, 1, 24),
}

func on(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, WIB)
}

func (p *CalendarParams) isRamadan(d time.Time) bool {
	for _, end := range ramadanEnds {
		if left := int(end.Sub(d).Hours() / 24); left >= 0 && left < 30 {
			return true
		}
	}
	return false
}

func (p *CalendarParams) ramadan(d time.Time, views bool) float64 {
	for _, end := range ramadanEnds {
		left := int(end.Sub(d).Hours() / 24)
		switch {
		case left >= 14 && left < 30:
			return p.Ramadan
		case left >= 0 && left < 14:
			return p.Ramadan + float64((p.RamadanTo-p.Ramadan)*float64(14-left))/14
		case left < 0 && left >= -7 && !views:
			return p.Eid
		}
	}
	return 1
}
