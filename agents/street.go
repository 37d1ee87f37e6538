package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// Streets is trade offline (ODD §2.12, §7.13): shops, markets and malls as one agent. Once a week it publishes prices and an
// index of purchases by category and region; prices give way when purchases fall off.
type Streets struct {
	*Common
}

// A Street is its memory.
type Street struct {
	m.Street
	First [m.Categories][m.Regions]float64 // purchases a need in the first four weeks of outputs
	Usual [m.Categories][m.Regions]float64 // moving average of the index over a year
	Weeks int64                            // since outputs began
}

// Born sets the first wake.
func (k *Streets) Born(t *m.Turn, s *Street) {
	s.Street = m.Calm()
	t.Wake(3*m.Hour, m.Wake, m.Msg{})
}

// React closes a week.
func (k *Streets) React(t *m.Turn, s *Street, _ *m.Event) {
	day := m.DayOf(t.Now)
	t.Wake(m.Week, m.Wake, m.Msg{})
	since := day - m.DayOf(k.Start)
	if since < 28 {
		return
	}
	s.Drift = k.P.Growth.Online * float64(since-28) / 365
	s.Weeks++
	now := k.rates(t, day)
	for g := range now {
		for r := range now[g] {
			if s.Weeks == 1 {
				s.First[g][r], s.Usual[g][r] = now[g][r], 1
			}
			if s.First[g][r] > 0 {
				s.Index[g][r] = now[g][r] / s.First[g][r]
			}
		}
	}
	if s.Weeks%4 == 0 {
		k.reprice(s)
	}
	t.Post(m.TopicStreet, s.Street.Append(nil))
}

// rates is purchases of the last four weeks for each need that the calendar lets arise, so that seasons and the growth of needs
// do not move the index.
func (k *Streets) rates(t *m.Turn, day int64) (x [m.Categories][m.Regions]float64) {
	from := max(day-28, 0)
	for d := from; d < day; d++ {
		row := t.Closed(d)
		if row == nil {
			continue
		}
		for g := range x {
			for r := range x[g] {
				x[g][r] += float64(row[m.StreetCell(m.Category(g), m.Region(r))])
			}
		}
	}
	needs := k.Cal.Needs(sim.Time(day)*m.Day) - k.Cal.Needs(sim.Time(from)*m.Day)
	for g := range x {
		for r := range x[g] {
			x[g][r] /= max(needs, 1e-9)
		}
	}
	return x
}

// few is how many purchases in four weeks are too few to read anything from.
const few = 30

// reprice is the month's reaction: down a step where purchases are well below what they were over the year, else back towards
// the reference price.
func (k *Streets) reprice(s *Street) {
	p := &k.P.Street
	for g := range s.Price {
		for r := range s.Price[g] {
			x, usual, price := s.Index[g][r], &s.Usual[g][r], &s.Price[g][r]
			switch {
			case s.First[g][r]*28 < few: // the calendar's time runs in days
			case x < p.Below*(*usual):
				*price = max(p.Least, *price*(1-p.Adjust))
			default:
				*price = min(1, *price*(1+p.Adjust))
			}
			*usual += (x - *usual) / 13
		}
	}
}

// street is what trade offline has published last.
func (k *Common) street(t *m.Turn) *m.Street {
	n := t.Posted(m.TopicStreet)
	if n == nil {
		return &k.calm
	}
	return sim.Decoded(n, m.ReadStreet)
}

// income is what a buyer's budget is worth now, relative to the start: incomes grow with needs (§7.14).
func (k *Common) income(t *m.Turn) float64 {
	return k.grown(m.DayOf(t.Now), k.P.Calendar.GrowNeed) * (1 + float64(k.book(t).Value(m.IncomeMore, m.Everywhere, t.Now))/1e6)
}

// grown is what something that grows by a rate a year has become since outputs began.
func (k *Common) grown(day int64, rate float64) float64 {
	return num.Pow(1+rate, float64(max(0, day-m.DayOf(k.Start)))/365)
}
