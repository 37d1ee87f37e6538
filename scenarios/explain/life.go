package explain

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"pasar/agents/market"
	"pasar/scenarios/replay"
	"pasar/sim"
)

// A Life is all that an agent heard and said in a run, as far as it was heard before the end. What its reactions to hearing are is
// told by Parent.
type Life struct {
	ID    sim.ID
	Heard []market.Event // by time
	Said  []market.Event // by the time it was said

	market  *market.Market
	run     *Run
	periods []sim.Time // where they begin, and the end of the last one
}

// Live collects the lives of agents, in one pass over the run.
func (r *Run) Live(ctx context.Context, ids ...sim.ID) ([]*Life, error) {
	lives := make([]*Life, len(ids))
	for i, id := range ids {
		lives[i] = &Life{ID: id, run: r, market: r.Market, periods: r.periods()}
	}
	for events, err := range r.Windows(ctx, 0) {
		if err != nil {
			return nil, err
		}
		for i := range events {
			e := &events[i]
			for _, l := range lives {
				if e.To == l.ID {
					l.Heard = append(l.Heard, *e)
				}
				if e.From == l.ID {
					l.Said = append(l.Said, *e)
				}
			}
		}
	}
	for _, l := range lives {
		slices.SortStableFunc(l.Heard, func(a, b market.Event) int { return cmp.Compare(a.At, b.At) })
		slices.SortStableFunc(l.Said, func(a, b market.Event) int {
			return cmp.Or(cmp.Compare(a.Said, b.Said), cmp.Compare(a.Nth, b.Nth))
		})
	}
	return lives, nil
}

// cause is what the agent said an event in reaction to; nil: it was born with it.
func (l *Life) cause(e *market.Event) *market.Event {
	at, _ := slices.BinarySearchFunc(l.Heard, e.Said, func(h market.Event, t sim.Time) int { return cmp.Compare(h.At, t) })
	return e.Parent(l.Heard[at:])
}

// periods cuts the run where a platform closes, opens, or has its orders taken by another.
func (r *Run) periods() []sim.Time {
	cuts := []sim.Time{r.Scenario.Start, r.Scenario.End}
	for c := range market.Platforms {
		for _, lever := range []market.Lever{market.Checkout, market.RedirectTo} {
			for _, rule := range r.Market.Book.Changes(lever, c) {
				if rule.From > r.Scenario.Start && rule.From < r.Scenario.End {
					cuts = append(cuts, rule.From)
				}
			}
		}
	}
	slices.Sort(cuts)
	return slices.Compact(cuts)
}

// period is the number of the period that holds t, or -1 where t is outside all of them.
func (l *Life) period(t sim.Time) int {
	for i := len(l.periods) - 2; i >= 0; i-- {
		if t >= l.periods[i] && t < l.periods[i+1] {
			return i
		}
	}
	return -1
}

// weeks is how long a period is.
func (l *Life) weeks(p int) float64 {
	return float64(l.periods[p+1]-l.periods[p]) / float64(market.Week)
}

// A Fact is something that can be said of an agent in a sentence. Values are what its form has places for, in their order: market.Money,
// counts, rates, moments, channels, entries.
type Fact struct {
	At     sim.Time
	Form   Form
	Values []any
	Event  *market.Event // that shows it, if one does
	Cause  *market.Event // what the agent said that in reaction to
}

// A Story is the facts of an agent in the order in which they are told, and its timeline.
type Story struct {
	ID    sim.ID
	Facts []Fact
	Lines []Line

	run *Run
}

// A Line of the timeline is a series, by stretches of the run of equal length.
type Line struct {
	What   Form
	On     market.Channel // Channels: nowhere in particular
	Values []float64
}

// stretches is how many stretches a timeline has.
const stretches = 39

// stretch is the one that holds t.
func (l *Life) stretch(t sim.Time) (int, bool) {
	first, last := l.run.Scenario.Start, l.run.Scenario.End
	return int(int64(t-first) * stretches / int64(last-first)), t >= first && t < last
}

func (s *Story) tell(at sim.Time, f Form, values ...any) {
	s.Facts = append(s.Facts, Fact{At: at, Form: f, Values: values})
}

// shown tells what an event shows that the agent said.
func (s *Story) shown(l *Life, e *market.Event, f Form, values ...any) {
	s.Facts = append(s.Facts, Fact{At: e.Said, Form: f, Values: values, Event: e, Cause: l.cause(e)})
}

// Tell makes the story of a life.
func (l *Life) Tell() (*Story, error) {
	s := &Story{ID: l.ID, run: l.run}
	m := l.market
	switch {
	case m.SMEs.Has(l.ID):
		l.sme(s)
	case m.Makers.Has(l.ID):
		l.creator(s)
	case m.Buyers.Has(l.ID):
		l.buyer(s)
	case m.Venues.Has(l.ID):
		l.venue(s)
	default:
		return nil, fmt.Errorf("there is no story of %s: it does what the scenario says; ask for one of its events, or for an sme, a creator, a buyer or a platform", replay.Name(m, l.ID))
	}
	slices.SortStableFunc(s.Facts, func(a, b Fact) int { return cmp.Compare(a.At, b.At) })
	return s, nil
}

// announcements tells what an agent heard from the Desk. Reactions to one are told by whoever knows what they were.
func (l *Life) announcements(s *Story) (heard []Fact) {
	for i := range l.Heard {
		e := &l.Heard[i]
		if (e.Kind == market.Announced || e.Kind == market.Enrol) && e.From == l.market.Desk {
			if entry := l.run.Entry(e.Why); entry != nil {
				heard = append(heard, Fact{At: e.At, Form: Hears, Values: []any{day(e.At), entry}, Event: e})
			}
		}
	}
	s.Facts = append(s.Facts, heard...)
	return heard
}

// turn tells what the scenario does where a period begins.
func (l *Life) turn(s *Story, p int) {
	at := l.periods[p]
	if at == l.run.Scenario.Start {
		return
	}
	var told []uint32
	for c := range market.Platforms {
		for _, lever := range []market.Lever{market.Checkout, market.RedirectTo} {
			for _, rule := range l.market.Book.Changes(lever, c) {
				if e := l.run.Entry(rule.Why); rule.From == at && e != nil && !slices.Contains(told, rule.Why) {
					told = append(told, rule.Why)
					s.tell(at, Turn, at, e)
				}
			}
		}
	}
}

// Values of facts beyond those of the market.
type (
	day   sim.Time // a date without its hour
	count int
	times int
	share float64
	rate  float64 // with one decimal
)

// A tally is how many of something there were on a channel.
type tally struct {
	On market.Channel
	N  float64
}

// most sorts tallies, the largest first, and leaves out those that would be told as none.
func most(n [market.Channels]float64) (list []tally) {
	for c, x := range n {
		if x >= .05 {
			list = append(list, tally{market.Channel(c), x})
		}
	}
	slices.SortStableFunc(list, func(a, b tally) int { return cmp.Compare(b.N, a.N) })
	return list
}

// rates are tallies a week.
type rates []tally

// sums are tallies of money.
type sums []tally
