package replay

import (
	"cmp"
	"slices"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/scenarios/say"
	"pasar/sim"
)

// A Day is how many orders were accepted of those placed on one, by storefront: orders of simulated buyers.
type Day struct {
	Day    int64 // of the clock
	Orders [market.Direct]int64
}

// lag is how long after its end a day is over: until then its last orders are answered.
const lag = 2 * market.Hour

// A Diary counts the orders of each day as a player shows them.
type Diary struct {
	open [2]Day // the earliest day that is not over, and the one after
}

// NewDiary begins at a moment. Of the day in which it lies only the rest is counted.
func NewDiary(from sim.Time) *Diary {
	d := market.DayOf(from)
	return &Diary{[2]Day{{Day: d}, {Day: d + 1}}}
}

// Add counts a moment, and hands over each day that is over by then.
func (d *Diary) Add(m Moment, over func(Day) error) error {
	if m.Jumped {
		*d = *NewDiary(m.Now)
	}
	for i := range m.Events {
		e := &m.Events[i]
		if err := d.close(e.At, over); err != nil {
			return err
		}
		if e.Kind != market.Accepted || e.Msg.Shop >= market.Direct {
			continue
		}
		if k := market.DayOf(sim.Time(e.Msg.Placed)) - d.open[0].Day; k == 0 || k == 1 {
			d.open[k].Orders[e.Msg.Shop]++
		}
	}
	return d.close(m.Now, over)
}

func (d *Diary) close(now sim.Time, over func(Day) error) error {
	for now >= sim.Time(d.open[0].Day+1)*market.Day+lag {
		if err := over(d.open[0]); err != nil {
			return err
		}
		d.open[0], d.open[1] = d.open[1], Day{Day: d.open[1].Day + 1}
	}
	return nil
}

// A Headline is something that the scenario does, in a sentence.
type Headline struct {
	At   sim.Time
	Text string
}

// A Ticker tells what a scenario does as its moment comes: what is dated by its date, what is decided on the way when the Desk first
// tells others of it.
type Ticker struct {
	lang *say.Language
	all  []load.Entry
	told map[uint32]bool // by number of the entry
}

// NewTicker begins at a moment: what was dated before is not told.
func NewTicker(s *load.Scenario, l *say.Language, from sim.Time) *Ticker {
	t := &Ticker{l, s.Entries, map[uint32]bool{}}
	t.skip(from)
	return t
}

// skip forgets what was told, and passes over what was before a moment.
func (t *Ticker) skip(to sim.Time) {
	clear(t.told)
	for i := range t.all {
		if e := &t.all[i]; e.If == nil && e.When.At < to {
			t.told[e.When.Entry] = true
		}
	}
}

// Add is what happened in a moment, by time.
func (t *Ticker) Add(m Moment) (list []Headline) {
	if m.Jumped {
		t.skip(m.Now)
	}
	said := map[uint32]sim.Time{} // by the Desk, of what had no date
	for i := range m.Events {
		if e := &m.Events[i]; e.Kind == market.Announced && said[e.Why] == 0 {
			said[e.Why] = e.At
		}
	}
	for i := range t.all {
		e := &t.all[i]
		at := e.When.At
		if e.If != nil {
			at = said[e.When.Entry]
		}
		if t.told[e.When.Entry] || e.If != nil && at == 0 || at >= m.Now {
			continue
		}
		t.told[e.When.Entry] = true
		_, sentence := t.lang.Entry(e)
		list = append(list, Headline{at, sentence})
	}
	slices.SortStableFunc(list, func(a, b Headline) int { return cmp.Compare(a.At, b.At) })
	return list
}
